"""Words of a text written without spaces, by the likeliest path through a word list.

A unigram language model and dynamic programming, as jieba does for known words. What is not in the list comes out as
single characters; two of them that follow one another are mostly a name, and are joined.
"""

import math
from collections.abc import Mapping

_LONGEST_WORD = 6  # characters; hardly any entry of the Chinese list is longer
_COMMON_CHARACTER = (
    2e-4  # share of all words from which a lone character is a word of its own (的, 和) and no part of a name
)
_UNKNOWN = -18.0  # log probability of an unlisted character: below any listed word's, so that words win


def segment(run: str, frequency: Mapping[str, float]) -> list[str]:
    """Words of one run of characters, in order; their concatenation is the run. Linear in its length.

    ``frequency``: word to its share of all words (0..1).
    """
    best = [0.0] * (len(run) + 1)
    back = [0] * (len(run) + 1)
    for end in range(1, len(run) + 1):
        best[end] = -math.inf
        for start in range(max(0, end - _LONGEST_WORD), end):
            listed = frequency.get(run[start:end])
            if listed is None and end - start > 1:
                continue
            score = best[start] + (math.log(listed) if listed else _UNKNOWN)
            if score > best[end]:
                best[end], back[end] = score, start
    words: list[str] = []
    end = len(run)
    while end > 0:
        words.append(run[back[end] : end])
        end = back[end]
    return _join_names(words[::-1], frequency)


def _join_names(words: list[str], frequency: Mapping[str, float]) -> list[str]:
    """Rare single characters in a row are joined, up to four: the parts of a transliterated or personal name."""
    out: list[str] = []
    open_name = False
    for word in words:
        rare = len(word) == 1 and frequency.get(word, 0.0) < _COMMON_CHARACTER
        if rare and open_name and len(out[-1]) < 4:
            out[-1] += word
        else:
            out.append(word)
        open_name = rare
    return out
