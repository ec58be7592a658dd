"""The outcome of each article of a page: extracted, without a feed, or failed after repeated crashes.

The deadline of an article and the process that enforces it are in `processes.isolated`. Here an article that the
extractor could not finish beside others is set aside, and one whose extraction raises fails alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple, Protocol

import structlog

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import (
    EXTRACTOR_VERSION,
    FIRST_PASS_ONLY,
    NO_ENCODER,
    TOOK_TOO_LONG,
    Extraction,
    RawArticle,
)
from alt_pipelines.tagging.extraction.cascade import TRICKLE, Load
from alt_pipelines.tagging.store import reopening
from alt_pipelines.tagging.store.results import ArticleResult
from alt_pipelines.tagging.store.selection import PendingArticle
from alt_pipelines.tagging.windows import utc_now
from alt_pipelines.vocabulary.words import Vocabulary

log = structlog.get_logger(__name__)

LAG_COUNTS_WITHIN = timedelta(days=1)  # older articles were imported, so their age is not a processing lag


class Extractor(Protocol):
    """Extracts tags from articles; `processes.isolated.IsolatedExtractor` and `extractor.TagExtractor` implement it."""

    @property
    def model_id(self) -> str:
        """Model id of the second pass's encoder; `NO_ENCODER` without one."""
        ...

    def use(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        """Rank by these vocabularies, by language, from now on."""
        ...

    def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> Sequence[Extraction | None]:
        """Return one extraction per article, in order; None for an article that must be extracted alone."""
        ...


class SiteHabits(NamedTuple):
    """What the sites of articles repeat, by article id: keys of lines, and (name, articles) pairs of names."""

    lines: dict[str, frozenset[int]]
    names: dict[str, tuple[tuple[str, int], ...]]


class Outcomes:
    """Turns pages of articles into results to store.

    Args:
        extractor: extracts the tags.
        settings: `max_crashes` is read.
        site_habits: returns what is known of the sites of the articles with these ids.
        vocabularies: returns the newest vocabularies by language.
    """

    def __init__(
        self,
        extractor: Extractor,
        settings: TaggingSettings,
        site_habits: Callable[[Sequence[str]], SiteHabits],
        vocabularies: Callable[[], Mapping[str, Vocabulary]],
    ) -> None:
        self._extractor = extractor
        self._settings = settings
        self._site_habits = site_habits
        self._vocabularies = vocabularies
        self._without_encoder: bool | None = None

    def of(self, articles: Sequence[PendingArticle]) -> tuple[list[ArticleResult], list[PendingArticle]]:
        """Return the results to store and the articles to set aside and extract alone."""
        results = []
        set_aside = []
        extractable: list[PendingArticle] = []
        for article in articles:
            if article.feed_id is None:
                results.append(ArticleResult.without_feed(article.id, EXTRACTOR_VERSION, _lag(article)))
            elif article.crashes >= self._settings.max_crashes:
                reason = f"the process died {article.crashes} times while tagging this article"
                failure = ArticleResult.failure(article.id, EXTRACTOR_VERSION, reason, _lag(article))
                results.append(_final(failure, article))
            else:
                extractable.append(article)
        load: Load = "trickle" if len(extractable) <= TRICKLE else "backlog"
        extractions = self._extract(self._raw(extractable), load)
        for article, extraction in zip(extractable, extractions, strict=True):
            assert article.feed_id is not None
            if extraction is None:
                set_aside.append(article)
            else:
                result = ArticleResult.of(self._with_warning(extraction), article.feed_id, _lag(article))
                if extraction.reason == TOOK_TOO_LONG:
                    result = _final(result, article)
                results.append(result)
        return results, set_aside

    def _raw(self, articles: Sequence[PendingArticle]) -> list[RawArticle]:
        """Return the extractor's inputs, with the lines that each article's site repeats and the names it uses.

        The extractor is given the newest vocabularies.
        """
        if not articles:
            return []
        self._extractor.use(self._vocabularies())
        lines, names = self._site_habits([article.id for article in articles])
        return [
            RawArticle(a.id, a.title, a.content, a.language, lines.get(a.id, frozenset()), names.get(a.id, ()))
            for a in articles
        ]

    def _with_warning(self, extraction: Extraction) -> Extraction:
        """Add FIRST_PASS_ONLY as the reason of a tagged extraction when no encoder is available."""
        if extraction.status != "tagged":
            return extraction
        if self._without_encoder is None:
            self._without_encoder = self._extractor.model_id == NO_ENCODER
        if not self._without_encoder:
            return extraction
        return replace(extraction, reason=extraction.reason or FIRST_PASS_ONLY)

    def _extract(self, articles: list[RawArticle], load: Load) -> Sequence[Extraction | None]:
        """Extract a group. If the extractor raises, which is a defect, extract each article separately."""
        if not articles:
            return []
        try:
            return self._extractor.extract(articles, load)
        except Exception as error:
            log.exception("extraction_failed", articles=len(articles))
            if len(articles) == 1:
                reason = f"{type(error).__name__}: {error}"
                return [Extraction.failure(articles[0].id, reason)]
            return [extraction for article in articles for extraction in self._extract([article], load)]


def _final(failure: ArticleResult, article: PendingArticle) -> ArticleResult:
    """Return a failure that is not retried until the article or the extractor changes, because it would fail again."""
    return replace(failure, content_digest=reopening.digest(article.title, article.content))


def _lag(article: PendingArticle) -> float | None:
    """Return the seconds since an article arrived; None if it was imported, or if this is not its first outcome."""
    age = utc_now() - article.created_at
    return age.total_seconds() if article.first_time and age < LAG_COUNTS_WITHIN else None
