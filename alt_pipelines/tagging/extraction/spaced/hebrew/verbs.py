"""Hebrew verbs by the dictionary of forms: it has a verb's forms under the past of the third person, as it has nouns
under their singular, and only a verb has a future.

    is_finite("השתמשנו")  ->  True    (השתמש, whose future is ישתמש)
    is_participle("ממליצה")  ->  True    (המליץ); a participle may be a noun too, so its place decides
"""

import re
from functools import lru_cache

from alt_pipelines.tagging.extraction.words.dictionaries import lemmas
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.stopwords import word_set

_ABBREVIATION = re.compile('[א-ת]["״][א-ת]$')
# Abbreviations that are common nouns, and ranks and offices: report, hospital, school, negotiations, manager, ...
_COMMON_ABBREVIATIONS = word_set(
    """
    דו"ח בי"ח בי"ס בתי"ס מו"מ חו"ד תו"ל תב"ע פס"ד כ"ס מ"מ ק"מ סמ"ר ס"מ קמ"ש ת"ז ע"י ע"ש עפ"י ז"ל שליט"א וכו"ב
    מנכ"ל מנכ"לית סמנכ"ל סמנכ"לית יו"ר ח"כ עו"ד רו"ח עו"ס מו"ל ד"ר רס"ן סא"ל תא"ל אל"ם אל"מ רנ"ג רס"ר
    רמטכ"ל מפכ"ל מ"פ מג"ד מח"ט
    """
)
_FORM = 0.02  # a noun's uses with the article, or a verb's other forms, are at least this share of the word's
_AFTER_IN = 0.1  # a name's uses with ב are at least this share of those without (בחיפה)
_PLACE = 0.3  # the same of a place
_RARELY = 0.002  # the same of a noun that takes the article
_SHORTEST = 3  # letters
_FULL = str.maketrans("ךםןףץ", "כמנפצ")
_PERSONS = ("תי", "נו", "ו", "ה")  # endings of the past; those of the second person are also a noun's (טענתם)
_PARTICIPLE = 4  # letters
_PASSIVE = re.compile("יי[א-ת]{3}")  # ייחסם, which the dictionary has for few verbs


@lru_cache(maxsize=65536)
def is_finite(word: str) -> bool:
    """Whether a word is the past or the future of a verb, and not also a noun or a name."""
    if _is_noun(word):
        return False
    lemma = _verb(word)
    if lemma is None:
        return _PASSIVE.match(word) is not None and frequency(f"ה{word}", "he") <= _FORM * frequency(word, "he")
    if word == lemma:
        stem = lemma.translate(_FULL).removesuffix("ה")
        return max(frequency(f"{stem}{end}", "he") for end in ("ו", "תי", "יתי")) > _FORM * frequency(word, "he")
    return _is_future(word, lemma) or _is_past(word, lemma)


@lru_cache(maxsize=65536)
def may_be_past(word: str) -> bool:
    """Whether a word is the past of the third person, although it may be a noun too: כבש, but not חיפה, a city."""
    if len(word) < _SHORTEST or frequency(f"ב{word}", "he") > _PLACE * frequency(word, "he"):
        return False
    bases = {word, word[:-1] if word[-1] in "הו" else word, f"{word[:-2]}ה" if word.endswith("תה") else word}
    bases.add(f"{word[:-1]}ה" if word.endswith("ו") else word)  # צפו, of צפה
    return any(len(base) >= _SHORTEST and _is_verb(base) for base in bases)


def is_abbreviated_name(word: str) -> bool:
    """Whether a word is an abbreviation that is a name, so that its genitive does not follow: צה"ל, but not דו"ח."""
    return _ABBREVIATION.search(word) is not None and word not in _COMMON_ABBREVIATIONS


@lru_cache(maxsize=65536)
def is_participle(word: str) -> bool:
    """Whether a word is the present of a verb and seldom a noun: טוענים, ממליצה, but not מורים."""
    lemma = _verb(word)
    if lemma is None or word == lemma or len(word) < _PARTICIPLE or word.endswith("י") or _is_noun(word):
        return False
    return word[0] == "מ" or (word[1] == "ו" and word[0] == lemma[0]) or word[0] == lemma[0] == "נ"


def _verb(word: str) -> str | None:
    """Return the dictionary form of a verb's form; None for another word."""
    lemma = lemmas("he").get(word) if len(word) >= _SHORTEST else None
    return lemma if lemma is not None and _is_verb(lemma) else None


@lru_cache(maxsize=65536)
def _is_verb(lemma: str) -> bool:
    """Whether a dictionary form has a future: כתב (יכתוב), גבה (יגבה), הוקם (יוקם), סיכל (יסכל), נכנס (ייכנס)."""
    head, last = lemma[:-1], lemma[-1:]
    forms = [f"י{lemma}", f"י{lemma[1:]}", f"יי{lemma[1:]}", f"י{head}ו{last}", f"י{head}י{last}"]
    if lemma[1:2] == "י":
        forms.append(f"י{lemma[0]}{lemma[2:]}")
    return any(lemmas("he").get(form) == lemma for form in forms)


def _is_future(word: str, lemma: str) -> bool:
    """Whether a word is a third person whose other gender the dictionary has: תצא (יצא), but not ירושלים."""
    other = {"י": "ת", "ת": "י"}.get(word[0])
    return other is not None and word[0] != lemma[0] and lemmas("he").get(other + word[1:]) == lemma


def _is_past(word: str, lemma: str) -> bool:
    """Whether a word is a first person, a feminine or a plural of the past: סיימנו, הוקמה, עלתה (עלה)."""
    stem = lemma.translate(_FULL)
    bases = {stem}
    if stem.endswith("ה"):
        bases = {stem[:-1], f"{stem[:-1]}י", f"{stem[:-1]}ת"}
    elif stem[0] == "ה" and stem[-2] == "י":
        bases.add(stem[:-2] + stem[-1])  # המליץ, המלצתי
    return any(word.endswith(end) and word.removesuffix(end) in bases for end in _PERSONS)


def _is_noun(word: str) -> bool:
    """Whether a word is also a noun or a name, by its uses with the article and with ב, or by those after ה."""
    if word[0] == "ה" and frequency(word[1:], "he") > _FORM * frequency(word, "he"):
        rest = word[1:]
        return frequency(f"ב{rest}", "he") > _FORM * frequency(rest, "he")
    own, inside = frequency(word, "he"), frequency(f"ב{word}", "he")
    articled = frequency(f"ה{word}", "he") > _FORM * own
    return inside > _AFTER_IN * own or (articled and inside > _RARELY * own)
