"""Warm-up of the tagging queue: starts the extractor's child process and loads its models and dictionaries."""

from collections.abc import Callable, Sequence

from alt_pipelines.runtime.preload import WarmUp
from alt_pipelines.runtime.queues import TAGGING
from alt_pipelines.settings import Settings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.isolated import IsolatedExtractor

_TEXTS = {
    "en": "The ministry tightened export rules for advanced chips on Monday. " * 5,
    "ja": "経済産業省は月曜日、先端半導体の輸出規則を強化すると発表した。" * 5,
    "fr": "Le ministère a durci lundi les règles d'exportation des puces avancées. " * 5,
}


def warm_up(settings: Settings, extractor: Callable[[], IsolatedExtractor]) -> WarmUp:
    """Return the warm-up of processes that tag. `extractor` returns the tag extractor of the process."""

    def start() -> None:
        extractor().warm()
        extractor().extract([RawArticle(id=code, title="", content=text) for code, text in _TEXTS.items()])

    def embed(sentences: Sequence[str]) -> int:
        extractor().warm(sentences)
        return -(-len(sentences) // settings.embedding.batch_size)

    return WarmUp(TAGGING, ("matplotlib.figure",), _nothing, start, embed)


def _nothing() -> None:
    """Do nothing: the extractor's child starts a fresh interpreter, so the worker's parent has nothing to preload."""
