"""Hebrew prefixes and verbs, by pairs of forms in the frequency list, since the script has neither vowels nor capitals.

prefix("לגילוי")  ->  1           (גילוי, discovery, is by far the more common word)
is_hebrew_verb("פיתחו")  ->  True    (פיתחה exists too, and no form has the article)
"""

import re
from collections.abc import Set
from functools import lru_cache

from alt_pipelines.tagging.extraction.spaced.hebrew.verbs import is_finite, may_be_past
from alt_pipelines.tagging.extraction.words.dictionaries import lemmas
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.stopwords import word_set

_COMMONER = 3.0  # a noun is this much more common than with its article
_KNOWN_REST = 0.5  # the word without its prefix is at least this share as common as the word with it
_PREFIXED = 0.02  # a noun's or name's uses with a prefix are at least this share of those without it
_RARELY = 0.002  # the same with ב, of a noun that looks like the past of a verb
_NAMED = 0.05  # a name that is also a noun (יעל) has the article at most this often
_FORM = 0.02  # a verb's other forms have at least this share of its frequency
_KNOWN = 1e-7
_FINAL = str.maketrans("כמנפצ", "ךםןףץ")
_PREFIXES = frozenset("ובלמשכ")  # and, in, to, from, that, as
# After ב, these are parts of prepositions (Coffin and Bolozky 2005, "A Reference Grammar of Modern Hebrew", chapter 6).
IN_PREPOSITIONS = word_set(
    "אמצעות הובלת הנהגת הנחיית השתתפות השראת חסות מסגרת ניהול נוכחות סיוע עזרת ראשות רקע שיתוף תמיכת"
)
_WHEN = "כש"
_SHORTEST = 3  # letters of a word, also of one after a prefix
_SHORTEST_PRESENT = 4  # letters of a verb in the present with מ
_LONGEST_PREFIX = 3  # letters: וכשה
_SHORTEST_AFTER_AND = 2  # letters: וים, ובה
_ABSORBED = 0.1  # a noun's uses with the article are at least this share of those with ב, which absorbs it
_BARE = 0.1  # a noun's uses without the article are at least this share of those with it,
_AFTER_TO = 0.05  # or this share after ל
_GENDERS = 0.05  # an adjective's other forms are at least this share of the masculine
_ADJECTIVE_END = re.compile("(?:ים|ות|[תה])$")
_POSSESSIVE = re.compile("(?:יהם|יהן|יה|יו|ו|ה|ם|ן)$")
_PIECE = re.compile('[-"״]')


def prefix(word: str, written: Set[str] = frozenset()) -> int:
    """Return how many letters at the beginning of a word are conjunctions and prepositions; 0 for none.

    ``written``: words of the same text. A rest that is one of them decides for a prefix (מחברת beside חברת).
    """
    size = _prefix(word)
    if size or word[:1] not in _PREFIXES or len(word) <= _SHORTEST or word[1:] not in written:
        return size
    return int(_frequency(word) <= _frequency(word[1:]))  # not מספר beside ספר


@lru_cache(maxsize=65536)
def _prefix(word: str) -> int:
    if word.startswith(_WHEN) and _takes_prefix_when(word):
        return len(_WHEN)
    size = 0
    while size < _LONGEST_PREFIX and _has_prefix(word[size:]):
        size += 1
    return size


def _takes_prefix_when(word: str) -> bool:
    """Whether a word is a conjunction and a definite noun or a verb in the present: כש|החורף, כש|מגיעים.

    Not כ and a word with ש: כשמונה (שמונה).
    """
    rest = word[len(_WHEN) :]
    others = max(_frequency(word), _frequency(word[1:]))
    return len(rest) > _SHORTEST and rest[0] in "המ" and _frequency(rest) > others


def _has_prefix(word: str) -> bool:
    """Whether the first letter is a prefix: the rest is a word, and the whole has no prefix anywhere (בבלגרד)."""
    rest = word[1:]
    own, without = _frequency(word), _frequency(rest)
    if word[:1] == "ו" and len(rest) >= _SHORTEST_AFTER_AND and without > own:
        verb = is_finite(rest) or is_hebrew_verb(rest) or may_be_past(rest)
        return len(rest) < _SHORTEST or verb or not _takes_prefix(word, "הבלמ")
    if word[:1] not in _PREFIXES or len(rest) < _SHORTEST or _takes_prefix(word, "הבלמ"):
        return False
    if word[0] in "בל" and _frequency(f"ה{rest}") > _ABSORBED * own and _is_noun(rest) and not is_infinitive(word):
        return True  # באוניברסיטה, which is commoner than the word alone
    return without > max(_KNOWN_REST * own, 0.0 if own else _KNOWN) and not is_infinitive(word)


def _takes_prefix(word: str, prefixes: str, share: float = _PREFIXED) -> bool:
    return max(_frequency(letter + word) for letter in prefixes) > share * _frequency(word)


def _is_noun(word: str) -> bool:
    """Whether a word follows the article and ל, as nouns do."""
    return all(_frequency(letter + word) > _PREFIXED * _frequency(word) for letter in "הל")


