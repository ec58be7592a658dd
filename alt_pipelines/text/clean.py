"""From what a feed delivered to text that can be analysed: one title line, and a body with one paragraph a line.

    clean_article("A &amp;amp; B", "<p>Some <b>text</b>…</p>")  ->  CleanText("A & B", "Some text...", truncated=False)
    clean_article("", "12 34 !!")                              ->  Refusal("no_letters")

The order matters: markup goes before entities are unescaped a second time, bytes read in the wrong encoding are
repaired before control characters go, and lengths are cut before anything that costs more than a scan. Every step is
linear. Nothing is judged here by its words: lists against "prompt injection" refused ordinary news.
"""

import html
import re
from dataclasses import dataclass
from typing import Literal

import ftfy

from alt_pipelines.text.markup import looks_like_markup, text_of
from alt_pipelines.text.normal import collapse, nfkc, remove_unseen

TITLE_LIMIT = 1000
CONTENT_LIMIT = 100_000

_ESCAPE_ROUNDS = 4  # an entity escaped more often than this is somebody's test
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});|&(?:amp|lt|gt|quot|nbsp)\b", re.IGNORECASE)
_TORN_ENTITY = re.compile(r"& ?(nbsp|amp|lt|gt|quot|apos|#\d{2,5});|(?<!\w)(nbsp|#\d{3,5});", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_MOJIBAKE = re.compile("[ÂÃâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[ãäåæçè][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}")
_WRAPPED_WIDTH = (
    90  # a line this short at most, and most lines near it, was broken by a mail program and not by an author
)
_SENTENCE_END = ".!?。！？:;\"'”」』)"


@dataclass(frozen=True)
class CleanText:
    """Text to be analysed. ``truncated``: the body was longer than the limit and its rest was left out."""

    title: str
    text: str
    truncated: bool

    @property
    def sanitized_length(self) -> int:
        """Characters of title and body together."""
        return len(self.title) + len(self.text)


@dataclass(frozen=True)
class Refusal:
    """Why there is nothing to analyse: ``blank`` (only white space and markup) or ``no_letters`` (digits, symbols)."""

    reason: Literal["blank", "no_letters"]


def clean_article(
    title: str | None,
    content: str | None,
    *,
    title_limit: int = TITLE_LIMIT,
    content_limit: int = CONTENT_LIMIT,
) -> CleanText | Refusal:
    """The title (at most ``title_limit`` characters) and body (at most ``content_limit``) of an article as plain text.

    Never raises for any string. A title without a body, or a body without a title, is an article.
    """
    head, _ = clean_text(title or "", title_limit)
    body, truncated = clean_text(content or "", content_limit)
    head = head.replace("\n", " ")
    if not head and not body:
        return Refusal("blank")
    if not any(c.isalpha() for c in head) and not any(c.isalpha() for c in body):
        return Refusal("no_letters")
    return CleanText(head, body, truncated)


def clean_text(raw: str, limit: int) -> tuple[str, bool]:
    """(plain text of at most ``limit`` characters, whether it was cut); a paragraph a line, NFKC, nothing invisible."""
    text, cut = _plain(raw, limit)
    if not text.isascii() and _MOJIBAKE.search(text):
        text = ftfy.fix_encoding(text)
    text = collapse(remove_unseen(_FENCE.sub("\n", text)))
    text = _unwrapped(collapse(nfkc(text[: 2 * limit])))
    return text[:limit].rstrip(), cut or len(text) > limit


def _plain(raw: str, limit: int) -> tuple[str, bool]:
    """Without markup and entities, however often either was escaped; cut where more could not matter."""
    text, cut = raw, False
    for _ in range(_ESCAPE_ROUNDS):
        if looks_like_markup(text):
            text = text_of(text)
        if len(text) > 8 * limit:
            text, cut = text[: 8 * limit], True  # the longest common entity of one character has eight
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return _TORN_ENTITY.sub(" ", text) if ";" in text else text, cut


def _unwrapped(text: str) -> str:
    """Lines that a mail program broke at a fixed width are joined again; lines that are paragraphs stay."""
    lines = text.split("\n")
    widths = [len(line) for line in lines[:-1]]
    widest = max(widths, default=0)
    if len(lines) < 4 or widest > _WRAPPED_WIDTH or sum(w >= 0.7 * widest for w in widths) < 0.6 * len(widths):
        return text
    out = [lines[0]]
    for line, before in zip(lines[1:], lines, strict=False):
        ends = before[-1:] in _SENTENCE_END and len(before) < 0.7 * widest
        joint = "" if before[-1:] > "\u2e7f" else " "
        if ends:
            out.append(line)
        else:
            out[-1] += joint + line
    return "\n".join(out)
