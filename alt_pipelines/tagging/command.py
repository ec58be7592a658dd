"""`alt-pipelines tag`: tags for a file of articles, without database or Dagster.

Lines stream through in small batches, in order, so memory does not grow with the input; with several workers each is a
process of its own (started fresh, not forked, since encoders do not survive a fork). The output appears whole or not at
all. What a line means is ``jsonl``'s, what an article's tags are ``extractor``'s.
"""

import os
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, NamedTuple

import click

from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.embedding.protocol import EmbeddingError
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.settings import Settings
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.jsonl import LONGEST_LINE, Line, Malformed, malformed_row, outcome_row, parse, unread_row
from alt_pipelines.tagging.progress import Progress, progress_for

BATCH = 32  # lines a worker gets at once: enough for a refinement to fill the encoder's batches
_AHEAD = 3  # batches under way for each worker; more would only hold memory

_EPILOG = """\b
An input line:
  {"id": "a1", "title": "Oil spill off Alaska", "text": "The tanker ...", "lang": "en"}
"title" and "lang" may be missing, "content" may stand for "text". HTML is fine.

\b
An output line:
  {"id": "a1", "status": "tagged", "tags": [{"tag": "oil spill", "confidence": 0.91}, ...],
   "confidence": 0.83, "language": "en", "backend": "features", "inference_ms": 4.2,
   "cascade": {"needs_refine": false, "reason": "high_confidence_exit", ...}}
"status" is tagged, empty (no phrase fit for a tag), rejected (nothing to read, or a malformed
line) or failed; all but the first have a "reason".

\b
Exit codes:
  0  every line has its row (malformed lines too: they are reported on stderr)
  1  the input could not be read, or the output not written
  2  wrong usage or settings

\b
Examples:
  alt-pipelines tag --input articles.jsonl --output tags.jsonl --workers 2
  zcat articles.jsonl.gz | alt-pipelines tag > tags.jsonl
"""


class Answer(NamedTuple):
    """What became of a batch: rows in order, their statuses, and the malformed lines among them."""

    rows: list[str]
    statuses: list[str]
    malformed: list[Malformed]


@click.command(epilog=_EPILOG)
@click.option("--input", "-i", "source", default="-", show_default=True, help="JSON lines with articles; - is stdin.")
@click.option("--output", "-o", "target", default="-", show_default=True, help="Where the rows go; - is stdout.")
@click.option("--workers", "-w", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that tag.")
def tag(source: str, target: str, workers: int) -> None:
    """Extract tags: one row of output for every line of input, in the same order, whatever the line holds."""
    counts: Counter[str] = Counter()
    try:
        with _opened_input(source) as stream, _opened_output(target) as out:
            size = os.fstat(stream.fileno()).st_size or None
            with progress_for(size) as progress:
                for answer in _answers(_batches(stream, progress), workers):
                    out.write("".join(f"{row}\n" for row in answer.rows).encode("utf-8"))
                    counts.update(answer.statuses)
                    for line in answer.malformed:
                        progress.say(f"line {line.number}: {line.problem}")
                    progress.done(counts)
    except BrokenPipeError:  # the reader of our output has left, which is its right
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        raise click.ClickException(f"{error.filename or source}: {error.strerror or error}") from None


@contextmanager
def _opened_output(target: str) -> Iterator[BinaryIO]:
    """Where the rows go. A file appears when all of them are written; until then they are in a file beside it."""
    if target == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)  # what open() would have given; mkstemp keeps a file to its owner
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _opened_input(source: str) -> AbstractContextManager[BinaryIO]:
    if source == "-":
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    return Path(source).open("rb")


def _batches(stream: BinaryIO, progress: Progress) -> Iterator[list[Line]]:
    batch: list[Line] = []
    number = 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        progress.read(len(raw))
        whole = len(raw) < LONGEST_LINE or raw.endswith(b"\n")
        batch.append(Line(number, raw if whole else None))
        while not whole:
            rest = stream.readline(LONGEST_LINE)
            progress.read(len(rest))
            whole = len(rest) < LONGEST_LINE or rest.endswith(b"\n")
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _answers(batches: Iterator[list[Line]], workers: int) -> Iterator[Answer]:
    """The batches' answers in order, each computed in this process or in one of the workers."""
    if workers == 1:
        for batch in batches:
            yield answer_batch(batch)
        return
    pool = _pool(workers)
    under_way: deque[tuple[list[Line], Future[Answer]]] = deque()
    try:
        while True:
            for batch in islice(batches, _AHEAD * workers - len(under_way)):
                under_way.append((batch, pool.submit(answer_batch, batch)))
            if not under_way:
                return
            lines, future = under_way.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                # A worker died, by the memory of one line perhaps: every line of this batch alone, the rest again.
                pool.shutdown(wait=False, cancel_futures=True)
                yield _answered_singly(lines)
                pool = _pool(workers)
                under_way = deque((lines, pool.submit(answer_batch, lines)) for lines, _ in under_way)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _answered_singly(lines: list[Line]) -> Answer:
    """Each line in a process of its own; one whose process dies gets a row that says so."""
    answers = []
    for line in lines:
        pool = _pool(1)
        try:
            answers.append(pool.submit(answer_batch, [line]).result())
        except BrokenProcessPool:
            parsed = parse(line)
            row = unread_row(parsed.id, "failed", f"line {line.number}: the process that read it died")
            answers.append(Answer([row], ["failed"], []))
        finally:
            pool.shutdown(wait=False)
    return Answer(
        [row for answer in answers for row in answer.rows],
        [status for answer in answers for status in answer.statuses],
        [line for answer in answers for line in answer.malformed],
    )


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_prepare_worker)


def _prepare_worker() -> None:
    configure_logging(Settings.from_environment().logging)


_extractor: TagExtractor | None = None  # one per process: it holds the encoder and the refinement budget


def answer_batch(batch: list[Line]) -> Answer:
    """Rows of a batch of lines. Runs in the workers."""
    parsed = [parse(line) for line in batch]
    articles = [p.article for p in parsed if not isinstance(p, Malformed)]
    found = iter(_the_extractor().extract(articles) if articles else [])
    rows, statuses = [], []
    for item in parsed:
        if isinstance(item, Malformed):
            rows.append(malformed_row(item))
            statuses.append("rejected")
        else:
            extraction = next(found)
            rows.append(outcome_row(item.id, extraction))
            statuses.append(extraction.status)
    return Answer(rows, statuses, [p for p in parsed if isinstance(p, Malformed)])


def _the_extractor() -> TagExtractor:
    global _extractor
    if _extractor is None:
        settings = Settings.from_environment()
        try:
            embedder = load_embedder(settings.embedding)
        except EmbeddingError as error:
            click.echo(f"Articles are tagged without a second look: {error}", err=True)
            embedder = None
        _extractor = TagExtractor(settings.tagging, embedder)
    return _extractor
