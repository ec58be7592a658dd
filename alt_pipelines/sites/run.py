"""The runs of site_boilerplate and site_names without Dagster: learn from the newest articles and store the result.

The numbers of articles read, sites kept, and lines and names per site are bounded. A run keeps no state and writes in
one transaction, so a killed run changes nothing, and the next run learns the same from the same articles.
"""

import time
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.engine import Engine

from alt_pipelines.database.engines import with_retries
from alt_pipelines.settings import PoolSettings
from alt_pipelines.sites import store
from alt_pipelines.sites.names import LEAST_ARTICLES, known_names
from alt_pipelines.sites.repeated import SeenArticle, lines_of_sites

ARTICLES = 2000  # newest articles read per run: about 20 MB, and 5 s of CPU time
EDGE = 6000  # characters read at either end of a long article
SITES = 5000  # sites kept, most recently learned first: at most 500 000 rows of 50 bytes
DAYS = 60  # lines and names not learned again for this long are deleted


class LearningReport(NamedTuple):
    """Figures of one learning run."""

    articles: int
    sites: int
    sites_with_lines: int
    lines: int
    pruned: int
    lines_in_all: int
    sites_in_all: int
    seconds: float


def learn_lines(engine: Engine, pool: PoolSettings) -> LearningReport:
    """Read the newest articles, learn the lines that each site repeats, and replace the stored lines of these sites.

    Raises:
        DBAPIError: the database stays unavailable beyond the retry limit. Nothing has been changed then.
    """
    started = time.monotonic()

    def read() -> list[SeenArticle]:
        with engine.connect() as connection:
            return store.newest_articles(connection, ARTICLES, EDGE)

    articles = with_retries(read, pool, "read the newest articles of sites")
    learned = lines_of_sites(articles)

    def write() -> tuple[int, store.Totals]:
        with engine.begin() as connection:
            store.replace_lines(connection, learned)
            pruned = store.prune(connection, SITES, DAYS)
            return pruned, store.totals(connection)

    pruned, totals = with_retries(write, pool, "store site boilerplate")
    return LearningReport(
        articles=len(articles),
        sites=len(learned),
        sites_with_lines=sum(map(bool, learned.values())),
        lines=sum(map(len, learned.values())),
        pruned=pruned,
        lines_in_all=totals.lines,
        sites_in_all=totals.sites,
        seconds=time.monotonic() - started,
    )


def learn_from(articles: Sequence[SeenArticle], engine: Engine, pool: PoolSettings) -> None:
    """Store the lines that sites repeat in articles that are about to be loaded, so that no tag is made of them.

    Raises:
        DBAPIError: the database stays unavailable beyond the retry limit.
    """
    learned = {site: lines for site, lines in lines_of_sites(articles).items() if lines}

    def write() -> None:
        with engine.begin() as connection:
            store.replace_lines(connection, learned)

    with_retries(write, pool, "store site boilerplate")


class NamesReport(NamedTuple):
    """Figures of one run of site_names."""

    sites: int
    names: int
    pruned: int
    seconds: float


def learn_names(engine: Engine, pool: PoolSettings) -> NamesReport:
    """Learn the preferred form of each name that the newest articles are tagged with, and store it by site.

    Raises:
        DBAPIError: the database stays unavailable beyond the retry limit. Nothing has been changed then.
    """
    started = time.monotonic()

    def transaction() -> tuple[int, int, int]:
        with engine.begin() as connection:
            tags = store.newest_tags(connection, ARTICLES)
            tags = {site: found for site, found in tags.items() if sum(t.articles for t in found) >= LEAST_ARTICLES}
            before = store.names_of_sites(connection, sorted(tags))
            learned = {site: known_names(found, before.get(site, [])) for site, found in sorted(tags.items())}
            store.replace_names(connection, learned)
            return len(learned), sum(map(len, learned.values())), store.prune_names(connection, SITES, DAYS)

    sites, names, pruned = with_retries(transaction, pool, "learn the names of sites")
    return NamesReport(sites, names, pruned, time.monotonic() - started)
