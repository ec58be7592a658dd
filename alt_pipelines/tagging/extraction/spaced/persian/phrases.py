"""Runs of Persian words without what is around a term: the nouns of compound prepositions, participles, predicates.

به کارگردانی | نادر صادقی          a preposition and a noun that are one preposition
ساخته | پریسا ملکی                 a participle before the name of the person who made the thing
گذرگاه مرزی | بسته است              the predicate of a copula

The grammar is that of Lazard (1992), "A Grammar of Contemporary Persian", chapters 3 and 6.
"""

import re
from collections.abc import Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.persian.words import noun_share, without_ezafe
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token

# Prepositions and nouns that are one preposition or adverb; the genitive after them is the term.
_COMPOUND_PREPOSITIONS = frozenset(
    [("به", noun) for noun in ("دلیل", "علت", "خاطر", "صورت", "روش", "شیوه", "عنوان", "منظور", "وسیله", "شکل", "سبب")]
    + [("به", noun) for noun in ("همت", "نقل", "گفته", "ویژه", "بهانه", "سراغ")]
    + [("با", noun) for noun in ("حضور", "همکاری", "مشارکت", "هدف", "توجه", "کمک", "حمایت")]
    + [("بر", noun) for noun in ("پایه", "اساس", "مبنای", "اثر", "ضد", "سر", "خلاف", "روی")]
    + [("در", noun) for noun in ("حاشیه", "پی", "زمینه", "جریان", "راستای", "قالب", "مقابل", "صورت", "نزدیکی")]
    + [("از", noun) for noun in ("سوی", "طریق", "جمله", "جانب", "لحاظ", "نظر", "نگاه", "قبیل", "سراسر")]
)
# Prepositions and nouns for what the person or the body after them does in a work or an event.
_ROLES = frozenset(
    [("به", noun) for noun in ("کارگردانی", "نویسندگی", "تهیه‌کنندگی", "سرپرستی", "رهبری", "ریاست", "دبیری")]
    + [("به", noun) for noun in ("مدیریت", "میزبانی", "نمایندگی")]
    + [("با", noun) for noun in ("هدایت", "بازی")]
)
_PRESIDENCY = ("ریاست", "جمهوری")
_MANAGEMENT = "مدیریت"  # also a subject, before a common noun: مدیریت بحران
# Participles of verbs of authorship, before the author's name.
_BY_AUTHOR = frozenset({"آفریده", "ساخته", "سروده", "نگاشته", "نوشته"})
_COPULAS = frozenset({"است", "نیست", "بود", "نبود", "باشد", "نباشد", "هستند", "نیستند", "بودند", "نبودند"})
_AND = "و"
_WITH_PREDICATE = 3  # words; a longer run is a predicate as a whole
_INFLECTED = re.compile("\u200c(?:ها|ای)$")
_OF_TWO = 2  # words of an institution before "and": سازمان غذا


def persian_runs(tokens: Sequence[Token], runs: list[list[Placed]], places: frozenset[str]) -> list[list[Placed]]:
    """Return the runs without nouns of compound prepositions and participles, and with predicates on their own.

    ``places``: nouns of institutions, whose names may have two nouns: سازمان غذا و دارو.
    """
    out: list[list[Placed]] = []
    for run in runs:
        before = tokens[run[0].at - 1].text if run[0].at else ""
        after = tokens[run[-1].at + 1].text if run[-1].at + 1 < len(tokens) else ""
        words = [placed.token.text for placed in run]
        if (before, words[0]) in _COMPOUND_PREPOSITIONS or _begins_with_role(before, words):
            run = run[1:]
        if len(run) > 1 and run[0].token.text in _BY_AUTHOR:
            run = run[1:]
        if out and run and _completes_name(tokens, out[-1], run, places):
            out[-1] = out[-1] + run
        elif 1 < len(run) <= _WITH_PREDICATE and after in _COPULAS:
            out += [run[:-1], run[-1:]]
        elif run:
            out.append(run)
    return out


def _begins_with_role(before: str, words: Sequence[str]) -> bool:
    """Whether a run begins with what a person does: (به) کارگردانی | نادر صادقی, but not (به) مدیریت بحران."""
    if (before, words[0]) not in _ROLES or tuple(words[:2]) == _PRESIDENCY:
        return False
    return words[0] != _MANAGEMENT or len(words) == 1 or not noun_share(words[1])


def in_bare_form(piece: list[Placed]) -> list[Placed]:
    """Return a phrase whose last word has no sign of a genitive, which is missing: موزهٔ | بازگشایی‌شده."""
    *rest, last = piece
    token, bare = last.token, without_ezafe(last.token.text)
    return [*rest, last._replace(token=token._replace(text=bare, end=token.start + len(bare)))]


def without_plurals(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the phrases without single plurals and indefinite nouns, which are no dictionary forms: شاخه‌ها."""
    return [phrase for phrase in phrases if len(phrase.words) > 1 or not _INFLECTED.search(phrase.words[0])]


def _completes_name(
    tokens: Sequence[Token], name: Sequence[Placed], run: Sequence[Placed], places: frozenset[str]
) -> bool:
    """Whether a noun after "and" belongs to the name of an institution before it, which has one noun so far."""
    if len(name) < _OF_TWO or len(run) > 1 or run[0].at != name[-1].at + 2 or tokens[run[0].at - 1].text != _AND:
        return False
    last = run[0].token.text
    governs = name[0].token.text in places and last not in places
    return governs and noun_share(last) > 0.0 and noun_share(name[-1].token.text) > 0.0
