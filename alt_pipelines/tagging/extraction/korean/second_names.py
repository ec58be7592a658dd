"""Korean phrases of a shortlist that name again what another of its phrases names: persons, places, and firms."""

import re
from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.words.frequencies import frequency

_FULL_NAME = 3  # syllables
_DISTRICTS = frozenset("시군구도읍면동")
# What a firm makes or does, or what it is, at the end of its name. Some are words of other names: 산업, 생명.
_FIRM = re.compile(
    "(?:[가-힣]{0,4}(?:전자|전기|화학|제약|약품|식품|제과|건설|중공업|조선|해운|항공|물산|상사|산업|정밀|기계|기공|전선|제지|제강|철강"
    "|금속|섬유|은행|증권|카드|생명|화재|캐피탈|자산운용|반도체|디스플레이)|홀딩스|그룹|에너지|솔루션즈?|시스템즈?|시스템스|테크"
    "|테크놀로지스?|네트웍스|[머메]티리얼[즈스]?|모빌리티|오토모티브|로보틱스|로지스틱스|바이오|바이오[텍팜]|바이오로직스|바이오사이언스"
    "|파마|헬스케어|소프트|게임즈|엔터테인먼트|스튜디오|미디어|케미[칼컬]|이노베이션|인더스트리|코퍼레이션|랩스?)"
)
_KNOWN = 3e-6  # share of a name in wordfreq's list; commoner ones are places and groups of firms: 제주항공
_SHORTEST_FIRM = 2  # syllables of its short name


def second_names(forms: Sequence[str], text: str) -> Iterator[int]:
    """Yield second names of a person or a place: 최 부총리 beside 최상목, 경기 안양시 beside 안양.

    Of 청산군 and 청산, the second is yielded if the text has it only within 청산군.
    """
    firsts = {form.partition(" ")[0] for form in forms}
    places = {form: at for at, form in enumerate(forms)}
    for at, form in enumerate(forms):
        first, _, rest = form.partition(" ")
        if len(first) == 1 and rest and any(len(name) == _FULL_NAME and name[0] == first for name in firsts):
            yield at
        last = form.rpartition(" ")[2]
        if last[-1:] not in _DISTRICTS or len(last) < _FULL_NAME:
            continue
        short = places.get(last[:-1])
        if short is not None and text.count(last[:-1]) == text.count(last):
            yield short
        elif (short is not None and short < at) or (last != form and places.get(last, at) < at):
            yield at


def short_firms(forms: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield (short, name) of a firm that the text first calls by its whole name: 한빛 beside 한빛소프트."""
    for at, name in enumerate(forms):
        if " " in name:
            continue
        for other, short in enumerate(forms):
            begins = len(short) >= _SHORTEST_FIRM and name.startswith(short) and short != name
            if not begins or frequency(short, "ko") >= _KNOWN or not _FIRM.fullmatch(name, len(short)):
                continue
            if text.find(short) == text.find(name):
                yield other, at


def of_short_firms(found: Sequence[Candidate], firms: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the phrases that occur once and begin with the short name of a firm: 한빛 주가."""
    begins = tuple(f"{found[short].form} " for short, _ in firms)
    if begins:
        yield from (
            at for at, candidate in enumerate(found) if candidate.uses == 1 and candidate.form.startswith(begins)
        )