@lru_cache(maxsize=65536)
def without_article(word: str) -> str:
    """Return a noun without its article; the word itself if it has none.

    A word that follows ב has no article, since that absorbs it (היכל, הפועל). Of a compound (הסטארט-אפ), the
    dictionary has only the first part.
    """
    rest = word[1:]
    if word[:1] != "ה" or len(rest) < _SHORTEST or is_hebrew_verb(word):
        return word
    if not _frequency(word) and (compound := _PIECE.search(rest)):
        first = rest[: compound.start()]
        return rest if len(first) > 1 and _frequency(first) > _frequency(f"ה{first}") else word
    if _takes_prefix(word, "ב"):
        return word
    own = _frequency(word)
    bare = _frequency(rest) > _BARE * own or _frequency(f"ל{rest}") > _AFTER_TO * own  # not הערכות, of ערכות
    return rest if bare and _frequency(rest) > _FORM * own else word


@lru_cache(maxsize=65536)
def is_possessed(word: str) -> bool:
    """Whether a word is a noun with a possessive pronoun: עולמו (עולם), תלמידתו (תלמידה), טענתם (טענה)."""
    bare, lemma = _POSSESSIVE.sub("", word), lemmas("he").get(word)
    if bare == word or len(bare) < _SHORTEST or lemma == word or _takes_prefix(word, "ה"):
        return False
    feminine = bare[-1] == "ת"
    if word[-1] in "םן" and not feminine and lemma is None:
        return False  # עירון, a name
    bases = (_final(bare), f"{bare[:-1]}ה" if feminine else f"{bare}ים")
    if lemma in bases:
        return True
    known = [base for base in bases if _frequency(base) > _frequency(word)]
    return any(_frequency(f"ה{base}") > max(_KNOWN, _FORM * _frequency(base)) for base in known)


@lru_cache(maxsize=65536)
def is_name(word: str) -> bool:
    """Whether a word never has the article, as names do, and is not a noun before its genitive."""
    if len(word) < _SHORTEST or word[0] == "ה" or word[-1] == "י" or is_construct(word) or is_plural_construct(word):
        return False
    return not _takes_prefix(word, "ה", _NAMED)


@lru_cache(maxsize=65536)
def noun_share(word: str) -> float:
    """Return the share of a noun, with and without the article, of all words; 0 for a name, which never has it."""
    own, articled = _frequency(word), _frequency(f"ה{word}")
    return own + articled if articled > _NAMED * own else 0.0


@lru_cache(maxsize=65536)
def is_plural_construct(word: str) -> bool:
    """Whether a word is a plural before its genitive, which has no article itself: תושבי (התושבים), not ישראלי."""
    if not word.endswith("י") or len(word) <= _SHORTEST or _takes_prefix(word, "ה"):
        return False
    return _frequency(f"ה{word[:-1]}ים") > max(_KNOWN, _frequency(f"ה{word}"))


@lru_cache(maxsize=65536)
def is_adjective(word: str) -> bool:
    """Whether a definite word is an adjective, which has both genders and numbers: הדרומיים (דרומי, דרומית)."""
    stem = _ADJECTIVE_END.sub("", word[1:])
    if word[:1] != "ה" or len(stem) < _SHORTEST:
        return False
    others = (max(_frequency(f"{stem}ת"), _frequency(f"{stem}ה")), _frequency(f"{stem}ים"), _frequency(f"{stem}ות"))
    return min(others) > max(_GENDERS * _frequency(stem), 0.0)


@lru_cache(maxsize=65536)
def is_hebrew_verb(word: str) -> bool:
    """Whether a word is a form of a verb in the past or the future, or an infinitive."""
    if len(word) < _SHORTEST or (_takes_prefix(word, "ב") and _takes_prefix(word, "מ")):
        return False
    if word[0] == "ה":
        rest = word[1:]
        if _frequency(rest) > _COMMONER * _frequency(word) and _takes_prefix(rest, "במ"):
            return False  # השעות, the hours
        return _is_causative(word) or _is_reflexive(word)
    return is_infinitive(word) or _is_future(word) or _is_past(word)


def is_infinitive(word: str) -> bool:
    """Whether a word is ל and the stem of a verb, whose future exists: להקים (יקים), לבנות (יבנה), לשמור (ישמור)."""
    stem = word[1:]
    if word[:1] != "ל" or len(stem) < _SHORTEST:
        return False
    future = stem[1:] if stem[0] == "ה" else stem
    future = f"{future[:-2]}ה" if future.endswith("ות") else future
    if stem[0] == "ה":  # ל never precedes an article
        return _pairs(word, f"י{future}")
    persons = [_frequency(person + future) for person in "יתנ"]
    return all(persons) and sum(persons) > max(_FORM * _frequency(word), _KNOWN)


