"""What holds for the tags of every language, on the gold texts of this project and a text of every other language.

These tests read the dictionaries of all languages, which takes ten seconds of CPU. ``unit/tagging/test_languages.py``
holds the same claims for one language of each way of reading.
"""

import re

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.languages import language_of, languages
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines_tests.support.language_texts import assert_numbers_give_no_tags, assert_tags_fit, short_texts
from alt_pipelines_tests.support.tag_data import Example, load_languages

EXAMPLES = load_languages(gold=False)
_NUMBER = re.compile(r"[\d\s.,:/%+–-]+")


@pytest.fixture(scope="module")
def extractor() -> TagExtractor:
    return TagExtractor(TaggingSettings(refine_budget=0.0), None, fallback=False)


@pytest.fixture(scope="module")
def extractions(extractor: TagExtractor) -> dict[str, Extraction]:
    found = extractor.extract([RawArticle(example.id, example.title, example.text) for example in EXAMPLES])
    return {extraction.id: extraction for extraction in found}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_a_news_text_of_120_words_has_five_to_ten_tags_that_are_pieces_of_it(
    example: Example, extractions: dict[str, Extraction]
) -> None:
    extraction = extractions[example.id]
    assert (extraction.status, extraction.language) == ("tagged", example.language)
    assert 5 <= len(extraction.tags) <= 10
    clean = clean_article(example.title, example.text)
    assert isinstance(clean, CleanText)
    whole = f"{clean.title}\n{clean.text}".casefold()
    for tag in extraction.tags:
        assert tag.tag.casefold() in whole


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_no_tag_is_a_number_a_date_or_a_word_without_a_topic(
    example: Example, extractions: dict[str, Extraction]
) -> None:
    row = language_of(example.language)
    for tag in extractions[example.id].tags:
        word = tag.tag.lower()
        assert not _NUMBER.fullmatch(word)
        assert not (row.numerals and re.fullmatch(row.numerals, word))
        assert word not in row.calendar | row.weak | row.articles | row.light | row.auxiliaries


SHORT = short_texts()


def test_every_language_of_the_table_has_a_text() -> None:
    assert set(languages()) - set(SHORT) == set()


@pytest.mark.parametrize("language", sorted(languages()))
def test_no_readable_text_of_a_listed_language_is_without_tags(extractor: TagExtractor, language: str) -> None:
    assert_tags_fit(extractor, language, *SHORT[language])


@pytest.mark.parametrize("language", sorted(languages()))
def test_numbers_and_times_alone_are_never_tags(extractor: TagExtractor, language: str) -> None:
    assert_numbers_give_no_tags(extractor, language)
