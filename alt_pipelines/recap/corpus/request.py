"""The body of `POST /v1/runs`: one genre of one recap job, validated and in canonical form.

The API parses this model from HTTP, the run reads it from its stored row and the command line reads it from a file, so
a request has the same meaning everywhere.

Scope: shapes and limits of the body. Out of scope: headers, idempotency and the value of the document limit, which are
the API's.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FailFast,
    Field,
    HttpUrl,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

MIN_PARAGRAPH_CHARACTERS = 30
MAX_PARAGRAPH_CHARACTERS = 400_000
MAX_PARAGRAPHS = 5000
"""Limits of one document, both far above any real article: the longest observed has 117 000 characters."""
MAX_NAMES = 1000
"""Limit of a mapping from genres or languages to counts."""
MIN_DOCUMENTS = 3
DOCUMENT_LIMIT_EXCEEDED = "document limit exceeded"
"""Text of the 422 answer to a body with more documents than the setting allows. The API compares."""

# In group 1, the escape of a surrogate without its other half.
_ESCAPE = re.compile(
    rb"\\u[dD][89abAB]%(x)s\\u[dD][c-fC-F]%(x)s|(\\u[dD][89a-fA-F]%(x)s)|\\." % {b"x": b"[0-9a-fA-F]{2}"}, re.DOTALL
)

_HTTP_URL: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)


def _without_nul(value: Any) -> Any:
    """Remove U+0000: Postgres stores it neither in text nor in JSONB, and it has no meaning in an article."""
    return value.replace("\x00", "") if isinstance(value, str) else value


def _few(value: Any) -> Any:
    """Refuse a mapping of too many names before its values are validated, each of which could be one more problem."""
    if isinstance(value, dict) and len(value) > MAX_NAMES:
        raise ValueError(f"{len(value)} names, the maximum is {MAX_NAMES}")
    return value


def _http_url_as_sent(value: str) -> str:
    """Validate an http(s) URL but keep it unchanged: evidence cites the address that the caller sent."""
    _HTTP_URL.validate_python(value)
    return value


def _utc(value: Any) -> Any:
    """Treat a time without a zone as UTC, as everywhere on the platform."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


def _to_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(
            f"{value.isoformat()} is outside the years 1 to 9999 in UTC; send the actual publication time or omit it"
        ) from error


_parse_datetime = TypeAdapter(datetime).validate_python


def _readable_paragraphs(paragraphs: list[str]) -> list[str]:
    kept = [paragraph for paragraph in paragraphs if paragraph]
    if not kept:
        raise ValueError("every paragraph is blank; send at least one paragraph with text")
    for position, paragraph in enumerate(kept):
        if len(paragraph) < MIN_PARAGRAPH_CHARACTERS:
            raise ValueError(
                f"paragraph {position} has {len(paragraph)} characters, the minimum is {MIN_PARAGRAPH_CHARACTERS}; "
                "merge it with an adjacent paragraph or omit it"
            )
        if len(paragraph) > MAX_PARAGRAPH_CHARACTERS:
            raise ValueError(
                f"paragraph {position} has {len(paragraph)} characters, the maximum is {MAX_PARAGRAPH_CHARACTERS}; "
                "split or shorten it"
            )
    return kept


NoNul = BeforeValidator(_without_nul)
Text = Annotated[str, NoNul]
# Lists fail at their first invalid item: describing each of three million costs half a minute and 7 GB.
Paragraphs = Annotated[
    list[Text], FailFast(), AfterValidator(_readable_paragraphs), Field(min_length=1, max_length=MAX_PARAGRAPHS)
]
Url = Annotated[
    Text, AfterValidator(_http_url_as_sent), Field(json_schema_extra={"format": "uri", "pattern": "^https?://"})
]
Timestamp = Annotated[
    AwareDatetime, BeforeValidator(lambda value: _utc(_parse_datetime(value))), AfterValidator(_to_utc)
]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
CountsByName = Annotated[dict[Text, int], BeforeValidator(_few)]


class _Lenient(BaseModel):
    """Base model that ignores unknown keys: older clients may send more than the contract names."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, allow_inf_nan=False)


class _Strict(_Lenient):
    """Base model that refuses unknown keys, as the contract requires."""

    model_config = ConfigDict(extra="forbid")


class RunParams(_Strict):
    """Parameters of the run, chosen by the caller."""

    max_sentences_total: int = Field(
        ge=20,
        le=10_000,
        description="Maximum number of sentences; each article keeps its first ones",
    )
    umap_n_components: int = Field(ge=0, le=128, description="Dimensions after UMAP reduction; 0 disables it")
    hdbscan_min_cluster_size: int = Field(ge=3, le=500, description="Minimum number of sentences per story")
    mmr_lambda: Share = Field(description="Choice of evidence: 1 is most typical sentences, 0 is most diverse")
    max_sentences_per_cluster: int = Field(
        default=7, ge=1, le=50, description="Maximum number of evidence sentences per story"
    )


class DocumentSignals(_Strict):
    """The caller's measurements of one document; stored, but not used."""

    tfidf_sum: float | None = Field(default=None, description="Sum of TF-IDF weights")
    bm25_peak: float | None = Field(default=None, description="Highest BM25 score")
    token_count: Count | None = Field(default=None, description="Number of words")
    keyword_hits: Count | None = Field(default=None, description="Number of matches of the genre's keywords")


