"""The graph's SQL: the aggregation inside Postgres and the refresh. What is read back is in `state_store.py`.

`build_window` is one window in the caller's transaction. Its rules are those of `reference.py`, word for word; what is
said here is only how Postgres is made to follow them fast: every row is judged once, the tags of good rows are summed
under their raw labels, and only the distinct labels, some thousand times fewer, are brought to their normal form.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from alt_pipelines.database.recap_tables import graph_builds
from alt_pipelines.label_graph import rules
from alt_pipelines.label_graph.report import MovedEdge, WindowReport
from alt_pipelines.settings import GraphSettings
from alt_pipelines.text.labels import WHITE_SPACE

_LOCK = 0x746C6772  # "tlgr": first half of the advisory lock; the second is the window's days
_LOCK_NOT_AVAILABLE = "55P03"
_BUILDS_KEPT = timedelta(days=90)
_MOVED_SHOWN = 10

# Collations under which lower() is Unicode's full mapping, best first: built in since Postgres 18, else by ICU.
_COLLATIONS = ("pg_unicode_fast", "und-x-icu")

# What a row puts in: its tags, or in place of all of them the reason why it is skipped, a string, which is no tag. A
# plain tag is an object with a string and a number; the second, exact test costs much more and is asked only about rows
# that have another kind.
_TAGS = """
CASE
    WHEN updated_at > :now + :clock_skew THEN jsonb_build_array(CAST(:future AS text))
    WHEN jsonb_typeof(refine_decision) <> 'object' THEN jsonb_build_array(CAST(:bad_decision AS text))
    WHEN jsonb_typeof(refine_decision -> 'final_genre') NOT IN ('string', 'null')
        THEN jsonb_build_array(CAST(:bad_genre AS text))
    WHEN jsonb_typeof(tag_profile) <> 'object' THEN jsonb_build_array(CAST(:bad_profile AS text))
    WHEN jsonb_typeof(tag_profile -> 'top_tags') IS DISTINCT FROM 'array'
        THEN jsonb_build_array(CAST(:bad_tags AS text))
    WHEN tag_profile -> 'top_tags' = '[]' THEN jsonb_build_array(CAST(:no_tags AS text))
    WHEN (tag_profile -> 'top_tags' @> '[[]]' OR jsonb_path_exists(tag_profile, CAST(:unusual_tag AS jsonpath)))
        AND (jsonb_path_exists(tag_profile, CAST(:no_object AS jsonpath))
             OR jsonb_path_exists(tag_profile, CAST(:malformed_tag AS jsonpath)))
        THEN jsonb_build_array(CAST(:bad_tag AS text))
    ELSE tag_profile -> 'top_tags'
END
"""

# One row per raw (genre, label), per genre for the tags below the minimum (label NULL), and per reason for the rows
# skipped (genre NULL, the reason as label). Every row read is counted once, at the first of what it puts in. The
# judgement stands in the argument of a function in FROM, where it is asked once a row and not once a tag.
_OBSERVED = f"""
CREATE TEMPORARY TABLE graph_observed ON COMMIT DROP AS
SELECT genre, label,
       count(*) FILTER (WHERE position = 1) AS row_count,
       count(*) AS tag_count,
       sum(confidence) FILTER (WHERE confidence >= :min_confidence) AS confidence_sum,
       max(updated_at) AS last_observed_at
FROM (
    SELECT position, updated_at, CAST(tag ->> 'confidence' AS numeric) AS confidence,
           CASE WHEN jsonb_typeof(tag) = 'object' THEN COALESCE(refine_decision ->> 'final_genre', '') END AS genre,
           CASE
               WHEN jsonb_typeof(tag) <> 'object' THEN tag #>> '{{}}'
               WHEN CAST(tag ->> 'confidence' AS numeric) >= :min_confidence THEN COALESCE(tag ->> 'label', '')
           END AS label
    FROM recap_genre_learning_results
    CROSS JOIN LATERAL jsonb_array_elements({_TAGS}) WITH ORDINALITY AS listed (tag, position)
    WHERE updated_at >= :now - make_interval(days => :days) AND position <= :max_tags
) AS tags
GROUP BY genre, label
"""

# Labels in their normal form. The weight is rounded half up from the exact quotient: avg() would round twice.
_EDGES = """
CREATE TEMPORARY TABLE graph_edges ON COMMIT DROP AS
WITH normal AS (
    SELECT COALESCE(NULLIF(lower(btrim(genre, :white_space) COLLATE {collation}), ''), :other) AS genre,
           lower(btrim(label, :white_space) COLLATE {collation}) AS tag,
           sum(tag_count) AS size, sum(confidence_sum) AS total, max(last_observed_at) AS last_observed_at
    FROM graph_observed
    WHERE genre IS NOT NULL AND label IS NOT NULL
    GROUP BY 1, 2
)
SELECT genre, tag, size AS sample_size, last_observed_at,
       CAST(LEAST(1, div(2000000 * total + size, 2 * size) / 1000000) AS real) AS weight
