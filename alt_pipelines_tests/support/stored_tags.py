"""The tags of articles read row by row, which the adapter's one statement for a batch is compared with."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.tagging.store.reads import canonical_uuid

# COLLATE "C": code point order, the same on every server regardless of its locale.
_TAGS = text(
    """
    SELECT l.article_id::text, t.tag_name, t.confidence, t.updated_at
    FROM article_tags l JOIN feed_tags t ON t.id = l.feed_tag_id
    WHERE l.article_id = ANY(CAST(:ids AS uuid[]))
    ORDER BY t.confidence DESC, t.tag_name COLLATE "C"
    """
)


class TagRow(NamedTuple):
    """A tag of an article: its confidence in 0..1, and when that last changed (UTC)."""

    tag: str
    confidence: float
    updated_at: datetime


def tags_of_articles(engine: Engine, ids: Sequence[str]) -> dict[str, list[TagRow]]:
    """Return the tags of each article that has any, best first (confidence descending, then tag).

    Keys are the ids as given. An id that is unknown, has no tags or is not a valid UUID is absent.
    """
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for given in dict.fromkeys(ids):
        canonical = canonical_uuid(given)
        if canonical is not None:
            spellings[canonical].append(given)
    with engine.connect() as connection:
        rows = connection.execute(_TAGS, {"ids": list(spellings)}).all()
    found: defaultdict[str, list[TagRow]] = defaultdict(list)
    for article_id, tag, confidence, updated_at in rows:
        found[article_id].append(TagRow(tag, confidence, updated_at.replace(tzinfo=UTC)))
    return {given: found[canonical] for canonical in found for given in spellings[canonical]}
