"""Arabic nouns beside numerals: what a numeral counts, what governs one, and what a number measures."""

import re
from collections.abc import Sequence

from alt_pipelines.tagging.extraction.spaced.arabic.words import is_common_noun, takes_article
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.text.stopwords import word_set

ARTICLE = "ال"
NUMERALS = word_set(
    """
    ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان ثماني ثمانية تسع تسعة عشر عشرة عشرون عشرين ثلاثون ثلاثين أربعون
    أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئتا مئتي مئات ألف ألفا ألفي آلاف مليون
    مليونا مليوني ملايين مليار مليارات بضع بضعة عدة
    """
)
# Ordinals of rounds, halves and places (الجولة الثامنة), alone and in the teens (الثامنة عشرة).
_ORDINALS = word_set(
    """
    الأول الأولى الثاني الثانية الثالث الثالثة الرابع الرابعة الخامس الخامسة السادس السادسة السابع السابعة الثامن
    الثامنة التاسع التاسعة العاشر العاشرة الحادي الحادية
    """
)
_MONTHS = word_set("تشرين كانون ربيع جمادى")  # each is two months, told apart by the ordinal
_DIGITS = re.compile(r"\d[\d.,٫٬]*%?")
_YEAR = re.compile("(?:1[5-9]|20)\\d\\d")
_DESCRIBED = 2  # words: a noun with an adjective before the ordinal is a name
_SAYING = frozenset({"إن", "أن", "إنه", "إنها", "إنهم", "أنه", "أنها", "أنهم"})


def governs_numeral(tokens: Sequence[Token], part: Sequence[Placed]) -> bool:
    """Whether a part ends in an indefinite noun that is in construct with a numeral: الخطة | غرس [عشرين هكتارا]."""
    last, after = part[-1], part[-1].at + 1
    numeral = after < len(tokens) and tokens[after].text in NUMERALS
    alone = len(part) == 1 or part[-2].token.text.startswith(ARTICLE)
    return numeral and alone and not last.token.text.startswith(ARTICLE)


def ends_in_ordinal(words: Sequence[str]) -> bool:
    """Whether a phrase only says which one of its kind is meant: الشوط الثاني, but not الحرب العالمية الثانية.

    A ruler's name has no article before the ordinal: محمد السادس. Names of months look like it: كانون الثاني.
    """
    if words[-1] not in _ORDINALS:
        return False
    if len(words) > 1 and not words[-2].startswith(ARTICLE):
        return words[-2] in _MONTHS or is_common_noun(words[-2])  # سن الخامسة
    return not (len(words) > _DESCRIBED and words[-3].startswith(ARTICLE))


def is_counted(tokens: Sequence[Token], run: list[Placed]) -> bool:
    """Whether a run is what a numeral counts: 85 [محطة], 200 [نقطة أساس]."""
    if run[0].at == 0 or run[0].token.text.startswith(ARTICLE):
        return False
    before = tokens[run[0].at - 1].text
    return before in NUMERALS or (_DIGITS.fullmatch(before) is not None and not _YEAR.fullmatch(before))


def measures_or_speaks(tokens: Sequence[Token], run: list[Placed]) -> bool:
    """Whether a run says what a number measures (ب[قوة] 6.3) or is a source without a name (قال [محللون] إن)."""
    first, end = run[0].at, run[-1].at + 1
    before, after = tokens[first - 1].text if first else "", tokens[end].text if end < len(tokens) else ""
    if len(run) == 1 and before in ("ب", "على") and _DIGITS.fullmatch(after):
        return True
    return len(run) == 1 and after in _SAYING and takes_article(run[0].token.text)
