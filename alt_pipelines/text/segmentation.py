"""Words of the scripts that write none apart: Chinese with parts of speech, Thai, Lao, Khmer and Burmese without.

    chinese("捷運藍線預計明年動工")  ->  [Word("捷運", 0, "n"), ...]
    unspaced("ธนาคารกลาง")       ->  ["ธนาคาร", "กลาง"]

Chinese is jieba's dictionary and hidden Markov model (rjieba), asked in simplified characters whatever was written:
simplification is character by character, so places stay what they are. The others are ICU's dictionaries. Both are
loaded when the first text needs them.
"""

import gzip
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgpack

PIECE = 5000  # characters given to a segmenter at once, so that no input costs more than linear time


UNREADABLE = re.compile("[\x00\ud800-\udfff]")  # what no library behind this module or Korean's takes


class Word(NamedTuple):
    """A word as written, its place in the text, and jieba's part of speech (n, v, nr, ...)."""

    surface: str
    start: int
    pos: str


def chinese(text: str) -> list[Word]:
    """Words of a Chinese text in order; their surfaces concatenate to the text."""
    import rjieba  # 0.3 s and 65 MB: only for those who read Chinese

    simple = UNREADABLE.sub(" ", text).translate(_simplification())
    found: list[Word] = []
    at = 0
    for start in range(0, len(simple), PIECE):
        for word, pos in rjieba.tag(simple[start : start + PIECE]):
            found.append(Word(text[at : at + len(word)], at, pos))
            at += len(word)
    return found


def unspaced(text: str, language: str) -> list[str]:
    """Words of one stretch of Thai, Lao, Khmer or Burmese; their concatenation is the stretch."""
    from icu4py.breakers import WordBreaker  # 42 MB of ICU: only for those who read these scripts

    words: list[str] = []
    text = UNREADABLE.sub(" ", text)
    for start in range(0, len(text), PIECE):
        piece = text[start : start + PIECE]
        words += [piece[first:last] for first, last in WordBreaker(piece, language).segments()]
    return words


@lru_cache(maxsize=1)
def _simplification() -> dict[int, str]:
    """Traditional to simplified characters, one for one, from wordfreq's data."""
    packed: Any = msgpack.unpackb(
        gzip.decompress(files("wordfreq").joinpath("data/_chinese_mapping.msgpack.gz").read_bytes()),
        raw=False,
        strict_map_key=False,
    )
    return {int(code): simple for code, simple in packed.items() if len(simple) == 1}
