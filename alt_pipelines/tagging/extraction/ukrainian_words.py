"""Readings of Ukrainian words by simplemma's dictionary forms and the endings of the declensions.

    [(r.kind, r.lemma, r.case) for r in readings("ветеранів")]  ->  [("noun", "ветеран", "gent")]

The case of a known word follows from its ending and the type of its dictionary form (Pugh and Press 1999, "Ukrainian: A
Comprehensive Grammar", chapters 2 and 4). A word that the dictionary lacks, such as a name, has every reading that its
ending allows; a name in a consonant or -о may be indeclinable.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from alt_pipelines.tagging.extraction.russian_words import Kind, Reading
from alt_pipelines.tagging.extraction.verbs import lemma_of
from alt_pipelines.text.stopwords import word_set

_PREPOSITIONS = word_set(
    """
    без біля в від для до за з зі із к крім коло між на над о об перед під під по понад при про проти ради серед у через
    навколо після протягом упродовж уздовж замість заради завдяки згідно щодо попри поза поміж поблизу неподалік
    """
)
_NUMERALS = word_set(
    """
    два дві двох двом двома три трьох трьом трьома чотири чотирьох п'ять п’ять шість сім вісім дев'ять дев’ять десять
    одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять
    двадцять двадцяти тридцять тридцяти сорок сорока п'ятдесят п'ятдесяти п’ятдесяти шістдесят шістдесяти сімдесят
    сімдесяти вісімдесят вісімдесяти дев'яносто сто ста двісті двохсот триста трьохсот чотириста п'ятсот шістсот
    сімсот тисяч тисячі тисяча мільйон мільйони мільйонів мільярд мільярдів кілька декілька десятки сотні пів
    половиною
    """
)
_CASES = {"n": "nomn", "g": "gent", "d": "datv", "a": "accs", "i": "ablt", "l": "loct"}
_GENDERS = {"m": "masc", "f": "femn", "n": "neut", "p": ""}
# Ending: readings as case and gender (p: plural).
_ADJECTIVE = {
    "ий": "nm am", "ій": "df lf nm am", "а": "nf", "я": "nf", "е": "nn an", "є": "nn an", "ого": "gm am gn",
    "ього": "gm am gn", "ому": "dm lm dn ln", "ьому": "dm lm dn ln", "им": "im in dp", "ім": "im in dp lm ln",
    "ої": "gf", "ьої": "gf", "у": "af", "ю": "af", "ою": "if", "ьою": "if", "і": "np ap", "ї": "np ap",
    "их": "gp ap lp", "іх": "gp ap lp", "ими": "ip", "іми": "ip",
}  # fmt: skip
_PLURAL = {"ам": "dp", "ям": "dp", "ами": "ip", "ями": "ip", "ах": "lp", "ях": "lp"}
_MASCULINE = _PLURAL | {
    "": "nm am", "а": "gm am", "я": "gm am", "у": "gm dm lm", "ю": "gm dm lm", "ові": "dm lm", "еві": "dm lm",
    "єві": "dm lm", "ом": "im", "ем": "im", "єм": "im", "і": "lm", "ї": "lm np ap", "и": "np ap", "ів": "gp ap",
    "їв": "gp ap", "ей": "gp",
}  # fmt: skip
_SOFT = _MASCULINE | {"і": "lm np ap"}
_FEMININE = _PLURAL | {
    "а": "nf", "я": "nf", "и": "gf np ap", "і": "gf df lf np ap", "ї": "gf df lf np ap", "у": "af", "ю": "af",
    "ою": "if", "ею": "if", "єю": "if", "": "gp ap", "ей": "gp",
}  # fmt: skip
_HARD_FEMININE = _FEMININE | {"і": "df lf"}
_THIRD = _PLURAL | {"": "nf af", "і": "gf df lf np ap", "ю": "if", "ей": "gp", "и": "gf"}
_NEUTER = _PLURAL | {
    "о": "nn an", "е": "nn an", "а": "gn np ap", "я": "gn np ap", "у": "dn ln", "ю": "dn ln", "ом": "in", "ем": "in",
    "єм": "in", "і": "ln", "ї": "ln", "": "gp", "ів": "gp",
}  # fmt: skip
_ABSTRACT = _PLURAL | {"я": "nn an gn np ap", "ю": "dn", "і": "ln", "ї": "ln", "ям": "in dp", "": "gp"}
_ONLY_PLURAL = _PLURAL | {"и": "np ap", "і": "np ap", "ї": "np ap", "а": "np ap", "ів": "gp", "": "gp", "ей": "gp"}
_EITHER = {end: f"{_THIRD.get(end, '')} {_SOFT.get(end, '')}" for end in _THIRD | _SOFT}
_VOWELS = "аеиіоуюяєї"
_SOFT_ENDS = ("ь", "й", "ж", "ч", "ш", "щ", "ц", "ар", "яр")
_INFINITIVE = re.compile("[аеиіоуюяїйбгзрс]ти(?:с[яь])?$")  # but not кошти
_SHORTEST = 3


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Reading, ...]:
    """Return the readings of a lower-case word; of a verb, an adverb or a pronoun, one of the kind "other"."""
    if word in _PREPOSITIONS:
        return (Reading("preposition", word),)
    if word in _NUMERALS:
        return (Reading("numeral", word),)
    lemma = lemma_of(word, "uk")
    if lemma is None:
        return tuple(dict.fromkeys(_guessed(word)))
    if _is_other(word, lemma):
        return (Reading("other", lemma),)
    if lemma.endswith(("ий", "ій")):
        return tuple(_declined("adjective", word, lemma, _ADJECTIVE))
    return tuple(dict.fromkeys((*_declined("noun", word, lemma, _type(lemma)), *_as_adjective(word))))


def _as_adjective(word: str) -> Iterator[Reading]:
    """Yield the readings of a word as an adjective, if the dictionary has one: стара, of старий."""
    lemma = f"{word.removesuffix(_ending(word, _ADJECTIVE))}ий"
    if lemma_of(lemma, "uk") == lemma:
        yield from _declined("adjective", word, lemma, _ADJECTIVE)


def _is_other(word: str, lemma: str) -> bool:
    """Whether a word is a verb, also one like an adjective (прибула), or an adverb."""
    if _INFINITIVE.search(lemma):
        return True
    if word.endswith(("ла", "ло", "ли", "в")) and lemma_of(f"{word[:-2] if word[-1] != 'в' else word[:-1]}ти", "uk"):
        return lemma.endswith("ий")
    return word.endswith(("о", "е")) and lemma_of(f"{word[:-1]}ий", "uk") is not None and not lemma.endswith("ий")


def _type(lemma: str) -> dict[str, str]:
    """Return the endings of the declension of a noun, by its dictionary form."""
    if lemma.endswith(("ння", "ття", "сся", "лля", "ччя", "ззя", "ддя", "ів'я")):
        return _ABSTRACT
    if lemma[-1] == "а":
        return _HARD_FEMININE
    if lemma[-1] == "я":
        return _FEMININE
    if lemma[-1] in "ое":
        return _NEUTER
    if lemma[-1] in "иії":
        return _ONLY_PLURAL
    if lemma.endswith("ість"):
        return _THIRD
    if lemma[-1] == "ь":  # пристань is feminine, кінь masculine
        return _EITHER
    return _SOFT if lemma.endswith(_SOFT_ENDS) else _MASCULINE


def _declined(kind: Kind, word: str, lemma: str, endings: dict[str, str]) -> Iterator[Reading]:
    """Yield the readings of a form of a word with this dictionary form."""
    found = "" if word == lemma and lemma[-1] not in _VOWELS and kind == "noun" else _ending(word, endings)
    for code in endings[found].split():
        yield _reading(kind, lemma, code)


def _ending(word: str, endings: dict[str, str]) -> str:
    """Return the longest ending of the table that the word has; "" if it has none."""
    for size in (4, 3, 2, 1):
        if word[-size:] in endings and len(word) > size:
            return word[-size:]
    return "" if "" in endings else next(iter(endings))


def _reading(kind: Kind, lemma: str, code: str) -> Reading:
    number = "plur" if code[1] == "p" else "sing"
    return Reading(kind, lemma, _CASES[code[0]], number, _GENDERS[code[1]])


def _guessed(word: str) -> Iterator[Reading]:
    """Yield the readings that the ending of an unknown word allows."""
    if len(word) < _SHORTEST:
        yield Reading("other", word)
        return
    adjective = next((end for end in _ADJECTIVE_ENDS if word.endswith(end) and len(word) > len(end) + 2), "")
    if adjective:
        stem = word[: -len(adjective)] + (adjective[:3] if adjective.startswith(("ськ", "цьк")) else "")
        yield from (r._replace(known=False) for r in _declined("adjective", word, f"{stem}ий", _ADJECTIVE))
    bare = word[-1] not in _VOWELS and not adjective
    if word[-1] == "о" or (bare and not _ending(word, _MASCULINE) and not _ending(word, _FEMININE)):
        yield Reading("noun", word)  # of any case: Оксани Гринчук
        return
    for last, endings in (("", _MASCULINE), ("а", _FEMININE)):
        end = _ending(word, endings)
        if end:
            lemma = word[: len(word) - len(end)] + last
            yield from (_reading("noun", lemma, code)._replace(known=False) for code in endings[end].split())
    end = _ending(word, _ONLY_PLURAL)
    if end and end not in ("а", "ів", "ей"):  # Чернівцях, of Чернівці
        lemma = word[: -len(end)] + (end if len(end) == 1 else "і" if end[0] == "я" else "и")
        for code in _ONLY_PLURAL[end].split():
            yield _reading("noun", lemma, code)._replace(known=False)


_ADJECTIVE_ENDS = (
    "ського", "цького", "ському", "цькому", "ської", "цької", "ською", "цькою", "ськими", "ських", "цьких", "ським",
    "цьким", "ська", "цька", "ське", "цьке", "ські", "цькі", "ську", "цьку", "ого",
    "ому", "ими", "ий", "ій", "ої",
)  # fmt: skip
