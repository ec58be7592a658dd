"""Readings of Ukrainian words from LanguageTool's dictionary; of unknown words, by the endings of the declensions.

    [(r.kind, r.lemma, r.case) for r in readings("ветеранів")]  ->  [("noun", "ветеран", "gent")]

A word that the dictionary lacks, such as a name, has every reading that its ending allows (Pugh and Press 1999,
"Ukrainian: A Comprehensive Grammar", chapters 2 and 4); a name in a consonant or -о may be indeclinable.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from alt_pipelines.tagging.extraction.inflected.russian_words import OTHER_KINDS, Kind, Reading
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.stopwords import word_set

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

_CLOSED = frozenset({"NPRO", "CONJ", "PRCL", "PREP", "NUMR", "ADVB", "PRED", "INTJ"})

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
_FEMININE = _PLURAL | {
    "а": "nf", "я": "nf", "и": "gf np ap", "і": "gf df lf np ap", "ї": "gf df lf np ap", "у": "af", "ю": "af",
    "ою": "if", "ею": "if", "єю": "if", "": "gp ap", "ей": "gp",
}  # fmt: skip
_ONLY_PLURAL = _PLURAL | {"и": "np ap", "і": "np ap", "ї": "np ap", "а": "np ap", "ів": "gp", "": "gp", "ей": "gp"}
_VOWELS = "аеиіоуюяєї"
_SHORTEST = 3


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Reading, ...]:
    """Return the readings of a lower-case word; of a verb, an adverb or a pronoun, one of the kind "other"."""
    if word in _PREPOSITIONS:
        return (Reading("preposition", word),)
    if word in _NUMERALS:
        return (Reading("numeral", word),)
    parses = _analyser().parse(word.replace("’", "'"))
    if not parses:
        return tuple(dict.fromkeys(_guessed(word)))
    closed = [parse for parse in parses if _part_of_speech(parse.tag) in _CLOSED]
    found = tuple(dict.fromkeys(_known(parse) for parse in closed or parses if "voct" not in parse.tag.grammemes))
    if closed:
        return found[:1]
    verb = any(_part_of_speech(parse.tag) == "VERB" for parse in parses)  # прибула is not an adjective
    kinds = ("noun",) if verb else ("noun", "adjective")
    nominal = [reading for reading in found if reading.kind in kinds]
    nominal.sort(key=lambda reading: (reading.lemma != word, -frequency(reading.lemma, "uk")))  # рада before рад
    return tuple(nominal) or (Reading("other", word),)


def _known(parse: "Parse") -> Reading:
    """Return what the dictionary says about a word. A word without a case is in its dictionary form."""
    tag = parse.tag
    part = _part_of_speech(tag)
    if part not in ("NOUN", "ADJF"):
        return Reading(OTHER_KINDS.get(part, "other"), parse.normal_form)
    number = "plur" if "plur" in tag.grammemes else "sing"
    gender = "" if number == "plur" else str(tag.gender or "")
    kind: Kind = "noun" if part == "NOUN" else "adjective"
    person = _is_person(tag)
    return Reading(kind, parse.normal_form, str(tag.case or "nomn"), number, gender, person=person, proper=person)


def _part_of_speech(tag: Any) -> str:
    """Return the first grammeme of a tag.

    Of two parts of speech (ADJF,COMP), ``tag.POS`` is one or the other, by the hash seed of the process.
    """
    return re.split("[ ,]", str(tag), maxsplit=1)[0]


def _is_person(tag: Any) -> bool:
    """Whether a tag is that of a person's name: animate, with a gender in the whole entry, hence without a plural."""
    entry = str(tag).partition(" ")[0].split(",")
    return "anim" in entry and not {"masc", "femn"}.isdisjoint(entry)


@lru_cache(maxsize=1)
def _analyser() -> "MorphAnalyzer":
    import pymorphy2_dicts_uk
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.units import DictionaryAnalyzer

    # Only known words: pymorphy3 cannot read this dictionary's table of endings.
    return MorphAnalyzer(path=pymorphy2_dicts_uk.get_path(), lang="uk", units=[DictionaryAnalyzer()])


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
