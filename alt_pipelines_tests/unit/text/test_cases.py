"""Small articles of every kind that feeds carry, with what an editor expects of their text and tags.

The rows of ``alt_pipelines_tests/cases/text.jsonl`` were written before the code that makes them pass. ``must_have``
depends on ranking too and is judged by ``make quality``; here it is what cleaning must keep and remove.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.extractor import RawArticle, TagExtractor
from alt_pipelines.text.clean import CleanText, clean_article

CASES = Path(__file__).parents[2] / "cases" / "text.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def extractor() -> TagExtractor:
    return TagExtractor(TaggingSettings(), None, fallback=False)


def cleaned(row: dict[str, Any]) -> str:
    found = clean_article(row["input"]["title"], row["input"]["text"])
    assert isinstance(found, CleanText)
    return f"{found.title}\n{found.text}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_cleaning_keeps_what_the_article_says(row: dict[str, Any]) -> None:
    text = cleaned(row)
    assert [part for part in row["expected"].get("text_has", []) if part not in text] == []
    wanted = [[tags] if isinstance(tags, str) else tags for tags in row["expected"]["must_have"]]
    assert [tags for tags in wanted if not any(tag.casefold() in text.casefold() for tag in tags)] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_no_tag_is_made_of_what_is_not_the_article(row: dict[str, Any], extractor: TagExtractor) -> None:
    text, expected = cleaned(row), row["expected"]
    assert [part for part in expected.get("text_lacks", []) if part in text] == []
    article = RawArticle(row["id"], row["input"]["title"], row["input"]["text"])
    tags = [tag.tag.casefold() for tag in extractor.extract([article])[0].tags]
    assert [tag for tag in expected["must_not_have"] if tag.casefold() in tags] == []
    assert [part for part in expected["must_not_have_part"] if any(part.casefold() in tag for tag in tags)] == []
