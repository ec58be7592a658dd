"""Decide whether articles tell one story by what they do not share; if they do not, what they share is boilerplate.

Scope: one measure on words, for `boilerplate` and `affixes`. Out of scope: the similarity that groups articles into
stories, which is in `clustering`.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.cluster.hierarchy import linkage

from alt_pipelines.text.terms import words

REPEATED = 3  # minimum number of articles that share a boilerplate sentence
ONE_STORY = 0.12  # minimum mean similarity of the articles' remaining sentences for them to tell one story
PARTS_OF_ONE_STORY = 0.07  # minimum mean similarity between the two parts that average linkage joins last
_COMPARED = 40  # articles per repeated sentence, evenly sampled, whose remaining sentences are compared


class Likeness:
    """Cosine similarity of articles over the words of the sentences that they do not share; rare words weigh more."""

    def __init__(self, articles: Sequence[Sequence[str]]) -> None:
        self._bags: list[frozenset[str]] = [frozenset().union(*map(_words, sentences)) for sentences in articles]
        spread = Counter(word for bag in self._bags for word in bag)
        self._weight = {
            word: (0.5 + float(np.log((1 + len(articles)) / (1 + count)))) ** 2 for word, count in spread.items()
        }
        self._length = [max(1e-9, sum(self._weight[word] for word in bag)) ** 0.5 for bag in self._bags]

    def is_one_story(self, group: Sequence[int]) -> bool:
        """Whether articles are alike on average and do not fall into two parts that have almost nothing in common.

        A single article apart from three or more others is no part: it may be another version of their story. An
        article without remaining sentences counts as a copy of every other.
        """
        chosen = [group[i] for i in np.unique(np.linspace(0, len(group) - 1, min(len(group), _COMPARED)).astype(int))]
        n = len(chosen)
        pairs = np.array([self._pair(chosen[i], chosen[j]) for i in range(n) for j in range(i + 1, n)])
        if pairs.mean() < ONE_STORY:
            return False
        tree = linkage(np.maximum(1 - pairs, 0), "average")
        single = n > REPEATED and min(tree[-1, :2]) < n
        return single or bool(1 - tree[-1, 2] >= PARTS_OF_ONE_STORY)

    def _pair(self, one: int, other: int) -> float:
        if not self._bags[one] or not self._bags[other]:
            return 1.0
        common = self._bags[one] & self._bags[other]
        return float(sum(self._weight[word] for word in common) / (self._length[one] * self._length[other]))


@lru_cache(maxsize=1 << 13)  # a run compares its articles up to three times
def _words(sentence: str) -> frozenset[str]:
    return frozenset(words(sentence))
