"""Polish phrases by their cases: where a phrase ends, and which of its forms in the article is a tag.

    Katowicach mistrzem Polski          ->  Katowicach | mistrzem Polski
    powodzią, beside powódź             ->  powódź
    wielkim talencie, nowhere "talent"  ->  no tag

A noun's complement is in the genitive, so that a word in another case after a noun begins the next phrase. Forms of
one phrase are counted together, by dictionary forms; the one nearest to the nominative is the tag. A phrase that the
article has in an oblique case only is left out, as long as enough other phrases are left; a name only if the article
has it once and not in its title.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced_reading import Placed
from alt_pipelines.tagging.extraction.verbs import lemma_of

_ENOUGH = 10  # distinct phrases that an article keeps at least
_OBLIQUE = re.compile("(?:ach|ami|om|em|ą|owi|emu|ymi?|imi?|ego|ej|ych|ich|ów|ę|owie|[^aeiouyąę]ie|cy|u|[rd]ze|[cl]e)$")
# Cases that a complement is never in: locative and dative of the plural, instrumental.
_NO_COMPLEMENT = re.compile("(?:ach|ami|om|em|ą|owi|emu|ymi?|imi?)$")
# Endings that names have in oblique cases only.
_OBLIQUE_NAME = re.compile("(?:iem|owi|emu|[sc]kie(?:go|j|mu)|[sc]kim|ami|ach|[^aeiouyąę]ą|ę)$")


def at_cases(run: list[Placed]) -> Iterator[list[Placed]]:
    """Yield the parts of a run, cut before each word that cannot be the complement of the noun before it."""
    start = 0
    for at in range(1, len(run)):
        before, word = run[at - 1].token.text, run[at].token.text
        if word[0].isupper():
            nominative = _lemma(word) == word and lemma_of(word.lower(), "pl") == word.lower()
            if nominative and before[0].islower() and _differs(before, _OBLIQUE):  # bankierce | Bluszcz
                yield run[start:at]
                start = at
            continue
        if before[0].isupper() and not run[at - 1].token.opens:  # Wieliczką | osadę
            yield run[start:at]
            start = at
            continue
        if _is_adjective(before):
            continue
        if _differs(word, _NO_COMPLEMENT) or (_differs(before, _OBLIQUE) and _lemma(word) == word):
            yield run[start:at]
            start = at
    yield run[start:]


def dictionary_stem(stem: Callable[[str], str]) -> Callable[[str], str]:
    """Return the function that maps a folded word to the stem of its dictionary form."""
    return lambda word: stem(_lemma(word).lower())


def in_nominative(phrases: Sequence[Phrase], title: frozenset[str]) -> list[Phrase]:
    """Return the phrases, each in the form nearest to the nominative, without those in an oblique case only.

    ``title``: the stems of the title's words.
    """
    times = Counter(phrase.stems for phrase in phrases)
    forms: dict[tuple[str, ...], tuple[str, ...]] = {}
    for phrase in phrases:
        best = forms.get(phrase.stems)
        if best is None or _nominatives(phrase.words) > _nominatives(best):
            forms[phrase.stems] = phrase.words
    oblique = {
        stems
        for stems, words in forms.items()
        if _is_oblique(words) or (times[stems] == 1 and not title.issuperset(stems) and _is_oblique_name(words))
    }
    if len(forms) - len(oblique) < _ENOUGH:
        oblique = set()
    return [phrase._replace(words=forms[phrase.stems]) for phrase in phrases if phrase.stems not in oblique]


def _nominatives(words: Sequence[str]) -> int:
    return sum(_lemma(word.strip()).lower() == word.strip().lower() for word in words)


def _is_oblique(words: Sequence[str]) -> bool:
    """Whether a phrase without names begins with an oblique case or is nothing but an adjective."""
    first = words[0].strip()
    if len(words) == 1 and _is_adjective(first):
        return True
    if not all(word.strip()[0].islower() for word in words):
        return False
    unknown = _lemma(first) == first and lemma_of(first, "pl") is None
    return _differs(first, _OBLIQUE) or (unknown and _OBLIQUE_NAME.search(first) is not None)


def _is_oblique_name(words: Sequence[str]) -> bool:
    """Whether a word of a name ends in an oblique case, or the first one is not in its dictionary form."""
    stripped = [word.strip() for word in words]
    if not stripped[0][0].isupper():
        return False
    first = stripped[0] if len(stripped) > 1 and not stripped[1].islower() else ""
    return any(map(_OBLIQUE_NAME.search, stripped)) or _lemma(first).lower() != first.lower()


@lru_cache(maxsize=65536)
def _is_adjective(word: str) -> bool:
    """Whether the dictionary form of a word is declined as an adjective: nowy, nowego; wysoki, wysokiego."""
    lemma = _lemma(word).lower()
    return lemma[-1] in "yi" and lemma_of(f"{lemma.removesuffix('y')}ego", "pl") == lemma


def _differs(word: str, endings: re.Pattern[str]) -> bool:
    """Whether a word has one of these endings, and not its dictionary form."""
    if endings.search(word) is None:
        return False
    lemma = _lemma(word).lower()
    # Owoce and role may be nominatives, bankierce (bankierka) is not.
    plural = word.endswith(("ce", "le", "rze", "dze")) and not lemma.endswith(("ka", "ła", "ra", "ga"))
    return lemma != word.lower() and not plural


@lru_cache(maxsize=65536)
def _lemma(word: str) -> str:
    """Return the dictionary form of a word, of a name too; the word itself if the dictionary has none."""
    for form in (word, word.lower(), word.lower().capitalize()):
        lemma = lemma_of(form, "pl")
        if lemma is not None and lemma != form:
            return lemma
    return word
