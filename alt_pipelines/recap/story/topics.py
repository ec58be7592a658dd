"""Find the topic of a cluster: its top terms, and the label that they make.

A cluster is one document among clusters (c-TF-IDF), with BM25's weight for the rarity of a term, over words and pairs
of words of every script. A term is displayed in its most frequent spelling. `text.terms` defines terms and
`text.stopwords` the stop words.

Source: Grootendorst (2022), BERTopic, section 3.3; Robertson and Zaragoza (2009), The Probabilistic Relevance
Framework.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import NamedTuple

import numpy as np

from alt_pipelines.recap.clustering.density import NOISE, Labels
from alt_pipelines.recap.story.closed_words import closed_words
from alt_pipelines.recap.story.labels import make_label
from alt_pipelines.recap.story.pieces import POSSESSIVE, without_pieces
from alt_pipelines.recap.story.uses import counted_terms
from alt_pipelines.recap.story.whole_names import complete, complete_unspaced
from alt_pipelines.recap.story.whole_words import complete_caseless, with_letters_and_digits
from alt_pipelines.text.scripts import CJK
from alt_pipelines.text.segmentation import language_of_unspaced
from alt_pipelines.text.stems import stem
from alt_pipelines.text.stopwords import DAYS, stop_words
from alt_pipelines.text.terms import Term, phrases

TERMS = 5
_LEAD_TEXTS = 8  # title and opening sentences; later sentences drift from the story
_NAME_WEIGHT = 1.4  # names distinguish stories
_PAIR_WEIGHT = 1.5  # a pair of words says more than either word
_HOLDS_TOGETHER = 0.5  # minimum share of the rarer word's uses that are in the pair
_ONLY_IN_A_NAME = 0.7  # minimum share of a word's uses in one name for the word to be only a part of it
_NAME_SHARE = 0.25  # minimum share of a name's uses in full for the full name to be displayed
_FEW_ARTICLES = 2  # so few articles hardly share more than a word or two
_COMMON_IN_ARTICLE = 3  # a term counts at most this often in one article
_SYLLABLES = frozenset({"vi"})  # languages that write each syllable apart
_JOINED_SCRIPTS = frozenset({"ja", "ko", "zh"})  # where Latin words are not separated from others

_OF_A_NAME = re.compile(r"['’]s$")  # "Fico's Smer" is not one name
_SOFT_HYPHEN = "\xad"
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+")
_PAST = re.compile("[a-z]{2,}(?<!e)ed")  # a form of an English verb is no term alone, unlike "need" or "speed"


@dataclass
class _Bag:
    """Counts of one group of articles."""

    articles: int = 0
    uses: Counter[str] = field(default_factory=Counter)
    spread: Counter[str] = field(default_factory=Counter)  # articles that use the term


@dataclass
class _Vocabulary:
    """The spellings and parts of all terms of the corpus."""

    surfaces: dict[str, Counter[str]] = field(default_factory=dict)
    full_names: dict[str, Counter[str]] = field(default_factory=dict)  # names that contain the term, as written
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)  # of single words
    languages: dict[str, str] = field(default_factory=dict)  # of the first use
    named: Counter[str] = field(default_factory=Counter)  # +1 for a use as a name, -1 for any other use

    def written(self, term: str) -> str:
        """Return the most frequent spelling of a term, without a possessive; among equals, the first one seen."""
        surface = POSSESSIVE.sub("", self.surfaces[term].most_common(1)[0][0]).replace(_SOFT_HYPHEN, "")
        return f"{surface}." if _INITIALS.fullmatch(surface) else surface

    def written_in_full(self, term: str) -> str:
        """Return the full name that a term is mostly a part of: "Criminal Court" of "International Criminal Court"."""
        names = self.full_names.get(term)
        if names:
            name, uses = names.most_common(1)[0]
            share = _HOLDS_TOGETHER if term in self.parts else _ONLY_IN_A_NAME
            if uses >= share * sum(self.surfaces[term].values()):
                return POSSESSIVE.sub("", name)
        return self.written(term)

    def parts_of(self, term: str) -> tuple[str, ...]:
        """Return the words of a pair, or the word itself."""
        return self.parts.get(term, (term,))

    def language_of(self, term: str) -> str:
        """Return the language of a term's first word."""
        return self.languages[self.parts_of(term)[0]]

    def stems_of(self, term: str) -> set[str]:
        """Return the stems of a term's words, which its inflected forms have too."""
        return {self.stems[word] for word in self.parts_of(term)}

    def is_name(self, term: str) -> bool:
        """Whether every word of a term is mostly written as a name. A sentence's first word does not count."""
        return all(self.named[word] > 0 for word in self.parts_of(term))


