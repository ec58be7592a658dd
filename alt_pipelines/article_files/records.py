"""Records of CSV and TSV: a quote that is never closed costs its own record, not those after it.

A quoted cell may span lines, so an unclosed quote would take the following records into its cell. It shows at the end
of the file, or where a later line that is a record by itself closes it in the middle of a cell.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, TextIO

NEVER_CLOSED = "a quote that opens in this line is never closed"
_WITHIN_QUOTES = re.compile(r'(?:[^"]++|"")*+')


class Record(NamedTuple):
    """The cells of a record that begins in a line, and the problem if it is not one; the cells may then be wrong."""

    line: int
    cells: list[str]
    problem: str | None = None


class _Quotes(NamedTuple):
    """Whether a quote is open at the end of a line, and whether text follows the quote that ended its first cell."""

    is_open: bool
    followed: bool


def records(stream: TextIO, delimiter: str, columns: int, number: int, longest: int) -> Iterator[Record]:
    """Yield the records of a table whose header has been read.

    Args:
        stream: the lines, with their ends.
        delimiter: one character.
        columns: number of columns of the header.
        number: of the next line.
        longest: characters after which an open quote counts as never closed.
    """
    waiting: deque[str] = deque()

    def take() -> str:
        return waiting.popleft() if waiting else stream.readline(longest)

    while line := take():
        taken = [line]
        quotes = _quotes_of(line, delimiter, within=False)
        begins_another = False
        length = len(line)
        while quotes.is_open and not begins_another and length < longest and (following := take()):
            taken.append(following)
            length += len(following)
            quotes = _quotes_of(following, delimiter, within=True)
            begins_another = quotes.followed and _is_record(following, delimiter, columns)
        if begins_another or (quotes.is_open and any(_is_record(one, delimiter, columns) for one in taken[1:])):
            waiting.extendleft(reversed(taken[1:]))
            del taken[1:]
        yield _record(number, taken, delimiter, NEVER_CLOSED if begins_another or quotes.is_open else None)
        number += len(taken)


def _record(number: int, lines: list[str], delimiter: str, problem: str | None) -> Record:
    try:
        return Record(number, next(csv.reader(lines, delimiter=delimiter), []), problem)
    except csv.Error as error:
        return Record(number, [], f"not CSV: {error}")


def _is_record(line: str, delimiter: str, columns: int) -> bool:
    """Whether a line by itself has the columns of the header. A table of one column cannot tell."""
    if columns < 2 or line.count(delimiter) < columns - 1 or _quotes_of(line, delimiter, within=False).is_open:
        return False
    return len(_record(0, [line], delimiter, None).cells) == columns


def _quotes_of(line: str, delimiter: str, *, within: bool) -> _Quotes:
    """Return the quotes of a line that begins within a quoted cell or not, as the module csv reads them."""
    if not within and '"' not in line:
        return _Quotes(is_open=False, followed=False)
    at, followed, first = 0, False, True
    while at < len(line):
        if within or line[at] == '"':
            closing = _WITHIN_QUOTES.match(line, at if within else at + 1)
            assert closing is not None
            if closing.end() == len(line):
                return _Quotes(is_open=True, followed=followed)
            at = closing.end() + 1
            followed = followed or (first and line[at : at + 1] not in (delimiter, "\r", "\n", ""))
        within = first = False
        delimited = line.find(delimiter, at)
        if delimited < 0:
            break
        at = delimited + 1
    return _Quotes(is_open=False, followed=followed)
