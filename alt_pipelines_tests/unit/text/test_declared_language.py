"""A declared language is believed unless it is not a language or a long text clearly contradicts it."""

import json
from pathlib import Path

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.text.declared_language import language_code, language_of_text
from alt_pipelines_tests.support import tag_data

NEWS = Path(tag_data.__file__).parent / "data" / "short_news.jsonl"
TEXTS = {row["lang"]: row["text"] * 3 for row in map(json.loads, NEWS.read_text("utf-8").splitlines())}
TEXTS |= {example.language: example.text for example in tag_data.load_languages()}


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("en", "en"), ("EN", "en"), (" pt_BR ", "pt"), ("zh-Hant-TW", "zh"), ("iw", "he"), ("nb", "no"), ("sr", "sr"),
        ("xx", None), ("xx-yyyy" * 700, None), ("und", None), ("japanese", None), ("日本", None), ("", None),
        (None, None),
    ],
)  # fmt: skip
def test_only_codes_of_languages_count(declared: str | None, code: str | None) -> None:
    assert language_code(declared) == code


@pytest.mark.parametrize(
    ("declared", "language"), [("ja", "en"), ("en", "ja"), ("fr", "en"), ("de", "fr"), ("ru", "de"), ("en", "ko")]
)
def test_a_long_text_in_another_language_contradicts(declared: str, language: str) -> None:
    assert language_of_text(declared, TEXTS[language]) == language


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("ja", "Nintendo Switch 2"),
        ("de", "Apple Watch Series 12 review"),
        ("ja", "新華社北京電 国務院発表"),
        ("sk", TEXTS["cs"]),
        ("no", TEXTS["sv"]),
        ("pt", TEXTS["es"]),
        ("uk", TEXTS["ru"]),
        ("sr", TEXTS["bg"]),
        ("de", TEXTS["de"] + "\n" + TEXTS["en"] * 3),
    ],
    ids=lambda value: value if len(value) == 2 else "",
)
def test_short_texts_related_languages_and_quotations_do_not_contradict(declared: str, text: str) -> None:
    assert language_of_text(declared, text) == declared


def test_the_tags_of_an_article_with_a_wrong_language_are_those_without_one() -> None:
    declared = ("ja", "xx-yyyy" * 700, None)
    articles = [RawArticle(str(number), "", TEXTS["en"], given) for number, given in enumerate(declared)]
    found = TagExtractor(TaggingSettings(), None, fallback=False).extract(articles)
    assert {one.language for one in found} == {"en"}
    assert len({tuple(tag.tag for tag in one.tags) for one in found}) == 1
