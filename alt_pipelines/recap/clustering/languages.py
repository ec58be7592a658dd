"""Join the reports of one story in several languages.

Articles are grouped within their language first, where the best encoder of each language and shared words serve. Then
each group is compared with those of the other languages by an encoder that reads all of them, by names known by their
sound and by numbers. Two groups join that are each other's nearest and near enough: a wrong merger is worse than none,
so likeness of meaning alone must be greater than likeness that a shared name or number supports.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from alt_pipelines.recap.clustering.density import NOISE, Floats, Labels
from alt_pipelines.recap.clustering.identity import latin_words, quantities, same_name, spoken_names
from alt_pipelines.recap.corpus.articles import Article
from alt_pipelines.text.scripts import CJK

Encode = Callable[[Sequence[str], Sequence[str]], Floats]
"""Unit rows for texts in these languages, in one space for all of them."""


@dataclass(frozen=True)
class LanguageSettings:
    """Chosen on 25 pairs of reports written for it: own pairs reach 0.53 and more, others at most 0.53, unsupported."""

    opening: int = 3  # title and sentences of an article that are compared, as one text
    articles: int = 3  # of a group that are compared
    groups: int = 250  # of a language that are compared, largest first: encoding them is what costs
    supported: float = 0.50  # likeness from which groups with a name or number in common join
    unsupported: float = 0.56  # ... and groups without
    support: float = 0.10  # that each of two shared names and two shared numbers adds
    days: float = 10.0  # between the first reports, at most


@dataclass(frozen=True)
class _Group:
    """A story or a lone article, as it is compared."""

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
    """(n,) the groups, with those joined that tell one story in different languages.

    Args:
        labels: (n,) groups of one language each, -1 for articles in none.
        articles: all of them.
        encode: see `Encode`.
        settings: how near is near enough.
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
    """The stories and lone articles of a language, largest first."""
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
    """(k, d) unit rows, each the mean of a group's first articles."""
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
    """(k, l) likeness of groups that may join, 0 for those that may not."""
    score = np.asarray(rows @ columns.T, np.float32)
    least = settings.supported - 4 * settings.support  # below this no support is enough
    for one, other in np.argwhere(score >= least).tolist():
        group, peer = here[one], there[other]
        names = sum(any(same_name(name, said) for said in peer.names) for name in group.names)
        names += len(group.latin & peer.latin) if group.wide != peer.wide else 0
        support = min(names, 2) + min(len(group.numbers & peer.numbers), 2)
        score[one, other] += support * settings.support
        apart = (
            group.time is not None and peer.time is not None and abs(group.time - peer.time) > settings.days * 86_400
        )
        if apart or score[one, other] < (settings.supported if support else settings.unsupported):
            score[one, other] = 0
    score[score < settings.supported] = 0
    return score


def _join(labels: Labels, one: Sequence[int], other: Sequence[int]) -> None:
    """One label for both groups, in place; whatever was joined to either before stays joined."""
    known = {int(labels[group[0]]) for group in (one, other)} - {NOISE}
    target = min(known, default=int(labels.max()) + 1)
    labels[[*one, *other]] = target
    for label in known - {target}:
        labels[labels == label] = target