FROM normal
WHERE tag <> '' AND octet_length(tag) <= :longest AND octet_length(genre) <= :longest AND size >= :min_support
"""

_COUNTS = """
WITH normal AS (
    SELECT CASE
               WHEN genre IS NULL THEN label
               WHEN octet_length(lower(btrim(genre, :white_space) COLLATE {collation})) > :longest THEN :long_genre
           END AS row_reason,
           octet_length(lower(btrim(label, :white_space) COLLATE {collation})) AS label_bytes,
           row_count, tag_count
    FROM graph_observed
)
SELECT row_reason,
       CASE
           WHEN row_reason IS NOT NULL THEN NULL
           WHEN label_bytes IS NULL THEN :low_confidence
           WHEN label_bytes = 0 THEN :blank_label
           WHEN label_bytes > :longest THEN :long_label
       END AS tag_reason,
       sum(row_count) AS rows, sum(tag_count) AS tags
FROM normal
GROUP BY 1, 2
"""

_CHANGE = """
SELECT count(*) FILTER (WHERE old.tag IS NULL) AS new,
       count(*) FILTER (WHERE fresh.tag IS NULL) AS gone,
       count(old.tag) AS before,
       count(fresh.tag) AS edges,
       count(DISTINCT fresh.genre) AS genres,
       COALESCE(sum(fresh.sample_size), 0) AS observations
FROM graph_edges AS fresh
FULL JOIN (SELECT genre, tag FROM tag_label_graph WHERE window_label = :window) AS old
    ON (old.genre, old.tag) = (fresh.genre, fresh.tag)
"""

_MOVED = """
SELECT fresh.genre, fresh.tag, old.weight AS before, fresh.weight AS after
FROM graph_edges AS fresh
JOIN tag_label_graph AS old ON (old.window_label, old.genre, old.tag) = (:window, fresh.genre, fresh.tag)
WHERE old.weight <> fresh.weight
ORDER BY abs(fresh.weight - old.weight) DESC, fresh.genre, fresh.tag
LIMIT :shown
"""

# Every edge is written, unchanged ones too: `updated_at` says when a window was last refreshed, and all its rows agree.
_UPSERT = """
INSERT INTO tag_label_graph (window_label, genre, tag, weight, sample_size, last_observed_at, updated_at)
SELECT :window, genre, tag, weight, sample_size, last_observed_at, :refreshed_at FROM graph_edges ORDER BY genre, tag
ON CONFLICT (window_label, genre, tag) DO UPDATE
SET weight = EXCLUDED.weight, sample_size = EXCLUDED.sample_size,
    last_observed_at = EXCLUDED.last_observed_at, updated_at = EXCLUDED.updated_at
"""

# "Not refreshed" by membership and not by comparing times: a clock that was set back would keep stale edges for ever.
_DELETE = """
DELETE FROM tag_label_graph AS old
WHERE window_label = :window
  AND NOT EXISTS (SELECT 1 FROM graph_edges AS fresh WHERE (fresh.genre, fresh.tag) = (old.genre, old.tag))
"""

# A filter looks into an array instead of at it, so a list among the tags needs a test of its own: its type, or `@>`.
_UNUSUAL_TAG = '$.top_tags[0 to {last}] ? (!(@.label.type() == "string" && @.confidence.type() == "number"))'
_NO_OBJECT = '$.top_tags[0 to {last}].type() ? (@ != "object")'
_MALFORMED_TAG = (
    "$.top_tags[0 to {last}] ?"
    ' ((exists(@.label) && !(@.label.type() == "string" || @.label.type() == "null"))'
    ' || (exists(@.confidence) && !(@.confidence.type() == "number" || @.confidence.type() == "null")))'
)


def lock_window(connection: Connection, days: int, wait_seconds: float) -> bool:
    """Take the lock of a window until the transaction ends; False when somebody else keeps it for `wait_seconds`."""
    key = {"lock": _LOCK, "days": days}
    if wait_seconds <= 0:
        return bool(connection.scalar(text("SELECT pg_try_advisory_xact_lock(:lock, :days)"), key))
    try:
        connection.execute(text("SELECT set_config('lock_timeout', :ms, true)"), {"ms": str(int(wait_seconds * 1000))})
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock, :days)"), key)
        connection.execute(text("SET LOCAL lock_timeout = 0"))
    except OperationalError as error:
        if getattr(error.orig, "pgcode", None) == _LOCK_NOT_AVAILABLE:
            return False
        raise
    return True


def lower_collation(connection: Connection) -> str | None:
    """The quoted collation whose lower() is Unicode's full mapping, or None where this server has none."""
    known = set(
        connection.scalars(
            text("SELECT collname FROM pg_collation WHERE collname = ANY(:names)"), {"names": list(_COLLATIONS)}
        )
    )
    return next((f'"{name}"' for name in _COLLATIONS if name in known), None)


