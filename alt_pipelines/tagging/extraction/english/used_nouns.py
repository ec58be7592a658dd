"""English nouns that the lexicon has as foreign words or rare adjectives: kimono, vellum.

    A kimono costs less ... rent a kimono for the day  ->  a noun: after different words, and before what is no noun
    a priori, in vitro, de facto                       ->  none: always after the same word, or in a foreign phrase

What the article's places show is so at all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from alt_pipelines.tagging.extraction.english.tagger import Tagged
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.stopwords import word_set

_SHORTEST = 4  # letters
_RARE = 1e-5  # share of all words, above which an adjective is everyday: for good, the sick
_PREPOSITIONS = word_set("of for about with from without like than into over")  # before nouns; not in or per: in vitro
_VERBS = frozenset({"VB", "VBP", "VBZ", "VBD", "VBG"})
_LINKING = word_set(  # before adjectives
    """
    be is are was were been being become becomes became seem seems seemed look looks looked feel feels felt remain
    remains remained stay stays stayed get gets got turn turns turned go goes went grow grows grew sound sounds sounded
    taste tastes tasted smell smells smelled keep keeps kept make makes made
    """
)
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBN", "VBG", "CD", "FW", "POS"})
_BEFORE_NOUN = frozenset({"DT", "PRP$", "JJ", "JJR"})


def find_nouns(sentences: Iterable[Sequence[Tagged]]) -> frozenset[str]:
    """Return the words, in lower case, that are nouns at two places or more, each after another word."""
    before: defaultdict[str, set[str]] = defaultdict(set)
    for tagged in sentences:
        for at, (word, pos) in enumerate(tagged):
            if pos in ("FW", "JJ") and at and word.islower() and _is_noun(tagged, at):
                before[word].add(tagged[at - 1][0].lower())
    return frozenset(word for word, words in before.items() if len(words) > 1)


def mend_nouns(tagged: list[Tagged], nouns: frozenset[str]) -> list[Tagged]:
    """Return the sentence with these words tagged as nouns."""
    return [(word, "NN") if pos in ("FW", "JJ") and word.lower() in nouns else (word, pos) for word, pos in tagged]


def _is_noun(tagged: Sequence[Tagged], at: int) -> bool:
    """Whether a word is where a noun ends its phrase."""
    word, pos = tagged[at]
    if len(word) < _SHORTEST or not word.isalpha() or (pos == "JJ" and frequency(word, "en") > _RARE):
        return False
    before, before_pos = tagged[at - 1]
    low = before.lower()
    opens = low in _PREPOSITIONS or (before_pos in _VERBS and low not in _LINKING)
    after = [tag for _, tag in tagged[at + 1 : at + 4]]
    if pos == "FW":
        return (opens or before_pos in _BEFORE_NOUN) and (not after or after[0] not in _NOMINAL)
    if after[:1] == [","]:
        after = after[1 + (after[1:2] == ["CC"]) :]  # with crisp, cold water; for tempeh, and you
    return opens and (not after or (after[0] not in _NOMINAL and after[0] != "CC"))
