"""Warm-up of the tagging queue.

The worker's parent loads dictionaries and tokenizers, which all its processes share. The extractor process of each
pool process loads the models.
"""

from collections.abc import Callable, Sequence

from alt_pipelines.embedding.factory import preload_before_fork
from alt_pipelines.runtime.preload import WarmUp
from alt_pipelines.runtime.queues import TAGGING
from alt_pipelines.settings import Settings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.processes.isolated import IsolatedExtractor

_MODULES = ("matplotlib.figure", "onnxruntime")

_TEXTS = {
    "en": "The ministry tightened export rules for advanced chips on Monday. " * 5,
    "ja": "経済産業省は月曜日、先端半導体の輸出規則を強化すると発表した。" * 5,
    "fr": "Le ministère a durci lundi les règles d'exportation des puces avancées. " * 5,
}


def warm_up(settings: Settings, extractor: Callable[[], IsolatedExtractor], fork_early: Callable[[], None]) -> WarmUp:
    """Return the warm-up of processes that tag.

    `extractor` returns the tag extractor of the process; `fork_early` forks what that needs in a new process.
    """

    def start() -> None:
        extractor().warm()
        extractor().extract([RawArticle(id=code, title="", content=text) for code, text in _TEXTS.items()])

    def embed(sentences: Sequence[str]) -> int:
        extractor().warm(sentences)
        return -(-len(sentences) // settings.embedding.batch_size)

    def load_dictionaries() -> None:
        from alt_pipelines.tagging.extraction.loading import warm_up as load  # most processes never tag

        load()
        preload_before_fork(settings.embedding)

    return WarmUp(TAGGING, _MODULES, load_dictionaries, start, embed, fork_early)
