"""What a worker does before its first run, so that no run pays for it: imports, compiled code, models.

Two moments. The parent process imports and compiles once, before it forks; every process it forks, also those that
replace recycled ones, starts with that. The forked process then makes what must not cross a fork: inference sessions,
connections, threads.

The numba rule: a parent that has compiled and run UMAP may be forked only with numba's `workqueue` layer on one thread,
chosen before numba is imported. With its OpenMP layer the first fit of every child ends the process ("fork() called
from a process already using GNU OpenMP").
"""

import importlib
import os
import time
from typing import NamedTuple

import structlog

from alt_pipelines.runtime.queues import RECAP, Queue

log = structlog.get_logger(__name__)

_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TAG_ONNX_INTER_OP_THREADS")
_HEAVY_MODULES: dict[Queue, tuple[str, ...]] = {
    "recap": ("sklearn.cluster", "hdbscan", "matplotlib.figure", "scipy.sparse"),
    "tagging": ("matplotlib.figure",),
}


class Preloading(NamedTuple):
    """What a worker loads: the module of the definitions it serves, and whether their models and compiled code too."""

    definitions: str = "alt_pipelines.definitions"
    models: bool = True


def set_threads(threads: int) -> None:
    """Size the thread pools of this process and its children. Call it before numpy, numba or onnxruntime is imported.

    Values that are set already are left alone: whoever starts the process knows better.
    """
    for variable in _THREAD_VARIABLES:
        os.environ.setdefault(variable, str(threads))
    os.environ["NUMBA_THREADING_LAYER"] = "workqueue"
    os.environ["NUMBA_NUM_THREADS"] = "1"


def warm_parent(queue: Queue, preloading: Preloading) -> None:
    """Import the definitions and all that runs of a queue import; for recap, compile UMAP by a small fit."""
    started = time.perf_counter()
    heavy = _HEAVY_MODULES[queue] if preloading.models else ()
    for module in (preloading.definitions, *heavy):
        importlib.import_module(module)
    if preloading.models:
        from alt_pipelines.embedding.factory import preload_before_fork
        from alt_pipelines.platform import get_platform

        preload_before_fork(get_platform().settings.embedding)
    if queue == RECAP and preloading.models:
        import numpy as np

        from alt_pipelines.recap.clustering.reduce import reduce_vectors

        vectors = np.random.default_rng(0).normal(size=(64, 32)).astype(np.float32)
        reduce_vectors(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), 2)
    log.info("worker_preloaded", queue=queue, seconds=round(time.perf_counter() - started, 2))


def warm_child(queue: Queue) -> None:
    """Load the models that runs of a queue use and run each once."""
    from alt_pipelines.platform import get_platform

    platform = get_platform()
    started = time.perf_counter()
    platform.embedder.encode(["A first sentence.", "最初の一文です。"])
    if queue != RECAP:
        from alt_pipelines.tagging.extraction.extractor import RawArticle

        texts = {
            "en": "The ministry tightened export rules for advanced chips on Monday. " * 5,
            "ja": "経済産業省は月曜日、先端半導体の輸出規則を強化すると発表した。" * 5,
            "fr": "Le ministère a durci lundi les règles d'exportation des puces avancées. " * 5,
        }
        platform.tag_extractor.extract([RawArticle(id=code, title="", content=text) for code, text in texts.items()])
    log.info("worker_models_loaded", queue=queue, seconds=round(time.perf_counter() - started, 2))


def warm(sentences: list[str]) -> int:
    """Embed sentences for no other purpose; returns in how many batches. What `POST /admin/warmup` asks for."""
    from alt_pipelines.platform import get_platform

    platform = get_platform()
    platform.embedder.encode(sentences)
    return -(-len(sentences) // platform.settings.embedding.batch_size)
