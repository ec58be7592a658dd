"""Parts of Japanese compounds that stand on their own: タイタン, of タイタン探査 and 衛星タイタン."""

import re
from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import LONGEST, Phrase

_NAME = re.compile("[ァ-ヴー]{2,}|[A-Z][A-Za-z0-9]+")


def free_parts(phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """Yield each part that begins one phrase, ends another and is not a phrase yet, at its first place as a beginning.

    A part of one word must be in katakana or a capitalised Latin name, because other words are parts of many compounds.
    Linear in the number of phrases.
    """
    compounds = {phrase.stems: phrase for phrase in phrases if 1 < len(phrase.stems) <= LONGEST}
    ends = {stems[at:] for stems in compounds for at in range(1, len(stems))}
    found = {phrase.stems for phrase in phrases}
    for stems, phrase in compounds.items():
        for size in range(1, len(stems)):
            part = stems[:size]
            if part in ends and part not in found and _stands_alone(phrase.words[:size]):
                found.add(part)
                yield Phrase(phrase.words[:size], part, phrase.start)


def _stands_alone(words: Sequence[str]) -> bool:
    """Whether a part may be a phrase: not 台風 of 台風対策 and 大型台風, and no number."""
    if len(words) == 1:
        return _NAME.fullmatch(words[0]) is not None
    return not words[0][0].isdigit()
