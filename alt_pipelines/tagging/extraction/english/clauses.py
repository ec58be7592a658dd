"""Corrects the tags of texts that are not full sentences: headlines, subordinate clauses and items of lists.

    mend_clauses([("Rail", "NN"), ("unions", "NNS"), ("reject", "NN"), ("pay", "NN"), ("offer", "NN")])
    ->  "reject" tagged ``VBP``
    as_item([("Lemon", "NN"), ("tart", "JJ")])  ->  both words tagged ``NAME``

A clause needs a finite verb. If a clause has none, a word that may be a verb by its spelling is the verb where it
agrees with the noun before it: a base form after a plural, a form in -s after a singular. An item of a list (a menu, a
programme) names one thing, so its two or three words are one phrase.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import takewhile

from alt_pipelines.tagging.extraction.english.lexicon import is_plural_in_ves, may_be_verb
from alt_pipelines.tagging.extraction.english.tagger import ATTRIBUTIVE, NAME, Tagged, tag
from alt_pipelines.tagging.extraction.english.verbs import reconsider, verb_score
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.stopwords import word_set

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OBJECT = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "CD", "DT", "PRP$", "VBN", "VBG", "IN", "TO", "RB"})
_BASE = frozenset({"VB", "VBP"})
_OBJECT_OR_BASE = _OBJECT | _BASE
_NAMES = frozenset({"NNP", "NNPS", NAME})
_SUBJECT = _NAMES | {"NN", "NNS", "VBG"}
_SINGULAR = frozenset({"NN", "NNP"})
_ADVERBIAL = word_set("as while because when where until though although if once")  # before adverbial clauses
_CONJUNCTIONS = _ADVERBIAL | word_set("why how whether that which who")
_OPENING = _CONJUNCTIONS | {"can"}
_BREAKS = frozenset(",;:–—")
_ITEM_WORDS = (2, 3)
_NUMBER_AFTER_COLON = 2  # words
_SIBILANTS = ("ches", "shes", "xes", "zes", "sses", "oes")  # endings of verbs in -es
# Lowest score of the verb of a clause that has no other: of a body or title, after a common noun or after a name in a
# subordinate clause. Chosen on 30 sentences that were written for this; of the words that they change in 500N and DUC,
# 7 of 9 in titles and 10 of 11 in bodies are verbs.
_LEAST = {False: (0, -4), True: (-8, -12)}
_BULLETS = frozenset("*•·‣▪-–—+")
_CURRENCY = "$£€¥₹"  # signs with which the lines of prices begin
_FEWEST_ITEMS = 3  # consecutive short lines that make a list
_ITEMS_OF_A_VERB = 6  # lines of a list of things, of which one may begin with a noun that the tagger takes for a verb
_LONGEST_ITEM = 5  # words of a line of a list
_OWNERS = _NAMES | {"NN", "NNS"}
_POSSESSIVE = re.compile("['’]s$")
_NO_ITEM = frozenset({"IN", "DT", "CC", "TO", "MD", "PRP", "PRP$", "WP", "WRB", "WDT", "VBP", "UH", "RB", "EX", "POS"})


def tag_sentence(sentence: list[str]) -> list[Tagged]:
    """Tag a sentence of a body: each word by itself, then the doubtful ones by their context."""
    return mend_clauses(reconsider(tag(sentence)))


def tag_title(sentence: list[str], words: Set[str]) -> list[Tagged]:
    """Tag a sentence of a title. ``words``: see `mend_clauses`.

    The verb that a headline seems to lack is looked for first, since the model of `reconsider` has seen few headlines.
    """
    tagged = tag(sentence)
    mended = mend_clauses(tagged, title=True, words=words)
    return _supply_verbs(mended if mended is not tagged else reconsider(tagged))


def mend_clauses(tagged: list[Tagged], *, title: bool = False, words: Set[str] = frozenset()) -> list[Tagged]:
    """Return the sentence with the verb of each clause that seems to have none tagged as a verb.

    ``words``: the body's words in lower case, for a title. A word in -s is a verb where the body has its -ed form.
    """
    headline = title or not any(pos in _FINITE for _, pos in tagged)
    out = tagged
    if not headline and tagged and not _has_conjunction(tagged):
        return out  # most sentences
    for first, last in _clauses(tagged, headline=headline):
        at = _hidden_verb(tagged, first, last, words)
        if at is None and not title:
            at = _likeliest_verb(tagged, first, last, title=False)
        if at is not None:
            mended = [(tagged[at][0], "VBP" if tagged[at][1] == "NN" else "VBZ")]
            mended += [(word, "NN") for word, pos in tagged[at + 1 : at + 2] if pos in _BASE]  # reject pay offers
            out = [*out[:at], *mended, *out[at + len(mended) :]]
    return out


def _supply_verbs(tagged: list[Tagged]) -> list[Tagged]:
    """Return a title with the likeliest verb of each clause that still has none tagged as a verb."""
    out = tagged
    for first, last in _clauses(tagged, headline=True):
        at = _likeliest_verb(tagged, first, last, title=True)
        if at is not None:
            out = [*out[:at], (tagged[at][0], "VBP" if tagged[at][1] == "NN" else "VBZ"), *out[at + 1 :]]
    return out


def _has_conjunction(tagged: list[Tagged]) -> bool:
    return tagged[0][0].lower() in _OPENING or tagged[0][1] == "MD" or any(word in _CONJUNCTIONS for word, _ in tagged)


def list_items(sentences: Sequence[Sequence[str]]) -> Mapping[int, bool]:
    """Return the indices of the sentences that are items of a list, each with whether these are instructions.

    Items are lines of a few words without an end mark; more than one in six instructions begin with a verb.
    """
    items: dict[int, bool] = {}
    run: list[int] = []
    for index, line in enumerate([*sentences, ()]):
        sentence = _without_bullet(line)
        opens = sentence[:1] and (sentence[0][0].isalnum() or sentence[0][0] in _CURRENCY)
        if opens and len(sentence) <= _LONGEST_ITEM and sentence[-1][-1].isalnum():
            run.append(index)
            continue
        if len(run) >= _FEWEST_ITEMS:
            verbs = sum(tag([*_without_bullet(sentences[at])])[0][1] == "VB" for at in run)
            items |= dict.fromkeys(run, verbs > len(run) // _ITEMS_OF_A_VERB)
        run = []
    return items


def _without_bullet(line: Sequence[str]) -> Sequence[str]:
    return line[1:] if line and line[0] in _BULLETS else line


def as_item(tagged: list[Tagged], *, instructs: bool = True) -> list[Tagged]:
    """Tag the words of a list's item as one name, unless they are a clause, or one of them is a function word.

    The bullet before an item is not part of it, nor is the amount before an ingredient (1 tsp vanilla extract) or a
    number after a colon (House martin: 4). ``instructs``: whether a verb at its start may be one (Preheat oven).
    """
    if tagged and tagged[0][0] in _BULLETS:
        return [tagged[0], *as_item(tagged[1:], instructs=instructs)]
    if len(tagged) > _NUMBER_AFTER_COLON and tagged[-2][0] == ":" and tagged[-1][1] == "CD":
        return [*as_item(tagged[:-_NUMBER_AFTER_COLON]), *tagged[-_NUMBER_AFTER_COLON:]]
    amount = len([*takewhile(lambda pair: pair[1] == "CD", tagged)])
    if amount:
        item = as_item(tagged[amount:], instructs=instructs)
        return [*tagged[:amount], *item] if item and item[0][1] == NAME else tagged
    if any(pos == "POS" for _, pos in tagged):
        owned = _with_whole_owner(tagged)
        clause = tagged[-2][1] == "NNS" and may_be_verb(tagged[-1][0])  # Norrvik's tariffs bite
        item = as_item(owned, instructs=instructs) if len(owned) < len(tagged) and not clause else tagged
        return item if item[0][1] == NAME else tagged
    if len(tagged) not in _ITEM_WORDS or not all(_POSSESSIVE.sub("", word).isalpha() for word, _ in tagged):
        return tagged
    if any(pos in _NO_ITEM for _, pos in tagged) or (instructs and tagged[0][1] == "VB" and tagged[-1][1] != "VB"):
        return tagged  # two base forms are two nouns: snare drum
    return [(word, NAME) for word, _ in tagged]


def _with_whole_owner(tagged: list[Tagged]) -> list[Tagged]:
    """Return a list's item with an 's that is inside it as a part of the word before: Shepherd's purse."""
    out = tagged[:1]
    for at, (word, pos) in enumerate(tagged[1:], 1):
        owner, before = out[-1]
        if pos == "POS" and len(word) > 1 and at + 1 < len(tagged) and before in _OWNERS and owner.isalpha():
            out[-1] = (owner + word, before)
        else:
            out.append((word, pos))
    return out


