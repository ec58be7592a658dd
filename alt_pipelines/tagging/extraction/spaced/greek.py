"""Greek verbs that the dictionary lacks, by pairs of forms in the frequency list.

is_greek_verb("αποκτά")  ->  True     (αποκτούν)
is_greek_verb("φορά")    ->  False    (a noun of the dictionary)
"""

from functools import lru_cache

from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import lemma_of

# Endings of the third person, singular and plural: present of both conjugations, past, passive.
_PERSONS = (("ά", "ούν"), ("εί", "ούν"), ("ει", "ουν"), ("ε", "αν"), ("εται", "ονται"), ("άται", "ούνται"))
_SHARE = 0.05  # one number is at least this share as common as the other
_SHORTEST = 3  # letters of a stem


@lru_cache(maxsize=65536)
def is_greek_verb(word: str) -> bool:
    """Whether a word that the dictionary lacks is a verb in the third person, whose other number exists."""
    if lemma_of(word, "el") is not None:
        return False
    pairs = (*_PERSONS, *(pair[::-1] for pair in _PERSONS))
    stems = ((word.removesuffix(ending), other) for ending, other in pairs if word.endswith(ending))
    least = _SHARE * frequency(word, "el")
    return any(len(stem) >= _SHORTEST and frequency(stem + other, "el") > least for stem, other in stems)
