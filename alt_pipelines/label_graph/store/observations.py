"""Read the learning rows inside Postgres: validate every row of the widest window and sum its tags, once.

The result is the temporary table `graph_observed`, from which `edges` computes the edges of each window. The rules are
exactly those of the tests' Python reference; the comments here explain only how Postgres applies them fast. One scan
of the rows serves all windows. The tags of valid rows are summed under their raw labels. Only the distinct labels,
which are far fewer, are normalized.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.label_graph import rules
from alt_pipelines.settings import GraphSettings
from alt_pipelines.text.labels import WHITE_SPACE

# Collations under which lower() applies Unicode's full mapping, best first: built in since Postgres 18, or from ICU.
_COLLATIONS = ("pg_unicode_fast", "und-x-icu")

# One scan of the tags; true for every row that the recap worker writes. In strict mode `@@` is true only if each tag is
# an object whose label is a string and whose confidence is a number or null, and one confidence is a number of at most
# 1. The exact tests below cost several times as much and are evaluated only for the remaining rows.
_PLAIN = 'strict $.top_tags[*].confidence <= 1 && $.top_tags[*].label starts with ""'
_FIRST_TAGS = "$.top_tags[0 to {last}]"
# A filter unwraps arrays, so checking that every tag is an object requires a separate test.
_NO_OBJECT = _FIRST_TAGS + '.type() ? (@ != "object")'
_MALFORMED_TAG = (
    _FIRST_TAGS + ' ? ((exists(@.label) && !(@.label.type() == "string" || @.label.type() == "null"))'
    ' || (exists(@.confidence) && !(@.confidence.type() == "number" || @.confidence.type() == "null")))'
)


def _skipped(reason: str) -> str:
    return f"jsonb_build_array(jsonb_build_object('label', CAST(:{reason} AS text), 'confidence', 'NaN'))"


# What a row contributes: its tags. A skipped row contributes one tag instead, whose label is the reason and whose
# confidence is NaN; no JSON number is NaN, so the two cannot be confused.
_TAGS = f"""
CASE
    WHEN updated_at > :future_from THEN {_skipped("future")}
    WHEN jsonb_typeof(refine_decision -> 'final_genre') = 'string' AND tag_profile @@ CAST(:plain AS jsonpath)
        THEN tag_profile -> 'top_tags'
    WHEN jsonb_typeof(refine_decision) <> 'object' THEN {_skipped("bad_decision")}
    WHEN jsonb_typeof(refine_decision -> 'final_genre') NOT IN ('string', 'null') THEN {_skipped("bad_genre")}
    WHEN jsonb_typeof(tag_profile) <> 'object' THEN {_skipped("bad_profile")}
    WHEN jsonb_typeof(tag_profile -> 'top_tags') IS DISTINCT FROM 'array' THEN {_skipped("bad_tags")}
    WHEN tag_profile -> 'top_tags' = '[]' THEN {_skipped("no_tags")}
    WHEN jsonb_path_exists(tag_profile, CAST(:no_object AS jsonpath))
        OR jsonb_path_exists(tag_profile, CAST(:malformed_tag AS jsonpath)) THEN {_skipped("bad_tag")}
    ELSE jsonb_path_query_array(tag_profile, CAST(:first_tags AS jsonpath))
END
"""

# One row per (genre, label), one per genre for the tags below the minimum (tag NULL), and one per reason for skipped
# rows (genre NULL, the reason as tag), with sums for each window. Every learning row is counted once, at its first
# contribution. The CASE is the argument of a function in FROM, where it is evaluated once per row and not once per tag.
_OBSERVED = f"""
CREATE TEMPORARY TABLE graph_observed AS
WITH raw AS (
    SELECT CASE WHEN listed.confidence IS DISTINCT FROM 'NaN'
               THEN COALESCE(refine_decision ->> 'final_genre', '') END AS genre,
           CASE WHEN listed.confidence >= :min_confidence THEN COALESCE(listed.label, '') END AS tag,
           {{spans}},
           max(updated_at) AS last_observed_at
    FROM recap_genre_learning_results
    CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset({_TAGS}) AS (label text, confidence numeric))
        WITH ORDINALITY AS listed (label, confidence, position)
    WHERE updated_at >= :start_{{widest}} AND listed.position <= :max_tags
    GROUP BY 1, 2
)
SELECT CASE WHEN genre IS NOT NULL
           THEN COALESCE(NULLIF(lower(btrim(genre, :white_space) COLLATE {{collation}}), ''), :other)
       END COLLATE "default" AS genre,
       CASE WHEN genre IS NULL THEN tag ELSE lower(btrim(tag, :white_space) COLLATE {{collation}})
       END COLLATE "default" AS tag,
       {{windows}},
       last_observed_at
