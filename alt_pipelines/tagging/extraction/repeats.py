"""Repeated runs of words: words that occur together twice are a phrase, where parts of speech cannot decide."""

from collections import Counter
from collections.abc import Iterable, Sequence


def repeated(runs: Iterable[Sequence[str]], longest: int) -> frozenset[str]:
    """Return the forms of two to ``longest`` adjacent words that occur more than once in the runs.

    A form is the concatenated words, without white space at its ends. Linear in the number of words.
    """
    counts: Counter[str] = Counter()
    for run in runs:
        for start in range(len(run) - 1):
            for end in range(start + 2, min(start + longest, len(run)) + 1):
                counts["".join(run[start:end]).strip()] += 1
    return frozenset(form for form, count in counts.items() if count > 1)
