"""German names without the role, the trade or the body before them, and nouns without their complement.

    Regisseur Jan Anton Weller            ->  Jan Anton Weller
    Stürmer Torgersen                     ->  Torgersen
    des Branchenverbands VDW              ->  VDW
    Studie der Universität Ulm            ->  Studie, Universität Ulm
    Ina Tappert von der Feuerwehr         ->  Ina Tappert, Feuerwehr

A role has a feminine form (``words.verbs.is_role``). A noun in the genitive or dative before a name is not part of the
name's dictionary form. A common noun before "der" or "von" has a complement, which is another thing unless the text
repeats both together.
"""

import re
from collections.abc import Iterator

from alt_pipelines.tagging.extraction.features import LONGEST
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced.germanic.german_neighbours import KINDS
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import has_noun_at_end, is_common_noun, nominative
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import is_role, lemma_of

_ACRONYM = re.compile(r"[A-ZÄÖÜ]{3,}")
_FULL_NAME = 2  # words
_ROLE = re.compile(r"\w{3}(?:[eo]r|ist|ent|log)in(nen)?$")
_MALE = re.compile("(?i:anwalt|arzt|chef|außen)$")


def without_description(run: list[Placed]) -> list[Placed]:
    """Return a run without the role, the trade or the inflected noun before the name at its end."""
    if len(run) == 1:
        return run
    if any(placed.token.text == "&" for placed in run):
        return _firm(run)
    for at in range(len(run) - 1, max(0, len(run) - 1 - LONGEST), -1):
        word, name = run[at - 1].token.text, run[at:]
        named = all(one.link or one.token.text[0].isupper() or one.token.text[0].isdigit() for one in name)
        if word[0].islower() or not named or not name[0].token.text[0].isupper():
            continue
        names = [placed.token.text for placed in name]
        begins = all(placed.token.text[0].islower() for placed in run[: at - 1])
        if _describes(word, names) or (not any(placed.link for placed in name) and _is_before(word, names, begins)):
            return name
    return run


def _firm(run: list[Placed]) -> list[Placed]:
    """Return the name of a firm without its trade: Maschinenbauer Kessler & Vogt."""
    sign = next(at for at, placed in enumerate(run) if placed.token.text == "&")
    for at in range(sign - 2, -1, -1):
        word = run[at].token.text
        if word[0].islower() or is_role(word, "de") or is_common_noun(word):
            return run[at + 1 :]
    return run


def _is_before(word: str, name: list[str], begins: bool) -> bool:
    """Whether a noun is before a full name of two words: a role, also if the name has a common noun (Stürmer Max Wolf),
    or any common noun that ``begins`` its run (Linksaußen Mads Torgersen).
    """
    if len(name) != _FULL_NAME:
        return False
    return is_role(word, "de") or (begins and is_common_noun(word) and not any(map(is_common_noun, name)))


def _describes(word: str, name: list[str]) -> bool:
    """Whether a noun is the role of the person or firm named after it, or an inflected noun before a name."""
    if word in KINDS:
        return False  # Theater is spelt like a role
    if (_is_kind(word) or is_role(word, "de") or _is_unlisted_role(word)) and not any(map(_is_listed_noun, name)):
        return True
    if not (is_common_noun(word) or _is_unlisted_role(word) or _MALE.search(word)):
        return False
    person = len(name) >= _FULL_NAME and not is_common_noun(name[0])
    if person and (_is_person(word) or _has_changed_feminine(word)):
        return True
    if any(map(is_common_noun, name)) or lemma_of(name[-1], "de") not in (None, name[-1]):
        return False  # Präsident Frankreichs
    if len(name) == 1 and _ACRONYM.fullmatch(name[0]):
        return True
    return _is_person(word) or nominative(word, genitive=True) != word or nominative(word, genitive=False) != word


def _is_person(word: str) -> bool:
    """Whether a noun is a role, also in another case: Torhüter, Konkurrenten, Vorsitzende."""
    lemma = lemma_of(word, "de") or word
    oblique = word.startswith(lemma) and word[len(lemma) :] in ("n", "en", "s", "es")  # not Füchse Berlin
    if _is_unlisted_role(word):
        return True
    return is_role(word, "de") or (oblique and is_role(lemma, "de")) or lemma in (f"{word}r", f"{word[:-1]}r")


def _is_unlisted_role(word: str) -> bool:
    """Whether a noun is a role by its suffix: one that the dictionary lacks (Präparatorin), a plural (Läuferinnen)."""
    found = _ROLE.search(word)
    return found is not None and (found[1] is not None or lemma_of(word, "de") is None)


def _has_changed_feminine(word: str) -> bool:
    """Whether a noun has a feminine without its -e or with another vowel: Kollege (Kollegin), Rechtsanwalt."""
    if word.endswith("e"):
        return lemma_of(f"{word[:-1]}innen", "de") == f"{word[:-1]}in"
    return _MALE.search(word) is not None


def _is_kind(word: str) -> bool:
    """Whether a noun is, or ends in, a kind of body or product that describes the name after it: Sicherheitsfirma."""
    low = word.lower().removesuffix("s")
    if low in language_of("de").kinds:
        return True
    known = "-" in word or has_noun_at_end(word)
    return known and low.endswith(tuple(language_of("de").kinds))


def _is_listed_noun(word: str) -> bool:
    """Whether the dictionary has a word as a common noun; a name may look like a compound: Steinbrecher."""
    return lemma_of(word, "de") is not None and is_common_noun(word)


def at_complements(run: list[Placed], reading: Reading) -> Iterator[list[Placed]]:
    """Yield the parts of a run, cut at the small words between a noun or a name and its complement."""
    start = 0
    for at, placed in enumerate(run):
        if not placed.link or placed.token.text == "&" or at == 0 or run[at - 1].link:
            continue
        end = next(place for place in range(at, len(run)) if not run[place].link)
        whole = " ".join(part.token.text.lower() for part in run[at - 1 : end + 1])
        if whole not in reading.repeated and _is_outside(run[at - 1], run[end], alone=at - start == 1):
            yield run[start:at]
            start = end
    yield run[start:]


def _is_outside(before: Placed, after: Placed, *, alone: bool) -> bool:
    """Whether the small word between two parts is outside names: a common noun is beside it, or a body after it."""
    head, follows = before.token.text, after.token.text
    if is_common_noun(head) or is_common_noun(follows) or _ACRONYM.fullmatch(follows):
        return True
    return alone and not frequency(head.lower(), "de")  # no given name is that rare
