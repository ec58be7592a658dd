"""Names in Japanese quotation marks, as opposed to speech: 「里山を残す会」, 『橋を渡る』."""

import re
from collections.abc import Iterator, Set
from itertools import takewhile

from alt_pipelines.tagging.extraction.japanese.kinds import kind_of
from alt_pipelines.tagging.extraction.japanese.names import QUOTED
from alt_pipelines.text.morphemes import Morpheme
from alt_pipelines.text.stopwords import word_set

_IN_PROGRAMMES = frozenset("のと")  # particles of the name of a programme: 森と海の食卓
TIMED = re.compile(r"\d{1,2}:\d{2}(?:[-~]\d{1,2}:\d{2})? ")
_GRAMMAR = frozenset({"助詞", "補助記号"})
# Last morphemes of what a clause may name: 里山を残す会.
_BODIES = word_set("会 団 隊 党 塾 班 祭 展 協会 連盟 同盟 連合 集い つどい 教室 講座")
_LONGEST_SPEECH = 100  # characters before 『 that are examined for an open 「
_LONGEST_QUOTE = 8  # morphemes of a quoted name; a longer quotation is speech


def quoted(line: str, tagged: list[Morpheme], again: Set[str] = frozenset()) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield names in Japanese quotation marks as (surfaces, index of the first).

    ``again``: the quotations that occur more than once in the article; they are names even if they read as clauses.
    """
    if "「" not in line and "『" not in line:
        return
    starts = [0]
    for morpheme in tagged:
        starts.append(starts[-1] + len(morpheme.surface))
    at = 0
    for match in QUOTED.finditer(line):
        while at < len(tagged) and starts[at] < match.start(1):
            at += 1
        first = at
        while at < len(tagged) and starts[at] < match.end(1):
            at += 1
        inside = tagged[first:at]
        whole = "".join(m.surface for m in inside) == match.group(1)
        if whole and (_nominal(inside) or match.group(1) in again or _work(line, match, inside)):
            yield _with_spaces(inside), first


def programme(line: str, tagged: list[Morpheme]) -> tuple[tuple[str, ...], int] | None:
    """Return the name with の that begins a line of a programme, after the time, as (surfaces, index of the first).

    Example: みんなの園芸ノート of the line 08:15 みんなの園芸ノート「バラ」. None for any other line, and for an event
    of an itinerary, which has particles other than の and と: 駅の広場に集合.
    """
    match = TIMED.match(line)
    if match is None:
        return None
    first, at = 0, 0
    while first < len(tagged) and at < match.end():
        at += len(tagged[first].surface)
        first += 1
    inside = list(takewhile(lambda m: m.pos1 != "空白" and m.pos2 not in ("括弧開", "句点"), tagged[first:]))
    particles = {m.surface for m in inside if m.pos1 == "助詞"}
    name = "の" in particles and particles <= _IN_PROGRAMMES and _nominal(inside) and inside[0].pos1 != "助詞"
    return (_with_spaces(inside), first) if name else None


def _with_spaces(inside: list[Morpheme]) -> tuple[str, ...]:
    """Return the surfaces of a title, a space as part of the word after it: 渡島|線| 雪|の|夜行."""
    out: list[str] = []
    space = ""
    for morpheme in inside:
        if morpheme.surface.strip():
            out.append(space + morpheme.surface)
        space = "" if morpheme.surface.strip() else " "
    return tuple(out)


def parts_apart(tagged: list[Morpheme], first: int, size: int) -> range:
    """Return the indices of a title's morphemes after its last space; those are not phrases of their own.

    ``size``: the number of the title's words, from the morpheme ``first`` on, without spaces. What precedes a space in
    a title may be a name: 渡島線 of 渡島線 雪の夜行.
    """
    begin = last = first
    while size and last < len(tagged):
        if tagged[last].pos1 == "空白":
            begin = last + 1
        else:
            size -= 1
        last += 1
    return range(begin, last)


def _nominal(inside: list[Morpheme]) -> bool:
    """Whether quoted words are a name and not speech: they end in a noun and contain no clause.

    An object with を is allowed in the name of a body: 川を守る会.
    """
    if not 0 < len(inside) <= _LONGEST_QUOTE or kind_of(inside[-1]) is None:
        return False
    clause = "はがも、" if inside[-1].surface in _BODIES else "はがをも、"
    return not any(m.pos1 == "助動詞" or (m.pos1 in _GRAMMAR and m.surface in clause) for m in inside)


def _work(line: str, match: re.Match[str], inside: list[Morpheme]) -> bool:
    """Whether quoted words are the title of a work, which 『』 mark outside of speech: 『橋を渡る』."""
    start = match.start()
    if line[start] != "『" or not 0 < len(inside) <= _LONGEST_QUOTE:
        return False
    before = line[max(0, start - _LONGEST_SPEECH) : start]
    return before.rfind("「") <= before.rfind("」")
