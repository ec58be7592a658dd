"""Entries of article files: the meanings of column names, articles, and malformed entries."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from alt_pipelines.text.declared_language import language_code
from alt_pipelines.utc import naive_utc

# Column and key names by meaning, in order of preference; compared in lower case without spaces, "-" and "_".
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "articleid", "guid", "uuid", "identifier"),
    "title": ("title", "headline", "subject", "タイトル", "見出し", "件名"),
    "text": (
        "text", "content", "contenthtml", "contenttext", "body", "articlebody", "fulltext", "article", "summary",
        "description", "abstract", "本文", "内容", "記事", "概要",
    ),
    "url": ("url", "link", "href", "permalink", "sourceurl", "リンク"),
    "published": (
        "published", "publishedat", "pubdate", "datepublished", "date", "publicationdate", "time", "timestamp",
        "createdat", "日付", "日時", "公開日",
    ),
    "language": ("lang", "language", "langhint", "言語"),
    "genre": ("genre", "category", "section", "topic", "ジャンル", "カテゴリ"),
}  # fmt: skip
_SHOWN = 60


class UnreadableError(Exception):
    """Raised for a file that cannot be read; the message is one sentence with the place and the remedy."""


@dataclass(frozen=True, slots=True)
class FileArticle:
    """An article of a file. `published` is naive UTC; `id` is as given in the file, None without one."""

    place: str
    id: str | int | None
    title: str
    text: str
    url: str | None = None
    published: datetime | None = None
    language: str | None = None
    genre: str | None = None


@dataclass(frozen=True, slots=True)
class Malformed:
    """An entry that is not an article: its place, its id or else URL if it has one, and the problem."""

    place: str
    id: Any
    problem: str


@lru_cache(maxsize=256)
def column_meanings(names: tuple[str, ...]) -> dict[str, list[str]]:
    """Map meanings to those of these columns that have them, best first."""
    plain = {re.sub(r"[\s_\-]", "", name).lower(): name for name in reversed(names)}
    return {meaning: [plain[n] for n in known if n in plain] for meaning, known in COLUMNS.items()}


def entry_of(row: Any, place: str) -> FileArticle | Malformed:
    """Convert a decoded JSON value or CSV row to an article or a `Malformed`. Never raises."""
    if not isinstance(row, Mapping):
        return Malformed(place, None, f"a JSON {kind(row)}, not an object")
    meanings = column_meanings(tuple(str(key) for key in row))

    def first(meaning: str) -> Any:
        return next((row[name] for name in meanings[meaning] if row[name] is not None and row[name] != ""), None)

    def malformed(problem: str) -> Malformed:
        return Malformed(place, identifier_of(row), problem)

    given_id, title, text, language = first("id"), first("title"), first("text"), first("language")
    if given_id is not None and (isinstance(given_id, bool) or not isinstance(given_id, (str, int))):
        return malformed(f'"id" must be a string or a whole number, not {kind(given_id)}')
    for meaning, value in (("title", title), ("text", text), ("language", language)):
        if value is not None and not isinstance(value, str):
            name = next(name for name in meanings[meaning] if row[name] is value)
            return malformed(f'"{name}" must be a string, not {kind(value)}: {str(value)[:_SHOWN]}')
    if not meanings["title"] and not meanings["text"]:
        return malformed('no "text", "content" or "title"')
    url, named = first("url"), first("genre")
    return FileArticle(
        place,
        given_id,
        title or "",
        text or "",
        url if isinstance(url, str) else None,
        moment(first("published")),
        language_code(language),
        named if isinstance(named, str) else None,
    )


def identifier_of(row: Mapping[Any, Any]) -> str | int | None:
    """Return the id of a decoded row, else its URL; None for one without either, and for those of other types."""
    meanings = column_meanings(tuple(str(key) for key in row))
    for meaning in ("id", "url"):
        for name in meanings[meaning]:
            value = row.get(name)
            if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "":
                return value
    return None


def moment(value: Any) -> datetime | None:
    """Parse a time to naive UTC: ISO 8601, RFC 2822, Unix seconds, "January 5, 2026" or "2026/01/05"; else None."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value, UTC).replace(tzinfo=None)
        except (ValueError, OverflowError, OSError):
            return None
    if not isinstance(value, str) or not value.strip():
        return None
    parsers = (
        datetime.fromisoformat,
        parsedate_to_datetime,
        lambda text: datetime.strptime(text, "%B %d, %Y").replace(tzinfo=UTC),
        lambda text: datetime.strptime(text, "%Y/%m/%d").replace(tzinfo=UTC),
    )
    for parse in parsers:
        try:
            return naive_utc(parse(value.strip()))
        except (ValueError, OverflowError):
            continue
    return None


def kind(value: Any) -> str:
    """Return the name of a JSON value's type."""
    names = {dict: "object", list: "array", str: "string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "number")
