"""How each language is read: verbs, participles, clitics, repeated phrases, and tags for each way of reading.

``quality/test_every_language.py`` holds the claims about tags for every language of the table.
"""

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.languages import language_of, languages
from alt_pipelines.tagging.extraction.repeats import repeated_pieces
from alt_pipelines.tagging.extraction.spaced.arabic.words import clitic, is_arabic_verb
from alt_pipelines.tagging.extraction.words.verbs import is_participle, is_verb
from alt_pipelines.text.language import detect
from alt_pipelines.text.normal import nfkc
from alt_pipelines_tests.support.language_texts import assert_numbers_give_no_tags, assert_tags_fit, short_texts

# Every reader, with and without a dictionary, clitics, spaces and upper case.
READ_DIFFERENTLY = ("ar", "en", "fr", "hi", "ja", "ko", "ru", "th", "tr", "vi", "zh")
SHORT = short_texts()


@pytest.fixture(scope="module")
def extractor() -> TagExtractor:
    return TagExtractor(TaggingSettings(refine_budget=0.0), None, fallback=False)


@pytest.mark.parametrize("language", READ_DIFFERENTLY)
def test_a_readable_text_has_tags_and_numbers_alone_have_none(extractor: TagExtractor, language: str) -> None:
    assert_tags_fit(extractor, language, *SHORT[language])
    assert_numbers_give_no_tags(extractor, language)


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_language_of_the_table_is_detected(language: str) -> None:
    assert detect("\n".join(SHORT[language])) == language


@pytest.mark.parametrize(
    ("word", "language", "verb"),
    [
        ("exploiter", "fr", True),
        ("quartier", "fr", False),
        ("लगाए", "hi", True),
        ("योजना", "hi", False),
    ],
)
def test_verbs_are_told_from_nouns_that_look_like_them(word: str, language: str, verb: bool) -> None:
    assert is_verb(word, language) == verb


def test_participles_are_recognised_by_their_form() -> None:
    assert is_participle("évacués", "fr")
    assert is_participle("desenvolvida", "pt")
    assert not is_participle("dinero", "es")


@pytest.mark.parametrize(("word", "size"), [("لعلاج", 1), ("والحكومة", 1), ("وزارة", 0), ("لبنان", 0), ("بيروت", 0)])
def test_arabic_clitics_are_split_off_only_if_the_rest_is_a_commoner_word(word: str, size: int) -> None:
    assert clitic(word, language_of("ar").clitics) == size


def test_an_arabic_word_that_takes_the_article_is_no_verb() -> None:
    assert not is_arabic_verb("تعاون")
    assert is_arabic_verb("تؤخذ")


def test_a_part_that_the_text_repeats_is_a_phrase_but_not_a_part_of_that_part() -> None:
    def phrase(text: str, start: int) -> Phrase:
        words = text.split()
        return Phrase((words[0], *(f" {word}" for word in words[1:])), tuple(words), start)

    phrases = [phrase("coût des trains de nuit", 0), phrase("voyageurs des trains de nuit", 10)]
    found = repeated_pieces(phrases, lambda word: word not in ("de", "des"))
    assert ["".join(piece.words) for piece in found] == ["trains de nuit"]


def test_lao_letters_keep_their_modern_spelling() -> None:
    assert nfkc("ໜັງສື ໝົດ ນ້ຳ") == "ໜັງສື ໝົດ ນ້ຳ"


def test_an_arabic_preposition_is_split_off_before_a_word_that_the_text_has_on_its_own() -> None:
    assert clitic("بطاقة", "وفبكل") == 0
    assert clitic("بطاقة", "وفبكل", frozenset({"طاقة"})) == 1
    assert clitic("بطاقة", "وفبكل", frozenset({"طاقة", "البطاقة"})) == 0
