"""Readings of the names of a language with cases, where the dictionary lacks the name or prefers another word.

    readings_of_name("борисов", readings("борисов"))  ->  those of the surname, not of several men called Борис

A person's name is in the singular. Source: Unbegaun 1972, "Russian Surnames", chapter 1.
"""

import re
from collections.abc import Iterable, Sequence

from alt_pipelines.tagging.extraction.russian_words import Reading

_NOMINAL = ("noun", "adjective", "ordinal")
_SEVERAL = 2
_SURNAME = re.compile("(?:[оеё]в|[иы]н)$")  # of a man, in the nominative


def readings_of_name(word: str, found: Sequence[Reading]) -> Sequence[Reading]:
    """Return the readings that a word may have as a name: not the plural of a person's name if it has a singular.

    A word that can only be the genitive of several persons but ends like a surname is a surname (Мусаев). A word of
    no declension that the dictionary lacks is indeclinable (Кожемяко).
    """
    if not found or any(reading.known and reading.kind not in _NOMINAL for reading in found):
        return found
    if not any(reading.kind in _NOMINAL for reading in found):
        return (Reading("noun", word, known=False),)
    if any(reading.known for reading in found):
        single = [reading for reading in found if reading.number != "plur" or not reading.person]
        if not single and _SURNAME.search(word):
            return (Reading("noun", word, "nomn", "sing", "masc", person=True, proper=True),)
        return single or found
    # Чернівці, but not Оксани.
    return [r for r in found if r.number != "plur" or r.lemma[-1] in "иі"] or found


def plural_towns(found: Iterable[Sequence[Reading]]) -> frozenset[str]:
    """Return the dictionary forms in the plural of the names that have no other: Чернівці."""
    return frozenset(
        r.lemma for own in found for r in own[:1] if r.kind == "noun" and not r.known and r.number == "plur"
    )


def nominative_of_town(word: str) -> tuple[Reading]:
    return (Reading("noun", word, "nomn", "plur", known=False),)


def surnames(found: Sequence[Sequence[Reading]], named: Sequence[bool]) -> frozenset[str]:
    """Return the dictionary forms of surnames that the given name before them decides: Еліна Світоліна.

    ``found``: the readings of each token; ``named``: whether it has the capital of a name.
    """
    out: set[str] = set()
    for at in range(1, len(found)):
        if not (named[at] and named[at - 1]) or len({r.lemma for r in found[at] if r.kind == "noun"}) < _SEVERAL:
            continue
        given = [r for r in found[at - 1] if r.kind == "noun" and r.person and r.number == "sing" and r.known]
        out.update(r.lemma for r in found[at] if r.kind == "noun" and any(_agree(r, one) for one in given))
    return frozenset(out)


def _agree(one: Reading, other: Reading) -> bool:
    return one.case == other.case and one.number == other.number and one.gender in ("", other.gender)
