"""Names without the common noun before them that says what they are: a trade, a role, a kind of body or product.

    l'éditeur Gallimard                   ->  Gallimard
    federación estadounidense AFL-CIO     ->  AFL-CIO
    Netbeheerder TenneT                   ->  TenneT

The noun is in lower case, or at the start of a sentence. It is an agent by its suffix, or one of the ``kinds`` of its
language's row. Other nouns belong to the name: loi Montagne, rechtbank Limburg.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading
from alt_pipelines.tagging.extraction.words.verbs import is_infinitive, is_word

# Suffixes of agents.
_AGENTS = {
    "fr": re.compile(r"\w{3}(?:istes?|eurs?|euses?|trices?|(?:ic)?iens?|iennes?)$"),
    "nl": re.compile(r"\w{3}(?:aars?|ist(?:en)?|eurs?|heerders?)$"),
}
_ENDS_IN_KIND = frozenset({"nl"})  # languages that write compounds as one word
_SHORTEST_AGENT = 6  # letters of a Dutch agent in -er


def name_after_kind(run: list[Placed], reading: Reading) -> list[Placed]:
    """Return a run without the kind or agent, and its adjectives, before the name at its end."""
    start = 0
    while start < len(run) and _is_common(run[start], start, reading):
        start += 1
    name, before = run[start:], [placed.token.text.lower() for placed in run[:start]]
    if not before or not name:
        return run
    if len(before) > 1 and before[1] in reading.row.of and _is_plural_agent(before[0], reading):
        return run  # people of a place: ostréiculteurs de Cancale
    if not _all_names(name) and not is_word(name[0].token.text.lower(), reading.code):
        return run  # but l'association Les Amis des oiseaux
    return name if is_kind(before[0], reading) or (len(before) > 1 and is_kind(before[-1], reading)) else run


def is_kind(word: str, reading: Reading) -> bool:
    """Whether a noun in lower case is an agent, or a kind of body or product."""
    if _is_listed(word, reading):
        return True
    agents = _AGENTS.get(reading.code)
    if agents is not None and agents.search(word):
        return True
    maker = reading.code == "nl" and word.endswith("er") and len(word) >= _SHORTEST_AGENT
    return maker and is_infinitive(f"{word[:-2]}en", "nl")


def _is_plural_agent(word: str, reading: Reading) -> bool:
    """Whether a noun in lower case is a group of people by its suffix: pêcheurs."""
    agents = _AGENTS.get(reading.code)
    return agents is not None and word.endswith("s") and agents.search(word) is not None


def _is_listed(word: str, reading: Reading) -> bool:
    """Whether a word in lower case is one of the row's kinds, also in the plural or, in Dutch, as a compound."""
    kinds = _folded_kinds(reading.code)
    if word in kinds or word.removesuffix("s") in kinds:
        return True
    return reading.code in _ENDS_IN_KIND and word.endswith(tuple(kinds))


@lru_cache(maxsize=64)
def _folded_kinds(language: str) -> frozenset[str]:
    return frozenset(map(str.lower, language_of(language).kinds))


def _is_common(placed: Placed, at: int, reading: Reading) -> bool:
    """Whether a word is in lower case, or has a capital only because it begins a sentence or is an abbreviation."""
    word = placed.token.text
    if word.islower():
        return True
    if at:
        return False
    low = word.lower()
    opens = placed.token.opens and low not in reading.capitals  # not an agent, which may be a name: Salvatore
    return word in reading.row.kinds or (opens and _is_listed(low, reading))


def _all_names(words: Sequence[Placed]) -> bool:
    return all(word.link or word.token.text[0].isupper() or word.token.text[0].isdigit() for word in words)
