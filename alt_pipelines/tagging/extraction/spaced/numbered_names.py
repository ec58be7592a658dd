"""Stop words that are names when a number follows: France 3, PHP 8.4, Mai 68."""

from alt_pipelines.tagging.extraction.spaced.reading import Reading
from alt_pipelines.tagging.extraction.words.verbs import is_word
from alt_pipelines.text.stopwords import WEB

_SHORTEST_NAME = 5  # letters of a frequent name
_YEAR = 2  # digits


def is_frequent_name(word: str, reading: Reading) -> bool:
    """Whether a word is a stop word only because it is frequent: France, which the French dictionary lacks."""
    low = word.lower()
    known = low in reading.listed or is_word(low, reading.code) or len(low) < _SHORTEST_NAME
    return reading.row.head_first and word.istitle() and not known


def is_numbered_name(word: str, number: str, reading: Reading) -> bool:
    """Whether a stop word with a number is a name: France 3, an abbreviation of the web (PHP 8.4), Mai 68."""
    low = word.lower()
    if is_frequent_name(word, reading) or (word.isupper() and (low in WEB or _is_model(word, number, reading))):
        return True
    month = word.istitle() and low in reading.row.calendar and low in reading.capitals
    dated = (word, number) not in reading.numbered or len(number) != _YEAR or reading.row.noun_capitals
    return month and not dated


def _is_model(word: str, number: str, reading: Reading) -> bool:
    """Whether the text repeats a word in capitals with a number: 737 MAX 9."""
    return len(word) > _YEAR and (word, number) in reading.numbered
