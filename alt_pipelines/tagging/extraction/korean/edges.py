"""What does not belong to a Korean name: the role before a person, a unit, a country in one Chinese character.

divided(["신인", "최지우"])  ->  [["신인"], ["최지우"]]      the morphemes of 신인 최지우
is_unnamed("A씨")           ->  True
"""

import re
from collections.abc import Iterator

from alt_pipelines.tagging.extraction.shapes import UNIT_SIGNS
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.korean import Morpheme
from alt_pipelines.text.scripts import is_han

SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕"
)
_FULL_NAME = 3  # syllables
_SHORTEST_HOUSE = 2  # syllables of a shop's name before 당
_COMMON_UNIT = 5e-6  # share of a noun that things may be counted by
_ADMINISTRATIVE = frozenset("도시군구읍면")  # last syllables of 강원도, 서초구
FOREIGN_ENDS = frozenset("스츠즈트크드프르브그")  # last syllables of foreign words, and of no Korean given name: 이글스
_AFTER_QUOTES = frozenset("은는이가을를의과와도")
_UNNAMED = re.compile("[A-Z가-힣](?:씨|모 ?씨|양|군)|[가-힣]모")


def is_unit(morpheme: Morpheme) -> bool:
    """Whether Latin letters directly after a number are its unit: 6.2GWh, 2L, 600km."""
    return morpheme.pos == "SL" and (morpheme.surface.islower() or morpheme.surface in UNIT_SIGNS)


def is_country(morpheme: Morpheme) -> bool:
    """Whether a word is a country written as one Chinese character, as headlines do: 美 텍사스."""
    return is_han(morpheme.surface)


def is_quotes_particle(found: list[Morpheme], index: int) -> bool:
    """Whether a syllable is the particle of a name in quotation marks or brackets: '로보킹'과."""
    one = found[index]
    before = found[index - 1] if index else None
    closing = before is not None and before.end == one.start and before.pos in ("SY", "SSC")
    apart = index + 1 == len(found) or found[index + 1].start > one.end
    return closing and apart and one.surface in _AFTER_QUOTES


def is_house(noun: Morpheme, suffix: Morpheme, after: list[Morpheme]) -> bool:
    """Whether 당 after a noun is the end of a shop's name, 밀밭|당, and not "per", which a unit precedes: 가구|당."""
    per = suffix.surface != "당" or noun.pos == "NNBC" or len(noun.surface) < _SHORTEST_HOUSE
    counted = bool(after) and after[0].pos in ("SN", "NR", "MM")
    return not per and not counted and frequency(noun.surface, "ko") < _COMMON_UNIT


def is_version(run: list[Morpheme], found: list[Morpheme], index: int) -> bool:
    """Whether a number with a particle directly after it belongs to the name before it: 언리얼 엔진 5|로."""
    number = found[index]
    after = found[index + 1] if index + 1 < len(found) else None
    particle = after is not None and after.start == number.end and after.pos.startswith("J")
    named = any(m.pos == "NNP" or (m.pos == "SL" and not m.surface.islower()) for m in run)
    return particle and named and run[-1].end + 1 == number.start


def ends_in_particle(morpheme: Morpheme, before: Morpheme) -> bool:
    """Whether a noun that the frequency list does not know is a syllable and a particle: 영양|염이, 반려|견의."""
    attached = before.end == morpheme.start and before.pos in ("NNG", "NNP")
    rare = morpheme.pos == "NNG" and len(morpheme.surface) == 2 and morpheme.surface[-1] in "의이은을를과와"
    return attached and rare and not frequency(morpheme.surface, "ko")


def is_unnamed(form: str) -> bool:
    """Whether a phrase is a person whom the article does not name: A씨, 김모 씨."""
    return _UNNAMED.fullmatch(form) is not None


def divided(run: list[Morpheme]) -> Iterator[list[Morpheme]]:
    """Yield the parts of a run; a person's full name with what follows it is a part of its own."""
    first = 0
    for at in range(1, len(run)):
        before, name = run[at - 1], run[at]
        detached = before.end < name.start
        if detached and before.pos in ("NNG", "XSN") and is_person(name):
            yield run[first:at]
            first = at
    yield run[first:]


def is_person(morpheme: Morpheme) -> bool:
    """Whether a proper noun is a person's full name: a surname and two more syllables."""
    form = morpheme.surface
    named = morpheme.pos == "NNP" and len(form) == _FULL_NAME
    return named and form[0] in SURNAMES and not (form[-1] in _ADMINISTRATIVE or form[-1] in FOREIGN_ENDS)
