"""The Japanese morphological analyser (MeCab with UniDic), behind one function that returns plain data.

The dictionary is loaded once per thread. The input is passed in pieces, so that time stays linear and memory bounded
for any input.
"""

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import fugashi

from alt_pipelines.text.normal import storable

PIECE = 1000  # characters passed to MeCab at once: twice as many take three times as long; no phrase is longer
_BREAK = re.compile("[。、！？!?,.\\s）」』]")
# One line per morpheme: its surface with the white space before it, and three levels of its part of speech. Reading
# MeCab's lines takes half the time of reading its nodes, with the same result.
_FORMAT = r"%M\t%f[0]\t%f[1]\t%f[2]\n"
_SPACES = " \t\n\v"
_SPACE = re.compile(f"[{_SPACES}]")
_ONE_LINE = {0: " ", 10: " "}
_local = threading.local()  # one tagger per thread, because a MeCab tagger keeps the lattice of its last sentence


class Morpheme(NamedTuple):
    """A surface form with three levels of its UniDic part of speech, e.g. ("東京", "名詞", "固有名詞", "地名")."""

    surface: str
    pos1: str
    pos2: str
    pos3: str


SPACE = Morpheme(" ", "空白", "", "")


def morphemes(line: str) -> list[Morpheme]:
    """Return the morphemes of one line in order; white space between two is a ``SPACE``. Linear time for any length."""
    tagger = _tagger()
    found: list[Morpheme] = []
    for piece in _pieces(storable(line.translate(_ONE_LINE))):
        lines = tagger.parse(piece).split("\n")
        del lines[-1]  # EOS
        if not _SPACE.search(piece):
            found += map(_read, lines)
            continue
        for morpheme in lines:
            if morpheme[0] in _SPACES:
                found.append(SPACE)
            found.append(_read(morpheme))
    return found


@lru_cache(maxsize=16384)
def _read(line: str) -> Morpheme:
    surface, pos1, pos2, pos3 = line.rsplit("\t", 3)
    return Morpheme(surface.lstrip(_SPACES), pos1, pos2 or "*", pos3 or "*")


def _tagger() -> fugashi.Tagger:
    tagger = getattr(_local, "tagger", None)
    if tagger is None:
        tagger = _local.tagger = fugashi.Tagger(f'-O "" -F"{_FORMAT}" -U"{_FORMAT}"')
    return tagger


def _pieces(line: str) -> Iterator[str]:
    """Cut a long line into pieces, after punctuation or white space where possible."""
    start = 0
    while len(line) - start > PIECE:
        window = line[start : start + PIECE]
        cut = max((m.end() for m in _BREAK.finditer(window, PIECE // 2)), default=PIECE)
        yield window[:cut]
        start += cut
    yield line[start:]
