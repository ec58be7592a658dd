"""Words of a language that say nothing about a topic: weekdays, months, words of time, numerals, adverbs and the like.

They are in the table of languages, which also says how the tagger reads each language; this module reads only them, for
callers that do not tag. English and Japanese have theirs in `stopwords`.
"""

import tomllib
from functools import lru_cache
from typing import Any, NamedTuple

from alt_pipelines.data_files import data_file, whole_text
from alt_pipelines.text.stopwords import FUNCTION_WORDS, word_set

_TABLE = ("tagging", "extraction", "data", "languages.toml")


class ClosedWords(NamedTuple):
    """Lower-case words of one language.

    ``calendar`` has weekdays, months and words of time. ``weak`` has words that may also be part of a name, where they
    have a capital; not so in German, where every noun has one (``noun_capitals``). ``suffixes``: whether an apostrophe
    separates an ending (İstanbul'da). ``function_words``: how many of the commonest words are stop words too.
    """

    calendar: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    noun_capitals: bool = False
    suffixes: bool = False
    function_words: int = FUNCTION_WORDS


_NONE = ClosedWords()


def closed_words(language: str) -> ClosedWords:
    """Return the words of a two-letter language; empty sets for a language without a row.

    Raises:
        DataFileError: languages.toml cannot be used.
    """
    return _rows().get(language, _NONE)


@lru_cache(maxsize=1)
def _rows() -> dict[str, ClosedWords]:
    with data_file("alt_pipelines", *_TABLE) as file:
        table: dict[str, dict[str, Any]] = tomllib.loads(whole_text(file))
        return {
            code: ClosedWords(
                word_set(row.get("calendar", "")),
                word_set(row.get("weak", "")),
                bool(row.get("noun_capitals")),
                bool(row.get("suffixes")),
                int(row.get("function_words", FUNCTION_WORDS)),
            )
            for code, row in table.items()
        }
