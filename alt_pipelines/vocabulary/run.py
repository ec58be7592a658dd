"""The run of one language's vocabulary without Dagster: sample the archive, count, store the counts as a version.

The sample, the text read per article, the words kept and the versions kept are bounded. A run keeps no state and writes
in one transaction, so a killed run changes nothing, and the next run of the same day counts the same articles.

A language with fewer than `ENOUGH` articles gets no new version.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.engines import with_retries
from alt_pipelines.settings import PoolSettings
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines.vocabulary import store
from alt_pipelines.vocabulary.words import Vocabulary, WordCounter

_T = TypeVar("_T")

ARTICLES = 4000  # counted per run: about 15 s of CPU time, and 1 MB of text at a time
ENOUGH = 300  # articles; until a language has as many, no version is built and the ranking uses its word list alone
PAGE = 100
CHARACTERS = 12_000  # read per article
KEPT = 14  # versions per language; an outcome may name an older one


@dataclass(frozen=True)
class VocabularyReport:
    """What a run did. `vocabulary` is None if there were not enough articles; the previous version then stays."""

    language: str
    articles: int
    vocabulary: Vocabulary | None
    previous: store.Stored | None
    pruned: int
    seconds: float


def build_vocabulary(engine: Engine, pool: PoolSettings, language: str, day: date) -> VocabularyReport:
    """Count the words of a sample of a language's articles and store them as the newest version.

    Raises:
        DBAPIError: the database stays unavailable beyond the retry limit. Nothing has been changed then.
    """
    started = time.monotonic()
    counter = WordCounter()
    ids = _read(engine, pool, partial(store.sample, language=language, articles=ARTICLES, day=day))
    for start in range(0, len(ids), PAGE):
        page = ids[start : start + PAGE]
        for title, content in _read(engine, pool, partial(store.texts, ids=page, characters=CHARACTERS)):
            clean = clean_article(title, content)
            if isinstance(clean, CleanText):
                counter.add(clean.title, clean.text)
    previous = _read(engine, pool, store.newest).get(language)
    vocabulary = counter.vocabulary(language) if counter.articles >= ENOUGH else None
    pruned = 0 if vocabulary is None else _write(engine, pool, vocabulary)
    return VocabularyReport(language, counter.articles, vocabulary, previous, pruned, time.monotonic() - started)


def _write(engine: Engine, pool: PoolSettings, vocabulary: Vocabulary) -> int:
    def write() -> int:
        with engine.begin() as connection:
            return store.write(connection, vocabulary, KEPT)

    return with_retries(write, pool, "store a vocabulary")


def _read(engine: Engine, pool: PoolSettings, query: Callable[[Connection], _T]) -> _T:
    def read() -> _T:
        with engine.connect() as connection:
            return query(connection)

    return with_retries(read, pool, "read articles for a vocabulary")
