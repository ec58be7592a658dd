"""Every tag is a piece of the text as it is written, up to case and a plural: in own cases and in every dev set."""

import re
from collections.abc import Iterator
from functools import lru_cache

import pytest
import Stemmer

from alt_pipelines.settings import PROJECT_ROOT, TaggingSettings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines_tests.support import tag_data
from alt_pipelines_tests.support.cases import read

_PER_SET = 10  # articles of each dev set
_WORD = re.compile(r"[^\W_]+")
_STEMMER = Stemmer.Stemmer("porter", 0)


@pytest.fixture(scope="module")
def extractor() -> TagExtractor:
    return TagExtractor(TaggingSettings(refine_budget=0.0), None, fallback=False)


def test_a_tag_of_an_own_case_is_a_piece_of_its_text(extractor: TagExtractor) -> None:
    inputs = [case["input"] for case in read("text.jsonl")]  # the other files: test_words_and_names.py
    assert _strangers([(i["title"], i["text"]) for i in inputs], extractor) == []


@pytest.mark.parametrize("name", list(tag_data.SETS))
def test_a_tag_of_a_dev_set_is_a_piece_of_its_text(name: str, extractor: TagExtractor) -> None:
    if not (PROJECT_ROOT.parent / "shared" / "data" / "dev").is_dir():
        pytest.skip("the development sets are not here")
    examples = tag_data.load(name, _PER_SET)
    assert _strangers([(e.title, e.text) for e in examples], extractor) == []


def _strangers(articles: list[tuple[str, str]], extractor: TagExtractor) -> list[tuple[str, str]]:
    """Return (title, tag) of the tags that are not in their text."""
    found = extractor.extract([RawArticle(str(i), *article) for i, article in enumerate(articles)], "steady")
    strangers = []
    for (title, text), extraction in zip(articles, found, strict=True):
        if not extraction.tags:
            continue
        clean = clean_article(title, text)
        assert isinstance(clean, CleanText)
        whole = f"{clean.title}\n{clean.text}".casefold()
        stemmed = f" {' '.join(_stems(whole))} "
        strangers += [
            (title, tag.tag)
            for tag in extraction.tags
            if tag.tag.casefold() not in whole and f" {' '.join(_stems(tag.tag))} " not in stemmed
        ]
    return strangers


def _stems(text: str) -> Iterator[str]:
    return (_stem(word) for word in _WORD.findall(text.casefold()))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return stem
