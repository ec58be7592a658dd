"""Join the groups that report one story in different languages.

Articles are first grouped within their language, by the best encoder of that language and by shared words. Then each
group is compared with those of the other languages by a multilingual encoder, by names matched by sound, and by
numbers. Two groups are joined if each is the other's nearest and their similarity is high enough. A wrong merge is
worse than none, so the threshold is higher without a shared name or number. It is lower where the two stand out: where
no other group of either language is nearly as similar to one of them. Two groups in Latin letters whose names differ do
not stand out: they are two events of one kind.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from alt_pipelines.recap.arrays import Floats
from alt_pipelines.recap.clustering.density import NOISE, Labels
from alt_pipelines.recap.clustering.identity import latin_words, quantities, same_name, spoken_names
from alt_pipelines.recap.corpus.articles import Article
from alt_pipelines.text.scripts import CJK

_TELLING_ALONE = 100.0  # smaller whole numbers, such as numbers of deaths, are shared by two events of a kind by chance

Encode = Callable[[Sequence[str], Sequence[str]], Floats]
"""Encodes texts, given their languages, as unit rows in one space common to all languages."""


@dataclass(frozen=True)
class LanguageSettings:
    """Settings chosen on 25 pairs of reports written for this purpose.

    Without support, the similarity of matching pairs is at least 0.53 and that of other pairs at most 0.53. `distinct`
    was chosen on small requests in two languages, and on pairs of unlike events of one kind among two to ten other
    reports: the sum is at most 0.73 for these and at least 0.76 for the matching pairs that `unsupported` misses.
    """

    opening: int = 3  # title and sentences of an article that are compared, as one text
    articles: int = 3  # articles of a group that are compared
    groups: int = 250  # groups of a language that are compared, largest first, because encoding is expensive
    supported: float = 0.50  # minimum similarity of groups with a name or number in common
    unsupported: float = 0.56  # minimum similarity of groups without
    distinct: float = 0.75  # minimum sum of the similarity and the lead over all others of groups that stand out
    others: int = 3  # groups that must be there to stand out from
    support: float = 0.10  # added for each shared name and each shared number, at most two of each
    days: float = 10.0  # maximum time between the first reports


@dataclass(frozen=True)
class _Group:
    """The compared features of a story or a lone article."""

    members: tuple[int, ...]
    names: frozenset[str]
    latin: frozenset[str]
    wide: bool  # Chinese or Japanese, where a Latin word is a name
    numbers: frozenset[float]
    time: float | None


def join_languages(
    labels: Labels,
    articles: Sequence[Article],
    encode: Encode,
    settings: LanguageSettings,
) -> Labels:
    """Join groups that report one story in different languages, and return the (n,) labels.

    Args:
        labels: (n,) groups of one language each, -1 for articles in none.
        articles: all n articles.
        encode: see `Encode`.
        settings: thresholds and limits of the comparison.
    """
    languages = np.array([article.language for article in articles])
    by_language = {
        language: _groups(np.flatnonzero(languages == language), labels, articles, settings)
        for language in sorted(set(languages.tolist()))
    }
    if len(by_language) < 2:
        return labels
    vectors = {
        language: _vectors(groups, language, articles, encode, settings) for language, groups in by_language.items()
    }
    labels = labels.copy()
    for one, other in combinations(by_language, 2):
        score = _scores(by_language[one], vectors[one], by_language[other], vectors[other], settings)
        for here, there in enumerate(score.argmax(1).tolist()):
            if score[here, there] > 0 and score[:, there].argmax() == here:
                _join(labels, by_language[one][here].members, by_language[other][there].members)
    return labels


def _groups(
    members: Labels,
    labels: Labels,
    articles: Sequence[Article],
    settings: LanguageSettings,
) -> list[_Group]:
    """Collect the stories and lone articles of a language, largest first."""
    stories: dict[int, list[int]] = {}
    for member in members.tolist():
        label = int(labels[member])
        stories.setdefault(label if label != NOISE else -1 - member - 1, []).append(member)
    found = []
    for group in sorted(stories.values(), key=lambda group: (-len(group), group[0]))[: settings.groups]:
        text = "\n".join("\n".join(articles[member].lead[: settings.opening]) for member in group[: settings.articles])
        times = [time.timestamp() for member in group if (time := articles[member].published_at) is not None]
        found.append(
            _Group(
                members=tuple(group),
                names=spoken_names(text),
                latin=latin_words(text),
                wide=CJK.search(text) is not None,
                numbers=quantities(text),
                time=min(times, default=None),
            )
        )
    return found


def _vectors(
    groups: Sequence[_Group],
    language: str,
    articles: Sequence[Article],
    encode: Encode,
    settings: LanguageSettings,
) -> Floats:
    """Return (k, d) unit rows, each the mean of a group's first articles."""
    owner = [at for at, group in enumerate(groups) for _ in group.members[: settings.articles]]
    texts = [
        " ".join(articles[member].lead[: settings.opening])
        for group in groups
        for member in group.members[: settings.articles]
    ]
    rows = encode(texts, [language] * len(texts))
    sums = np.zeros((len(groups), rows.shape[1]), np.float32)
    np.add.at(sums, owner, rows)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)


def _scores(
    here: Sequence[_Group], rows: Floats, there: Sequence[_Group], columns: Floats, settings: LanguageSettings
) -> Floats:
    """Return the (k, l) similarity of groups that may be joined, and 0 for groups that may not."""
    likeness = np.asarray(rows @ columns.T, np.float32)
    score, lead = likeness.copy(), _leads(likeness, settings)
    least = settings.supported - 4 * settings.support  # below this no support is enough
    for one, other in np.argwhere(score >= least).tolist():
        group, peer = here[one], there[other]
        names = sum(any(same_name(name, said) for said in peer.names) for name in group.names)
        names += len(group.latin & peer.latin) if group.wide != peer.wide else 0
        numbers = group.numbers & peer.numbers
        telling = len(numbers) > 1 or any(number >= _TELLING_ALONE or number % 1 for number in numbers)
        support = min(names, 2) + (min(len(numbers), 2) if names or telling else 0)
        score[one, other] += support * settings.support
        apart = (
            group.time is not None and peer.time is not None and abs(group.time - peer.time) > settings.days * 86_400
        )
        unlike = not names and bool(group.names and peer.names) and not (group.wide or peer.wide)
        clear = score[one, other] + lead[one, other] >= settings.distinct and not unlike
        if apart or not (clear or score[one, other] >= (settings.supported if support else settings.unsupported)):
            score[one, other] = 0
    score[likeness < least] = 0
    return score


def _leads(likeness: Floats, settings: LanguageSettings) -> Floats:
    """Return the (k, l) lead of each similarity over all others in its row and column, -inf where they are too few."""
    best = np.full_like(likeness, -np.inf)
    if sum(likeness.shape) - 2 < settings.others:
        return best
    for values, out in ((likeness, best), (likeness.T, best.T)):
        if values.shape[1] > 1:
            second, first = np.partition(values, -2, axis=1)[:, -2:].T
            np.maximum(out, np.where(values == first[:, None], second[:, None], first[:, None]), out=out)
    return likeness - best


def _join(labels: Labels, one: Sequence[int], other: Sequence[int]) -> None:
    """Give both groups one label, in place. Groups that were joined to either before stay joined."""
    known = {int(labels[group[0]]) for group in (one, other)} - {NOISE}
    target = min(known, default=int(labels.max()) + 1)
    labels[[*one, *other]] = target
    for label in known - {target}:
        labels[labels == label] = target
