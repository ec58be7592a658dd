"""Which runs of words a text repeats: what is written together twice is a phrase, where no part of speech says so."""

from collections import Counter
from collections.abc import Iterable, Sequence


def repeated(runs: Iterable[Sequence[str]], longest: int) -> frozenset[str]:
    """Forms (words as they follow one another, white space in front removed) of two to ``longest`` words that occur
    more than once in the runs. Linear in the number of words."""
    counts: Counter[str] = Counter()
    for run in runs:
        for start in range(len(run) - 1):
            for end in range(start + 2, min(start + longest, len(run)) + 1):
                counts["".join(run[start:end]).strip()] += 1
    return frozenset(form for form, count in counts.items() if count > 1)
