"""Numbers beside words in a language with cases: a version belongs to a name (Android 15), a unit to its number.

How a phrase is read is decided in ``inflected_phrases``.
"""

import re
from collections.abc import Sequence

from alt_pipelines.tagging.extraction.russian_words import Reading
from alt_pipelines.tagging.extraction.spaced_tokens import Token

FOREIGN = re.compile(r"[A-Za-z]\w*")
_VERSION = re.compile(r"(?!(?:19|20)\d\d$)\d{1,4}")  # not a year
_UNIT = re.compile(r"[КМГТкм]?(?:байт|бит|Б|б|Гц|Вт|В|А|Ач|Вт·ч|А·ч|Дж|Па|бит/с)|дБ|об/мин|км/ч|м/с|мкм|°")


def is_version(tokens: Sequence[Token], found: Sequence[Sequence[Reading]], at: int) -> bool:
    """Whether a number belongs to the foreign name before it, and does not count what follows: Android 15."""
    before, number = tokens[at - 1], tokens[at]
    named = FOREIGN.fullmatch(before.text) and before.text[0].isupper() and before.end + 1 == number.start
    if not named or not _VERSION.fullmatch(number.text):
        return False
    after = tokens[at + 1].text if at + 1 < len(tokens) else "."
    counted = after[0].islower() and any(r.kind == "noun" for r in found[at + 1])
    return not counted and after != "%" and not _UNIT.fullmatch(after)


def is_unit(token: Token) -> bool:
    """Whether a token may be the unit of the number before it: Гц, мА·ч."""
    return _UNIT.fullmatch(token.text) is not None
