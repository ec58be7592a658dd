"""Cleans a delivered article for analysis: one title line, and a body with one phrase or paragraph per line.

    clean_article("A &amp;amp; B", "<p>Some <b>text</b>…</p>")  ->  CleanText("A & B", "Some text...", False)
    clean_article("", "12 34 !!")                              ->  Refusal("no_letters")

The order of the steps matters:

* Markup is removed before entities are unescaped a second time.
* Mojibake is repaired before control characters are removed.
* Lengths are cut before any step that costs more than a scan.
* Boilerplate (``boilerplate``) is removed last, from clean lines.

Every step is linear. A text is refused (``Refusal``, status `rejected`) only if it has no letters, never for its
words: word lists against "prompt injection" refused ordinary news.
"""

import html
import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Literal

import ftfy

from alt_pipelines.text.angle_brackets import with_text_in_brackets
from alt_pipelines.text.boilerplate.field_labels import repeated_labels, structural_words
from alt_pipelines.text.boilerplate.letters import without_armour
from alt_pipelines.text.boilerplate.patches import without_patch
from alt_pipelines.text.boilerplate.removal import article_title, own_lines
from alt_pipelines.text.boilerplate.social_notes import title_without_author
from alt_pipelines.text.lines import MARKS, parse
from alt_pipelines.text.markdown import without_code, without_markup
from alt_pipelines.text.markup import has_blocks, looks_like_markup, marked_text
from alt_pipelines.text.normal import collapse, nfkc, remove_unseen
from alt_pipelines.text.pages import article_of, is_page
from alt_pipelines.text.readings import title_without_readings, without_readings
from alt_pipelines.text.wrapping import unwrap, with_whole_names

TITLE_LIMIT = 1000
CONTENT_LIMIT = 100_000

_MARKUP_SHARE = 20  # characters of a delivered title per character kept: room for markup and entities
_ESCAPE_ROUNDS = 4  # an entity escaped more often than this does not occur in practice
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});|&(?:amp|lt|gt|quot|nbsp)\b", re.IGNORECASE)
_NO_CHARACTER = re.compile(
    r"&#(?:\d{8,}+|x[\da-f]{7,}+);?+", re.IGNORECASE
)  # html.unescape raises on thousands of digits
_TORN_ENTITY = re.compile(r"& ?(nbsp|amp|lt|gt|quot|apos|#\d{2,5});|(?<!\w)(nbsp|#\d{3,5});", re.IGNORECASE)
# Emoji end a phrase, as a punctuation mark does. Stars, hearts and notes do not: they are part of some names.
_PICTOGRAPHS = re.compile(
    "[\u20e3\u231a\u231b\u23e9-\u23fa\u2600-\u2604\u260e-\u2619\u2620-\u2660\u2668\u2670-\u27bf\u2b1b\u2b1c\u2b50\U0001f000-\U0001faff]+"
)
# Emoji of a server, by their names: ":ablobcat:".
_SHORTCODE = re.compile(r":(?<![A-Za-z0-9_:/.]:)(?:[A-Za-z_][A-Za-z0-9_+-]{1,40}|[+-]1|100):(?![A-Za-z0-9_:/`])")
_OPENING, _CLOSING = frozenset("【「『(["), frozenset("】」』)]")
_FENCED_CODE = re.compile(r"^[ \t]{0,12}(?:```|~~~)", re.MULTILINE)
_MOJIBAKE = re.compile("[ÂÃâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[ãäåæçè][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}")


@dataclass(frozen=True)
class CleanText:
    """Text for analysis. ``truncated``: the body exceeded the limit and was cut.

    ``labels``: words that name parts of the article, such as fields and speakers (``field_labels.structural_words``).
    ``headings``: those of them that are headings, as they are written.
    """

    title: str
    text: str
    truncated: bool
    labels: frozenset[str] = frozenset()
    headings: frozenset[str] = frozenset()

    @property
    def sanitized_length(self) -> int:
        """Number of characters of title and body together."""
        return len(self.title) + len(self.text)


@dataclass(frozen=True)
class Refusal:
    """Why a text cannot be analysed: ``blank`` (only white space and markup) or ``no_letters`` (digits, symbols)."""

    reason: Literal["blank", "no_letters"]


