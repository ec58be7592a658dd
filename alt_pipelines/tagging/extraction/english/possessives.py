"""English names with an apostrophe inside or at their end: McDonald's, People's Party, Workers' Union, St. John's.

join_possessive([["The", "Workers", "'", "Union", "met"]])  ->  [["The", "Workers'", "Union", "met"]]
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from wordfreq import get_frequency_dict

from alt_pipelines.tagging.extraction.english.bodies import KINDS
from alt_pipelines.tagging.extraction.english.lexicon import is_common_word, may_be_verb, usual_tag
from alt_pipelines.tagging.extraction.english.unknown_words import POSSESSIVE
from alt_pipelines.text.stopwords import word_set

_OWN_SHARE = 0.15  # minimum share of a name's occurrences with 's for the 's to be part of the name
_SURE_SHARE = 0.5  # the same for a name that occurs once
_MARKS = POSSESSIVE | {"'", "’"}
_CONTRACTED = word_set("it he she that there here what who where how when this everyone everybody nobody let")
_OPENS_OBJECT = word_set("its their")
_LONGEST_NAME = 4  # words of a name that begins a headline
_SAINT = frozenset({"St.", "St", "Saint"})


def join_possessive(sentences: list[list[str]]) -> list[list[str]]:
    """Join a name that always occurs with 's and its 's into one token: McDonald's.

    The name must occur at least twice or be usual with 's (Alzheimer's), so that a single possessive does not qualify;
    it may also be the subject of a verb (Moody's said), or each time of what may be one (Baker Tull's recalls). An 's
    or a plural's apostrophe inside a name is joined too (People's Party, Workers' Union), and so is the 's of a saint
    (St. John's, St James's Park).
    """
    owned: Counter[str] = Counter()
    subjects: set[str] = set()  # before 's and a verb: Moody's said
    acting: Counter[str] = Counter()  # before 's and what may be a verb
    for sentence in sentences:
        if not POSSESSIVE.isdisjoint(sentence):
            owned.update([w for w, s in pairwise(sentence) if s in POSSESSIVE and w[0].isupper()])
            subjects.update(_before_verb(sentence))
            acting.update(_before_clause(sentence))
    if not owned and not any("'" in sentence or "’" in sentence for sentence in sentences):
        return sentences
    alone = Counter([word for sentence in sentences for word in sentence if word in owned])
    always = {word for word, count in owned.items() if count == alone[word] and _owns_its_name(word, count)}
    always |= {word for word in subjects if owned[word] == alone[word]}
    always |= {word for word, count in acting.items() if 1 < count == alone[word]}
    after_saint = {
        word
        for sentence in sentences
        for saint, word in pairwise(sentence)
        if saint[-1] in ".t" and (saint in _SAINT or saint.endswith("-St."))
    }
    always |= {word for word in after_saint if owned[word] == alone[word] > 0}
    out = []
    for sentence in sentences:
        if _MARKS.isdisjoint(sentence):
            out.append(sentence)
            continue
        joined: list[str] = []
        for index, word in enumerate(sentence):
            own = word in POSSESSIVE and joined and joined[-1] in always
            if own or (word in _MARKS and _in_name(sentence, index)):
                joined[-1] += word
            else:
                joined.append(word)
        out.append(joined)
    return out


def _owners(sentence: list[str]) -> Iterator[tuple[str, list[str], bool]]:
    """Yield each name before an 's that may belong to it, the two words after the 's, and whether it begins the
    sentence. After a pronoun, the 's is a contraction."""
    for at, mark in enumerate(sentence):
        if mark in POSSESSIVE and at and sentence[at - 1].istitle() and sentence[at - 1].lower() not in _CONTRACTED:
            begins = at <= _LONGEST_NAME and all(word[0].isupper() for word in sentence[:at])
            yield sentence[at - 1], [*sentence[at + 1 : at + 3], ".", "."][:2], begins


def _before_verb(sentence: list[str]) -> list[str]:
    """Return the names whose 's a finite verb or, in a headline, an infinitive follows: Moody's said, Macy's will,
    Moody's cut its outlook, Wendy's to close; not in "The race is Quill's to lose"."""
    return [
        name
        for name, (after, beyond), begins in _owners(sentence)
        if after == "said"
        or usual_tag(after) == "MD"
        or (beyond in _OPENS_OBJECT and _is_verb(after))
        or (begins and after == "to" and beyond.islower() and usual_tag(beyond) in ("VB", "VBP"))
    ]


def _before_clause(sentence: list[str]) -> list[str]:
    """Return the names whose 's is followed by a word that is usually a finite verb: Baker Tull's recalls biscuits."""
    return [name for name, (after, _), _ in _owners(sentence) if _is_finite(after)]


def _is_verb(word: str) -> bool:
    """Whether a word is or may be a finite verb."""
    return _is_finite(word) or (word.islower() and may_be_verb(word))


def _is_finite(word: str) -> bool:
    """Whether a word is usually a finite verb, or is an irregular past form: recalls, pulled, sold.

    A participle in -n or -ne is not a past form: "Anna's been" is a contraction.
    """
    pos = usual_tag(word)
    return word.islower() and (pos in ("VBD", "VBZ", "MD") or (pos == "VBN" and not word.endswith(("ed", "n", "ne"))))


def _owns_its_name(word: str, count: int) -> bool:
    """Whether a name that always occurs with 's is usual with it (McDonald's) or unknown, unlike Russia's.

    A name that occurs once must be usual with it.
    """
    known = get_frequency_dict("en", "large")
    share = _OWN_SHARE if count > 1 else _SURE_SHARE
    usual = known.get(f"{word.lower()}'s", 0.0)
    return usual >= share * known.get(word.lower(), 0.0) and (count > 1 or usual > 0)


def _in_name(sentence: list[str], index: int) -> bool:
    """Whether an apostrophe is inside a name of common nouns: Austrian People's Party, Australian Workers' Union."""
    if index < 2 or index + 1 >= len(sentence):
        return False
    owner, owned, mark = sentence[index - 1], sentence[index + 1], sentence[index]
    plural = usual_tag(owner.lower()) == "NNS" and usual_tag(owned.lower()) == "NN" and owned != "Day"
    if mark not in POSSESSIVE and not plural:
        return False
    if mark not in POSSESSIVE and (mark in sentence[: index - 1] or "‘" in sentence[:index]):
        return False  # a closing quotation mark
    if owner.lower() in KINDS:
        return False  # European Space Agency's Comet Probe
    return owner.istitle() and owned.istitle() and is_common_word(owner.lower()) and is_common_word(owned.lower())