@lru_cache(maxsize=65536)
def is_construct(word: str) -> bool:
    """Whether a word is a feminine noun before its genitive, which never has the article: תחנת (תחנה), but not שבת."""
    if not word.endswith("ת") or len(word) <= _SHORTEST:
        return False
    articled = _frequency(f"ה{word}")
    base = max(_frequency(f"ה{word[:-1]}ה"), _frequency(f"ה{word[:-2]}ה") if word.endswith("יית") else 0.0)
    return articled < _FORM * _frequency(word) and base > max(_KNOWN, articled)


@lru_cache(maxsize=65536)
def is_before_object(word: str) -> bool:
    """Whether a word before את is a verb: one with a first person, such as דחה (דחיתי), or another past form."""
    stem = word[:-1] if word[-1:] in ("ה", "ו") else word
    return is_hebrew_verb(word) or (len(word) >= _SHORTEST and _pairs(word, f"{stem}תי", f"{stem}יתי"))


@lru_cache(maxsize=65536)
def is_present(word: str) -> bool:
    """Whether a word is the present of a verb, not a noun with the same pattern: דורשת (לדרוש), מתכנן (לתכנן)."""
    if _takes_prefix(word, "במ"):
        return False
    for ending in ("", "ת", "ה", "ים", "ות"):
        stem = word.removesuffix(ending)
        if (ending and stem == word) or len(stem) < 4:
            continue
        if stem[0] == "מ" and _pairs(word, f"ל{stem[1:]}", f"לה{stem[1:]}"):
            return True
        if len(stem) == 4 and stem[1] == "ו" and _pairs(word, f"ל{stem[0]}{stem[2]}ו{stem[3]}"):
            return True
    return False


@lru_cache(maxsize=65536)
def is_gendered_present(word: str) -> bool:
    """Whether a word is the feminine or the plural of a verb in the present: מתווכחים (מתווכח), but not מורים and מרים.

    A noun has the article more often than a verb; a noun before its genitive never has it (מזכירת), and a name has no
    other gender and number.
    """
    bare = word.removesuffix("ת") if word.endswith("ת") else word.removesuffix("ים")
    if word[:1] != "מ" or bare == word or len(bare) < _SHORTEST_PRESENT:
        return False
    if is_construct(word) or _takes_prefix(word, "הב", _NAMED):
        return False
    least = min(map(_frequency, (_final(bare), f"{bare}ת", f"{bare}ים")))
    return least > _FORM * _frequency(word) and is_present(word)


def _is_causative(word: str) -> bool:
    """Whether a word with ה is the past of a causative verb: הודיע (להודיע), החזירו (יחזירו)."""
    base = _masculine(word) if len(word) > 4 else word
    return any(_pairs(word, f"ל{one}") and _pairs(word, f"י{one[1:]}") for one in (word, base))


def _is_reflexive(word: str) -> bool:
    """Whether a word with ה is the past of a reflexive verb: השתתפה (השתתפו, להשתתף)."""
    base = _masculine(word)
    return word[1:2] in tuple("תשסצזנ") and _pairs(word, f"ל{base}") and _pairs(word, f"י{base[1:]}", f"מ{base[1:]}")


def _is_future(word: str) -> bool:
    """Whether a word is the future of a verb, whose other third person exists: יתפנה (תתפנה), ייבנו (ייבנה)."""
    if word[0] not in "ית" or len(word) < 4 or word.endswith(("ים", "ות")):
        return False
    forms = [("ת" if word[0] == "י" else "י") + word[1:]]
    if word[0] == "י" and word[-1] == "ו":
        forms += [word[:-1], f"{word[:-1]}ה", f"ת{word[1:-1]}", f"ת{word[1:-1]}ה"]
    return _pairs(word, *forms, share=0.1)


def _is_past(word: str) -> bool:
    """Whether a word is the past of a verb: it has a first person (רכשה, רכשתי) or, in the passive, both others."""
    if word.endswith("תה") and all(_frequency(form) for form in (f"{word[:-2]}ו", f"ל{word[:-2]}ות")):
        return True  # עלתה (עלו, לעלות)
    if _takes_prefix(word, "ה") and _takes_prefix(word, "ב", _RARELY):
        return False
    for stem in dict.fromkeys((word, word[:-1] if word[-1] in "הו" else word)):
        if len(stem) < _SHORTEST:
            continue
        others = [form for form in (_final(stem), f"{stem}ה", f"{stem}ו") if form != word and _pairs(word, form)]
        first = _pairs(word, f"{stem}תי", f"{stem}נו")
        passive = stem[0] == "נ" or (len(stem) > 3 and stem[1] == "ו")
        if others and (first or (passive and len(others) > 1)):
            return True
    return False


def _masculine(word: str) -> str:
    """Return the third person singular of a form in the past: השתתפה, השתתף."""
    return _final(word[:-1]) if word[-1] in "הו" else word


def _final(word: str) -> str:
    """Return a word with its last letter in the form that it has at the end."""
    return word[:-1] + word[-1].translate(_FINAL)


def _pairs(word: str, *forms: str, share: float = _FORM) -> bool:
    return max(map(_frequency, forms)) > max(share * _frequency(word), _KNOWN)


def _frequency(word: str) -> float:
    return frequency(word, "he")
