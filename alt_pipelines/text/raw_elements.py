"""Removes what HTML does not read as markup: comments, scripts, style sheets, declarations, and data in addresses.

What never ends removes only its delimiter, because an article about HTML may mention it: "Many sites still put a
<script> tag in the head". What a script that never ends leaves at the end of the markup is removed if it is code.

    without_raw_elements("a <!-- b --> c <!-- d")  ->  "a  c  d"

Each part of the markup is read once: between an edge and the next edge of its kind.
"""

import re
from typing import Literal, NamedTuple

from alt_pipelines.text.code import is_statement
from alt_pipelines.text.mentions import as_word, in_running_text, is_mention

_COMMENT = "<!--"
_EDGE = r"<!--(?:-?>)?+|--!?+>|<!\[CDATA\[|\]\]>|data:[\w/+.;=-]{0,80}base64,[\w+/=]*+"
_RAW = re.compile(rf"<(/?+)(script|style)(?![\w:-])([^<>]*+)>?+|{_EDGE}", re.IGNORECASE)
# In markup that was escaped, also the elements whose contents are not markup for the parser.
_RAW_OF_ESCAPED = re.compile(
    rf"<(/?+)(script|style|title|textarea|select|iframe|noscript|svg)(?![\w:-])([^<>]*+)>?+|{_EDGE}", re.IGNORECASE
)
_CODE = ("script", "style")
_CODE_SIGN = re.compile(r"""[{}=;\[\]\\_]|\(["')]""")
_PARAGRAPH = re.compile(r"<(/?+)p\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*+>")
_WORD = re.compile(r"[^\W\d_]{2,}+")
_PROSE_WORDS = 6

# Document types and processing instructions; and a slash that begins no closing tag, as in "I </3 you".
_DECLARATION = re.compile(r"<(?:([!?])([^<>]*+)(>?+)|/(?![a-zA-Z>]))")
SENTENCE_END = re.compile(r"[.!?]\s|[。！？]")


_Role = Literal["opens", "closes", "goes", "stays"]  # the last two have no partner: removed, and text


class _Edge(NamedTuple):
    """A delimiter of an element or, if ``name`` is "<!--", of a comment."""

    start: int
    end: int
    name: str
    role: _Role
    attributes: str


def without_raw_elements(markup: str, *, escaped: bool = False) -> str:
    """Remove comments, scripts and style sheets that end, and the delimiters of those that do not."""
    edges = [_edge(match) for match in (_RAW_OF_ESCAPED if escaped else _RAW).finditer(markup)]
    following, closing = _neighbours(edges)
    out, start, at = [], 0, 0
    while at < len(edges):
        edge = edges[at]
        out.append(markup[start : edge.start])
        start = edge.end
        end = closing[at]
        if end is not None and _is_real(markup, edge, edges[following[at]], edges[at + 1].start):
            at, start = end, edges[end].end
            out.append(" " if edge.name != _COMMENT and _joins(markup, edge.start, start) else "")
        elif edge.name in _CODE and at == len(edges) - 1 and _is_code(markup[start:]):
            start = len(markup)
        else:
            out.append(_alone(markup, edge, escaped))
        at += 1
    out.append(markup[start:])
    return "".join(out)


def without_declarations(markup: str) -> str:
    """Remove document types and processing instructions, of which a parser would remove text up to the next ">"."""
    return _DECLARATION.sub(_declaration, markup) if "<" in markup else markup


def _edge(match: re.Match[str]) -> _Edge:
    delimiter, slash, name, attributes = match.group(), *match.groups(default="")
    place = match.start(), match.end()
    if name:
        is_tag = delimiter[-1] == ">" or "=" in attributes  # an attribute may have angle brackets
        role: _Role = "closes" if slash else "goes" if attributes.endswith("/") else "opens" if is_tag else "stays"
        return _Edge(*place, name.lower(), role, attributes)
    if delimiter.startswith(("<!--", "--")):
        return _Edge(*place, _COMMENT, "opens" if delimiter == _COMMENT else "closes", "")
    return _Edge(*place, "", "goes", "")


def _neighbours(edges: list[_Edge]) -> tuple[list[int], list[int | None]]:
    """Return for each edge that opens the next edge of its name (else itself), and the next that closes it."""
    following: list[int] = list(range(len(edges)))
    closing: list[int | None] = [None] * len(edges)
    last: dict[str, int] = {}
    ends: dict[str, int] = {}
    for at in range(len(edges) - 1, -1, -1):
        name, role = edges[at].name, edges[at].role
        if role == "opens":
            following[at], closing[at] = last.get(name, at), ends.get(name)
        if role in ("opens", "closes"):
            last[name] = at
        if role == "closes":
            ends[name] = at
    return following, closing


def _is_real(markup: str, edge: _Edge, following: _Edge, until: int) -> bool:
    """Whether an element that is closed begins here, and not a sentence that mentions it.

    ``following``: the next edge of its name. ``until``: where the next edge of any name begins.
    """
    nested = following.role == "opens"
    contents = markup[edge.end : until]
    if edge.name == _COMMENT:
        mention = in_running_text(markup, edge.start)
    else:
        mention = is_mention(markup, edge.start, edge.end, edge.attributes)
    if mention and (nested or _leaves_paragraph(contents)):
        return False
    doubtful = edge.name != _COMMENT and (nested or (mention and edge.name in _CODE))
    return not (doubtful and _is_prose(contents))


def _leaves_paragraph(contents: str) -> bool:
    """Whether the paragraph around an element ends within its contents."""
    found = _PARAGRAPH.search(contents)
    return found is not None and bool(found[1])


def _is_prose(contents: str) -> bool:
    text = _ANY_TAG.sub(" ", contents)
    return len(_WORD.findall(text)) >= _PROSE_WORDS and not _CODE_SIGN.search(text)


def _is_code(rest: str) -> bool:
    return "</" not in rest and all(is_statement(line) for line in rest.split("\n") if line.strip())


def _alone(markup: str, edge: _Edge, escaped: bool) -> str:
    """Return what replaces a delimiter that has no partner."""
    written = markup[edge.start : edge.end]
    if edge.role == "stays" or (written[-1] != ">" and edge.role == "opens" and edge.name != _COMMENT):
        return written
    if edge.name == _COMMENT:
        return written if written[0] == "-" and not escaped else ""  # an arrow
    if edge.role != "opens":
        return ""
    mention = escaped or is_mention(markup, edge.start, edge.end, edge.attributes)
    return as_word(markup, edge.start, edge.end, edge.name) if mention else " "


def _joins(markup: str, start: int, end: int) -> bool:
    """Whether the characters around a part of the markup would be read as one word without it."""
    return markup[max(0, start - 1) : start].isalnum() and markup[end : end + 1].isalnum()


def _declaration(match: re.Match[str]) -> str:
    sign, rest, end = match.groups()
    if sign is None or (not end and not rest[:1].isalpha()):
        return f"&lt;{match.group()[1:]}"
    return "" if end and not SENTENCE_END.search(rest) else f" {rest}{end}"
