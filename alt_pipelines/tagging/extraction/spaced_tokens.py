"""Tokens of languages with spaces between words: words, names of letters, digits and signs, elisions, endings, signs.

    [t.text for t in tokenise("l'A400M d'Orly", language_of("fr"))]  ->  ["l'", "A400M", "d'", "Orly"]

Every token knows its place, so that a phrase is a piece of the text, and whether it stands where every word has a
capital.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from alt_pipelines.tagging.extraction.frequencies import frequency
from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.text.scripts import INDIC, UNSPACED

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670"
_C = f"(?:[^\\W_{UNSPACED}]|[{INDIC}{_MARKS}]|\u200c(?=\\w))"
_TOKENS = (
    r"(?<![\w.])\.[A-Z][A-Z]+\b"  # .NET
    r"|[A-Z]{1,4}\.\d+(?:\.\d+)*(?![^\W\d_])"  # BA.5
    r"|[A-Za-z][\w-]*\.(?:js|io|ai|NET)\b"  # Node.js
    r"|[A-Za-z]\w*(?:\+\+?|#)(?![\w+#])"  # C++
    r"|\d+\([a-z]\)"  # 401(k)
    r"|\d+(?:[.,:/]\d+)+%?"
    rf"|{_C}+(?:[-'’·&*:]{_C}+)*"
    rf"|[{UNSPACED}]+|\n+|[^\w\s]|_"
)
_SENTENCE_END = frozenset('.!?…:;«»"“”„‚‘()[]-–—•|¡¿։۔؟।')
ARTICLED = re.compile(r"[^\W\d_]+['’][^\W_]\w*")


class Token(NamedTuple):
    """A token and its place in the text."""

    text: str
    start: int
    end: int
    opens: bool  # whether it stands where every word has a capital: at the beginning of a sentence


def tokenise(text: str, row: Language) -> list[Token]:
    """Words and signs of a text; elisions and endings behind an apostrophe are tokens of their own."""
    out: list[Token] = []
    opens = True
    for match in _pattern(row.elisions).finditer(text):
        token, start = match.group(), match.start()
        if row.clitics and (size := _clitic(token, row.clitics)):
            out.append(Token(token[:size], start, start + size, False))
            out.append(Token(token[size:], start + size, match.end(), opens))
        elif row.suffixes and (cut := re.search("['’]", token)) and cut.start() > 1:
            out.append(Token(token[: cut.start()], start, start + cut.start(), opens))
            out.append(Token("'", start + cut.start(), match.end(), False))
        else:
            out.append(Token(token, start, match.end(), opens))
        opens = token[0] == "\n" or token in _SENTENCE_END or (opens and not token[0].isalnum())
    return out


def _clitic(word: str, clitics: str) -> int:
    """Letters of a conjunction or preposition that is written together with this Arabic word, 0 for none.

    Before the article it is one for certain (والحكومة); else where the rest is by far the commoner word.
    """
    if len(word) < 4 or word[0] not in clitics:
        return 0
    if word[1:3] == "ال" and len(word) > 5:
        return 1
    return int(word[0] == "و" and frequency(word[1:], "ar") > 3 * frequency(word, "ar"))


def joined(tokens: list[Token], names: frozenset[str]) -> list[Token]:
    """_TOKENS in which a name that stands with its article inside a sentence has it at the beginning too: L'Aquila."""
    out: list[Token] = []
    for token in tokens:
        if out and out[-1].text[-1] in "'’" and out[-1].text + token.text in names and out[-1].end == token.start:
            out[-1] = Token(out[-1].text + token.text, out[-1].start, token.end, out[-1].opens)
        else:
            out.append(token)
    return out


@lru_cache(maxsize=8)
def _pattern(elisions: str) -> re.Pattern[str]:
    """The pattern of a token. An elided article or preposition is one, but for a capital in the middle: Dell'Orto."""
    if not elisions:
        return re.compile(_TOKENS)
    low = f"(?:{elisions})['’](?=\\w)"
    upper = "|".join(f"{e.capitalize()}" for e in re.sub(r"\[(\w+)\]", lambda m: "|".join(m[1]), elisions).split("|"))
    high = f"(?:{upper})['’](?=[^\\W_])"
    return re.compile(f'(?<!\\w){low}|(?:(?<=^)|(?<=[.!?\\n«»("“:] )|(?<=[\\n«("“])){high}|{_TOKENS}')
