"""The statements that write tags, links and outcomes: a fixed number per batch, each idempotent.

Writing the same results again changes nothing. Rules that are not obvious from the tables:

* feed_tags rows belong to a feed. If several articles share the feed, a tag keeps the highest confidence of any of
  them, so that it does not depend on the order of writes. A feed's only article sets the confidence exactly.
* A tag's `updated_at` changes only when its confidence does.
* A new extraction's tags replace the article's links to automatic tags. An extraction without tags replaces nothing.
  Tags of another tag_type belong to other services and are never changed or unlinked.
* A feed_tags row without links stays, because other services may hold its id.

Only `writes` calls these functions, with articles and feeds that existed shortly before. The foreign keys refuse rows
that have been deleted since.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.database.shapes import shape_of
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import CANNOT_IMPORT
from alt_pipelines.tagging.store.results import ArticleResult

# A feed is shared when another article references it or has its link as url. Both look-ups stop at the first hit.
_SHARED_FEEDS = """
    SELECT f.id::text FROM unnest(CAST(:feeds AS uuid[])) AS f(id)
    WHERE EXISTS (SELECT FROM articles a WHERE a.feed_id = f.id AND a.id <> ALL(CAST(:articles AS uuid[])))
       OR EXISTS (SELECT FROM feeds g JOIN articles a ON a.url = g.{feed_link}
                  WHERE g.id = f.id AND a.feed_id IS NULL AND a.id <> ALL(CAST(:articles AS uuid[])))
"""

_UPSERT_TAGS = text(
    """
    INSERT INTO feed_tags AS t (feed_id, tag_name, confidence, created_at, updated_at)
    SELECT feed_id, tag_name, max(confidence), now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
    FROM json_to_recordset(CAST(:tags AS json)) AS n(feed_id uuid, tag_name text, confidence double precision)
    GROUP BY feed_id, tag_name
    ORDER BY feed_id, tag_name
    ON CONFLICT (feed_id, tag_name) DO UPDATE
    SET confidence = excluded.confidence, updated_at = excluded.updated_at
    WHERE coalesce(t.tag_type, 'auto') = 'auto' AND (excluded.confidence > t.confidence
       OR (excluded.confidence < t.confidence AND t.feed_id <> ALL(CAST(:shared AS uuid[]))))
    """
)


def write_tags(connection: Connection, results: Sequence[ArticleResult]) -> None:
    """Insert the feeds' tags and update changed confidences. Every result must have a feed."""
    tags = _tag_rows(results)
    if not tags:
        return
    users = Counter(result.feed_id for result in results)
    parameters = {"feeds": sorted(filter(None, users)), "articles": [result.article_id for result in results]}
    statement = text(_SHARED_FEEDS.format(feed_link=shape_of(connection).feed_link))
    shared = set(connection.execute(statement, parameters).scalars())
    shared.update(feed_id for feed_id, count in users.items() if feed_id and count > 1)
    connection.execute(_UPSERT_TAGS, {"tags": json.dumps(tags), "shared": sorted(shared)})


_LINK = text(
    """
    INSERT INTO article_tags (article_id, feed_tag_id)
    SELECT n.article_id, t.id
    FROM json_to_recordset(CAST(:tags AS json)) AS n(article_id uuid, feed_id uuid, tag_name text)
    JOIN feed_tags t ON t.feed_id = n.feed_id AND t.tag_name = n.tag_name
    ORDER BY n.article_id, t.id
    ON CONFLICT (article_id, feed_tag_id) DO NOTHING
    """
)

_UNLINK = text(
    """
    DELETE FROM article_tags l USING feed_tags t
    WHERE l.article_id = ANY(CAST(:articles AS uuid[])) AND t.id = l.feed_tag_id
      AND coalesce(t.tag_type, 'auto') = 'auto'
      AND NOT EXISTS (
          SELECT FROM json_to_recordset(CAST(:tags AS json)) AS n(article_id uuid, feed_id uuid, tag_name text)
          WHERE n.article_id = l.article_id AND n.feed_id = t.feed_id AND n.tag_name = t.tag_name
      )
    """
)


def replace_links(connection: Connection, results: Sequence[ArticleResult]) -> None:
    """Link the new tags and unlink automatic tags no longer extracted. Results without tags change no links."""
    replaced = [result for result in results if result.tags]
    if not replaced:
        return
    tags = json.dumps(_tag_rows(replaced))
    connection.execute(_LINK, {"tags": tags})
    connection.execute(_UNLINK, {"tags": tags, "articles": [result.article_id for result in replaced]})


