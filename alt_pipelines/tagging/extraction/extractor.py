"""The tag extractor: cleaning, language detection, candidates, ranking, judgement, cascade and second pass.

    extractor = TagExtractor(settings, embedder)
    extractor.extract([RawArticle("1", "Oil spill off Alaska", "The tanker ...")])  ->  [Extraction("1", "tagged", ...)]

This module defines the order of the steps; each step has its own module. A failing article does not affect the others:
every article gets an outcome whatever its text. An unexpected error gives the outcome ``failed`` with the error's name,
and is logged with its traceback.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean
from threading import Lock
from typing import Protocol

import structlog

from alt_pipelines.embedding.protocol import ModelFileError, Vectors
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction import loading
from alt_pipelines.tagging.extraction.article import (
    EXTRACTOR_VERSION,
    NO_ENCODER,
    CascadeDecision,
    Extraction,
    RawArticle,
    Status,
    Tag,
    TookTooLongError,
    reason_of,
)
from alt_pipelines.tagging.extraction.calibration import article_confidence
from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.cascade import TRICKLE, FirstPass, Load, RefineBudget, decide
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.judgement import judged
from alt_pipelines.tagging.extraction.keybert_fallback import load_keybert_encoder
from alt_pipelines.tagging.extraction.named_headings import named
from alt_pipelines.tagging.extraction.ranking import Ranked, first_model, rank
from alt_pipelines.tagging.extraction.refinement import PATHS, Encoder, Uncertain, phrase_vectors, refinable, refine
from alt_pipelines.tagging.extraction.shortlist import prepared, selected
from alt_pipelines.text.clean import CleanText, Refusal, clean_article
from alt_pipelines.text.declared_language import language_of_text
from alt_pipelines.text.language import UNKNOWN
from alt_pipelines.vocabulary.words import Vocabulary

__all__ = ["EXTRACTOR_VERSION", "Extraction", "RawArticle", "Tag", "TagExtractor"]

FIRST_PASS = "features"  # noqa: S105 - backend of tags from the first pass alone

log = structlog.get_logger(__name__)


class Begin(Protocol):
    """Called before each part of a batch's work; see `TagExtractor.extract`."""

    def __call__(self, index: int | None, loading: bool = False) -> None:
        """Announce the start of work on the article at `index`, or of the second pass (None)."""
        ...


@dataclass(slots=True)
class _Work:
    """An article in progress: the first pass's results, or why there are none."""

    article: RawArticle
    clean: CleanText | None = None
    language: str = UNKNOWN
    ranked: Ranked | None = None
    tags: tuple[Tag, ...] = ()
    backend: str = FIRST_PASS
    milliseconds: float = 0.0
    status: Status = "failed"
    reason: str | None = None
    cascade: CascadeDecision | None = None
    counted: str | None = None  # version of the vocabulary whose values the candidates have
    vocabulary: str | None = None  # the same version, if the tags were ranked by it

    @property
    def text(self) -> str:
        return f"{self.clean.title}\n{self.clean.text}" if self.clean else ""


