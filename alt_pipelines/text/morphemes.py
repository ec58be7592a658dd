"""The Japanese morphological analyser (MeCab with UniDic), behind one bounded, plain-data function.

Here: loading the dictionary once per thread, and feeding it pieces so small that no input makes it slow or large.
Not here: what is done with the morphemes; topic terms are in ``terms``, tag candidates in ``tagging.japanese``.
"""

import re
import threading
from collections.abc import Iterator
from typing import NamedTuple

import fugashi

from alt_pipelines.text.normal import storable

PIECE = 2000  # characters given to MeCab at once; its lattice grows with the line, and no phrase is longer than this
_BREAK = re.compile("[。、！？!?,.\\s）」』]")
_local = threading.local()  # a MeCab tagger keeps the lattice of its last sentence: one per thread


class Morpheme(NamedTuple):
    """A surface form with three levels of its UniDic part of speech, e.g. ("東京", "名詞", "固有名詞", "地名")."""

    surface: str
    pos1: str
    pos2: str
    pos3: str


SPACE = Morpheme(" ", "空白", "", "")


def morphemes(line: str) -> list[Morpheme]:
    """Morphemes of one line in order; white space between two is a ``SPACE``. Linear time, whatever the length."""
    tagger = _tagger()
    found = []
    for piece in _pieces(storable(line.replace("\x00", " "))):
        for node in tagger(piece):
            if node.white_space:
                found.append(SPACE)
            feature = node.feature
            found.append(Morpheme(node.surface, feature.pos1, feature.pos2 or "", feature.pos3 or ""))
    return found


def _tagger() -> fugashi.Tagger:
    tagger = getattr(_local, "tagger", None)
    if tagger is None:
        tagger = _local.tagger = fugashi.Tagger()
    return tagger


def _pieces(line: str) -> Iterator[str]:
    """A long line cut after punctuation or white space where there is some, else anywhere."""
    start = 0
    while len(line) - start > PIECE:
        window = line[start : start + PIECE]
        cut = max((m.end() for m in _BREAK.finditer(window, PIECE // 2)), default=PIECE)
        yield window[:cut]
        start += cut
    yield line[start:]
