"""A text of every language of the table, and what holds for the tags of any such text."""

import json
import re

from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.stopwords import stop_words
from alt_pipelines_tests.support import tag_data

NUMBERS = ("2026", "12:30", "12.05.2026 14:00", "١٢٣٤٥", "۱۴۰۳/۰۲/۱۱", "๒๕๖๙", "२०२६", "25 %")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?؟।])\s|(?<=[。។၊။])")


def short_texts() -> dict[str, tuple[str, str]]:
    """Return a title and a text per language: of the gold texts or, for the others, written without gold."""
    rows = [json.loads(line) for line in tag_data.WITHOUT_GOLD.read_text("utf-8").splitlines()]
    found = {row["lang"]: (row["title"], row["text"]) for row in rows}
    for example in tag_data.load_languages(gold=False):
        found.setdefault(example.language, (example.title, example.text))
    return found


def assert_tags_fit(extractor: TagExtractor, language: str, title: str, text: str) -> None:
    """Assert that every part of a text has tags, that they are pieces of it, and that none is a function word."""
    shapes = {
        "whole": (title, text),
        "body": ("", text),
        "headline": (title, ""),
        "sentence": ("", _SENTENCE_ENDS.split(text)[0]),
        "capitals": (title.upper(), text.upper()),
    }
    found = extractor.extract([RawArticle(name, *shape, language) for name, shape in shapes.items()])
    function_words = stop_words(language)
    for extraction in found:
        whole = "\n".join(shapes[extraction.id]).casefold()
        tags = [tag.tag.casefold() for tag in extraction.tags]
        assert tags, extraction.id
        assert [tag for tag in tags if nfkc(tag) not in nfkc(whole)] == [], extraction.id
        assert [tag for tag in tags if tag in function_words] == [], extraction.id
    assert len(found[0].tags) >= 5


def assert_numbers_give_no_tags(extractor: TagExtractor, language: str) -> None:
    """Assert that an article of nothing but a number, a date or a time has no tags."""
    articles = [RawArticle(number, number, f"{number}. {number}, {number}", language) for number in NUMBERS]
    assert [extraction.tags for extraction in extractor.extract(articles)] == [()] * len(NUMBERS)
