"""Readings of Russian words: part of speech, dictionary form, case, number and gender, from pymorphy3's dictionary.

    [(r.kind, r.lemma, r.case) for r in readings("вагонов")]  ->  [("noun", "вагон", "gent")]

The dictionary is OpenCorpora's; a word that it lacks is read by its ending. It is loaded on first use, in 0.15 s.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

Kind = Literal["noun", "adjective", "ordinal", "preposition", "numeral", "other"]

_SECOND_CASES = {"gen2": "gent", "gen1": "gent", "loc2": "loct", "loc1": "loct", "acc2": "accs"}
NOMINAL: tuple[Kind, ...] = ("noun", "adjective", "ordinal")
OTHER_KINDS: dict[str, Kind] = {"PREP": "preposition", "NUMR": "numeral"}
_LIKELY = 0.2  # minimum share of a part of speech in a word's readings
_PERSON = frozenset({"Name", "Surn", "Patr"})
_PROPER = _PERSON | {"Geox", "Orgn", "Trad"}


class Reading(NamedTuple):
    """One way to read a word. ``case``, ``number`` and ``gender`` are OpenCorpora's names, "" for any."""

    kind: Kind
    lemma: str
    case: str = ""
    number: str = ""
    gender: str = ""
    person: bool = False  # a given name, surname or patronymic
    proper: bool = False  # a name of a person, place or organisation
    known: bool = True  # whether the dictionary form is certain
    given: bool = False  # a given name
    animate: bool = False  # a common noun for a person or an animal


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Reading, ...]:
    """Return the likely readings of a lower-case word, the most likely first."""
    parses = [(parse, _features(parse.tag)) for parse in _analyser().parse(word)]
    shares: dict[Kind, float] = {}
    for parse, features in parses:
        shares[features.kind] = shares.get(features.kind, 0.0) + parse.score
    least = _LIKELY * sum(shares.values())
    found = (
        f._replace(lemma=parse.normal_form, known=parse.is_known) for parse, f in parses if shares[f.kind] >= least
    )
    return tuple(dict.fromkeys(found))


def _kind(tag: Any) -> Kind:
    if tag.POS == "NOUN":
        return "noun"
    if tag.POS != "ADJF" or "Apro" in tag.grammemes:
        return OTHER_KINDS.get(str(tag.POS), "other")
    return "ordinal" if "Anum" in tag.grammemes else "adjective"


@lru_cache(maxsize=4096)
def _features(tag: Any) -> Reading:
    """Return what a tag of pymorphy3 says, with an empty dictionary form.

    Its ``in`` knows only the grammemes of the dictionary that was loaded last, which may be the Ukrainian one.
    """
    kind = _kind(tag)
    if kind in ("other", "preposition", "numeral"):
        return Reading(kind, "")
    person, proper = _is(tag, _PERSON), _is(tag, _PROPER)
    given = "Name" in tag.grammemes
    if "Fixd" in tag.grammemes:
        return Reading(kind, "", person=person, proper=proper, given=given)
    number = str(tag.number or "")
    gender = "" if number == "plur" or not tag.grammemes.isdisjoint(("GNdr", "ms-f")) else str(tag.gender or "")
    case = _SECOND_CASES.get(str(tag.case), str(tag.case or ""))
    animate = "anim" in tag.grammemes and not proper
    return Reading(kind, "", case, number, gender, person, proper, given=given, animate=animate)


def _is(tag: Any, grammemes: frozenset[str]) -> bool:
    return not grammemes.isdisjoint(tag.grammemes)


@lru_cache(maxsize=1)
def _analyser() -> "MorphAnalyzer":
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")
