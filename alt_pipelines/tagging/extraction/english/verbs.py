"""A second opinion on words that may be a noun or a verb, from the words around them: "Mira Osei lands a role".

    reconsider([("Osei", "NNP"), ("lands", "NNS"), ("a", "DT"), ("role", "NN")])  ->  "lands" tagged ``VBZ``

``english.tagger`` gives a word its most common tag. Where that tag decides whether a noun phrase goes on, a linear
model of the word and its neighbours decides instead: the averaged perceptron of textblob-aptagger, reduced to the
differences between a verb's and a noun's tag. It scores only words that have verb forms and follow a possible subject,
because tagging whole texts by it would double the CPU time per article.
"""

from functools import lru_cache
from typing import NamedTuple

from alt_pipelines.data_files import data_file, whole_text
from alt_pipelines.tagging.extraction.english.lexicon import is_plural_in_ves, may_be_verb
from alt_pipelines.tagging.extraction.english.tagger import NAME, Tagged

_BASE, _THIRD, _GERUND, _INFINITIVE = range(4)  # columns of the model
_VERB = ("VBP", "VBZ", "VBG", "VB")  # the tag that each column votes for
# Limits of the scores, chosen on sentences that were written for this, with 70 verbs and 90 nouns: of the verbs 57 are
# tagged as verbs with the model and 48 without it, of the nouns 9 and 12. F1 is the same from -1 to 3 and -6 to -10.
# A noun becomes a verb above _VERB_ABOVE, or above _BEFORE_OBJECT where an object or a clause follows; a verb becomes a
# noun below _NOUN_BELOW.
_VERB_ABOVE = 1
_BEFORE_OBJECT = -6
_NOUN_BELOW = -18
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", NAME})
_BEFORE_VERB = _NOUNS | {"CC", "RB", "WDT", "WP", "PRP", ",", ")"}
_AFTER_VERB = _NOUNS | {"CD", "DT", "PRP$", "JJ"}
_OPENS_OBJECT = frozenset({"DT", "PRP$", "PRP", "EX", "CD", "JJR"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOT_BEFORE_VERB = frozenset({"VBZ", "VBD", "VBG", "IN"})
# The doubtful words: by their tag, the tags before them.
_DOUBTFUL = {
    **dict.fromkeys(("NN", "NNS"), _BEFORE_VERB),
    **dict.fromkeys(("VB", "VBP", "VBZ"), _NOUNS | _NOT_BEFORE_VERB),
    "JJ": frozenset({"TO", "MD"}),
}
_NEAR = 4  # words
_START, _START2, _END, _END2 = "-START-", "-START2-", "-END-", "-END2-"  # the model's words outside a sentence


class _Model(NamedTuple):
    """Weights of the four columns by feature, and the words that are nouns only or verbs only."""

    weights: dict[str, tuple[int, ...]]
    nouns: frozenset[str]
    verbs: frozenset[str]


def reconsider(tagged: list[Tagged]) -> list[Tagged]:
    """Return the sentence with doubtful nouns tagged as verbs, and doubtful verbs as nouns, by their context.

    The first word of a sentence keeps its tag.
    """
    out = tagged
    verbs = verb_model().verbs
    previous = ""
    for index, (word, pos) in enumerate(tagged):
        doubtful = _DOUBTFUL.get(pos)
        if doubtful and (previous in doubtful or (pos == "NNS" and word in verbs and index)) and word.islower():
            decided = _decide(out, index)
            if decided:
                out = list(tagged) if out is tagged else out
                out[index] = (word, decided)
                pos = decided
        previous = pos
    return out


def _decide(tagged: list[Tagged], index: int) -> str | None:
    """Return the word's new tag; None if it keeps its own."""
    (before_word, before), (word, pos) = tagged[index - 1], tagged[index]
    after_word, after = tagged[index + 1] if index + 1 < len(tagged) else (".", ".")
    if pos == "JJ":
        if after not in _NOUNS or not may_be_verb(word):
            return None
        return "VB" if _score(tagged, index, _INFINITIVE) > 0 else None  # plans to double capacity
    if pos == "NNS" and word in verb_model().verbs:
        return "VBZ"
    column = _column(word)
    if column is None or (column == _GERUND and before not in ("NNS", "NNPS")):
        return None
    if pos in ("NN", "NNS"):
        if before not in _NOUNS and after not in _AFTER_VERB:
            return None
        if after in ("DT", "PRP$", "CD") and _is_object(tagged, index):
            return None
        opens = (
            after in _OPENS_OBJECT or after_word in ("that", "again") or (before == "RB" and before_word.endswith("ly"))
        )
        least = _BEFORE_OBJECT if opens and not _has_verb(tagged, index) else _VERB_ABOVE
        return _VERB[column] if _score(tagged, index, column) > least else None
    score = _score(tagged, index, column)
    if score < (_NOUN_BELOW if before in _NOUNS else 0):
        return "NNS" if column == _THIRD else "NN"
    return "VBP" if pos == "VB" and before == "NNS" and score > 0 else None  # costs weigh on


def verb_score(tagged: list[Tagged], index: int) -> int | None:
    """Return the model's score of a lower-case word as a finite verb; None if it has no finite form of this spelling.

    ``index``: above 0. The higher the score, the likelier the verb.
    """
    word = tagged[index][0]
    column = _column(word) if word.islower() else None
    return _score(tagged, index, column) if column in (_BASE, _THIRD) else None


def _is_object(tagged: list[Tagged], index: int) -> bool:
    """Whether the word ends the object of a verb: called the job cuts a scandal."""
    return index > 2 and tagged[index - 2][1] == "DT" and tagged[index - 3][1] in _FINITE


def _has_verb(tagged: list[Tagged], index: int) -> bool:
    """Whether one of the words shortly before is the clause's verb."""
    return any(pos in _FINITE for _, pos in tagged[max(0, index - _NEAR) : index])


@lru_cache(maxsize=16384)
def _column(word: str) -> int | None:
    """Return the column that scores a lower-case word by its form; None if it has no verb forms or is in no doubt."""
    if len(word) < 3 or word in verb_model().nouns or word in verb_model().verbs:
        return None
    if word.endswith("ing"):
        return _GERUND
    if is_plural_in_ves(word):
        return None
    if word.endswith("s") and not word.endswith("ss"):
        sibilant = word.endswith("es") and len(word) > 4 and may_be_verb(word[:-2])
        return _THIRD if sibilant or may_be_verb(word[:-1]) else None
    return _BASE if may_be_verb(word) else None


def _score(tagged: list[Tagged], index: int, column: int) -> int:
    """Return the model's score of a word (not the first one): above 0 for the column's verb tag, below for a noun."""
    size = len(tagged)
    word = tagged[index][0]
    left, tag = _seen(tagged[index - 1][0]), tagged[index - 1][1]
    left2, tag2 = (_seen(tagged[index - 2][0]), tagged[index - 2][1]) if index > 1 else (_START2, _START)
    right = _seen(tagged[index + 1][0]) if index + 1 < size else _END
    right2 = _seen(tagged[index + 2][0]) if index + 2 < size else (_END if index + 2 == size else _END2)
    seen = _seen(word)
    weights = verb_model().weights
    total = 0
    for feature in (
        "bias",
        f"suffix {word[-3:]}",
        f"first {word[0]}",
        f"before {tag}",
        f"before2 {tag2}",
        f"tags {tag} {tag2}",
        f"word {seen}",
        f"before+word {tag} {seen}",
        f"left {left}",
        f"left-suffix {left[-3:]}",
        f"left2 {left2}",
        f"right {right}",
        f"right-suffix {right[-3:]}",
        f"right2 {right2}",
    ):
        row = weights.get(feature)
        if row is not None:
            total += row[column]
    return total


def _seen(word: str) -> str:
    """Return a word as the model's training data had it: in lower case, and by its kind if it has a hyphen or digit."""
    if "-" in word and word[0] != "-":
        return "!HYPHEN"
    if word[0].isdigit():
        return "!YEAR" if len(word) == 4 and word.isdigit() else "!DIGITS"
    return word.lower()


@lru_cache(maxsize=1)
def verb_model() -> _Model:
    """Return the model of english_verbs.txt.

    Raises:
        DataFileError: it cannot be used.
    """
    weights: dict[str, tuple[int, ...]] = {}
    certain: dict[str, frozenset[str]] = {}
    with data_file("alt_pipelines.tagging.extraction", "data", "english_verbs.txt") as file:
        for line in whole_text(file).splitlines():
            kind, *features = line.split("\t")
            if kind in ("NOUN", "VERB"):
                certain[kind] = frozenset(features)
            elif features:
                base, third, gerund, infinitive = map(int, kind.split(" "))
                weights.update(dict.fromkeys(features, (base, third, gerund, infinitive)))
        return _Model(weights, certain["NOUN"], certain["VERB"])
