"""Word segmentation of scripts without spaces: Chinese with parts of speech; Thai, Lao, Khmer and Burmese without.

    chinese("捷運藍線預計明年動工")  ->  [Word("捷運", 0, "n"), ...]
    unspaced("ธนาคารกลาง")       ->  ["ธนาคาร", "กลาง"]

Chinese uses jieba's dictionary and hidden Markov model (rjieba), on text converted to simplified characters. The
conversion is character by character, so positions stay the same. The others use ICU's dictionaries. Both are loaded on
first use.
"""

import gzip
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgpack

from alt_pipelines.text.scripts import UNSPACED

_UNSPACED = re.compile(f"[{UNSPACED}]")
_LANGUAGES = (("\u0e7f", "th"), ("\u0eff", "lo"), ("\u109f", "my"), ("\u17ff", "km"))  # up to this letter
PIECE = 5000  # characters passed to a segmenter at once, which keeps the time linear


UNREADABLE = re.compile("[\x00\ud800-\udfff]")  # characters that neither these libraries nor the Korean analyser accept


class Word(NamedTuple):
    """A word as written, its position in the text, and jieba's part of speech (n, v, nr, ...)."""

    surface: str
    start: int
    pos: str


def chinese(text: str) -> list[Word]:
    """Return the words of a Chinese text in order; their surfaces concatenate to the text."""
    import rjieba  # takes 0.3 s and 65 MB

    simple = simplified_text(UNREADABLE.sub(" ", text))
    found: list[Word] = []
    at = 0
    for start in range(0, len(simple), PIECE):
        for word, pos in rjieba.tag(simple[start : start + PIECE]):
            found.append(Word(text[at : at + len(word)], at, pos))
            at += len(word)
    return found


@lru_cache(maxsize=16384)
def simplified(word: str) -> str:
    """Return a word in simplified characters, of the same length. An article asks for the same words many times."""
    return simplified_text(word)


def simplified_text(text: str) -> str:
    """Return a text in simplified characters, of the same length."""
    return text.translate(_simplification())


def language_of_unspaced(text: str) -> str:
    """Return the language of the script without spaces that a text begins in: th, lo, my or km; "" for any other."""
    if not text or not _UNSPACED.match(text):
        return ""
    return next(code for last, code in _LANGUAGES if text[0] <= last)


def unspaced(text: str, language: str) -> list[str]:
    """Return the words of one stretch of Thai, Lao, Khmer or Burmese; they concatenate to the stretch."""
    from icu4py.breakers import WordBreaker  # loads 42 MB of ICU

    words: list[str] = []
    text = UNREADABLE.sub(" ", text)
    for start in range(0, len(text), PIECE):
        piece = text[start : start + PIECE]
        words += [piece[first:last] for first, last in WordBreaker(piece, language).segments()]
    return words


@lru_cache(maxsize=1)
def _simplification() -> dict[int, str]:
    """Return the one-to-one mapping of traditional to simplified characters, from wordfreq's data."""
    packed: Any = msgpack.unpackb(
        gzip.decompress(files("wordfreq").joinpath("data/_chinese_mapping.msgpack.gz").read_bytes()),
        raw=False,
        strict_map_key=False,
    )
    return {int(code): simple for code, simple in packed.items() if len(simple) == 1}
