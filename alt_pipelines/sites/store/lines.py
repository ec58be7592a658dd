"""SQL of site boilerplate: reads the newest articles and maintains the table `alt_pipelines.site_lines`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.sites import repeated
from alt_pipelines.sites.repeated import SeenArticle

HOST = f"lower(substring(a.url FROM '{repeated.HOST}'))"

# Boilerplate is at the beginning and end of an article. A cut in the middle of markup costs one line.
_NEWEST = text(
    f"""
    SELECT {HOST} AS site, left(a.title, 1000) AS title,
        CASE WHEN length(a.content) > 2 * :edge THEN left(a.content, :edge) || E'\\n' || right(a.content, :edge)
        ELSE a.content END AS content
    FROM articles a
    ORDER BY a.created_at DESC, a.id DESC
    LIMIT :articles
    """
)
_LINES = text(
    f"""
    SELECT a.id::text AS article_id, s.line_key
    FROM articles a JOIN alt_pipelines.site_lines s ON s.site = {HOST}
    WHERE a.id = ANY(CAST(:ids AS uuid[]))
    """
)
_REMOVE = text("DELETE FROM alt_pipelines.site_lines WHERE site = ANY(:sites)")
_INSERT = text(
    """
    INSERT INTO alt_pipelines.site_lines (site, line_key, stories)
    SELECT * FROM unnest(CAST(:sites AS text[]), CAST(:keys AS bigint[]), CAST(:stories AS int[]))
    ON CONFLICT (site, line_key) DO UPDATE SET stories = excluded.stories, learned_at = now()
    """
)
_OF_SITE = text("SELECT line_key FROM alt_pipelines.site_lines WHERE site = :site")
_PRUNE = text(
    """
    DELETE FROM alt_pipelines.site_lines WHERE site IN (
        SELECT site FROM alt_pipelines.site_lines GROUP BY site
        ORDER BY max(learned_at) DESC, site OFFSET :sites
    ) OR learned_at < now() - make_interval(days => :days)
    """
)
_TOTALS = text("SELECT count(*) AS lines, count(DISTINCT site) AS sites FROM alt_pipelines.site_lines")


class Totals(NamedTuple):
    """Number of rows in the table, and of sites with rows."""

    lines: int
    sites: int


def newest_articles(connection: Connection, articles: int, edge: int) -> list[SeenArticle]:
    """Return those of the newest `articles` that have a URL; of long ones, the first and last `edge` characters."""
    rows = connection.execute(_NEWEST, {"articles": articles, "edge": edge})
    return [SeenArticle(row.site, row.title, row.content) for row in rows if row.site]


def replace_lines(connection: Connection, learned: Mapping[str, Mapping[int, int]]) -> None:
    """Replace the lines of the given sites; other sites keep theirs."""
    if not learned:
        return
    rows = [(site, key, stories) for site, lines in sorted(learned.items()) for key, stories in sorted(lines.items())]
    connection.execute(_REMOVE, {"sites": sorted(learned)})
    sites, keys, stories = ([row[i] for row in rows] for i in range(3))
    connection.execute(_INSERT, {"sites": sites, "keys": keys, "stories": stories})


def prune(connection: Connection, sites: int, days: int) -> int:
    """Delete lines not learned for `days`, and all but the `sites` most recently learned sites. Returns the rows."""
    return connection.execute(_PRUNE, {"sites": sites, "days": days}).rowcount


def totals(connection: Connection) -> Totals:
    """Count the table's rows and sites."""
    row = connection.execute(_TOTALS).one()
    return Totals(row.lines, row.sites)


def lines_of_articles(connection: Connection, ids: Sequence[str]) -> dict[str, frozenset[int]]:
    """Return the line keys of each article's site; articles of sites without lines are absent."""
    found: dict[str, set[int]] = defaultdict(set)
    for row in connection.execute(_LINES, {"ids": list(ids)}):
        found[row.article_id].add(row.line_key)
    return {article: frozenset(keys) for article, keys in found.items()}


def lines_of_site(connection: Connection, site: str) -> frozenset[int]:
    """Return the line keys of a site (a host in lower case)."""
    return frozenset(connection.scalars(_OF_SITE, {"site": site}))
