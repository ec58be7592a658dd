r"""Removes Markdown, front matter, shortcodes and formulas from plain text.

    without_markup("---\ntitle: x\n---\nUse `pandas` for $x_i$.")  ->  "Use pandas for ."

A fenced block is removed only if its fence is closed, and either names a language or encloses text that does not read
like prose. An unclosed fence that names a language removes the code below it up to the next blank line. A rule of
tildes between two paragraphs removes nothing. All patterns
are linear: their runs are bounded or stop at the character that starts the next match.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from alt_pipelines.text.captions import describes
from alt_pipelines.text.code import tool_of
from alt_pipelines.text.lines import HEADING, LINK, LINK_END

_FRONT_MATTER_LINES = 60
_FORMULA_LINES = 60
_PROSE_WORDS = 6  # words in a line of prose, which also has hardly any code characters
_PROSE_SHARE = 0.5  # of the lines of a fenced block

_FENCE = re.compile(r"\s{0,12}(`{3,}+|~{3,}+)[ \t]*([^`\n]*)")
_DIRECTIVE = re.compile(r"\s{0,3}(?::{3,}|@\[[\w-]{1,30}\]\()")
_FIELD = re.compile(r"\s*(?:[\w.-]{1,40}\s*[:=]|- |[\])},]|#|\"|'|$)")
_CODE_SIGNS = re.compile(r"[{}<>=;\\_$()\[\]|]")
_OPTION = re.compile(r"(?:^|\s)--[a-z]")  # of a command
_WORD = re.compile(r"[^\W\d_]{2,}+")
_WIDE_STOP = re.compile("[、。]")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}+[ \t]++(?=\S)", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}+\]\([^()\n]{0,600}+\)")
_LINKED = re.compile(r"\[([^\[\]\n]{1,300}+)\]\([^()\s]{1,600}+[^()\n]{0,100}+\)")
_INLINE_CODE = re.compile(r"(?<!`)(`{1,3}+)([^`\n]{1,200}+)\1(?!`)")
_SHORTCODE = re.compile(r"\[/?+[a-z][\w-]{0,30}+(?:[ \t][^\[\]\n]{0,300}+)?+\]")
# Shortcodes that are blocks: of pictures and players, and of page builders ("vc_row", "et_pb_text").
_BLOCK_CODE = re.compile(
    r"(?:caption|gallery|embed|video|audio|playlist|row|column|section|contact-form-7|(?:vc|et|fusion|av|wpb|mk)_\w+)\b"
)
# Notations of a blog system for its pictures, goods and lists: [f:id:name:20250412083015j:plain], [asin:B0:detail].
_NOTATION = re.compile(
    r"\[(?::contents|:toc\w{0,6}|(?:[fabd]:id|id|asin|isbn|rakuten|itunes|niconico|youtube|gist|keyword|uuid):"
    r"[^\[\]\s]{1,200}+|https?://[^\[\]\s]{1,300}?:(?:title|embed|image|cite)[^\[\]\s]{0,60})\]"
)
_PICTURE_CODE = re.compile(r"\[caption\b[^\[\]\n]{0,400}\]([^\[\]]{0,400})\[/caption\]")
# Short codes in lower case that are a whole line: "[toc] [ad#co-1]".
_CODE_LINE = re.compile(r"^[ \t]{0,8}(?:\[/?[a-z][\w#:-]{0,40}\][ \t]{0,4}){1,8}$", re.MULTILINE | re.ASCII)
# The first row of a table, above its rule: "| Name | Club |" and "|---|---|".
_HEADER_ROW = re.compile(
    r"^[ \t]{0,3}\|?[ \t]{0,8}[^|\s\n][^|\n]{0,60}\|[^\n]{1,300}\n"
    r"(?=[ \t]{0,3}\|?[ \t]{0,8}:?-{2,60}:?[ \t]{0,8}\|[-|: \t]{0,300}$)",
    re.MULTILINE,
)
_ELLIPSIS = re.compile(r"\[(?:…|\.{3}|&hellip;)\]")
# Names of Python and JavaScript look like emphasis: __init__, __dirname.
_RESERVED = (
    r"(?<!\w)__(?:init|name|main|all|dict|call|str|repr|slots|file|doc|class|new|del|len|iter|next|enter|exit|aenter"
    r"|aexit|eq|hash|bool|getattr|setattr|getitem|setitem|delitem|contains|version|future|pycache|post_init|proto"
    r"|dirname|filename)(?:__)?+(?!\w)"
)
_EMPHASIS = re.compile(rf"({_RESERVED})|\*\*|(?<!_)__(?=[^\W_])|(?<=[^\W_])__(?!_)|~~")
# One mark on each side of a phrase: *Photo: Ann Roe*, _in print_. Not 5*3*2, *args or a_name.
_SLANTED = re.compile(
    r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,300})(?<![\s\\])\*(?![\w*])|(?<![\w\\])_(?=[^\W_])([^_\n]{1,300})(?<!\s)_(?!\w)"
)
_FORMULA = re.compile(
    r"\$(?=[^$\n]{0,200}[\\^_{}])[^$\n]{1,300}+\$|\$[A-Za-z]{1,2}\$"
    r"|\\\((?:[^\\\n]|\\[^()\[\]]){0,300}+\\\)|\\\[(?:[^\\]|\\[^()\[\]]){0,600}+\\\]"
)
_FORMULA_BLOCK = re.compile(r"\s*(?:\$\$|\\begin\{(\w+\*?)\})")


def without_markup(text: str) -> str:
    """Remove code blocks, front matter, shortcodes and formulas; links and headings become marks."""
    text = without_code(text)
    if "`" in text:
        text = _INLINE_CODE.sub(_code_span, text)
    if "[" in text:
        text = _CODE_LINE.sub("", _NOTATION.sub("\n", text) if ":" in text else text)
        text = _without_shortcodes(_LINKED.sub(rf"{LINK}\1{LINK_END}", _IMAGE.sub("", text)))
    if "-|" in text or "- |" in text or ":|" in text:
        text = _HEADER_ROW.sub("", text)
    if "$" in text or "\\" in text:
        text = _FORMULA.sub(" , ", _without_formula_blocks(text))
    if "#" in text:
        text = _HEADING.sub(HEADING, text)
    text = _EMPHASIS.sub(r"\1", text) if "**" in text or "__" in text or "~~" in text else text
    return _SLANTED.sub(_phrase_of, text) if "*" in text or "_" in text else text


def _phrase_of(slanted: re.Match[str]) -> str:
    return slanted[1] or slanted[2]


def _code_span(span: re.Match[str]) -> str:
    """Return what replaces code within a line: of a command its program, or nothing if the line is a command."""
    tool = tool_of(span[2])
    if tool is None:
        return span[2]
    line_starts = span.string[max(0, span.start() - 1) : span.start()] in ("", "\n")
    line_ends = span.string[span.end() : span.end() + 1] in ("", "\n")
    return "" if line_starts and line_ends else tool


def without_code(text: str) -> str:
    """Remove front matter, fenced code and directives, line by line."""
    if "---" in text[:8] or "+++" in text[:8]:
        text = _without_front_matter(text)
    if "```" not in text and "~~~" not in text and ":::" not in text and "@[" not in text:
        return text
    lines = text.split("\n")
    kept = "\n".join(_outside_fences(lines))
    return kept if kept.strip() else text


def _outside_fences(lines: list[str]) -> Iterator[str]:
    fences = [_FENCE.fullmatch(line) if "```" in line or "~~~" in line else None for line in lines]
    closings = _closings(fences)
    blanks = _next_blanks(lines)
    prose = _Prose(lines)
    at = 0
    while at < len(lines):
        fence = fences[at]
        if fence is not None:
            end = closings.get(at)
            if end is not None and (_names_language(fence.group(2)) or not prose.fills(at + 1, end)):
                at = end
            elif fence.group(2) and not _names_language(fence.group(2)):
                yield fence.group(2)
            elif end is None and fence.group(2):
                blank = blanks[at + 1]
                at = at if blank == len(lines) or prose.fills(at + 1, blank) else blank
        elif not _DIRECTIVE.match(lines[at]):
            yield lines[at]
        at += 1


def _closings(fences: Sequence[re.Match[str] | None]) -> dict[int, int]:
    """Map each fence to its closing line: the next bare fence of its kind that is at least as long. One pass.

    ``fences`` holds each line's fence, or None.
    """
    closings: dict[int, int] = {}
    bare: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}  # (line, length), nearest last, lengths rising inwards
    for at in range(len(fences) - 1, -1, -1):
        fence = fences[at]
        if fence is None:
            continue
        run, info = fence.groups()
        stack = bare[run[0]]
        nearest = next((line for line, length in reversed(stack[-20:]) if length >= len(run)), None)
        if nearest is not None:
            closings[at] = nearest
        if not info.strip():
            while stack and stack[-1][1] <= len(run):
                stack.pop()
            stack.append((at, len(run)))
    return closings


def _names_language(info: str) -> bool:
    return bool(info.strip()) and len(info.split()[0]) <= 20 and len(info.split()) <= 3


def _next_blanks(lines: Sequence[str]) -> list[int]:
    """Return for each line, and for the end, the first blank line from there on, or the number of lines. One pass."""
    blanks = [len(lines)] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        blanks[at] = blanks[at + 1] if lines[at].strip() else at
    return blanks


class _Prose:
    """Which parts of a text read like prose. Each line is read once, however many parts are asked about."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._written = list(accumulate((bool(line.strip()) for line in lines), initial=0))
        self._prose = list(accumulate(map(_is_prose, lines), initial=0))

    def fills(self, first: int, end: int) -> bool:
        """Whether the lines from ``first`` to before ``end`` are prose, the blank ones aside."""
        written = self._written[end] - self._written[first]
        return written > 0 and self._prose[end] - self._prose[first] >= _PROSE_SHARE * written


