"""Find boilerplate: sentences that articles of different stories share, such as newsletter, paywall and cookie notes.

Comparison ignores case and white space and, in short sentences, digits. A sentence in three or more articles is
boilerplate unless the remaining sentences of those articles tell one story. Versions of one agency report share
sentences too, but their other sentences are also about the same event. A note in all articles of two tight stories is
recognised by the gap between the two. There are no word lists.

Scope: repetition within one request. Out of scope: what a site repeats over time.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set

import numpy as np
from scipy.cluster.hierarchy import linkage

from alt_pipelines.text.scripts import CJK
from alt_pipelines.text.terms import words

REPEATED = 3  # minimum number of articles that share a boilerplate sentence
ONE_STORY = 0.12  # minimum mean similarity of the articles' remaining sentences for them to tell one story
PARTS_OF_ONE_STORY = 0.07  # minimum mean similarity between the two parts that average linkage joins last
_COMPARED = 40  # articles per repeated sentence, evenly sampled, whose remaining sentences are compared
_STAMP = 40  # a line with fewer letters than this (CJK letters count twice) may be a stamp of date or place
_DIGITS = re.compile(r"\d+")


def find_boilerplate(articles: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the boilerplate sentences as they are spelt in `articles`, which holds the sentences of each article."""
    keys = [[repeat_key(sentence) for sentence in sentences] for sentences in articles]
    homes: dict[str, list[int]] = {}
    for article, found in enumerate(keys):
        for key in dict.fromkeys(found):
            homes.setdefault(key, []).append(article)
    repeated = {key: owners for key, owners in homes.items() if len(owners) >= REPEATED}
    if not repeated:
        return frozenset()
    likeness = _Likeness(articles, keys, repeated.keys())
    verdicts: dict[tuple[int, ...], bool] = {}
    boilerplate = set()
    for key, owners in repeated.items():
        group = tuple(owners)
        if group not in verdicts:
            verdicts[group] = not likeness.is_one_story(group)
        if verdicts[group]:
            boilerplate.add(key)
    return frozenset(
        sentence
        for sentences, found in zip(articles, keys, strict=True)
        for sentence, key in zip(sentences, found, strict=True)
        if key in boilerplate
    )


def repeat_key(sentence: str) -> str:
    """Return a key that ignores case and white space and, in short sentences, numbers."""
    key = " ".join(sentence.casefold().split())
    if len(key) > 3 * _STAMP or sum(map(str.isalpha, key)) >= _STAMP or not any(map(str.isdigit, key)):
        return key
    if sum(2 if CJK.match(c) else 1 for c in key if c.isalpha()) >= _STAMP:
        return key
    return _DIGITS.sub("0", key)


class _Likeness:
    """Cosine similarity of articles over the words of their unrepeated sentences; rare words weigh more."""

    def __init__(self, articles: Sequence[Sequence[str]], keys: Sequence[Sequence[str]], shared: Set[str]) -> None:
        self._bags = [
            frozenset(words("\n".join(s for s, key in zip(sentences, found, strict=True) if key not in shared)))
            for sentences, found in zip(articles, keys, strict=True)
        ]
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
