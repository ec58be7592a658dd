"""What holds for the tags of every language, on the gold texts of this project."""

import json
import re

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.arabic import clitic, is_arabic_verb
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.languages import language_of, languages
from alt_pipelines.tagging.extraction.repeats import repeated_pieces
from alt_pipelines.tagging.extraction.verbs import is_adjective, is_participle, is_verb
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines.text.language import detect
from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.stopwords import stop_words
from alt_pipelines_tests.support import tag_data
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


def short_texts() -> dict[str, tuple[str, str]]:
    """A title and text of every language of the table: of the gold texts or, for the others, written without gold."""
    rows = [json.loads(line) for line in tag_data.WITHOUT_GOLD.read_text("utf-8").splitlines()]
    found = {row["lang"]: (row["title"], row["text"]) for row in rows}
    for example in EXAMPLES:
        found.setdefault(example.language, (example.title, example.text))
    return found


SHORT = short_texts()
_SENTENCE_ENDS = re.compile(r"(?<=[.!?؟।])\s|(?<=[。។၊။])")


def test_every_language_of_the_table_has_a_text() -> None:
    assert set(languages()) - set(SHORT) == set()


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_language_of_the_table_is_detected(language: str) -> None:
    assert detect("\n".join(SHORT[language])) == language


@pytest.mark.parametrize("language", sorted(languages()))
def test_no_readable_text_of_a_listed_language_is_without_tags(extractor: TagExtractor, language: str) -> None:
    title, text = SHORT[language]
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


NUMBERS = ("2026", "12:30", "12.05.2026 14:00", "١٢٣٤٥", "۱۴۰۳/۰۲/۱۱", "๒๕๖๙", "२०२६", "25 %")


@pytest.mark.parametrize("language", sorted(languages()))
def test_numbers_and_times_alone_are_never_tags(extractor: TagExtractor, language: str) -> None:
    articles = [RawArticle(number, number, f"{number}. {number}, {number}", language) for number in NUMBERS]
    assert [extraction.tags for extraction in extractor.extract(articles)] == [()] * len(NUMBERS)


@pytest.mark.parametrize(
    ("word", "language", "verb"),
    [
        ("exploiter", "fr", True),
        ("quartier", "fr", False),
        ("салатов", "ru", False),
        ("печать", "ru", False),
        ("распознаёт", "ru", True),
        ("लगाए", "hi", True),
        ("योजना", "hi", False),
        ("ينتج", "ar", True),
        ("هددت", "ar", True),
        ("تطوير", "ar", False),
        ("تقرير", "ar", False),
        ("يوسف", "ar", False),
    ],
)
def test_verbs_are_told_from_nouns_that_look_like_them(word: str, language: str, verb: bool) -> None:
    assert is_verb(word, language) == verb


def test_participles_and_adjectives_are_recognised_by_their_form() -> None:
    assert is_participle("évacués", "fr")
    assert is_participle("desenvolvida", "pt")
    assert not is_participle("dinero", "es")
    assert is_adjective("городской", "ru")
    assert not is_adjective("трамвай", "ru")


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
