"""English names inside longer phrases: NHS in "NHS clinic", Logan Airport in "Logan Airport officials".

    inner_names([Phrase(("Logan", "Airport", "officials"), ...)])  ->  [Phrase(("Logan", "Airport"), ...)]

A phrase is a maximal run of nouns, and a name often occurs only before a noun. The ranking decides between the two.
"""

from collections.abc import Sequence
from itertools import takewhile

from alt_pipelines.tagging.extraction.english_tagger import is_common_word, usual_tag
from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.text.stopwords import word_set

_SMALL = word_set("of for the and on i &")  # words inside a name
_NO_NAME = frozenset({"JJ", "JJR", "JJS", "NNPS"})  # demonyms: Dutch, Germans


def inner_names(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the names that begin phrases and are not phrases themselves, each at its first place.

    Of "Dutch company" and "Battery life", nothing is a name: a demonym, and a common noun with the capital of a title
    or a sentence.
    """
    whole = {phrase.stems for phrase in phrases}
    found: dict[tuple[str, ...], Phrase] = {}
    for phrase in phrases:
        size = _name_length(phrase.words)
        if size and phrase.stems[:size] not in whole:
            part = Phrase(phrase.words[:size], phrase.stems[:size], phrase.start)
            found.setdefault(part.stems, part)
    return [*found.values()]


def _name_length(words: tuple[str, ...]) -> int:
    """Return the number of words of the name that a phrase has before a noun in lower case; 0 if there is none.

    A name of one word must be followed by a known noun: Ursus spelaeus and Kampi ya Samaki are one name.
    """
    name = [*takewhile(lambda word: word[0].isupper() or word[0].isdigit(), words)]
    if not name or len(name) == len(words) or words[len(name)] in _SMALL or not name[0][0].isupper():
        return 0
    if len(name) > 1:
        return len(name)
    return 1 if _is_name(name[0]) and _is_known(words[1]) else 0


def _is_name(word: str) -> bool:
    """Whether a capitalised word alone is a name: neither a common word nor a demonym nor Leeds-based."""
    if is_common_word(word.lower()) or usual_tag(word) in _NO_NAME:
        return False
    return not word.rpartition("-")[2].islower()


def _is_known(noun: str) -> bool:
    """Whether the lexicon has a noun, or its singular."""
    return is_common_word(noun) or is_common_word(noun.removesuffix("s"))
