"""What a worker does before its first run, so that no run pays for it: imports, compiled code, models.

Two moments. The parent process imports and compiles once, before it forks; every process it forks, also those that
replace recycled ones, starts with that. The forked process then makes what must not cross a fork: inference sessions,
connections, threads. What that is, each room knows: it registers a `WarmUp` when the definitions are imported.

The numba rule: a parent that has compiled and run UMAP may be forked only with numba's `workqueue` layer on one thread,
chosen before numba is imported. With its OpenMP layer the first fit of every child ends the process ("fork() called
from a process already using GNU OpenMP").
"""

import importlib
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import structlog

from alt_pipelines.runtime.queues import Queue

log = structlog.get_logger(__name__)

_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TAG_ONNX_INTER_OP_THREADS")


@dataclass(frozen=True)
class WarmUp:
    """What runs of a queue need in memory.

    `modules` are imported and `before_fork` is called in the worker's parent; `after_fork` in each process of its pool.
    `embed` embeds sentences where the queue's runs would, and returns in how many batches.
    """

    queue: Queue
    modules: tuple[str, ...]
    before_fork: Callable[[], None]
    after_fork: Callable[[], None]
    embed: Callable[[Sequence[str]], int]


class Preloading(NamedTuple):
    """What a worker loads: the module of the definitions it serves, and whether their models and compiled code too."""

    definitions: str = "alt_pipelines.definitions"
    models: bool = True


_registered: dict[str, WarmUp] = {}


def register(warm_up: WarmUp) -> None:
    """Add a queue's warm-up; the last one that is registered for a queue counts."""
    _registered[warm_up.queue] = warm_up


def set_threads(threads: int) -> None:
    """Size the thread pools of this process and its children. Call it before numpy, numba or onnxruntime is imported.

    Values that are set already are left alone: the environment of the process takes precedence.
    """
    for variable in _THREAD_VARIABLES:
        os.environ.setdefault(variable, str(threads))
    os.environ["NUMBA_THREADING_LAYER"] = "workqueue"
    os.environ["NUMBA_NUM_THREADS"] = "1"


def warm_parent(queue: Queue, preloading: Preloading) -> None:
    """Import the definitions and, with models, all that runs of a queue import and compile."""
    started = time.perf_counter()
    importlib.import_module(preloading.definitions)
    warm_up = _registered.get(queue)
    if preloading.models and warm_up is not None:
        for module in warm_up.modules:
            importlib.import_module(module)
        warm_up.before_fork()
    log.info("worker_preloaded", queue=queue, seconds=round(time.perf_counter() - started, 2))


def warm_child(queue: Queue) -> None:
    """Load the models that runs of a queue use and run each once."""
    started = time.perf_counter()
    if (warm_up := _registered.get(queue)) is not None:
        warm_up.after_fork()
    log.info("worker_models_loaded", queue=queue, seconds=round(time.perf_counter() - started, 2))


def embed(queue: Queue, sentences: Sequence[str]) -> int:
    """Embed sentences for no other purpose; returns in how many batches. What `POST /admin/warmup` asks for."""
    warm_up = _registered.get(queue)
    return 0 if warm_up is None else warm_up.embed(sentences)
