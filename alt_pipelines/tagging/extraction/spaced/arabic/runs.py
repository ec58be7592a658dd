"""Runs of Arabic words without what is in no noun phrase: adverbs, objects in the accusative, verbs, counted nouns.

    فرق الإنقاذ | تواصل | البحث     a verb between two noun phrases
    على حساب | المستهلك            a preposition and a noun that are one preposition

The grammar is that of written Arabic (Ryding 2005, "A Reference Grammar of Modern Standard Arabic", chapters 8 to 16).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import dropwhile

from alt_pipelines.tagging.extraction.spaced.arabic.institutions import coordinated, is_definite, with_complements
from alt_pipelines.tagging.extraction.spaced.arabic.names import is_name, is_nisba
from alt_pipelines.tagging.extraction.spaced.arabic.numbers import (
    ARTICLE,
    NUMERALS,
    governs_numeral,
    is_counted,
    measures_or_speaks,
)
from alt_pipelines.tagging.extraction.spaced.arabic.words import (
    is_common_noun,
    is_construct_dual,
    is_dual,
    is_possessed,
    is_possessed_dual,
    opens_clause,
    reads_as_present,
    takes_article,
)
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.words.frequencies import frequency

_WITH_ARTICLE = ("لل", "ولل")
# Ryding, chapter 16: a preposition and a noun that are one preposition.
_COMPOUND_PREPOSITIONS = frozenset(
    [("على", noun) for noun in ("حساب", "غرار", "هامش", "متن", "مدى", "صعيد", "أساس", "يد", "وشك", "رأس")]
    + [("في", noun) for noun in ("ظل", "إطار", "ضوء", "سبيل", "غضون", "صدد", "مجال", "شأن", "أعقاب", "حق", "عداد")]
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
_FRACTIONS = frozenset({"نصف", "ثلث", "ربع", "ثمن"})
# A definite participle and its preposition: الهواتف [القابلة] ل, السور [المحيط] ب.
_PARTICIPLE = re.compile("الم.{3,}|ال.ا.[^ة](?:ة|ون|ين|ات)?")
_GOVERNED = frozenset({"ل", "لل", "ب", "من", "على", "إلى", "عن", "بين"})
_AFTER_VERBS = _GOVERNED | {"في", "قبل", "بعد"}
_USUAL = 1.5e-4  # frequency; a commoner participle is part of a name: الولايات المتحدة


def arabic_runs(tokens: Sequence[Token], runs: list[list[Placed]], *, title: bool) -> list[list[Placed]]:
    """Return the runs of content words without adverbs, objects in the accusative, their verbs, and counted nouns."""
    out: list[list[Placed]] = []
    for run in with_complements(tokens, runs):
        run = _without_governed(tokens[run[0].at - 1].text if run[0].at else "", run)
        if not run or is_counted(tokens, run) or measures_or_speaks(tokens, run):
            continue
        if _governs_preposition(tokens, run) or _ends_in_verb(tokens, run, title=title):
            run = run[:-1]
        words = [placed.token.text for placed in run]
        part: list[Placed] = []
        for at, placed in enumerate(run):
            if _is_in_no_phrase(words, at) or _is_verb_between(words, at, title=title):
                out.append(part)
                part = []
            else:
                part.append(placed)
        out.append(part[:-1] if part and governs_numeral(tokens, part) else part)
    return coordinated(tokens, [run for run in out if run])


def _without_governed(before: str, run: list[Placed]) -> list[Placed]:
    """Return a run without its first words, where they belong to the word before it."""
    if (before, run[0].token.text) in _COMPOUND_PREPOSITIONS or (before in _WITH_ARTICLE and len(run) > 1):
        run = run[1:]  # على حساب; of للملك آرثر, the first word lacks its article
    if before in _WITH_ARTICLE:
        run = list(dropwhile(is_definite, run))  # للمخرجة [المغربية] سلمى القايد
    if before in _FRACTIONS:
        run = run[1:]  # نصف [نهائي] الكأس
    if before in _ELATIVES and run and _accusative(run[0].token.text):
        run = run[1:]  # أكثر [حزنا]
    return run


def _is_in_no_phrase(words: Sequence[str], at: int) -> bool:
    """Whether a word is a numeral or counted, a noun with a pronoun, a dual or an accusative."""
    word = words[at]
    if word in NUMERALS or (at > 0 and words[at - 1] in NUMERALS):
        return True
    if is_possessed(word) or is_dual(word) or is_possessed_dual(word) or _is_accusative(words, at):
        return True
    return is_construct_dual(word) and at + 1 < len(words) and words[at + 1].startswith(ARTICLE)


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
    if title and _is_complete(before) and reads_as_present(word, often=False):
        return True  # أزمة الخبز | تعود إلى, but not اتفاق تعاون بين
    return _reads_as_past(word) and not is_name(before) and (word.endswith("ت") or not is_name(word))


def _is_accusative(words: Sequence[str], at: int) -> bool:
    """Whether a word is an indefinite accusative, by its ending -an: احتجاجا, جلدا صناعيا, but not ليبيا or دينا."""
    if _TANWIN.search(words[at]):
        return True  # مشيراً
    if not _accusative(words[at]):
        return False
    beside = (words[near] for near in (at - 1, at + 1) if 0 <= near < len(words))
    # After the subject of the verb before them: (تحكي) الرواية [قصصا], (تنتظر) وهران [جسرا].
    subject = at == 1 and (words[0].startswith(ARTICLE) or is_name(words[0]))
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
    if not reads_as_present(words[at], often=not title):
        return False
    before, following = words[at - 1], words[at + 1]
    definite = any(word.startswith(ARTICLE) for word in words[at + 1 : at + 3])
    return _is_complete(before) and (definite or _accusative(following) or takes_article(following))


def _is_complete(last: str) -> bool:
    """Whether a noun phrase that ends in this word governs no further noun: it is definite, an adjective or a name."""
    return last.startswith(ARTICLE) or is_nisba(last) or is_name(last)


@lru_cache(maxsize=65536)
def _reads_as_past(word: str) -> bool:
    return opens_clause(word) and not is_common_noun(word)
