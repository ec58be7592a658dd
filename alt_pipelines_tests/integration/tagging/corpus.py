"""Articles and feeds for these tests, put into the database the way the platform does, and a look at what came out."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.tagging.extraction.article import Tag
from alt_pipelines.tagging.store import ArticleResult

USER = str(uuid.UUID(int=7))
VERSION = "test-1"

TEXT = (
    "The port authority of Rotterdam opened a new container terminal on Monday. The container terminal handles three "
    "million containers a year, and the port authority expects the shipping companies to move their liner services "
    "there before the summer. Environmental groups criticised the dredging of the river delta, and said that the port "
    "authority had ignored the study on sediment and water quality. A spokeswoman for the port authority answered that "
    "the sediment study was part of the permit."
)


def now() -> datetime:
    """This moment as articles.created_at has it."""
    return datetime.now(UTC).replace(tzinfo=None)


def add_feed(engine: Engine, link: str | None = None, created_at: datetime | None = None) -> str:
    """A feeds row."""
    with engine.begin() as connection:
        return str(
            connection.execute(
                text(
                    "INSERT INTO feeds (title, description, link, pub_date, created_at) "
                    "VALUES ('f', 'd', :link, now(), coalesce(:created_at, now())) RETURNING id::text"
                ),
                {"link": link or f"https://example.org/{uuid.uuid4()}", "created_at": created_at},
            ).scalar_one()
        )


def add_article(
    engine: Engine,
    title: str = "Port authority of Rotterdam opens container terminal",
    content: str = TEXT,
    *,
    feed: str | None = "new",
    created_at: datetime | str | None = None,
    url: str | None = None,
) -> str:
    """An article; `feed` is a feeds id, None for none, or "new" for a row of its own."""
    feed_id = add_feed(engine) if feed == "new" else feed
    with engine.begin() as connection:
        return str(
            connection.execute(
                text(
                    "INSERT INTO articles (title, content, url, created_at, feed_id, user_id) VALUES "
                    "(:title, :content, :url, CAST(:created_at AS timestamp), :feed_id, :user) RETURNING id::text"
                ),
                {
                    "title": title,
                    "content": content,
                    "url": url or f"https://example.org/{uuid.uuid4()}",
                    "created_at": created_at or now(),
                    "feed_id": feed_id,
                    "user": USER,
                },
            ).scalar_one()
        )


def feed_of(engine: Engine, article_id: str) -> str:
    """An article's feed_id."""
    return str(scalar(engine, "SELECT feed_id::text FROM articles WHERE id = :id", id=article_id))


def tagged(article_id: str, feed_id: str, *tags: tuple[str, float], version: str = VERSION) -> ArticleResult:
    """A result with these tags."""
    return ArticleResult(
        article_id,
        feed_id,
        "tagged" if tags else "empty",
        version,
        tags=tuple(Tag(name, confidence) for name, confidence in tags),
        backend="features",
        language="en",
        confidence=0.8,
        inference_ms=2.5,
        sanitized_length=400,
        cascade={"needs_refine": False, "reason": "high_confidence_exit"},
    )


def rows(engine: Engine, statement: str, **parameters: Any) -> Sequence[Any]:
    """All rows of a query."""
    with engine.connect() as connection:
        return connection.execute(text(statement), parameters).all()


def scalar(engine: Engine, statement: str, **parameters: Any) -> Any:
    """The one value of a query."""
    with engine.connect() as connection:
        return connection.execute(text(statement), parameters).scalar_one()


def execute(engine: Engine, statement: str, **parameters: Any) -> None:
    """Run and commit a statement."""
    with engine.begin() as connection:
        connection.execute(text(statement), parameters)


def contents(engine: Engine) -> dict[str, Sequence[Any]]:
    """Everything that tagging writes but metrics, times included: equal before and after means nothing was touched."""
    return {
        "feed_tags": rows(engine, "SELECT * FROM feed_tags ORDER BY id"),
        "article_tags": rows(engine, "SELECT * FROM article_tags ORDER BY 1, 2"),
        "outcomes": rows(engine, "SELECT * FROM alt_pipelines.article_tag_outcomes ORDER BY article_id"),
        "claims": rows(engine, "SELECT * FROM alt_pipelines.article_tag_claims ORDER BY article_id"),
    }


def links(engine: Engine, article_id: str) -> dict[str, float]:
    """Tag -> confidence of an article."""
    found = rows(
        engine,
        "SELECT t.tag_name, t.confidence FROM article_tags l JOIN feed_tags t ON t.id = l.feed_tag_id "
        "WHERE l.article_id = :id",
        id=article_id,
    )
    return {row.tag_name: row.confidence for row in found}


def outcome(engine: Engine, article_id: str) -> Any:
    """An article's outcome row, or None."""
    found = rows(engine, "SELECT * FROM alt_pipelines.article_tag_outcomes WHERE article_id = :id", id=article_id)
    return found[0] if found else None


def change_outcome(engine: Engine, assignment: str, article_id: str) -> None:
    """Change an article's outcome row by an assignment in SQL."""
    execute(engine, f"UPDATE alt_pipelines.article_tag_outcomes SET {assignment} WHERE article_id = :id", id=article_id)


def hours_ago(hours: float) -> datetime:
    """A created_at in the past."""
    return now() - timedelta(hours=hours)
