"""Arabic noun phrases: where one ends and the next one begins, although the script marks neither names nor verbs.

    الإنقاذ | البحث     two definite nouns are two phrases; a definite adjective continues a phrase (الإصابات التنفسية)
    مصطفى بايتاس | فتح   a name, which takes no article, ends before a noun that does

The grammar is that of written Arabic (Ryding 2005, "A Reference Grammar of Modern Standard Arabic", chapters 8 to 12):
the construct state and the agreement of adjectives in definiteness.
"""

import re
from collections.abc import Iterator, Sequence, Set

from alt_pipelines.tagging.extraction.spaced.arabic.adjectives import (
    ADJECTIVE_END,
    ends_in_noun_and_adjective,
    is_adjective,
)
from alt_pipelines.tagging.extraction.spaced.arabic.chains import inner_term
from alt_pipelines.tagging.extraction.spaced.arabic.institutions import is_named_after
from alt_pipelines.tagging.extraction.spaced.arabic.names import (
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
from alt_pipelines.tagging.extraction.spaced.arabic.numbers import (
    ARTICLE,
    ends_in_ordinal,
)
from alt_pipelines.tagging.extraction.spaced.arabic.words import (
    is_arabic_verb,
    is_common_noun,
    is_person,
    takes_article,
)
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token

_LONGEST_NAME = 5  # words
_WITHOUT = frozenset({"بلا", "دون", "بدون"})  # أطباء بلا حدود
_LATIN = re.compile("[A-Za-z]")
_DIGIT = re.compile(r"\d")
_DUAL = re.compile("ت(?:ين|ان)$")


def arabic_phrases(run: list[Placed], longest: int) -> Iterator[list[Placed]]:
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
    return _DUAL.search(word) is not None or is_definite_nisba(word)


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
        return size > 2
    return (size >= longest or (size > 1 and is_nisba(before))) and not (is_nisba(word) or is_nisba(f"{word}ة"))


def _changes_script(before: str, word: str) -> bool:
    """Whether a Latin word follows an Arabic one, or the reverse; a number and a code (سراج K7) are of both scripts."""
    if _DIGIT.search(before) or _DIGIT.search(word):
        return False
    return (_LATIN.match(before) is None) != (_LATIN.match(word) is None)


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
