"""Everyday nouns, which no reader searches for: 团队 or บ้าน, in scripts where nothing shows which words are names."""

from collections.abc import Callable, Sequence, Set

from alt_pipelines.tagging.extraction.features import Phrase

_EVERYDAY = 6e-5  # share of a word of all words of the language
_ENOUGH = 12  # phrases


def without_everyday(
    phrases: Sequence[Phrase], title: Set[str], names: Set[str], share: Callable[[str], float]
) -> Sequence[Phrase]:
    """Return the phrases without single everyday words, by their ``share`` of the language.

    Words of the title and names are kept, however common. A text without a title, or of few phrases, keeps all.
    """
    kept = [
        phrase
        for phrase in phrases
        if len(phrase.stems) > 1
        or phrase.stems[0] in title
        or phrase.stems[0] in names
        or share(phrase.stems[0]) < _EVERYDAY
    ]
    return kept if title and len({phrase.stems for phrase in kept}) >= _ENOUGH else phrases
