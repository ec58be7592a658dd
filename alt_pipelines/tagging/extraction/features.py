"""Interpretable features of candidate phrases, the same for every language.

A language module turns text into ``Phrase`` occurrences, and this module computes the features of each distinct phrase.
``ranking`` weights the features with a fitted model.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from alt_pipelines.text.scripts import KATAKANA

FEATURES = (
    "single",
    "salience",
    "rarity",
    "position",
    "lead",
    "repeats",
    "nested",
    "title",
    "marked",
    "digits",
    "katakana",
)
_DIGIT = re.compile(r"\d")
_KATAKANA = re.compile(f"[{KATAKANA}]{{2}}")
LONGEST = 8  # words of a phrase; a longer run is a list or a headline, and its inner phrases grow quadratically
LONGEST_SPACED_NAME = 7  # words, with the small ones inside: Parque Nacional da Serra da Canastra
LONGEST_UNSPACED = 15  # characters of a tag in Japanese, Chinese and Korean
LONGEST_SYLLABLES = 10  # of a name in a language that writes syllables apart


class Phrase(NamedTuple):
    """One occurrence of a candidate.

    ``words`` as written; ``stems`` under which they are counted; ``start``, the token offset; ``marked``, whether the
    phrase is in quotation marks.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    start: int
    marked: bool = False


class Document(NamedTuple):
    """The result of a language module: phrase occurrences in order, the number of tokens, the stems of the title."""

    phrases: Sequence[Phrase]
    tokens: int
    title: frozenset[str]


class Evidence(NamedTuple):
    """Counts of a phrase in its document, for the features of the second pass (see ``evidence``).

    It holds only values that the first pass computes anyway; the rest is computed for the shortlist.

    Attributes:
        alone: its occurrences on its own, in order; at least one.
        inside: token offsets of its occurrences inside other phrases.
        rarities: rarity of each of its words, 0..1.
        counts: how often each of its words occurs in all phrases of the document.
        heads: distinct phrases of the document by their last word.
        in_title: share (0..1) of its words that are in the title.
        tokens: number of tokens of the document.
    """

    alone: Sequence[Phrase]
    inside: Sequence[int]
    rarities: Sequence[float]
    counts: Sequence[int]
    heads: Mapping[str, int]
    in_title: float
    tokens: int


class Candidate(NamedTuple):
    """A distinct phrase: its stems, its most common surface form, and its feature values in the order of ``FEATURES``.

    ``evidence`` holds the counts of ``candidates``; None only for phrases constructed by hand. ``vocabulary`` holds the
    values of ``vocabulary.words.FEATURES`` if the language has a vocabulary.
    """

    stems: tuple[str, ...]
    form: str
    values: tuple[float, ...]
    evidence: Evidence | None = None
    vocabulary: tuple[float, ...] = ()

    @property
    def times(self) -> int:
        """The number of its occurrences on its own."""
        return len(self.evidence.alone) if self.evidence else 1

    @property
    def uses(self) -> int:
        """The number of its occurrences, on its own and inside other phrases."""
        return len(self.evidence.alone) + len(self.evidence.inside) if self.evidence else 1


def candidates(
    document: Document, rarity: Callable[[str], float], joiner: str = " ", longest: int = LONGEST
) -> list[Candidate]:
    """Return all distinct phrases of at most ``longest`` words, in order of first occurrence, with their features:

    * single    1 when the phrase is one word
    * salience  mean over its words of log(1 + count in all phrases) * rarity, as a share of the document's highest
    * rarity    rarity of its rarest word, 0 (common) to 1 (unknown)
    * position  first occurrence, alone or inside another phrase, as a share of the document
    * lead      1 when ``position`` is in the first tenth
    * repeats   log of its number of occurrences on its own
    * nested    log of 1 + its number of occurrences inside longer phrases (as used in C-value, Frantzi 2000)
    * title     1 when all its words are in the title
    * marked    1 when any occurrence is in quotation marks
    * digits    1 when it contains a digit
    * katakana  1 when it contains katakana (a loan word or a foreign name)
    """
    words: dict[str, int] = {}
    inside: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    seen: defaultdict[tuple[str, ...], list[Phrase]] = defaultdict(list)
    for phrase in document.phrases:
        stems = phrase.stems
        if len(stems) > longest:
            continue
        for stem in stems:
            words[stem] = words.get(stem, 0) + 1
        seen[stems].append(phrase)
        if len(stems) > 1:
            start = phrase.start
            for inner in _inside(stems):
                inside[inner].append(start)

    total, title = max(document.tokens, 1), document.title
    heads = Counter([stems[-1] for stems in seen])
    rarities = [[rarity(word) for word in found[0].words] for found in seen.values()]
    counted = [[words[stem] for stem in stems] for stems in seen]
    saliences = [*map(_mean_salience, counted, rarities)]
    highest = max(saliences, default=0.0) or 1.0
    out = []
    # Written for speed: most of an article's candidates are one word or occur once.
    for (stems, occurrences), rare, counts, salience in zip(seen.items(), rarities, counted, saliences, strict=True):
        phrase = occurrences[0]
        once = len(occurrences) == 1
        if once:
            surface, first, marked = phrase.words, phrase.start, phrase.marked
        else:
            surface, first = _commonest(occurrences), min([p.start for p in occurrences])
            marked = any([p.marked for p in occurrences])  # noqa: C419 - for short lists, a list takes half the time
        form = joiner.join(surface)
        nested: Sequence[int] = inside.get(stems, ())
        position = (min(first, min(nested)) if nested else first) / total
        in_title = 0.0 if title.isdisjoint(stems) else sum([s in title for s in stems]) / len(stems)
        values = (
            1.0 if len(stems) == 1 else 0.0,
            salience / highest,
            max(rare),
            position,
            1.0 if position < 0.1 else 0.0,
            0.0 if once else math.log(len(occurrences)),
            math.log1p(len(nested)) if nested else 0.0,
            1.0 if in_title == 1.0 else 0.0,
            1.0 if marked else 0.0,
            1.0 if _DIGIT.search(form) else 0.0,
            1.0 if not form.isascii() and _KATAKANA.search(form) else 0.0,
        )
        out.append(Candidate(stems, form, values, Evidence(occurrences, nested, rare, counts, heads, in_title, total)))
    return out


def _mean_salience(counts: Sequence[int], rarities: Sequence[float]) -> float:
    if len(counts) == 1:
        return math.log1p(counts[0]) * rarities[0]
    return sum([math.log1p(n) * r for n, r in zip(counts, rarities, strict=True)]) / len(counts)


def _commonest(occurrences: list[Phrase]) -> tuple[str, ...]:
    """Return the most frequent surface form; on a tie the first one that is not all in capitals, as a headline is."""
    forms: dict[tuple[str, ...], int] = {}
    for phrase in occurrences:
        forms[phrase.words] = forms.get(phrase.words, 0) + 1
    if len(forms) == 1:
        return occurrences[0].words
    return max(forms, key=lambda words: (forms[words], not "".join(words).isupper()))


def _inside(stems: tuple[str, ...]) -> list[tuple[str, ...]]:
    count = len(stems)
    if count == 2:
        return [stems[:1], stems[1:]]
    if count == 3:
        return [stems[:1], stems[:2], stems[1:2], stems[1:], stems[2:]]
    return [stems[i:j] for i in range(count) for j in range(i + 1, count + 1) if j - i < count]
