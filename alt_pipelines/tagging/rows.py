"""Output rows of the command line: one per input entry, as JSON lines, CSV or a table for people."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Container
from dataclasses import asdict
from typing import Any, Literal, NamedTuple

from rich.cells import cell_len, set_cell_size

from alt_pipelines.article_files import Malformed
from alt_pipelines.tagging.extraction.article import Extraction

Form = Literal["jsonl", "csv", "table"]

_CSV_COLUMNS = ("id", "source", "status", "language", "confidence", "tags", "tag_confidences", "reason")
_TABLE_WIDTHS = (8, 4, 44)


class Row(NamedTuple):
    """One output row: the values to write, the title for the table, whether its entry was malformed, and its place."""

    values: dict[str, Any]
    title: str = ""
    malformed: bool = False
    place: str = ""

    @property
    def with_source(self) -> "Row":
        """The row with its place as the value `source`, after the id: ids may repeat where several files are read."""
        return self._replace(values={"id": self.values["id"], "source": self.place, **self.values})


def outcome_row(given_id: Any, title: str, extraction: Extraction) -> Row:
    """Return the row of an article."""
    values: dict[str, Any] = {
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
        values["reason"] = extraction.reason
    return Row(values, title)


def malformed_row(given_id: Any, entry: Malformed) -> Row:
    """Return the row of an entry that is not an article: rejected, with its place and the reason."""
    return unread_row(given_id, "rejected", f"{entry.place}: {entry.problem}")._replace(malformed=True)


def unread_row(given_id: Any, status: str, reason: str) -> Row:
    """Return the row of an entry without an extraction."""
    values = {
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
    return Row(values)


def header_of(form: Form, *, with_source: bool = False) -> str:
    """Return the text that precedes the rows; `with_source`: the rows have the value `source`."""
    if form == "csv":  # spreadsheets recognise UTF-8 by the byte order mark
        return "\ufeff" + _csv_line(_csv_columns({"source"} if with_source else ()))
    return _table_line("STATUS", "LANG", "TITLE", "TAGS") if form == "table" else ""


def formatted(row: Row, form: Form) -> str:
    """Return a row as text, with its line end."""
    return _WRITERS[form](row)


def _json_line(row: Row) -> str:
    try:
        text = json.dumps(row.values, ensure_ascii=False, allow_nan=False)
        text.encode("utf-8")
    except UnicodeEncodeError:  # an id with a lone surrogate: escaping it returns the id unchanged
        return json.dumps(row.values, ensure_ascii=True, allow_nan=False) + "\n"
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"  # line ends to some readers


def _csv_row(row: Row) -> str:
    tags = row.values["tags"]
    cells = {
        **row.values,
        "tags": "; ".join(tag["tag"] for tag in tags),
        "tag_confidences": "; ".join(f"{tag['confidence']:.3f}" for tag in tags),
    }
    return _csv_line([cells.get(name, "") for name in _csv_columns(row.values)])


def _csv_columns(names: Container[str]) -> list[str]:
    return [name for name in _CSV_COLUMNS if name != "source" or name in names]


def _csv_line(cells: Any) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode("utf-8", "replace").decode("utf-8")


def _table_row(row: Row) -> str:
    values = row.values
    tags = ", ".join(f"{tag['tag']} {tag['confidence']:.2f}" for tag in values["tags"])
    title = row.title or str(values["id"] if values["id"] is not None else "")
    return _table_line(values["status"], values["language"], title, tags or values.get("reason", ""))


def _table_line(*cells: str) -> str:
    *fixed, last = ("".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in cell) for cell in cells)
    parts = [_fitted(cell, width) for cell, width in zip(fixed, _TABLE_WIDTHS, strict=True)]
    return "  ".join([*parts, last]).rstrip() + "\n"


def _fitted(text: str, width: int) -> str:
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


_WRITERS: dict[Form, Callable[[Row], str]] = {"jsonl": _json_line, "csv": _csv_row, "table": _table_row}
