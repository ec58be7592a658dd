"""Finds the elements that end where HTML ends them, among those whose contents may be left out of the text.

A parser reads an element that never ends up to the end of the article: an article about <dialog> would end there. One
pass over the tags, with a stack.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from re import Match

from alt_pipelines.text.mentions import is_mention

# Elements whose end tags are optional, with the elements that end them.
_ENDED_BY = {"rt": "ruby", "rp": "ruby", "rtc": "ruby", "figcaption": "figure"}
_AROUND = frozenset(_ENDED_BY.values())


def closed_elements(markup: str, tags: Iterable[Match[str]], hiding: Collection[str]) -> dict[int, int]:
    """Map where each element that ends begins to where its end tag begins.

    Args:
        markup: the markup.
        tags: matches in it, whose groups are the slash of an end tag, the name, and the rest of the tag.
        hiding: names of the elements that are looked for.
    """
    closed: dict[int, int] = {}
    open_tags: list[tuple[str, Match[str]]] = []
    count: Counter[str] = Counter()
    for tag in tags:
        slash, name, rest = tag.groups()
        name = name.lower()
        if (name != "p" and name not in hiding and name not in _AROUND) or rest[-1:] != ">":
            continue
        if not slash:
            if not rest.endswith("/>") and not (name == "p" and open_tags and open_tags[-1][0] == "p"):
                open_tags.append((name, tag))
                count[name] += 1
        elif count[name]:
            _close(markup, name, tag, open_tags, count, closed)
    return closed


def _close(
    markup: str,
    name: str,
    end: Match[str],
    open_tags: list[tuple[str, Match[str]]],
    count: Counter[str],
    closed: dict[int, int],
) -> None:
    """Close the last open element of a name and what is open within it.

    The end of a paragraph closes no element within it but a mention: "<p>The <dialog> element.</p>".
    """
    stay = []
    while True:
        within, tag = open_tags.pop()
        if within == name:
            break
        if name == "p" and not is_mention(markup, tag.start(), tag.end(), tag[3][:-1]):
            stay.append((within, tag))
            continue
        count[within] -= 1
        if _ENDED_BY.get(within) == name:
            closed[tag.start()] = end.start()
    count[name] -= 1
    closed[tag.start()] = end.start()
    open_tags += reversed(stay)
