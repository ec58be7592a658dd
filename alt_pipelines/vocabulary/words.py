"""Counts words in the texts and titles of articles. Pure: articles in, a `Vocabulary` out.

    vocabulary = counted("en", [("Oil spill off Alaska", "The tanker ran aground ..."), ...])
    vocabulary.counts["spill"]    ->  Count(articles=41, titles=12, inside=60, capitals=3)
    vocabulary.values("oil spill")  ->  the values of FEATURES

Three properties separate the topics of a text from its filler, and a word list has none of them: how often a word is
in titles ("spill" is in the titles of a third of its articles, "official" in hardly any), how rare it is in this
archive, and how often it is capitalised inside a sentence.
"""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from alt_pipelines.text.terms import fold, words

LANGUAGES = ("en", "ja")
"""The languages whose ranking uses a vocabulary: those with weights for it in `tagging.extraction.weights.json`."""

FEATURES = (
    "mean_title_share",
    "highest_title_share",
    "lowest_title_share",
    "mean_rarity",
    "highest_rarity",
    "lowest_rarity",
    "mean_capitals",
    "lowest_capitals",
)
"""The values of a phrase, computed from those of its words.

* title share  logarithm of the share of its articles that have the word in the title, relative to the average word's
* rarity       logarithm of the inverse share of articles that contain the word
* capitals     share of its occurrences inside sentences that are capitalised
"""

LEAST_ARTICLES = 2  # with a word; the word of a single article says nothing about other articles
MOST_WORDS = 20_000  # kept per language, most frequent first: about 600 kB
# Each word gets this many more articles and occurrences with average values, so a rare word stays near the average.
SMOOTHING = 3.0
_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_][\w'’-]*")  # a word that does not begin a sentence or a quotation


class Count(NamedTuple):
    """Counts of a word: articles and titles with it, occurrences inside sentences, and capitalised ones of these."""

    articles: int
    titles: int
    inside: int
    capitals: int


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language's articles.

    Attributes:
        language: two letters.
        articles: number of articles counted; all of them have titles.
        title_share: share (0..1) of titles among the articles of an average word.
        capitals: share (0..1) of capitals among the occurrences of words inside sentences.
        counts: by folded word (`text.terms.fold`).
    """

    language: str
    articles: int
    title_share: float
    capitals: float
    counts: Mapping[str, Count]

    @cached_property
    def version(self) -> str:
        """The language and a digest of the counts: the same articles give the same version."""
        return f"{self.language}-{hashlib.sha256(self.as_json().encode()).hexdigest()[:12]}"

    def values(self, phrase: str) -> tuple[float, ...]:
        """Return the values of `FEATURES` for a phrase. An unknown word counts as rare and otherwise average."""
        values, unknown = self._word_values, self._unknown
        if phrase.isascii() and phrase.replace(" ", "").isalpha():  # most phrases, in a third of the time
            folded = [word for word in map(fold, phrase.split(" ")) if len(word) > 1]
        else:
            folded = words(phrase)
        known = [values.get(word, unknown) for word in folded] or [unknown]
        if len(known) == 1:
            share, rarity, capitals = known[0]
            return share, share, share, rarity, rarity, rarity, capitals, capitals
        size, shares, rarities = len(known), [value[0] for value in known], [value[1] for value in known]
        capital = [value[2] for value in known]
        mean_share, mean_rarity, mean_capitals = sum(shares) / size, sum(rarities) / size, sum(capital) / size
        bounds = max(shares), min(shares), mean_rarity, max(rarities), min(rarities)
        return mean_share, *bounds, mean_capitals, min(capital)

    @cached_property
    def _unknown(self) -> tuple[float, float, float]:
        return 0.0, math.log(2 * (self.articles + 1)), self.capitals

    @cached_property
    def _word_values(self) -> dict[str, tuple[float, float, float]]:
        share, capitals = self.title_share or 1.0, SMOOTHING * self.capitals
        return {
            word: (
                math.log((count.titles + SMOOTHING * share) / (share * (count.articles + SMOOTHING))),
                math.log((self.articles + 1) / (count.articles + 0.5)),
                (count.capitals + capitals) / (count.inside + SMOOTHING),
            )
            for word, count in self.counts.items()
        }

    def as_json(self) -> str:
        """Return the counts as JSON with sorted keys; `vocabulary_of` reads it."""
        stored = {
            "articles": self.articles,
            "title_share": self.title_share,
            "capitals": self.capitals,
            "counts": self.counts,
        }
        return json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def vocabulary_of(language: str, stored: str) -> Vocabulary:
    """Return the vocabulary that `Vocabulary.as_json` wrote."""
    found = json.loads(stored)
    counts = {word: Count(*count) for word, count in found["counts"].items()}
    return Vocabulary(language, found["articles"], found["title_share"], found["capitals"], counts)


class WordCounter:
    """Counts the words of articles one by one. Memory grows with the number of distinct words only."""

    def __init__(self) -> None:
        self.articles = 0
        self._articles: Counter[str] = Counter()
        self._titles: Counter[str] = Counter()
        self._inside: Counter[str] = Counter()
        self._capitals: Counter[str] = Counter()

    def add(self, title: str, text: str) -> None:
        """Count an article of clean text. Articles without a title are ignored."""
        in_title = set(words(title))
        if not in_title:
            return
        self.articles += 1
        self._articles.update(in_title.union(words(text)))
        self._titles.update(in_title)
        inside = _INSIDE.findall(text)
        self._inside.update(map(fold, inside))
        self._capitals.update(fold(word) for word in inside if word[0].isupper())

    def vocabulary(self, language: str) -> Vocabulary:
        """Return what was counted, bounded to the most frequent words; ties are broken alphabetically."""
        known = [item for item in self._articles.items() if item[1] >= LEAST_ARTICLES]
        known = sorted(known, key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
        title_share = self._titles.total() / max(1, self._articles.total())
        capitals = self._capitals.total() / max(1, self._inside.total())
        counts = {
            word: Count(count, self._titles[word], self._inside[word], self._capitals[word]) for word, count in known
        }
        return Vocabulary(language, self.articles, round(title_share, 6), round(capitals, 6), counts)


def counted(language: str, articles: Iterable[tuple[str, str]]) -> Vocabulary:
    """Return the vocabulary of (title, text) pairs."""
    counter = WordCounter()
    for title, text in articles:
        counter.add(title, text)
    return counter.vocabulary(language)
