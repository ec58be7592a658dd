"""Loading of what tagging needs before it can start: dictionaries, frequency lists and models, once per process.

Loading takes up to seconds per language, so it happens outside every article's inference time, and a parent process may
do it for its children.
"""

import time
from functools import lru_cache

from alt_pipelines.tagging.extraction.candidates import SHORTEST_ARTICLE, find_candidates
from alt_pipelines.tagging.extraction.judgement import judged
from alt_pipelines.tagging.extraction.ranking import first_model, rank
from alt_pipelines.text.clean import CleanText
from alt_pipelines.text.language import detect

_ENOUGH = 1000  # characters of a text; analysing this many looks up words, which loads the dictionaries
_loaded: set[str] = set()  # languages whose dictionaries are loaded in this process or in the one that forked it


@lru_cache(maxsize=1)
def warm_up() -> None:
    """Load what most articles need: English, Japanese and the detection of languages.

    Fork-safe: a parent process may call it to preload for its children.
    """
    for language, text in (("en", "The tanker ran aground."), ("ja", "東京で大会が開かれた。")):
        judged(rank(find_candidates("", text, language), first_model(language)), text, language)
        _loaded.add(language)
    detect("Le gouvernement français")


def is_loaded(language: str) -> bool:
    """Return whether the dictionaries of a language are loaded."""
    return language in _loaded


def load(language: str, text: CleanText) -> float:
    """Load a language's dictionaries by analysing the beginning of a text. Return the seconds that this took."""
    started = time.perf_counter()
    title, body = text.title[:_ENOUGH], text.text[:_ENOUGH]
    judged(rank(find_candidates(title, body, language), first_model(language)), body, language)
    if len(text.title) + len(text.text) >= SHORTEST_ARTICLE:
        _loaded.add(language)
    return time.perf_counter() - started
