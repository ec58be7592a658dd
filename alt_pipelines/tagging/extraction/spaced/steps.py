"""The steps that a language adds to the reading of ``spaced.analysis``, one table per stage.

    RUNS      on the runs of content words of the title or the body, before they are cut into phrases
    PIECES    on each phrase that is cut from a run, as long as its words have a place: its form
    PHRASES   on the phrases of the whole article: which stay, and in which form
    REPEATS   on the parts of phrases that the text repeats
    LAST      on phrases and parts together: those that say little alone

A line begins with the code of the language or with the property of its row in ``languages`` that the step belongs to.
To give a language a rule of its own, write it in the language's module and add a line here.

Scope: which step a language takes, and when. Out of scope: the rules themselves.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple, TypeVar

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced import titles, works
from alt_pipelines.tagging.extraction.spaced.arabic import words as arabic
from alt_pipelines.tagging.extraction.spaced.arabic.phrases import is_noun_after, roles
from alt_pipelines.tagging.extraction.spaced.arabic.runs import arabic_runs
from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.bare_names import with_bare_names
from alt_pipelines.tagging.extraction.spaced.foreign_names import with_foreign_names
from alt_pipelines.tagging.extraction.spaced.germanic import (
    german_bodies,
    german_genitives,
    german_neighbours,
    german_phrases,
    german_titles,
    swedish,
)
from alt_pipelines.tagging.extraction.spaced.hebrew import words as hebrew
from alt_pipelines.tagging.extraction.spaced.hebrew.phrases import hebrew_runs
from alt_pipelines.tagging.extraction.spaced.hindi import phrases as hindi_phrases
from alt_pipelines.tagging.extraction.spaced.hindi.words import is_oblique_plural
from alt_pipelines.tagging.extraction.spaced.hungarian import in_base_form
from alt_pipelines.tagging.extraction.spaced.labels import without_labels
from alt_pipelines.tagging.extraction.spaced.line_names import with_line_names, with_listed
from alt_pipelines.tagging.extraction.spaced.lower_names import LANGUAGES as LOWER_NAMES
from alt_pipelines.tagging.extraction.spaced.lower_names import with_lower_names
from alt_pipelines.tagging.extraction.spaced.persian import words as persian
from alt_pipelines.tagging.extraction.spaced.persian.phrases import in_bare_form, persian_runs, without_plurals
from alt_pipelines.tagging.extraction.spaced.place_names import with_countries, with_towns
from alt_pipelines.tagging.extraction.spaced.quoted_names import with_quoted
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.remnants import (
    is_lone_participle,
    without_counted,
    without_governing,
    without_scales,
)
from alt_pipelines.tagging.extraction.spaced.repeats import nouns_only, without_second_words
from alt_pipelines.tagging.extraction.spaced.romance.bodies import with_continued
from alt_pipelines.tagging.extraction.spaced.romance.inner import with_inner
from alt_pipelines.tagging.extraction.spaced.romance.landforms import with_landforms
from alt_pipelines.tagging.extraction.spaced.romance.people import people
from alt_pipelines.tagging.extraction.spaced.romance.places import with_places, without_bare_places
from alt_pipelines.tagging.extraction.spaced.slavic import czech, polish
from alt_pipelines.tagging.extraction.spaced.turkish import phrases as turkish_phrases
from alt_pipelines.tagging.extraction.spaced.turkish.cases import in_dictionary_form, is_half
from alt_pipelines.tagging.extraction.spaced.vietnamese import without_rests
from alt_pipelines.tagging.extraction.words.everyday import without_everyday
from alt_pipelines.tagging.extraction.words.frequencies import frequency

Runs = list[list[Placed]]
OnRuns = Callable[[Runs, Part, Article], Runs]
OnPiece = Callable[[list[Placed], Part, Article], Iterable[list[Placed]]]
OnPhrases = Callable[[Sequence[Phrase], Article], Sequence[Phrase]]
OnRepeats = Callable[[Sequence[Phrase], Sequence[Phrase], Article], Sequence[Phrase]]  # the parts, all phrases
_Step = TypeVar("_Step")
_ROMANCE = ("fr", "it", "es", "pt")  # the languages that the classes of landforms and complements are listed for
# Languages in Latin script in which words are not syllables, and which have lists of function words.
_LATIN = (*_ROMANCE, "ca", "ro", "de", "nl", "sv", "da", "no", "fi", "hu", "pl", "cs", "sk", "tr", "id")
# Languages that write only names with capitals, and in which a role stands before a name.
_ROLE_FIRST = (*_ROMANCE, "ca", "ro", "nl", "sv", "da", "no", "fi", "hu", "pl", "cs", "sk", "bg", "el")
_MOST_IN_TITLE = 2e-4  # share of the language; a commoner noun says little even in a title: طريق, חברה


class Steps(NamedTuple):
    """The steps of one language."""

    runs: Sequence[OnRuns]
    pieces: Sequence[OnPiece]
    phrases: Sequence[OnPhrases]
    repeats: Sequence[OnRepeats]
    last: Sequence[OnPhrases]


@lru_cache(maxsize=64)
def steps_of(code: str) -> Steps:
    """Return the steps of a language, by its code and its row."""
    row = language_of(code)

    def own(table: Sequence[tuple[str, _Step]]) -> list[_Step]:
        return [step for key, step in table if key == code or getattr(row, key, False)]

    return Steps(own(RUNS), own(PIECES), own(PHRASES), own(REPEATS), own(LAST))


def _each(parts_of: OnPiece) -> OnRuns:
    """Return the step that replaces each run by its parts."""
    return lambda runs, part, article: list(chain.from_iterable(parts_of(run, part, article) for run in runs))


def _single(is_fit: Callable[[str], bool]) -> OnRepeats:
    """Return the step that leaves out the parts of one word that is not fit."""
    return lambda pieces, _phrases, _article: [p for p in pieces if len(p.words) > 1 or is_fit(p.words[0])]


def _in_indefinite(piece: list[Placed], _part: Part, article: Article) -> Iterable[list[Placed]]:
    form = swedish.in_indefinite(piece, article.words, article.reading.capitals)
    return [form] if form else []


def _head_first(pieces: Sequence[Phrase], phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    small = article.row.links | article.row.articles
    return nouns_only(pieces, phrases, article, lambda before, _word: before.lower() in small)


def _unbound(pieces: Sequence[Phrase], _phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    ending = re.compile(f"(?:{article.row.bound})$")
    return [piece for piece in pieces if not ending.search(piece.words[-1])]


def _without_articles(pieces: Sequence[Phrase], _phrases: Sequence[Phrase], _article: Article) -> Sequence[Phrase]:
    return [p if len(p.words) > 1 else p._replace(words=(hebrew.without_article(p.words[0]),)) for p in pieces]


def _without_roles(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    held = roles(article.tokens, article.reading.stop)
    return [phrase for phrase in phrases if not held.issuperset(map(str.strip, phrase.words))] if held else phrases


def _everyday_as_written(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Leave out everyday nouns by the frequency of the word, not of its stem."""
    share = {p.stems[0]: frequency(p.words[0], article.reading.code) for p in phrases if len(p.stems) == 1}
    return without_everyday(phrases, article.in_title, article.names, share.__getitem__)


