"""Markdown for Dagster's metadata that more than one room shows, and text from outside in its tables."""

import json
from collections.abc import Mapping
from typing import Any

from alt_pipelines.text.normal import storable

# The UI reads Markdown and HTML in some cells and not in others: these characters look like what they stand for and
# mean nothing in either.
_HARMLESS = str.maketrans({"<": "\u2039", ">": "\u203a", "|": "\u00a6", "`": "'", "\\": "\u2216"})
_LONGEST_CELL = 1000


def cell(value: str) -> str:
    """Text from outside as one line of a table's cell: no HTML, no Markdown link, image or code, no second column."""
    line = " ".join(storable(value[: 2 * _LONGEST_CELL]).split())[:_LONGEST_CELL]
    return line.translate(_HARMLESS).replace("](", "] (")


def reasons_table(counted: Mapping[str, int]) -> str:
    """What was left out and why, most frequent first."""
    if not counted:
        return "nothing was skipped"
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"| {cell(reason)} | {count} |" for reason, count in ordered]
    return "\n".join(["| reason | skipped |", "|---|---|", *lines])


def folded_json(value: Any) -> str:
    """An object as Markdown, which the UI folds behind a link; MetadataValue.json would be unfolded over a page."""
    return f"```json\n{json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)}\n```"
