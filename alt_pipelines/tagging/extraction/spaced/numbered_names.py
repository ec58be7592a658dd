"""Names that begin with a stop word and have a number: France 3, PHP 8.4, Mai 68, Euro 5."""

import re

from alt_pipelines.tagging.extraction.spaced.reading import Reading
from alt_pipelines.tagging.extraction.words.verbs import is_word
from alt_pipelines.text.stopwords import WEB

_SHORTEST_NAME = 5  # letters of a frequent name
_YEAR = 2  # digits of a year after a month
_STANDARDS = frozenset({"Euro", "EURO"})
_STAGE = re.compile("[1-7](?:[a-e]|-TEMP)?")


def is_frequent_name(word: str, reading: Reading) -> bool:
    """Whether a word is a stop word only because it is frequent: France, which the French dictionary lacks."""
    low = word.lower()
    known = low in reading.listed or is_word(low, reading.code) or len(low) < _SHORTEST_NAME
    return reading.row.head_first and word.istitle() and not known


def is_numbered_name(word: str, number: str, reading: Reading) -> bool:
    """Whether a stop word with a number is a name: France 3, an abbreviation of the web (PHP 8.4), Mai 68."""
    low = word.lower()
    if is_frequent_name(word, reading) or is_standard(word, number) or (word.isupper() and low in WEB):
        return True
    month = word.istitle() and low in reading.row.calendar and low in reading.capitals
    dated = (word, number) not in reading.numbered or len(number) != _YEAR or reading.row.noun_capitals
    return month and not dated


def is_standard(word: str, number: str) -> bool:
    """Whether a word and a number are a European emission standard, which begins like an amount: Euro 5, Euro 6d."""
    return word in _STANDARDS and _STAGE.fullmatch(number) is not None
