"""Find the original spelling of sentences that were split from the normalised text.

    spellings("ＷＩＤＥ　text。 Next。", ["WIDE text。", "Next。"])  ->  ["ＷＩＤＥ　text。", "Next。"]

Text is split and compared under NFKC, which changes the spelling: the Thai vowel U+0E33 becomes two characters, and
full-width letters become narrow. Readers see the text as the caller sent it.
"""

import unicodedata
from collections.abc import Iterator, Sequence

_JOINS_ITS_BASE = "\uff9e\uff9f"  # half-width voicing marks, which are letters in Unicode but compose like marks
_JAMO = ("\u1160", "\u11ff")  # vowels and final consonants of Hangul compose with the preceding character


def spellings(raw: str, sentences: Sequence[str]) -> list[str]:
    """Return the passage of `raw` for each sentence. A sentence that is not found is returned unchanged.

    Args:
        raw: the text as sent.
        sentences: NFKC-normalised pieces of `raw` in order, with white space collapsed.
    """
    found: list[str] = []
    position = 0
    for sentence in sentences:
        at = raw.find(sentence, position)
        if at < 0:
            return found + _aligned(raw[position:], sentences[len(found) :])
        found.append(sentence)
        position = at + len(sentence)
    return found


def _aligned(raw: str, sentences: Sequence[str]) -> list[str]:
    """Match the letters without white space: slower than a direct search, but in linear time."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _units(raw):
        for letter in "".join(unicodedata.normalize("NFKC", raw[start:end]).split()):
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    stream, position, found = "".join(letters), 0, []
    for sentence in sentences:
        squeezed = "".join(sentence.split())
        at = stream.find(squeezed, position) if squeezed else -1
        if at < 0:
            found.append(sentence)
            continue
        position = at + len(squeezed)
        found.append(raw[starts[at] : ends[position - 1]])
    return found


def _units(raw: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each character with the marks that compose with it; at most 16 characters."""
    start = 0
    for at in range(1, len(raw) + 1):
        joins = at < len(raw) and at - start < 16 and (unicodedata.combining(raw[at]) or raw[at] in _JOINS_ITS_BASE)
        joins = joins or (at < len(raw) and at - start < 16 and _JAMO[0] <= raw[at] <= _JAMO[1])
        if not joins:
            yield start, at
            start = at