def _everyday(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    share = partial(frequency, language=article.reading.code)
    return without_everyday(phrases, article.in_title, article.names, share)


def _without_everyday_nouns(share: Callable[[str], float]) -> OnPhrases:
    """Return the step that leaves out everyday nouns of a script without capitals, by their ``share`` as written."""

    def step(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
        shares = {p.stems[0]: share(p.words[0]) for p in phrases if len(p.stems) == 1}
        return without_everyday(phrases, article.in_title, frozenset(), shares.__getitem__, _MOST_IN_TITLE)

    return step


RUNS: Sequence[tuple[str, OnRuns]] = (
    ("clitics", lambda runs, part, _: arabic_runs(part.tokens, runs, title=part.is_title)),
    ("proclitics", lambda runs, part, _: hebrew_runs(part.tokens, runs)),
    ("fa", lambda runs, part, article: persian_runs(part.tokens, runs, article.row.places)),
    ("head_first", _each(lambda run, part, article: without_governing(run, part.tokens, article.reading.code))),
    ("head_first", _each(people)),
    ("noun_capitals", _each(german_genitives.parts)),
    ("noun_capitals", _each(german_neighbours.parts)),
    ("pl", _each(lambda run, _, article: polish.at_cases(run))),
    ("cs", _each(lambda run, _, article: czech.parts(run, article.reading.capitals, article.pairs))),
    ("hi", _each(hindi_phrases.parts)),
    ("tr", _each(turkish_phrases.parts)),
    ("sv", _each(lambda run, _, article: swedish.parts(run, article.reading.capitals))),
)
PIECES: Sequence[tuple[str, OnPiece]] = (
    ("noun_capitals", lambda piece, part, article: [german_phrases.in_nominative(piece, part.tokens, article.words)]),
    ("fa", lambda piece, _part, _article: [in_bare_form(piece)]),
    ("sv", _in_indefinite),
    ("tr", lambda piece, _, article: in_dictionary_form(piece, article.reading.capitals)),
    ("tr", turkish_phrases.with_name),
)
PHRASES: Sequence[tuple[str, OnPhrases]] = (
    ("numerals", without_counted),
    ("numerals", without_scales),
    *((code, with_foreign_names) for code in _LATIN),
    *((code, with_bare_names) for code in _ROLE_FIRST),
    ("hu", in_base_form),
    ("noun_capitals", german_titles.with_titles),
    ("noun_capitals", german_phrases.with_ordinals),
    ("noun_capitals", german_bodies.with_bodies),
    ("noun_capitals", german_phrases.uninflected),
    ("head_first", with_continued),
    ("head_first", titles.with_titles),
    ("clitics", with_quoted),
    ("proclitics", with_quoted),
    ("fa", with_quoted),
    ("pl", titles.with_titles),
    ("nl", titles.with_titles),
    *((code, with_line_names) for code in (*_ROMANCE, "de")),
    *((code, with_listed) for code in _LATIN),
    ("fr", with_places),
    *((code, with_landforms) for code in _ROMANCE),
    (
        "passive",
        lambda phrases, article: [p for p in phrases if not is_lone_participle(p, article.reading, article.in_title)],
    ),
    ("pl", lambda phrases, article: polish.in_nominative(phrases, article.in_title, article.words)),
    ("cs", lambda phrases, article: czech.in_nominative(phrases, article.in_title, article.words)),
    ("hi", hindi_phrases.without_counted),
    ("hi", hindi_phrases.with_titles),
    ("tr", turkish_phrases.with_bodies),
    *((code, with_lower_names) for code in sorted(LOWER_NAMES)),
    *((code, works.with_works) for code in sorted(works.LANGUAGES)),
    ("lone_letters", lambda phrases, _: without_rests(phrases)),
)
REPEATS: Sequence[tuple[str, OnRepeats]] = (
    ("clitics", partial(nouns_only, is_noun=is_noun_after)),
    ("head_first", _head_first),
    *((code, with_inner) for code in _ROMANCE),
    ("noun_capitals", _single(lambda word: not word.islower())),  # not georgische
    ("bound", _unbound),
    ("suffixes", _single(lambda word: not is_half(word))),
    ("suffixes", turkish_phrases.without_beginnings),
    ("lone_letters", _single(str.isupper)),  # a syllable is seldom a word: nông, of nông dân
    ("proclitics", _without_articles),
    ("pl", lambda pieces, _, article: [p for p in pieces if not polish.is_oblique(p.words)]),
    (
        "cs",
        lambda pieces, _, article: [
            p for p in pieces if not czech.is_no_tag(p.words, in_title=p.stems[0] in article.in_title)
        ],
    ),
)
LAST: Sequence[tuple[str, OnPhrases]] = (
    *((code, without_second_words) for code in _LATIN),
    *((code, with_towns) for code in ("de", "nl", "pl", "cs")),
    *((code, with_countries) for code in (*_ROMANCE, "ca", "de", "nl", "pl", "cs", "sv")),
    ("head_first", without_bare_places),
    ("infinitive", without_labels),
    ("hi", lambda phrases, _: [phrase for phrase in phrases if not is_oblique_plural(phrase.words[-1].strip())]),
    ("clitics", _without_roles),
    ("clitics", _without_everyday_nouns(arabic.noun_share)),
    ("proclitics", _without_everyday_nouns(hebrew.noun_share)),
    ("fa", lambda phrases, _: without_plurals(phrases)),
    ("fa", _without_everyday_nouns(persian.noun_share)),
    ("tr", turkish_phrases.as_in_body),
    ("tr", _everyday_as_written),
    ("id", _everyday),
    ("pl", lambda phrases, article: polish.without_everyday_nouns(phrases, article.in_title, article.names)),
    ("sv", lambda phrases, article: swedish.without_common(phrases, article.in_title, article.names, article.folded)),
)