def _clauses(tagged: list[Tagged], *, headline: bool) -> Iterator[tuple[int, int]]:
    """Yield (first, last + 1) of clauses without a finite verb: those of a headline, otherwise subordinate ones."""
    if tagged and tagged[0][1] == "MD" and tagged[-1][0] == "?":
        yield 1, len(tagged) - 1  # Can seaweed feed cows?
        return
    start: int | None = 0 if headline else None
    for index, (word, _) in enumerate([*tagged, (",", ",")]):
        conjunction = word.lower() in _CONJUNCTIONS
        if not conjunction and word not in _BREAKS:
            continue
        if start is not None and not any(pos in _FINITE for _, pos in tagged[start:index]):
            yield start, index
        start = index + 1 if conjunction or headline else None


def _hidden_verb(tagged: list[Tagged], first: int, last: int, words: Set[str]) -> int | None:
    """Return the index of the first word that agrees, as a verb, with the noun before it, and has an object or ends its
    clause: after a conjunction, or before one (sales skid as).
    """
    for at in range(first + 1, last):
        (subject, subject_pos), (word, pos) = tagged[at - 1], tagged[at]
        ends = at + 1 == last or tagged[at + 1][0] in ".!?"
        closed = at + 1 == last < len(tagged) and tagged[last][0] in _ADVERBIAL
        complete = (first > 0 or closed) if ends else tagged[at + 1][1] in _OBJECT_OR_BASE
        if not word.islower() or word == "of" or not complete:
            continue
        if pos == "VB" and subject_pos == "NNS" and not ends:
            return at
        agrees = subject_pos == "NNS" or (tagged[0][1] == "MD" and first == 1 and subject_pos in _SINGULAR)
        if pos == "NN" and agrees and (closed or subject.lower() not in ATTRIBUTIVE) and may_be_verb(word):
            return at
        followed = not ends and tagged[at + 1][1] not in ("IN", "TO", "RB")  # "the costs of" is not a clause
        if pos != "NNS" or subject_pos not in _SINGULAR or word in ATTRIBUTIVE:
            continue
        if (followed and _third_person(word)) or (words and _has_past(word, words)):
            return at
    return None


