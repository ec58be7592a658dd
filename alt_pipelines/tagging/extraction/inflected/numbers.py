"""Numbers with words in a language with cases: a version belongs to a name (Android 15), a unit to its number.

How a phrase is read is decided in ``inflected.phrases``.
"""

import re
from collections.abc import Callable, Sequence

from alt_pipelines.tagging.extraction.inflected.russian_words import Reading
from alt_pipelines.tagging.extraction.spaced.tokens import Token

_FOREIGN = re.compile(r"[A-Za-z]\w*")
# МС-21, CRISPR-Cas9, 5G. One letter and a number say little alone: витамин B12.
_DESIGNATION = re.compile(r"(?![^\W\d_]\d{1,2}\b)(?:[A-Za-z][\w-]+|(?=\D+\d)[A-ZА-ЯЁІЇЄҐ][\w-]*|\d[A-ZА-ЯЁ])")
_SHORTEST_NOUN = 3  # letters after the hyphen
_HYPHENATED = re.compile("\\d+-([а-яёіїєґ]+)")
_VERSION = re.compile(r"(?!(?:19|20)\d\d$)\d{1,4}|\d{1,2}(?:\.\d{1,3}){1,2}")  # not a year
_UNIT = re.compile(r"[КМГТкм]?(?:байт|бит|Б|б|Гц|Вт|В|А|Ач|Вт·ч|А·ч|Дж|Па|бит/с)|дБ|об/мин|км/ч|м/с|мкм|°")


def is_designation(word: str) -> bool:
    """Whether a word is a name in Latin letters or of letters and digits, which a noun may precede: самолёт МС-21."""
    return _DESIGNATION.fullmatch(word) is not None


def is_version(tokens: Sequence[Token], found: Sequence[Sequence[Reading]], at: int) -> bool:
    """Whether a number belongs to the foreign name before it, and does not count what follows: Android 15."""
    before, number = tokens[at - 1], tokens[at]
    named = _FOREIGN.fullmatch(before.text) and before.text[0].isupper() and before.end + 1 == number.start
    if not named or not _VERSION.fullmatch(number.text):
        return False
    after = tokens[at + 1].text if at + 1 < len(tokens) else "."
    counted = after[0].islower() and any(r.kind == "noun" for r in found[at + 1])
    return not counted and after != "%" and not _UNIT.fullmatch(after)


def is_unit(token: Token) -> bool:
    """Whether a token may be the unit of the number before it: Гц, мА·ч."""
    return _UNIT.fullmatch(token.text) is not None


def is_adjective_of_number(text: str, readings: Callable[[str], Sequence[Reading]]) -> bool:
    """Whether a word is a number with the end of an ordinal or an adjective: 51-й, 29-летний, but not 40-летие.

    ``readings``: the dictionary of the language.
    """
    word = _HYPHENATED.fullmatch(text)
    return word is not None and (len(word[1]) < _SHORTEST_NOUN or all(r.kind != "noun" for r in readings(word[1])))
