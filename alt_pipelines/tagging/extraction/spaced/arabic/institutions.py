"""Arabic institutions, whole: with the complement that says what they are for, and with the name that they bear.

الشركة المصرية | لنقل الكهرباء              a definite noun, its adjective, and a complement with ل
جامعة الملك خالد | للعلوم | والفنون            a noun, the title and name of a person, and a coordinated complement
معرض أبوظبي الدولي | للكتاب                  a noun, the name of a place, its adjective, and a complement
وزارة الصحة | والسكان                        a noun with coordinated genitives
"""

from collections.abc import Sequence
from itertools import pairwise

from alt_pipelines.tagging.extraction.spaced.arabic.adjectives import is_adjective
from alt_pipelines.tagging.extraction.spaced.arabic.numbers import ARTICLE
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.text.stopwords import word_set

# Nouns of institutions whose name may contain a complement that says what they are for.
INSTITUTIONS = word_set(
    "الاتحاد الأكاديمية الإدارة الأمانة البرنامج البنك الجامعة الجمعية الجهاز الديوان الرابطة الشبكة الشركة الصندوق"
    " الغرفة الفرقة الفيدرالية الكلية الكونفدرالية اللجنة المؤتمر المؤسسة المبادرة المتحف المجلس المحكمة المديرية"
    " المركز المصرف المصلحة المعرض المعهد المكتب الملتقى المنتدى المندوبية المنظمة المهرجان النقابة الهيئة الوكالة"
)
# Nouns of institutions, places, competitions and prizes that are named after a person, in the construct state.
NAMED_AFTER = frozenset(word.removeprefix("ال") for word in INSTITUTIONS) | word_set(
    "استاد بطولة جائزة جامع جزيرة جسر حديقة دوري شارع ضريح قصر كأس محطة مدرسة مدينة مستشفى مسجد مطار ملعب ميدان ميناء"
)
# Titles of the persons whose names these bear.
EPONYMS = word_set(
    "الأمير الأميرة الإمام الحاج الخليفة الرئيس السلطان السيد السيدة الشهيد الشيخ الشيخة القاضي القديس القديسة الملك"
    " الملكة"
)
_AND = "و"
_NOUN_AND_ADJECTIVE = 2  # words
_NOUN_TITLE_AND_NAME = 3
_LONGEST_INSTITUTION = 5


def is_named_after(words: Sequence[str]) -> bool:
    """Whether words begin with a noun of institutions and the title of the person whose name it bears: جامعة الملك."""
    return len(words) > 1 and words[0] in NAMED_AFTER and words[1] in EPONYMS


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
    words = [placed.token.text for placed in run]
    start = next((at for at, word in enumerate(words) if word in INSTITUTIONS or _is_named(words[at:])), None)
    return () if start is None else run[start:]


def _is_named(words: Sequence[str]) -> bool:
    """Whether words begin with an institution named after a person, or after a place and with an adjective."""
    if is_named_after(words):
        return True
    if len(words) < _NOUN_TITLE_AND_NAME or words[0] not in NAMED_AFTER or words[1].startswith(ARTICLE):
        return False
    return words[2].startswith(ARTICLE) and is_adjective(words[2])


def _complement_size(name: Sequence[Placed], before: Token, run: Sequence[Placed]) -> int:
    """Return how many words of a run continue the institution's name before it.

    ``before``: the token between the two, ل, لل (ل with the article) or "and".
    """
    words = [placed.token.text for placed in run]
    if not name or before.end != run[0].token.start or len(name) > _LONGEST_INSTITUTION:
        return 0
    own = _NOUN_AND_ADJECTIVE if name[0].token.text.startswith(ARTICLE) else _NOUN_TITLE_AND_NAME
    described = len(words) > 1 and words[1].startswith(ARTICLE)
    joint = name[-1].at > name[0].at + len(name) - 1  # it has a complement already
    if not joint and before.text == "لل" and len(name) >= own:
        return 1 + (described and is_adjective(words[1], after=words[0]))  # للأمن | الوطني
    if not joint and before.text == "ل" and len(name) == own:
        return 2 if described else 0
    if before.text != _AND or not joint or not words[0].startswith(ARTICLE) or len(words) > _NOUN_AND_ADJECTIVE:
        return 0
    return len(words) if len(words) == 1 or is_adjective(words[1], after=words[0]) else 0


def coordinated(tokens: Sequence[Token], runs: list[list[Placed]]) -> list[list[Placed]]:
    """Join "and" with a further noun to a phrase of a noun and its genitives: وزارة البيئة والمياه والزراعة."""
    out: list[list[Placed]] = []
    for run in runs:
        before = out[-1] if out else []
        governed = bool(before) and not before[0].token.text.startswith(ARTICLE) and _are_coordinated(before[1:])
        if governed and run[0].token.text.startswith(ARTICLE):
            joint = run[0].at == before[-1].at + 2 and tokens[run[0].at - 1].text == _AND
            if joint and (len(run) == 1 or _agrees_with_first(run)):
                out[-1] = before + run[:2]
                if len(run) > 2:
                    out.append(run[2:])
                continue
        out.append(run)
    return out


def _are_coordinated(genitives: Sequence[Placed]) -> bool:
    """Whether there is one definite noun, or each is after "and": البيئة والمياه."""
    apart = all(later.at == one.at + 2 for one, later in pairwise(genitives))
    return bool(genitives) and apart and all(map(is_definite, genitives))


def _agrees_with_first(run: list[Placed]) -> bool:
    """Whether the adjective of a second noun can only belong to the first one: (وزارة ...) والسكان المصرية."""
    noun, adjective = run[0].token.text, run[1].token.text
    return adjective.endswith("ية") and not noun.endswith(("ة", "ات", "اء"))


def is_definite(placed: Placed) -> bool:
    """Whether a word has the article."""
    return placed.token.text.startswith(ARTICLE)
