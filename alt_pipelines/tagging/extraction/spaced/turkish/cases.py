"""Turkish phrases in their dictionary form, without the endings of cases: heykel(in).

    in_dictionary_form(["kamusal", "yapının", "zeminine"], capitals)  ->  [["kamusal", "yapı"], ["zemin"]]

A form changes only by losing its ending, so that a tag stays a piece of the text. A word with a case ending ends a
phrase (Göksel and Kerslake 2005, "Turkish: A Comprehensive Grammar", chapter 8). A verb is not part of it (see
``spaced.turkish.verbs``), nor is a noun of place after another noun (yakınında).
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.turkish.verbs import (
    is_softened,
    turkish_lower,
    verbal_noun,
)
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import lemma_of
from alt_pipelines.text.stopwords import word_set

_SHORTEST = 3  # letters
_CASE = re.compile("(?:[dt][ae](?:n|ki(?:l[ae]r)?)?|[yn]?[ae]|[yn]?[ıiuü]n|[yn][ıiuü]|l[ae]r[ıiuü]?)$")
# Endings that names have after an apostrophe, and the plural of a subject at the beginning of a sentence.
_NO_NAME = re.compile("(?:l[ae]r(?:l[ae])?|yl[ae]|[dt][ae]n?|n[ıiuü]n)$")
_LOCATIVE = re.compile("[dt][ae]n?")
_OWN = re.compile("(.*[ıiuü])(?:m|m[ıiuü]z)(?:[dt][ae]n?|[ae]|[ıiuü]n?)?")  # first person: disiplinimiz
_OBJECT = re.compile("[sy]?[ıiuü]|l[ae]r[ıi]")  # accusative, or possessive without its possessor
_POSSESSIVE = re.compile("(l?[ae]?r?s?[ıiuü])(?:n(?:[dt][ae](?:n|ki)?|[ae]|[ıiuü]n?)|yl[ae])")
_POSSESSED = re.compile("l[ae]r[ıi]")  # of the noun before it: ağaç halkaları
# The plural with a possessive and a case, also in a word that the dictionary lacks: karotlarında.
_UNKNOWN = re.compile("(.{3,})(l[ae]r[ıi])n(?:[dt][ae](?:n|ki)?|[ae]|[ıi]n?)")
_POSSESSED_UNKNOWN = re.compile("[aeıioöuü]s[ıiuü]$")
_PERCENT = word_set("yüzde yüzdesi yüzdelik")
_ACTION = re.compile("m[ae]$")  # without its subject or object: (fiyatın) artırılması
_UNKNOWN_ACTION = re.compile("[ıiuü][ln]m[ae]s[ıi](?:n(?:[dt][ae](?:n|ki)?|[ae]|[ıi]n?)?)?$")  # numaralandırılmasında
_ADJECTIVE = re.compile("(?:l[ıiuü]|s[ıiuü]z)$")  # of a noun, which is its dictionary form: elektrikli, sürücüsüz
# Göksel and Kerslake, chapter 17.3: possessive-marked nouns that serve as postpositions.
_PLACES = word_set(
    "yakın iç dış üst alt ön arka yan ara orta karşı etraf çevre civar kenar baş uç açık doğu batı kuzey güney"
)
# The same chapter: abstract nouns with a possessive and a case, which are always postpositions.
_POSTPOSITIONS = word_set(
    """
    adına amacıyla aracılığıyla bakımından boyunca çerçevesinde dolayısıyla doğrultusunda gereğince hakkında itibarıyla
    kala kapsamında karşılığında konusunda nedeniyle sayesinde sebebiyle sırasında sonucunda suretiyle süresince
    tarafından uğruna üzere üzerinde üzerindeki üzerinden üzerine vasıtasıyla yoluyla yüzünden
    """
)


class _Word(NamedTuple):
    form: str  # in the dictionary form, if the text has that
    ends: bool  # whether it ends a phrase
    part: bool  # whether it may be a part of one


def in_dictionary_form(piece: Sequence[Placed], capitals: Collection[str]) -> Iterator[list[Placed]]:
    """Yield the parts of a phrase in their dictionary form.

    ``capitals``: the words that have a capital inside a sentence, folded.
    """
    part: list[Placed] = []
    for placed in piece:
        token = placed.token
        named = token.text[0].isupper() and (not token.opens or token.text.lower() in capitals)
        if token.opens and len(piece) > 1 and piece[1].token.text[0].isupper():
            named = _NO_NAME.search(token.text) is None  # Mübadeleyle | Midilli
        word = _Word(token.text, False, True) if named else _turkish(token.text, inside=_is_compound(part))
        if word.part:
            part.append(_changed(placed, word.form))
        if word.ends and part:
            yield part
            part = []
    if part:
        yield part


def _is_compound(part: Sequence[Placed]) -> bool:
    """Whether a possessive may follow: after a noun (şarj istasyonu), but not after an adjective (elektrikli gemi)."""
    return bool(part) and not _is_adjective(part[-1].token.text.lower())


@lru_cache(maxsize=65536)
def _is_adjective(word: str) -> bool:
    return _ADJECTIVE.search(word) is not None and lemma_of(word, "tr") not in (None, word)


@lru_cache(maxsize=65536)
def is_half(word: str) -> bool:
    """Whether a Turkish noun has a possessive ending, by which it belongs to the noun before it: (uyku) apnesi."""
    low = turkish_lower(word)
    lemma = lemma_of(low, "tr")
    if lemma is not None and is_softened(low, lemma):
        return True
    if lemma is None:
        return _POSSESSED_UNKNOWN.search(low) is not None
    return lemma != low and low.startswith(lemma) and _OBJECT.fullmatch(low[len(lemma) :]) is not None


def _changed(placed: Placed, form: str) -> Placed:
    token = placed.token
    return (
        placed if form == token.text else placed._replace(token=token._replace(text=form, end=token.start + len(form)))
    )


def _unknown(word: str, low: str, *, inside: bool) -> _Word:
    """Return how a word that the dictionary lacks is read; one with a hyphen, by its last part: e-postayı, e-posta."""
    first, hyphen, last = word.rpartition("-")
    if first and len(last) >= _SHORTEST:
        read = _turkish(last, inside=inside)
        return read._replace(form=f"{first}{hyphen}{read.form}")
    if _UNKNOWN_ACTION.search(low):
        return _Word(word, ends=True, part=False)
    if unknown := _UNKNOWN.fullmatch(low):
        return _Word(word[: unknown.end(2 if inside else 1)], ends=True, part=True)
    return _Word(word, ends=False, part=True)


@lru_cache(maxsize=65536)
def _turkish(word: str, *, inside: bool) -> _Word:
    """Return how a word is read as the first of a phrase or, with ``inside``, after others."""
    low = turkish_lower(word)
    if low in _POSTPOSITIONS:
        return _Word(word, ends=True, part=False)
    lemma = lemma_of(low, "tr") or lemma_of(low.replace("â", "a"), "tr")  # dükkân
    if lemma is None:
        return _unknown(word, low, inside=inside)
    if lemma == low:
        return _Word(word, ends=False, part=True)
    if is_softened(low, lemma):
        return _Word(word, ends=True, part=inside)
    if lemma in language_of("tr").calendar and not (inside and _POSSESSIVE.match(low[len(lemma) :])):
        return _Word(word, ends=True, part=False)
    if low in _PERCENT:
        return _Word(word, ends=True, part=False)
    if found := verbal_noun(low):
        lemma, ending = found
        if not ending:
            return _Word(word, ends=False, part=True)
        if _ACTION.search(lemma):
            return _Word(word, ends=True, part=False)
    else:
        ending = low[len(lemma) :] if low.startswith(lemma) else low
    certain = found is not None or _LOCATIVE.fullmatch(ending) or _UNKNOWN.fullmatch(low)
    if not certain and frequency(lemma, "tr") <= frequency(low, "tr"):
        return _Word(word, ends=False, part=True)
    if own := _OWN.fullmatch(ending):
        return _Word(word[: len(lemma)] + (own.group(1) if inside else ""), ends=True, part=len(lemma) >= _SHORTEST)
    if inside and _POSSESSED.fullmatch(ending):
        return _Word(word, ends=True, part=True)
    if not inside and _OBJECT.fullmatch(ending):
        return _Word(word[: len(lemma)], ends=True, part=len(lemma) >= _SHORTEST)
    if _CASE.search(ending) is None:
        return _Word(word, ends=False, part=True)
    if lemma in _PLACES and inside:
        return _Word(word, ends=True, part=False)
    if ending == low or len(lemma) < _SHORTEST:  # ışığına (ışık): the text has no other form
        return _Word(word, ends=True, part=False)
    possessed = _POSSESSIVE.fullmatch(ending) if inside else None
    return _Word(word[: len(lemma)] + (possessed.group(1) if possessed else ""), ends=True, part=True)
