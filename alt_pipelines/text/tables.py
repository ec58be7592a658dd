"""Tables in markup: those that are mostly numbers are dropped, and the cells that name columns are found.

    column_headings(tree)     ->  the cells Stage and Act, above Barn and Sorrel Finch
    drop_number_tables(tree)  removes tables of prices, standings and results

A table around another lays out a page and is neither.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_TABLES = 50  # tables examined; a page with more uses tables for layout
_TABLE_CELLS = 400  # cells examined per table; enough to classify it
_FEWEST_CELLS = 6
_NUMERIC_SHARE = 0.45  # of the cells of a table of prices or standings; its header and first column are words
_NUMBER_CELL = re.compile(  # with or without a unit: 410 t, 38 °C
    r"[-–—]?|[\s+\-–−.,:/%$€£¥()]*+\d[\s\d+\-–−.,:/%$€£¥()kKmMbB]*+(?:°?[^\W\d_]{1,3}[²³]?)?"
)


def drop_number_tables(tree: LexborHTMLParser) -> None:
    """Drop tables of prices, standings and results, which are mostly numbers and abbreviations."""
    for table in tree.css("table")[:_TABLES]:
        cells = table.css("td,th")[:_TABLE_CELLS]
        if len(cells) < _FEWEST_CELLS or _is_layout(cells):
            continue
        numeric = sum(_NUMBER_CELL.fullmatch(cell.text().strip()[:40]) is not None for cell in cells)
        if numeric >= _NUMERIC_SHARE * len(cells):
            table.decompose()


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