def _tag_rows(results: Iterable[ArticleResult]) -> list[dict[str, object]]:
    return [
        {
            "article_id": result.article_id,
            "feed_id": result.feed_id,
            "tag_name": tag.tag,
            "confidence": tag.confidence,
        }
        for result in results
        for tag in result.tags
    ]


# `attempts` counts the attempts under one extractor version until the article needs no other; the delay doubles with
# each. A failure with a content digest is final (`reopening`). An article that failed because a module is missing is
# tried until the module is there. A tagged article with a next attempt waits for its second pass, which is due at once.
# The last WHERE prevents a repeated write from updating the row.
_UPSERT_OUTCOMES = text(
    """
    WITH tried AS (
        SELECT n.*, CASE
            WHEN p.extractor_version IS DISTINCT FROM n.extractor_version THEN 1
            WHEN p.status IN ('failed', 'no_feed') THEN p.attempts + 1
            ELSE p.attempts END AS attempts
        FROM json_to_recordset(CAST(:results AS json)) AS n(
            article_id uuid, status text, reason text, extractor_version text, backend text, language text,
            confidence double precision, tag_count int, inference_ms double precision, sanitized_length int,
            cascade jsonb, content_digest text, vocabulary text, deferred boolean)
        LEFT JOIN alt_pipelines.article_tag_outcomes p ON p.article_id = n.article_id
    )
    INSERT INTO alt_pipelines.article_tag_outcomes AS o (
        article_id, status, reason, attempts, extractor_version, backend, language,
        confidence, tag_count, inference_ms, sanitized_length, cascade, content_digest, vocabulary, next_attempt_at,
        updated_at)
    SELECT article_id, status, reason, attempts, extractor_version, backend, language, confidence, tag_count,
        inference_ms, sanitized_length, cascade, content_digest, vocabulary,
        now() + interval '1 second' * CASE
            WHEN status = 'failed' AND content_digest IS NOT NULL THEN NULL
            WHEN status = 'failed' AND starts_with(reason, :import_reason)
                THEN least(:retry * power(2, least(attempts - 1, 30)), :recheck)
            WHEN status = 'failed' AND attempts < :max_attempts THEN :retry * power(2, least(attempts - 1, 30))
            WHEN status = 'no_feed' THEN least(:recheck * power(2, least(attempts - 1, 30)), :longest_recheck)
            WHEN deferred THEN 0
        END,
        now()
    FROM tried ORDER BY article_id
    ON CONFLICT (article_id) DO UPDATE
    SET (status, reason, attempts, extractor_version, backend, language, confidence, tag_count, inference_ms,
         sanitized_length, cascade, content_digest, vocabulary, next_attempt_at, updated_at, retag_requested_at) =
        (excluded.status, excluded.reason, excluded.attempts, excluded.extractor_version, excluded.backend,
         excluded.language, excluded.confidence, excluded.tag_count, excluded.inference_ms,
         excluded.sanitized_length, excluded.cascade, excluded.content_digest, excluded.vocabulary,
         excluded.next_attempt_at, excluded.updated_at, NULL)
    WHERE (o.status, o.reason, o.attempts, o.extractor_version, o.backend, o.language, o.confidence, o.tag_count,
           o.inference_ms, o.sanitized_length, o.cascade, o.content_digest, o.vocabulary, o.retag_requested_at)
          IS DISTINCT FROM
          (excluded.status, excluded.reason, excluded.attempts, excluded.extractor_version, excluded.backend,
           excluded.language, excluded.confidence, excluded.tag_count, excluded.inference_ms,
           excluded.sanitized_length, excluded.cascade, excluded.content_digest, excluded.vocabulary, NULL)
    """
)


def write_outcomes(connection: Connection, results: Sequence[ArticleResult], settings: TaggingSettings) -> None:
    """Insert or update the outcome row of every article, with the time of its next attempt if it needs one."""
    rows = [
        {
            "article_id": result.article_id,
            "status": result.status,
            "reason": result.reason,
            "extractor_version": result.extractor_version,
            "backend": result.backend,
            "language": result.language,
            "confidence": result.confidence,
            "tag_count": len(result.tags),
            "inference_ms": result.inference_ms,
            "sanitized_length": result.sanitized_length,
            "cascade": result.cascade,
            "content_digest": result.content_digest,
            "vocabulary": result.vocabulary,
            "deferred": result.deferred and settings.refine_budget > 0,
        }
        for result in results
    ]
    parameters = {
        "results": json.dumps(rows),
        "max_attempts": settings.max_attempts,
        "import_reason": CANNOT_IMPORT,
        "retry": settings.retry_delay_seconds,
        "recheck": settings.no_feed_recheck_seconds,
        "longest_recheck": settings.no_feed_longest_recheck_seconds,
    }
    connection.execute(_UPSERT_OUTCOMES, parameters)
