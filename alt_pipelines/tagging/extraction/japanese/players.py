"""Japanese people whose given name the analyser does not know, whom the text also calls by surname and rank.

    people_by_rank("", "白鳥蒼真四段は…。白鳥四段は…")       ->  {"白鳥蒼真": 2}, the length of the surname
    with_people(line, 白鳥 蒼 真 四 段, {"白鳥蒼真": 2})  ->  白鳥/人名 蒼真/人名 四 段

Both forms stand before a rank of shogi or go, a form of address or an age, and the surname is a proper noun.
"""

import re
from collections import defaultdict
from collections.abc import Mapping

from alt_pipelines.tagging.extraction.japanese.edges import is_role
from alt_pipelines.tagging.extraction.string_finder import StringFinder
from alt_pipelines.text.morphemes import Morpheme, morphemes
from alt_pipelines.text.scripts import HAN

_RANK = "(?:女流)?(?:[初二三四五六七八九十]段|[二三四五六七八]冠)"
_NAME = f"[{HAN}ノヶ]"  # 一ノ瀬
_CALLED = re.compile(rf"(?<!{_NAME})({_NAME}{{2,6}}?)(?:({_RANK}|さん|氏|容疑者|被告)|(?=[(（]\d\d[)）]))")
_SURNAMES = range(2, 4)  # characters
_LONGEST_GIVEN = 3
_MOST = 30  # people of an article
_NUMERALS = frozenset("初一二三四五六七八九十")
_NO_NAMES = frozenset("両各同元前現新旧故准副総") | _NUMERALS  # 岡田両氏, 岡田元被告
_PERSON = ("名詞", "固有名詞", "人名")


def people_by_rank(title: str, text: str) -> dict[str, int]:
    """Return such full names, each with the length of its surname. Linear in the article's length.

    A surname that begins two full names is left out.
    """
    called = dict.fromkeys(_CALLED.findall(f"{title}\n{text}"))
    full: defaultdict[str, set[str]] = defaultdict(set)
    for form, _ in called:
        for size in range(max(_SURNAMES.start, len(form) - _LONGEST_GIVEN), len(form)):
            if _is_given(form[size:]):
                full[form[:size]].add(form)
    short = [(form, end) for form, end in called if end and len(form) in _SURNAMES and len(full.get(form, ())) == 1]
    named = [(next(iter(full[form])), form) for form, end in short[:_MOST] if _is_noun(form, end)]
    return {name: len(form) for name, form in named if not _is_noun(name, "さん")}


def with_people(line: str, tagged: list[Morpheme], people: Mapping[str, int]) -> list[Morpheme]:
    """Return the morphemes of a line, with each such name as a surname and a given name. Linear in their number.

    The analyser may read the beginning of the rank with the given name: 颯|汰二|冠.
    """
    if not any(name in line for name in people) or "".join(m.surface for m in tagged) != line:
        return tagged
    ends = dict(StringFinder(people).spans(line))
    out: list[Morpheme] = []
    start = stop = 0  # of the morpheme, and of the name before it
    for morpheme in tagged:
        last = start + len(morpheme.surface)
        if start >= stop and start in ends:
            stop = ends[start]
            size = people[line[start:stop]]
            out += [Morpheme(line[start : start + size], *_PERSON), Morpheme(line[start + size : stop], *_PERSON)]
        elif start >= stop:
            out.append(morpheme)
        if start < stop < last:
            rest = line[stop:last]
            out.append(Morpheme(rest, "名詞", *(("数詞", "*") if rest in _NUMERALS else ("普通名詞", "一般"))))
        start = last
    return out


def _is_given(name: str) -> bool:
    """Whether characters after a surname may be a given name, and not a role or a word before a form of address."""
    return not (name[0] in _NO_NAMES or is_role(name))


def _is_noun(form: str, end: str) -> bool:
    """Whether a form before its rank or form of address is one proper noun, as a surname is."""
    first = morphemes(form + end)[0]
    return first.surface == form and first.pos2 == "固有名詞"
