"""Removes the parts of a page that its markup names as such: buttons to share, related articles, forms to subscribe.

    without_widgets('<p>The owl is back.</p><div class="sharedaddy">Share this</div>')  ->  "<p>The owl is back.</p>..."

Only an element that ends is removed, and no heading. Of all that is named so, nothing with sentences goes if those are
a large part of the text: a theme may give the article itself such a name. What only a word names ("share") goes if it
is mostly links. Linear: each tag is looked at once, and the text of such an element once more.

Out of scope: which names those are (``widget_names``); parts that only their words tell (``boilerplate``).
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from alt_pipelines.text.lines import BREAK
from alt_pipelines.text.mentions import in_running_text
from alt_pipelines.text.scripts import EAST_ASIAN
from alt_pipelines.text.sentences import SENTENCE_ENDS
from alt_pipelines.text.stopwords import NAME_PARTICLES, word_set
from alt_pipelines.text.widget_names import (
    PLACES,
    names_labels,
    names_links,
    names_own_widget,
    names_widget,
    numbers_note,
)

_MOST = 20_000  # tags examined
_LONGEST = 1000  # characters of a tag's attributes
_ATTRIBUTE_SIGN = re.compile(r"(?:class|id|role|style|align|data-[a-z-]{3,20}) ?=", re.IGNORECASE)
_ELEMENT = re.compile(r"""<(/?+)([a-zA-Z][\w:-]*+)((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>""")
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_READ = frozenset({"class", "id", "role", "data-component-name"}) | PLACES
VOID = word_set("area base br col embed hr img input link meta source track wbr")
_INLINE = word_set("a abbr b bdi bdo cite em font i ins mark q s small span strong sub sup time u")
_PARTS = _INLINE | word_set(
    "div section aside nav footer header ul ol dl li p table form figure details h1 h2 h3 h4 h5 h6 address blockquote"
)
_ENDS_PARAGRAPH = _PARTS - _INLINE
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_PARAGRAPHS = word_set("p blockquote")
_LINK = re.compile("<a\\b[^<>]*+>([^<]*+(?:<(?!/?a\\b)[^<]*+)*+)</a", re.IGNORECASE)
_MOSTLY = 0.5  # of the characters of an element
_TAG = re.compile("<[^<>]*+>")
_END_OF_LINE = re.compile(
    "</?(?:p|div|br|li|ul|ol|tr|td|th|h[1-6]|section|article|table|blockquote|figcaption|nav|form)\\b[^<>]*+>",
    re.IGNORECASE,
)
_ALIGNED = word_set("p div h4 h5 h6")
_RIGHT = re.compile(
    r"text-align ?: ?(?:right|end)\b|\balign ?= ?[\"']?right\b|text-right\b|has-text-align-right", re.IGNORECASE
)
_STRESSED = re.compile("<(?:strong|b|em|i)\\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_'’-]|['’-](?=\w)){0,20}\.?")
_MOST_WORDS = 5
_LONGEST_SIGNATURE = 400  # characters of an element with its attributes
_LINE_START = re.compile(
    "<(?:p|div|li|td|section|aside|header|footer|h[1-6])\\b[^<>]*+>\\s*+\\Z|<br ?/?>\\s*+\\Z", re.IGNORECASE
)
_LINE_END = re.compile("\\s*+(?:</(?:p|div|li|td|section|aside|header|footer|h[1-6])|<br|\\Z)", re.IGNORECASE)
_SHORTEST_SENTENCE = 50  # characters; a shorter line is a label or a title
_SHORTEST_EAST_ASIAN = 25  # characters of a sentence, most of them East Asian
_LONGEST_TITLE = 120  # Thai has no stops
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
    own: bool = False  # whether its name is a platform's


def without_widgets(markup: str) -> str:
    """Remove the elements that name themselves parts around the article; a block leaves a line break."""
    if not _ATTRIBUTE_SIGN.search(markup):
        return markup
    regions = _regions(markup)
    if not regions:
        return markup
    lengths = {region: _prose_length(markup[region.start : region.end]) for region in regions}
    own = [region for region in regions if region.own]
    rest = _cut(markup, own)
    if own and len(_text(markup)) > _LARGE_OWN * len(_text(rest)):
        own = [region for region in own if not lengths[region]]
        rest = _cut(markup, own)
    others = [region for region in regions if not region.own]
    removed = sum(lengths[region] for region in others)
    if removed and removed > _LARGE * (_prose_length(rest) - removed):
        others = [region for region in others if not lengths[region]]
    rest = _cut(markup, sorted([*own, *others]))
    return rest if any(map(str.isalpha, _text(rest))) else markup


def _text(markup: str) -> str:
    return " ".join(_TAG.sub(" ", markup).split())


def _cut(markup: str, regions: list[_Region]) -> str:
    out, at = [], 0
    for region in regions:
        out += [markup[at : region.start], "" if region.inline else BREAK]
        at = region.end
    return "".join([*out, markup[at:]])


def _regions(markup: str) -> list[_Region]:
    """Return the outermost elements named so that end, and the signature below the text, in their order."""
    spans: list[_Region] = []
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
            stack.append(_Open(name, tag.start(), _kind(markup, tag, name, rest[:_LONGEST]), tag.end()))
            opened[name] += 1
        elif opened[name]:
            element = _end(stack, opened, name)
            region = _Region(element.start, tag.end(), name in _INLINE and element.kind == "own", element.kind == "own")
            if element.kind == "right" and _is_signature(markup, element.start, tag.start()):
                signature = region
            elif element.kind == "own" or (element.kind and _goes(markup, element, region, tag.start())):
                while spans and spans[-1].start > region.start:
                    spans.pop()
                spans.append(region)
    if signature is None or any(span.start <= signature.start < span.end for span in spans):
        return spans
    if _prose_length(markup[signature.end :]):
        return spans
    return sorted([*spans, signature])


def _end(stack: list[_Open], opened: Counter[str], name: str) -> _Open:
    """Return the last open element of a name, and end it and what is open within it."""
    while True:
        element = stack.pop()
        opened[element.name] -= 1
        if element.name == name:
            return element


def _kind(markup: str, tag: re.Match[str], name: str, attributes: str) -> str:
    """Return what an element is: a platform's "own" part, by its class a "part", "labels" or "links", "right" or ""."""
    if name not in _PARTS or "=" not in attributes:
        return ""
    kind = _named(name, attributes)
    if kind and name not in _INLINE and in_running_text(markup, tag.start()):
        return ""  # a sentence about markup
    return kind or ("right" if name in _ALIGNED and _RIGHT.search(attributes) else "")


def _goes(markup: str, element: _Open, region: _Region, end: int) -> bool:
    """Whether an element that ends is a part by its class, and has nothing that only an article would have."""
    if element.kind == "right" or not _is_whole(markup, element.name, region):
        return False
    content = markup[element.inner : end]
    if element.kind == "links":
        return _is_mostly_links(content) or (element.name in _PARAGRAPHS and _is_name(_text(content)))
    without_prose = element.kind == "labels" or element.name in _PARAGRAPHS
    return not (without_prose and _prose_length(content))


def _is_mostly_links(markup: str) -> bool:
    linked = sum(len(_text(link)) for link in _LINK.findall(markup))
    return linked > _MOSTLY * len(_text(markup))


def _is_whole(markup: str, name: str, region: _Region) -> bool:
    """Whether an element is a block, or all of a block's text, and no part of a sentence."""
    if name not in _INLINE:
        return True
    before = _LINE_START.search(markup, max(0, region.start - _LONGEST), region.start)
    return (region.start == 0 or before is not None) and _LINE_END.match(markup, region.end) is not None


def _is_signature(markup: str, start: int, end: int) -> bool:
    """Whether an element in the second half is only a name: at the right, it is the author's."""
    if start < len(markup) // 2 or end - start > _LONGEST_SIGNATURE:
        return False
    if "dir=" in markup[start : markup.find(">", start)] or not _STRESSED.search(markup, start, end):
        return False
    text = " ".join(_TAG.sub("", markup[start:end]).split())
    return _is_name(text)


def _is_name(text: str) -> bool:
    """Whether a text is two to five words with capitals."""
    words = [word for word in text.split() if word not in NAME_PARTICLES]
    return (
        2 <= len(words) <= _MOST_WORDS and all(map(_NAME_WORD.fullmatch, words)) and all(w[0].isupper() for w in words)
    )


@lru_cache(maxsize=4096)
def _named(name: str, attributes: str) -> str:
    found = {
        name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes) if name.lower() in _READ
    }
    if name in _HEADINGS:
        return ""
    if names_own_widget(name, found) or (name == "sup" and numbers_note(found)):
        return "own"
    if names_widget(found) or (name == "nav" and names_links(found)):
        return "labels" if names_labels(found) else "part"
    return "links" if names_links(found) else ""


def _prose_length(markup: str) -> int:
    """Return the number of characters of the lines that end as sentences do, or are longer than a title."""
    lines = (" ".join(_TAG.sub("", line).split()) for line in _END_OF_LINE.sub("\n", markup).split("\n"))
    return sum(
        len(line) for line in lines if len(line) > _LONGEST_TITLE or (line.endswith(SENTENCE_ENDS) and _is_long(line))
    )


def _is_long(line: str) -> bool:
    """Whether a line is longer than a label or a short title."""
    if len(line) >= _SHORTEST_SENTENCE:
        return True
    return len(line) >= _SHORTEST_EAST_ASIAN and 2 * len(EAST_ASIAN.findall(line)) > len(line)
