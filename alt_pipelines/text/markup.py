r"""Extracts lines of text from HTML, however broken or hostile: one line per block element.

    text_of("<p>Hello <b>wor</b>ld<script>x()</script><p>Next")  ->  "Hello world\nNext"

A linear pass over the raw markup removes what makes parsers slow (scripts, deep nesting, attributes). Then selectolax
parses the rest (Lexbor, an HTML5 parser in C, 5 million characters in 0.13 s). Links and headings are marked by
private-use characters in the lines, which `lines` reads.

Out of scope: double-escaped entities, Unicode and Markdown (``clean``); the article within a page (``pages``).
"""

import re
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from alt_pipelines.text.captions import describes
from alt_pipelines.text.closed_elements import closed_elements
from alt_pipelines.text.code import tool_of
from alt_pipelines.text.lines import BREAK, HEADING, LINK, LINK_END, MARKS
from alt_pipelines.text.mentions import as_word, is_mention
from alt_pipelines.text.pointed_lists import without_pointed_lists
from alt_pipelines.text.raw_elements import SENTENCE_END, without_declarations, without_raw_elements
from alt_pipelines.text.sentences import SENTENCE_ENDS
from alt_pipelines.text.stopwords import word_set
from alt_pipelines.text.tables import column_headings, drop_codes, drop_number_tables
from alt_pipelines.text.widgets import VOID, without_widgets

LONGEST = 1_000_000  # characters of markup read, without scripts: ten times the longest text kept
DEEPEST = 250  # levels; HTML5 parsing is quadratic in the depth of open elements (100 000 divs took 29 s)
MOST = 20_000  # elements read; a page of 100 000 characters of text has some 5 000, and 1 MB of "<div>" has 200 000
_LITTLE_TEXT = 200  # characters, a line or two: of an article whose captions are part of its text

# The quantifiers of these patterns do not backtrack, and none runs past the next "<".
_TAG = re.compile(
    r"""</?+[a-z][\w:-]*+(?:\s++[a-z_:@"'/][^<>]*+|\s*+/?+)>|<!--|<!doctype|<\?xml|<!\[CDATA\[""", re.IGNORECASE
)
_ELEMENT = re.compile(r"""<(/?+)([a-zA-Z][\w:-]*+)((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>|[^<>]*+>?+)""")
_CLOSING = re.compile(r"</([a-zA-Z][\w:-]*+)")
_BLOCK = re.compile(r"<(?:p|div|br|li|tr|td|h[1-6]|dt|dd|blockquote|section|article|pre)\b", re.IGNORECASE)

_UNREAD = [
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "noscript",
    "template",
    "svg",
    "math",
    "head",
    "select",
    "button",
    "dialog",
    "rt",
    "rp",
    "rtc",
    "datalist",
]
_INLINE_CODE = frozenset(("code", "samp"))
_PARTS_OF_WORDS = frozenset(("rt", "rp", "rtc"))  # readings, within a word
_CODE = ["pre", "textarea", "listing", "xmp"]
_NOT_TEXT = [*_UNREAD, *_CODE]
# What is left out of the text leaves a space, or a line break if it is a block: x<svg>...</svg>y is two words.
_LEAVES_SPACE = frozenset(_UNREAD) - _PARTS_OF_WORDS
_LEAVES_BREAK = frozenset(_CODE) | word_set("aside figcaption footer form menu nav table")
_INLINE = word_set("a abbr b bdi bdo big cite del em font i ins mark q s small span strike strong sub sup time tt u")
_END_OPTIONAL = word_set("p li dt dd tr td th thead tbody tfoot option optgroup colgroup html body head div center")
_ELEMENTS = (
    VOID
    | frozenset(_UNREAD)
    | frozenset(_CODE)
    | _INLINE
    | _END_OPTIONAL
    | word_set(
        """
        address applet article aside audio blockquote button canvas caption code data details dfn dialog dir dl
        fieldset figcaption figure footer form frame frameset h1 h2 h3 h4
        h5 h6 header hgroup kbd label legend main map menu meter
        nav nobr noframes ol output param picture pre progress ruby rb samp search section slot summary table title ul
        var video
        """
    )
)
# Elements whose contents may be left out of the text, or that a parser reads as one piece of text.
_HIDING = (frozenset(_NOT_TEXT) - VOID - {"head"}) | word_set(
    "aside code figcaption footer form frameset menu nav noframes samp title"
)
_BLOCKS = (
    "address,article,aside,blockquote,br,caption,center,dd,details,div,dl,dt,fieldset,figcaption,figure,footer,form,"
    "header,hr,li,main,nav,ol,p,pre,section,summary,table,td,th,tr,ul"
)