class Topic(NamedTuple):
    """Up to five terms, highest weight first, with names in full, and a label made of the first ones."""

    terms: tuple[str, ...]
    label: str | None


def find_topics(
    texts: Sequence[Sequence[str]],
    languages: Sequence[str],
    labels: Labels,
    extra_stop: Set[str] = frozenset(),
    count: int = TERMS,
) -> dict[int, Topic]:
    """Find the topic of each label >= 0. A topic has fewer than `count` terms, or none, if the texts give no more.

    Args:
        texts: title and sentences of each of the n articles.
        languages: (n,) two-letter codes.
        labels: (n,) clusters; articles in no cluster are background.
        extra_stop: lower-cased words that are never terms.
        count: maximum number of terms.
    """
    vocabulary = _Vocabulary()
    stop = {
        language: stop_words(language, closed_words(language).function_words) | extra_stop
        for language in set(languages)
    }
    bags: dict[int, _Bag] = {}
    told: dict[int, list[str]] = {}
    for sentences, language, label in zip(texts, languages, labels.tolist(), strict=True):
        uses = _uses(sentences[:_LEAD_TEXTS], language, stop[language], vocabulary)
        bag = bags.setdefault(label, _Bag())
        told.setdefault(label, []).extend(sentences[:_LEAD_TEXTS])
        bag.articles += 1
        for term, used in uses.items():
            bag.uses[term] += min(used, _COMMON_IN_ARTICLE)
            bag.spread[term] += 1
    overall: Counter[str] = Counter()
    for bag in bags.values():
        overall.update(bag.uses)
    average = sum(overall.values()) / max(1, len(bags))
    topics = {}
    for label, bag in sorted(bags.items()):
        if label != NOISE:
            chosen = _choose(_weigh(bag, overall, average, vocabulary), bag, vocabulary, count)
            whole = [
                _whole(vocabulary.written_in_full(term), vocabulary.language_of(term), told[label], stop, extra_stop)
                for term in chosen
            ]
            full = without_pieces(whole)
            topics[label] = Topic(full, make_label(full))
    return topics


def _whole(term: str, spoken: str, texts: Sequence[str], stop: Mapping[str, Set[str]], extra_stop: Set[str]) -> str:
    """Return a term of the language `spoken` with the words that belong to it."""
    language = language_of_unspaced(term)
    if language:
        return complete_unspaced(term, texts, language, stop.get(language, extra_stop))
    if spoken in _JOINED_SCRIPTS:
        return with_letters_and_digits(term, texts)
    closed = closed_words(spoken)
    term = complete(term, texts, extra_stop | closed.calendar | DAYS)
    if spoken in _SYLLABLES or term.lower() == term.upper():
        least = 2 if spoken in _SYLLABLES else 3
        return complete_caseless(term, texts, stop.get(spoken, extra_stop) | closed.weak | closed.calendar, least)
    return term


def _uses(sentences: Sequence[str], language: str, stop: Set[str], vocabulary: _Vocabulary) -> Counter[str]:
    uses: Counter[str] = Counter()
    for sentence in sentences:
        found = counted_terms(sentence, stop, language if language != "und" else None)
        for term, following in zip_longest(found, found[1:]):
            uses[term.text] += 1
            vocabulary.stems.setdefault(term.text, stem(term.text, language))
            vocabulary.languages.setdefault(term.text, language)
            vocabulary.surfaces.setdefault(term.text, Counter())[term.surface] += 1
            if not sentence.startswith(term.surface) or CJK.match(term.surface):
                vocabulary.named[term.text] += 1 if term.name else -1
            if following is not None and _makes_a_pair(term, following, language):
                text, surface = phrases([term, following])[1]
                uses[text] += 1
                vocabulary.surfaces.setdefault(text, Counter())[surface] += 1
                vocabulary.parts[text] = (term.text, following.text)
        for name in _names(found):
            whole = phrases(name, len(name))[len(name) - 1][1]
            pairs = [phrases(pair)[1][0] for pair in pairwise(name)] if len(name) > 2 else []
            for part in {*pairs, *(term.text for term in name if CJK.match(term.text))}:
                vocabulary.full_names.setdefault(part, Counter())[whole] += 1
    return uses


