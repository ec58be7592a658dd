"""The form in which a phrase of a language with cases is shown: a nominative that is a piece of the text.

Which phrases are shown is decided in ``inflected.analysis``.
"""

from collections import Counter
from collections.abc import Sequence

from alt_pipelines.tagging.extraction.inflected.names import ends_as_surname
from alt_pipelines.tagging.extraction.inflected.russian_words import Reading

_SHORTEST = 3  # letters of a nominative that is the beginning of a written word


def best_nominative(key: tuple[str, ...], found: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the dictionary form of a phrase if it is among its nominatives, otherwise the commonest."""
    written = [words for words in found if tuple(word.strip().lower() for word in words) == key]
    return written[0] if written else max(found, key=found.__getitem__)


def beginning(words: tuple[str, ...], lemma: str, found: Sequence[Reading], *, free: bool) -> tuple[str, ...]:
    """Return a single word's nominative if the word is it or begins with it: журі; завод of заводом; () otherwise.

    A name must have only one dictionary form: Самары is of Самара, not of "Самар". A noun in the plural must be
    ``free`` of a noun or a preposition before it (дефицит кассиров, с рельсов).
    """
    lemmas = {reading.lemma for reading in found if reading.kind == "noun"}
    several = len(lemmas) > 1
    if len(words) > 1 or (several and words[0][0].isupper()):
        return ()
    low = words[0].lower()
    if low == lemma and words[0][0].islower() and any(r.kind == "noun" and r.lemma == lemma and r.known for r in found):
        return words
    for reading in found:
        woman = reading.person and reading.gender == "femn"  # the dictionary form of a surname is the man's
        if reading.number == "plur" and (not free or words[0][0].isupper()):
            continue  # the singular of a name in the plural is not the name: Лиска of Лисках
        shorter = _SHORTEST <= len(reading.lemma) < len(low) and low.startswith(reading.lemma)
        certain = reading.known or (len(lemmas) == 1 and not (reading.person or ends_as_surname(lemma)))
        if reading.kind == "noun" and reading.lemma == lemma and certain and shorter and not woman:
            return (words[0][: len(reading.lemma)],)
    return ()
