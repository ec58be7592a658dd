"""Input and output of tag extraction, as plain values.

Every ``RawArticle`` gives one ``Extraction``. An article without tags has a reason, so that it is not retried
endlessly.
"""

from dataclasses import dataclass
from typing import Literal

from alt_pipelines.data_files import DataFileError

# Stored with every outcome. Increase it whenever the same article would get other tags, to tell old outcomes apart.
EXTRACTOR_VERSION = "8"

TOOK_TOO_LONG = "took_too_long"
"""Reason of an article that exceeded its deadline when extracted alone. Final: it would exceed it again."""

LOAD_SECONDS = 30.0
"""CPU time limit for loading the dictionaries of a language, whatever the text."""

CANNOT_IMPORT = "cannot import "
"""Beginning of the reason of an article that failed because a module or a data file is missing or damaged."""

NO_ENCODER = "none"
"""Model id of an extractor without an encoder for its second pass."""

FIRST_PASS_ONLY = "tagged by the first pass only, because no encoder is available"  # noqa: S105 - not a password
"""Reason of an article that was tagged while the encoder's model was missing."""

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
    """An article as delivered. ``language``, if the source gives it, is checked (``text.declared_language``).

    ``site_lines``: keys (``text.boilerplate.removal.line_key``) of lines that the article's site repeats; they are left
    out.
    ``site_names``: (name, number of articles) of the names that the site's articles are tagged with; see
    ``name_variants``.
    """

    id: str
    title: str
    content: str
    language: str | None = None
    site_lines: frozenset[int] = frozenset()
    site_names: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag and the estimated probability (0..1) that it is a good one (see ``calibration``)."""

    tag: str
    confidence: float


@dataclass(frozen=True, slots=True)
class CascadeDecision:
    """Whether an article gets a second pass, and the first-pass figures that the decision is based on."""

    needs_refine: bool
    reason: CascadeReason
    confidence: float
    tag_count: int
    inference_ms: float
    refine_ratio: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """The outcome of one article.

    ``status``: ``tagged``; ``empty`` (readable text without a phrase worth a tag); ``rejected`` (no readable text);
    ``failed`` (an error, a crash or an exceeded deadline). All but ``tagged`` have a ``reason`` and no tags.
    ``confidence`` of the article is in 0..1 (see ``calibration.article_confidence``). ``backend`` is what ranked the
    tags: ``features`` or, after refinement, ``features+onnx`` and the like. ``vocabulary`` is the version of the
    vocabulary that they were ranked by; None for the word list alone.
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
    vocabulary: str | None = None

    @classmethod
    def failure(cls, article_id: str, reason: str, milliseconds: float = 0.0) -> "Extraction":
        """Return the ``failed`` extraction of an article without a result."""
        return cls(article_id, "failed", (), 0.0, "und", "none", EXTRACTOR_VERSION, milliseconds, 0, reason=reason)

    @property
    def deferred(self) -> bool:
        """Whether the article has first-pass tags and waits for the second pass, which the load or budget refused."""
        return self.cascade is not None and self.cascade.reason == "refine_ratio_budget_capped"


class TookTooLongError(Exception):
    """Raised in the extraction of an article that exceeds its CPU time limit (``processes.cpu_limit``)."""


def reason_of(error: Exception) -> str:
    """Return the reason of an article that failed with this error."""
    if isinstance(error, TookTooLongError):
        return TOOK_TOO_LONG
    if isinstance(error, ImportError):
        return f"{CANNOT_IMPORT}{error.name or error}; `alt-pipelines doctor` names the package and the remedy"
    if isinstance(error, DataFileError):
        return f"{CANNOT_IMPORT}{error.name}; `alt-pipelines doctor` names the remedy"
    return f"{type(error).__name__} while extracting tags"
