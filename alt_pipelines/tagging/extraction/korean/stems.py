"""Nouns that the analyser misreads, recognised by the particles that the article writes after them.

    stems(["윤태오가 넣었다.", "윤태오는 신인이다."])  ->  frozenset({"윤태오"})

The analyser reads 윤태오가 as 윤태/NNG 오가/VV+EC. A word that the article writes with two different particles, or once
without any, is a noun as a whole.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.korean import Morpheme

# Particles after a noun. 은, 을, 이, 로 and 도 are also ends of verbs, so that one of the others must be among them.
_PARTICLES = (
    *("", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로"),
    *("으로", "에서", "에게", "랑", "처럼"),
)
_OF_NOUNS = frozenset({"", "가", "를", "의", "와", "과", "에서", "에게", "랑", "처럼"})
_WORD = re.compile("(?<![가-힣\\w])([가-힣]{1,12})(?![\\w])")
_DEPARTMENTS = (
    re.compile("(?:대|대학|대학교|대학원|[A-Z]{4}) ([가-힣]{1,5}[학악예화술문육]과)(?![가-힣])"),
    re.compile("(?<![가-힣])([가-힣]{2,8}과) (?:[가-힣]{3} )?(?:교수|졸업|재학|석사|박사)"),
)
_SHORTEST, _LONGEST = 2, 10  # syllables of such a noun
_COMMON = 1e-5  # frequency from which the analyser knows the word well: 이것, 그동안
_NOUN = ("NNG", "NNP", "XPN", "XSN", "XR", "SL")
_VERBAL = frozenset(("XSV", "XSA", "VX", "EP", "SN", "NP"))  # parts of speech that are not inside a noun


def stems(lines: Iterable[str]) -> frozenset[str]:
    """Return the words that the lines write with two different particles. Linear in the length of the lines."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for word in _WORD.findall(line):
            for particle in _PARTICLES:
                stem = word.removesuffix(particle)
                if (not particle or stem != word) and len(stem) <= _LONGEST:
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


def _is_longer(stem: str, found: dict[str, set[str]]) -> bool:
    """Whether a stem is a shorter one and a particle: 학생만 of 학생만이, where the text has 학생이."""
    return any(
        particle and stem.endswith(particle) and stem.removesuffix(particle) in found
        for particle in (*_PARTICLES, "만")
    )


def with_stems(line: str, morphemes: Sequence[Morpheme], known: frozenset[str]) -> list[Morpheme]:
    """Return the morphemes, with each word of ``known`` that they divide wrongly as a noun, and a particle after it."""
    starts = [morpheme.start for morpheme in morphemes]
    ends = [morpheme.end for morpheme in morphemes]
    out: list[Morpheme] = []
    at = 0
    for match in _WORD.finditer(line):
        word = match.group()
        stem = next((s for p in reversed(_PARTICLES) if (s := word.removesuffix(p)) in known and s + p == word), "")
        first, last = bisect_left(starts, match.start()), bisect_right(ends, match.end())
        if not stem or first < at or not _is_misread(stem, match.start(), morphemes[first:last]):
            continue
        out += [*morphemes[at:first], Morpheme(stem, match.start(), "NNG")]
        if len(stem) < len(word):
            out.append(Morpheme(word[len(stem) :], match.start() + len(stem), "JX"))
        at = last
    return [*out, *morphemes[at:]]


def _is_misread(stem: str, start: int, inside: Sequence[Morpheme]) -> bool:
    """Whether the morphemes of a written word are other than nouns up to the end of the stem, and not a verb."""
    end = start + len(stem)
    own = [morpheme for morpheme in inside if morpheme.start < end]
    if not own or own[0].start != start or (len(own) == 1 and own[0].end == end):
        return False
    tags = {tag for morpheme in own for tag in morpheme.pos.split("+")}
    if own[0].pos.startswith(("VV", "VA", "VX")) or tags & _VERBAL:
        return False
    return own[-1].end != end or not all(morpheme.pos in _NOUN for morpheme in own)
