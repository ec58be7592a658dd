"""Tag extraction in supervised child processes, with a deadline per article that also stops native code.

    extract(page) -> groups -> child: first pass, article by article, then the second pass of the group
                                  |  an article exceeds its deadline or crashes: the child ends
                                  v
                     the article is set aside (None), the rest of its group goes to a new child at once

In a group, an article has a short deadline, because the others wait for it; alone, it has `article_cpu_seconds`. The
caller extracts a set-aside article alone, after the others, and only then can the article fail. Each set-aside article
of a page halves the short deadline of the rest and makes their groups small, so that several cost little more than one.

The pages of a backlog are extracted by several children at once, as many as `TAG_EXTRACTION_PROCESSES`. Each takes the
next group when it has finished one, and all share the memory of the dictionaries. The additional ones end with the
backlog.

This module decides which articles share a group and their deadlines. `runtime.supervised` manages the child, and
`extractor` extracts the tags.
"""

import copy
import itertools
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from alt_pipelines.runtime.serving import Handler, Step
from alt_pipelines.runtime.supervised import (
    ChildDiedError,
    ChildStoppedError,
    DeadlineExceededError,
    SupervisedChild,
)
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import (
    LOAD_SECONDS,
    TOOK_TOO_LONG,
    Extraction,
    RawArticle,
)
from alt_pipelines.tagging.extraction.cascade import TRICKLE, Load
from alt_pipelines.tagging.processes.groups import GROUP, Page
from alt_pipelines.tagging.processes.shared_vocabularies import SharedVocabularies, UseVocabularies
from alt_pipelines.vocabulary.words import Vocabulary

if TYPE_CHECKING:
    from alt_pipelines.tagging.extraction.extractor import TagExtractor

log = structlog.get_logger(__name__)

TOGETHER = -1  # the step in which the second pass embeds the phrases of the whole group
_SHARE_AMONG_OTHERS = 0.1  # of the deadline; an ordinary article takes a hundredth of it
_LEAST_SHARE = 0.02  # however many articles of the page were set aside
_SECONDS_PER_CHARACTER = 1e-5  # added to that: ten times the cost of an ordinary character
_SECOND_PASS_SECONDS = 1.0  # per article, on top of one deadline for the group; it takes 0.2 to 0.4

Child = SupervisedChild[Any, Any]

_budgets = itertools.count(1)


class Encoder(Protocol):
    """The encoder interface that warm-up needs."""

    def encode(self, sentences: Sequence[str]) -> Any:
        """Return one vector per sentence."""
        ...


@dataclass(frozen=True, slots=True)
class ExtractTask:
    """Articles with their deadlines in CPU seconds.

    `together_seconds` is the deadline of the group's second pass. `budget` identifies a refinement budget; 0 is the
    child's default one. `load`: see `extractor.TagExtractor.extract`.
    """

    articles: tuple[RawArticle, ...]
    seconds: tuple[float, ...]
    together_seconds: float
    budget: int = 0
    load: Load = "trickle"


@dataclass(frozen=True, slots=True)
class WarmTask:
    """Sentences to embed for warm-up only."""

    sentences: tuple[str, ...] = field(default=())


class ModelTask:
    """Request for the model id of the second pass's encoder."""