FROM raw
"""

# A window's span is the part beyond the next narrower window, so each tag is summed in one span only.
_SPAN = """count(*) FILTER (WHERE {inside} AND listed.position = 1) AS row_count_{days},
           count(*) FILTER (WHERE {inside}) AS tag_count_{days},
           sum(CAST(LEAST(listed.confidence, :highest) * :unit AS integer))
               FILTER (WHERE {inside} AND listed.confidence >= :min_confidence) AS confidence_sum_{days}"""


def _spans(windows: list[int]) -> str:
    bounds = [f"updated_at >= :start_{days}" for days in windows[:-1]] + ["true"]  # only the widest window is read
    beyond = ["true"] + [f"updated_at < :start_{days}" for days in windows[:-1]]
    spans = zip(windows, bounds, beyond, strict=True)
    return ",\n           ".join(_SPAN.format(days=days, inside=f"{lower} AND {upper}") for days, lower, upper in spans)


def _windows(windows: list[int]) -> str:
    """SQL for each window's sums, over its own span and all narrower ones. `windows` in days, narrowest first."""
    return ", ".join(
        " + ".join(f"COALESCE({name}_{days}, 0)" for days in windows[: place + 1]) + f" AS {name}_{windows[place]}"
        for place in range(len(windows))
        for name in ("row_count", "tag_count", "confidence_sum")
    )


def lower_collation(connection: Connection) -> str | None:
    """Return the quoted collation whose lower() applies Unicode's full mapping, or None if this server has none."""
    known = set(
        connection.scalars(
            text("SELECT collname FROM pg_collation WHERE collname = ANY(:names)"), {"names": list(_COLLATIONS)}
        )
    )
    return next((f'"{name}"' for name in _COLLATIONS if name in known), None)


def observe(connection: Connection, settings: GraphSettings, windows: Sequence[int], collation: str | None) -> datetime:
    """Sum the rows of all windows (days) into the session's temporary table `graph_observed`.

    Labels are lowered under `collation` (see `lower_collation`), or by the database's own rules if it is None.

    Returns:
        The end of the windows, by the database's clock.
    """
    now = connection.scalar(text("SELECT clock_timestamp()"))
    assert isinstance(now, datetime)
    last = settings.max_tags - 1
    narrowest_first = sorted(windows)
    statement = _OBSERVED.format(
        spans=_spans(narrowest_first),
        windows=_windows(narrowest_first),
        widest=max(windows),
        collation=collation or '"default"',
    )
    connection.execute(
        text(statement),
        {
            **{f"start_{days}": now - timedelta(days=days) for days in windows},
            "future_from": now + rules.CLOCK_SKEW,
            "highest": rules.HIGHEST_CONFIDENCE,
            "unit": rules.CONFIDENCE_UNIT,
            "max_tags": settings.max_tags,
            "min_confidence": settings.min_confidence,
            "white_space": WHITE_SPACE,
            "other": rules.OTHER,
            "plain": _PLAIN,
            "first_tags": _FIRST_TAGS.format(last=last),
            "no_object": _NO_OBJECT.format(last=last),
            "malformed_tag": _MALFORMED_TAG.format(last=last),
            "future": rules.FUTURE,
            "bad_decision": rules.BAD_DECISION,
            "bad_genre": rules.BAD_GENRE,
            "bad_profile": rules.BAD_PROFILE,
            "bad_tags": rules.BAD_TAGS,
            "no_tags": rules.NO_TAGS,
            "bad_tag": rules.BAD_TAG,
        },
    )
    return now
