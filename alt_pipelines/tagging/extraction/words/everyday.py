"""Everyday nouns, which no reader searches for: 团队, บ้าน or warga, by their frequency in the language."""

import math
from collections.abc import Callable, Sequence, Set

from alt_pipelines.tagging.extraction.features import Phrase

EVERYDAY = 6e-5  # share of a word of all words of the language
_ENOUGH = 12  # phrases


def without_everyday(
    phrases: Sequence[Phrase],
    title: Set[str],
    names: Set[str],
    share: Callable[[str], float],
    most_in_title: float = math.inf,
) -> Sequence[Phrase]:
    """Return the phrases without single everyday words, by their ``share`` of the language.

    Names are kept, however common, and words of the title with a share below ``most_in_title``. A text without a
    title, or of few phrases, keeps all.
    """
    kept = [
        phrase
        for phrase in phrases
        if len(phrase.stems) > 1
        or (phrase.stems[0] in title and share(phrase.stems[0]) < most_in_title)
        or phrase.stems[0] in names
        or share(phrase.stems[0]) < EVERYDAY
    ]
    return kept if title and len({phrase.stems for phrase in kept}) >= _ENOUGH else phrases