class TagExtractor:
    """Extracts tags from articles.

    Args:
        settings: limits, and the thresholds and budget of the cascade.
        embedder: the encoder of the second pass. If None, KeyBERT's encoder is loaded on first use (see
            ``keybert_fallback``).

    The refinement budget persists between calls. An extractor may be shared between threads, not between processes.
    """

    def __init__(self, settings: TaggingSettings, embedder: Encoder | None, *, fallback: bool = True) -> None:
        """Create an extractor. Without an embedder, the second pass loads KeyBERT's model if `fallback` is set."""
        self._settings = settings
        self._encoder = embedder
        self._fallback_tried = embedder is not None or not fallback
        self._budget = RefineBudget()
        self._deciding = Lock()
        self._vocabularies: dict[str, Vocabulary] = {}
        self._loaded: set[tuple[str, str]] = set()  # (model id, language) of second passes that this process has made

    @property
    def model_id(self) -> str:
        """Model id of the second pass's encoder; ``NO_ENCODER`` without one."""
        return self._encoder.model_id if self._encoder is not None else NO_ENCODER

    def with_own_budget(self) -> "TagExtractor":
        """Return an extractor with the same encoder and a new budget, so that earlier articles do not affect it."""
        other = TagExtractor(self._settings, self._encoder, fallback=not self._fallback_tried)
        other._vocabularies, other._loaded = self._vocabularies, self._loaded
        return other

    def use(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        """Rank the articles of these languages by these vocabularies from now on, and others by the word list alone.

        An extractor and those made by `with_own_budget` share them.
        """
        self._vocabularies.clear()
        self._vocabularies.update(vocabularies)

    def extract(
        self,
        articles: Sequence[RawArticle],
        load: Load | None = None,
        begin: Begin = lambda index, loading=False: None,
    ) -> list[Extraction]:
        """Return one extraction per article, in order. Never raises because of an article's content.

        Args:
            articles: the batch.
            load: decides how many of the articles that need a second pass get it now (see ``cascade``); the others are
                ``Extraction.deferred``. Default: "trickle" for up to ``TRICKLE`` articles, "steady" for more.
            begin: called with an article's index before its first pass, and with None before the second pass, which
                processes several articles together. If an article's language has no dictionaries loaded yet, also
                called with `loading` before they are loaded and without it afterwards.
        """
        loading.warm_up()
        batch = []
        for index, article in enumerate(articles):
            begin(index)
            batch.append(self._first_pass(article, partial(begin, index)))
        begin(None)
        found = [work for work in batch if work.status in ("tagged", "empty")]
        if found:
            self._second_pass(found, load or ("trickle" if len(articles) <= TRICKLE else "steady"))
        return [_outcome(work) for work in batch]

    def _first_pass(self, article: RawArticle, begin: Callable[..., None]) -> _Work:
        work = _Work(article)
        started = time.perf_counter()
        try:
            self._analyse(work, begin)
        except Exception as error:  # a bad article must not fail its neighbours
            if not isinstance(error, TookTooLongError):
                _log_failure(article.id, error)
            work.status, work.reason, work.tags = "failed", reason_of(error), ()
        work.milliseconds += 1000 * (time.perf_counter() - started)
        return work

    def _analyse(self, work: _Work, begin: Callable[..., None]) -> None:
        settings, article = self._settings, work.article
        cleaned = clean_article(
            article.title,
            article.content,
            title_limit=settings.title_limit,
            content_limit=settings.content_limit,
            site_lines=article.site_lines,
        )
        if isinstance(cleaned, Refusal):
            work.status, work.reason = "rejected", cleaned.reason
            return
        work.clean = cleaned
        work.language = language_of_text(article.language, f"{cleaned.title}\n{cleaned.text}")
        if not loading.is_loaded(work.language):
            begin(loading=True)
            work.milliseconds -= 1000 * loading.load(work.language, cleaned)
            begin()
        labels = cleaned.labels - named(cleaned.headings, work.language)
        found = find_candidates(cleaned.title, cleaned.text, work.language, labels)
        vocabulary = self._vocabularies.get(work.language)
        if vocabulary is not None:
            work.counted = vocabulary.version
            # c._replace would take three times as long.
            found = [Candidate(c.stems, c.form, c.values, c.evidence, vocabulary.values(c.form)) for c in found]
        model = first_model(work.language, vocabulary is not None)
        work.vocabulary = work.counted if model is not first_model(work.language) else None
        work.ranked = rank(found, model)
        work.tags = self._tags(work, _prepared(work, work.ranked))
        if work.tags:
            work.status = "tagged"
        else:
            work.status, work.reason = "empty", "no_phrase_fit_for_a_tag"

    def _tags(self, work: _Work, ranked: Ranked, vectors: Vectors | None = None) -> tuple[Tag, ...]:
        """Return the tags of a prepared shortlist; ``vectors`` are those of the second pass."""
        ranked = judged(ranked, work.text, work.language, vectors)
        chosen = selected(ranked, self._settings.max_tags, work.language)
        return tuple(Tag(c.form, round(ranked.model.confidence(score, ranked.total), 4)) for c, score in chosen)

    def _second_pass(self, batch: list[_Work], load: Load) -> None:
        encoder = self._second_encoder() if any(w.language in PATHS for w in batch) else self._encoder
        first = [
            FirstPass(
                article_confidence([t.confidence for t in work.tags]),
                len(work.tags),
                round(work.milliseconds, 3),
                refinable=encoder is not None and refinable(work.language, encoder),
                certainty=fmean(t.confidence for t in work.tags) if work.tags else 0.0,
            )
            for work in batch
        ]
        with self._deciding:
            decisions = decide(first, self._settings, self._budget, load)
        for work, decision in zip(batch, decisions, strict=True):
            work.cascade = decision
        chosen = [work for work in batch if work.cascade and work.cascade.needs_refine]
        if chosen and encoder is not None:
            self._refine(chosen, encoder)

    def _refine(self, chosen: list[_Work], encoder: Encoder) -> None:
        try:
            self._load_second_pass(chosen, encoder)
            started = time.perf_counter()
            rankings, found = _second_rankings(chosen, encoder)
        except ModelFileError as error:
            log.error("tag_refinement_failed", articles=len(chosen), backend=encoder.backend, reason=str(error))
            return
        except Exception:  # the first pass's tags are good: a failing encoder costs quality, not articles
            log.exception("tag_refinement_failed", articles=len(chosen), backend=encoder.backend)
            return
        share = 1000 * (time.perf_counter() - started) / len(chosen)
        vectors: Sequence[Vectors | None] = [None] * len(chosen) if found is None else found
        for work, ranked, of_phrases in zip(chosen, rankings, vectors, strict=True):
            work.tags = self._tags(work, ranked, of_phrases)
            work.backend = f"{FIRST_PASS}+{encoder.backend}"
            work.vocabulary = work.counted
            work.milliseconds += share

    def _load_second_pass(self, chosen: list[_Work], encoder: Encoder) -> None:
        """Load what a language's second pass needs, by one that is not measured: loading takes seconds."""
        new = {work.language: work for work in chosen if (encoder.model_id, work.language) not in self._loaded}
        if new:
            _second_rankings(list(new.values()), encoder)
            self._loaded.update((encoder.model_id, language) for language in new)

    def _second_encoder(self) -> Encoder | None:
        if not self._fallback_tried:
            self._fallback_tried = True
            self._encoder = load_keybert_encoder()
        return self._encoder


def _second_rankings(chosen: Sequence[_Work], encoder: Encoder) -> tuple[list[Ranked], list[Vectors] | None]:
    """Return the articles' second rankings and the vectors of their phrases. The encoder's exceptions propagate."""
    uncertain = [
        Uncertain(work.clean.title, work.clean.text, work.language, work.ranked)
        for work in chosen
        if work.clean is not None and work.ranked is not None
    ]
    rankings = [_prepared(w, r) for w, r in zip(chosen, refine(uncertain, encoder), strict=True)]
    return rankings, phrase_vectors(rankings, [work.text for work in chosen], encoder)


def _prepared(work: _Work, ranked: Ranked) -> Ranked:
    return prepared(ranked, work.text, work.language, work.article.site_names)


def _log_failure(article_id: str, error: Exception) -> None:
    try:
        log.exception("tag_extraction_failed", article_id=article_id)
    except Exception:  # a renderer that prints local variables may fail on the article's text itself
        log.error("tag_extraction_failed", article_id=article_id, error=type(error).__name__)


def _outcome(work: _Work) -> Extraction:
    return Extraction(
        id=work.article.id,
        status=work.status,
        tags=work.tags,
        confidence=round(article_confidence([t.confidence for t in work.tags]), 4),
        language=work.language,
        backend=work.backend,
        extractor_version=EXTRACTOR_VERSION,
        inference_ms=round(work.milliseconds, 3),
        sanitized_length=work.clean.sanitized_length if work.clean else 0,
        cascade=work.cascade,
        reason=work.reason,
        vocabulary=work.vocabulary,
    )
