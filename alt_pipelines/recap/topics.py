"""What a cluster is about: its top terms and its label.

A cluster is read as one document among clusters (c-TF-IDF) with BM25's weight for how rare a term is, over words and
pairs of words of every script. Terms are shown as they are mostly written. Here: weighting and choosing. What a term
is, and which words say nothing, is in `text.terms` and `text.stopwords`.

Source: Grootendorst (2022), BERTopic, section 3.3; Robertson and Zaragoza (2009), The Probabilistic Relevance
Framework.
"""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from alt_pipelines.recap.density import NOISE, Labels
from alt_pipelines.text.stopwords import stop_words
from alt_pipelines.text.terms import phrases, terms

TERMS = 5
LABEL_CHARACTERS = 128
_LABEL_TERMS = 3
_LABEL_JOINT = " · "
_LEAD_TEXTS = 8  # title and opening sentences; further down an article drifts from its story
_NAME_WEIGHT = 1.3  # a story is told apart by its names
_PHRASE_WEIGHT = 1.5  # a pair of words that holds together says more than either
_HOLDS_TOGETHER = 0.5  # of the rarer word's uses are in the pair
_COMMON_IN_ARTICLE = 3  # a term counts at most this often in one article


@dataclass
class _Bag:
    """Counts of one group of articles."""

    articles: int = 0
    uses: Counter[str] = field(default_factory=Counter)
    spread: Counter[str] = field(default_factory=Counter)  # articles that use the term


@dataclass
class _Vocabulary:
    surfaces: dict[str, Counter[str]] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def written(self, term: str) -> str:
        """The commonest way of writing a term; the first one seen where two are as common."""
        return self.surfaces[term].most_common(1)[0][0]


def top_terms(
    texts: Sequence[Sequence[str]],
    languages: Sequence[str],
    labels: Labels,
    extra_stop: Set[str] = frozenset(),
    count: int = TERMS,
) -> dict[int, list[str]]:
    """Up to `count` terms for each label >= 0, the most telling first; fewer, or none, where the texts give no more.

    Args:
        texts: title and sentences of each article.
        languages: (n,) their two-letter codes.
        labels: (n,) clusters; the articles in none are background.
        extra_stop: words, lower-cased, never to be shown.
    """
    vocabulary = _Vocabulary()
    bags: dict[int, _Bag] = {}
    for sentences, language, label in zip(texts, languages, labels.tolist(), strict=True):
        uses = _uses(sentences[:_LEAD_TEXTS], language, stop_words(language) | extra_stop, vocabulary)
        bag = bags.setdefault(label, _Bag())
        bag.articles += 1
        for term, used in uses.items():
            bag.uses[term] += min(used, _COMMON_IN_ARTICLE)
            bag.spread[term] += 1
    overall: Counter[str] = Counter()
    for bag in bags.values():
        overall.update(bag.uses)
    average = sum(overall.values()) / max(1, len(bags))
    return {
        label: [
            vocabulary.written(term)
            for term in _choose(_weigh(bag, overall, average, vocabulary), bag, vocabulary, count)
        ]
        for label, bag in sorted(bags.items())
        if label != NOISE
    }


def make_label(top: Sequence[str]) -> str | None:
    """A line a reader recognises the story by, of the first terms; None without any. At most 128 characters."""
    chosen: list[str] = []
    for term in top[:_LABEL_TERMS]:
        if len(_LABEL_JOINT.join([*chosen, term])) <= LABEL_CHARACTERS:
            chosen.append(term)
    return _LABEL_JOINT.join(chosen) or None


def _uses(sentences: Sequence[str], language: str, stop: Set[str], vocabulary: _Vocabulary) -> Counter[str]:
    uses: Counter[str] = Counter()
    for sentence in sentences:
        found = terms(sentence, stop, language if language != "und" else None)
        vocabulary.names.update(term.text for term in found if term.name)
        for term, following in zip(found, [*found[1:], None], strict=True):
            uses[term.text] += 1
            vocabulary.surfaces.setdefault(term.text, Counter())[term.surface] += 1
            if following is not None and following.follows:
                text, surface = phrases([term, following])[1]
                uses[text] += 1
                vocabulary.surfaces.setdefault(text, Counter())[surface] += 1
                vocabulary.parts[text] = (term.text, following.text)
    return uses


def _weigh(bag: _Bag, overall: Counter[str], average: float, vocabulary: _Vocabulary) -> dict[str, float]:
    """Weight of each term that is not one article's own, unless the group hardly has more than one article."""
    least = 2 if bag.articles > 2 else 1
    total = sum(bag.uses.values()) or 1
    weights = {}
    for term, used in bag.uses.items():
        if bag.spread[term] < least:
            continue
        rarity = np.log1p(max(0.0, average - overall[term] + 0.5) / (overall[term] + 0.5)) + 1e-3
        weight = np.sqrt(used / total) * rarity * bag.spread[term] / bag.articles
        parts = vocabulary.parts.get(term, ())
        if parts:
            if not _holds(bag, term, parts):
                continue
            weight *= _PHRASE_WEIGHT
        if any(part in vocabulary.names for part in parts or (term,)):
            weight *= _NAME_WEIGHT
        weights[term] = float(weight)
    return weights


def _holds(bag: _Bag, pair: str, words: Sequence[str]) -> bool:
    return bag.uses[pair] >= _HOLDS_TOGETHER * min(bag.uses[word] for word in words)


def _choose(weights: dict[str, float], bag: _Bag, vocabulary: _Vocabulary, count: int) -> list[str]:
    """The heaviest terms, no word twice: a pair stands for its words, and takes the place of one chosen before it."""
    chosen: list[str] = []
    for term in sorted(weights, key=lambda t: (-weights[t], t)):
        words = set(vocabulary.parts.get(term, (term,)))
        clashing = [other for other in chosen if words & set(vocabulary.parts.get(other, (other,)))]
        if not clashing:
            if len(chosen) < count:
                chosen.append(term)
        elif len(words) > 1 and len(clashing) == 1 and clashing[0] in words and _holds(bag, term, clashing):
            chosen[chosen.index(clashing[0])] = term
    return chosen


def operator_stop_words(path: Path | None, extra: Sequence[str]) -> frozenset[str]:
    """The operator's own stop words: one a line in a file, where lines that begin with # are comments, and a list.

    Raises:
        ValueError: the file cannot be read.
    """
    try:
        lines = path.read_text("utf-8").splitlines() if path else []
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"RECAP_SUBWORKER_STOPWORDS_FILE is {str(path)!r}, which cannot be read: {error}.") from error
    words = [line.strip() for line in lines if not line.lstrip().startswith("#")] + list(extra)
    return frozenset(word.casefold() for word in words if word)