def looks_like_markup(text: str) -> bool:
    """Whether a text contains at least one tag, comment, document type or CDATA section."""
    return _TAG.search(text) is not None


def has_blocks(markup: str) -> bool:
    """Whether block elements define the line ends, so that line breaks of the source do not."""
    return _BLOCK.search(markup) is not None


def text_of(markup: str, *, part: bool = False) -> str:
    """Return the readable text without marks, one line per block.

    Args:
        markup: HTML.
        part: it is a part of an article, so that nothing remains of a part that is only a table of numbers.
    """
    return MARKS.sub("", marked_text(markup, part=part))


def marked_text(markup: str, *, escaped: bool = False, keep_breaks: bool = False, part: bool = False) -> str:
    """Return the readable text, one line per block, with the marks of ``lines``; drops scripts, frames, code blocks.

    Args:
        markup: HTML, of which ``LONGEST`` characters are read.
        escaped: the markup itself was escaped in the source. An element that is never closed, or that HTML does not
            have, is then a word of the text (an article about ``<dialog>``) and removes nothing after it.
        keep_breaks: line breaks of the source end lines too.
        part: see ``text_of``.
    """
    markup = tamed(markup, escaped=escaped)
    return tamed_lines(markup.replace("\n", BREAK) if keep_breaks else markup, part=part)


def tamed_lines(markup: str, *, part: bool = False) -> str:
    """Return the marked lines of markup that ``tamed`` returned, or of a part of it.

    The captions of pictures are left out, except those that tell something beside a text of a line or two.
    """
    low = markup.lower()
    lines = _read(markup, low, [*_NOT_TEXT, "figcaption"])
    if "<figcaption" in low and len(lines) <= _LITTLE_TEXT:
        lines = _read(markup, low, _NOT_TEXT)
    # Some feeds put the whole article in <pre>, and some articles are only a table.
    return lines if lines or (part and "<table" in low) else _everything(markup)


def _read(markup: str, low: str, unread: list[str]) -> str:
    """Return the marked lines of markup without the elements ``unread``. ``low``: the markup in lower case."""
    tree = LexborHTMLParser(markup)
    if "<figcaption" in low:
        _keep_captions_of_nothing(tree)
    tree.strip_tags(unread)
    if "<figcaption" in low and "figcaption" not in unread:
        _drop_picture_credits(tree)
    if "<code" in low or "<samp" in low:
        _drop_code(tree)
    if "<table" in low:
        drop_number_tables(tree)
        drop_codes(tree)
    return tree_lines(tree)


def tamed(markup: str, *, escaped: bool = False) -> str:
    """Make markup parsable in linear time: remove raw-text elements, widgets and attributes, and bound its depth.

    Where an element too deep or too many begins or ends, the text has a line break.
    """
    markup = without_declarations(without_raw_elements(markup, escaped=escaped)[:LONGEST])
    markup = without_pointed_lists(without_widgets(markup))
    ended = {name.lower() for name in set(_CLOSING.findall(markup))}
    closed = closed_elements(markup, islice(_ELEMENT.finditer(markup), MOST), _HIDING)
    kept_ends: set[int] = set()
    depth = elements = 0

    def rewrite(match: re.Match[str]) -> str:
        nonlocal depth, elements
        elements += 1
        if elements > MOST:
            return BREAK
        closing, name, rest = match.groups()
        low = name if name.islower() else name.lower()
        if rest[-1:] != ">" or ("=" not in rest and SENTENCE_END.search(rest)):
            return f"&lt;{match.group()[1:]}"  # "x<y and": not a tag
        if low in _HIDING and not closing:
            if match.start() not in closed:
                return _of_unclosed(match, escaped)
        elif low not in ended and _is_word(match, escaped):
            return _word(match)
        ends = match.start() in kept_ends
        if low not in VOID and not rest.endswith("/>"):
            depth = max(0, depth - 1) if closing else depth + 1
            if not ends and (depth > DEEPEST or (closing and depth == DEEPEST)):
                return BREAK
        if not closing and match.start() in closed:
            kept_ends.add(closed[match.start()])
        tag = f"<{closing}{name}>"
        if (closing or low in VOID) and markup[match.end() : match.end() + 1].isalnum():
            tag += " " if low in _LEAVES_SPACE else BREAK if low in _LEAVES_BREAK else ""
        return tag

    return _ELEMENT.sub(rewrite, markup)


