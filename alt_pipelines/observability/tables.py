"""Markdown tables for Dagster's metadata that more than one room shows."""

from collections.abc import Mapping


def reasons_table(counted: Mapping[str, int]) -> str:
    """What was left out and why, most frequent first."""
    if not counted:
        return "nothing was skipped"
    lines = [
        f"| {reason} | {count} |" for reason, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "\n".join(["| reason | skipped |", "|---|---|", *lines])
