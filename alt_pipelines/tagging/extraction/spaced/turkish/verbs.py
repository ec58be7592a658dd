"""Turkish verbs by their endings: finite forms, participles and converbs, and the nouns that verbs form.

    is_turkish_verb("yavaşlattığı")  ->  True (yavaşla-t-tığ-ı)
    is_turkish_verb("alanlar")       ->  False (the dictionary has it as a noun's plural)
    verbal_noun("yükselişle")        ->  ("yükseliş", "le")

The dictionary gives the stem of a verb as its dictionary form, also of its participles and verbal nouns. Source: Göksel
and Kerslake 2005, "Turkish: A Comprehensive Grammar", chapters 8 and 18 to 20.
"""

import re
from functools import lru_cache

from alt_pipelines.tagging.extraction.words.verbs import lemma_of

_INFINITIVES = ("mak", "mek")
_PLURALS = ("lar", "ler")
_VOICE = "(?:[ıiuü]?[lnşt]|[dt]?[ıiuü]r|[ae]r)*"
_NEGATION = "(?:y?[ae])?(?:m[ae])?(?:y?[ae]bil)?"
_VERB = re.compile(
    f"{_VOICE}{_NEGATION}"
    "(?:y?[ae]n(?:l[ae]r.*)?|[dt][ıiuü](?:[kğ].*|[mn]|n[ıiuü]z|l[ae]r)?|y?[ae]c[ae][kğ].*|m[ıiuü]ş.*"
    "|y?[ae]r[ae]k|y?[ıiuü]p|y?[ıiuü]nc[ae]|m[ae]d[ae]n|[ıiuü]?yor.*|m[ae]k(?:t[ae].*)?|m[ae]l[ıi].*"
    "|[ıiuüae]r(?:k[ae]n|s[ae].*|l[ae]r|[ıiuü]z)?|m[ae]z.*|s[ae][kmn]?|m[ae]y[ıiuü]n(?:[ıiuü]z)?)"
)
_SOFTENED = {"k": "ğg", "p": "b", "ç": "c", "t": "d"}
_COPULA = re.compile("(?:[dt][ıiuü]rl?(?:[ae]r)?|(?<=[aeıioöuü])yd[ıiuü](?:[km]|n[ıiuü]z|l[ae]r)?)$")
_VERBAL_NOUN = re.compile(f"{_VOICE}(?:m[ae])?(?:y?[ıiuü]ş|m[ae])")


@lru_cache(maxsize=65536)
def is_turkish_verb(word: str) -> bool:
    """Whether a lower-case word is a form of a verb other than a verbal noun."""
    stem = _stem(word)
    return stem is not None and _VERB.fullmatch(word[len(stem) :]) is not None and not _is_noun(word)


def turkish_lower(word: str) -> str:
    """Return a word in lower case by Turkish rules: İlk (ilk), Isparta (ısparta)."""
    return word.replace("İ", "i").replace("I", "ı").lower()


def is_softened(word: str, lemma: str) -> bool:
    """Whether the ending of a possessive or an accusative changes the last letter of its noun: bakanlığı, hasadı."""
    soft = _SOFTENED.get(lemma[-1])
    return soft is not None and re.fullmatch(f"{re.escape(lemma[:-1])}[{soft}][ıiuü]", word) is not None


@lru_cache(maxsize=65536)
def is_copula(word: str) -> bool:
    """Whether a lower-case word is a noun or an adjective with the copula: sporcudur, evdeydik."""
    found = _COPULA.search(word)
    if found is None:
        return False
    bare, lemma = word[: found.start()], lemma_of(word, "tr")
    return lemma not in (None, word) and bare.startswith(lemma or word) and _stem(word) is None


def verbal_noun(word: str) -> tuple[str, str] | None:
    """Return the noun that a verb's stem forms with -iş or -ma, and the ending after it; None if it is no such noun."""
    stem = _stem(word)
    found = _VERBAL_NOUN.match(word, len(stem)) if stem is not None else None
    return (word[: found.end()], word[found.end() :]) if found else None


def _stem(word: str) -> str | None:
    """Return the stem of the verb that the dictionary derives a word from; None if it derives it from no verb."""
    lemma = lemma_of(word, "tr")
    if lemma is None or lemma == word or len(lemma) >= len(word) or not word.startswith(lemma[:-1]):
        return None
    return lemma if any(lemma_of(lemma + ending, "tr") is not None for ending in _INFINITIVES) else None


def _is_noun(word: str) -> bool:
    """Whether the dictionary has the plural of a participle, which then is a noun too: çalışan."""
    return any(lemma_of(word + ending, "tr") == word for ending in _PLURALS)
