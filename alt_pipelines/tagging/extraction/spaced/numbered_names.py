"""Names that begin with a number or a stop word: 737 MAX 9, France 3, PHP 8.4, Mai 68, Euro 5."""

import re
from collections.abc import Sequence

from alt_pipelines.tagging.extraction.spaced.reading import Reading
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.words.verbs import is_word
from alt_pipelines.text.stopwords import WEB, word_set

_SHORTEST_NAME = 5  # letters of a frequent name
_YEAR = 2  # digits
_MODEL = re.compile(r"\d{3}")
_VERSION = re.compile("[1-9]")
_STANDARDS = frozenset({"Euro", "EURO"})
_STAGE = re.compile("[1-7](?:[a-e]|-TEMP)?")
_UNITS = word_set("KM KG KW MW GW MB GB TB HP PS CV")


def is_frequent_name(word: str, reading: Reading) -> bool:
    """Whether a word is a stop word only because it is frequent: France, which the French dictionary lacks."""
    low = word.lower()
    known = low in reading.listed or is_word(low, reading.code) or len(low) < _SHORTEST_NAME
    return reading.row.head_first and word.istitle() and not known


def is_numbered_name(word: str, number: str, reading: Reading) -> bool:
    """Whether a stop word with a number is a name: France 3, an abbreviation of the web (PHP 8.4), Mai 68."""
    low = word.lower()
    if (
        is_frequent_name(word, reading)
        or is_standard(word, number)
        or (word.isupper() and (low in WEB or _is_model(word, number, reading)))
    ):
        return True
    month = word.istitle() and low in reading.row.calendar and low in reading.capitals
    dated = (word, number) not in reading.numbered or len(number) != _YEAR or reading.row.noun_capitals
    return month and not dated


def is_standard(word: str, number: str) -> bool:
    """Whether a word and a number are a European emission standard, which begins like an amount: Euro 5, Euro 6d."""
    return word in _STANDARDS and _STAGE.fullmatch(number) is not None


def begins_model(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number of three digits begins the name of a model, whose letters and digit follow: 737 MAX 9."""
    if index + 2 >= len(tokens) or _MODEL.fullmatch(tokens[index].text) is None:
        return False
    number, letters, version = tokens[index : index + 3]
    adjacent = number.end + 1 == letters.start and letters.end + 1 == version.start
    named = letters.text.isupper() and letters.text.isalpha() and len(letters.text) > 1 and letters.text not in _UNITS
    return adjacent and named and _VERSION.fullmatch(version.text) is not None


def _is_model(word: str, number: str, reading: Reading) -> bool:
    """Whether the text repeats a word in capitals with a number: 737 MAX 9."""
    return len(word) > _YEAR and (word, number) in reading.numbered
