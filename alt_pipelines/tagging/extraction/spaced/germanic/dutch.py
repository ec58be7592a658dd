"""Dutch adjectives without an ending, which end no phrase: doorstart mogelijk, voorjaar plat.

An adjective before its noun has the ending -e unless the noun is neuter and indefinite; one without an ending after a
noun belongs to the verb. Dutch adverbs have the same form.
"""

import re

from alt_pipelines.tagging.extraction.words.verbs import lemma_of

_LONG_VOWEL = re.compile("([aeou])\\1([b-df-hj-np-tv-z])$")
_SHORT_VOWEL = re.compile("(?<![aeiou])[aeiou]([b-df-hj-np-tv-z])$")


def is_dutch_predicate(word: str) -> bool:
    """Whether a word in lower case is an adjective without an ending: the dictionary has it with -e, not with -en."""
    if not word.islower() or lemma_of(word, "nl") != word:
        return False
    stems = [word, _LONG_VOWEL.sub(r"\1\2", word)]
    if _SHORT_VOWEL.search(word):
        stems.append(word + word[-1])
    if word[-1] in "fs":
        stems += [f"{stem[:-1]}{'v' if word[-1] == 'f' else 'z'}" for stem in stems[:2]]
    inflected = any(lemma_of(f"{stem}e", "nl") == word for stem in stems)
    return inflected and not any(lemma_of(f"{stem}en", "nl") == word for stem in stems)
