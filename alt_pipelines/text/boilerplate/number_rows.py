"""Rows of a table in plain text: those of numbers, and the row above that names their columns.

is_row_of_numbers("| 1 | Harbour Rovers | 28 | 18 | 6 | 60 |")               ->  True
column_rows(["| Pos | Team | P | Pts |", "| 1 | ... |", "| 2 | ... |"])     ->  {0}
"""

import re
from collections.abc import Sequence

_NUMERIC = re.compile(r"[+\-–−$€£¥]?\d[\d.,:/%+\-–−]*[%kKmMbB]?")
_DIGITS = re.compile(r"\d+")
_LONGEST = 240  # characters of a row
_FEWEST_CELLS = 3
_FEWEST_WORDS = 4
_FEWEST_ROWS = 2
_SHORT = 4  # letters of an abbreviation
_ABBREVIATED = 0.6  # of the words above rows that have no cells
_NUMBERS = 0.6  # of the words of a row of numbers


def is_row_of_numbers(text: str) -> bool:
    """Whether most of a line's words are numbers, as in a row of standings or prices."""
    if len(text) > _LONGEST or len(_DIGITS.findall(text)) < 3:
        return False
    tokens = text.replace("|", " ").split()
    if not 4 <= len(tokens) <= 40:
        return False
    numbers = sum(_NUMERIC.fullmatch(token) is not None for token in tokens)
    return numbers >= 3 and numbers >= _NUMBERS * len(tokens)


def column_rows(texts: Sequence[str]) -> set[int]:
    """Return the indices of the lines that name the columns of rows of numbers or of numbered rows."""
    ruled = [at for at, text in enumerate(texts) if any(map(str.isalnum, text))]  # not | --- | --- |
    return {
        at
        for place, at in enumerate(ruled[:-_FEWEST_ROWS])
        if all(_is_below(texts[at], texts[row]) for row in ruled[place + 1 : place + 1 + _FEWEST_ROWS])
        and _may_name_columns(texts[at])
    }


def _may_name_columns(text: str) -> bool:
    """Whether a line has cells without numbers, or consists mostly of abbreviations with capitals."""
    if len(text) > _LONGEST or text[-1] in ":!?" or any(map(_NUMERIC.fullmatch, text.split())):
        return False
    if len(_cells(text)) >= _FEWEST_CELLS:
        return True
    words = text.split()
    short = sum(len(word.rstrip(".")) <= _SHORT for word in words)
    named = not any(word[0].islower() for word in words)
    return named and len(words) >= _FEWEST_WORDS and short >= _ABBREVIATED * len(words)


def _is_below(columns: str, text: str) -> bool:
    """Whether a line is a row of numbers, or has as many cells as the line above and a number in the first."""
    if is_row_of_numbers(text):
        return True
    cells = _cells(text)
    return len(cells) == len(_cells(columns)) >= _FEWEST_CELLS and _NUMERIC.fullmatch(cells[0].rstrip(".")) is not None


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.strip(" |").split("|")] if len(text) <= _LONGEST and "|" in text else []
