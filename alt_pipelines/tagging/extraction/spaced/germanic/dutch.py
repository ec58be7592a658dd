"""Dutch adjectives: those without an ending, which end no phrase, and those of countries, which have a capital.

    doorstart mogelijk, voorjaar plat   ->  doorstart, voorjaar
    Aziatische hoornaar                 ->  one phrase

An adjective before its noun has the ending -e unless the noun is neuter and indefinite; one without an ending after a
noun belongs to the verb. Dutch adverbs have the same form.
"""

import re

from alt_pipelines.tagging.extraction.words.verbs import lemma_of

_LONG_VOWEL = re.compile("([aeou])\\1([b-df-hj-np-tv-z])$")
_SHORT_VOWEL = re.compile("(?<![aeiou])[aeiou]([b-df-hj-np-tv-z])$")
# An inflected adjective of a country or a town: Aziatische, Nederlandse, Chinese, Friese. Names end otherwise (Louise).
_DEMONYM = re.compile("[A-Z][a-z-]{2,}(?:isch|[^aeiou]s|aas|ees|oos|oes|ies|[nlmg]es)e")


def is_dutch_demonym(word: str) -> bool:
    """Whether a word with a capital is the inflected adjective of a country or a town, before its noun."""
    return _DEMONYM.fullmatch(word) is not None


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
