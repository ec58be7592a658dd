"""Warm-up of the tagging queue: starts the extractor's child process and loads its models and dictionaries."""

from collections.abc import Sequence

from alt_pipelines.platform import Platform
from alt_pipelines.runtime.preload import WarmUp
from alt_pipelines.runtime.queues import TAGGING
from alt_pipelines.tagging.extraction.article import RawArticle

_TEXTS = {
    "en": "The ministry tightened export rules for advanced chips on Monday. " * 5,
    "ja": "経済産業省は月曜日、先端半導体の輸出規則を強化すると発表した。" * 5,
    "fr": "Le ministère a durci lundi les règles d'exportation des puces avancées. " * 5,
}


def warm_up(platform: Platform) -> WarmUp:
    """Return the warm-up of processes that tag with the extractor of `platform`."""

    def start() -> None:
        extractor = platform.isolated_extractor
        extractor.warm()
        extractor.extract([RawArticle(id=code, title="", content=text) for code, text in _TEXTS.items()])

    def embed(sentences: Sequence[str]) -> int:
        platform.isolated_extractor.warm(sentences)
        return -(-len(sentences) // platform.settings.embedding.batch_size)

    return WarmUp(TAGGING, ("matplotlib.figure",), _nothing, start, embed)


def _nothing() -> None:
    """Do nothing: the extractor's child starts a fresh interpreter, so the worker's parent has nothing to preload."""
