"""English names of bodies that have commas, because they are named after several matters.

    join_commas([["Ministry", "of", "Food", ",", "Farming", "and", "Fisheries"]])  ->  "Food," is one token

A body's kind, a preposition and a list of common nouns with capitals are its name.
"""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.english.bodies import ALONE, KINDS
from alt_pipelines.tagging.extraction.english.lexicon import is_common_word, usual_tag

_LONGEST_MATTERS = 8  # words, signs included: Agriculture, Fisheries and Food
_GOVERNS = frozenset({"of", "for", "on"})


def join_commas(sentences: list[list[str]]) -> list[list[str]]:
    """Return the sentences with the commas inside such names joined to the words before them."""
    out = []
    for sentence in sentences:
        listed = "," in sentence and "and" in sentence and not _GOVERNS.isdisjoint(sentence)
        spans = [*_bodies(sentence)] if listed else []
        out.append(_joined(sentence, spans) if spans else sentence)
    return out


def _bodies(sentence: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of what follows the kind and the preposition of a body with a comma in its name."""
    for at in range(1, len(sentence) - 4):
        if sentence[at] not in _GOVERNS or sentence[at - 1].lower() not in KINDS or not sentence[at - 1].istitle():
            continue
        end = at + 1
        while end < len(sentence) and end - at <= _LONGEST_MATTERS and _is_matter(sentence[end]):
            end += 1
        while end > at and not sentence[end - 1][0].isupper():
            end -= 1
        matters = sentence[at + 1 : end]
        if "," in matters and "and" in matters and matters.index(",") < matters.index("and") < len(matters) - 1:
            yield at + 1, end


def _is_matter(word: str) -> bool:
    """Whether a word may be a part of what a body is for: a common noun or adjective with a capital, or a joint."""
    if word in (",", "and"):
        return True
    low = word.lower()
    return word.istitle() and is_common_word(low) and low not in KINDS and low not in ALONE and usual_tag(low) != "DT"


def _joined(sentence: list[str], spans: Sequence[tuple[int, int]]) -> list[str]:
    inside = {at for start, end in spans for at in range(start, end) if sentence[at] == ","}
    out: list[str] = []
    for at, word in enumerate(sentence):
        if at in inside:
            out[-1] += word
        else:
            out.append(word)
    return out
