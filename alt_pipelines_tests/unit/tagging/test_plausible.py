"""Damaged text gives no tags, and words of every language stay plausible."""

import json
from pathlib import Path

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.plausible import plausible
from alt_pipelines_tests.support import tag_data

NEWS = Path(tag_data.__file__).parent / "data" / "short_news.jsonl"
LATIN = "".join(map(chr, range(0x80, 0x180)))


@pytest.mark.parametrize(
    "text",
    [LATIN, "a\u0301\u0301\u0301 " * 5, "\u0301\u03bc " * 5, "abcdefghijklmnopqrstuvwxyz", "zzzzzzzzz hhhhhhhh"],
    ids=["latin", "marks", "mark first", "alphabet", "one letter"],
)
def test_damaged_text_gives_no_words_of_it_as_tags(text: str) -> None:
    (found,) = TagExtractor(TaggingSettings(), None, fallback=False).extract([RawArticle("1", "", text)])
    assert [tag.tag for tag in found.tags if not tag.tag[0].isdigit()] == []


@pytest.mark.parametrize(
    "form", ["understudy", "AAA", "wwww", "Οι Έλληνες", "İstanbul'da", "tiếng Việt", "ẹ́gbẹ́", "замо́к"]
)
def test_unusual_words_are_plausible(form: str) -> None:
    assert plausible(form)


def test_every_word_of_news_is_plausible() -> None:
    for row in map(json.loads, NEWS.read_text("utf-8").splitlines()):
        assert all(map(plausible, f"{row['title']} {row['text']}".split()))
    for example in tag_data.load_languages():
        assert all(map(plausible, f"{example.title} {example.text}".split()))
