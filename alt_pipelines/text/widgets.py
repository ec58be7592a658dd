"""Removes the parts of a page that its markup names as such: buttons to share, related articles, forms to subscribe.

    without_widgets('<p>The owl is back.</p><div class="sharedaddy">Share this</div>')  ->  "<p>The owl is back.</p>..."

Only an element that ends is removed, and no heading. Of all that is named so, nothing with sentences goes if those are
a large part of the text: a theme may give the article itself such a name. What only a word names goes if it is short
("auteur", "nieuwsbrief") or mostly links ("share"). A person stays whom the rest of the text names, and so do persons
of whom there are many. Linear: each tag is looked at once, and the text of such an element once more.

Out of scope: which names those are (``widget_names``); parts that only their words tell (``boilerplate``).
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from alt_pipelines.text.lines import BREAK
from alt_pipelines.text.mentions import in_running_text
from alt_pipelines.text.stopwords import word_set
from alt_pipelines.text.widget_names import (
    PLACES,
    names_labels,
    names_links,
    names_own_widget,
    names_person,
    names_short,
    names_widget,
    numbers_note,
)
from alt_pipelines.text.widget_texts import (
    TAG,
    is_mostly_links,
    is_name,
    is_named,
    is_short,
    prose_length,
    text_of_part,
)

_MOST = 20_000  # tags examined
_LONGEST = 1000  # characters of a tag's attributes
_ATTRIBUTE_SIGN = re.compile(
    r"(?:class|id|role|style|align|itemprop|rel|data-[a-z-]{3,20}) ?=|<(?:nav|footer|header)\b", re.IGNORECASE
)
_ELEMENT = re.compile(r"""<(/?+)([a-zA-Z][\w:-]*+)((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>""")
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_READ = frozenset({"class", "id", "role", "itemprop", "rel", "data-component-name"}) | PLACES
VOID = word_set("area base br col embed hr img input link meta source track wbr")
_INLINE = word_set("a abbr b bdi bdo cite em font i ins mark q s small span strong sub sup time u")
_PARTS = _INLINE | word_set(
    "div section aside nav footer header ul ol dl li p table form figure details h1 h2 h3 h4 h5 h6 address blockquote"
)
_NAMED_BY_ELEMENT = word_set("nav footer header time")
_TELLS = re.compile("<(?:h[1-6]|p|li|div)\\b", re.IGNORECASE)  # a header with these has a title or a summary
_PERSONS = ("person", "short person")  # kinds of elements
_SHORT = ("short", "short person")
_ENDS_PARAGRAPH = _PARTS - _INLINE
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_PARAGRAPHS = word_set("p blockquote")
_ALIGNED = word_set("p div h4 h5 h6")
_RIGHT = re.compile(
    r"text-align ?: ?(?:right|end)\b|\balign ?= ?[\"']?right\b|text-right\b|has-text-align-right", re.IGNORECASE
)
_STRESSED = re.compile("<(?:strong|b|em|i)\\b", re.IGNORECASE)
_LONGEST_SIGNATURE = 400  # characters of an element with its attributes
_LINE_START = re.compile(
    "<(?:p|div|li|td|section|aside|header|footer|h[1-6])\\b[^<>]*+>\\s*+\\Z|<br ?/?>\\s*+\\Z", re.IGNORECASE
)
_LINE_END = re.compile("\\s*+(?:</(?:p|div|li|td|section|aside|header|footer|h[1-6])|<br|\\Z)", re.IGNORECASE)
_MOST_PERSONS = 4  # elements; more of them are a list of books or of quotations
_BETWEEN = re.compile(r"(?:\s|&nbsp;|[|·•,;/–—-]){0,20}")  # the parts of a line
_LARGE = 1 / 3  # of the characters of the sentences that remain
_LARGE_OWN = 3  # times the characters that remain: of what a platform names so, articles are no part


class _Open(NamedTuple):
    name: str
    start: int
    kind: str
    inner: int  # where its content begins


class _Region(NamedTuple):
    start: int
    end: int
    inline: bool
    kind: str  # see `_kind`


def without_widgets(markup: str) -> str:
    """Remove the elements that name themselves parts around the article; a block leaves a line break."""
    if not _ATTRIBUTE_SIGN.search(markup):
        return markup
    regions = _regions(markup)
    if not regions:
        return markup
    lengths = {region: prose_length(markup[region.start : region.end]) for region in regions}
    own = [region for region in regions if region.kind == "own"]
    rest = _cut(markup, own)
    if own and len(text_of_part(markup)) > _LARGE_OWN * len(text_of_part(rest)):
        own = [region for region in own if not lengths[region]]
        rest = _cut(markup, own)
    others = _without_own_matter([region for region in regions if region.kind != "own"], _cut(markup, regions), markup)
    removed = sum(lengths[region] for region in others)
    if removed and removed > _LARGE * (prose_length(rest) - removed):
        others = [region for region in others if not lengths[region]]
    rest = _cut(markup, sorted([*own, *others]))
    return rest if any(map(str.isalpha, text_of_part(rest))) else markup


def _cut(markup: str, regions: list[_Region]) -> str:
    out, at = [], 0
    for region in regions:
        out += [markup[at : region.start], "" if region.inline else BREAK]
        at = region.end
    return "".join([*out, markup[at:]])


def _regions(markup: str) -> list[_Region]:
    """Return the outermost elements named so that end, and the signature below the text, in their order."""
    spans: list[_Region] = []
    inline: list[_Region] = []  # of a line, and of times beside them
    stack: list[_Open] = []
    opened: Counter[str] = Counter()
    signature: _Region | None = None
    for tag in islice(_ELEMENT.finditer(markup), _MOST):
        slash, name, rest = tag.groups()
        name = name.lower()
        if name in VOID or rest.endswith("/"):
            continue
        if not slash:
            if name in _ENDS_PARAGRAPH and stack and stack[-1].name == "p":
                opened[stack.pop().name] -= 1
            kind = _kind(markup, tag, name, rest[:_LONGEST])
            of_quotation = opened["blockquote"] and (kind in _PERSONS or name == "footer")
            stack.append(_Open(name, tag.start(), "" if of_quotation else kind, tag.end()))
            opened[name] += 1
        elif opened[name]:
            element = _end(stack, opened, name)
            kind = _fate(markup, element, tag.start())
            region = _Region(element.start, tag.end(), name in _INLINE and kind == "own", kind)
            if kind == "right":
                signature = region if _is_signature(markup, element.start, tag.start()) else signature
            elif kind == "time" or (kind not in ("", "own") and not _is_whole(markup, name, *region[:2])):
                inline.append(region)
            elif kind:
                while spans and spans[-1].start > region.start:
                    spans.pop()
                spans.append(region)
    spans = sorted([*spans, *_lines_of(markup, inline, spans)])
    if signature is None or any(span.start <= signature.start < span.end for span in spans):
        return spans
    if prose_length(markup[signature.end :]):
        return spans
    return sorted([*spans, signature])


def _end(stack: list[_Open], opened: Counter[str], name: str) -> _Open:
    """Return the last open element of a name, and end it and what is open within it."""
    while True:
        element = stack.pop()
        opened[element.name] -= 1
        if element.name == name:
            return element


def _lines_of(markup: str, inline: list[_Region], spans: list[_Region]) -> Iterator[_Region]:
    """Yield the lines that are nothing but such inline elements and times."""
    starts = [span.start for span in spans]
    runs: list[list[_Region]] = []
    for region in inline:
        if runs and region.start >= runs[-1][-1].end and _BETWEEN.fullmatch(markup, runs[-1][-1].end, region.start):
            runs[-1].append(region)
        else:
            runs.append([region])
    for run in runs:
        start, end = run[0].start, run[-1].end
        around = bisect_right(starts, start)
        if around and spans[around - 1].end > start:
            continue
        kind = next((region.kind for region in run if region.kind != "time"), "")
        if kind and _is_whole(markup, "span", start, end):
            yield _Region(start, end, inline=False, kind=kind)


def _kind(markup: str, tag: re.Match[str], name: str, attributes: str) -> str:
    """Return what an element is by its name and attributes, or "".

    "own" is a platform's part, "part" one by its class and "labels" one of buttons or names; "person", "short" and
    "short person" tell who made something or are known by a word; "links" are only if they are links; "time" is one in
    a line of those; "right" is aligned so.
    """
    if name not in _PARTS or ("=" not in attributes and name not in _NAMED_BY_ELEMENT):
        return ""
    kind = _named(name, attributes)
    if kind and name not in _INLINE and in_running_text(markup, tag.start()):
        return ""  # a sentence about markup
    return kind or ("right" if name in _ALIGNED and _RIGHT.search(attributes) else "")


def _fate(markup: str, element: _Open, end: int) -> str:
    """Return the kind of an element that ends; "" if it has something that only an article would have.

    What only a word names is "links" or a "person" if it is mostly links.
    """
    kind = element.kind
    if kind in ("", "own", "right", "time"):
        return kind
    content = markup[element.inner : end]
    if kind == "short" and element.name == "header" and (_TELLS.search(content) or "<time" not in content):
        return ""
    if kind in ("part", "person", "labels"):
        without_prose = kind == "labels" or element.name in _PARAGRAPHS
        return "" if without_prose and prose_length(content) else kind
    if is_mostly_links(content):
        return "person" if kind == "short person" else "links"
    if kind == "links":
        return kind if element.name in _PARAGRAPHS and is_name(text_of_part(content)) else ""
    return kind if is_short(content, sentences=kind == "short" and element.name not in _NAMED_BY_ELEMENT) else ""


def _is_whole(markup: str, name: str, start: int, end: int) -> bool:
    """Whether an element is a block, or all of a block's text, and no part of a sentence."""
    if name not in _INLINE:
        return True
    before = _LINE_START.search(markup, max(0, start - _LONGEST), start)
    return (start == 0 or before is not None) and _LINE_END.match(markup, end) is not None


def _without_own_matter(others: list[_Region], rest: str, markup: str) -> list[_Region]:
    """Return the parts without those that may be the article's beside the ``rest`` of the markup.

    These are the persons whom the rest names, or who are many, as in a list of books; and beside no sentence, the parts
    that only a word names.
    """
    if any(region.kind in _SHORT for region in others) and not prose_length(rest):
        others = [region for region in others if region.kind not in _SHORT]
    persons = [region for region in others if region.kind in _PERSONS]
    if not persons:
        return others
    text = text_of_part(rest)
    kept = {
        region
        for region in persons
        if len(persons) > _MOST_PERSONS or is_named(markup[region.start : region.end], text)
    }
    return [region for region in others if region not in kept]


def _is_signature(markup: str, start: int, end: int) -> bool:
    """Whether an element in the second half is only a name: at the right, it is the author's."""
    if start < len(markup) // 2 or end - start > _LONGEST_SIGNATURE:
        return False
    if "dir=" in markup[start : markup.find(">", start)] or not _STRESSED.search(markup, start, end):
        return False
    text = " ".join(TAG.sub("", markup[start:end]).split())
    return is_name(text)


@lru_cache(maxsize=4096)
def _named(name: str, attributes: str) -> str:
    found = {
        name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes) if name.lower() in _READ
    }
    if name in _HEADINGS:
        return ""
    if names_own_widget(name, found) or (name == "sup" and numbers_note(found)):
        return "own"
    named = names_widget(found)
    if names_person(found):
        return "person" if named and not names_labels(found) else "short person"
    if named or (name == "nav" and names_links(found)):
        return "labels" if names_labels(found) else "part"
    if name in _NAMED_BY_ELEMENT or names_short(found):
        return "time" if name == "time" else "short"
    return "links" if names_links(found) else ""
