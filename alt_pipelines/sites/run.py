"""The runs of site_boilerplate and site_names without Dagster: learn from the newest articles and store the result.

The numbers of articles read, sites kept, and lines and names per site are bounded. A run keeps no state and writes in
one transaction, so a killed run changes nothing, and the next run learns the same from the same articles.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Engine

from alt_pipelines.database.engines import with_retries
from alt_pipelines.settings import PoolSettings
from alt_pipelines.sites import store
from alt_pipelines.sites.names import LEAST_ARTICLES, KnownName, known_names
from alt_pipelines.sites.repeated import RepeatedLine, SeenArticle, lines_of_sites

ARTICLES = 2000  # newest articles read per run: about 20 MB, and 5 s of CPU time
EDGE = 6000  # characters read at either end of a long article
SITES = 5000  # sites kept, most recently learned first: at most 500 000 rows of 50 bytes
DAYS = 60  # lines and names not learned again for this long are deleted


@dataclass(frozen=True, slots=True)
class LinesReport:
    """What a run of site_boilerplate learned.

    Attributes:
        articles: articles read.
        learned: for each site with enough articles, the lines that it repeats, by key.
        pruned: stored lines that were deleted because their site was not seen for a long time.
        stored: lines and sites in the table after the run.
        seconds: duration.
    """

    articles: int
    learned: Mapping[str, Mapping[int, RepeatedLine]]
    pruned: int
    stored: store.Totals
    seconds: float

    @property
    def lines(self) -> int:
        """Lines learned by this run."""
        return sum(map(len, self.learned.values()))


def learn_lines(engine: Engine, pool: PoolSettings) -> LinesReport:
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
            store.replace_lines(connection, counted(learned))
            pruned = store.prune(connection, SITES, DAYS)
            return pruned, store.totals(connection)

    pruned, totals = with_retries(write, pool, "store site boilerplate")
    return LinesReport(len(articles), learned, pruned, totals, time.monotonic() - started)


def learn_from(articles: Sequence[SeenArticle], engine: Engine, pool: PoolSettings) -> None:
    """Store the lines that sites repeat in articles that are about to be loaded, so that no tag is made of them.

    Raises:
        DBAPIError: the database stays unavailable beyond the retry limit.
    """
    learned = {site: lines for site, lines in lines_of_sites(articles).items() if lines}

    def write() -> None:
        with engine.begin() as connection:
            store.replace_lines(connection, counted(learned))

    with_retries(write, pool, "store site boilerplate")


def counted(learned: Mapping[str, Mapping[int, RepeatedLine]]) -> dict[str, dict[int, int]]:
    """Return the number of stories by site and key of a line, which is all that is stored of it."""
    return {site: {key: line.stories for key, line in lines.items()} for site, lines in learned.items()}


@dataclass(frozen=True, slots=True)
class NamesReport:
    """What a run of site_names learned.

    Attributes:
        learned: for each site with enough tagged articles, its names, commonest first.
        pruned: stored names that were deleted because no article had them for a long time.
        seconds: duration.
    """

    learned: Mapping[str, Sequence[KnownName]]
    pruned: int
    seconds: float

    @property
    def names(self) -> int:
        """Names kept by this run."""
        return sum(map(len, self.learned.values()))


def learn_names(engine: Engine, pool: PoolSettings) -> NamesReport:
    """Learn the preferred form of each name that the newest articles are tagged with, and store it by site.

    Raises:
        DBAPIError: the database stays unavailable beyond the retry limit. Nothing has been changed then.
    """
    started = time.monotonic()

    def transaction() -> tuple[dict[str, list[KnownName]], int]:
        with engine.begin() as connection:
            tags = store.newest_tags(connection, ARTICLES)
            tags = {site: found for site, found in tags.items() if sum(t.articles for t in found) >= LEAST_ARTICLES}
            before = store.names_of_sites(connection, sorted(tags))
            learned = {site: known_names(found, before.get(site, [])) for site, found in sorted(tags.items())}
            store.replace_names(connection, learned)
            return learned, store.prune_names(connection, SITES, DAYS)

    learned, pruned = with_retries(transaction, pool, "learn the names of sites")
    return NamesReport(learned, pruned, time.monotonic() - started)
