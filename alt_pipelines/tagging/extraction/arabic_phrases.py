"""Arabic noun phrases: where one ends and the next one begins, although the script marks neither names nor verbs.

    الإنقاذ | البحث     two definite nouns are two phrases; a definite adjective continues a phrase (الإصابات التنفسية)
    مصطفى بايتاس | فتح   a name, which takes no article, ends before a noun that does

The grammar is that of written Arabic (Ryding 2005, "A Reference Grammar of Modern Standard Arabic", chapters 8 to 12):
the construct state, agreement of adjectives in definiteness, the accusative of adverbs and objects, and the noun after
a numeral.
"""

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import dropwhile

from alt_pipelines.tagging.extraction.arabic import (
    is_arabic_verb,
    is_common_noun,
    is_construct_dual,
    is_dual,
    is_person,
    is_possessed,
    is_possessed_dual,
    opens_clause,
    reads_as_present,
    takes_article,
)
from alt_pipelines.tagging.extraction.arabic_adjectives import ADJECTIVE_END, ends_in_noun_and_adjective, is_adjective
from alt_pipelines.tagging.extraction.arabic_chains import inner_term
from alt_pipelines.tagging.extraction.arabic_institutions import coordinated, is_named_after, with_complements
from alt_pipelines.tagging.extraction.arabic_names import (
    LAST_PARTS,
    PARTS_OF_NAMES,
    TITLES,
    begins_full_name,
    holds_office,
    is_definite_nisba,
    is_described,
    is_name,
    is_nisba,
    is_role,
    is_verbal_noun,
)
from alt_pipelines.tagging.extraction.arabic_numbers import (
    ARTICLE,
    NUMERALS,
    ends_in_ordinal,
    governs_numeral,
    is_counted,
    measures_or_speaks,
)
from alt_pipelines.tagging.extraction.frequencies import frequency
from alt_pipelines.tagging.extraction.spaced_reading import Placed
from alt_pipelines.tagging.extraction.spaced_tokens import Token

_LONGEST_NAME = 5  # words
_WITH_ARTICLE = ("لل", "ولل")
# Ryding, chapter 16: a preposition and a noun that are one preposition.
_COMPOUND_PREPOSITIONS = frozenset(
    [("على", noun) for noun in ("حساب", "غرار", "هامش", "متن", "مدى", "صعيد", "أساس", "يد", "وشك", "رأس")]
    + [("في", noun) for noun in ("ظل", "إطار", "ضوء", "سبيل", "غضون", "صدد", "مجال", "شأن", "أعقاب", "حق")]
    + [("من", noun) for noun in ("أجل", "شأن", "جانب", "طرف", "قبيل", "جراء")]
    + [("عن", noun) for noun in ("طريق", "كثب")]
    + [
        ("ب", noun)
        for noun in ("حضور", "إشراف", "نسبة", "واقع", "مشاركة", "رعاية", "هدف", "قيمة", "رئاسة", "قيادة", "وتيرة")
    ]
)
_ACCUSATIVE_SHARE = 0.1
_SHORTEST_ACCUSATIVE = 4
_ELATIVES = frozenset({"أكثر", "أقل", "أشد"})
_TANWIN = re.compile("\u064bا?$")  # -an of the indefinite accusative
_VERY = (["جداً"], ["جدًا"])
_FRACTIONS = frozenset({"نصف", "ثلث", "ربع", "ثمن"})
# A definite participle and its preposition: الهواتف [القابلة] ل, السور [المحيط] ب.
_PARTICIPLE = re.compile("الم.{3,}|ال.ا.[^ة](?:ة|ون|ين|ات)?")
_GOVERNED = frozenset({"ل", "لل", "ب", "من", "على", "إلى", "عن", "بين"})
_AFTER_VERBS = _GOVERNED | {"في", "قبل", "بعد"}
_USUAL = 1.5e-4  # frequency; a commoner participle is part of a name: الولايات المتحدة
_WITHOUT = frozenset({"بلا", "دون", "بدون"})  # أطباء بلا حدود
_LATIN = re.compile("[A-Za-z]")
_DIGIT = re.compile(r"\d")
_DUAL = re.compile("ت(?:ين|ان)$")


