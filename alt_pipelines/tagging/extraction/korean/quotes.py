"""Names that quotation marks or a list mark in Korean text, as opposed to speech: '파도의 집', '그리고 아무도 없었다'.

repeated_works(["'비는 그쳤다'를 본 관객", "'비는 그쳤다'"])  ->  {"비는 그쳤다"}
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from alt_pipelines.tagging.extraction.korean.words import NOUNS
from alt_pipelines.text.korean import Morpheme

_QUOTED = re.compile(
    "(?<![\\w'\"])['‘\"“《〈「『]([^\\s'‘’\"“”《》〈〉「」『』][^'‘’\"“”《》〈〉「」『』\n]{1,15})['’\"”》〉」』]"
)
# What precedes the title of a work, which may contain a clause: a bracket for titles, or a quotation mark after a word
# for works (the last syllables of 산문집, 그림책, 신작, 연극, 교향곡).
_WORK = re.compile(
    "(?:(?:소설|장편|단편|[시문필설품진화전선]집|동화|책|[저신]서|평전|자서전|회고록|에세이|희곡|영화|다큐멘터리|다큐"
    "|애니메이션|드라마|[연사악형가]극|뮤지컬|오페라|발레|앨범|음반|싱글|곡|노래|프로그램|예능|게임|웹툰|만화|작품?|시리즈)"
    " ['‘\"“]|[《〈「『])$"
)
_BEFORE_WORK = 12  # characters before a quotation in which the word for the work is: more than the longest, 애니메이션
# What follows a name in quotation marks, and what follows speech.
_NAMED = re.compile("[를을와과의]|에서? |으로 |로 |이란 |란 ")
_SPOKEN = re.compile(
    "(?:이?라)?(?:고|며|면서)(?![가-힣])|이?라(?:는|고|며)"
    "|(?:는|란|이라는) (?:말|뜻|입장|주장|의지|취지|의미|내용|생각|지적|방침"
    "|약속|목소리|반응|의견|질문|이유|것|점|각오|평가|답변|메시지|구호|문구)"
)
# A line of a list of works: nouns with 의, then the author in brackets or after a colon. A longer line is a sentence.
_LISTED = re.compile(
    r"(?:[▲△◆■●○▶·•-] ?)?([가-힣]{1,10}의 [가-힣]{1,10}(?: [가-힣]{1,10})?)(?: ?\([^()\n]{1,40}\)|: [^\n]{1,20})?"
)
_SPEECH = re.compile(r"(?:^|\+)(?:V[VAXC]|E[FPCT]|JK[SOB]|JX|SF|SN)")


def repeated_works(lines: Sequence[str]) -> frozenset[str]:
    """Return the clauses that the article repeats in quotation marks and never as speech: '그리고 아무도 없었다'를.

    One of them has a particle that a noun has and that speech has not.
    """
    counts = Counter(match.group(1) for line in lines for match in _QUOTED.finditer(line))
    again = {form for form, count in counts.items() if count > 1}
    if not again:
        return frozenset()
    named, spoken = set(), set()
    for line in lines:
        for match in _QUOTED.finditer(line):
            if match.group(1) in again:
                named.update([match.group(1)] if _NAMED.match(line, match.end()) else [])
                spoken.update([match.group(1)] if _SPOKEN.match(line, match.end()) else [])
    return frozenset(named - spoken)


def quoted(line: str, found: list[Morpheme], works: Set[str]) -> Iterator[tuple[str, range]]:
    """Yield the names in quotation marks, each with the indices of its morphemes; speech is not a name."""
    starts = [m.start for m in found]
    for match in _QUOTED.finditer(line):
        inside = range(bisect_left(starts, match.start(1)), bisect_left(starts, match.end(1)))
        work = _WORK.search(line, max(0, match.start() - _BEFORE_WORK), match.start(1)) is not None
        work = work or match.group(1) in works
        speech = any(_SPEECH.search(found[at].pos) for at in inside)
        if inside and (work or (not speech and found[inside[-1]].pos[0] in "NMSX")):
            yield match.group(1), inside


def listed(line: str, found: list[Morpheme]) -> Iterator[tuple[str, range]]:
    """Yield the title of a work that is a line of a list, with the indices of its morphemes."""
    match = _LISTED.fullmatch(line)
    if match is not None:
        starts = [m.start for m in found]
        inside = range(*(bisect_left(starts, at) for at in match.span(1)))
        if inside and all(found[i].pos in NOUNS or found[i].pos == "JKG" for i in inside):
            yield match.group(1), inside


def is_sentence(name: str, inside: Iterable[Morpheme]) -> bool:
    """Whether a name in quotation marks is more than nouns, so that these are not topics: not 파도 of '파도의 집'."""
    return "의 " in name or any(_SPEECH.search(morpheme.pos) for morpheme in inside)
