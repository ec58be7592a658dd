"""The table of languages: how the extraction reads each language, one row of data/languages.toml per language.

To add a language, add a row. A language without a row is read as words between spaces. Its stop words come from
wordfreq or, where wordfreq has none, are guessed from the text.

Scope: closed classes (articles, prepositions inside names, words of time, words without a topic) and each language's
reader, stemmer and verb rule. Out of scope: open classes. Nouns are never listed.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from alt_pipelines.data_files import data_file, whole_text
from alt_pipelines.text.stopwords import word_set

Reader = Literal["english", "japanese", "chinese", "korean", "inflected", "unspaced", "spaced"]


@dataclass(frozen=True, slots=True)
class Language:
    """How one language is read.

    Args:
        reader: the module that finds its words.
        longest: maximum number of words of a phrase; names may be longer.
        stemmer: Snowball algorithm that merges the counts of inflected forms; "" for none.
        elisions: prefixes with an apostrophe that are separate words (d'Orly), as a regular expression.
        suffixes: whether an apostrophe separates an ending (İstanbul'da).
        articles: words that mark the following word as a noun although it could be a verb.
        links: words inside a name of a person or place (Jan van der Meer), or inside a phrase that the text repeats.
        of: those of ``links`` that join a noun to its complement without an article (trains de nuit).
        infinitive: ending of a verb's dictionary form that other words seldom have, as a regular expression.
        finite: ending of a verb form, for languages whose nouns have dictionary forms like infinitives.
        participles: endings of a verb's participles; a noun that looks like an infinitive has no such form.
        instrumental: ending of a noun that has it in place of the last letter of its dictionary form, which looks like
            an infinitive (Polish częścią, część).
        noun_capitals: whether every noun is capitalised, so that a phrase ends in a capitalised word.
        calendar: weekdays and months, which are never a topic.
        weekdays: abbreviations of weekdays, which many languages use as words too (see ``spaced.days``).
        weak: further words without a topic.
        clitics: letters that are written together with the following word (Arabic; see ``spaced.arabic``).
        proclitics: whether prepositions and conjunctions are written together with the following word, and the article
            with its noun, without diacritics (Hebrew; see ``spaced.hebrew``).
        verbs_last: whether ``finite`` applies only at the end of a clause, because nouns have the same ending.
        saints: stop words that begin a name even at the start of a sentence (São Paulo).
        articled: places whose article is part of the name, also at the start of a sentence (Le Havre).
        newspapers: the national daily newspapers of the language's countries whose names begin with an article.
        lone_letters: whether a single letter is a word.
        names_end: whether a lower-case word never follows a name in its phrase, because adjectives precede their noun
            and compounds are one word.
        numerals: forms of numerals that the language composes (vierzehn, vingt-quatre, centesima), as a regular
            expression for whole words; also compounds of words of time (Mittwochabend).
        passive: endings of past participles, each with the ending of its infinitive. A participle after a noun is a
            verb in a headline ("campeurs évacués") and before a preposition.
        strong: ending of the past participles of irregular verbs, which many nouns also have (Italian aperto).
        light: forms of verbs that make a verb of the noun before them (Persian کنترل شد).
        auxiliaries: forms of verbs before which a participle is a verb (a été évacué).
        bound: ending of a word that is never the last one of a phrase (Persian چاه‌های).
        before_verbs: auxiliaries and negations before a verb; only for scripts without spaces.
        after_verbs: auxiliaries and endings after a verb; only for scripts without spaces.
        head_first: whether adjectives follow their noun, so that a later word of a phrase is seldom a noun.
        enclitics: pronouns written together with the infinitive before them (Spanish aprobarlo), as a regular
            expression.
        imperatives: endings of the imperative before such pronouns, each with the ending of its infinitive (tagliatela,
            tagliare).
        feminine: ending of the feminine form of a person's role (German Torhüterin), by which roles before a name are
            recognised.
        places: words that begin the name of a place or institution, generic ones (Thai ถนน, กระทรวง; Vietnamese sở, bộ;
            Persian دانشگاه) or those of clubs (Hebrew הפועל); only for these four languages.
        openers: words that make a noun of the following word (Thai การ, ความ); only for scripts without spaces.
        kinds: nouns for kinds of bodies and products, which describe the name after them (l'entreprise Brevo). In
            German and Dutch also as the end of a compound (Sicherheitsfirma).
        without: the words before a noun that say that it is lacking or avoided ("without a permit", "shuns comfort"),
            as a regular expression for lower case.
        function_words: how many of the language's most common words count as stop words; fewer where names and topics
            appear early in the list and have no capitals.
    """

    reader: Reader = "spaced"
    longest: int = 3
    stemmer: str = ""
    elisions: str = ""
    suffixes: bool = False
    articles: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    infinitive: str = ""
    finite: str = ""
    participles: tuple[str, ...] = ()
    instrumental: str = ""
    noun_capitals: bool = False
    calendar: frozenset[str] = frozenset()
    weekdays: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    clitics: str = ""
    proclitics: bool = False
    verbs_last: bool = False
    saints: frozenset[str] = frozenset()
    articled: frozenset[str] = frozenset()
    newspapers: frozenset[str] = frozenset()
    lone_letters: bool = False
    names_end: bool = False
    numerals: str = ""
    passive: tuple[tuple[str, str], ...] = ()
    strong: str = ""
    light: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    bound: str = ""
    before_verbs: frozenset[str] = frozenset()
    after_verbs: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    head_first: bool = False
    enclitics: str = ""
    imperatives: tuple[tuple[str, str], ...] = ()
    feminine: str = ""
    kinds: frozenset[str] = frozenset()
    without: str = ""
    function_words: int = 120


_LISTS = frozenset(
    {
        "articles",
        "links",
        "of",
        "calendar",
        "weekdays",
        "weak",
        "saints",
        "light",
        "auxiliaries",
        "before_verbs",
        "after_verbs",
        "openers",
        "places",
        "kinds",
    }
)
_OTHER = Language()


def language_of(code: str) -> Language:
    """Return the row of a two-letter code; the default row for a language without one."""
    return languages().get(code, _OTHER)


@lru_cache(maxsize=1)
def languages() -> dict[str, Language]:
    """Return all rows by two-letter code.

    Raises:
        DataFileError: languages.toml cannot be used.
    """
    with data_file(__package__, "data", "languages.toml") as file:
        table = tomllib.loads(whole_text(file))
        return {
            code: Language(**{key: _value(key, value) for key, value in row.items()}) for code, row in table.items()
        }


def _value(key: str, value: Any) -> Any:
    if key in _LISTS:
        return word_set(value)
    if key == "articled":
        return frozenset(value)
    if isinstance(value, list):
        return tuple(tuple(v) if isinstance(v, list) else v for v in value)
    return value
