"""Writes the outcomes of a batch in one transaction: tags, links and one outcome row per article.

This module defines the transaction: its contents, their order, and the handling of database errors. `upserts` holds
the statements and the rules of each table.

* A bad article never rolls back its neighbours. The whole batch is tried first. If the database refuses a value, each
  half is tried, down to the single article, which becomes `failed` with the database's message. Errors that do not
  concern values (missing permission, disk full, connection lost) are raised, because they would fail every article.
* If an article or feed is deleted while the batch is written, a foreign key refuses the batch. The batch is then
  retried and skips the deleted rows. No rows are locked beforehand: a lock on feeds would require UPDATE rights.
* All writers write rows in the same order (tags by key, links by key, metrics), so they wait for each other and do not
  deadlock.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import structlog
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database.engines import is_transient, with_retries
from alt_pipelines.database.shapes import shape_of
from alt_pipelines.observability.metrics import MetricBatch
from alt_pipelines.observability.store import add_metrics
from alt_pipelines.settings import PoolSettings, TaggingSettings
from alt_pipelines.tagging.store import claims
from alt_pipelines.tagging.store.results import ArticleResult
from alt_pipelines.tagging.store.upserts import replace_links, write_outcomes, write_tags

log = structlog.get_logger(__name__)

# SQLSTATE classes for a value that cannot be stored: data exception, integrity violation, limit exceeded (an index row
# too long), and an error raised by a trigger.
_ABOUT_VALUES = ("22", "23", "54", "P0")
_FOREIGN_KEY_VIOLATION = "23503"
_TRIES_WHILE_ROWS_GO = 3


@dataclass
class WriteReport:
    """Report of a written batch: the stored result of every article, and the articles deleted in the meantime."""

    written: dict[str, ArticleResult] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        """Count the articles by stored status."""
        return Counter(result.status for result in self.written.values())


def write_batch(
    engine: Engine, results: Sequence[ArticleResult], settings: TaggingSettings, pool: PoolSettings
) -> WriteReport:
    """Write a batch in a transaction of its own, with retries while the database is unavailable.

    Raises:
        DBAPIError: the database refuses for a reason that does not concern an article, or stays unavailable too long.
    """

    def transaction() -> WriteReport:
        with engine.begin() as connection:
            return write_batch_in(connection, results, settings)

    return with_retries(transaction, pool, "write tags")


def write_batch_in(connection: Connection, results: Sequence[ArticleResult], settings: TaggingSettings) -> WriteReport:
    """Write a batch in the caller's transaction without committing it.

    If an article has several results, the last one counts. The claims on the articles are deleted in the transaction.
    """
    latest = {result.article_id: result for result in results}
    report = WriteReport()
    if not latest:
        return report
    _write(connection, list(latest.values()), settings, report)
    claims.release(connection, sorted(latest))
    add_metrics(connection, _metrics(report.written.values()))
    return report


def _write(connection: Connection, batch: list[ArticleResult], settings: TaggingSettings, report: WriteReport) -> None:
    """Write the whole batch or, if the database refuses a value, each half separately."""
    for tries_left in reversed(range(_TRIES_WHILE_ROWS_GO)):
        part = WriteReport()
        try:
            with connection.begin_nested():
                _write_all(connection, batch, settings, part)
            break
        except (DBAPIError, ValueError) as error:  # ValueError: the driver refuses a NUL or a broken surrogate
            if tries_left and _is_about_a_row_that_is_gone(error):
                continue
            if not _is_about_values(error):
                raise
            _write_parts(connection, batch, settings, report, error)
            return
    report.written.update(part.written)
    report.deleted.extend(part.deleted)


def _write_parts(
    connection: Connection, batch: list[ArticleResult], settings: TaggingSettings, report: WriteReport, error: Exception
) -> None:
    """Write each half of a refused batch; a single article becomes `failed` with the database's message."""
    if len(batch) > 1:
        middle = len(batch) // 2
        _write(connection, batch[:middle], settings, report)
        _write(connection, batch[middle:], settings, report)
        return
    failed = batch[0].refused_by_the_database(error)
    log.warning("result_refused", article_id=failed.article_id, reason=failed.reason)
    if batch[0].status == "failed":
        raise error  # even the failure cannot be recorded
    _write(connection, [failed], settings, report)


def _is_about_a_row_that_is_gone(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and getattr(error.orig, "pgcode", None) == _FOREIGN_KEY_VIOLATION


def _is_about_values(error: Exception) -> bool:
    if not isinstance(error, DBAPIError):
        return isinstance(error, ValueError)
    state = getattr(error.orig, "pgcode", None)
    if is_transient(error):
        return False
    return state.startswith(_ABOUT_VALUES) if isinstance(state, str) else isinstance(error.orig, ValueError)


def _write_all(
    connection: Connection, batch: list[ArticleResult], settings: TaggingSettings, report: WriteReport
) -> None:
    feeds = _existing(connection, "feeds", {result.feed_id for result in batch if result.feed_id})
    articles = _existing(connection, "articles", {result.article_id for result in batch})
    for result in batch:
        if result.article_id not in articles:
            report.deleted.append(result.article_id)
        elif result.feed_id and result.feed_id not in feeds:
            report.written[result.article_id] = ArticleResult.without_feed(
                result.article_id, result.extractor_version, result.lag_seconds
            )
        else:
            report.written[result.article_id] = result
    results = list(report.written.values())
    if not results:
        return
    write_tags(connection, [result for result in results if result.feed_id])
    replace_links(connection, results)
    write_outcomes(connection, results, settings)


def _existing(connection: Connection, table: str, ids: set[str]) -> set[str]:
    """Return the ids of existing rows, without soft-deleted articles."""
    if not ids:
        return set()
    condition = shape_of(connection).not_deleted() if table == "articles" else "true"
    rows = connection.execute(
        text(f"SELECT a.id::text FROM {table} a WHERE a.id = ANY(CAST(:ids AS uuid[])) AND {condition}"),
        {"ids": sorted(ids)},
    )
    return set(rows.scalars())


def _metrics(results: Iterable[ArticleResult]) -> MetricBatch:
    batch = MetricBatch()
    for result in results:
        batch.count("tagging_articles_total", labels={"outcome": result.status})
        if result.cascade is not None:
            batch.count("tagging_cascade_decisions_total", labels={"reason": str(result.cascade["reason"])})
        if result.inference_ms is not None:
            batch.observe("tagging_inference_seconds", result.inference_ms / 1000)
        if result.lag_seconds is not None:
            batch.observe("tagging_lag_seconds", max(result.lag_seconds, 0.0))
    return batch
