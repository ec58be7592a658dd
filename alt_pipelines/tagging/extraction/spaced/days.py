"""Abbreviations of weekdays in opening hours and timetables: Mo geschlossen, Lun-Ven 9-18, Сб 10–14.

Most are words or names elsewhere (Di, mar, sol), so that their place decides: beside a number, another weekday or a
dash between two, or at the start of one of several lines that begin with a weekday.
"""

from collections.abc import Sequence

from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.spaced.tokens import Token

_BETWEEN = frozenset("-–—/+,:")
_LONGEST_LINE = 24  # tokens between a line that begins with a weekday and the next


def is_weekday(tokens: Sequence[Token], at: int, row: Language) -> bool:
    """Whether the token at ``at`` is an abbreviation of a weekday, or a range of them: Mo, Mo-Fr."""
    low = tokens[at].text.lower()
    if low not in row.weekdays:
        return "-" in low and _may_be(low, row)
    after = at + 1
    while after < min(len(tokens), at + 3) and (tokens[after].text == "." or tokens[after].text in _BETWEEN):
        after += 1
    follows = tokens[after].text if after < len(tokens) else "."
    before = at - 1
    while before > max(0, at - 3) and (tokens[before].text == "." or tokens[before].text in _BETWEEN):
        before -= 1
    beside = after > at + 1 and _may_be(follows, row)
    beside = beside or (0 <= before < at - 1 and _may_be(tokens[before].text, row))
    if beside:
        return True
    alone = at == 0 or not tokens[at - 1].text[0].isalnum()
    return alone and (follows[0].isdigit() or _begins_timetable(tokens, at, row))


def _may_be(word: str, row: Language) -> bool:
    return all(part in row.weekdays for part in word.lower().split("-"))


def _begins_timetable(tokens: Sequence[Token], at: int, row: Language) -> bool:
    """Whether a token begins a line, and a weekday begins the next line or the one before."""
    if at and tokens[at - 1].text[0] != "\n":
        return False
    near = range(max(0, at - _LONGEST_LINE), min(len(tokens), at + _LONGEST_LINE))
    return any(
        other != at and (not other or tokens[other - 1].text[0] == "\n") and _may_be(tokens[other].text, row)
        for other in near
    )
