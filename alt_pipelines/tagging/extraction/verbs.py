"""Which words of a text are verb forms, from their dictionary form.

    is_verb("hablaron", "es")  ->  True     (hablar)
    is_verb("lugares", "es")   ->  False    (lugar is no infinitive: nothing is "lugado")

A lemma that looks like an infinitive says verb, unless the word is that infinitive's own plural or case; an infinitive
itself must have a participle. Languages whose verbs show by their ending alone have only ``finite`` in their row.
Dictionaries are read front-coded from simplemma's files: 4 to 50 MB for each language that is met, none for others.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from alt_pipelines.tagging.extraction.languages import language_of


@lru_cache(maxsize=65536)
def is_verb(word: str, language: str) -> bool:
    """Whether a word, as written, reads as a verb form of this language; never for languages without a rule."""
    row = language_of(language)
    word = word.lower()
    if any(row.affixes):
        return _affixed(word, _lemmas(language).get(word), row.affixes)
    if row.finite and not _ends(row.finite, word):
        return False
    if not row.infinitive:
        return bool(row.finite)
    lemma = _lemmas(language).get(word)
    if lemma is None or not _ends(row.infinitive, lemma) or (lemma[0] != word[0] and len(lemma) < 3):
        return False
    if word == lemma:
        return _has_participle(lemma, row.participles, language)
    return not _declined(word, lemma)


def may_be_verb(word: str, language: str) -> bool:
    """Whether a noun is spelt like a form of a verb: annonce (annoncer), compra (comprar)."""
    row = language_of(language)
    if not row.participles:
        return False
    return any(_lemmas(language).get(word + ending) == word + ending for ending in ("r", "re"))


def is_word(word: str, language: str) -> bool:
    """Whether the dictionary of the language has this lower-case word; False for languages without a dictionary."""
    return bool(language_of(language).infinitive or any(language_of(language).affixes)) and word in _lemmas(language)


def _affixed(word: str, lemma: str | None, affixes: tuple[str, str]) -> bool:
    """Whether a form is its dictionary form with a person's letter before or behind it."""
    if lemma is None or lemma == word or len(lemma) < 3:
        return False
    before, behind = affixes
    prefixed = word[0] in before and lemma[0] != word[0] and len(lemma) <= len(word)
    return prefixed or (word[-1] in behind and lemma[:-1] == word[:-2] and lemma[-1] != "ة") or lemma == word[:-1]


def _has_participle(infinitive: str, endings: tuple[str, ...], language: str) -> bool:
    """Whether a word that is its own lemma is an infinitive and no noun that looks like one ("quartier", "lugar")."""
    if not endings:
        return True
    lemmas = _lemmas(language)
    stem = re.sub(r"(?:oir|rre|se|..)$", "", infinitive) if not infinitive.endswith("se") else infinitive[:-4]
    return any(lemmas.get(stem + ending) == infinitive for ending in endings)


def _declined(word: str, lemma: str) -> bool:
    """Whether a form is the plural or a case of a noun that looks like an infinitive: chiffres, lugares, poteri."""
    return word in (f"{lemma}s", f"{lemma}x", f"{lemma}es", f"{lemma[:-1]}i")


@lru_cache(maxsize=512)
def _pattern(ending: str) -> re.Pattern[str]:
    return re.compile(f"(?:{ending})$")


def _ends(ending: str, word: str) -> bool:
    return _pattern(ending).search(word) is not None


@lru_cache(maxsize=64)
def _lemmas(language: str) -> Mapping[str, str]:
    """Word form to dictionary form, read on demand; empty for a language without a dictionary."""
    from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

    try:
        found: Mapping[str, str] = StreamDictionaryFactory(cache_max_size=1).get_dictionary(
            {"no": "nb"}.get(language, language)
        )
    except ValueError:  # the library's answer to a language that it does not have
        return {}
    return found
