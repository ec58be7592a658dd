"""Article results as plain values, validated and cut to what the tables can hold."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Literal, Self

from alt_pipelines.database.error_messages import first_line_of
from alt_pipelines.tagging.extraction.article import Extraction, Tag
from alt_pipelines.text.normal import storable

Status = Literal["tagged", "empty", "rejected", "no_feed", "failed"]

# At 4 bytes per character this stays below the 2704 bytes that a btree index row can hold.
TAG_CHARACTERS = 512
REASON_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """The outcome of one article, as it is stored.

    `content_digest`: of the content of a final failure, which took too long or on which processes died (see
    `store.reopening`). `vocabulary`: the version that its tags were ranked by. `lag_seconds`: age of the article at its
    first outcome; None for later outcomes and for imported articles.
    """

    article_id: str
    feed_id: str | None
    status: Status
    extractor_version: str
    tags: tuple[Tag, ...] = ()
    reason: str | None = None
    backend: str | None = None
    language: str | None = None
    confidence: float | None = None
    inference_ms: float | None = None
    sanitized_length: int | None = None
    cascade: Mapping[str, object] | None = None
    content_digest: str | None = None
    vocabulary: str | None = None
    lag_seconds: float | None = field(default=None, compare=False)

    @classmethod
    def of(cls, extraction: Extraction, feed_id: str, lag_seconds: float | None = None) -> Self:
        """Convert an extraction to a result. Tags that cannot be stored are left out, and the reason says so."""
        tags, left_out = _storable(extraction.tags)
        status: Status = extraction.status
        reason = extraction.reason
        if left_out:
            status = status if tags else "empty"
            reason = f"tags omitted: {left_out} (blank, over {TAG_CHARACTERS} characters, or no finite confidence)"
        return cls(
            article_id=extraction.id,
            feed_id=feed_id,
            status=status,
            extractor_version=extraction.extractor_version,
            tags=tags,
            reason=_printable(reason),
            backend=extraction.backend,
            language=extraction.language,
            confidence=extraction.confidence,
            inference_ms=extraction.inference_ms,
            sanitized_length=extraction.sanitized_length,
            cascade=None if extraction.cascade is None else asdict(extraction.cascade),
            vocabulary=extraction.vocabulary,
            lag_seconds=lag_seconds,
        )

    @property
    def deferred(self) -> bool:
        """Whether the article has first-pass tags and waits for the second pass (see `extraction.cascade`)."""
        capped = self.cascade is not None and self.cascade.get("reason") == "refine_ratio_budget_capped"
        return capped and self.status == "tagged"

    @classmethod
    def without_feed(cls, article_id: str, extractor_version: str, lag_seconds: float | None = None) -> Self:
        """Return the result of an article without a feed, whose tags cannot be stored."""
        reason = "no feed: feed_id is not set, and no feeds row has the article's url as its link"
        return cls(article_id, None, "no_feed", extractor_version, reason=reason, lag_seconds=lag_seconds)

    @classmethod
    def failure(cls, article_id: str, extractor_version: str, reason: str, lag_seconds: float | None = None) -> Self:
        """Return the result of an article that could not be tagged; it is retried later."""
        return cls(article_id, None, "failed", extractor_version, reason=_printable(reason), lag_seconds=lag_seconds)

    def refused_by_the_database(self, error: Exception) -> Self:
        """Return a `failed` result in place of one that the database refused, with the error as the reason."""
        kind = type(getattr(error, "orig", error)).__name__
        reason = f"the database refused the result: {kind}: {first_line_of(error)}"
        return replace(
            self, status="failed", tags=(), reason=_printable(reason), cascade=None, language=None, backend=None
        )


def _storable(tags: Sequence[Tag]) -> tuple[tuple[Tag, ...], int]:
    """Return the storable tags, each once with its highest confidence, and the number of tags left out."""
    kept: dict[str, float] = {}
    left_out = 0
    for tag in tags:
        name = storable(tag.tag).strip()
        if not name or len(name) > TAG_CHARACTERS or not math.isfinite(tag.confidence):
            left_out += 1
            continue
        kept[name] = max(kept.get(name, 0.0), min(max(float(tag.confidence), 0.0), 1.0))
    return tuple(Tag(name, confidence) for name, confidence in kept.items()), left_out


def _printable(reason: str | None) -> str | None:
    """Return a reason that fits a text column: no NUL, no lone surrogates, at most REASON_CHARACTERS."""
    if reason is None:
        return None
    clean = storable(reason)
    return clean if len(clean) <= REASON_CHARACTERS else f"{clean[: REASON_CHARACTERS - 1]}…"