def _likeliest_verb(tagged: list[Tagged], first: int, last: int, *, title: bool) -> int | None:
    """Return the index of the noun after a noun that is most likely the clause's verb; None if none scores enough."""
    best, highest = None, min(_LEAST[title])
    for at in range(first + 1, last):
        pos, before = tagged[at][1], tagged[at - 1][1]
        after_word, after = tagged[at + 1] if at + 1 < last else (".", ".")
        if (
            pos not in ("NN", "NNS")
            or before not in _SUBJECT
            or after_word == "of"
            or not (after == "." or after in _OBJECT)
        ):
            continue
        if (after == "." and title) or (score := verb_score(tagged, at)) is None:
            continue
        if score > max(highest, _LEAST[title][first > 0 and before in _NAMES]):
            best, highest = at, score
    return best


def _has_past(word: str, words: Set[str]) -> bool:
    """Whether the body has the past form of a word in -s: returned, for returns."""
    stem = word.removesuffix("s").removesuffix("e")
    return word.endswith("s") and (f"{stem}ed" in words or f"{stem}{stem[-1:]}ed" in words)


def _third_person(word: str) -> bool:
    """Whether a word in -s may be a verb: bites, reaches."""
    stem = word[:-2] if word.endswith(_SIBILANTS) else word[:-1]
    if not word.endswith("s") or len(stem) <= 2 or is_plural_in_ves(word):
        return False
    doubled = stem.endswith("l") and frequency(f"{stem}led", "en") > 0  # trialled, in British spelling
    return may_be_verb(stem) or doubled