def clean_article(
    title: str | None,
    content: str | None,
    *,
    title_limit: int = TITLE_LIMIT,
    content_limit: int = CONTENT_LIMIT,
    site_lines: Set[int] = frozenset(),
) -> CleanText | Refusal:
    """Return the title (at most ``title_limit`` characters) and body (at most ``content_limit``) as plain text.

    ``site_lines``: keys (``boilerplate.line_key``) of lines that the article's site repeats. Never raises for any
    string. A title without a body, or a body without a title, is a valid article.
    """
    head, _ = clean_text((title or "")[: _MARKUP_SHARE * title_limit], title_limit)
    head = article_title(title_without_readings(head.replace("\n", " "), content or ""))
    marked, truncated = marked_lines(content or "", content_limit)
    lines = parse(marked)
    labels = repeated_labels(lines)
    own = own_lines(head, lines, site_lines, labels)
    body = "\n".join(own)
    head = title_without_author(head, body) if body else head
    if not head and not body:
        return Refusal("blank")
    if not any(c.isalpha() for c in head) and not any(c.isalpha() for c in body):
        return Refusal("no_letters")
    structural = structural_words(head, lines, labels, own)
    headings = frozenset(line.text for line in lines if line.heading and line.text.casefold() in structural)
    return CleanText(head, body, truncated, structural, headings)


def clean_text(raw: str, limit: int) -> tuple[str, bool]:
    """Return (plain text of at most ``limit`` characters, whether it was cut).

    The text has one paragraph per line, is NFKC-normalised and contains no invisible characters.
    """
    marked, cut = marked_lines(raw, limit)
    return collapse(MARKS.sub("", marked)), cut


def marked_lines(raw: str, limit: int) -> tuple[str, bool]:
    """Clean as ``clean_text`` does, but keep the marks of links and headings that ``lines.parse`` reads."""
    text, blocks, cut = _plain(raw if raw.isascii() else MARKS.sub(" ", raw), limit)
    if not text.isascii() and _MOJIBAKE.search(text):
        text = ftfy.fix_encoding(text)
    text = without_markup(without_patch(without_armour(remove_unseen(text))))
    text = without_readings(nfkc(text[: 2 * limit]))
    text = with_whole_names(text) if blocks else unwrap(text)
    text = _SHORTCODE.sub("\n", text) if ":" in text else text
    text = (not text.isascii() and collapse(_PICTOGRAPHS.sub(_phrase_end, text))) or collapse(text)
    return text[:limit].rstrip(), cut or len(text) > limit


def _phrase_end(emoji: re.Match[str]) -> str:
    """Return what replaces emoji: a new line, or nothing next to a bracket, where they end nothing: 【拡散希望🙏】."""
    text, start, end = emoji.string, emoji.start(), emoji.end()
    bracketed = text[start - 1 : start] in _OPENING or text[end : end + 1] in _CLOSING
    return "" if bracketed else "\n"


def _plain(raw: str, limit: int) -> tuple[str, bool, bool]:
    """Return (text without markup and entities, whether block elements end its lines, whether it was cut).

    Entities that were escaped up to ``_ESCAPE_ROUNDS`` times are resolved.
    """
    text, blocks, cut = raw, False, False
    if _FENCED_CODE.search(text) and looks_like_markup(text):
        text = without_code(text)  # before the line ends of its source are lost
    for layer in range(_ESCAPE_ROUNDS):
        text = with_text_in_brackets(text)
        if looks_like_markup(text):
            now = has_blocks(text)
            if layer == 0 and is_page(text):
                text = article_of(text)
            else:
                text = marked_text(text, escaped=layer > 0, keep_breaks=blocks or not now)
            blocks = blocks or now
        if len(text) > 8 * limit:
            text, cut = text[: 8 * limit], True  # common entities have at most eight characters
        if "&" in text and _ENTITY.search(text):
            text = unescaped(text)
        elif "<" not in text or not looks_like_markup(text):
            break
    text = with_text_in_brackets(text) if "<<" in text else text
    return _TORN_ENTITY.sub(" ", text) if ";" in text else text, blocks, cut


def unescaped(text: str) -> str:
    """Resolve the entities of a text once. A reference to no character (eight digits or more) becomes a space."""
    return html.unescape(_NO_CHARACTER.sub(" ", text))