def arabic_runs(tokens: Sequence[Token], runs: list[list[Placed]], *, title: bool) -> list[list[Placed]]:
    """Return the runs of content words without adverbs, objects in the accusative, their verbs, and counted nouns."""
    out: list[list[Placed]] = []
    for run in with_complements(tokens, runs):
        before = tokens[run[0].at - 1].text if run[0].at else ""
        if (before, run[0].token.text) in _COMPOUND_PREPOSITIONS or (before in _WITH_ARTICLE and len(run) > 1):
            run = run[1:]  # على حساب; of للملك آرثر, the first word lacks its article
        if before in _WITH_ARTICLE:
            run = list(dropwhile(_is_definite, run))  # للمخرجة [المغربية] سلمى القايد
        if before in _FRACTIONS:
            run = run[1:]  # نصف [نهائي] الكأس
        if before in _ELATIVES and run and _accusative(run[0].token.text):
            run = run[1:]  # أكثر [حزنا]
        if not run or is_counted(tokens, run) or measures_or_speaks(tokens, run):
            continue
        if _governs_preposition(tokens, run) or _ends_in_verb(tokens, run, title=title):
            run = run[:-1]
        words = [placed.token.text for placed in run]
        part: list[Placed] = []
        for at, placed in enumerate(run):
            number = words[at] in NUMERALS or (at > 0 and words[at - 1] in NUMERALS)
            if (
                number
                or is_possessed(words[at])
                or is_dual(words[at])
                or is_possessed_dual(words[at])
                or (is_construct_dual(words[at]) and words[at + 1 : at + 2] and words[at + 1].startswith(ARTICLE))
                or _is_accusative(words, at)
                or _is_verb_between(words, at, title=title)
            ):
                out.append(part)
                part = []
            else:
                part.append(placed)
        out.append(part[:-1] if part and governs_numeral(tokens, part) else part)
    return coordinated(tokens, [run for run in out if run])


def _is_definite(placed: Placed) -> bool:
    return placed.token.text.startswith(ARTICLE)


def _governs_preposition(tokens: Sequence[Token], run: Sequence[Placed]) -> bool:
    """Whether a run ends in a participle after its noun, whose complement follows with a preposition."""
    last, after = run[-1], run[-1].at + 1
    if after >= len(tokens) or tokens[after].text not in _GOVERNED:
        return False
    if len(run) == 1 or not run[-2].token.text.startswith(ARTICLE):
        return False  # شراء المازوت ل: a genitive
    word = last.token.text
    participle = _PARTICIPLE.fullmatch(word) is not None and not word.endswith(("ي", "ية"))
    return participle and frequency(word, "ar") < _USUAL


def _ends_in_verb(tokens: Sequence[Token], run: Sequence[Placed], *, title: bool) -> bool:
    """Whether a run ends in a verb whose complement follows with a preposition: موجة باردة | أدت إلى."""
    after = run[-1].at + 1
    if len(run) == 1 or after >= len(tokens) or tokens[after].text not in _AFTER_VERBS:
        return False
    before, word = run[-2].token.text, run[-1].token.text
    if title and reads_as_present(word, often=False):
        return True  # أزمة الخبز | تعود إلى
    return _reads_as_past(word) and not is_name(before) and (word.endswith("ت") or not is_name(word))


def phrases(run: list[Placed], longest: int) -> Iterator[list[Placed]]:
    """Cut a run into noun phrases, without a person's role directly before the name and without duals alone.

    A verbal noun before two or more words is left out, and an adjective of the genitive forms a second phrase with it.
    """
    words = [placed.token.text for placed in run]
    start = 0
    for at in range(1, len(run) + 1):
        if at < len(run) and not _ends(run, words, start, at, longest):
            continue
        role = at < len(run) and is_role(words, start, at)
        if not role and not ends_in_ordinal(words[start:at]) and (at - start > 1 or not _stands_for_noun(words[start])):
            adjacent = run[at - 1].at == run[start].at + at - start - 1
            outer = int(at - start > 2 and is_verbal_noun(words[start]))
            outer = max(outer, inner_term(words[start:at])) if adjacent else outer
            yield run[start + outer : at]
            if adjacent and ends_in_noun_and_adjective(words[start + outer : at]):
                yield run[at - 2 : at]
        start = at


def _stands_for_noun(word: str) -> bool:
    """Whether a word alone is a dual or a definite adjective, which says nothing without its noun: السينمائية."""
    return _DUAL.search(word) is not None or is_dual(word) or is_definite_nisba(word)


def _ends(run: list[Placed], words: Sequence[str], start: int, at: int, longest: int) -> bool:
    """Whether a phrase that began at ``start`` ends before the word at ``at``."""
    before, word = words[at - 1], words[at]
    size = at - start
    if size == _LONGEST_NAME or _changes_script(before, word):
        return True  # الهاتف | Nova Fold
    if run[at].at - run[at - 1].at > 1 or before in PARTS_OF_NAMES or before in _WITHOUT:  # coordinated; أبو قير
        return False
    if size > 1 and words[at - 2] in PARTS_OF_NAMES and (word.startswith(ARTICLE) or word in PARTS_OF_NAMES):
        return False  # عبد الرحيم البشير
    if word in LAST_PARTS and not before.startswith(ARTICLE):
        return False  # بهجت شمس الدين
    if size > 1 and before.startswith(ARTICLE) and is_named_after(words[at - 2 : at]):
        return False  # جامعة الملك فهد
    if word.startswith(ARTICLE):
        if before.startswith(ARTICLE):
            titled = at + 1 < len(words) and is_name(words[at + 1]) and not ADJECTIVE_END.search(word)
            plural = word.endswith("ات") and not before.endswith("ات")  # السودان | المنظمات
            adjective = is_adjective(word, after=before if size == 1 else "")
            return titled or plural or not adjective  # السعودي | الملك سلمان
        named = size > 1 and (is_name(words[start]) or is_name(before))
        return named and not is_adjective(word)  # زها حديد | المحطة
    if before.startswith(ARTICLE):
        titled = before in TITLES
        return titled or size > 1 or not is_name(word) or begins_full_name(words, at)  # العاصفة دانيال
    if size == 2 and holds_office(words, start):
        return True
    if not takes_article(word) or word in PARTS_OF_NAMES:
        return False
    if size == 2 and is_common_noun(word) and not (is_common_noun(words[start]) or is_common_noun(before)):
        return True  # مصطفى بايتاس | فتح
    if is_name(before):
        return size > 2 or (size == 1 and word.endswith("ات"))  # إيطاليا | مستشفيات
    return (size >= longest or (size > 1 and is_nisba(before))) and not (is_nisba(word) or is_nisba(f"{word}ة"))


