"""Articles and outcomes as lines of JSON, for the command line: whatever a line holds, it becomes one row.

    {"id", "title"?, "text" | "content", "lang"?}  ->  {"id", "status", "tags": [{"tag", "confidence"}], ...}

Here: reading one line, telling what is wrong with it, writing one row. Files, processes and progress are ``command``'s.
"""

import json
from dataclasses import asdict
from typing import Any, NamedTuple

from alt_pipelines.tagging.extraction.article import Extraction, RawArticle

LONGEST_LINE = 64 * 1024 * 1024  # bytes; what is longer is no article, and reading it whole could end the process
_SHOWN = 60


class Line(NamedTuple):
    """A line of the input: its number from 1, and its bytes (None where it was longer than ``LONGEST_LINE``)."""

    number: int
    raw: bytes | None


class Malformed(NamedTuple):
    """A line that is no article: its id where it has one, and what is wrong."""

    number: int
    id: Any
    problem: str


class Parsed(NamedTuple):
    """An article with the id as it was written (a number stays a number)."""

    id: Any
    article: RawArticle


def parse(line: Line) -> Parsed | Malformed:
    """The article of a line, or what is wrong with it. Never raises."""
    if line.raw is None:
        return Malformed(line.number, None, f"longer than {LONGEST_LINE} bytes")
    if not line.raw.strip():
        return Malformed(line.number, None, "a blank line")
    try:
        row = json.loads(line.raw.decode("utf-8-sig" if line.number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return Malformed(line.number, None, f"not UTF-8 at byte {error.start}")
    except (ValueError, RecursionError) as error:
        detail = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        return Malformed(line.number, None, f"not JSON: {detail}")
    if not isinstance(row, dict):
        return Malformed(line.number, None, f"a JSON {_kind(row)}, not an object")
    problem = _problem(row)
    if problem:
        return Malformed(line.number, row.get("id"), problem)
    body = row.get("text") if row.get("text") is not None else row.get("content")
    article = RawArticle(str(row["id"]), row.get("title") or "", body or "", row.get("lang") or None)
    return Parsed(row["id"], article)


def outcome_row(given_id: Any, extraction: Extraction) -> str:
    """One line, without its end, of an extraction."""
    row: dict[str, Any] = {
        "id": given_id,
        "status": extraction.status,
        "tags": [asdict(tag) for tag in extraction.tags],
        "confidence": extraction.confidence,
        "language": extraction.language,
        "backend": extraction.backend,
        "inference_ms": extraction.inference_ms,
        "cascade": asdict(extraction.cascade) if extraction.cascade else None,
    }
    if extraction.reason:
        row["reason"] = extraction.reason
    return _dumped(row)


def malformed_row(line: Malformed) -> str:
    """The row of a line that is no article: rejected, with the reason."""
    return unread_row(line.id, "rejected", f"line {line.number}: {line.problem}")


def unread_row(given_id: Any, status: str, reason: str) -> str:
    """The row of an article that no extractor answered for."""
    row = {
        "id": given_id,
        "status": status,
        "tags": [],
        "confidence": 0.0,
        "language": "und",
        "backend": None,
        "inference_ms": 0.0,
        "cascade": None,
        "reason": reason,
    }
    return _dumped(row)


def _problem(row: dict[str, Any]) -> str | None:
    if not isinstance(row.get("id"), (str, int)) or isinstance(row.get("id"), bool):
        return f'"id" must be a string or a whole number, not {_kind(row.get("id"))}'
    for key in ("title", "text", "content", "lang"):
        if row.get(key) is not None and not isinstance(row[key], str):
            return f'"{key}" must be a string, not {_kind(row[key])}: {str(row[key])[:_SHOWN]}'
    if not any(key in row for key in ("title", "text", "content")):
        return 'no "text", "content" or "title"'
    return None


def _kind(value: Any) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "number")


def _dumped(row: dict[str, Any]) -> str:
    try:
        text = json.dumps(row, ensure_ascii=False, allow_nan=False)
        text.encode("utf-8")
    except UnicodeEncodeError:  # an id with a lone surrogate: escaped, it goes back as it came
        return json.dumps(row, ensure_ascii=True, allow_nan=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")  # line ends to some readers
