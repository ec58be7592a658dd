"""A rehearsal of a tagging run's statements, in a transaction that the caller rolls back."""

import uuid
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import Extraction
from alt_pipelines.tagging.store import claims
from alt_pipelines.tagging.store.results import ArticleResult
from alt_pipelines.tagging.store.writes import write_batch_in

LOCK_SECONDS = 3


class Sample(NamedTuple):
    """An existing article, with the feed that its tags belong to."""

    article_id: str
    feed_id: str
    title: str
    content: str


def newest_with_feed(connection: Connection, characters: int = 20_000) -> Sample | None:
    """Return an article with a feed among the 100 newest articles; None if there is none."""
    statement = (
        "SELECT a.id::text, f.id::text, left(a.title, 1000), left(a.content, :characters) "
        "FROM (SELECT * FROM articles ORDER BY created_at DESC, id DESC LIMIT 100) a JOIN feeds f ON f.id = a.feed_id "
        "LIMIT 1"
    )
    row = connection.execute(text(statement), {"characters": characters}).first()
    return None if row is None else Sample(*row)


def write(connection: Connection, sample: Sample | None, extraction: Extraction, settings: TaggingSettings) -> None:
    """Claim and write an article as a run does; without a sample, an unknown article. Roll back afterwards.

    Raises:
        DBAPIError: a run would fail in the same way, or a lock is not acquired within LOCK_SECONDS.
    """
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
    feed_id = str(uuid.uuid4()) if sample is None else sample.feed_id
    claims.claim(connection, [extraction.id], f"rehearsal-{uuid.uuid4()}", 60, "all")
    write_batch_in(connection, [ArticleResult.of(extraction, feed_id)], settings)
