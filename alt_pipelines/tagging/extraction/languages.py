"""The table of languages: what the extraction needs to know of each, one row of data/languages.toml per language.

A new language is one row. A language without a row is read as words between spaces, with the stop words that wordfreq
has for it or, where it has none, with those guessed from the text.

Scope: closed classes (articles, prepositions inside names, words of time, words that carry no topic) and which reader,
stemmer and verb rule a language has. Out of scope: open classes. A noun is never listed here.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from alt_pipelines.text.stopwords import word_set

Reader = Literal["english", "japanese", "chinese", "korean", "unspaced", "spaced"]


@dataclass(frozen=True, slots=True)
class Language:
    """How one language is read.

    Args:
        reader: which module finds its words.
        longest: words of a phrase at most; names may be longer.
        stemmer: Snowball algorithm under which its inflected forms are counted together; "" for none.
        elisions: prefixes with an apostrophe that are words of their own (d'Orly), as a regular expression.
        suffixes: whether an apostrophe sets off an ending (İstanbul'da).
        articles: words behind which a word is a noun although it could be a verb.
        links: words inside a name of a person or place (Jan van der Meer), and of a phrase that the text repeats.
        infinitive: what the dictionary form of a verb ends in, and only a verb's or seldom another's.
        finite: what a verb form ends in, for languages whose nouns have dictionary forms like infinitives.
        participles: endings that an infinitive has instead of its own in other forms, to tell it from a noun.
        noun_capitals: whether every noun has a capital, so that a phrase ends in one.
        calendar: weekdays and months, which are never a topic.
        weak: further words that carry no topic.
        clitics: letters that are written together with the word behind them.
        affixes: letters before and behind a dictionary form that make a verb form of it (Arabic: تشمل, أعلنت).
        verbs_last: whether ``finite`` holds at the end of a clause only, because nouns end so as well.
        saints: words that open a name even at the beginning of a sentence, although they are stop words (São Paulo).
        lone_letters: whether a single letter is a word.
        function_words: how many of the language's commonest words are taken for grammar; fewer where names and topics
            begin early in the list and no capital tells them.
    """

    reader: Reader = "spaced"
    longest: int = 3
    stemmer: str = ""
    elisions: str = ""
    suffixes: bool = False
    articles: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    infinitive: str = ""
    finite: str = ""
    participles: tuple[str, ...] = ()
    noun_capitals: bool = False
    calendar: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    clitics: str = ""
    affixes: tuple[str, str] = ("", "")
    verbs_last: bool = False
    saints: frozenset[str] = frozenset()
    lone_letters: bool = False
    function_words: int = 120


_LISTS = frozenset({"articles", "links", "calendar", "weak", "saints"})
_OTHER = Language()


def language_of(code: str) -> Language:
    """The row of a two-letter code; the plain row for a language that has none."""
    return languages().get(code, _OTHER)


@lru_cache(maxsize=1)
def languages() -> dict[str, Language]:
    """Every row by its two-letter code."""
    table = tomllib.loads(files(__package__).joinpath("data", "languages.toml").read_text("utf-8"))
    return {code: Language(**{key: _value(key, value) for key, value in row.items()}) for code, row in table.items()}


def _value(key: str, value: Any) -> Any:
    if key in _LISTS:
        return word_set(value)
    return tuple(value) if isinstance(value, list) else value
