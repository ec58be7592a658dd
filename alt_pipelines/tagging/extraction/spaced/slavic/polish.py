"""Polish phrases by their cases: where a phrase ends, and which of its forms in the article is a tag.

    Katowicach mistrzem Polski          ->  Katowicach | mistrzem Polski
    powodzią, beside powódź             ->  powódź
    wielkim talencie, nowhere "talent"  ->  no tag

A noun's complement is in the genitive, so that a word in another case after a noun begins the next phrase. Forms of
one phrase are counted together, by dictionary forms; the one nearest to the nominative is the tag. A phrase that the
article has in an oblique case only is left out, as long as enough other phrases are left; a name of several words only
if the article has it once and not in its title. A name of one word is shown in its dictionary form where the article
has that form or the word begins with it (Bytomiu, Bytom).
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.slavic.case_forms import dictionary_form, in_forms, nearest_forms
from alt_pipelines.tagging.extraction.words.everyday import without_everyday
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import lemma_of

_ENOUGH = 6  # distinct phrases that an article keeps at least
_SHORTEST = 4  # letters of a name without its ending
_OBLIQUE = re.compile("(?:ach|ami|om|em|ą|owi|emu|ymi?|imi?|ego|ej|ych|ich|ów|ę|owie|[^aeiouyąę]ie|cy|u|[rd]ze|[cl]e)$")
# Cases that a complement is never in: locative and dative of the plural, instrumental.
_NO_COMPLEMENT = re.compile("(?:ach|ami|om|em|ą|owi|emu|ymi?|imi?)$")
# Endings that names have in oblique cases only.
_OBLIQUE_NAME = re.compile("(?:iem|owi|emu|[sc]kie(?:go|j|mu)|[sc]kim|ami|ach|[^aeiouyąę]ą|ę)$")
# Endings of nearly no name in the nominative, of those that the dictionary lacks: Slacku, Grafanie, Fortranem.
_OBLIQUE_UNKNOWN = re.compile("(?:[^aeiouyąęó]ie|[^aeiouyąęó]em|[kgl]u|ów|iem|owi|emu|ami|ach|[^aeiouyąę]ą|ę)$")
_GENITIVE = re.compile("(?:[ayiu]|ej|ego|ów)$")
_NATIONAL = re.compile("(?:cz[ey]k|yk|ak|anin|niec|nka|ka)$")
_OF_A_COUNTRY = ("cki", "ski", "iacki", "acki", "eński", "ński")
_PLURAL_NAME = re.compile("(?:y|i|e|owie)$")
_PAST = re.compile("(ł)[aoy]$")
_NAME_ENDING = re.compile("(?:owi|[iy]?em|ie|[aeuyiąę])$")


def at_cases(run: list[Placed]) -> Iterator[list[Placed]]:
    """Yield the parts of a run, cut before each word that cannot be the complement of the noun before it."""
    start = 0
    for at in range(1, len(run)):
        before, word = run[at - 1].token.text, run[at].token.text
        if "&" in (before, word) or word[0].isdigit():
            continue
        if word[0].isupper():
            nominative = _lemma(word) == word and (
                lemma_of(word, "pl") == word or lemma_of(word.lower(), "pl") == word.lower()
            )
            full = at > start + 1 and at + 1 < len(run) and run[at + 1].token.text.istitle()
            owner = full and before[0].isupper() and _is_owner(before)  # prezydent Olsztyna | Robert Szewczyk
            if nominative and (owner or (before[0].islower() and _differs(before, _OBLIQUE))):  # bankierce | Bluszcz
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


def dictionary_stem(stem: Callable[[str], str], words: Iterable[str]) -> Callable[[str], str]:
    """Return the function that maps a folded word to the stem of its dictionary form.

    A name that the dictionary lacks has the form without an ending as its dictionary form, if that is among the
    ``words`` of the article: Grabca (Grabiec).
    """
    names = frozenset(word.lower() for word in words if word[0].isupper())

    def stem_of(word: str) -> str:
        lemma = _lemma(word).lower()
        if lemma == word and word in names and lemma_of(word, "pl") is None:
            lemma = next((name for name in _without_ending(word) if name in names), word)
        return stem(lemma)

    return stem_of


def _without_ending(word: str) -> Iterator[str]:
    """Yield the nominatives that a folded name may belong to."""
    found = _NAME_ENDING.search(word)
    if found is None or found.start() < _SHORTEST:
        return
    base = word[: found.start()]
    yield from (base, base + "a", base + "o")
    if base.endswith("ń" + base[-1]):
        yield f"{base[:-2]}nie{base[-1]}"  # Kubieńca, Kubieniec
    yield from (f"{base[:-1]}{vowel}{base[-1]}" for vowel in ("e", "ie"))  # Grabca, Grabiec


def in_nominative(phrases: Sequence[Phrase], title: frozenset[str], words: Collection[str]) -> list[Phrase]:
    """Return the phrases, each in the form nearest to the nominative, without those in an oblique case only.

    Enough phrases are kept; of those in an oblique case the ones of the title and the most frequent. ``title``: the
    stems of the title's words. ``words``: the words of the article.
    """
    times = Counter(phrase.stems for phrase in phrases)
    nearest = nearest_forms(phrases, _nominatives)
    forms = {stems: _shortened(form, words) for stems, form in nearest.items()}
    oblique = [
        stems
        for stems, form in forms.items()
        if is_oblique(form) or (times[stems] == 1 and not title.issuperset(stems) and _is_oblique_name(form))
    ]
    oblique.sort(key=lambda stems: (title.issuperset(stems), forms[stems][0][0].isupper(), times[stems]))
    return in_forms(phrases, forms, oblique, _ENOUGH)


def _shortened(form: tuple[str, ...], words: Collection[str]) -> tuple[str, ...]:
    """Return a name of one word in its dictionary form, if that is a word of the article or begins it: Bytom(iu)."""
    name = form[0]
    if len(form) > 1 or not name[0].isupper() or _is_adjective(name):
        return form
    lemma = lemma_of(name, "pl")
    if lemma is None:
        unknown = (word.capitalize() for word in _without_ending(name.lower()))
        lemma = next((word for word in unknown if word in words), name)
    return (lemma,) if lemma in words or (len(lemma) >= _SHORTEST and name.startswith(lemma)) else form


def _nominatives(words: Sequence[str]) -> int:
    return sum(_lemma(word.strip()).lower() == word.strip().lower() for word in words)


def is_oblique(words: Sequence[str]) -> bool:
    """Whether a phrase begins with an oblique case of a common word, is nothing but an adjective, or one oblique name.

    A common word with a capital begins a sentence: the dictionary has it in lower case only.
    """
    first = words[0].strip()
    common = first[0].islower() or (lemma_of(first, "pl") is None and lemma_of(first.lower(), "pl") is not None)
    if not common:
        return len(words) == 1 and _is_oblique_place(first)
    if len(words) == 1 and _is_adjective(first):
        return True
    if len(words) > 1 and words[1].strip()[0].isupper() and _is_genitive(first):
        return True  # autostrady A1
    if first[0].islower() and _is_oblique_noun(first):
        return True
    unknown = _lemma(first) == first and lemma_of(first, "pl") is None
    return _differs(first, _OBLIQUE) or (unknown and _OBLIQUE_NAME.search(first) is not None)


@lru_cache(maxsize=65536)
def _is_oblique_noun(word: str) -> bool:
    """Whether a noun has an ending that is oblique for its dictionary form: okien, linii, straży, teatrze, finale."""
    lemma = _lemma(word).lower()
    if lemma == word or _is_adjective(word):
        return False
    if word[-1] not in "aeiouyąęó":
        return lemma[-1] in "aoe"  # the genitive plural without an ending
    if word.endswith(("ii", "ji")) or (word[-1] == "i" and lemma[-1] in "ćśźń"):
        return True
    if word[-1] == "y" and lemma.endswith(("ż", "sz", "cz", "rz")):
        return True
    return (word.endswith("le") and lemma[-1] == "ł") or (word.endswith("rze") and lemma[-1] == "r")


def without_everyday_nouns(phrases: Sequence[Phrase], title: frozenset[str], named: Collection[str]) -> list[Phrase]:
    """Return the phrases without single everyday nouns that are neither in the title nor names: koniec, sytuacja.

    ``title`` and ``named``: the stems of the title's words and of names.
    """
    common = [phrase for phrase in phrases if len(phrase.stems) == 1 and phrase.words[0][0].islower()]
    share = Counter({phrase.stems[0]: frequency(_lemma(phrase.words[0]), "pl") for phrase in common})
    return list(without_everyday(phrases, title, frozenset(named), share.__getitem__))


def is_national(word: str) -> bool:
    """Whether a capitalised word is a person by nationality, with an adjective of the country: Austriak, Japończyk."""
    found = _NATIONAL.search(word)
    if found is None or lemma_of(word.lower(), "pl") is not None:
        return False
    stem = word[: found.start()].lower()
    return any(lemma_of(f"{stem}{ending}", "pl") is not None for ending in _OF_A_COUNTRY)


def _is_oblique_place(word: str) -> bool:
    """Whether a name of one word is in an oblique case, by the dictionary or, if that lacks the name, by its ending."""
    lemma = lemma_of(word, "pl")
    if lemma is None:
        return _OBLIQUE_UNKNOWN.search(word) is not None
    return lemma != word and (_is_genitive(word) or _PLURAL_NAME.search(word) is None)


def _is_owner(name: str) -> bool:
    """Whether a capitalised word is in the genitive by the dictionary: Olsztyna, Lewicy."""
    return _lemma(name).lower() != name.lower() and _GENITIVE.search(name) is not None


def _is_genitive(word: str) -> bool:
    """Whether a word in -y or -i is the genitive of a noun in -a, and not its plural where that is a name."""
    lemma = _lemma(word)
    return lemma != word and lemma.endswith("a") and word.endswith(("y", "i"))


def _is_oblique_name(words: Sequence[str]) -> bool:
    """Whether a word of a name ends in an oblique case, or the first one is not in its dictionary form."""
    stripped = [word.strip() for word in words]
    if not stripped[0][0].isupper():
        return False
    first = stripped[0] if len(stripped) > 1 and not stripped[1].islower() else ""
    return any(map(_OBLIQUE_NAME.search, stripped)) or _lemma(first).lower() != first.lower()


@lru_cache(maxsize=65536)
def is_third_person(word: str) -> bool:
    """Whether a word is a past form whose masculine is one (spadło, of spadł) or an infinitive without -ć (wymieni).

    The dictionary gives many of the former as forms of an adjective, as it does "białe".
    """
    lemma = lemma_of(word, "pl")
    past = _PAST.search(word)
    if past is None or lemma == word:
        return lemma == f"{word}ć"
    masculine = lemma_of(word[: past.end(1)], "pl")
    return masculine is not None and masculine.endswith("ć") and lemma in (masculine, f"{word[: past.end(1)]}y")


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
    return dictionary_form(word, (word, word.lower(), word.lower().capitalize()), "pl")
