"""SQL of site names: counts the tags of the newest articles and maintains the table `alt_pipelines.site_names`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.sites.names import KnownName, Names, TagCount
from alt_pipelines.sites.store.lines import HOST

_TAGS = text(
    f"""
    WITH newest AS (
        SELECT a.id, {HOST} AS site FROM articles a ORDER BY a.created_at DESC, a.id DESC LIMIT :articles
    )
    SELECT n.site, coalesce(o.language, 'und') AS language, t.tag_name, count(*) AS articles
    FROM newest n
    JOIN article_tags l ON l.article_id = n.id
    JOIN feed_tags t ON t.id = l.feed_tag_id AND coalesce(t.tag_type, 'auto') = 'auto'
    LEFT JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = n.id
    WHERE n.site IS NOT NULL
    GROUP BY n.site, 2, t.tag_name
    """
)
_OF_SITES = text(
    """
    SELECT site, name, language, articles, learned_at FROM alt_pipelines.site_names WHERE site = ANY(:sites)
    ORDER BY site, articles DESC, name
    """
)
_OF_ARTICLES = text(
    f"""
    SELECT a.id::text AS article_id, {HOST} AS site FROM articles a WHERE a.id = ANY(CAST(:ids AS uuid[]))
    """
)
_REMOVE = text("DELETE FROM alt_pipelines.site_names WHERE site = ANY(:sites)")
_INSERT = text(
    """
    INSERT INTO alt_pipelines.site_names (site, name, language, articles, learned_at)
    SELECT n.site, n.name, n.language, n.articles, coalesce(n.learned_at, now())
    FROM unnest(CAST(:sites AS text[]), CAST(:names AS text[]), CAST(:languages AS text[]), CAST(:articles AS int[]),
                CAST(:learned AS timestamptz[])) AS n(site, name, language, articles, learned_at)
    ON CONFLICT (site, name, language) DO UPDATE SET articles = excluded.articles, learned_at = excluded.learned_at
    """
)
_PRUNE = text(
    """
    DELETE FROM alt_pipelines.site_names WHERE site IN (
        SELECT site FROM alt_pipelines.site_names GROUP BY site
        ORDER BY max(learned_at) DESC, site OFFSET :sites
    ) OR learned_at < now() - make_interval(days => :days)
    """
)


def newest_tags(connection: Connection, articles: int) -> dict[str, list[TagCount]]:
    """Return, by site, how many of the newest `articles` have each automatic tag, by the articles' language."""
    found: dict[str, list[TagCount]] = defaultdict(list)
    for row in connection.execute(_TAGS, {"articles": articles}):
        found[row.site].append(TagCount(row.language, row.tag_name, row.articles))
    return dict(found)


def names_of_sites(connection: Connection, sites: Sequence[str]) -> dict[str, list[KnownName]]:
    """Return the stored names of sites, commonest first; sites without names are absent."""
    found: dict[str, list[KnownName]] = defaultdict(list)
    for row in connection.execute(_OF_SITES, {"sites": list(sites)}):
        found[row.site].append(KnownName(row.language, row.name, row.articles, row.learned_at))
    return dict(found)


def replace_names(connection: Connection, learned: Mapping[str, Sequence[KnownName]]) -> None:
    """Replace the names of the given sites; other sites keep theirs. A name without a time was learned now."""
    if not learned:
        return
    connection.execute(_REMOVE, {"sites": sorted(learned)})
    rows = [(site, name) for site, names in sorted(learned.items()) for name in names]
    connection.execute(
        _INSERT,
        {
            "sites": [site for site, _ in rows],
            "names": [name.name for _, name in rows],
            "languages": [name.language for _, name in rows],
            "articles": [name.articles for _, name in rows],
            "learned": [name.learned_at for _, name in rows],
        },
    )


def prune_names(connection: Connection, sites: int, days: int) -> int:
    """Delete names not learned for `days`, and all but the `sites` most recently learned sites. Returns the rows."""
    return connection.execute(_PRUNE, {"sites": sites, "days": days}).rowcount


def names_of_articles(connection: Connection, ids: Sequence[str]) -> dict[str, Names]:
    """Return the (name, articles) pairs of each article's site; articles of sites without names are absent."""
    site_of = {row.article_id: row.site for row in connection.execute(_OF_ARTICLES, {"ids": list(ids)}) if row.site}
    names = {site: _pairs(known) for site, known in names_of_sites(connection, sorted({*site_of.values()})).items()}
    return {article: names[site] for article, site in site_of.items() if site in names}


def names_of_site(connection: Connection, site: str) -> Names:
    """Return the (name, articles) pairs of a site (a host in lower case)."""
    return _pairs(names_of_sites(connection, [site]).get(site, []))


def _pairs(known: Sequence[KnownName]) -> Names:
    return tuple((name.name, name.articles) for name in known)
