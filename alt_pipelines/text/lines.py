"""Lines of an article, and the marks that carry their properties through the cleaning steps.

The marks are private-use characters. Cleaning removes them from the input, ``markup`` sets them, and `parse` converts
marked text to ``Line`` values.
"""

import re
from typing import NamedTuple

BREAK = "\ue000"  # a line break while the white space of the markup is collapsed
LINK, LINK_END = "\ue001", "\ue002"  # around the text of a link
HEADING = "\ue003"  # at the beginning of a heading
MARKS = re.compile("[\ue000-\ue003]")
_LINK_MARK = re.compile(f"[{LINK}{LINK_END}]")


class Line(NamedTuple):
    """A line: its ``text``, the number of its ``linked`` characters, and whether it is a ``heading``."""

    text: str
    linked: int = 0
    heading: bool = False

    @property
    def all_link(self) -> bool:
        """Whether all but a few characters of the line are link text."""
        return self.linked > 0 and self.linked >= len(self.text) - 3


def parse(marked: str) -> list[Line]:
    """Parse a marked text to lines; a link that spans several lines counts in each of them."""
    if marked.isascii() or not MARKS.search(marked):
        return [Line(text) for text in marked.split("\n") if text]
    out = []
    open_link = False
    for raw in marked.split("\n"):
        linked = 0
        if open_link or LINK in raw or LINK_END in raw:
            linked, open_link = _linked(raw, open_link)
        text = MARKS.sub("", raw).strip()
        if text:
            out.append(Line(text, linked, HEADING in raw))
    return out


def _linked(raw: str, open_link: bool) -> tuple[int, bool]:
    """Return (number of characters inside links, whether a link is still open at the end)."""
    linked, start = 0, 0
    for match in _LINK_MARK.finditer(raw):
        if open_link:
            linked += match.start() - start
        open_link = match.group() == LINK
        start = match.end()
    return linked + (len(raw) - start if open_link else 0), open_link
