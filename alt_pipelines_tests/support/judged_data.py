"""Articles whose tag candidates readers judged one by one, written for this project (`benchmarks.fit_judgement`)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "data" / "judged_articles.jsonl"


@dataclass(frozen=True)
class JudgedArticle:
    """An article in its language, the number of its writer, and the verdict on each phrase of its first shortlist: 1 if
    an editor could choose it as a tag, -1 if a reader would find it unfit, 0 between them.
    """

    language: str
    writer: int
    title: str
    content: str
    verdicts: dict[str, int]


def judged_articles() -> Iterator[JudgedArticle]:
    """Yield all judged articles, by language."""
    for row in map(json.loads, FILE.read_text("utf-8").splitlines()):
        verdicts = {form: v for v, name in ((1, "chosen"), (0, "fine"), (-1, "unfit")) for form in row[name]}
        yield JudgedArticle(row["language"], row["writer"], row["title"], row["content"], verdicts)
