"""Removes the parts of a page that its markup names as such: buttons to share, related articles, forms to subscribe.

    without_widgets('<p>The owl is back.</p><div class="sharedaddy">Share this</div>')  ->  "<p>The owl is back.</p>..."

Only an element that ends is removed. Of all that is named so, nothing with sentences goes if those are a large part of
the text: a theme may give the article itself such a name. Linear: each tag is looked at once.

Out of scope: which names those are (``widget_names``); parts that only their words tell (``boilerplate``).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from alt_pipelines.text.lines import BREAK
from alt_pipelines.text.mentions import in_running_text
from alt_pipelines.text.sentences import SENTENCE_ENDS
from alt_pipelines.text.stopwords import NAME_PARTICLES, word_set
from alt_pipelines.text.widget_names import names_widget

_MOST = 20_000  # tags examined
_LONGEST = 1000  # characters of a tag's attributes
_ATTRIBUTE_SIGN = re.compile(r"(?:class|id|role|data-component-name|style|align) ?=", re.IGNORECASE)
_ELEMENT = re.compile(r"""<(/?+)([a-zA-Z][\w:-]*+)((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>""")
_ATTRIBUTE = re.compile(r"""([\w:-]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_READ = frozenset({"class", "id", "role", "data-component-name"})
_VOID = word_set("area base br col embed hr img input link meta source track wbr")
_INLINE = word_set("a abbr b bdi bdo cite em font i ins mark q s small span strong sub sup time u")
_PARTS = _INLINE | word_set(
    "div section aside nav footer header ul ol dl li p table form figure details h1 h2 h3 h4 h5 h6 address blockquote"
)
_ENDS_PARAGRAPH = _PARTS - _INLINE
_TAG = re.compile("<[^<>]*+>")
_END_OF_LINE = re.compile(
    "</?(?:p|div|br|li|ul|ol|tr|td|th|h[1-6]|section|article|table|blockquote|figcaption|nav|form)\\b[^<>]*+>",
    re.IGNORECASE,
)
_ALIGNED = word_set("p div h4 h5 h6")
_RIGHT = re.compile(
    r"text-align ?: ?(?:right|end)\b|\balign ?= ?[\"']?right\b|text-right\b|has-text-align-right", re.IGNORECASE
)
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_'’-]|['’-](?=\w)){0,20}\.?")
_MOST_WORDS = 5
_LONGEST_SIGNATURE = 400  # characters of an element with its attributes
_SHORTEST_SENTENCE = 50  # characters; a shorter line is a label or a title
_LARGE = 1 / 3  # of the characters of the sentences that remain


class _Region(NamedTuple):
    start: int
    end: int
    inline: bool


def without_widgets(markup: str) -> str:
    """Remove the elements that name themselves parts around the article; a block leaves a line break."""
    if not _ATTRIBUTE_SIGN.search(markup):
        return markup
    regions = list(_regions(markup))
    if not regions:
        return markup
    removed = [_sentences(markup[region.start : region.end]) for region in regions]
    if sum(removed) > _LARGE * (_sentences(markup) - sum(removed)):
        regions = [region for region, length in zip(regions, removed, strict=True) if not length]
    rest = _cut(markup, regions)
    return rest if any(map(str.isalpha, _TAG.sub("", rest))) else markup


def _cut(markup: str, regions: list[_Region]) -> str:
    out, at = [], 0
    for region in regions:
        out += [markup[at : region.start], "" if region.inline else BREAK]
        at = region.end
    return "".join([*out, markup[at:]])


def _regions(markup: str) -> Iterator[_Region]:
    """Yield the outermost elements named so that end, in their order."""
    spans: list[_Region] = []
    stack: list[tuple[str, int, bool, bool]] = []  # name, start, whether it is named so, whether it is at the right
    opened: dict[str, int] = {}
    for tag in islice(_ELEMENT.finditer(markup), _MOST):
        slash, name, rest = tag.groups()
        name = name.lower()
        if name in _VOID or rest.endswith("/"):
            continue
        if not slash:
            if name in _ENDS_PARAGRAPH and stack and stack[-1][0] == "p":
                opened["p"] -= 1
                stack.pop()
            named = name in _PARTS and "=" in rest and _is_named(rest[:_LONGEST])
            if named and name not in _INLINE and in_running_text(markup, tag.start()):
                named = False  # a sentence about markup
            right = name in _ALIGNED and _RIGHT.search(rest, 0, _LONGEST) is not None
            stack.append((name, tag.start(), named, right))
            opened[name] = opened.get(name, 0) + 1
        elif opened.get(name):
            last = None
            while last is None or last[0] != name:
                last = stack.pop()
                opened[last[0]] -= 1
            if last[2] or (last[3] and _is_signature(markup, last[1], tag.start())):
                while spans and spans[-1].start > last[1]:
                    spans.pop()
                spans.append(_Region(last[1], tag.end(), name in _INLINE))
    yield from spans


def _is_signature(markup: str, start: int, end: int) -> bool:
    """Whether an element in the second half is only a name: at the right, it is the author's."""
    if start < len(markup) // 2 or end - start > _LONGEST_SIGNATURE:
        return False
    text = " ".join(_TAG.sub("", markup[start:end]).split())
    words = [word for word in text.split() if word not in NAME_PARTICLES]
    return (
        2 <= len(words) <= _MOST_WORDS and all(map(_NAME_WORD.fullmatch, words)) and all(w[0].isupper() for w in words)
    )


@lru_cache(maxsize=4096)
def _is_named(rest: str) -> bool:
    found = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(rest) if name.lower() in _READ}
    return bool(found) and names_widget(found)


def _sentences(markup: str) -> int:
    """Return the number of characters of the lines that end as sentences do."""
    lines = (" ".join(_TAG.sub("", line).split()) for line in _END_OF_LINE.sub("\n", markup).split("\n"))
    return sum(len(line) for line in lines if len(line) >= _SHORTEST_SENTENCE and line.endswith(SENTENCE_ENDS))
