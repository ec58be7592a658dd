"""Nouns that the analyser misreads, recognised by the particles that the article writes after them.

    stems(["윤태오가 넣었다.", "윤태오는 신인이다."])  ->  frozenset({"윤태오"})

The analyser reads 윤태오가 as 윤태/NNG 오가/VV+EC. A word that the article writes with two different particles, or once
without any, is a noun as a whole.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.korean import Morpheme

# Particles after a noun. 은, 을, 이, 로 and 도 are also ends of verbs, so that one of the others must be among them.
_PARTICLES = (
    *("", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로"),
    *("으로", "에서", "에게", "랑", "처럼", "서"),
)
_NO_PARTICLE = ("",)
_SHORT_FORM = "서"  # of 에서, in headlines: 휴게소서; words end in it too: 교과서
_SHORTEST_PLACE = 3  # syllables before it
# By their last syllable, the longest first, and what every word may end in.
_PARTICLES_BY_END = {
    end: (*(particle for particle in reversed(_PARTICLES) if particle[-1:] == end), *_NO_PARTICLE)
    for end in {particle[-1] for particle in _PARTICLES if particle}
}
_OF_NOUNS = frozenset({"", "가", "를", "의", "와", "과", "에서", "에게", "랑", "처럼"})
_LAST = frozenset("은는가를도의")
_AND = frozenset("과와")
_NEVER_AFTER_AND = frozenset({"이", "가", "은", "을", "를"})  # 는, 도 and 의 may follow it: 학생과|는
_WORD = re.compile("(?<![가-힣\\w])([가-힣]{1,12})(?![\\w])")
_DEPARTMENTS = (
    re.compile("(?:대|대학|대학교|대학원|[A-Z]{4}) ([가-힣]{1,5}[학악예화술문육]과)(?![가-힣])"),
    re.compile("(?<![가-힣])([가-힣]{2,8}과) (?:[가-힣]{3} )?(?:교수|졸업|재학|석사|박사)"),
)
# A line of a recipe: what is needed, and how much of it, in the units of Korean recipes.
_INGREDIENT = re.compile(
    "(?:[-*•·▶◆] ?)?(?:[가-힣]+ ){0,2}([가-힣]{2,8}) "
    "((?:약 ?)?(?:[0-9][0-9./~½¼]*|반|한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉|열|½|¼) ?"
    "(?:포기|마리|큰술|작은술|큰스푼|스푼|티스푼|숟가락|숟갈|컵|공기|그릇|개|장|쪽|줌|모|봉지|봉|대|뿌리|톨|알|송이|꼬집|줄|줄기|팩|캔|병"
    "|통|토막|조각|근|단|인분|방울|덩이|덩어리|움큼|[gG]|kg|m[lL]|L|cc|그램"
    "|밀리리터|리터)(?: ?(?:정도|가량|반))?(?: ?\\([^()]{1,30}\\))?)"
)
# An island before what a place has or where it is from there; the analyser reads its last syllable as a particle.
_ISLAND = re.compile(
    "(?<![가-힣\\w])([가-힣]{2}도) (?:신?공항|국제공항|여객선|여객선터미널|유람선|도선|등대|해수욕장|해변|해안|해안가"
    "|앞바다|바다|해상|해역|근해|인근|일대|주변|주민|마을|어촌|어촌계|어민|선착장|포구|항|항구|대교|연륙교|해저터널"
    "|관광|관광객|관광지|여행|섬|둘레길|해안길|전망대|생태공원|국립공원|[동서남북]쪽|[동서남북]방|[동서남북]단|출신|특산물)"
    "(?![가-힣]{2})"
)
_FEWEST_INGREDIENTS = 2  # lines of a list
_SHORTEST, _LONGEST = 2, 10  # syllables of such a noun
_COMMONER = 2.0  # times as frequent: the shorter word is the noun
_COMMON = 1e-5  # frequency from which the analyser knows the word well: 이것, 그동안
_NOUN = ("NNG", "NNP", "XPN", "XSN", "XR", "SL")
_VERBAL = frozenset(("XSV", "XSA", "VX", "EP", "SN", "NP"))  # parts of speech that are not inside a noun


def stems(lines: Iterable[str]) -> frozenset[str]:
    """Return the words that the lines write with two different particles. Linear in the length of the lines."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for word in _WORD.findall(line):
            for stem, particle in _readings(word):
                if len(stem) <= _LONGEST:
                    found[stem].add(particle)
    return frozenset(
        stem
        for stem, after in found.items()
        if len(stem) >= _SHORTEST
        and len(after) > 1
        and after & _OF_NOUNS
        and frequency(stem, "ko") < _COMMON
        and not _is_longer(stem, found)
    )


