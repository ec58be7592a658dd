"""What does not belong to a Japanese name at the edges of its phrase: 米|OpenAI, MF|松永大輝, 富山湾|内, 金沢―敦賀|間.

A run is a list of (surface, kind, index of the morpheme), as in ``japanese.chunk``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.japanese_words import UNITS
from alt_pipelines.text.morphemes import Morpheme
from alt_pipelines.text.stopwords import word_set

Run = list[tuple[str, str, int]]

_COUNTRIES = frozenset("米英独仏露伊豪韓印")  # one character for a country before a company: 独BMW
_POSITIONS = frozenset({"FW", "MF", "DF", "GK"})
_STANDINGS = word_set("地元 大手 中堅 老舗 強豪 名門 新鋭 若手 現役")
_PLACES = frozenset({"内", "上", "間", "中", "付近", "周辺", "近く", "脇", "沿い", "全体", "ごと", "側"})
_FOREIGN = re.compile("[ァ-ヴー・]{2,}|[A-Za-z][A-Za-z0-9.&+-]+")
_PERSON = "人名"


def trim(run: Run, tagged: Sequence[Morpheme]) -> None:
    """Remove a country, a standing, a position or a role before a name, and a word of place after it, from a run."""
    positions = [at for at, part in enumerate(run) if part[0] in _POSITIONS]
    if positions:
        del run[: positions[-1] + 1]  # ブラジル人FW|カルロス
    if len(run) < 2:
        return
    while len(run) > 1 and run[0][0] in _STANDINGS and _names(run[1], tagged):
        run.pop(0)
    if len(run) > 1 and run[0][0] in _COUNTRIES and run[1][0] not in UNITS and _names(run[1], tagged):
        run.pop(0)
    while len(run) > 1 and (run[-1][0] in _PLACES or run[-1][0] == "大手"):
        run.pop()
    if len(run) < 3 or tagged[run[-1][2]].pos3 != _PERSON:
        return
    person = [tagged[at].pos3 == _PERSON for _, _, at in run]
    if person[-2:] == [True, True] and not any(person[:-2]) and tagged[run[-3][2]].pos2 == "普通名詞":
        del run[:-2]


def _names(part: tuple[str, str, int], tagged: Sequence[Morpheme]) -> bool:
    """Whether a part of a run begins a name: a proper noun, katakana or Latin letters."""
    return tagged[part[2]].pos2 == "固有名詞" or _FOREIGN.fullmatch(part[0]) is not None


def with_full_names(
    phrases: Iterable[Phrase], lines: Iterable[Sequence[Morpheme]], title: Sequence[Morpheme]
) -> list[Phrase]:
    """Return the phrases, with a surname of the title as the only full name that begins with it: 西久保 (翔)."""
    headed = {morpheme.surface for morpheme in title if morpheme.pos3 == _PERSON}
    if not headed:
        return list(phrases)
    given = defaultdict(set)
    for tagged in lines:
        for one, other in pairwise(tagged):
            if one.surface in headed and one.pos3 == other.pos3 == _PERSON:
                given[one.surface].add(other.surface)
    out = []
    for phrase in phrases:
        names = given.get(phrase.words[0], ()) if len(phrase.words) == 1 else ()
        if len(names) == 1 and not phrase.marked:
            (name,) = names
            phrase = phrase._replace(words=(phrase.words[0], name), stems=(phrase.stems[0], name))
        out.append(phrase)
    return out
