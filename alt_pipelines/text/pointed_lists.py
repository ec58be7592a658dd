"""Removes lists of other articles below a label that says so, in any language: <h4>Lees ook</h4><ul>...</ul>.

    without_pointed_lists("<p>The owl is back.</p><h4>Read also</h4><ul><li>Otters return to Ulvik</li></ul>")
      ->  "<p>The owl is back.</p><h4></h4>..."

The list is the next element after the label, or the rest of an element that begins with the label. None of its lines
is a sentence, and enough are as long as titles are. Linear: of each element only a bounded part is read.

Out of scope: labels with a title in their line, and lines without such an element (``boilerplate.pointers``).
"""

import html
import re
from collections.abc import Iterator
from itertools import islice

from alt_pipelines.text.boilerplate.pointers import heads_list, is_label
from alt_pipelines.text.lines import BREAK
from alt_pipelines.text.widget_texts import lines_of

_MOST = 5000  # pieces of text
_LONGEST = 3000  # characters of a list
_TEXT = re.compile(r">([^<>]{2,80})(?=<)")
_TO_LIST = re.compile(
    r"(?:[\s:]|&nbsp;|</(?:h[1-6]|p|div|span|strong|b|em|i|u|a|header|label)>|<br ?/?>"
    r"|<(?:div|nav)\b[^<>]{0,300}+>){0,12}<(ul|ol)\b[^<>]{0,300}+>",
    re.IGNORECASE,
)
_OPENED = re.compile(
    r"<(div|section|aside|nav|ul|ol|p|h[1-6]|li|header|span|strong|b|em|i|u|a)\b[^<>]{0,300}+>\s*+", re.IGNORECASE
)
_CONTAINERS = frozenset(("div", "section", "aside", "nav", "ul", "ol", "p"))
_FARTHEST = 600  # characters from the beginning of an element to its label


def without_pointed_lists(markup: str) -> str:
    """Return the markup without labels of other articles that have lists of titles below them, and these lists."""
    out, at = [], 0
    for start, end in _lists(markup):
        if start >= at:
            out += [markup[at:start], BREAK]
            at = end
    return "".join([*out, markup[at:]]) if out else markup


def _lists(markup: str) -> Iterator[tuple[int, int]]:
    for text in islice(_TEXT.finditer(markup), _MOST):
        label = html.unescape(text[1]).strip() if "&" in text[1] else text[1].strip()
        if is_label(label):
            found = _list_below(markup, text, label) or _rest_of_element(markup, text, label)
            if found:
                yield found


def _list_below(markup: str, text: re.Match[str], label: str) -> tuple[int, int] | None:
    """Return where a label and the list that follows it begin and end."""
    opening = _TO_LIST.match(markup, text.end())
    if opening is None:
        return None
    end = _end_of(markup, opening.end(), opening[1].lower())
    if end is None or not heads_list(label, list(lines_of(markup[opening.end() : end]))):
        return None
    return text.start(1), end


def _rest_of_element(markup: str, text: re.Match[str], label: str) -> tuple[int, int] | None:
    """Return where the outermost element begins and ends that has a label first, and then only titles."""
    opened = list(_OPENED.finditer(markup, max(0, text.start() - _FARTHEST), text.start(1)))
    run = []
    after = text.start(1)
    for tag in reversed(opened):
        if tag.end() != after:
            break
        run.append(tag)
        after = tag.start()
    for tag in reversed(run):
        end = _end_of(markup, tag.end(), tag[1].lower()) if tag[1].lower() in _CONTAINERS else None
        if end is not None and heads_list(label, list(lines_of(markup[tag.end() : end]))[1:]):
            return tag.end(), end
    return None


def _end_of(markup: str, start: int, name: str) -> int | None:
    """Return where the content of an element that begins at ``start`` ends; None if it is too long."""
    depth = 1
    for tag in re.compile(rf"<(/?){name}\b[^<>]{{0,300}}+>", re.IGNORECASE).finditer(markup, start, start + _LONGEST):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.start()
    return None
