"""Markdown for Dagster's metadata that more than one room shows."""

import json
from collections.abc import Mapping
from typing import Any


def reasons_table(counted: Mapping[str, int]) -> str:
    """What was left out and why, most frequent first."""
    if not counted:
        return "nothing was skipped"
    lines = [
        f"| {reason} | {count} |" for reason, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "\n".join(["| reason | skipped |", "|---|---|", *lines])


def folded_json(value: Any) -> str:
    """An object as Markdown, which the UI folds behind a link; MetadataValue.json would be unfolded over a page."""
    return f"```json\n{json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)}\n```"
