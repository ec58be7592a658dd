"""SQL of the vocabulary: samples the archive and maintains the table `alt_pipelines.vocabularies`.

A stored version is never changed, so a process reads each version once.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.database.shapes import shape_of
from alt_pipelines.vocabulary.words import Vocabulary, vocabulary_of

# A hash of the id and the day orders the articles: another sample every day, the same one all day.
_SAMPLE = text(
    """
    SELECT o.article_id::text FROM alt_pipelines.article_tag_outcomes o
    WHERE o.language = :language AND o.status = 'tagged'
    ORDER BY hashtextextended(o.article_id::text, :seed), o.article_id LIMIT :articles
    """
)
_TEXTS = """
    SELECT left(a.title, 1000) AS title, left(a.content, :characters) AS content FROM articles a
    WHERE a.id = ANY(CAST(:ids AS uuid[])) AND {not_deleted} ORDER BY a.id
"""
_INSERT = text(
    """
    INSERT INTO alt_pipelines.vocabularies (version, language, articles, words, counts)
    VALUES (:version, :language, :articles, :words, CAST(:counts AS json))
    ON CONFLICT (version) DO UPDATE SET built_at = now()
    """
)
_NEWEST = text(
    """
    SELECT DISTINCT ON (language) language, version, articles, words, built_at FROM alt_pipelines.vocabularies
    ORDER BY language, built_at DESC, version
    """
)
_HISTORY = text(
    """
    SELECT version, articles, words FROM alt_pipelines.vocabularies WHERE language = :language
    ORDER BY built_at DESC, version LIMIT :versions
    """
)
_LOAD = text("SELECT language, counts::text AS counts FROM alt_pipelines.vocabularies WHERE version = :version")
_PRUNE = text(
    """
    DELETE FROM alt_pipelines.vocabularies WHERE version IN (
        SELECT version FROM alt_pipelines.vocabularies WHERE language = :language
        ORDER BY built_at DESC, version OFFSET :kept
    )
    """
)


class Stored(NamedTuple):
    """A stored version without its counts."""

    version: str
    articles: int
    words: int


def sample(connection: Connection, language: str, articles: int, day: date) -> list[str]:
    """Return the ids of at most `articles` tagged articles of a language, chosen evenly from the archive."""
    return list(
        connection.scalars(_SAMPLE, {"language": language, "articles": articles, "seed": day.toordinal()}).all()
    )


def texts(connection: Connection, ids: Sequence[str], characters: int) -> list[tuple[str, str]]:
    """Return (title, content) of the articles that still exist; of the content, the first `characters`."""
    statement = text(_TEXTS.format(not_deleted=shape_of(connection).not_deleted()))
    rows = connection.execute(statement, {"ids": list(ids), "characters": characters})
    return [(row.title or "", row.content or "") for row in rows]


def write(connection: Connection, vocabulary: Vocabulary, kept: int) -> int:
    """Store a version as the newest of its language and delete all but the `kept` newest. Returns the deleted rows."""
    connection.execute(
        _INSERT,
        {
            "version": vocabulary.version,
            "language": vocabulary.language,
            "articles": vocabulary.articles,
            "words": len(vocabulary.counts),
            "counts": vocabulary.as_json(),
        },
    )
    return connection.execute(_PRUNE, {"language": vocabulary.language, "kept": kept}).rowcount


def newest(connection: Connection) -> dict[str, Stored]:
    """Return the newest version by language."""
    return {row.language: Stored(row.version, row.articles, row.words) for row in connection.execute(_NEWEST)}


def history(connection: Connection, language: str, versions: int) -> list[Stored]:
    """Return a language's newest versions, newest first."""
    return [Stored(*row) for row in connection.execute(_HISTORY, {"language": language, "versions": versions})]


def load(connection: Connection, version: str) -> Vocabulary | None:
    """Return a stored version; None if it has been deleted."""
    row = connection.execute(_LOAD, {"version": version}).first()
    return None if row is None else vocabulary_of(row.language, row.counts)
