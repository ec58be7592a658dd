"""German nouns by the forms that the dictionary has of them: common nouns, and the nominative of an oblique case.

    is_common_noun("Dauerwohnungen")                      ->  True (Wohnungen is a plural)
    nominative("Rübenfeldern", genitive=False)            ->  "Rübenfelder"
    nominative("Gemeinderats", genitive=True)             ->  "Gemeinderat"

A compound is judged by the longest part at its end that the dictionary has.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.words.dictionaries import starts_of_ends
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import lemma_of

QUOTATION_MARKS = frozenset("„“”»«\"‚‘›‹'")
_FULL_NAME = 2  # words
_SHORTEST_PART = 5  # letters of the last part of a compound
_SHORTEST_HALF = 4  # letters of either part of a compound of two words
_RARE = 1e-6  # share of the language
_PLURALS = ("e", "en", "n", "er", "nen", "se")
_OF_NAME = re.compile("[^t]ische[nmrs]?$")  # not Tische
_UMLAUTS = (("au", "äu"), ("a", "ä"), ("o", "ö"), ("u", "ü"))
_LONGEST_SIMPLE = 8  # letters of the first part of a compound; a longer one is not looked up
_JOINTS = ("s", "n", "en", "es")  # letters that link the parts of a compound
_GENITIVE = frozenset({"des", "eines", "dieses", "jenes", "seines", "ihres", "unseres", "keines", "jedes"})
# Determiners in -s or -r, after which an adjective in the nominative ends in -e.
_DETERMINERS = frozenset({"das", "der", "dieses", "dieser", "jenes", "jener", "jedes", "jeder", "welches", "welcher"})
_MOST_ADJECTIVES = 2
_FEMININE = re.compile("(?:heit|keit|ung|schaft|tät|ion|in|ik|ur|enz|anz|ie)$")
_OFTEN = 0.8  # frequency of a plural, as a share of the form with -n
_MORE_OFTEN = 2.0


@lru_cache(maxsize=65536)
def is_common_noun(word: str) -> bool:
    """Whether a capitalised word is a common noun: an inflected form, or one with a plural. Names are neither."""
    part = _last_part(word)
    if part is None:
        return False
    if lemma_of(word.lower(), "de") == word:  # a given name
        return False
    if lemma_of(part, "de") != part:
        return True
    stems = {part, *(_with_umlaut(part, plain, umlaut) for plain, umlaut in _UMLAUTS)}
    return any(lemma_of(stem + ending, "de") == part for stem in stems for ending in _PLURALS)


def has_noun_at_end(word: str) -> bool:
    """Whether a capitalised word is a noun that the dictionary has, or a compound that ends in one: Solarfirma."""
    return _last_part(word) is not None


def are_two_nouns(before: str, word: str) -> bool:
    """Whether two adjacent capitalised words are two common nouns, such as a subject and an object before their verb.

    An adjective in a name (Deutsche Bahn) and the adjective of a place (Bremer Neustadt) are not nouns.
    """
    if not word[0].isupper() or not (is_common_noun(word) and is_common_noun(before)):
        return False
    return not is_adjective(before) and (not before.endswith("er") or _is_plural_in_er(before))


def is_feminine(word: str) -> bool:
    """Whether a noun is feminine by its ending."""
    return _FEMININE.search(word) is not None


def is_plural(word: str) -> bool:
    """Whether a common noun is a plural, not in -s: Wohnungen, Verstöße."""
    part = _last_part(word)
    lemma = lemma_of(part, "de") if part else None
    return lemma is not None and lemma != part and not word.endswith("s") and is_common_noun(word)


def _is_plural_in_er(word: str) -> bool:
    """Whether a noun in -er is a plural (Lastenräder), and not a place's adjective (Bremer)."""
    part = _last_part(word)
    lemma = lemma_of(part, "de") if part else None
    return lemma is not None and not lemma.endswith("er")


def is_adjective(word: str) -> bool:
    """Whether a word is declined and in lower case in the dictionary, or made of a name: Technisches, Kaspische."""
    low = word.lower()
    if _OF_NAME.search(low) and lemma_of(word, "de") is None:
        return True
    lemma = lemma_of(low, "de")
    return lemma is not None and lemma != low and low.startswith(lemma)


def is_german_name(form: str) -> bool:
    """Whether a phrase may be a person's name: Eva Ollikainen, Ursula von der Leyen. No common noun is part of one.

    The adjective of a place does not begin a name (Bregenzer Festspiele), and neither does an abbreviation (FC Bayern).
    """
    first, *_, last = words = form.split(" ")
    unknown = lemma_of(first, "de") is None and lemma_of(first.lower(), "de") is None  # Annika Weiß
    unknown = unknown or (lemma_of(last, "de") is None and not is_adjective(first))  # Gudrun Hellriegel
    if is_common_noun(first) or (is_common_noun(last) and not (unknown and len(words) == _FULL_NAME)):
        return False
    return any(map(str.islower, words)) or not (first.isupper() or first.endswith("er"))


