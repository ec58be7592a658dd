"""Persian verbs and adverbs, by pairs of forms in the frequency list and by their endings.

is_persian_verb("کشیدند", after=".")  ->  True    (the infinitive is کشیدن)
is_persian_verb("کشت", after="زعفران")  ->  False    (a verb ends its clause)
"""

import re
from functools import lru_cache

from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import lemma_of

_PLURAL = "ند"
_PLURALS = ("\u200cها", "\u200cهای", "\u200cهایی", "ها", "های", "هایی")
_PERSON = re.compile("(?:یم|ید|م)$")  # we, you, I; the third person is treated apart
_PAST = ("د", "ت")
_SHARE = 0.02  # the infinitive is at least this share as common as the past
_OFTEN = 0.2  # the infinitive or the other persons are at least this share as common as one person
_RARE = 1e-5
_CLAUSE_ENDS = frozenset({"و", "که", "تا", "اما", "ولی"})
_COPULA = re.compile("\\w(?:\u200c(?:اند|ام|ایم|اید)|\u200c?هاست)$")
_AFTER_PARTICIPLE = frozenset(
    {"است", "بود", "بودند", "باشد", "باشند", "شد", "شدند", "شود", "شوند", "می", "نشده", "شده"}
)
_PREPOSITIONS = frozenset({"از", "به", "در", "با", "توسط"})  # after a participle: غبار برخاسته از
# An adverb in -an, one with به, a comparative, a passive participle: معمولاً, به\u200cتدریج, ارزان\u200cتر.
# A noun with a possessive pronoun (همکاری\u200cاش) is in no phrase either.
_ADVERB = re.compile("\u064b|ًا$|^به\u200c\\w{3,}$|\\w\u200c(?:تر|شده|اش|شان|مان|تان)$")
_IS = re.compile("(?<=[او])ست$")
_SHORTEST_WITH_COPULA = 6  # letters: خواناست, but not راست
_SHORTEST_POSSESSED = 4  # letters
_COMMONER = 10.0  # a noun is this much more common than with its pronoun
_KNOWN = 1e-6
_EZAFE = re.compile("(?<=[او])ی$")
_EZAFE_SIGN = "\u0654"
# Auxiliaries between the two parts of a compound verb: برگزار خواهد شد.
_AUXILIARIES = frozenset({"خواهد", "خواهند", "خواهیم", "نخواهد", "نخواهند"})
# The verbs that form compound verbs, in the present and the past (Dabir-Moghaddam 1997, "Compound verbs in Persian").
_LIGHT = re.compile(
    "ن?می\u200c(?:کن|شو|ده|زن|گیر|دار|خور|بر|کش|آور|آی|گوی|رس|ساز|یاب|بند|گذار|کرد|شد|داد|زد|گرفت|داشت|خورد|برد|آورد)\\w*"
)
# The subjunctive and the negation of these: نکند, بسازد, دهید. The bare stem with -ad or -i is a noun too: برد, سازی.
_SUBJUNCTIVE = re.compile(
    "[نب](?:کن|شو|ده|دار|زن|گیر|خور|کش|آور|رس|ساز|یاب|گذار)(?:م|د|یم|ید|ند)"
    "|(?:کن|شو|ده|زن|گیر)(?:یم|ید|ند)|دار(?:م|یم|ید|ند)"
)


@lru_cache(maxsize=65536)
def is_persian_verb(word: str, after: str) -> bool:
    """Whether a word is a verb before the word or sign ``after``: by its ending, or at the end of a clause."""
    if _COPULA.search(word) or _is_with_copula(word) or _SUBJUNCTIVE.fullmatch(word):
        return True
    if word.endswith(_PLURAL) and len(word) > 4 and _is_infinitive(word[:-1], word):
        return True
    person = _PERSON.search(word)
    if person and _is_past(word[: person.start()], word):
        return True
    if word.startswith("ب") and word.endswith("د") and _is_subjunctive(word):
        return True
    if word.startswith("ب") and person and _is_first_or_second(word, word[: person.start()]):
        return True
    if word.endswith("ه") and (after in _AFTER_PARTICIPLE or after in _PREPOSITIONS or after.startswith("می\u200c")):
        return _is_infinitive(f"{word[:-1]}ن", word)
    if not word.endswith(_PAST) or not _ends_clause(after):
        return False
    rare = frequency(word, "fa") < _RARE  # the dictionary also conjugates common nouns (تولید)
    return _is_infinitive(f"{word}ن", word) or (rare and lemma_of(f"{word}{_PLURAL}", "fa") is not None)


