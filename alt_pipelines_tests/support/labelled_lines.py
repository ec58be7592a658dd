"""Articles with their lines labelled as own text or boilerplate, written for this project."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from alt_pipelines.text.normal import nfkc

FILE = Path(__file__).parent / "data" / "labelled_lines.jsonl"


class LabelledArticle(NamedTuple):
    """An article: its language, its title, and its (line, whether it is boilerplate) in reading order."""

    language: str
    title: str
    lines: tuple[tuple[str, bool], ...]


def labelled_articles() -> Iterator[LabelledArticle]:
    """Yield all labelled articles, with their texts as the cleaning step leaves them."""
    for row in map(json.loads, FILE.read_text("utf-8").splitlines()):
        lines = tuple((nfkc(line), label == "boilerplate") for label, line in row["lines"] if line.strip())
        yield LabelledArticle(row["language"], nfkc(row["title"]), lines)
