"""English words that look like verbs and are part of a noun phrase: river swimming, smoked paprika.

    mend([("Smoked", "VBD"), ("paprika", "NN"), ("is", "VBZ"), ...], frozenset())  ->  "Smoked" tagged ``VBN``

A form in -ing after a noun is the head of a compound if the text has the two again, or if they are the subject that
opens a sentence. A verb that opens a sentence with nouns and their verb after it describes the nouns.
"""

from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

from alt_pipelines.tagging.extraction.english.lexicon import usual_tag
from alt_pipelines.tagging.extraction.english.tagger import Tagged

_FINITE = frozenset({"VBZ", "VBD", "MD"})
_PAST = frozenset({"VBD", "VBN"})
_OPENING = frozenset({"NN", "NNP", "VB", "VBP"})  # tags that a noun has at the start of a sentence
_SUBJECT = frozenset({"NN", "NNS", "JJ", "VBN", "CC", ","})
_NOUNS = frozenset({"NN", "NNS"})


def compounds(sentences: Sequence[Sequence[str]]) -> frozenset[tuple[str, str]]:
    """Return the pairs of a noun and a form in -ing that the text has more than once, in lower case.

    After "an" or before a number, the form is a participle: an earthquake measuring 5.2.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        for at, (first, second) in enumerate(pairwise(sentence)):
            if second.endswith("ing") and second.islower() and first.isalpha():
                after = sentence[at + 2] if at + 2 < len(sentence) else "."
                described = sentence[at - 1].lower() in ("a", "an") if at else False
                pairs[first.lower(), second] += not described and not after[0].isdigit()
    return frozenset(pair for pair, count in pairs.items() if count > 1 and _is_noun(pair[0]))


def mend(tagged: list[Tagged], repeated: Set[tuple[str, str]]) -> list[Tagged]:
    """Return the sentence with these words tagged as the noun or the attribute that they are.

    ``repeated``: the pairs of `compounds`.
    """
    out = tagged
    for at in range(1, len(tagged)):
        (first, first_pos), (second, pos) = out[at - 1], out[at]
        if not second.endswith("ing") or pos not in ("VBG", "NN"):
            continue
        opens = at == 1 or out[at - 2][1] == ":"
        bare = pos == "VBG" and opens and _is_noun(first.lower()) and _ends_subject(out, at)
        known = (first.lower(), second) in repeated and (first_pos == "NN" or opens)
        if first_pos in _OPENING and (bare or known):
            out = list(out) if out is tagged else out
            out[at - 1 : at + 1] = [(first, "NN"), (second, "NN")]
    if out and (out[0][1] == "VB" or out[0][1] in _PAST) and _is_attribute(out):
        out = [(out[0][0], "NN" if out[0][1] == "VB" else "VBN"), *out[1:]]
    return out


def _is_noun(word: str) -> bool:
    """Whether a word in lower case may be a noun before another: fly, which is usually a verb, but not while or of."""
    return usual_tag(word) in ("NN", "VB", None)


def _ends_subject(tagged: list[Tagged], at: int) -> bool:
    """Whether a finite verb follows a word: swimming was banned."""
    return at + 1 < len(tagged) and tagged[at + 1][1] in _FINITE


def _is_attribute(tagged: list[Tagged]) -> bool:
    """Whether nouns and then a finite verb follow the first word."""
    finite = _FINITE if tagged[0][1] == "VB" else _FINITE | {"VB", "VBP"}
    end = 1
    while end < len(tagged) and tagged[end][1] in _SUBJECT:
        end += 1
    nouns = end > 1 and tagged[1][1] in _NOUNS and tagged[end - 1][1] in _NOUNS
    return nouns and tagged[1][0].islower() and end < len(tagged) and tagged[end][1] in finite
