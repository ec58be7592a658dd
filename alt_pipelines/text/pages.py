"""Finds the article within a whole page: its article or main element, else the blocks that read like running text.

A page is markup of at least ``PAGE_LENGTH`` characters with elements that only pages have. Feed fragments are not
pages.

Source of the block rules: Kohlschütter, Fankhauser and Nejdl (2010), Boilerplate Detection using Shallow Text Features
(the classifier on words and links of a block and its neighbours). Linear: each block is classified once.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from alt_pipelines.text.lines import Line, parse
from alt_pipelines.text.markup import tamed, tamed_lines
from alt_pipelines.text.mentions import in_running_text
from alt_pipelines.text.scripts import WITHOUT_SPACES

PAGE_LENGTH = 4000  # characters of markup; a shorter page is too small to have boilerplate
_LEAST_SHARE = 0.1  # of a page's text; a smaller article is rejected, and the whole page is used
_PAGE = re.compile(r"<(?:html|body|nav|header|footer|aside|main|form)\b", re.IGNORECASE)
_AROUND = ["nav", "aside", "footer", "form", "menu"]
_SHORT, _SOME, _LONG = 4, 15, 40  # words
_SPARSE, _DENSE = 1 / 3, 5 / 9  # shares of a block's characters that are link text


def is_page(markup: str) -> bool:
    """Whether markup is a page around an article, not a fragment delivered by a feed."""
    return len(markup) >= PAGE_LENGTH and any(
        not in_running_text(markup, tag.start()) for tag in _PAGE.finditer(markup)
    )


def article_of(markup: str) -> str:
    """Return the marked lines of a page's article, or of the whole page if no article is found."""
    markup = tamed(markup)
    whole = tamed_lines(markup)
    tree = LexborHTMLParser(markup)
    tree.strip_tags(_AROUND)
    regions = tree.css("article") or tree.css("main")
    if len(regions) == 1:
        chosen = tamed_lines(regions[0].html or "")
        lines = [line for line, words in _measured(chosen) if _share(words) <= _DENSE]
        if f"</{regions[0].tag}" not in markup.lower():  # it may be a sentence that mentions the element
            own = set(lines)
            lines = [line for line in _running_text(tamed_lines(tree.html or "")) if line not in own] + lines
    else:
        lines = _running_text(tamed_lines(tree.html or ""))
    found = "\n".join(lines)
    return found if len(found) >= _LEAST_SHARE * len(whole) else whole


def _running_text(marked: str) -> list[str]:
    blocks = _measured(marked)
    nothing = Line("")
    lines = [nothing, *(line for _, line in blocks), nothing]
    return [raw for at, (raw, _) in enumerate(blocks) if _reads_on(*lines[at : at + 3])]


def _measured(marked: str) -> list[tuple[str, Line]]:
    pairs = ((raw, parse(raw)) for raw in marked.split("\n"))
    return [(raw, lines[0]) for raw, lines in pairs if lines]


def _reads_on(before: Line, line: Line, after: Line) -> bool:
    if _share(line) > _SPARSE:
        return False
    words = _words(line.text)
    if _share(before) <= _DENSE:
        return words > _SOME or _words(after.text) > _SOME or _words(before.text) > _SHORT
    return words > _LONG or _words(after.text) > _SOME


def _share(line: Line) -> float:
    return line.linked / max(1, len(line.text))


def _words(text: str) -> int:
    """Count the words of a line; two characters of a script without spaces count as one word."""
    return text.count(" ") + 1 + len(WITHOUT_SPACES.findall(text)) // 2 if text else 0
