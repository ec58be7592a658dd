"""The run of site_boilerplate without Dagster: learns repeated lines from the newest articles and stores them.

The numbers of articles read, sites kept and lines per site are bounded. A run keeps no state and writes in one
transaction, so a killed run changes nothing, and the next run learns the same lines from the same articles.
"""

import time
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy.engine import Engine

from alt_pipelines.database.engines import with_retries
from alt_pipelines.settings import PoolSettings
from alt_pipelines.sites import store
from alt_pipelines.sites.repeated import LEAST_STORIES, SeenArticle, repeated_lines

ARTICLES = 2000  # newest articles read per run: about 20 MB, and 5 s of CPU time
EDGE = 6000  # characters read at either end of a long article
ARTICLES_PER_SITE = 60
SITES = 5000  # sites kept, most recently learned first: at most 500 000 rows of 50 bytes
DAYS = 60  # lines not learned again for this long are deleted


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
    by_site: dict[str, list[SeenArticle]] = defaultdict(list)
    for article in articles:
        if len(by_site[article.site]) < ARTICLES_PER_SITE:
            by_site[article.site].append(article)
    learned = {site: repeated_lines(seen) for site, seen in by_site.items() if len(seen) >= LEAST_STORIES}

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