def _of_unclosed(tag: re.Match[str], escaped: bool) -> str:
    """Return what replaces the tag of an element that never ends, and whose contents would be left out."""
    name = tag[2].lower()
    if name in _INLINE_CODE and tag.string[tag.end() : tag.end() + 1].isalnum():
        return ""  # "call <code>run", where the text was cut
    if escaped or is_mention(tag.string, tag.start(), tag.end(), tag[3][:-1]):
        return as_word(tag.string, tag.start(), tag.end(), tag[2])
    return BREAK if name in _LEAVES_BREAK else "" if name in _PARTS_OF_WORDS else " "


def tree_lines(tree: LexborHTMLParser | LexborNode) -> str:
    """Return the marked lines of a parsed tree or of a part of it. Modifies the tree."""
    for node in tree.css(_BLOCKS):
        node.insert_before(BREAK)
        node.insert_after(BREAK)
    for node in column_headings(tree):
        node.insert_before(BREAK + HEADING)
    for node in tree.css("a,h1,h2,h3,h4,h5,h6"):
        link = node.tag == "a"
        node.insert_before(LINK if link else BREAK + HEADING)
        node.insert_after(LINK_END if link else BREAK)
    root = tree if isinstance(tree, LexborNode) else (tree.body or tree.root)
    text = root.text(separator="") if root is not None else ""
    lines = (line.strip() for line in " ".join(text.split()).split(BREAK))
    return "\n".join(line for line in lines if line and (line[0] not in LINK + LINK_END + HEADING or _has_text(line)))


def _has_text(line: str) -> bool:
    return bool(MARKS.sub("", line).strip())


def _is_word(tag: re.Match[str], escaped: bool) -> bool:
    """Whether the tag of an element that is closed nowhere is a word in angle brackets."""
    name = tag[2].lower()
    if name not in _ELEMENTS:
        return "-" not in name and (":" not in name or "::" in name)
    if name in VOID or name in _INLINE or name in _END_OPTIONAL:
        return False
    return escaped or is_mention(tag.string, tag.start(), tag.end(), tag[3][:-1])


def _word(tag: re.Match[str]) -> str:
    """Return the name in brackets as a word; right after another word, as in List<String>, it keeps its brackets."""
    after_word = tag.string[max(0, tag.start() - 1) : tag.start()].isalnum() and tag[2].lower() not in _ELEMENTS
    return f"＜{tag[2]}＞" if after_word else as_word(tag.string, tag.start(), tag.end(), tag[2])


def _everything(markup: str) -> str:
    tree = LexborHTMLParser(markup.replace("\n", BREAK) if "<pre" in markup.lower() else markup)
    tree.strip_tags(_UNREAD)
    return tree_lines(tree)


def _keep_captions_of_nothing(tree: LexborHTMLParser) -> None:
    """Make paragraphs of the captions that are sentences, outside a figure and right below a text."""
    figured = {node.mem_id for node in tree.css("figure figcaption")}
    for node in tree.css("figcaption"):
        before = node.prev
        while before is not None and before.tag == "-text" and not before.text().strip():
            before = before.prev
        text = node.text().strip()
        below_text = before is not None and before.tag != "figure" and before.text().strip()
        if below_text and node.mem_id not in figured and text.endswith(SENTENCE_ENDS) and describes(text):
            node.insert_before(f"{BREAK}{text}{BREAK}")
            node.decompose()


def _drop_picture_credits(tree: LexborHTMLParser) -> None:
    """Drop the captions that do not describe their pictures."""
    for node in tree.css("figcaption"):
        if not describes(node.text()):
            node.decompose()


def _drop_code(tree: LexborHTMLParser) -> None:
    """Drop code of several lines and lines that are a command.

    Other inline code is part of a sentence (an article about `pandas`), and so is the program of a command.
    """
    around: dict[int, str] = {}  # the text of each parent, which is read once
    for node in tree.css("code,samp"):
        code = node.text().strip()
        tool = tool_of(code)
        if tool is not None and (parent := node.parent) is not None and parent.mem_id not in around:
            around[parent.mem_id] = parent.text().strip()
        if "\n" in code or (tool is not None and parent is not None and around[parent.mem_id] == code):
            node.decompose()
        elif tool is not None:
            node.replace_with(tool)