@lru_cache(maxsize=65536)
def nominative(word: str, *, genitive: bool) -> str:
    """Return the nominative of a noun in the dative plural or, with `genitive`, in the genitive singular."""
    part = _last_part(word)
    lemma = lemma_of(part, "de") if part else None
    if part is None or lemma is None or lemma == part or not _is_compound(word[: -len(part)]):
        return word
    if genitive:
        return next((word[: -len(ending)] for ending in ("es", "s") if part == lemma + ending), word)
    if not part.endswith("n"):
        return word
    plural = part[:-1]
    if part in (f"{lemma}n", f"{lemma}en") and not _has_other_plural(part, plural, lemma):
        return word  # Menschen and Bauern may be nominatives
    if plural == lemma:
        return word[:-1]
    dative = plural.endswith(("er", "el")) or (plural.endswith("e") and plural != lemma)
    return word[:-1] if dative and lemma_of(plural, "de") == lemma else word


def _has_other_plural(part: str, plural: str, lemma: str) -> bool:
    """Whether a noun in -n has the plural without it: Umwege, not Mensche; Gletscher, not Schwester.

    The dictionary also has the old dative of the singular (dem Staate), which is rare beside the plural (Staaten). A
    noun in -er or -el has a plural without an ending unless it is feminine, and feminine nouns have no genitive in -s.
    """
    written, shorter = frequency(part, "de"), frequency(plural, "de")
    if plural == lemma:
        strong = lemma.endswith(("er", "el")) and lemma_of(f"{lemma}s", "de") == lemma
        return strong and shorter > _MORE_OFTEN * written
    return lemma_of(plural, "de") == lemma and shorter > _OFTEN * written


def is_rare_compound(word: str) -> bool:
    """Whether a rare word is made of a word and a noun in their dictionary forms: Schadcode. Towns are not as rare."""
    if frequency(word, "de") > _RARE:
        return False
    for start in starts_of_ends(word, _SHORTEST_HALF, _SHORTEST_HALF):
        last = word[start].upper() + word[start + 1 :]
        if lemma_of(last, "de") == last and _is_compound(word[:start]):
            return True
    return False


def _is_compound(first: str) -> bool:
    """Whether the first part of a compound is a word, with or without its linking letters: Ehe|ringen, not Si|ringen.

    A first part that ends in a hyphen, or that is long enough to be a compound itself, counts as a word.
    """
    if len(first) > _LONGEST_SIMPLE or not first or first[-1] == "-":
        return True
    bare = (first, *(first.removesuffix(joint) for joint in _JOINTS), f"{first}e", f"{first}en")
    return any(lemma_of(form, "de") or lemma_of(form.lower(), "de") for form in bare)


def is_certain_compound(word: str, *, declined: bool) -> bool:
    """Whether a noun cannot be the name of a place: the dictionary has it, or only what is before its last part.

    Without a hyphen, that part must be a common noun and the word before the compound declined with it (den
    Schlundzähnen): Steinbergen and Churfirsten may be places.
    """
    part = _last_part(word)
    first = word[: -len(part)] if part else word
    if not first or first[-1] == "-":
        return True
    return declined and any(is_common_noun(form) for form in (first, *map(first.removesuffix, _JOINTS)) if form)


def is_lower_case_word(word: str) -> bool:
    """Whether a capitalised word is not a noun: the dictionary has it in lower case only (Künftig, Wer)."""
    lemma, low = lemma_of(word, "de"), word.lower()
    return lemma[0].islower() if lemma else lemma_of(low, "de") == low


def in_genitive(tokens: Sequence[Token], at: int) -> bool:
    """Whether an article in the genitive precedes the token at ``at``, with nothing but adjectives between them."""
    for token in reversed(tokens[max(0, at - _MOST_ADJECTIVES - 1) : at]):
        if token.text.lower() in _GENITIVE:
            return True
        if not (token.text.islower() and token.text.endswith("en")):
            return False
    return False


def has_weak_ending(token: Token, before: Token | None) -> bool:
    """Whether a word is an adjective in -e after a determiner in -s or -r: das schnelle Rad."""
    word = token.text
    return word.islower() and word.endswith("e") and before is not None and before.text.lower() in _DETERMINERS


def _last_part(word: str) -> str | None:
    """Return the word, or the longest noun at its end that the dictionary has; None if the noun would be too short."""
    if lemma_of(word, "de") is not None:
        return word
    for start in starts_of_ends(word, 2, _SHORTEST_PART):
        part = word[start].upper() + word[start + 1 :]
        if lemma_of(part, "de") is not None:
            return part
    return None


def _with_umlaut(word: str, plain: str, umlaut: str) -> str:
    at = word.lower().rfind(plain)
    if at < 0:
        return word
    changed = word[:at] + umlaut + word[at + len(plain) :]
    return changed[0].upper() + changed[1:]
