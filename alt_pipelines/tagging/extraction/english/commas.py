"""English names with commas: bands and firms named after their members, and bodies named after several matters.

    join_commas([["Earth", ",", "Wind", "&", "Fire", ...], ...])  ->  [["Earth,", "Wind", "&", "Fire", ...], ...]
    join_commas([["Ministry", "of", "Food", ",", "Farming", "and", "Fisheries"]])  ->  "Food," is one token

A list of names looks like a band (Boots, Marks & Spencer), so the text decides: it has the whole more than once, and
none of its words elsewhere. A body's kind, a preposition and a list of common nouns with capitals are a body.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.english.bodies import ALONE, KINDS
from alt_pipelines.tagging.extraction.english.lexicon import is_common_word, usual_tag

_LONGEST = 4  # members: Crosby, Stills, Nash & Young
_LONGEST_MATTERS = 8  # words, signs included: Agriculture, Fisheries and Food
_GOVERNS = frozenset({"of", "for", "on"})


def join_commas(sentences: list[list[str]]) -> list[list[str]]:
    """Return the sentences with the commas inside such names joined to the words before them."""
    bands: set[tuple[str, ...]] | None = None
    out = []
    for sentence in sentences:
        spans: list[tuple[int, int]] = []
        if "," in sentence and "&" in sentence:
            bands = _bands(sentences) if bands is None else bands
            spans += [span for span in _members(sentence) if tuple(sentence[slice(*span)]) in bands]
        if "," in sentence and "and" in sentence and not _GOVERNS.isdisjoint(sentence):
            spans += _bodies(sentence)
        out.append(_joined(sentence, spans) if spans else sentence)
    return out


def _bands(sentences: list[list[str]]) -> set[tuple[str, ...]]:
    """Return the names with an "&" that the text has more than once, as a whole only."""
    times = Counter(
        tuple(sentence[slice(*span)]) for sentence in sentences if "&" in sentence for span in _members(sentence)
    )
    often = {name: count for name, count in times.items() if count > 1}
    if not often:
        return set()
    words = Counter(word for sentence in sentences for word in sentence)
    return {name for name, count in often.items() if all(words[word] == count for word in name[::2])}


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


def _members(sentence: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of single words with capitals that commas and, before the last, an "&" separate."""
    for at in range(3, len(sentence) - 1):
        if sentence[at] != "&" or not (_is_name(sentence[at - 1]) and _is_name(sentence[at + 1])):
            continue
        start = at - 1
        while (
            start > 1 and sentence[start - 1] == "," and _is_name(sentence[start - 2]) and at - start < 2 * _LONGEST - 1
        ):
            start -= 2
        if start < at - 1:
            yield start, at + 2


def _is_name(word: str) -> bool:
    return word.isalpha() and word[0].isupper()


def _joined(sentence: list[str], spans: Sequence[tuple[int, int]]) -> list[str]:
    inside = {at for start, end in spans for at in range(start, end) if sentence[at] == ","}
    out: list[str] = []
    for at, word in enumerate(sentence):
        if at in inside:
            out[-1] += word
        else:
            out.append(word)
    return out
