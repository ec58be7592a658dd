"""The English lexicon: words with their most common part of speech, and what follows from it.

The lexicon is a data file of this project (0.1 s, 15 MB to read); the library that it comes from takes 2 s and 180 MB
to import.
"""

from functools import lru_cache

from alt_pipelines.data_files import data_file, whole_text
from alt_pipelines.tagging.extraction.words.frequencies import frequency

_SHORT = 5  # letters; a longer word in -ly is an adverb if the lexicon has the adjective


@lru_cache(maxsize=1)
def lexicon() -> dict[str, str]:
    """Return the words of english_lexicon.txt with their commonest part of speech.

    Raises:
        DataFileError: it cannot be used.
    """
    tags: dict[str, str] = {}
    with data_file("alt_pipelines.tagging.extraction", "data", "english_lexicon.txt") as file:
        for line in whole_text(file).splitlines():
            if not line.startswith("#"):
                pos, word, *words = line.split(" ")
                tags.update(dict.fromkeys((word, *words), pos))
    for word in [word for word, pos in tags.items() if word.endswith("ly") and pos == "NN" and len(word) > _SHORT]:
        if tags.get(word[:-2]) == "JJ":
            tags[word] = "RB"  # briefly
    return tags


def usual_tag(word: str) -> str | None:
    """Return the lexicon's tag of a word; None for a word that it does not have."""
    return lexicon().get(word)


def is_common_word(word: str) -> bool:
    """Whether the lexicon has this lower-case word, so that a capital may come from a headline and not from a name."""
    return word in lexicon()


@lru_cache(maxsize=8192)
def may_be_verb(word: str) -> bool:
    """Whether the lexicon has an -ed or -ing form of this word, so that a noun of the same spelling may be a verb."""
    tags = lexicon()
    stem = word.removesuffix("e")
    forms = (f"{stem}ed", f"{stem}ing", f"{word}{word[-1]}ed", f"{word}{word[-1]}ing")
    return any(form in tags for form in forms)


def is_common_noun(word: str) -> bool:
    """Whether the lexicon has a word in lower case, or the singular of a plural in -s: second, seconds."""
    return is_common_word(word) or (word.endswith("s") and is_common_word(word[:-1]))


def is_plural_in_ves(word: str) -> bool:
    """Whether a word is the plural of a noun in -f or -fe, and rarely a form of a verb in -ve: thieves, not halves."""
    if not word.endswith("ves") or f"{word[:-1]}d" in lexicon() or frequency(word, "en") < frequency(word[:-1], "en"):
        return False
    return usual_tag(f"{word[:-3]}f") == "NN" or usual_tag(f"{word[:-3]}fe") == "NN"
