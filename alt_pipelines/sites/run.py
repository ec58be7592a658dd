"""Learn what sites repeat from the newest articles, and keep it: the whole of the asset but for Dagster.

Bounded: so many articles are read, so many sites are kept, so many lines of each. Nothing is carried over from run to
run, so a run that is killed changes nothing, and the next one learns the same from the same articles.
"""

import time
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy.engine import Engine

from alt_pipelines.database.engines import with_retries
from alt_pipelines.settings import PoolSettings
from alt_pipelines.sites import store
from alt_pipelines.sites.repeated import LEAST_STORIES, SeenArticle, repeated_lines

ARTICLES = 2000  # newest ones read per run: some 20 MB, and 5 s of CPU
EDGE = 6000  # characters read at either end of a long article
ARTICLES_PER_SITE = 60
SITES = 5000  # kept, the last learned ones: at most 500 000 rows of 50 bytes
DAYS = 60  # lines of a site that sent nothing for so long are forgotten


class LearningReport(NamedTuple):
    """What one run read and learned."""

    articles: int
    sites: int
    sites_with_lines: int
    lines: int
    pruned: int
    lines_in_all: int
    sites_in_all: int
    seconds: float


def learn_lines(engine: Engine, pool: PoolSettings) -> LearningReport:
    """Read the newest articles, learn what each of their sites repeats, and replace these sites' lines.

    Raises:
        DBAPIError: the database is away for longer than is waited for. Nothing is changed then.
    """
    started = time.monotonic()

    def read() -> list[SeenArticle]:
        with engine.connect() as connection:
            return store.newest_articles(connection, ARTICLES, EDGE)

    articles = with_retries(read, pool, "articles of sites")
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

    pruned, totals = with_retries(write, pool, "lines of sites")
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