def departments(lines: Iterable[str]) -> frozenset[str]:
    """Return the departments of universities, whose last syllable 과 the analyser takes for a particle: 성악과."""
    return frozenset(word for line in lines for pattern in _DEPARTMENTS for word in pattern.findall(line))


def islands(lines: Iterable[str]) -> frozenset[str]:
    """Return the islands whose last syllable the analyser takes for the particle "also": 가덕도 of 가덕도 신공항."""
    found = {word for line in lines if "도 " in line for word in _ISLAND.findall(line)}
    return frozenset(word for word in found if not frequency(word[:-1], "ko"))


def ingredients(lines: Iterable[str]) -> frozenset[str]:
    """Return what the lines of a list need an amount of: 묵은지 of 묵은지 반 포기."""
    found = [match.group(1) for line in lines if (match := _INGREDIENT.fullmatch(line))]
    return frozenset(found if len(found) >= _FEWEST_INGREDIENTS else ())


def _readings(word: str) -> Iterator[tuple[str, str]]:
    """Yield what may precede the particle of a written word, and the particle: 학교|로, 학교로."""
    for particle in _PARTICLES_BY_END.get(word[-1], _NO_PARTICLE):
        if not word.endswith(particle):
            continue
        if particle == _SHORT_FORM and (len(word) <= _SHORTEST_PLACE or frequency(word, "ko")):
            continue
        yield word[: len(word) - len(particle)], particle


def _is_longer(stem: str, found: dict[str, set[str]]) -> bool:
    """Whether a stem is a shorter one and a particle: 학생만 of 학생만이, where the text has 학생이.

    No particle follows one of ``_LAST``, so 모래면가 of 모래면가는 is not 모래면, and few follow "and": 햇살제과|가.
    """
    taken = any(found[stem])
    ends = _LAST | _AND if found[stem] & _NEVER_AFTER_AND else _LAST
    return any(
        particle and stem.endswith(particle) and _is_attested(stem.removesuffix(particle), stem, particle, found)
        for particle in (*_PARTICLES, "만")
        if not (taken and particle in ends)
    )


def _is_attested(shorter: str, stem: str, particle: str, found: dict[str, set[str]]) -> bool:
    """Whether the lines have a shorter stem with another particle, or it is the commoner word: 고속도로, not 고속도."""
    if shorter not in found:
        return False
    return (
        found[shorter] != {particle}
        or _COMMONER * frequency(stem, "ko") < frequency(shorter, "ko")
        or not frequency(stem, "ko")
    )


def with_stems(
    line: str,
    morphemes: Sequence[Morpheme],
    known: frozenset[str],
    needed: frozenset[str] = frozenset(),
    places: frozenset[str] = frozenset(),
) -> list[Morpheme]:
    """Return the morphemes, with each word of ``known`` that they divide wrongly as a noun, and a particle after it.

    ``needed``: those of them that are ingredients; the analyser may take them for verbs. Their amounts are no nouns.
    ``places``: those of them that are names of places.
    """
    if needed and (ingredient := _INGREDIENT.fullmatch(line)):
        amount = ingredient.start(2)
        morphemes = [m._replace(pos="NNBC") if m.start >= amount and m.pos == "NNG" else m for m in morphemes]
    starts = [morpheme.start for morpheme in morphemes]
    ends = [morpheme.end for morpheme in morphemes]
    out: list[Morpheme] = []
    at = 0
    for match in _WORD.finditer(line):
        word = match.group()
        stem = next((stem for stem, _ in _readings(word) if stem in known), "")
        first, last = bisect_left(starts, match.start()), bisect_right(ends, match.end())
        if not stem or first < at or not _is_misread(stem, match.start(), morphemes[first:last], stem in needed):
            continue
        out += [*morphemes[at:first], Morpheme(stem, match.start(), "NNP" if stem in places else "NNG")]
        if len(stem) < len(word):
            out.append(Morpheme(word[len(stem) :], match.start() + len(stem), "JX"))
        at = last
    return [*out, *morphemes[at:]]


def _is_misread(stem: str, start: int, inside: Sequence[Morpheme], noun: bool) -> bool:
    """Whether the morphemes of a written word are other than nouns up to the end of the stem, and not a verb.

    ``noun``: whether the word is known to be a noun.
    """
    end = start + len(stem)
    own = [morpheme for morpheme in inside if morpheme.start < end]
    if not own or own[0].start != start or (len(own) == 1 and own[0].end == end):
        return False
    tags = {tag for morpheme in own for tag in morpheme.pos.split("+")}
    if not noun and (own[0].pos.startswith(("VV", "VA", "VX")) or tags & _VERBAL):
        return False
    return own[-1].end != end or not all(morpheme.pos in _NOUN for morpheme in own)
