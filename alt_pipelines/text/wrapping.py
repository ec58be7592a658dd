"""Joins lines that were wrapped at a fixed width, as by a mail program; intentional line breaks are kept.

A line was wrapped if the next line's first word would not have fitted within the text's width. The lines of a list, a
poem or a series of headlines are short enough to have held that word, so they are not joined. A text that divides words
at the ends of its lines was wrapped too, whatever their widths. A line end inside a name is one in any text: "in Skerry
| Sound", where another line has Skerry Sound.
"""

import re
import unicodedata
from itertools import pairwise

from alt_pipelines.text.stopwords import BETWEEN_COMPOUNDS

_NARROWEST, _WIDEST = 44, 100  # columns of wrapped text; shorter lines are items, longer ones paragraphs
_LEAST_LINES = 3
_LEAST_SHARE = 0.75  # of the line ends within paragraphs must be forced for a text to count as wrapped
_ITEM = re.compile(
    r"[•*·–—■▼◆●※#>|-]|\d{1,3}[.)]|[^\W\d_][\w .-]{0,30}[:：]"
)  # a line end before one of these is not forced
_ACROSS = 2  # characters on either side of a line end that the text has elsewhere within a line
# The last word of a line, after one in lower case, and the first word of the next line: in Skerry | Sound.
_LAST_WORD = re.compile(r"(?:[a-zà-ÿ]{2} )([^\W\d_]{2,40})$")
_FIRST_WORD = re.compile(r"([^\W\d_]{2,40})[ ,.;]")
_LONGEST_WORD = 44  # characters at the end of a line that are examined
_WORD_PAIR = re.compile(r"(?=\b([^\W\d_]{2,40} [^\W\d_]{2,40})\b)")
# The end of a line that divides a word: harbour mas- | ter. A conjunction does not continue one: Rad- | und Gehwege.
_DIVIDED = re.compile(r"[^\W\d_]{2}-")
_HYPHENATED = re.compile(r"\b[^\W\d_]++-[^\W_]++")
_LEAST_DIVIDED = 2
_SENTENCE_END = tuple('.!?:;…"”»)]')
_WIDE_SLACK = 4  # columns by which a Japanese line may be shorter, because no line begins with a punctuation mark


def unwrap(text: str) -> str:
    """Replace forced line ends by spaces, or by nothing between wide characters.

    A blank line always ends a paragraph. Linear time.
    """
    return with_whole_names(_unwrapped(text))


def with_whole_names(text: str) -> str:
    """Return a text without the line ends inside names that it has within a line elsewhere."""
    lines = text.split("\n")
    cuts = {at: name for at, (line, following) in enumerate(pairwise(lines)) if (name := _cut_name(line, following))}
    if not cuts:
        return text
    pairs = frozenset(_WORD_PAIR.findall(text))
    ends = (" " if cuts.get(at) in pairs else "\n" for at in range(len(lines) - 1))
    return lines[0] + "".join(end + line for end, line in zip(ends, lines[1:], strict=True))


def _cut_name(line: str, following: str) -> str:
    """Return the two words with capitals around a line end that may be one name; "" if there are none."""
    if not (line[-1:].islower() and following[:1].isupper()):
        return ""
    last, first = _LAST_WORD.search(line[-_LONGEST_WORD:]), _FIRST_WORD.match(following)
    if last is None or first is None or not (last[1].istitle() and first[1].istitle()):
        return ""
    return f"{last[1]} {first[1]}"


def _unwrapped(text: str) -> str:
    if text.count("\n") + 1 < _LEAST_LINES:
        return text
    lines = [line.strip() for line in text.split("\n")]
    widths = [_columns(line) if len(line) <= 2 * _WIDEST else 2 * _WIDEST for line in lines]
    widest = max(widths)
    if not _NARROWEST <= widest <= _WIDEST:
        return text
    forced = [_forced(lines[i], lines[i + 1], widths[i], widest) for i in range(len(lines) - 1)]
    within = [full for i, full in enumerate(forced) if lines[i] and lines[i + 1]]
    wrapped = len(within) >= _LEAST_LINES - 1 and sum(within) >= _LEAST_SHARE * len(within)
    divided = [_is_divided(line, following) for line, following in pairwise(lines)]
    if sum(divided) >= _LEAST_DIVIDED:
        return _with_whole_words(lines, divided, forced if wrapped else divided)
    if not wrapped:
        return text
    whole = _pieces(lines)
    pieces = [lines[0]]
    for line, before, full in zip(lines[1:], lines, forced, strict=False):
        full = full or (before[-_ACROSS:] + line[:_ACROSS] in whole and _cut_in_a_word(before, line))
        pieces.append(("" if _wide(before[-1:]) or _wide(line[:1]) else " ") if full else "\n")
        pieces.append(line)
    return "".join(pieces)


def _is_divided(line: str, following: str) -> bool:
    """Whether a line end is within a word that is written with small letters: mas- | ter."""
    if not following[:2].islower() or _DIVIDED.fullmatch(line[-3:]) is None:
        return False
    return following.split(maxsplit=1)[0].lower() not in BETWEEN_COMPOUNDS


def _with_whole_words(lines: list[str], divided: list[bool], forced: list[bool]) -> str:
    """Return the text of lines that divide words, with whole words, and whole sentences in each line.

    A word keeps its hyphen where the text has it with one elsewhere. A line that continues another one, and goes on
    without the mark of a sentence's end, is continued by the next one.
    """
    known = frozenset(word for line in lines for word in _HYPHENATED.findall(line))
    pieces, continues = [lines[0]], False
    for at, (before, line) in enumerate(pairwise(lines)):
        goes_on = before and line and not before.endswith(_SENTENCE_END) and _ITEM.match(line) is None
        continues = forced[at] or bool(goes_on and (continues or line[0].islower()))
        if divided[at]:
            whole = _HYPHENATED.match(before.rpartition(" ")[2] + line.split(maxsplit=1)[0])
            pieces[-1] = pieces[-1] if whole and whole[0] in known else pieces[-1][:-1]
        elif continues:
            pieces.append(" ")
        else:
            pieces.append("\n")
        pieces.append(line)
    return "".join(pieces)


def _forced(line: str, following: str, width: int, widest: int) -> bool:
    if not line or not following or _ITEM.match(following):
        return False
    if _wide(following[0]):
        return width >= widest - _WIDE_SLACK
    return width + 1 + _columns(following.split(maxsplit=1)[0]) > widest


def _pieces(lines: list[str]) -> frozenset[str]:
    """Return the pieces of lines that may also be at a line end: 釈冷凍機 of a line with 希釈冷凍機."""
    return frozenset(
        line[at : at + 2 * _ACROSS] for line in lines if not line.isascii() for at in range(len(line) - 2 * _ACROSS + 1)
    )


def _cut_in_a_word(before: str, line: str) -> bool:
    """Whether a line end may be within a word that is written without spaces: 希釈冷 | 凍機."""
    around = before[-_ACROSS:] + line[:_ACROSS]
    return len(around) == 2 * _ACROSS and all(c.isalpha() and _wide(c) for c in around)


def _columns(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if _wide(c) else 1 for c in text)


def _wide(character: str) -> bool:
    return character > "\u2e7f" and unicodedata.east_asian_width(character) in "WF"
