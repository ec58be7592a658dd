"""No text from outside makes a step cost more than in proportion to its length.

A step is a public function that text from outside goes through. `support.hostile` makes the texts and measures.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from alt_pipelines.embedding import hashing
from alt_pipelines.recap.corpus import articles, languages
from alt_pipelines.recap.story import fitness, labels, openers, topics, whole_names, whole_words
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction import candidates, features
from alt_pipelines.tagging.extraction.english import analysis as english
from alt_pipelines.tagging.extraction.english import unknown_words
from alt_pipelines.tagging.extraction.extractor import RawArticle, TagExtractor
from alt_pipelines.tagging.extraction.japanese import analysis as japanese
from alt_pipelines.tagging.extraction.japanese import citations
from alt_pipelines.tagging.extraction.spaced import analysis as spaced
from alt_pipelines.text import (
    angle_brackets,
    clean,
    code,
    language,
    lines,
    markdown,
    markup,
    morphemes,
    normal,
    notation,
    pages,
    references,
    sentences,
    terms,
    tickers,
    wrapping,
)
from alt_pipelines.text.boilerplate import (
    credit_lines,
    firm_notes,
    greetings,
    listed_notes,
    page_sentences,
    reference_lists,
    removal,
    social_notes,
)
from alt_pipelines_tests.support import tag_data
from alt_pipelines_tests.support.hostile import (
    SHAPES,
    growth_fault,
    megabyte_fault,
)
from alt_pipelines_tests.support.patterns import patterns_of, repetitions
from alt_pipelines_tests.unit.recap.corpora import document, request

pytestmark = pytest.mark.heavy

Step = Callable[[str], object]


def _extract(text: str) -> object:
    # Without an encoder, which is asked about 30 phrases of an article whatever its text.
    return TagExtractor(TaggingSettings(), None, fallback=False).extract([RawArticle("1", text, text)])


def _prepare_corpus(text: str) -> object:
    text = normal.storable(text)  # a request with lone surrogates is refused
    sent = [document(str(i), f"The port of Rotterdam reopened after the storm {i}. {text}") for i in range(3)]
    return articles.prepare_corpus(request(sent), 200)


def _without_notes(text: str) -> object:
    written = [text, text[:60], text[:300], *text.split("\n"), "Press contact"]
    noted = reference_lists.without_reference_lists(greetings.without_salutation("", written))
    return firm_notes.without_firm_note(noted, written), list(map(social_notes.without_post_notes, written))


def _complete_owned(text: str) -> object:
    texts = [f"A{at} King's Cross is shut." for at in range(len(text) // 30)]
    return whole_names.complete("Cross", texts)


def _in(letters: str, alphabet: str) -> str:
    """Write letters from "a" to "t" in another script, each as one or two characters."""
    return "".join(alphabet[at % 10] * (1 + at // 10) for at in map("abcdefghijklmnopqrst".index, letters))


def _analyse(language: str, text: str) -> object:
    return candidates.find_candidates(text[:1000], text[: clean.CONTENT_LIMIT], language)


# Each step with the modules whose patterns it runs.
STEPS: dict[str, tuple[Step, list[ModuleType]]] = {
    "clean_article": (lambda text: clean.clean_article(text, text), []),
    "clean_text": (lambda text: clean.clean_text(text, clean.CONTENT_LIMIT), [clean]),
    "looks_like_markup": (markup.looks_like_markup, []),
    "text_of": (markup.text_of, [markup]),
    "with_text_in_brackets": (angle_brackets.with_text_in_brackets, [angle_brackets]),
    "without_notation": (notation.without_notation, [notation]),
    "without_references": (references.without_references, [references]),
    "without_tickers": (tickers.without_tickers, [tickers]),
    "notes": (_without_notes, [firm_notes, greetings, reference_lists, social_notes]),
    "article_of": (pages.article_of, [pages]),
    "without_markup": (markdown.without_markup, [markdown]),
    "unwrap": (wrapping.unwrap, [wrapping]),
    "own_lines": (
        lambda text: removal.own_lines(text[:300], lines.parse(text), {1}),
        [removal, credit_lines, listed_notes, page_sentences, lines],
    ),
    "own_lines of short lines": (lambda text: removal.own_lines("", lines.parse(text.replace(" ", "\n"))), []),
    "nfkc": (normal.nfkc, []),
    "collapse": (normal.collapse, [normal]),
    "remove_unseen": (normal.remove_unseen, []),
    "split_sentences": (sentences.split_sentences, [sentences]),
    "mask_addresses": (sentences.mask_addresses, []),
    "terms": (terms.terms, [terms]),
    "terms of Japanese": (lambda text: terms.terms(text, language="ja"), []),
    "words": (terms.words, []),
    "names": (terms.names, []),
    "detect": (language.detect, [language]),
    "morphemes": (morphemes.morphemes, [morphemes]),
    "is_code": (code.is_code, [code]),
    "is_statement": (code.is_statement, []),
    "is_readable": (fitness.is_readable, [fitness, openers]),
    "stands_alone": (fitness.stands_alone, []),
    "is_sentence": (fitness.is_sentence, []),
    "complete": (lambda text: whole_names.complete("Robert Fico", [text, f"Robert Fico {text}"]), [whole_names]),
    "complete with an owner": (_complete_owned, []),
    "complete_caseless": (
        lambda text: whole_words.complete_caseless("sắt tốc", [text, f"sắt tốc {text}"], frozenset(), 2),
        [whole_words],
    ),
    "with_letters_and_digits": (
        lambda text: whole_words.with_letters_and_digits("HBM", [text, f"HBM{text}"]),
        [],
    ),
    "label_from_title": (labels.label_from_title, []),
    "find_topics": (lambda text: topics.find_topics([[text]] * 2, ["en"] * 2, np.zeros(2, int)), [topics]),
    "settle_languages": (lambda text: languages.settle_languages([[text]], [None]), [languages]),
    "prepare_corpus": (_prepare_corpus, []),
    "hash embedding": (lambda text: hashing.HashingEmbedder().encode([text]), [hashing]),
    "English candidates": (partial(_analyse, "en"), [english, unknown_words, candidates, features]),
    "Japanese candidates": (partial(_analyse, "ja"), [japanese, citations]),
    "French candidates": (partial(_analyse, "fr"), [spaced]),
    "German candidates": (partial(_analyse, "de"), []),
    "Korean candidates": (partial(_analyse, "ko"), []),
    "Chinese candidates": (partial(_analyse, "zh"), []),
    "Thai candidates": (partial(_analyse, "th"), []),
    "presentable": (candidates.presentable, []),
    "extract": (_extract, []),
}
_SHORT_NEWS = (Path(tag_data.__file__).parent / "data" / "short_news.jsonl").read_text().splitlines()
NEWS: dict[str, str] = {article["lang"]: article["text"] for article in map(json.loads, _SHORT_NEWS)}
PATTERNS = [(name, pattern) for name, (_, modules) in STEPS.items() for pattern in patterns_of(*modules)]
MEGABYTE_STEPS = ["clean_article", "split_sentences", "is_readable", "words", "extract"]
MEGABYTE_SHAPES = [
    "a tag that does not end",
    "unclosed article divs with sentences",
    "divs with a word between",
    "tables in tables",
    "scripts",
    "entities escaped often",
    "a reference of many digits beside another",
    "marks of many classes",
    "characters that decompose into many",
    "surrogates in words",
    "one word",
    "one word with dots",
    "dots and an x",
    "exclamation marks and an x",
    "fences with words",
    "lines of one word",
    "links",
    "SELECT FROM",
    "shortcode brackets",
    "formula brackets",
    "speaker labels",
    "Thai in one line",
    "Japanese in one line",
    "Chinese",
    "emoji",
]


@pytest.mark.parametrize("name", STEPS)
def test_ten_times_the_input_takes_at_most_fifteen_times_the_time(name: str) -> None:
    step, _ = STEPS[name]
    faults = {shape: fault for shape, make in SHAPES.items() if (fault := growth_fault(step, make))}
    assert not faults


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=lambda value: value)
def test_no_repetition_of_what_a_pattern_is_made_of_makes_it_slow(name: str, pattern: str) -> None:
    step, modules = STEPS[name]
    made = repetitions(patterns_of(*modules)[pattern])
    faults = {shape: fault for shape, make in made if (fault := growth_fault(step, make))}
    assert not faults


@pytest.mark.parametrize("name", MEGABYTE_STEPS)
def test_a_megabyte_takes_at_most_three_seconds(name: str) -> None:
    step, _ = STEPS[name]
    faults = {shape: fault for shape in MEGABYTE_SHAPES if (fault := megabyte_fault(step, SHAPES[shape]))}
    assert not faults


def test_emoji_between_letters_take_time_in_proportion() -> None:
    assert not growth_fault(lambda text: clean.clean_article("", text), lambda n: f"あ{'😀' * n}い")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", lambda i: f"We saw Foo{i} and the Bars near it. "),
        ("en", lambda i: f"She saw My House {i.title()} and liked it. "),
        ("en", lambda i: f"They saw the old {i.title()} and the Women there. "),
        ("en", lambda i: f"They have seen Gone with {i.title()} in town. "),
        ("es", lambda i: f"Vio a Juan{i} López y a Juan{i} Pérez. "),
        ("ko", lambda i: f"배우 김{_in(i, '은하서준민지유진호영')} 씨는 말했다.\n"),
        ("zh", lambda i: f"记者宋予{_in(i, '安平山海云天石林木水')}说。"),
        ("ja", lambda i: f"{_in(i, 'さぬみよゆらりるれろ')}村で催しがあった。\n"),
    ],
    ids=[
        "bands",
        "works with the same first word",
        "people in bands",
        "verbs in works",
        "people who share a given name",
        "Korean people beside their roles",
        "Chinese people",
        "Japanese places",
    ],
)
def test_the_names_of_an_article_take_time_in_proportion(language: str, written: Callable[[str], str]) -> None:
    def names(n: int) -> str:
        letters = ("".join(triple) for triple in product("abcdefghijklmnopqrst", repeat=3))
        return "".join(map(written, letters))[: 8 * n]  # up to the length of a long article

    assert not growth_fault(partial(_analyse, language), names)


@pytest.mark.parametrize("language", NEWS)
def test_a_word_of_any_length_and_a_shouted_text_take_time_in_proportion(language: str) -> None:
    story = NEWS[language]
    words = re.findall(r"\w{2,12}", story)
    common, name = min(words, key=str.istitle), max(words, key=str.istitle)
    shapes: dict[str, Callable[[int], str]] = {
        "a word": lambda n: f"{story}\n{common * (n // len(common))}",
        "a name": lambda n: f"{story}\n{name.title()}{name.lower() * (n // len(name))}",
        "one letter": lambda n: f"{story} {common[0] * n}",
        "capitals": lambda n: (f"{story} ".upper() * n)[:n],
        "a letter in capitals": lambda n: f"{common[0].upper()} " * (n // 2),
    }
    faults = {
        shape: fault for shape, make in shapes.items() if (fault := growth_fault(partial(_analyse, language), make))
    }
    assert not faults


def test_every_combining_mark_counts_as_one() -> None:
    """Canonical ordering sorts runs of characters with a combining class; a mark left out of the class is quadratic."""
    marks = filter(unicodedata.combining, map(chr, range(sys.maxunicode + 1)))
    assert [mark for mark in marks if len(normal.nfkc("a" + mark * 100)) > 20] == []
