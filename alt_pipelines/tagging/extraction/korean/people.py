"""People in Korean articles: full names of three syllables beside a role. The analyser often splits such names.

people([(line, korean(line)) for line in ("가수 양인혜", "오지윤 감독이")])  ->  {"양인혜", "오지윤"}

The name alone is the topic: neither the role before it (가수) nor the one after it (감독) belongs to a tag.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from alt_pipelines.tagging.extraction.korean.edges import SURNAMES
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.korean import Morpheme

PERSON = "NNP-person"  # part of speech of a person's name, recognised by the role beside it
TITLE = "NNG-title"  # part of speech of the role after such a name
_COMMON = 5e-6  # frequency above which a noun is a word and not part of a name
# Roles after a name.
_TITLES = (
    "감독|코치|교수|강사|교사|교장|학장|대표|의원|위원|의장|장관|차관|총리|대통령|총재|회장|사장|행장|총장|원장|위원장|이사장|부문장|부장|처장"
    "|국장|실장|과장|팀장|지점장|센터장|단장|대장|소장|청장|서장|시장|군수|읍장|면장|동장|이장|지사|이사|전무|상무|관장|조합장|선장|기장|재판장"
    "|선수|기자|작가|배우|가수|변호사|검사|판사|박사|연구원|대변인|대사|평론가|애널리스트|디자이너|큐레이터|셰프|칼럼니스트|사무관|비서관|대법관"
    "|재판관|통보관|예보관|책임자|최고경영자|스님|신부|목사|명창|명인|씨"
)
# Roles before a name.
ROLES = (
    "가수|배우|작가|감독|선수|셰프|요리사|화가|시인|소설가|평론가|번역가|작곡가|작사가|사진가|건축가|무용가|안무가|연주자|지휘자|성악가|개그맨"
    "|방송인|아나운서|앵커|기자|교수|박사|변호사|검사|판사|의사|간호사|약사|교사|대표|회장|사장|의원|장관|총리|코치|투수|포수|내야수|외야수"
    "|[123]루수|유격수|좌익수|중견수|우익수|지명타자|타자|마무리|공격수|수비수|미드필더|윙어|풀백|센터백|골키퍼|스트라이커"
    "|세터|리베로|가드|센터|포워드|주장|사령탑|연구원|창업자|창업주|설립자|무용수|국악인|명창|명인|소리꾼|고수"
    "|[가-힣]{0,8}[이니]스트|디자이너|디렉터|프로듀서|라이터|큐레이터|애널리스트"
)
_OCCUPATION = re.compile("[가-힣]{2,4}[사원관가자수꾼장]")  # by its last syllable; as long as hardly any given name is
_NAME = f"[{''.join(sorted(SURNAMES))}][가-힣]{{2}}"
_PARTICLE = "(?:은|는|이|가|을|를|의|와|과|도|에게|께서|으로|로|에|만)?(?![가-힣])"
# With the body before it: 이범호 KIA 감독.
_TITLE = f"(?: [A-Z가-힣][\\w·&]{{0,20}})?? ([가-힣]{{0,12}}?(?:{_TITLES}){_PARTICLE})"
_BEFORE_TITLE = re.compile(f"(?<![가-힣\\w])({_NAME})(?={_TITLE})")
_ITS_TITLE = re.compile(_TITLE)
_AFTER_ROLE = re.compile(f"(?:{ROLES}) ({_NAME})(?![가-힣])")
_AFTER_ROLE_MARKED = re.compile(
    f"(?:{ROLES}) ({_NAME})(?:(?:은|는|이|가|을|를|의|와|과|도|에게|씨)(?![가-힣])|이?[였었]다)"
)
# A surname of two syllables and a given name of one or two, with or without a particle. 동방, 서문 and 사공 are not
# among them, because they begin words too, nor is 선우, which is also a given name.
_COMPOUND = re.compile(
    "(?<![가-힣\\w])((?:남궁|황보|제갈|독고)(?!씨)[가-힣]{1,2}?)(?:은|는|이|가|을|를|의|와|과|도|에게|께서|씨|이?[었였]?다)?(?![가-힣])"
)
_WROTE = re.compile(f"(?<![가-힣\\w])({_NAME}) (?:지음|옮김|엮음)(?![가-힣])")
# What players score in baseball, basketball, football and volleyball, and a club and a player before it. 점 also counts
# works of art (판화 20점), which are common nouns.
_SCORE = re.compile("(?<= )[0-9]{1,3}(?:점|골|득점|도움|리바운드|어시스트|블로킹|안타|타점|홈런|이닝|탈삼진|세이브)")
_CLUB_AND_PLAYER = re.compile("(?<![가-힣\\w])([A-Z가-힣]{2,8}) ([가-힣]{2,5}) $")
_BEFORE_SCORE = 16  # characters of a club, a player and the spaces
_UNKNOWN_PARTS = 3  # morphemes into which the analyser divides a word of a few syllables that it does not know
_PARTICLES = frozenset("는를을의와과도에가로이만")  # last syllables of a word that may be a particle
_BODIES = frozenset("대차당시군도사부청팀회과단측급실층별적")  # last syllables of bodies and of no given name
_FULL_NAME = 3  # syllables
_SHORTEST = 2  # syllables of a name; the longest has five
_WORD_START = re.compile(f"(?<![가-힣])[가-힣]{{{_SHORTEST},5}}")
_PARTS = ("NN", "XSN", "SL")


def people(lines: Iterable[tuple[str, Sequence[Morpheme]]]) -> frozenset[str]:
    """Return the full names that have a role beside them in one of the lines, each given with its morphemes."""
    found: set[str] = set()
    for line, morphemes in lines:
        starts = [morpheme.start for morpheme in morphemes]
        found.update(match.group(1) for match in _COMPOUND.finditer(line) if not frequency(match.group(), "ko"))
        for pattern in (_BEFORE_TITLE, _AFTER_ROLE, _AFTER_ROLE_MARKED, _WROTE):
            for match in pattern.finditer(line):
                name = match.group(1)
                ambiguous = pattern is _AFTER_ROLE and name[-1] in _PARTICLES
                first, last = (bisect_left(starts, at) for at in match.span(1))
                if not ambiguous and name[-1] not in _BODIES and _is_name(name, morphemes[first:last]):
                    found.add(name)
    return frozenset(found)


def scorers(lines: Iterable[tuple[str, Sequence[Morpheme]]]) -> frozenset[str]:
    """Return the players between their club and what they scored: 레베카 of 흥국생명 레베카 27점."""
    found = set()
    for line, morphemes in lines:
        scores = list(_SCORE.finditer(line))
        starts = [morpheme.start for morpheme in morphemes] if scores else []
        for score in scores:
            match = _CLUB_AND_PLAYER.search(line, max(0, score.start() - _BEFORE_SCORE), score.start())
            if match is None:
                continue
            club, player = (morphemes[slice(*(bisect_left(starts, at) for at in match.span(g)))] for g in (1, 2))
            named = any(m.pos in ("NNP", "SL") for m in club)
            if named and player and _may_be_player(match.group(2), player):
                found.add(match.group(2))
    return frozenset(found)


def _may_be_player(name: str, inside: Sequence[Morpheme]) -> bool:
    """Whether a word is a proper noun, or one that the frequency list lacks and the analyser divides.

    Of two parts, none is a common noun (투트|쿠). A word with a particle at its end is no name: 이연경|이.
    """
    if all(m.pos == "NNP" for m in inside):
        return True
    if inside[-1].pos.startswith("J") or frequency(name, "ko"):
        return False
    return len(inside) >= _UNKNOWN_PARTS or not any(map(_is_common, inside))


def _is_name(name: str, inside: Sequence[Morpheme]) -> bool:
    """Whether the morphemes of three syllables are not common words, as those of 조성|은 and 연구|팀 are."""
    if not inside or "".join(m.surface for m in inside) != name:
        return False
    if len(inside) == 1:
        return inside[0].pos == "NNP"
    return not any(map(_is_common, inside))


def _is_common(morpheme: Morpheme) -> bool:
    """Whether a morpheme is a noun of two or more syllables that the language uses often."""
    return len(morpheme.surface) > 1 and morpheme.pos == "NNG" and frequency(morpheme.surface, "ko") > _COMMON


def with_people(line: str, morphemes: list[Morpheme], names: frozenset[str]) -> list[Morpheme]:
    """Return the morphemes, with each name joined into a ``PERSON`` and the role after it marked as ``TITLE``."""
    starts = [morpheme.start for morpheme in morphemes]
    out: list[Morpheme] = []
    at = 0
    for name, start in _names_in(line, names):
        end = start + len(name)
        first, last = (bisect_left(starts, place) for place in (start, end))
        if first < at or "".join(m.surface for m in morphemes[first:last]) != name:
            continue
        out += [*morphemes[at:first], Morpheme(name, start, PERSON)]
        title = _ITS_TITLE.match(line, end)
        at = last
        if title is not None:
            at, end = (bisect_left(starts, place) for place in title.span(1))
            out += morphemes[last:at]
            out += [m._replace(pos=TITLE) if m.pos.startswith(_PARTS) else m for m in morphemes[at:end]]
            at = end
    return [*out, *morphemes[at:]]


def _names_in(line: str, names: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield the names that begin the words of a line, the shortest of a word, each with its place."""
    for match in _WORD_START.finditer(line) if names else ():
        word = match.group()
        name = next((word[:size] for size in range(_SHORTEST, len(word) + 1) if word[:size] in names), None)
        if name is not None:
            yield name, match.start()


def names_role(word: Sequence[Morpheme]) -> bool:
    """Whether a written word is one noun that ends as the words for occupations do: 사육사, 소방관, 조련사."""
    return len(word) == 1 and word[0].pos in ("NNG", "NNP") and _OCCUPATION.fullmatch(word[0].surface) is not None


def roles_of(found: Sequence[Morpheme]) -> Iterator[str]:
    """Yield the nouns directly before a person's name, which has three syllables: 배우 정하늘."""
    for noun, name in pairwise(found):
        person = name.pos == PERSON or (name.pos == "NNP" and len(name.surface) == _FULL_NAME)
        if person and noun.pos == "NNG" and len(noun.surface) > 1 and noun.end < name.start:
            yield noun.surface
