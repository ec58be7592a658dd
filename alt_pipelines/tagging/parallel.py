"""Tagging of file entries in batches, in this process or in several; rows keep the order of the entries.

Worker processes are spawned, not forked, because encoders do not survive a fork. A worker crash costs only the entry
that caused it.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Any, NamedTuple

import click

from alt_pipelines.article_files import FileArticle, Malformed
from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.embedding.protocol import EmbeddingError
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.settings import Settings
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import Load
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.words.dictionaries import keep_in
from alt_pipelines.tagging.processes.cpu_limit import cpu_limit
from alt_pipelines.tagging.rows import Row, malformed_row, outcome_row, unread_row

BATCH = 32  # entries per task: enough for refinement to fill the encoder's batches
_AHEAD = 3  # batches in flight per worker; more would only use memory


class Numbered(NamedTuple):
    """An entry with its number in the input, from 1, and the keys of the lines that its site repeats."""

    number: int
    entry: FileArticle | Malformed
    site_lines: frozenset[int] = frozenset()


Batch = list[Numbered]


def tagged(batches: Iterator[Batch], workers: int, load: Load) -> Iterator[list[Row]]:
    """Yield the rows of each batch, in order. ``load`` decides which articles are refined (``cascade``)."""
    if workers == 1:
        for batch in batches:
            yield tag_batch(batch, load)
        return
    pool = _pool(workers)
    in_flight: deque[tuple[Batch, Future[list[Row]]]] = deque()
    try:
        while True:
            for batch in islice(batches, _AHEAD * workers - len(in_flight)):
                in_flight.append((batch, _submitted(pool, batch, load)))
            if not in_flight:
                return
            batch, future = in_flight.popleft()
            try:
                rows = future.result()
            except BrokenProcessPool:
                # A worker died, perhaps because one entry used too much memory. Tag each entry of this batch in a
                # process of its own, then resubmit the other batches.
                pool.shutdown(wait=False, cancel_futures=True)
                rows = [row for numbered in batch for row in _tagged_alone(numbered, load)]
                pool = _pool(workers)
                in_flight = deque((batch, _submitted(pool, batch, load)) for batch, _ in in_flight)
            yield rows
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, batch: Batch, load: Load) -> Future[list[Row]]:
    """Submit a batch. A pool that is already broken gives a failed future, as one that breaks later does."""
    try:
        return pool.submit(tag_batch, batch, load)
    except BrokenProcessPool as error:
        failed: Future[list[Row]] = Future()
        failed.set_exception(error)
        return failed


def tag_batch(batch: Batch, load: Load) -> list[Row]:
    """Tag a batch of entries and return their rows. Runs in the workers."""
    articles = [
        RawArticle(str(_id_of(numbered)), entry.title, entry.text, entry.language, numbered.site_lines)
        for numbered in batch
        if isinstance(entry := numbered.entry, FileArticle)
    ]
    extractions = iter(_extracted(articles, load) if articles else [])
    rows = [
        malformed_row(_id_of(numbered), numbered.entry)
        if isinstance(numbered.entry, Malformed)
        else outcome_row(_id_of(numbered), numbered.entry.title, next(extractions))
        for numbered in batch
    ]
    return [row._replace(place=numbered.entry.place) for row, numbered in zip(rows, batch, strict=True)]


def _extracted(articles: list[RawArticle], load: Load) -> list[Extraction]:
    extractor = _the_extractor()
    with cpu_limit(Settings.from_environment().tagging.article_cpu_seconds) as limit:
        return extractor.extract(articles, load, limit) if limit else extractor.extract(articles, load)


def _tagged_alone(numbered: Numbered, load: Load) -> list[Row]:
    """Tag an entry in a process of its own; if that process dies, return a `failed` row."""
    pool = _pool(1)
    try:
        return pool.submit(tag_batch, [numbered], load).result()
    except BrokenProcessPool:
        reason = f"{numbered.entry.place}: the process that tagged it died"
        return [unread_row(_id_of(numbered), "failed", reason)._replace(place=numbered.entry.place)]
    finally:
        pool.shutdown(wait=False)


def _id_of(numbered: Numbered) -> Any:
    """Return the id given in the file, else the URL, else the number in the input."""
    entry = numbered.entry
    url = entry.url if isinstance(entry, FileArticle) else None
    return entry.id if entry.id is not None else url or numbered.number


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_prepare_worker)


def _prepare_worker() -> None:
    configure_logging(Settings.from_environment().logging)


_extractor: TagExtractor | None = None  # one per process: it holds the encoder and the refinement budget


def _the_extractor() -> TagExtractor:
    global _extractor
    if _extractor is None:
        settings = Settings.from_environment()
        keep_in(settings.execution.home.resolve())
        try:
            embedder = load_embedder(settings.embedding)
        except EmbeddingError as error:
            click.echo(f"Warning: articles are tagged without refinement: {error}", err=True)
            embedder = None
        _extractor = TagExtractor(settings.tagging, embedder)
    return _extractor
