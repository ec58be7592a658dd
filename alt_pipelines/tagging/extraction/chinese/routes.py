"""Chinese lines and roads that are named after both their ends: 南昌至九江城际铁路.

    with_routes(runs of "南昌至九江城际铁路", its words)  ->  南昌 | 九江, and not 九江城际铁路
    routes(words of "南昌至九江城际铁路")                  ->  南昌至九江城际铁路

The kind of line belongs to both ends, so it is no part of the second one's name. Who goes from one place to another may
go to a body there: 从|安徽|到|上海|地铁|总部. So there is no route after a preposition, after a verb if 到 links the
places, or before a noun of a body.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from alt_pipelines.tagging.extraction.features import LONGEST_UNSPACED, Phrase
from alt_pipelines.text.segmentation import Word, simplified, simplified_text
from alt_pipelines.text.stopwords import word_set

_LINKS = frozenset("至到")
_KINDS = word_set(
    "高铁 铁路 高速铁路 城际 城际铁路 动车 客专 客运专线 货运专线 专线 快线 地铁 轻轨 磁浮 列车 班列 高速 高速公路 公路"
    " 国道 省道 快速路 航线 航班 航道 运河 管道 渡轮 缆车"
)
_SHORT = re.compile(f"(..)(?:{'|'.join(sorted(_KINDS))})")  # 南九高铁
_FROM = frozenset("从從由自")
_BODIES = ("局", "署", "厅", "院", "站", "总部", "公司", "集团", "中心", "大学", "协会", "委员会")
_MOST_TO_BODY = 3  # words after the kind: 高速|建设|集团
_ENDS = ("ns", "nr", "nz")
_MOST_WORDS = 2  # of a kind: 城际|铁路


def with_routes(runs: Iterable[tuple[list[Word], int]], words: Sequence[Word]) -> Iterator[tuple[list[Word], int]]:
    """Yield the runs, each with the index of its first word; the second end of a route is apart from its kind."""
    for run, index in runs:
        size = _kind(words, index)
        if not size or len(run) <= size:
            yield run, index
            continue
        yield run[:1], index
        if run[1 + size :]:
            yield run[1 + size :], index + 1 + size


def routes(words: Sequence[Word]) -> Iterator[Phrase]:
    """Yield the routes with both ends, those between the same two places in the form of the first.

    A route that the text calls by the first characters of its ends is left out: 南九高铁.
    """
    found = [(at, size) for at in range(2, len(words)) if (size := _kind(words, at))]
    if not found:
        return
    short = set(_SHORT.findall(simplified_text("".join(word.surface for word in words))))
    forms: dict[tuple[str, str], tuple[str, ...]] = {}
    for at, size in found:
        route = tuple(word.surface for word in words[at - 2 : at + 1 + size])
        form = forms.setdefault((route[0], route[2]), route)
        called = simplified(route[0][0] + route[2][0])
        if called not in short and len("".join(form)) <= LONGEST_UNSPACED:
            yield Phrase(form, tuple(map(str.lower, form)), at - 2)


def _kind(words: Sequence[Word], at: int) -> int:
    """Return the number of words of the kind after the second end of a route; 0 if a word is no such end."""
    if not 2 <= at < len(words) - 1 or words[at - 1].surface not in _LINKS:
        return 0
    if words[at - 2].pos != "ns" or not words[at].pos.startswith(_ENDS):
        return 0
    after = [simplified(word.surface) for word in words[at + 1 : at + 1 + _MOST_WORDS]]
    size = next((size for size in range(len(after), 0, -1) if "".join(after[:size]) in _KINDS), 0)
    if not size or _is_way(words, at - 2):
        return 0
    following = at + 1 + size
    return 0 if _is_of_body(words[following : following + _MOST_TO_BODY]) else size


def _is_way(words: Sequence[Word], first: int) -> bool:
    """Whether what stands before the first end, or before the place that it is in, makes the two places a way."""
    before = first - 1
    while before >= 0 and words[before].pos == "ns":
        before -= 1
    if before < 0:
        return False
    return words[before].surface in _FROM or (words[before].pos == "v" and words[first + 1].surface == "到")


def _is_of_body(after: Sequence[Word]) -> bool:
    """Whether the nouns after a kind end in a body, which is at the second place."""
    nouns = takewhile(lambda word: word.pos.startswith(("n", "vn", "j", "b")), after)
    return any(simplified(word.surface).endswith(_BODIES) for word in nouns)
