"""Requests and responses of the tagging routes."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, FailFast, Field

from api.schemas.text import Text


class TagsBatchRequest(BaseModel):
    """The articles whose tags are requested."""

    article_ids: Annotated[list[str], FailFast()] = Field(
        description="1 to 1000 ids; an id that is not a UUID is treated as unknown",
        json_schema_extra={"example": ["8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd"]},
    )

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"article_ids": ["8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd"]}]}
    )


class StoredTag(BaseModel):
    """A stored tag."""

    tag: str = Field(description="The tag in its natural casing")
    confidence: float = Field(
        description="Estimated probability that the tag is correct; consumers use thresholds of 0.6 and 0.55",
        ge=0,
        le=1,
    )
    source: Literal["ml_model"] = Field(description="Always `ml_model`")
    updated_at: str = Field(
        description="Time of the last update; RFC 3339, UTC", examples=["2026-11-21T08:30:00.123456Z"]
    )


class TagsBatchResponse(BaseModel):
    """Tags by article id, best first. Articles without tags are absent."""

    success: Literal[True] = Field(default=True, description="Always true")
    tags: dict[str, list[StoredTag]] = Field(description="Tags by article id, spelled as in the request")


class ArticleInput(BaseModel):
    """An article of a signed-in user."""

    article_id: Text = Field(description="1 to 128 characters; returned unchanged", min_length=1, max_length=128)
    title: Text = Field(description="Plain text; the first 1000 characters are used")
    content: Text = Field(description="HTML or text; the first 100 000 characters are used")
    metadata: dict[str, Any] | None = Field(default=None, description="Accepted but ignored")


class GenerateTagsRequest(BaseModel):
    """An article to tag synchronously. `user_context` is accepted and ignored: the token identifies the user."""

    request: ArticleInput = Field(description="The article")
    user_context: dict[str, Any] | None = Field(
        default=None, description="Accepted but ignored; the token identifies the user"
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request": {
                        "article_id": "8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd",
                        "title": "Chip export rules tightened",
                        "content": "The ministry tightened export rules for advanced chips on Monday. Makers of "
                        "lithography machines expect delays of several months.",
                    }
                }
            ]
        }
    )


class GeneratedTag(BaseModel):
    """A tag extracted for this request."""

    tag: str = Field(description="The tag in its natural casing")
    confidence: float = Field(description="Estimated probability that the tag is correct", ge=0, le=1)
    category: str = Field(description="Origin of the tag: `auto`, as in feed_tags.tag_type")
    source: Literal["ml_model"] = Field(description="Always `ml_model`")


class GenerateTagsResponse(BaseModel):
    """Tags of one article, and the identity of the user who requested them."""

    success: Literal[True] = Field(default=True, description="Always true")
    tags: list[GeneratedTag] = Field(description="At most 10, best first")
    user_id: str = Field(description="`sub` of the token")
    tenant_id: str = Field(description="`tenant_id` of the token")
    article_id: str = Field(description="Article id from the request")
    timestamp: datetime = Field(description="Time of extraction, UTC")


class ExtractTagsRequest(BaseModel):
    """A text to tag synchronously."""

    title: Text = Field(description="Plain text; the first 1000 characters are used")
    content: Text = Field(description="HTML or text; the first 100 000 characters are used")
    url: Text | None = Field(
        default=None,
        description="URL of the article. If given, lines that its site repeats are left out, and names have the form "
        "that the site uses, as in stored articles.",
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Chip export rules tightened",
                    "content": "The ministry tightened export rules for advanced chips on Monday.",
                }
            ]
        }
    )


class ExtractTagsResponse(BaseModel):
    """Tags of a text; a rejected or too short text has language `und`, no tags, confidence 0 and inference_ms 0."""

    success: Literal[True] = Field(default=True, description="Always true")
    tags: list[str] = Field(description="At most 10, best first")
    confidence: float = Field(description="Confidence of the article; above 0 if and only if it has tags", ge=0, le=1)
    inference_ms: float = Field(description="Extraction time in milliseconds", ge=0)
    language: str = Field(description="ISO 639-1 code, or `und`")
