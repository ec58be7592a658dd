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
_PARTICLE = "(?:은|는|이|가|을|를|와|과|의|도|만|에|에는|에도|에서|에게|에선|로|으로|까지|부터|처럼|보다|측)"
# The short name as a word of its own: with a particle, before a sign, or before a noun of firms' news.
_OF_FIRMS = (
    "(?:주가|주식|주주|지분|실적|매출|영업이익|순이익|공장|본사|사옥|대표|회장|부회장|사장|부사장|전무|상무|이사|이사회|임원|임직원|직원|노조"
    "|관계자|측|제품|신제품|매장|계열사|자회사|공시|상장|인수|회사채|창업자|경영진|최대주주|대주주)"
)
_NEXT = f" {_OF_FIRMS}(?:들)?{_PARTICLE}?(?![가-힣])"
_STANDS = re.compile(f"(?:의(?={_NEXT})|(?!의 ){_PARTICLE}(?![가-힣·])|(?=[,.!?)\\]'\"’”』」\\n]|$)|(?={_NEXT}))")
_OTHER_FIRM = re.compile(r"(?:모회사|자회사|계열사|관계사|지주사|지주회사|손자회사)(?:인)?\s$")
_JOINT = re.compile(r"(?:와|과|하고|이랑|랑|·|,| 및)\s?(?:[가-힣]{1,8}\s)?$")
_GAP = re.compile("[,·]? ?")
_LONGEST_JOINT = 14  # characters


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
    """Yield (short, name) of a firm that the text first calls by its whole name: 한빛 beside 한빛소프트.

    The short name has words of its own, and every one may be the firm: it is no part of another word (한미동맹), stands
    before no other noun (한미 정상회담), and is not joined with the whole name (한빛소프트와 한빛).
    """
    for at, name in enumerate(forms):
        if " " in name:
            continue
        for other, short in enumerate(forms):
            begins = len(short) >= _SHORTEST_FIRM and name.startswith(short) and short != name
            if not begins or frequency(short, "ko") >= _KNOWN or not _FIRM.fullmatch(name, len(short)):
                continue
            if text.find(short) == text.find(name) and _is_same_firm(short, name, text):
                yield other, at


def _is_same_firm(short: str, name: str, text: str) -> bool:
    """Whether the short name occurs outside the whole name, and never as another thing or firm."""
    alone = False
    for match in re.finditer(re.escape(short), text):
        start, end = match.span()
        if text.startswith(name, start) or "가" <= text[max(0, start - 1) : start] <= "힣":
            continue
        before, stands = text[max(0, start - _LONGEST_JOINT) : start], _STANDS.match(text, end)
        if stands is None or _OTHER_FIRM.search(before):
            return False
        joint, gap = _JOINT.search(before), _GAP.match(text, stands.end())
        if joint and text.endswith(name, 0, start - len(joint.group())):
            return False
        if gap and text.startswith(name, gap.end()):
            return False
        alone = True
    return alone


def of_short_firms(found: Sequence[Candidate], firms: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the phrases that occur once and begin with the short name of a firm: 한빛 주가."""
    begins = tuple(f"{found[short].form} " for short, _ in firms)
    if begins:
        yield from (
            at for at, candidate in enumerate(found) if candidate.uses == 1 and candidate.form.startswith(begins)
        )
