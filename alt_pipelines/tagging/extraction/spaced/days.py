"""Weekdays as parts of names, and their abbreviations in opening hours and timetables.

``is_name_with_day``: Plácido Domingo, Domingo de Ramos, Vendredi saint. ``is_weekday``: Mo geschlossen, Lun-Ven 9-18,
Сб 10–14. Most abbreviations are words or names elsewhere (Di, mar, sol), so that their place decides: beside a number,
another weekday or a dash between two, or at the start of one of several lines that begin with a weekday.
"""

from collections.abc import Sequence

from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.spaced.reading import Reading
from alt_pipelines.tagging.extraction.spaced.tokens import Token

_LOWER_CALENDAR = frozenset({"fr", "it", "es", "pt", "ca", "nl", "pl", "cs", "sv"})  # no capital for days and months

_BETWEEN = frozenset("-–—/+,:")
_END = Token(".", 0, 0, True)
_LONGEST_LINE = 24  # tokens between a line that begins with a weekday and the next


def is_name_with_day(tokens: Sequence[Token], at: int, reading: Reading) -> bool:
    """Whether a day or a month has a capital, which its language does not give it, and a name goes on beside it: a word
    with a capital right before, or "of" and one after, or a saint's attribute."""
    token, row = tokens[at], reading.row
    if reading.code not in _LOWER_CALENDAR or token.opens or not token.text.istitle() or not at:
        return False
    before = tokens[at - 1]
    after, beyond = (one.text for one in (*tokens[at + 1 : at + 3], _END, _END)[:2])
    if after[0].isdigit() or before.text[0].isdigit() or token.text.lower() not in row.calendar:
        return False
    if before.text.istitle() and before.end + 1 == token.start and before.text.lower() not in reading.stop:
        return True
    dated = before.text.lower() in row.of
    return not dated and (after in row.saints or (after.lower() in row.links and beyond.istitle()))


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
