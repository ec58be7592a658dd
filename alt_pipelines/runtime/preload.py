"""Preload imports, compiled code and models in a worker, so that its first run does not wait for them.

Preloading has two stages. The parent process imports and compiles once before it forks, and every forked process
inherits the result, including those that replace recycled ones. Each forked process then creates what must not cross a
fork: inference sessions, connections and threads. Each room registers its own `WarmUp` when the definitions are
imported.

A parent that has compiled and run UMAP may fork only with numba's `workqueue` layer on one thread, set before numba is
imported. With the OpenMP layer the first fit of every child ends the process ("fork() called from a process already
using GNU OpenMP").
"""

import gc
import importlib
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import structlog

from alt_pipelines.runtime.queues import Queue

log = structlog.get_logger(__name__)

_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class WarmUp:
    """What the runs of a queue need in memory.

    The worker's parent imports `modules` and calls `before_fork`. Each pool process calls `at_birth` while it has one
    thread, and later `after_fork`. `embed` embeds sentences with the model that the queue's runs use, and returns the
    number of batches.
    """

    queue: Queue
    modules: tuple[str, ...]
    before_fork: Callable[[], None]
    after_fork: Callable[[], None]
    embed: Callable[[Sequence[str]], int]
    at_birth: Callable[[], None] = lambda: None


class Preloading(NamedTuple):
    """What a worker loads: the definitions module that it serves, and whether to load models and compiled code too."""

    definitions: str = "alt_pipelines.definitions"
    models: bool = True


_registered: dict[str, WarmUp] = {}


def registered(queue: Queue) -> WarmUp | None:
    """Return the warm-up of a queue."""
    return _registered.get(queue)


def register(warm_up: WarmUp) -> None:
    """Register the warm-up of a queue, replacing an earlier one."""
    _registered[warm_up.queue] = warm_up


def thread_variables(threads: int) -> dict[str, str]:
    """Return the variables that set the thread pool sizes of numpy and similar libraries in a new process."""
    return dict.fromkeys(_THREAD_VARIABLES, str(threads))


def set_threads(threads: int) -> None:
    """Set the thread pool sizes of this process and its children. Call it before importing numpy, numba or onnxruntime.

    Pool sizes that the environment already sets take precedence; numba's threading layer and thread count are always
    set.
    """
    for variable, value in (thread_variables(threads) | {"TAG_ONNX_INTER_OP_THREADS": str(threads)}).items():
        os.environ.setdefault(variable, value)
    os.environ["NUMBA_THREADING_LAYER"] = "workqueue"
    os.environ["NUMBA_NUM_THREADS"] = "1"


def warm_parent(queue: Queue, preloading: Preloading) -> None:
    """Import the definitions and, if models are loaded, import and compile all code that runs of the queue use."""
    started = time.perf_counter()
    importlib.import_module(preloading.definitions)
    warm_up = _registered.get(queue)
    if preloading.models and warm_up is not None:
        for module in warm_up.modules:
            importlib.import_module(module)
        warm_up.before_fork()
    gc.collect()
    gc.freeze()  # a child's collector would write to every object that it shares with this process
    log.info("worker_preloaded", queue=queue, seconds=round(time.perf_counter() - started, 2))


def begin_child(queue: Queue) -> None:
    """Do what a pool process must do before it starts threads or opens connections."""
    if (warm_up := _registered.get(queue)) is not None:
        warm_up.at_birth()


def warm_child(queue: Queue) -> None:
    """Load the models that runs of the queue use, and run each once. A model that cannot be loaded is only logged."""
    started = time.perf_counter()
    try:
        if (warm_up := _registered.get(queue)) is not None:
            warm_up.after_fork()
    except Exception as error:  # runs without a model work; the others report what is missing
        log.error("worker_models_not_loaded", queue=queue, reason=str(error))
        return
    log.info("worker_models_loaded", queue=queue, seconds=round(time.perf_counter() - started, 2))


def embed(queue: Queue, sentences: Sequence[str]) -> int:
    """Embed sentences to warm the model (`POST /admin/warmup`). Returns the number of batches."""
    warm_up = _registered.get(queue)
    return 0 if warm_up is None else warm_up.embed(sentences)
