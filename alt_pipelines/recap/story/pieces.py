"""Drop the terms of a topic that say what another of its terms says: parts, possessives and shortened forms.

without_pieces(["National League", "National League's best player"])  ->  ("National League's best player",)
without_pieces(["沖縄県知事選", "古謝氏", "沖縄知事選"])                  ->  ("沖縄県知事選", "古謝氏")
"""

import re
from collections.abc import Sequence

from alt_pipelines.text.scripts import CJK
from alt_pipelines.text.segmentation import language_of_unspaced

POSSESSIVE = re.compile(r"['’]s?$")
_BEGINNING = 2  # letters that a shortened form and the full one have in common at the beginning; at the end, one


def without_pieces(terms: Sequence[str]) -> tuple[str, ...]:
    """Drop terms that are part of another one, such as "Park" beside "Cook National Park"; the order is kept.

    Of two Chinese, Japanese or Thai terms the later one is dropped: a word that is mostly a part has already been
    replaced by its full name.
    """
    words = [[POSSESSIVE.sub("", word) for word in term.casefold().split()] for term in terms]
    without_spaces = [CJK.search(term) is not None or bool(language_of_unspaced(term)) for term in terms]

    def is_piece(at: int, other: int) -> bool:
        if words[at] == words[other]:
            return other < at
        if without_spaces[at]:
            return other < at and _are_one(terms[at], terms[other])
        return set(words[at]) <= set(words[other]) and len(terms[at]) < len(terms[other])

    return tuple(
        term
        for at, term in enumerate(terms)
        if not any(is_piece(at, other) for other in range(len(terms)) if other != at)
    )


def _are_one(one: str, other: str) -> bool:
    """Whether one of two terms without spaces is part of the other, or is the other without something inside it."""
    shorter, longer = sorted((one, other), key=len)
    if shorter in longer:
        return True
    begin = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    return begin >= _BEGINNING and longer.endswith(shorter[begin:])
