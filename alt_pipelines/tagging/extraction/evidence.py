"""Features of a phrase beyond its counts: how it is written, and how it is distributed over the document.

In English and Japanese, they help in combination with the similarity to the document (``refinement``) and hardly
without it, so the first pass computes them only for the shortlist, a quarter of an article's candidates, which is then
judged (``judgement``). The generic model ranks the candidates of all other languages by them.
"""

import math

from alt_pipelines.tagging.extraction.features import Candidate, Evidence, Phrase

EVIDENCE = (
    "words",
    "capitals",
    "all_capitals",
    "first_capital",
    "hyphen",
    "characters",
    "log_characters",
    "span",
    "deviation",
    "tenths",
    "last",
    "log_last",
    "log_first",
    "log_occurrences",
    "same_head",
    "log_rarest_count",
    "log_commonest_count",
    "log_summed_count",
    "title_share",
    "least_rarity",
    "mean_rarity",
)
_NONE = Evidence([Phrase(("",), ("",), 0)], (), (1.0,), (1,), {}, 0.0, 1)
_FIRST = 0.01  # added to a position before taking its logarithm: the first 1 % of a text counts as its beginning


def evidence_values(candidate: Candidate) -> tuple[float, ...]:
    """Return the values of a candidate in the order of ``EVIDENCE``. Positions are shares (0..1) of the document.

    * words, characters, log_characters      its length
    * capitals, all_capitals, first_capital  share of words with an initial capital; 1 if all letters are capitals; 1 if
      the first word has an initial capital
    * hyphen                                 1 if it contains a hyphen
    * span, deviation, tenths                last minus first position; standard deviation of its positions; number of
      tenths of the document (1..10) that it occurs in
    * last, log_last, log_first              its last and first position
    * log_occurrences                        number of occurrences, alone and inside other phrases
    * same_head                              number of distinct phrases that end in its last word
    * log_..._count                          minimum, maximum and sum of its words' counts in the document
    * title_share                            share of its words that are in the title
    * least_rarity, mean_rarity              minimum and mean rarity of its words
    """
    seen = candidate.evidence or _NONE
    form, counts, tokens = candidate.form, seen.counts, seen.tokens
    places = [phrase.start / tokens for phrase in seen.alone]
    if seen.inside:
        places += [start / tokens for start in seen.inside]
    once = len(places) == 1  # as most are
    first, last = (places[0], places[0]) if once else (min(places), max(places))
    capitals = [word[:1].isupper() for word in seen.alone[0].words]
    return (
        float(len(candidate.stems)),
        sum(capitals) / len(capitals),
        float(form.isupper()),
        float(capitals[0]),
        float("-" in form),
        float(len(form)),
        math.log(len(form)),
        last - first,
        0.0 if once else _deviation(places),
        1.0 if once else float(len({min(9, int(10 * place)) for place in places})),
        last,
        math.log(last + _FIRST),
        math.log(first + _FIRST),
        math.log(len(places)),
        float(seen.heads.get(candidate.stems[-1], 1)),
        math.log(min(counts)),
        math.log(max(counts)),
        math.log(sum(counts)),
        seen.in_title,
        min(seen.rarities),
        sum(seen.rarities) / len(seen.rarities),
    )


def _deviation(places: list[float]) -> float:
    """Return the standard deviation; `statistics.pstdev` is exact, but forty times slower."""
    mean = sum(places) / len(places)
    return math.sqrt(sum([(place - mean) ** 2 for place in places]) / len(places))
