"""Arabic names: persons, holders of an office, and institutions whose name has a complement with ل.

مصطفى بايتاس                        two words without the article, of which one never takes it
الشركة المصرية | لنقل الكهرباء          one institution: a definite noun, its adjective, and a complement with ل
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.arabic import is_person, takes_article
from alt_pipelines.tagging.extraction.arabic_numbers import ARTICLE
from alt_pipelines.tagging.extraction.frequencies import frequency
from alt_pipelines.tagging.extraction.spaced_reading import Placed
from alt_pipelines.tagging.extraction.spaced_tokens import Token
from alt_pipelines.text.stopwords import word_set

PARTS_OF_NAMES = word_set("أبو أبي أبا ابن بن بنت عبد أم آل أيت آيت")
# Forms of address before a person's name.
TITLES = word_set(
    "الدكتور الدكتورة السيد السيدة الأستاذ الأستاذة المهندس المهندسة الشيخ الشيخة الفنان الفنانة الشيف"
    " اللواء العميد العقيد النقيب الحاج القاضي المحامي المحامية"
)
# Nouns of institutions whose name may contain a complement that says what they are for.
INSTITUTIONS = word_set(
    "الاتحاد الإدارة البرنامج البنك الجمعية الرابطة الشبكة الشركة الصندوق اللجنة المؤتمر المؤسسة المبادرة"
    " المتحف المجلس المحكمة المديرية المركز المصرف المعرض المعهد المكتب الملتقى المنتدى المنظمة المهرجان"
    " النقابة الهيئة الوكالة"
)
_NOUN_AND_ADJECTIVE = 2
_LONGEST_INSTITUTION = 4  # words
# Verbal nouns of the forms II, IV and VII to X, which seldom take the article.
_VERBAL_NOUN = re.compile("ت..ي.ة?|است..ا.|ان..ا.|ا.ت.ا.|إ..ا.")
_NISBA_SHARE = 0.1
_BOTH_GENDERS = 0.4  # the rarer gender of an adjective is at least this share of the other; of a noun's seldom


def begins_full_name(words: Sequence[str], at: int) -> bool:
    """Whether a name of two words begins here: neither has the article, and one never takes it."""
    two = words[at : at + 2]
    if words[at] in PARTS_OF_NAMES:
        return True
    return len(two) == 2 and not any(word.startswith(ARTICLE) for word in two) and any(map(is_name, two))


def holds_office(words: Sequence[str], start: int) -> bool:
    """Whether an office of a place and its holder's name begin here: محافظ نينوى | عصام الحديدي."""
    four = words[start : start + 4]
    if len(four) < 4 or any(word.startswith(ARTICLE) for word in four[:3]) or not four[3].startswith(ARTICLE):
        return False
    return is_person(ARTICLE + four[0]) and is_name(four[1]) and not is_nisba(four[2])


def is_role(words: Sequence[str], start: int, at: int) -> bool:
    """Whether the words between two places are a role or a form of address of the person named after them."""
    if words[at - 1].startswith(ARTICLE) and begins_full_name(words, at):
        return True
    if words[at - 1] in TITLES and not words[at].startswith(ARTICLE):
        return True
    return at - start == 2 and holds_office(words, start)


@lru_cache(maxsize=65536)
def is_name(word: str) -> bool:
    """Whether a word without the article never takes it, as names do."""
    if word.startswith(ARTICLE) or len(word) < 3 or word.endswith("ة") or is_verbal_noun(word):
        return False
    return not takes_article(word)


@lru_cache(maxsize=65536)
def is_nisba(word: str) -> bool:
    """Whether an indefinite word is an adjective in -iyya: مصرية (مصري), but not قضية."""
    return word.endswith("ية") and frequency(word[:-1], "ar") > _NISBA_SHARE * frequency(word, "ar")


@lru_cache(maxsize=65536)
def is_definite_nisba(word: str) -> bool:
    """Whether a definite word is an adjective in both genders: الصحي (الصحية), السينمائية, but not القضية."""
    if not word.startswith(ARTICLE) or not word.endswith(("ي", "ية")):
        return False
    masculine = word.removesuffix("ة")
    one, other = frequency(masculine, "ar"), frequency(f"{masculine}ة", "ar")
    return min(one, other) > _BOTH_GENDERS * max(one, other) and frequency(word[2:], "ar") < frequency(word, "ar")


def is_verbal_noun(word: str) -> bool:
    """Whether a word has the form of a verbal noun, whose object is the genitive after it: استخدام."""
    return _VERBAL_NOUN.fullmatch(word) is not None


def with_complements(tokens: Sequence[Token], runs: list[list[Placed]]) -> list[list[Placed]]:
    """Join each institution and its complement with ل, also a coordinated one: الهيئة العامة لنقل البضائع والركاب."""
    out: list[list[Placed]] = []
    for run in runs:
        last = out[-1] if out else []
        size = 0
        if last and run[0].at == last[-1].at + 2:
            size = _complement_size(_institution(last), tokens[run[0].at - 1], run)
        if size:
            out[-1] = last + run[:size]
        if run[size:]:
            out.append(run[size:])
    return out


def _institution(run: Sequence[Placed]) -> Sequence[Placed]:
    """Return the last words of a run that begin with the noun of an institution: تمويل المشروع | البنك الأوروبي."""
    starts = [at for at, placed in enumerate(run) if placed.token.text in INSTITUTIONS]
    return run[starts[0] :] if starts else ()


def _complement_size(name: Sequence[Placed], before: Token, run: Sequence[Placed]) -> int:
    """Return how many words of a run continue the institution's name before it.

    ``before``: the token between the two, ل, لل (ل with the article) or "and".
    """
    words = [placed.token.text for placed in run]
    if not name or before.end != run[0].token.start or len(name) > _LONGEST_INSTITUTION:
        return 0
    if len(name) == _NOUN_AND_ADJECTIVE and before.text == "لل":
        return 1
    if len(name) == _NOUN_AND_ADJECTIVE and before.text == "ل":
        return 2 if words[1:] and words[1].startswith(ARTICLE) else 0
    coordinated = before.text == "و" and len(name) > _NOUN_AND_ADJECTIVE and name[-1].at > name[1].at + 1
    return int(coordinated and len(words) == 1 and words[0].startswith(ARTICLE))
