"""What goes into tag extraction and what comes out, as plain values.

One ``Extraction`` for every ``RawArticle``, whatever it holds: an article that gives nothing says why, so that nobody
tries it again and again.
"""

from dataclasses import dataclass
from typing import Literal

# Part of every outcome: raised whenever the same article would get other tags, so that old outcomes can be told apart.
EXTRACTOR_VERSION = "3"

TOOK_TOO_LONG = "took_too_long"
"""Reason of an article that used up its deadline alone. Final: it would do so again."""

Status = Literal["tagged", "empty", "rejected", "failed"]
CascadeReason = Literal[
    "low_confidence",
    "insufficient_tag_coverage",
    "slow_inference",
    "high_confidence_exit",
    "refine_ratio_budget_capped",
]


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as it was delivered. ``language`` (two letters) overrides detection where the source knows it.

    ``site_lines``: keys of lines that the article's site repeats (``text.boilerplate.line_key``), to be left out.
    """

    id: str
    title: str
    content: str
    language: str | None = None
    site_lines: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag and the estimated chance (0..1) that a reader would call it a good one."""

    tag: str
    confidence: float


@dataclass(frozen=True, slots=True)
class CascadeDecision:
    """Whether an article was worth a second look, and what that was decided on (the first pass's figures)."""

    needs_refine: bool
    reason: CascadeReason
    confidence: float
    tag_count: int
    inference_ms: float
    refine_ratio: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """The outcome of one article.

    ``status``: ``tagged``; ``empty`` (readable text without a phrase worth a tag); ``rejected`` (nothing readable);
    ``failed`` (a defect of ours). All but ``tagged`` have a ``reason`` and no tags. ``confidence`` of the article is in
    0..1 (see ``calibration.article_confidence``); ``backend`` says what ranked the tags: ``features``, or
    ``features+onnx`` and the like when the article was refined.
    """

    id: str
    status: Status
    tags: tuple[Tag, ...]
    confidence: float
    language: str
    backend: str
    extractor_version: str
    inference_ms: float
    sanitized_length: int
    cascade: CascadeDecision | None = None
    reason: str | None = None

    @property
    def deferred(self) -> bool:
        """Whether the article has its first-pass tags and waits for a second look (the budget refused it)."""
        return self.cascade is not None and self.cascade.reason == "refine_ratio_budget_capped"
