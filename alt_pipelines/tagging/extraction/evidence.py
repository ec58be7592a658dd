"""Features of the second pass: how a phrase is written, and how it is spread over the document.

Counted for a shortlist only, a quarter of an article's candidates. They help together with the likeness to the document
(``refinement``) and hardly without it, which is why the first pass does without them.
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
_FIRST = 0.01  # added to a place before its logarithm is taken: the first hundredth of a text is all "the beginning"


def evidence_values(candidate: Candidate) -> tuple[float, ...]:
    """The values of a candidate in the order of ``EVIDENCE``:

    * words, characters, log_characters      its length
    * capitals, all_capitals, first_capital  share of words with an initial capital; 1 when all letters are; when the
      first word has one
    * hyphen                                 1 when it holds one
    * span, deviation, tenths                last less first place; standard deviation of its places; tenths of the
      document (1..10) that it occurs in
    * last, log_last, log_first              places as shares of the document
    * log_occurrences                        alone and inside other phrases
    * same_head                              distinct phrases that end in its last word
    * log_..._count                          of its words' counts in the document: least, greatest, sum
    * title_share                            share of its words that are in the title
    * least_rarity, mean_rarity              of its words
    """
    seen = candidate.evidence or _NONE
    form, counts = candidate.form, seen.counts
    places = [phrase.start / seen.tokens for phrase in seen.alone] + [start / seen.tokens for start in seen.inside]
    first, last = min(places), max(places)
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
        _deviation(places),
        float(len({min(9, int(10 * place)) for place in places})),
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
    """Standard deviation; `statistics.pstdev` is exact, and forty times slower."""
    if len(places) == 1:
        return 0.0
    mean = sum(places) / len(places)
    return math.sqrt(sum([(place - mean) ** 2 for place in places]) / len(places))
