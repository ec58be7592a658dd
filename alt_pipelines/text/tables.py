"""Tables in markup: those that are mostly numbers are dropped, and the cells that name columns are found.

    drop_codes(tree)          removes DNF from the ranks, MV40 from below "Cat", "Link" from below "Link"
    column_headings(tree)     ->  the cells Stage and Act, above Barn and Sorrel Finch
    drop_number_tables(tree)  removes tables of prices, standings and results

A table around another lays out a page and is neither.
"""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from alt_pipelines.text.stopwords import word_set

_TABLES = 50  # tables examined; a page with more uses tables for layout
_TABLE_CELLS = 400  # cells examined per table; enough to classify it
_FEWEST_CELLS = 6
_NUMERIC_SHARE = 0.45  # of the cells of a table of prices or standings; its header and first column are words
_NUMBER_CELL = re.compile(  # with or without a unit: 410 t, 38 °C
    r"[-–—]?|[\s+\-–−.,:/%$€£¥()]*+\d[\s\d+\-–−.,:/%$€£¥()kKmMbB]*+(?:°?[^\W\d_]{1,3}[²³]?)?"
)
_CODE_CELL = re.compile(r"[A-Z]{1,4}[\d/+-]{0,4}|[a-z]/[a-z]|")  # DNF, MV40, u/a
# Headings of columns of codes in rankings: nation, category, class, sex, division, state.
_CODED = word_set("nat noc cat categ kat cl cls kl ak sex sx gen div st кат")
_MOSTLY = 0.5  # of the cells of a column of numbers


def drop_number_tables(tree: LexborHTMLParser) -> None:
    """Drop tables of prices, standings and results, which are mostly numbers and abbreviations."""
    for table in tree.css("table")[:_TABLES]:
        cells = table.css("td,th")[:_TABLE_CELLS]
        if len(cells) < _FEWEST_CELLS or _is_layout(cells):
            continue
        numeric = sum(_NUMBER_CELL.fullmatch(cell.text().strip()[:40]) is not None for cell in cells)
        if numeric >= _NUMERIC_SHARE * len(cells):
            table.decompose()


def drop_codes(tree: LexborHTMLParser) -> None:
    """Empty the cells of a table with headings and equal rows that name nothing.

    In a ranking, these are codes among numbers and those below an abbreviation; in every table, what repeats the
    heading of its column.
    """
    for table in tree.css("table")[:_TABLES]:
        rows = [cells for row in table.css("tr")[:_TABLE_CELLS] if (cells := row.css("td,th"))]
        if len(rows) < 2 or len({len(row) for row in rows}) != 1 or _is_layout(rows[0]):
            continue
        if not (all(map(_is_heading, rows[0])) or table.css_first("thead") is not None):
            continue
        columns = [[(cell, cell.text().strip()) for cell in column] for column in zip(*rows, strict=True)]
        ranked = _is_of_ranks([text for _, text in columns[0][1:]])
        for (_, heading), *below in columns:
            repeated = [cell for cell, text in below if text and text.casefold() == heading.casefold()]
            if len(repeated) > 1:
                _empty(repeated)
            elif ranked and _is_coded(heading, [text for _, text in below]):
                _empty(cell for cell, text in below if _CODE_CELL.fullmatch(text))


def _empty(cells: Iterable[LexborNode]) -> None:
    for cell in cells:
        cell.inner_html = ""


def _is_of_ranks(column: list[str]) -> bool:
    """Whether the cells count from 1 on; at the end, some may say why there is no rank."""
    ranks = [text.rstrip(".") for text in column if text[:1].isdigit()]
    return len(ranks) > 1 and ranks == [str(rank) for rank in range(1, len(ranks) + 1)]


def _is_coded(heading: str, column: list[str]) -> bool:
    """Whether a column of a ranking has numbers, or codes below an abbreviation."""
    numbers = sum(bool(text) and _NUMBER_CELL.fullmatch(text[:40]) is not None for text in column)
    return numbers > _MOSTLY * len(column) or (
        heading.rstrip(".").casefold() in _CODED and all(map(_CODE_CELL.fullmatch, column))
    )


def column_headings(tree: LexborHTMLParser | LexborNode) -> list[LexborNode]:
    """Return the cells that name the columns of a table: those of its first row, if they are marked and none is empty.

    The columns of a table with an empty corner are what it compares.
    """
    found: list[LexborNode] = []
    for table in tree.css("table")[:_TABLES]:
        first = table.css("tr")[:2]
        rows = [row.css("td,th") for row in first]
        if len(rows) < 2 or len(rows[0]) < 2 or _is_layout(rows[0]):
            continue
        head = table.css_first("thead tr") == first[0] and all(cell.text().strip() for cell in rows[0])
        if (head or all(map(_is_heading, rows[0]))) and not all(map(_is_heading, rows[1])):
            found += rows[0]
    return found


def _is_heading(cell: LexborNode) -> bool:
    """Whether a cell is marked as a heading, by its element or because all of its text is bold."""
    text = cell.text().strip()
    bold = cell.css_first("b,strong")
    return bool(text) and (cell.tag == "th" or (bold is not None and bold.text().strip() == text))


def _is_layout(cells: list[LexborNode]) -> bool:
    return any(cell.css_first("table") is not None for cell in cells)
