"""Finds the elements that end where HTML ends them, among those whose contents may be left out of the text.

A parser reads an element that never ends up to the end of the article: an article about <dialog> would end there. One
pass over the tags, with stacks from which every element is taken once, so the time is in proportion to the tags.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from re import Match

from alt_pipelines.text.mentions import is_mention

# Elements whose end tags are optional, with the elements that end them.
_ENDED_BY = {"rt": "ruby", "rp": "ruby", "rtc": "ruby", "figcaption": "figure"}
_AROUND = frozenset(_ENDED_BY.values())


class _Element:
    """An element that has begun. One that has ended may still be in a stack, and is skipped there."""

    __slots__ = ("is_open", "name", "start")

    def __init__(self, name: str, start: int) -> None:
        self.name = name
        self.start = start
        self.is_open = True


class _OpenElements:
    """The open elements, the last one on top: all of them, those of each name, and the mentions."""

    def __init__(self) -> None:
        self._all: list[_Element] = []
        self._named: defaultdict[str, list[_Element]] = defaultdict(list)
        self._mentions: list[_Element] = []

    def begin(self, name: str, start: int, *, mention: bool) -> None:
        """Add an element, unless it is a paragraph right within a paragraph, which HTML does not have."""
        last = _last_open(self._all)
        if name == "p" and last and last.name == "p":
            return
        element = _Element(name, start)
        for stack in (self._all, self._named[name], *([self._mentions] if mention else [])):
            stack.append(element)

    def end(self, name: str) -> list[int]:
        """End the last element of a name and what is open within it; return the starts of those that HTML ends here.

        The end of a paragraph ends no element within it but a mention: "<p>The <dialog> element.</p>".
        """
        ending = _last_open(self._named[name])
        if ending is None:
            return []
        closed = [ending.start]
        if name == "p":
            while (mention := _last_open(self._mentions)) and mention.start > ending.start:
                mention.is_open = False
        else:
            while (within := self._all.pop()) is not ending:
                if within.is_open and _ENDED_BY.get(within.name) == name:
                    closed.append(within.start)
                within.is_open = False
        ending.is_open = False
        return closed


def closed_elements(markup: str, tags: Iterable[Match[str]], hiding: Collection[str]) -> dict[int, int]:
    """Map where each element that ends begins to where its end tag begins.

    Args:
        markup: the markup.
        tags: matches in it, whose groups are the slash of an end tag, the name, and the rest of the tag.
        hiding: names of the elements that are looked for.
    """
    closed: dict[int, int] = {}
    elements = _OpenElements()
    for tag in tags:
        slash, name, rest = tag.groups()
        name = name.lower()
        if (name != "p" and name not in hiding and name not in _AROUND) or rest[-1:] != ">":
            continue
        if slash:
            closed.update(dict.fromkeys(elements.end(name), tag.start()))
        elif not rest.endswith("/>"):
            mention = name != "p" and is_mention(markup, tag.start(), tag.end(), rest[:-1])
            elements.begin(name, tag.start(), mention=mention)
    return closed


def _last_open(stack: list[_Element]) -> _Element | None:
    while stack and not stack[-1].is_open:
        stack.pop()
    return stack[-1] if stack else None