def build_window(connection: Connection, settings: GraphSettings, days: int, *, dry_run: bool) -> WindowReport:
    """Aggregate one window and, unless it is a dry run, refresh its part of the graph, in the caller's transaction.

    With no edges the graph of the window stays as it is. `seconds` of the report is left at 0 for the caller, who knows
    when the transaction ended.
    """
    window = f"{days}d"
    _prepare_transaction(connection, settings)
    now = connection.scalar(text("SELECT clock_timestamp()"))
    assert isinstance(now, datetime)
    values = _parameters(settings, days, now)
    collation = lower_collation(connection) or '"default"'
    connection.execute(text(_OBSERVED), values)
    connection.execute(text(_EDGES.format(collation=collation)), values)
    connection.execute(text("ANALYZE graph_edges"))
    counts = connection.execute(text(_COUNTS.format(collation=collation)), values).all()
    change = connection.execute(text(_CHANGE), {"window": window}).one()
    moved = connection.execute(text(_MOVED), {"window": window, "shown": _MOVED_SHOWN}).all()
    report = WindowReport(
        window_label=window,
        rows_read=sum(int(row.rows) for row in counts),
        rows_skipped=_by_reason((row.row_reason, row.rows) for row in counts),
        tags_skipped=_by_reason((row.tag_reason, row.tags) for row in counts),
        observations=int(change.observations),
        edges=change.edges,
        genres=change.genres,
        edges_before=change.before,
        edges_new=change.new,
        edges_gone=change.gone if change.edges else 0,
        moved_most=tuple(MovedEdge(*row) for row in moved),
        kept_previous=change.edges == 0,
        refreshed_at=now,
        seconds=0.0,
    )
    if not dry_run:
        _refresh(connection, report)
    connection.execute(text("DROP TABLE graph_observed, graph_edges"))
    return report


def _prepare_transaction(connection: Connection, settings: GraphSettings) -> None:
    # A build that takes longer than the graph lives is of no use. Summing in a hash table is what a million rows want;
    # the planner takes a list for a hundred tags and would sort them all. Compiling costs more than it saves.
    connection.execute(
        text(
            "SELECT set_config('statement_timeout', :timeout, true), set_config('work_mem', '96MB', true), "
            "set_config('enable_sort', 'off', true), set_config('jit', 'off', true)"
        ),
        {"timeout": f"{settings.ttl_seconds}s"},
    )


def _parameters(settings: GraphSettings, days: int, now: datetime) -> dict[str, Any]:
    last = settings.max_tags - 1
    return {
        "now": now,
        "days": days,
        "clock_skew": rules.CLOCK_SKEW,
        "max_tags": settings.max_tags,
        "min_confidence": settings.min_confidence,
        "min_support": settings.min_support,
        "white_space": WHITE_SPACE,
        "other": rules.OTHER,
        "longest": rules.LONGEST_LABEL_BYTES,
        "unusual_tag": _UNUSUAL_TAG.format(last=last),
        "no_object": _NO_OBJECT.format(last=last),
        "malformed_tag": _MALFORMED_TAG.format(last=last),
        "future": rules.FUTURE,
        "bad_decision": rules.BAD_DECISION,
        "bad_genre": rules.BAD_GENRE,
        "bad_profile": rules.BAD_PROFILE,
        "bad_tags": rules.BAD_TAGS,
        "no_tags": rules.NO_TAGS,
        "bad_tag": rules.BAD_TAG,
        "long_genre": rules.LONG_GENRE,
        "low_confidence": rules.LOW_CONFIDENCE,
        "blank_label": rules.BLANK_LABEL,
        "long_label": rules.LONG_LABEL,
    }


def _by_reason(counted: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for reason, count in counted:
        if reason is not None:
            total[reason] += int(count)
    return dict(total)


def _refresh(connection: Connection, report: WindowReport) -> None:
    if not report.kept_previous:
        values = {"window": report.window_label, "refreshed_at": report.refreshed_at}
        connection.execute(text(_UPSERT), values)
        connection.execute(text(_DELETE), values)
    connection.execute(
        insert(graph_builds).values(
            window_label=report.window_label,
            built_at=report.refreshed_at,
            kept_previous=report.kept_previous,
            edges=report.edges,
            edges_before=report.edges_before,
            report=json.loads(json.dumps(asdict(report), default=str)),
        )
    )
    connection.execute(
        text("DELETE FROM tag_label_graph_builds WHERE window_label = :window AND built_at < :now - :kept"),
        {"window": report.window_label, "now": report.refreshed_at, "kept": _BUILDS_KEPT},
    )
