"""Add articles in no story to the story whose names and numbers they share, when no other story shares them.

A short report in other words is far from its story by meaning and vocabulary, but who, where and how many agree: a
match report that opens with the scorer still names both teams and the score.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from alt_pipelines.recap.clustering.density import NOISE, Labels
from alt_pipelines.recap.clustering.identity import identifiers


@dataclass(frozen=True)
class AdoptionSettings:
    """Settings chosen for precision: with two shared names instead of three, unrelated articles are adopted."""

    opening: int = 4  # texts of an article, title first, in which names count
    readable: int = 2  # minimum texts of an article; one sentence has too few names
    shared: int = 3  # minimum names and numbers that an article shares with the story and with no other
    told: float = 0.5  # minimum share of the story's articles that mention such a name


def adopt_by_names(labels: Labels, texts: Sequence[Sequence[str]], settings: AdoptionSettings) -> Labels:
    """Return (n,) labels with articles of no story (-1) added to the story whose own names they share.

    Args:
        labels: (n,) stories, -1 for none.
        texts: the title and sentences of each article.
        settings: how many names must agree.
    """
    lone = [i for i in np.flatnonzero(labels == NOISE).tolist() if len(texts[i]) >= settings.readable]
    if not lone or (labels == NOISE).all():
        return labels
    named = [identifiers(text[: settings.opening]) for text in texts]
    sizes = Counter(labels[labels != NOISE].tolist())
    mentions: dict[str, Counter[int]] = {}
    for names, label in zip(named, labels.tolist(), strict=True):
        for name in names if label != NOISE else ():
            mentions.setdefault(name, Counter())[label] += 1
    home = {
        name: story
        for name, stories in mentions.items()
        if len(stories) == 1
        for story, count in stories.items()
        if count >= max(2, settings.told * sizes[story])
    }
    spread = Counter(name for article in lone for name in named[article])
    labels = labels.copy()
    for article in lone:
        # A name that more lone articles mention than the story has articles does not belong to the story.
        shared = Counter(home[n] for n in named[article] if n in home and spread[n] <= sizes[home[n]])
        best = shared.most_common(2)
        if best and best[0][1] >= settings.shared and (len(best) == 1 or best[1][1] < best[0][1]):
            labels[article] = best[0][0]
    return labels
