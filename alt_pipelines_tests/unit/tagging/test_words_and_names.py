"""Words and names of every language, judged by small cases of the kinds that public bug reports tell of."""

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.shapes import enclosing
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines_tests.support.cases import Case, judge, read

FILES = (
    "words",
    "articles",
    "asian_pages",
    "unseen",
    "cjk_arabic",
    "cjk_kinds",
    "cjk_second",
    "eastern",
    "english",
    "european",
    "japanese_pages",
    "korean",
    "latin",
    "page_parts",
    "second_reader",
    "thai",
)
WORDS = [case for name in FILES for case in read(f"{name}.jsonl")]


@pytest.fixture(scope="module")
def extractor() -> TagExtractor:
    return TagExtractor(TaggingSettings(refine_budget=0.0), None, fallback=False)


@pytest.mark.parametrize("case", WORDS, ids=lambda case: f"{case['kind']}-{case['id']}")
def test_an_editor_would_agree_and_every_tag_is_a_piece_of_the_text(extractor: TagExtractor, case: Case) -> None:
    title, text = case["input"]["title"], case["input"]["text"]
    tags = [tag.tag for tag in extractor.extract([RawArticle(case["id"], title, text)])[0].tags]
    missing, wrong = judge(case, tags)
    assert not missing, f"missing {missing} in {tags}"
    assert not wrong, f"wrong {wrong} in {tags}"
    clean = clean_article(title, text)
    whole = f"{clean.title}\n{clean.text}".casefold() if isinstance(clean, CleanText) else ""
    assert [tag for tag in tags if tag.casefold() not in whole] == []


def test_a_position_belongs_to_the_span_that_holds_it_and_to_no_other() -> None:
    assert list(enclosing([0, 2, 3, 5, 6, 9], [(2, 4), (5, 6)])) == [None, (2, 4), (2, 4), (5, 6), None, None]
    assert list(enclosing([], [(0, 1)])) == []
