"""Small test cases with an editor's expected tags, from the JSONL files in alt_pipelines_tests/cases.

A row: {"id", "kind", "source", "input": {"title", "text"}, "expected": {"must_have": [tag | [any of these]],
"must_not_have": [tag], "must_not_have_part": [part of a tag]}}. Comparison of tags ignores case.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent.parent / "cases"

Case = dict[str, Any]


def read(name: str) -> list[Case]:
    """Read the cases of a file."""
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def judge(case: Case, tags: Sequence[str]) -> tuple[list[Any], list[str]]:
    """Return the expected tags that are missing, and the tags that are wrong."""
    found = [tag.casefold() for tag in tags]
    expected = case["expected"]
    missing = [
        wanted
        for wanted in expected.get("must_have", [])
        if not any(one.casefold() in found for one in (wanted if isinstance(wanted, list) else [wanted]))
    ]
    wrong = [tag for tag in expected.get("must_not_have", []) if tag.casefold() in found]
    wrong += [part for part in expected.get("must_not_have_part", []) if any(part.casefold() in tag for tag in found)]
    return missing, wrong
