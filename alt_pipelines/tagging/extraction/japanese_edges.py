"""What does not belong to a Japanese name at the edges of its phrase: 米|OpenAI, MF|松永大輝, 植田和男|総裁, 富山湾|内.

A run is a list of (surface, kind, index of the morpheme), as in ``japanese.chunk``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.japanese_names import RANKS
from alt_pipelines.tagging.extraction.japanese_words import UNITS
from alt_pipelines.text.morphemes import Morpheme
from alt_pipelines.text.scripts import is_han
from alt_pipelines.text.stopwords import word_set

Run = list[tuple[str, str, int]]

_COUNTRIES = frozenset("米英独仏露伊豪韓印")  # one character for a country before a company: 独BMW
_POSITIONS = frozenset({"FW", "MF", "DF", "GK"})
_STANDINGS = word_set("地元 大手 中堅 老舗 強豪 名門 新鋭 若手 現役") | RANKS
# Endings of roles after a person's name: 植田和男|総裁, but not 三島由紀夫賞.
_ROLE = re.compile(
    "..*(?:[手員長督裁授官者士師臣相領事役優将]|代表|被告|作家|画家|アナ|エコノミスト|ストラテジスト|アナリスト"
    "|竜王|名人|王位|王座|棋王|棋聖|叡王|本因坊|天元|十段|碁聖)"  # titles of shogi and go
)
_LONGEST_ROLE = 3  # morphemes: チーフ|エコノミスト
_LONGEST_GIVEN = 3  # morphemes of a given name that the analyser does not know: 朗|希
_PLACES = frozenset({"内", "上", "間", "中", "付近", "周辺", "近く", "脇", "沿い", "全体", "ごと", "側"})
_FOREIGN = re.compile("[ァ-ヴー・]{2,}|[A-Za-z][A-Za-z0-9.&+-]+")
_PERSON = "人名"
_PLACE = "地名"
_ADDRESS = frozenset("氏君様殿")
_PREFECTURES = frozenset("都府県")


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
    del run[len(run) - _role_after_name(run, tagged) :]
    if len(run) < 3 or tagged[run[-1][2]].pos3 != _PERSON:
        return
    person = [tagged[at].pos3 == _PERSON for _, _, at in run]
    if person[-2:] == [True, True] and not any(person[:-2]) and tagged[run[-3][2]].pos2 == "普通名詞":
        del run[:-2]


def ends_prefecture(run: Run, following: Morpheme) -> bool:
    """Whether a run is a prefecture and the next morpheme a place in it; each is a tag of its own: 岩手県|宮古市."""
    prefecture = run[-1][0] == "北海道" or (run[-1][0] in _PREFECTURES and 1 < len(run) < 4)
    return prefecture and following.pos3 == _PLACE


def _names(part: tuple[str, str, int], tagged: Sequence[Morpheme]) -> bool:
    """Whether a part of a run begins a name: a proper noun, katakana or Latin letters."""
    return tagged[part[2]].pos2 == "固有名詞" or _FOREIGN.fullmatch(part[0]) is not None


def _role_after_name(run: Run, tagged: Sequence[Morpheme]) -> int:
    """Return the number of parts at the end of a run that are the role of the person whose full name precedes them."""
    if len(run) < 3 or not _ROLE.fullmatch("".join(surface for surface, _, _ in run[-_LONGEST_ROLE:])):
        return 0
    people = [at for at, (_, _, index) in enumerate(run) if tagged[index].pos3 == _PERSON]
    if not people:
        return 0
    end = people[-1] + 1
    while end < min(len(run), people[0] + _LONGEST_GIVEN) and _is_given(run[end], tagged, known=len(people) > 1):
        end += 1  # 佐々木|朗|希, ダルビッシュ|有
    if end == people[0] + 1:
        return 0
    role = run[end:]
    common = all(tagged[index].pos2 in ("普通名詞", "名詞的") for _, _, index in role)
    fits = 0 < len(role) <= _LONGEST_ROLE and _ROLE.fullmatch("".join(surface for surface, _, _ in role))
    return len(role) if common and fits else 0


def _given_name(after: Sequence[Morpheme]) -> tuple[str, ...]:
    """Return the parts of a given name at the beginning of the morphemes after a surname: 朗|希, 優|磨."""
    kanji = ("接頭辞", "接尾辞")
    name = takewhile(lambda m: m.pos3 == _PERSON or (m.pos1 in kanji and len(m.surface) == 1), after)
    return tuple(m.surface for m in name if m.surface not in _ADDRESS)


def _is_given(part: tuple[str, str, int], tagged: Sequence[Morpheme], *, known: bool) -> bool:
    """Whether a part is one kanji of a given name that the analyser does not know. ``known``: it knows the others."""
    surface, _, index = part
    return is_han(surface) and (not known or tagged[index].pos2 != "普通名詞")


def with_full_names(
    phrases: Iterable[Phrase], lines: Iterable[Sequence[Morpheme]], title: Sequence[Morpheme]
) -> list[Phrase]:
    """Return the phrases, with a surname of the title as the only full name that begins with it: 西久保 (翔)."""
    headed = {morpheme.surface for morpheme in title if morpheme.pos3 == _PERSON}
    if not headed:
        return list(phrases)
    given: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for tagged in lines:
        for at, (one, other) in enumerate(pairwise(tagged)):
            if one.surface in headed and one.pos3 == other.pos3 == _PERSON:
                given[one.surface].add(_given_name(tagged[at + 1 : at + _LONGEST_GIVEN]))
    out = []
    for phrase in phrases:
        names = given.get(phrase.words[0], ()) if len(phrase.words) == 1 else ()
        if len(names) == 1 and not phrase.marked:
            (name,) = names
            phrase = phrase._replace(words=(phrase.words[0], *name), stems=(phrase.stems[0], *name))
        out.append(phrase)
    return out
