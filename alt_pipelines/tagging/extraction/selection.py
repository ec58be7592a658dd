"""Selection: takes the tags of an article from its shortlist, so that they name different things.

    select(ranked, 10)  ->  [(Candidate, adjusted score), ...] best first

The selection is maximal marginal relevance (Carbonell and Goldstein 1998), as in KeyBERT, but on words instead of
vectors: a candidate's score is reduced by its overlap with tags already selected.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.japanese.names import same_person
from alt_pipelines.tagging.extraction.ranking import Ranked
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_german_name
from alt_pipelines.text.scripts import CJK

# Logits subtracted for naming the same thing again. Out of fold, F1@10 and the share of nested tags at 0.25, 1 and 2
# were, in Japanese, 56.4 and 17 %, 55.7 and 8 %, 55.2 and 4 %; in English, 41.4 and 10 %, 40.3 and 2 %, 40.2 and 0 %.
DIVERSITY = 1.5
_ENOUGH = 5  # selected tags; from then on, variants of a selected tag are left out
_ENOUGH_HEADS = 3  # the same where the head is a phrase's first word: there, a variant is seldom the better name
# A body that has a word so often before the name that it ends is about something else, such as a club's town. The line
# below the title may use a surname.
_INTRODUCED = 2
_NUMERAL = re.compile(r"[ivx]+|\d+(?:\.\d+)*")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?")
_LONGEST_NAME = 5  # words
# Small words that names of persons have inside, and names of places and bodies in the same language have not: not de.
_PERSON = frozenset({"van", "von", "der", "den", "ten", "ter", "zu", "bin", "al"})
_ONE_KANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}  # hiragana to katakana
_SHARED_WORDS = 0.25  # maximum repetition of two phrases that share words but name different things


def select(
    ranked: Ranked,
    count: int,
    diversity: float = DIVERSITY,
    *,
    noun_capitals: bool = False,
    head_first: bool = False,
    is_word: Callable[[str], bool] = lambda _: False,
) -> list[tuple[Candidate, float]]:
    """Select up to ``count`` candidates that name different things, with scores reduced by repetition; best first.

    Adjusted scores never increase along the list. Two candidates that differ only in case or kana never both appear. A
    candidate that names the same thing as a selected tag ("World War" beside "World War II") ranks below candidates
    that score nearly as high, and appears only where few others are left.

    ``noun_capitals`` and ``head_first`` are those of the language's row; ``is_word`` says whether its dictionary has a
    word in lower case.
    """
    names = [_Name.of(candidate) for candidate in ranked.candidates]
    scores = list(ranked.scores)
    numbered = [n for n in names if _NUMERAL.fullmatch(n.order[-1]) or _ORDINAL.fullmatch(n.order[0])]
    left = [
        i for i, name in enumerate(names) if not (numbered and any(_lacks_number(name, other) for other in numbered))
    ]
    for short, full in _surnames(ranked.candidates, names, noun_capitals, is_word):
        scores[full] = max(scores[full], scores[short])
        if short in left:
            left.remove(short)
    repeated = [0.0] * len(names)
    chosen: list[tuple[Candidate, float]] = []
    while left and len(chosen) < count:
        best = max(left, key=lambda i: (scores[i] - diversity * repeated[i], -i))
        left.remove(best)
        chosen.append((ranked.candidates[best], scores[best] - diversity * repeated[best]))
        one = names[best]
        apart: list[int] = []
        for i in left:
            other = names[i]
            shares = not one.stems.isdisjoint(other.stems)
            if one.form == other.form or (shares and _variant(one, other, len(chosen), head_first=head_first)):
                continue
            apart.append(i)
            if shares or (one.japanese and other.japanese):
                repeated[i] = max(repeated[i], _repetition(one, other))
        left = apart
    return chosen


class _Name(NamedTuple):
    """A phrase in the form used for comparison: case-folded and, in Japanese, in katakana."""

    form: str
    stems: frozenset[str]
    japanese: bool
    order: tuple[str, ...]
    times: int

    @classmethod
    def of(cls, candidate: Candidate) -> "_Name":
        form = candidate.form.casefold()
        japanese = CJK.search(form) is not None
        shown = form.translate(_ONE_KANA) if japanese else form
        return cls(shown, frozenset(candidate.stems), japanese, candidate.stems, candidate.times)


def repetition(one: Candidate, other: Candidate) -> float:
    """Return how far two phrases repeat each other, 0..1; 1 when they name the same thing.

    Two phrases name the same thing when one has all words of the other ("World War" and "World War II", 牧野選手 and
    牧野颯太選手) or, in Japanese, contains the other as a string in either kana (クモ膜下出血, くも膜下出血). For
    phrases that share only some words, the result is a quarter of the shared words' share in all their words.
    """
    return _repetition(_Name.of(one), _Name.of(other))


def _surnames(
    candidates: Sequence[Candidate], names: Sequence[_Name], noun_capitals: bool, is_word: Callable[[str], bool]
) -> Iterator[tuple[int, int]]:
    """Yield (short, full): a surname and the one full name that it stands for, which replaces it (Jannik Sinner).

    A surname of two people stays, and so does the last word of a name with a small word before it (Perú, Universidad
    Católica del Perú), unless it is a person's (Ursula von der Leyen). So does the town of a club (Deportivo Alavés).
    """
    full: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        if not name.japanese and 1 < len(name.order) <= _LONGEST_NAME and _is_full_name(candidates[at].form):
            if noun_capitals and not is_german_name(candidates[at].form):
                continue
            full.setdefault(name.order[-1], []).append(at)
    for at, name in enumerate(names):
        if name.japanese or len(name.order) > 1 or not candidates[at].form[:1].isupper():
            continue
        owners = full.get(name.order[0], [])
        shortest = min(owners, key=lambda i: len(names[i].order), default=None)
        if shortest is None:
            continue
        ends = names[shortest].order
        if all(names[i].order[-len(ends) :] == ends for i in owners):
            first = candidates[shortest].form.split()[0].lower()
            if _before(candidates[at], candidates[shortest]) < (1 if is_word(first) else _INTRODUCED):
                yield at, shortest


def _before(short: Candidate, full: Candidate) -> int:
    """Return how often a body has a single word before a name that ends with it, which a surname follows."""
    if short.evidence is None or full.evidence is None:
        return 0
    first = min(phrase.start for phrase in full.evidence.alone)
    first = min([first, *full.evidence.inside])
    return sum(phrase.start < first for phrase in short.evidence.alone) - (short.evidence.in_title == 1.0)


def _is_full_name(form: str) -> bool:
    """Whether a form may be a person's name: two words with capitals, with a person's small words between them.

    The first of three words may be a role (Striker Shaun O'Neill).
    """
    first, *inner, last = form.split() if " " in form else ("", "")
    return first[:1].isupper() and first != "The" and last[:1].isupper() and all(word in _PERSON for word in inner)


def _lacks_number(one: _Name, other: _Name) -> bool:
    """Whether a phrase is the other one without its number, and no more frequent: World War, World War II; Century
    Trains, 21st Century Trains.
    """
    size = len(one.order)
    if len(other.order) <= size or one.times > other.times:
        return False
    if other.order[:size] == one.order:
        return all(map(_NUMERAL.fullmatch, other.order[size:]))
    return other.order[-size:] == one.order and all(map(_ORDINAL.fullmatch, other.order[:-size]))


def _variant(one: _Name, other: _Name, chosen: int, *, head_first: bool) -> bool:
    """Whether a phrase that shares a word with an already selected tag is a variant of it and not a separate tag.

    A variant has the tag's last word and fewer or more words before it: unions, Rail unions. Where adjectives follow
    their noun, it may have the tag's first word instead: conseil, conseil municipal. The first selected tags of an
    article exclude no variants. In Japanese, only the names of one person are variants.
    """
    if len(one.order) == len(other.order) and not one.japanese:
        return False
    if one.japanese or chosen < (_ENOUGH_HEADS if head_first else _ENOUGH):
        surname = len(one.order) == 1  # does not exclude the full name
        return one.japanese and not surname and same_person(*sorted((one.order, other.order), key=len))
    short, long = sorted((one.order, other.order), key=len)
    return long[-len(short) :] == short or (head_first and long[: len(short)] == short)


def _repetition(one: _Name, other: _Name) -> float:
    if one.japanese and other.japanese and (one.form in other.form or other.form in one.form):
        return 1.0
    if one.stems.isdisjoint(other.stems):
        return 0.0
    shared, all_words = len(one.stems & other.stems), len(one.stems | other.stems)
    if shared in (len(one.stems), len(other.stems)):
        return 1.0
    return _SHARED_WORDS * shared / all_words