def _changes_script(before: str, word: str) -> bool:
    """Whether a Latin word follows an Arabic one, or the reverse; a number and a code (سراج K7) are of both scripts."""
    if _DIGIT.search(before) or _DIGIT.search(word):
        return False
    return (_LATIN.match(before) is None) != (_LATIN.match(word) is None)


def _is_accusative(words: Sequence[str], at: int) -> bool:
    """Whether a word is an indefinite accusative, by its ending -an: احتجاجا, جلدا صناعيا, but not ليبيا or دينا."""
    if _TANWIN.search(words[at]) or words[at + 1 : at + 2] in _VERY:
        return True  # مشيراً, [متينة] جداً
    if not _accusative(words[at]):
        return False
    beside = (words[near] for near in (at - 1, at + 1) if 0 <= near < len(words))
    subject = at == 1 and words[0].startswith(ARTICLE)  # (تحكي) الرواية [قصصا]
    return len(words[at]) > _SHORTEST_ACCUSATIVE or at > 1 or subject or any(map(_accusative, beside))


@lru_cache(maxsize=65536)
def _accusative(word: str) -> bool:
    if len(word) < _SHORTEST_ACCUSATIVE or not word.endswith("ا") or word.startswith(ARTICLE):
        return False
    if word.endswith("يا") and frequency(f"{word[:-1]}ة", "ar") < frequency(word, "ar"):
        return False  # داليا, unlike سياسيا (سياسية)
    share = 1.0 if word.endswith("يا") else _ACCUSATIVE_SHARE
    return takes_article(word[:-1]) and frequency(word[:-1], "ar") > share * frequency(word, "ar")


def _is_verb_between(words: Sequence[str], at: int, *, title: bool) -> bool:
    """Whether a word after a complete noun phrase is a verb: فرق الإنقاذ [تواصل] البحث.

    In a headline the verb is usually there; in a sentence, a noun of the same form is likelier.
    """
    if not 0 < at < len(words) - 1:
        return False
    if at > 1 and is_name(words[at - 2]) and is_name(words[at - 1]) and _reads_as_past(words[at]):
        return True  # يوسف مهري [خطف] هدف الفوز
    if not reads_as_present(words[at], often=not title):
        return False
    before, following = words[at - 1], words[at + 1]
    complete = before.startswith(ARTICLE) or is_nisba(before) or is_name(before)
    definite = any(word.startswith(ARTICLE) for word in words[at + 1 : at + 3])
    return complete and (definite or _accusative(following) or takes_article(following))


@lru_cache(maxsize=65536)
def _reads_as_past(word: str) -> bool:
    return opens_clause(word) and not is_common_noun(word)


def is_noun_after(before: str, word: str) -> bool:
    """Whether a word is a noun by the one before it: definite after indefinite (ركلات الترجيح).

    An indefinite word after another one depends on it (باحثة أردنية), and so does a definite word after a definite one
    (الإصابات التنفسية).
    """
    noun = word.startswith(ARTICLE) and not before.startswith(ARTICLE)
    return noun and not word.endswith(("ي", "ية"))  # نهضة بركان المغربي


def roles(tokens: Sequence[Token], stop: Set[str]) -> frozenset[str]:
    """Return the definite nouns that name a person's role directly before the full name: الباحث نديم عرفات."""
    found = set()
    for at, (role, first, last) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if not role.text.startswith(ARTICLE) or first.opens or last.opens or {first.text, last.text} & stop:
            continue
        three = (role.text, first.text, last.text)
        if is_arabic_verb(first.text) or not (begins_full_name(three, 1) or is_described(three, 0, 1)):
            continue
        while at >= 0 and tokens[at].text.startswith(ARTICLE):
            if is_person(tokens[at].text):
                found.add(tokens[at].text)
            if tokens[at].opens:
                break
            at -= 1
    return frozenset(found)