def _makes_a_pair(term: Term, following: Term, language: str) -> bool:
    """Whether two neighbouring terms may be one. In Vietnamese, no word in small letters begins a name."""
    if not following.follows or _OF_A_NAME.search(term.surface):
        return False
    return language not in _SYLLABLES or term.name or not following.name


def _names(found: Sequence[Term]) -> Iterator[Sequence[Term]]:
    """Yield runs of three or four consecutive name words, or of two to four Chinese or Japanese nouns."""
    start = 0
    for at in range(1, len(found) + 1):
        if at < len(found) and found[at].follows and _is_part(found[at]) and _is_part(found[start]):
            continue
        if (2 if CJK.match(found[start].text) else 3) <= at - start <= 4:
            yield found[start:at]
        start = at


def _is_part(term: Term) -> bool:
    """Whether a term may be part of a longer name. Nouns without a particle between them form one compound."""
    return term.name or CJK.match(term.text) is not None


def _weigh(bag: _Bag, overall: Counter[str], average: float, vocabulary: _Vocabulary) -> dict[str, float]:
    """Weigh the terms that at least two articles of a group use.

    In a group of two articles, words and names that only one uses count too; in a group of one, all terms count.
    """
    total = sum(bag.uses.values()) or 1
    weights = {}
    for term, used in bag.uses.items():
        pair, name = term in vocabulary.parts, vocabulary.is_name(term)
        alone = bag.spread[term] == 1 and bag.articles > 1
        piece = (len(term) == 1 and CJK.match(term) is not None) or (
            not name and vocabulary.language_of(term) == "en" and _PAST.fullmatch(term) is not None
        )
        if (
            piece
            or (alone and (bag.articles > _FEW_ARTICLES or (pair and not name)))
            or (pair and not _holds(bag, term, vocabulary))
        ):
            continue
        rarity = np.log1p(max(0.0, average - overall[term] + 0.5) / (overall[term] + 0.5)) + 1e-3
        weight = np.sqrt(used / total) * rarity * bag.spread[term] / bag.articles
        weights[term] = float(weight * (_PAIR_WEIGHT if pair else 1) * (_NAME_WEIGHT if name else 1))
    return weights


def _holds(bag: _Bag, pair: str, vocabulary: _Vocabulary) -> bool:
    """Whether at least half of the uses of a pair's rarer word are in the pair."""
    return bag.uses[pair] >= _HOLDS_TOGETHER * min(bag.uses[word] for word in vocabulary.parts[pair])


def _choose(weights: dict[str, float], bag: _Bag, vocabulary: _Vocabulary, count: int) -> list[str]:
    """Choose the terms of highest weight, no word in two forms. A pair can replace one of its words chosen before."""
    chosen: list[str] = []
    spoken_for: set[str] = set()  # the other words of pairs with a chosen word: "Carles" beside "Puigdemont"
    for term in sorted(weights, key=lambda t: (-weights[t], t)):
        words, stems = set(vocabulary.parts_of(term)), vocabulary.stems_of(term)
        clashing = [other for other in chosen if stems & vocabulary.stems_of(other)]
        if not clashing:
            if len(chosen) < count and not stems & spoken_for:
                chosen.append(term)
        elif len(clashing) == 1 and clashing[0] in words:
            spoken_for |= stems
            share = _NAME_SHARE if vocabulary.is_name(term) else _HOLDS_TOGETHER
            if bag.uses[term] >= share * bag.uses[clashing[0]]:
                chosen[chosen.index(clashing[0])] = term
    return chosen


def operator_stop_words(path: Path | None, extra: Sequence[str]) -> frozenset[str]:
    """Read the operator's stop words from a list and a file with one word per line; # begins a comment line.

    Raises:
        ValueError: the file cannot be read.
    """
    try:
        lines = path.read_text("utf-8").splitlines() if path else []
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(
            f"RECAP_SUBWORKER_STOPWORDS_FILE={str(path)!r} cannot be read: {error}. Name a readable UTF-8 text file."
        ) from error
    words = [line.strip() for line in lines if not line.lstrip().startswith("#")] + list(extra)
    return frozenset(word.casefold() for word in words if word)