@lru_cache(maxsize=65536)
def is_persian_adverb(word: str) -> bool:
    """Whether a word is an adverb, a comparative or a passive participle by its form: به\u200cتدریج, ارزان\u200cتر."""
    if _ADVERB.search(word) or _is_possessed(word):
        return True
    base = word.removesuffix("تر")  # دورتر (دورترین), but not دختر
    return base not in (word, "بر") and len(base) > 1 and frequency(f"{word}ین", "fa") > 0 and frequency(base, "fa") > 0


def is_with_light_verb(after: str) -> bool:
    """Whether a verb makes one predicate with the word before it: تولید می‌کند, برگزار خواهد شد."""
    return after in _AUXILIARIES or (_LIGHT.fullmatch(after) or _SUBJUNCTIVE.fullmatch(after)) is not None


@lru_cache(maxsize=65536)
def noun_share(word: str) -> float:
    """Return the share of a noun of all words; 0 for a word without a plural, such as a name."""
    plural = any(frequency(word + ending, "fa") for ending in _PLURALS)
    return frequency(word, "fa") if plural else 0.0


def without_ezafe(word: str) -> str:
    """Return a word without the sign of a noun before its genitive: خانهٔ, خانه."""
    return word.removesuffix(_EZAFE_SIGN)


@lru_cache(maxsize=65536)
def is_in_ezafe(word: str) -> bool:
    """Whether a word has the ending of a noun before its genitive, which it lacks at the end of a phrase: احیای."""
    base = _EZAFE.sub("", word)
    return base != word and len(base) > 2 and frequency(base, "fa") > _OFTEN * frequency(word, "fa")


def _is_possessed(word: str) -> bool:
    """Whether a word is a noun with "his" or "her": شعرهایش, مغازه‌هایش, دفترش (دفتر), but not ورزش."""
    base = word[:-1]
    if not word.endswith("ش") or len(base) < _SHORTEST_POSSESSED:
        return False
    return base.endswith("\u200cهای") or frequency(base, "fa") > max(_COMMONER * frequency(word, "fa"), _KNOWN)


def _is_with_copula(word: str) -> bool:
    """Whether a word is an adjective or a noun with "is": خواناست, روبه‌روست, but not سیاست."""
    base, own = _IS.sub("", word), frequency(word, "fa")
    if base == word or len(word) < _SHORTEST_WITH_COPULA or own > _RARE:
        return False
    return not own or frequency(base, "fa") > own


def _is_infinitive(infinitive: str, word: str) -> bool:
    return len(infinitive) > 3 and frequency(infinitive, "fa") > _SHARE * frequency(word, "fa")


def _is_past(stem: str, word: str) -> bool:
    """Whether a stem before a personal ending is a verb's past: خرید (خریدن) of خریدیم."""
    if len(stem) < 2 or not stem.endswith(_PAST):
        return False
    ending, least = word[len(stem) :], _OFTEN * frequency(word, "fa")  # مردم, people, is not of مردن
    persons = [frequency(stem + other, "fa") for other in ("م", "یم", "ند") if other != ending]
    if ending == "ید":  # also an ending of nouns: تمدید
        return len(stem) > 2 and all(persons) and sum(persons) > least
    infinitive = frequency(f"{stem}ن", "fa")
    return (len(stem) > 2 and infinitive > least) or (all(persons) and sum(persons) + infinitive > least)


def _is_subjunctive(word: str) -> bool:
    """Whether a word is ب and the present of a verb, whose other number exists: برسد (برسند), بفرستد."""
    singular, plural = (f"{word[:-2]}د", word) if word.endswith(_PLURAL) else (word, f"{word[:-1]}ند")
    other = plural if word == singular else singular
    return (
        len(word) > 3
        and frequency(other, "fa") > _SHARE * frequency(word, "fa")
        and frequency(word[1:], "fa") < frequency(word, "fa")
    )


def _is_first_or_second(word: str, stem: str) -> bool:
    """Whether a word with ب and the ending of the first or second person is a verb: its third person occurs. بخریم."""
    third = max(frequency(f"{stem}د", "fa"), frequency(f"{stem}ند", "fa"))
    own = frequency(word, "fa")
    return len(stem) > 2 and third > _SHARE * own and frequency(word[1:], "fa") <= own


def _ends_clause(after: str) -> bool:
    return not after[:1].isalpha() or after in _CLAUSE_ENDS
