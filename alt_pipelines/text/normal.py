"""Normal form of text: Unicode normalisation in linear time for any input, and removal of invisible characters.

The form is NFKC, not NFC: tags, terms and sentences are compared as strings, and half-width kana, full-width Latin
letters and ligatures are the same words to a reader. The stored article is never changed; only derived text is in this
form.
"""

import re
import unicodedata
from functools import lru_cache

# Canonical ordering sorts each run of marks (characters with a non-zero combining class). All marks are below this.
_LAST_MARK = 0x1E950
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

# NFKC decomposes the Thai and Lao vowel am, which keyboards type as one character.
_TORN_AM = re.compile("[\u0e4d\u0ecd]([\u0e48-\u0e4b\u0ec8-\u0ecb]?)([\u0e32\u0eb2])")
_SHAPED = "\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff\u0900-\u0dff"  # letters whose joining a non-joiner prevents
# Controls except tab and newline, soft hyphen, zero-width and direction marks, surrogates, noncharacters, tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200d-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_NON_JOINER = "\u200c"
_LOOSE_NON_JOINER = re.compile(f"(?<![{_SHAPED}]){_NON_JOINER}+|{_NON_JOINER}+(?![{_SHAPED}])")
_LINE_BREAK = re.compile("[\x0b\x0c\r\x85\u2028\u2029]++\n?")
# The two ligatures of whole phrases, of 18 and 8 characters, and the two Lao letters that modern spelling writes as one
# character; every other character decomposes into a few, and the parts are the usual spelling. And the double hyphen of
# a foreign name (ガルシア＝マルケス), which is not an equals sign.
_WHOLE = re.compile("([\ufdfa\ufdfb\u0edc\u0edd]+|(?<=[ァ-ヴー])＝(?=[ァ-ヴー]))")
_WHOLE_SIGN = re.compile("[\ufdfa\ufdfb\u0edc\u0edd＝]")  # each match of ``_WHOLE`` has one; a class is found fast
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def nfkc(text: str) -> str:
    """Normalise to NFKC, with runs of combining marks cut to four and a few ligatures and signs left as they are.

    Canonical ordering is quadratic in the length of such a run (100 000 marks on one letter took 12 s), and no language
    uses more than a few marks per letter.
    """
    if text.isascii():
        return text
    text = _mark_run(_LAST_MARK if _ASTRAL.search(text) else 0x10000).sub(r"\1", text)
    parts = _WHOLE.split(text) if _WHOLE_SIGN.search(text) else [text]  # the ligatures are at odd positions
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    return _TORN_AM.sub(_mend_am, "".join(parts))


def _mend_am(match: re.Match[str]) -> str:
    marks, vowel = match.groups()
    return f"{marks}\u0e33" if vowel == "\u0e32" else f"{marks}\u0eb3"


def remove_unseen(text: str) -> str:
    """Remove control characters (tab and newline stay), zero-width characters and lone surrogates.

    A zero-width non-joiner between two letters of Arabic or Indic script stays: it is part of the spelling.
    """
    return _UNSEEN.sub("", without_loose_joiners(text))


def without_loose_joiners(text: str) -> str:
    """Remove zero-width non-joiners that are not between two letters, as where a part of a text was removed."""
    return _LOOSE_NON_JOINER.sub("", text) if _NON_JOINER in text else text


def collapse(text: str) -> str:
    """Collapse each run of white space to one space, or to one newline if it contains a line break; strip the ends."""
    lines = (" ".join(line.split()) for line in _LINE_BREAK.sub("\n", text).split("\n"))
    return "\n".join(line for line in lines if line)


def storable(text: str) -> str:
    """Make a text storable in Postgres and UTF-8: remove U+0000 and replace each lone surrogate by U+FFFD."""
    return _UNSTORABLE.sub(lambda match: "" if match[0] == "\x00" else "\N{REPLACEMENT CHARACTER}", text)


@lru_cache(maxsize=2)
def _mark_run(end: int) -> re.Pattern[str]:
    """Return the pattern of five or more marks below a code point in a row, built from Unicode tables in 15 ms.

    A class without marks from 0x10000 on is searched thirty times as fast; most texts have no such characters.
    """
    ranges: list[list[int]] = []
    for mark in filter(unicodedata.combining, map(chr, range(0x300, end))):
        if ranges and ranges[-1][1] == ord(mark) - 1:
            ranges[-1][1] += 1
        else:
            ranges.append([ord(mark), ord(mark)])
    marks = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    return re.compile(f"([{marks}][{marks}]{{3}})[{marks}]+")  # begins with a class, which is found fast