def _is_prose(line: str) -> bool:
    words = len(_WORD.findall(line)) + 3 * len(_WIDE_STOP.findall(line))
    return words >= _PROSE_WORDS and len(_CODE_SIGNS.findall(line)) <= words // 6 and not _OPTION.search(line)


def _without_front_matter(text: str) -> str:
    lines = text.lstrip().split("\n")
    rule = lines[0].strip()
    if rule not in ("---", "+++"):
        return text
    for at, line in enumerate(lines[1 : _FRONT_MATTER_LINES + 1], 1):
        if line.strip() == rule:
            return "\n".join(lines[at + 1 :])
        if not _FIELD.match(line):
            break
    return text


def _without_shortcodes(text: str) -> str:
    """Remove the tags of ``[name key=value]`` and ``[name] ... [/name]``; other words in brackets stay."""
    text = (
        _PICTURE_CODE.sub(lambda m: f"\n{m[1]}\n" if describes(m[1]) else "\n", text) if "[/caption]" in text else text
    )
    codes = {code.strip("[/]") for code in _SHORTCODE.findall(text) if code.startswith("[/")}

    def rewrite(match: re.Match[str]) -> str:
        code = match.group()
        name = code.strip("[/]").split(None, 1)[0]
        if name in codes or "=" in code:
            return "\n" if _BLOCK_CODE.match(name) else " "
        return code

    return _ELLIPSIS.sub(" ", _SHORTCODE.sub(rewrite, text))


def _without_formula_blocks(text: str) -> str:
    if "$$" not in text and "\\begin{" not in text:
        return text
    lines = text.split("\n")
    out = []
    at = 0
    while at < len(lines):
        opening = _FORMULA_BLOCK.match(lines[at])
        if opening is None:
            out.append(lines[at])
        else:
            end = f"\\end{{{opening.group(1)}}}" if opening.group(1) else "$$"
            rest = lines[at][opening.end() :]
            last = at if end in rest else _ending(lines, at + 1, end)
            out.append(rest if last is None else (rest if last == at else lines[last]).partition(end)[2])
            at = at if last is None else last
        at += 1
    return "\n".join(out)


def _ending(lines: list[str], start: int, end: str) -> int | None:
    return next((at for at in range(start, min(len(lines), start + _FORMULA_LINES)) if end in lines[at]), None)