class IsolatedExtractor:
    """Extracts tags in supervised child processes.

    Args:
        child: a child whose handler is `handler(...)`.
        settings: `article_cpu_seconds` is the deadline of an article extracted alone.
        more: additional children for the pages of a backlog.
    """

    def __init__(self, child: Child, settings: TaggingSettings, more: Sequence[Child] = ()) -> None:
        self._child = child
        self._more = tuple(more)
        self._limit: float = settings.article_cpu_seconds
        self._budget = 0
        self._used: int | None = None  # process id of the child that has extracted articles or embedded sentences
        self._vocabularies = SharedVocabularies()

    @property
    def model_id(self) -> str:
        """Model id of the second pass's encoder; `NO_ENCODER` without one. Starts the child if necessary."""
        return str(self._child.run(ModelTask()))

    def with_own_budget(self) -> "IsolatedExtractor":
        """Return the same extractor with a new budget, so that its refinements do not depend on earlier articles."""
        other = copy.copy(self)
        other._budget = next(_budgets)
        return other

    def use(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        """Rank by these vocabularies from now on; each child gets them before its next articles."""
        self._vocabularies.use(vocabularies)

    def close(self) -> None:
        """Stop the children; the next extraction starts new ones."""
        self._end_helpers()
        self._child.close()

    def warm(self, sentences: Sequence[str] = ()) -> None:
        """Start the child if necessary, and embed sentences in it."""
        self._child.run(WarmTask(tuple(sentences)))
        self._used = self._child.pid

    def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction | None]:
        """Return one extraction per article, in order; None for an article that must be extracted alone.

        `load` as in `TagExtractor.extract`. The first articles of a new child are a backlog even if they trickle: they
        get first-pass tags at once and are deferred, because the models of the second pass take a second to load.

        Raises:
            ChildStoppedError: the child process does not start.
            TaskFailedError: a defect outside any article.
        """
        if load == "trickle" and (self._child.pid is None or self._child.pid != self._used):
            load = "backlog"
        load = load or ("trickle" if len(articles) <= TRICKLE else "steady")
        helpers = self._more if load == "backlog" and len(articles) > GROUP else ()
        if load != "backlog":
            self._end_helpers()
        if len(articles) == 1:
            return [self._alone(articles[0], load)]
        page = Page(articles, load, 1 + len(helpers))
        threads = [threading.Thread(target=self._work, args=(child, page), name="extraction") for child in helpers]
        for thread in threads:
            thread.start()
        self._work(self._child, page)
        for thread in threads:
            thread.join()
        if page.error is not None:
            raise page.error
        return [page.found[index] for index in range(len(articles))]

    def _end_helpers(self) -> None:
        """End the additional children; the next page of a backlog starts new ones."""
        for child in self._more:
            child.end()

    def _work(self, child: Child, page: Page) -> None:
        """Extract groups of a page until none is left, or until any child's thread has failed."""
        try:
            while group := page.take():
                page.put(group, self._group(child, page, group))
        except BaseException as error:
            page.fail(error)

    def _group(self, child: Child, page: Page, group: list[int]) -> dict[int, Extraction | None]:
        """Extract a group; returns results by index for the group, or only for the article that stopped the child."""
        chosen = [page.articles[index] for index in group]
        try:
            return dict(
                zip(
                    group,
                    self._run(child, chosen, page.load, self._limit * share_among_others(page.stops)),
                    strict=True,
                )
            )
        except ChildStoppedError as stopped:
            if stopped.step is None:
                raise
            if stopped.step == TOGETHER:
                return {index: self._by_itself(child, page.articles[index], page.load) for index in group}
            index = group[stopped.step]
            log.warning("article_set_aside", article_id=page.articles[index].id, reason=str(stopped))
            return {index: None}

    def _by_itself(self, child: Child, article: RawArticle, load: Load) -> Extraction | None:
        try:
            return self._run(child, [article], load, self._limit * share_among_others())[0]
        except ChildStoppedError as stopped:
            if stopped.step is None:
                raise
            log.warning("article_set_aside", article_id=article.id, reason=str(stopped))
            return None

    def _alone(self, article: RawArticle, load: Load) -> Extraction:
        """Extract one article alone with the full deadline; a failure here is final."""
        try:
            return self._run(self._child, [article], load, self._limit)[0]
        except DeadlineExceededError as stopped:
            if stopped.step is None:
                raise
            log.error("article_deadline_exceeded", article_id=article.id, cpu_seconds=self._limit)
            return Extraction.failure(article.id, TOOK_TOO_LONG, 1000 * self._limit)
        except ChildDiedError as stopped:
            if stopped.step is None:
                raise
            log.error("extraction_process_died", article_id=article.id, reason=str(stopped))
            return Extraction.failure(article.id, f"the extraction process died: {stopped}")

    def _run(self, child: Child, articles: Sequence[RawArticle], load: Load, seconds: float) -> list[Extraction]:
        limits = tuple(
            min(self._limit, seconds + _SECONDS_PER_CHARACTER * (len(article.title) + len(article.content)))
            for article in articles
        )
        self._vocabularies.send_to(child)
        together = self._limit + _SECOND_PASS_SECONDS * len(articles)
        result: list[Extraction] = child.run(ExtractTask(tuple(articles), limits, together, self._budget, load))
        if child is self._child:
            self._used = child.pid
        return result


def share_among_others(stops: int = 0) -> float:
    """Return the part of its deadline that an article has in a group, after `stops` of its page were set aside."""
    return max(_SHARE_AMONG_OTHERS * 0.5**stops, _LEAST_SHARE)


def handler(extractor: "TagExtractor", encoder: Encoder | None) -> Handler:
    """Return the child's handler of the tasks above."""
    own: dict[int, TagExtractor] = {0: extractor}

    def handle(task: Any, step: Step) -> Any:
        if isinstance(task, ModelTask):
            return extractor.model_id
        if isinstance(task, UseVocabularies):
            return extractor.use(task.vocabularies)
        if isinstance(task, WarmTask):
            extractor.extract(())
            if encoder is not None:
                encoder.encode(list(task.sentences) or ["A first sentence.", "最初の一文です。"])
            return None
        if task.budget not in own:
            own.clear()
            own.update({0: extractor, task.budget: extractor.with_own_budget()})

        def begin(index: int | None, loading: bool = False) -> None:
            if index is None:
                step(TOGETHER, task.together_seconds)
            else:
                step(index, LOAD_SECONDS if loading else task.seconds[index])

        return own[task.budget].extract(task.articles, task.load, begin)

    return handle