class Document(_Strict):
    """One article. Clients usually send one paragraph with sentences separated by line breaks; more are allowed."""

    article_id: Annotated[str, StringConstraints(min_length=1, max_length=128), NoNul] = Field(
        description="Returned with the evidence"
    )
    title: Annotated[str, StringConstraints(max_length=512), NoNul] | None = Field(
        default=None, description="Headline, returned with the evidence"
    )
    lang_hint: Annotated[str, StringConstraints(max_length=8), NoNul] | None = Field(
        default=None, description="ISO 639-1 code; detected if absent"
    )
    published_at: Timestamp | None = Field(default=None, description="RFC 3339; without a time zone, UTC is assumed")
    source_url: Url | None = Field(default=None, description="URL of the article, stored unchanged")
    paragraphs: Paragraphs = Field(
        description="Split into sentences at line breaks and punctuation; 30 to 400 000 characters each; blank "
        "paragraphs are dropped"
    )
    genre_scores: CountsByName | None = Field(default=None, description="Classifier scores by genre")
    confidence: Share | None = Field(
        default=None, description="Classifier confidence; below 0.3 the document may be dropped"
    )
    signals: DocumentSignals | None = Field(default=None, description="The caller's measurements; stored, but not used")


class ClassifierSummary(_Lenient):
    """Confidence of the caller's genre classifier over the corpus; adjusts filtering, dedup and cluster size."""

    avg_confidence: Share = Field(default=0.0, description="Mean confidence over the documents")
    max_confidence: Share = Field(default=0.0, description="Highest confidence over the documents")
    min_confidence: Share = Field(default=0.0, description="Lowest confidence over the documents")
    coverage_ratio: Share = Field(default=0.0, description="Share of documents that have a confidence")


class CorpusMetadata(_Strict):
    """The caller's statistics of the whole corpus."""

    article_count: Count = Field(description="Number of documents")
    sentence_count: Count = Field(description="Number of sentences")
    character_count: Count = Field(description="Number of characters in all paragraphs")
    primary_language: Annotated[str, StringConstraints(max_length=16), NoNul] = Field(
        description="Most frequent language of the documents"
    )
    language_distribution: CountsByName = Field(default_factory=dict, description="Number of documents by language")
    classifier: ClassifierSummary | None = Field(default=None, description="Confidence of the genre classifier")


class GenreRunRequest(_Lenient):
    """The request body. Equal requests have equal `canonical_hash()`, however their JSON is formatted."""

    params: RunParams = Field(description="Parameters of the run")
    documents: Annotated[list[Document], FailFast(), Field(min_length=MIN_DOCUMENTS)] = Field(
        description="At least 3; at most RECAP_SUBWORKER_MAX_DOCS_PER_GENRE (5000)"
    )
    metadata: CorpusMetadata | None = Field(default=None, description="The caller's statistics of the corpus")

    def canonical_payload(self) -> dict[str, Any]:
        """Return plain JSON data with defaults filled in, nulls omitted, strings stripped and times in UTC.

        `GenreRunRequest.model_validate(request.canonical_payload()) == request`; this is what a run's row stores.
        """
        return self.model_dump(mode="json", exclude_none=True)

    def canonical_hash(self) -> str:
        """SHA-256 (64 hex digits) of the canonical payload. Key order and explicit defaults do not change it."""
        return self.storable().canonical_hash

    def storable(self) -> "StorableRequest":
        """Return the request as a run's row stores it."""
        payload = self.canonical_payload()
        text = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return StorableRequest(text, hashlib.sha256(text.encode("utf-8")).hexdigest(), len(self.documents))


@dataclass(frozen=True, slots=True)
class StorableRequest:
    """A validated request in canonical form: JSON text, hash and number of documents.

    The caller creates it where the work blocks no other request; storing it needs no further processing.
    """

    payload: str
    canonical_hash: str
    documents: int


def request_of(body: bytes) -> GenreRunRequest:
    r"""Return the request of a JSON body. A lone surrogate, as the "\ud83d" of a text cut within an emoji, is U+FFFD.

    Raises:
        ValidationError: the body is not a valid request.
    """
    try:
        return GenreRunRequest.model_validate_json(body)
    except ValidationError as error:
        if b"\\u" not in body or error.error_count() > 1 or error.errors()[0]["type"] != "json_invalid":
            raise
        repaired = _ESCAPE.sub(lambda match: rb"\ufffd" if match[1] else match[0], body)
        if repaired == body:
            raise
    return GenreRunRequest.model_validate_json(repaired)
