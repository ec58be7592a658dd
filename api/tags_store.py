"""SQL of the batch endpoint: the tags of up to a thousand articles, as the JSON of the answer.

A thousand articles have about ten thousand tags. Postgres writes them as JSON faster than this process can parse the
rows and serialise them again, and without holding the interpreter lock (benchmarks/batch_tags.py).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.tagging.store.reads import canonical_uuid

TAGS_READ_PER_FEED = 32
"""How many tags of an article's feed are read for it. A feed row is one item of a feed, and an article has at most ten
tags of ours; the tags of earlier extractions stay in the table."""

# feed_tags is the platform's table, so a confidence can be NaN, infinite or out of range, and a time infinite or in a
# year that RFC 3339 cannot write. A confidence of NaN is 0, the column's default, which passes no gate.
CONFIDENCE = """CASE WHEN t.confidence BETWEEN 0 AND 1 THEN t.confidence
    WHEN t.confidence > 1 AND t.confidence < 'infinity' THEN 1 ELSE 0 END"""
_UPDATED_AT = "least(greatest(t.updated_at, '0001-01-01'), '9999-12-31 23:59:59.999999')"

# Concatenation costs a fifth less than json_agg of records. COLLATE "C" sorts by code point, whatever the server's
# locale. feed_tags.updated_at is in UTC; its text in the ISO style costs a third of to_json.
_ARRAY = f"""
    '[' || string_agg(
        '{{"tag":' || to_json(t.tag_name)::text || ',"confidence":' || {CONFIDENCE}
        || ',"source":"ml_model","updated_at":"' || replace({_UPDATED_AT}::text, ' ', 'T') || 'Z"}}',
        ',' ORDER BY {CONFIDENCE} DESC, t.tag_name COLLATE "C") || ']'
"""

# The tags of an article belong to one feed and are found together, by the key of the feed. Looking up each tag by its
# own key costs a third more. `complete` is false if a tag is linked twice, belongs to another feed, or lies beyond the
# tags that are read.
_BY_FEED = text(
    f"""
    WITH links AS MATERIALIZED (
        SELECT l.article_id, array_agg(l.feed_tag_id) AS tags
        FROM article_tags l WHERE l.article_id = ANY(CAST(:ids AS uuid[])) GROUP BY l.article_id
    )
    SELECT string_agg('"' || r.id || '":' || r.tags, ',') FILTER (WHERE r.complete),
           coalesce(array_agg(r.id) FILTER (WHERE NOT r.complete), '{{}}')
    FROM (
        SELECT l.article_id::text AS id, a.tags, a.found = cardinality(l.tags) AS complete
        FROM links l LEFT JOIN feed_tags f ON f.id = l.tags[1] CROSS JOIN LATERAL (
            SELECT {_ARRAY} AS tags, count(*) AS found
            FROM (SELECT * FROM feed_tags WHERE feed_id = f.feed_id LIMIT {TAGS_READ_PER_FEED}) t
            WHERE t.id = ANY(l.tags)
        ) a
    ) r
    """
)
_BY_TAG = text(
    f"""
    SELECT l.article_id::text, {_ARRAY}
    FROM article_tags l JOIN feed_tags t ON t.id = l.feed_tag_id
    WHERE l.article_id = ANY(CAST(:ids AS uuid[])) GROUP BY l.article_id
    """
)
# Up to some hundred thousand rows, the planner prefers to scan the tables, with a parallel worker that costs more CPU
# time than it saves.
_PLAN = text(
    """
    SELECT set_config(name, value, true) FROM (VALUES
        ('enable_seqscan', 'off'), ('enable_bitmapscan', 'off'), ('enable_hashjoin', 'off'),
        ('enable_mergejoin', 'off'), ('max_parallel_workers_per_gather', '0'), ('datestyle', 'ISO')
    ) AS settings (name, value)
    """
)


def tags_as_json(engine: Engine, article_ids: Sequence[str]) -> str:
    """Return the body of a batch answer: `{"success": true, "tags": {article_id: [...]}}`, ids spelled as given."""
    canonical: list[str] = []
    spellings: defaultdict[str, list[str]] = defaultdict(list)  # of ids that are not given in the canonical spelling
    for given in dict.fromkeys(article_ids):
        known = canonical_uuid(given)
        if known == given:
            canonical.append(known)
        elif known is not None:
            spellings[known].append(given)
    members: list[str] = []
    if canonical or spellings:
        with engine.connect() as connection:
            members = _members(connection, canonical, spellings)
    return f'{{"success":true,"tags":{{{",".join(members)}}}}}'


def _members(connection: Connection, canonical: Sequence[str], spellings: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the members of the JSON object of articles, of those that have tags."""
    connection.execute(_PLAN)
    found: list[str] = []
    incomplete: Sequence[str] = ()
    if canonical:
        complete, incomplete = connection.execute(_BY_FEED, {"ids": _array(canonical)}).one()
        found += [complete] if complete else []
    if spellings or incomplete:
        one_by_one = {known: [*given] for known, given in spellings.items()}
        for known in incomplete:
            one_by_one.setdefault(known, []).append(known)
        for known, tags in connection.execute(_BY_TAG, {"ids": _array(one_by_one)}).tuples():
            found += [f"{json.dumps(given)}:{tags}" for given in one_by_one[known]]
    return found


def _array(ids: Iterable[str]) -> str:
    """Return a Postgres array of canonical UUIDs, as text: a list would be escaped one by one."""
    return "{" + ",".join(ids) + "}"
