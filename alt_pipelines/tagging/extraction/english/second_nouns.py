"""English nouns that end a term and look like verbs: hash joins, heat pump, pile driving.

    The heat pump failed ... a new heat pump will cost     ->  a finite verb after "pump": it is no verb
    supports hash joins across shards ... Hash joins spill ->  a verb with its object: "joins" is no verb
    incidental to pile driving ... Pile driving may        ->  "pile" is no infinitive

The text has the two words more than once. What one place tells is so at all of them.
"""

from collections.abc import Iterable, Sequence, Set

from alt_pipelines.tagging.extraction.english.lexicon import usual_tag
from alt_pipelines.tagging.extraction.english.repeated import Pair
from alt_pipelines.tagging.extraction.english.tagger import Tagged
from alt_pipelines.text.stopwords import word_set

_BASE = frozenset({"VB", "VBP"})
_FINITE = frozenset({"VBZ", "VBD", "MD"})
_NOUN = frozenset({"NN", "NNP"})
_FIRST = _NOUN | _BASE
_BEFORE_NOUN = frozenset({"DT", "JJ", "PRP$", "POS", "CD", "NN"})
# Verbs before a clause without "that": hopes rain stops.
_BEFORE_CLAUSE = word_set(
    """
    says said say thinks thought believes believed hopes hoped knows knew means meant shows showed suggests suggested
    reports reported finds found fears feared warns warned claims claimed insists insisted expects expected ensures
    ensured confirms confirmed argues argued adds added notes noted admits admitted reveals revealed sees saw hears
    heard feels felt proves proved indicates indicated is are was were has had does did where when
    """
)
# Verbs before a form in -ing that is their object: to stop smoking.
_BEFORE_GERUND = word_set(
    "start stop love risk practise practice like hate keep try resume enjoy avoid consider quit finish delay mind"
    " regret favour favor plan go report fear study remember forget welcome support discuss imagine miss need want"
)


def find_terms(sentences: Iterable[Sequence[Tagged]], again: Set[Pair]) -> frozenset[Pair]:
    """Return the pairs among ``again``, the repeated ones, that are two nouns wherever the text has them."""
    told = {
        (tagged[at - 1][0].lower(), tagged[at][0].lower())
        for tagged in sentences
        for at in range(1, len(tagged))
        if _tells(tagged, at)
    }
    return frozenset(pair for pair in again & told if _is_noun(pair[0]))


def mend_terms(tagged: list[Tagged], terms: frozenset[Pair]) -> list[Tagged]:
    """Return the sentence with the words of such pairs tagged as nouns."""
    out = tagged
    for at in range(1, len(tagged)):
        (first, first_pos), (second, pos) = tagged[at - 1 : at + 1]
        if pos[:2] != "VB" or first_pos not in _FIRST or (first.lower(), second.lower()) not in terms:
            continue
        out = [*tagged] if out is tagged else out
        out[at - 1] = (first, "NN" if first_pos in _BASE else first_pos)
        out[at] = (second, "NNS" if pos == "VBZ" else "NN")
    return out


def _is_noun(word: str) -> bool:
    return usual_tag(word) in ("NN", None)


def _tells(tagged: Sequence[Tagged], at: int) -> bool:
    """Whether a word that is tagged as a verb is a noun after the noun before it, as its neighbours show."""
    (first, first_pos), (_, pos) = tagged[at - 1 : at + 1]
    if pos[:2] != "VB" or first_pos not in _FIRST or not first.isalpha():
        return False
    before, before_pos = tagged[at - 2] if at > 1 else (".", ".")
    if pos == "VBG":
        infinitive = first_pos in _BASE and before_pos == "TO"
        return infinitive and first.lower() not in _BEFORE_GERUND
    if first_pos not in _NOUN:
        return False
    after = tagged[at + 1][1] if at + 1 < len(tagged) else "."
    if pos in _BASE:
        return before_pos in _BEFORE_NOUN and after in _FINITE
    governs = before_pos in ("VBZ", "VBD", "VB") and before.lower() not in _BEFORE_CLAUSE
    return pos == "VBZ" and first.islower() and governs
