"""Markdown for Dagster's metadata that several rooms use, and the escaping of untrusted text in its tables."""

import json
from collections.abc import Mapping
from typing import Any

from alt_pipelines.text.normal import storable

# The UI interprets Markdown and HTML in some cells and not in others. These look-alike characters have no meaning in
# either.
_HARMLESS = str.maketrans({"<": "\u2039", ">": "\u203a", "|": "\u00a6", "`": "'", "\\": "\u2216"})
_LONGEST_CELL = 1000


def cell(value: str) -> str:
    """Escape untrusted text for one table cell: one line, no HTML, no Markdown link, image or code, no new column."""
    line = " ".join(storable(value[: 2 * _LONGEST_CELL]).split())[:_LONGEST_CELL]
    return line.translate(_HARMLESS).replace("](", "] (")


def reasons_table(counted: Mapping[str, int]) -> str:
    """Return a table of the skipped items by reason, most frequent first."""
    if not counted:
        return "nothing was skipped"
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"| {cell(reason)} | {count} |" for reason, count in ordered]
    return "\n".join(["| reason | skipped |", "|---|---|", *lines])


def folded_json(value: Any) -> str:
    """Return an object as Markdown, which the UI folds behind a link; MetadataValue.json would fill the page."""
    return f"```json\n{json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)}\n```"
