"""The words of a Japanese line: the analyser's morphemes, with the names that it splits joined again.

words_of("C#とHTV-X1")  ->  [Morpheme("C#", ...), Morpheme("と", ...), Morpheme("HTV-X1", ...)]
"""

import re
from itertools import accumulate

from alt_pipelines.tagging.extraction.shapes import enclosing, spans
from alt_pipelines.text.morphemes import Morpheme, morphemes

_SIGNED = re.compile(r"[.+#(&]|\w-\w*\d")
_DECIMAL = re.compile(r"\d\.\d")
_KATAKANA = re.compile("[ァ-ヴー]+")
_PARTED = re.compile("[ァ-ヴー]{2}|[ァ-ヴー]・[ァ-ヴー]")  # what the analyser may have split
_NOMINAL = frozenset({"名詞", "接尾辞", "接頭辞", "記号"})
_LONGEST_WORD = 30  # characters of a katakana word that is joined from parts


def words_of(line: str) -> list[Morpheme]:
    """Return the morphemes of a line. A name of letters and digits (C#, HTV-X1) is one, and so is a katakana word
    that a wrong dictionary entry splits (ウ + サイン・ボルト).
    """
    tagged = morphemes(line)
    signed = [(first, first + size) for first, last in spans(line) if (size := _one_word(line[first:last]))]
    if not signed and not _PARTED.search(line):
        return tagged
    starts = list(accumulate((len(morpheme.surface) for morpheme in tagged), initial=0))[:-1]
    out: list[Morpheme] = []
    for morpheme, start, name in zip(tagged, starts, enclosing(starts, signed), strict=True):
        if name is not None:
            if start == name[0]:
                out.append(Morpheme(line[slice(*name)], "名詞", "固有名詞", "一般"))
        elif len(out) > 1 and out[-1].surface == "・" and _foreign(out[-2], morpheme):
            out.append(Morpheme(morpheme.surface, "名詞", "固有名詞", "一般"))
        elif out and _parted(out[-1], morpheme):
            out[-1] = Morpheme(out[-1].surface + morpheme.surface, "名詞", "固有名詞", "一般")
        else:
            out.append(morpheme)
    return out


def _one_word(name: str) -> int:
    """Return how many characters of a name are one word that the analyser would split: C#, HTV-X1, Go 1.24; 0 for none.

    Of Node.js 22, the first word is one.
    """
    word = name if _DECIMAL.search(name) else name.partition(" ")[0]
    return len(word) if _SIGNED.search(word) else 0


def _foreign(one: Morpheme, other: Morpheme) -> bool:
    """Whether a katakana word after ・ continues a foreign name whatever its tag: ベンジャミン・ミー."""
    return _KATAKANA.fullmatch(one.surface) is not None and _KATAKANA.fullmatch(other.surface) is not None


def _parted(one: Morpheme, other: Morpheme) -> bool:
    """Whether two neighbours are one katakana word: both are katakana, and one of them is not tagged as a noun."""
    if len(one.surface) > _LONGEST_WORD:  # a run of katakana without an end is no word, and joining it is quadratic
        return False
    if not (_KATAKANA.fullmatch(one.surface) and _KATAKANA.fullmatch(other.surface)):
        return False
    return one.pos1 not in _NOMINAL or other.pos1 not in _NOMINAL
