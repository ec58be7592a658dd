"""German nouns by the forms that the dictionary has of them: common nouns, and the nominative of an oblique case.

    is_common_noun("Dauerwohnungen")                      ->  True (Wohnungen is a plural)
    nominative("Rübenfeldern", genitive=False)            ->  "Rübenfelder"
    nominative("Gemeinderats", genitive=True)             ->  "Gemeinderat"

A compound is judged by the longest part at its end that the dictionary has.
"""

from collections.abc import Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.spaced_tokens import Token
from alt_pipelines.tagging.extraction.verbs import lemma_of

_SHORTEST_PART = 5  # letters of the last part of a compound
_PLURALS = ("e", "en", "n", "er", "nen", "se")
_UMLAUTS = (("au", "äu"), ("a", "ä"), ("o", "ö"), ("u", "ü"))
_GENITIVE = frozenset({"des", "eines", "dieses", "jenes", "seines", "ihres", "unseres", "keines", "jedes"})
_MOST_ADJECTIVES = 2


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


def are_two_nouns(before: str, word: str) -> bool:
    """Whether two adjacent capitalised words are two common nouns, such as a subject and an object before their verb.

    An adjective in a name (Deutsche Bahn) and the adjective of a place (Bremer Neustadt) are not nouns.
    """
    if not word[0].isupper() or before.endswith("er") or _is_adjective(before):
        return False
    return is_common_noun(word) and is_common_noun(before)


def _is_adjective(word: str) -> bool:
    """Whether the dictionary has the word in lower case, as a declined form: Deutsche, Technisches."""
    low = word.lower()
    lemma = lemma_of(low, "de")
    return lemma is not None and lemma != low and low.startswith(lemma)


@lru_cache(maxsize=65536)
def nominative(word: str, *, genitive: bool) -> str:
    """Return the nominative of a noun in the dative plural or, with `genitive`, in the genitive singular."""
    part = _last_part(word)
    lemma = lemma_of(part, "de") if part else None
    if part is None or lemma is None or lemma == part:
        return word
    if genitive:
        return next((word[: -len(ending)] for ending in ("es", "s") if part == lemma + ending), word)
    if not part.endswith("n") or part in (f"{lemma}n", f"{lemma}en"):  # Menschen and Bauern may be nominatives
        return word
    plural = part[:-1]
    dative = plural.endswith(("er", "el")) or (plural.endswith("e") and plural != lemma)
    return word[:-1] if dative and lemma_of(plural, "de") == lemma else word


def in_genitive(tokens: Sequence[Token], at: int) -> bool:
    """Whether an article in the genitive precedes the token at ``at``, with nothing but adjectives between them."""
    for token in reversed(tokens[max(0, at - _MOST_ADJECTIVES - 1) : at]):
        if token.text.lower() in _GENITIVE:
            return True
        if not (token.text.islower() and token.text.endswith("en")):
            return False
    return False


def _last_part(word: str) -> str | None:
    """Return the word, or the longest noun at its end that the dictionary has; None if the noun would be too short."""
    if lemma_of(word, "de") is not None:
        return word
    for start in range(2, len(word) - _SHORTEST_PART + 1):
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
