"""Tokeniser of languages with spaces: words, names of letters, digits and signs, elisions, endings, punctuation.

    [t.text for t in tokenise("l'A400M d'Orly", language_of("fr"))]  ->  ["l'", "A400M", "d'", "Orly"]

A token includes its position, so that a phrase is a piece of the text, and whether it is at the start of a sentence,
where every word has a capital.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.shapes import FILES
from alt_pipelines.tagging.extraction.spaced.arabic.words import clitic, words_with_waw
from alt_pipelines.tagging.extraction.spaced.hebrew.words import prefix
from alt_pipelines.text.scripts import INDIC, UNSPACED

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670"
_WHOLE = f"(?:[^\\W_{UNSPACED}]++|[{INDIC}{_MARKS}]|\u200c(?=\\w))++"
_SHORTENED = "(?:Ca|Co|Fra|Mont|Sant)['’]"  # Italian words before a name: Ca' Foscari
SHORTENED = re.compile(_SHORTENED)
_TOKENS = (
    # A word that white space or a comma follows, as most do, which no other alternative divides or continues.
    rf"[^\W\d_{UNSPACED}]++(?=,?[ \n])"
    r"|(?<![\w.])\.[A-Z][A-Z]+\b"  # .NET
    r"|[A-Z]{1,4}\.\d+(?:\.\d+)*(?![^\W\d_])"  # BA.5
    r"|[A-Z]{2,4}\d{1,2}(?:\.\d+|,\d(?!\d))"  # PM2.5, PM2,5
    r"|[A-Za-z][\w-]{0,40}+\.(?:js|io|ai|NET)\b"  # Node.js; bounded, since every letter may begin such a name
    rf"|(?<![\w./@-])[A-Za-z][\w-]{{0,40}}+\.(?:{FILES})\b(?![./@-]\w)"  # llama.cpp
    r"|[A-Za-z]\w{0,30}(?:\+\+?|#)(?![\w+#])|[A-Z]\+\+\d{1,2}\b"  # C++, C++26
    r"|(?:Ste?|St[ao]|Hl)\.(?=[ \u00a0][^\W\d_])"  # St. Pauli
    r"|\d+\([a-z]\)"  # 401(k)
    r"|\d{1,4}\+(?![\w+])"  # 800+, of a benefit or a generation
    r"|['’](?<!\w['’])s-[^\W\d_][\w-]*"  # 's-Gravenzande
    r"|['’](?<!\w['’])t(?= [A-Z])"  # van 't Hek
    r"|de['’](?= [A-Z])"  # Cava de' Tirreni
    rf"|(?<![\w'’]){_SHORTENED}(?= [A-Z])"
    r"|\d{1,2}:\d{1,2}-[a-zà-ÿ]{4,40}(?![\w-])"  # 3:12-reglerna; a German 3:1-Sieg is a score
    r"|\d+(?:[.,:/]\d+)+%?"
    rf"|{_WHOLE}(?:(?:[-'’·&*:]|(?<=[א-ת])[\"״](?=[א-ת])){_WHOLE})*(?:(?<=[גזצץת])['׳](?!\w))?"  # צה"ל, סמית'
    r"(?:(?<=[^\W\d_]{3})\((?:as?|es?|in|innen)\)|_\w{1,60})?"  # enfermeiro(a), CMAKE_PREFIX_PATH
    rf"|[{UNSPACED}]+|\n+|[^\w\s]|_"
)
_SENTENCE_END = frozenset('.!?…:;«»"“”„‚‘()[]-–—•|¡¿։۔؟।')
_INSIDE = frozenset("«»()[]")  # no sentence ends at these in Russian and Ukrainian, where they enclose names
_WORD = re.compile(r"\w+")
# Hebrew prefixes before digits, foreign letters and quotation marks: בכ-25, ו"עוז. After that of an abbreviation (ש"ס)
# there is one letter.
_HYPHENATED = re.compile('(?:[ובלמשכה]|[וש][בלמכה]|[בלמ]כ|כש)-(?=.)|[ובלמשכה]["״](?=[א-ת]{2})')
# A name in apostrophes. Its last letter may be one that has an apostrophe in foreign names: 'עלי דפנות', but not סמית'.
_IN_APOSTROPHES = re.compile(r"(?<!\w)'([^'\n]{1,60})'(?!\w)")
_PREPOSITIONS_AR = "بكل"  # after a conjunction: وبالقطار
DUTCH_GENITIVE = re.compile("['’]s-[^\\W\\d_]")  # 's-Gravenzande
NUMBER = re.compile(r"\d[\d.,:/]*[%+]?")  # a whole token
_TIME = re.compile(r"(?:[01]?\d|2[0-4])(?:[.:]|h)[0-5]\d(?:[.:][0-5]\d)?")
_ABBREVIATED = 2  # tokens before the full stop of an abbreviation that opens a bracket
_LONGEST_ABBREVIATION = 4  # letters
ARTICLED = re.compile(r"[^\W\d_]+['’][^\W_]\w*")
_CLOSING = {"«": "»", "“": "”", "„": "”", '"': '"', "‘": "’", "'": "'", "״": "״"}  # of each opening mark


@lru_cache(maxsize=16384)
def is_numeral(word: str, numerals: str) -> bool:
    """Whether a word in lower case is one of the ``numerals`` of its language's row."""
    return re.fullmatch(numerals, word) is not None


class Token(NamedTuple):
    """A token and its position in the text."""

    text: str
    start: int
    end: int
    opens: bool  # whether it is at the start of a sentence, where every word has a capital


def begins_word(token: str) -> bool:
    """Whether a token begins with a letter or a digit, as words and numbers do."""
    return token[0].isalnum()


def tokenise(text: str, row: Language) -> list[Token]:
    """Split a text into words and signs; elisions, and endings after an apostrophe, are separate tokens."""
    out: list[Token] = []
    opens = True
    ends = _SENTENCE_END - _INSIDE if row.reader == "inflected" else _SENTENCE_END
    if row.proclitics:
        text = _IN_APOSTROPHES.sub(r"’\1’", text)
    known = frozenset(_WORD.findall(text)) if row.proclitics or row.clitics else frozenset()
    whole = words_with_waw(text) if row.clitics else frozenset()
    divides = bool(row.clitics or row.proclitics or row.suffixes)
    for match in _pattern(row.elisions).finditer(text):
        token, start = match.group(), match.start()
        if not divides:
            out.append(Token(token, start, start + len(token), opens))
        elif row.clitics and token not in whole and (size := clitic(token, row.clitics, known)):
            out.append(Token(token[:size], start, start + size, False))
            second = clitic(token[size:], _PREPOSITIONS_AR, known) if token[:size] in ("و", "ف") else 0
            if second:
                out.append(Token(token[size : size + second], start + size, start + size + second, False))
            out.append(Token(token[size + second :], start + size + second, match.end(), opens and not second))
        elif row.proclitics and (hyphen := _HYPHENATED.match(token)):  # ב-25, ו-Cursor
            end = hyphen.end()
            out.append(Token(token[: end - 1], start, start + end - 1, opens))
            out.append(Token(token[end:], start + end, match.end(), False))
        elif row.proclitics and (size := prefix(token, known)):
            out += [Token(token[at], start + at, start + at + 1, opens and at == 0) for at in range(size)]
            out.append(Token(token[size:], start + size, match.end(), False))
        elif row.suffixes and (cut := re.search("['’]", token)) and (cut.start() > 1 or token[0].isdigit()):
            out.append(Token(token[: cut.start()], start, start + cut.start(), opens))
            out.append(Token("'", start + cut.start(), match.end(), False))
        else:
            out.append(Token(token, start, match.end(), opens))
        opens = not (token.isalpha() and len(token) > 1) and _opens_next(token, opens, out, ends)
    return out


def _opens_next(word: str, opens: bool, out: list[Token], ends: frozenset[str]) -> bool:
    """Whether the token after this one is at the start of a sentence.

    The time at the start of a line is not a word of its sentence. The full stop of an abbreviation that opens a bracket
    ends none: (yön. Nuri Bilge Ceylan).
    """
    if word == "." and len(out) > _ABBREVIATED and out[-3].text == "(" and out[-2].text.islower():
        return out[-2].end != out[-1].start or len(out[-2].text) > _LONGEST_ABBREVIATION
    return word[0] == "\n" or word in ends or (opens and (not word[0].isalnum() or _TIME.fullmatch(word) is not None))


def joined(tokens: list[Token], names: frozenset[str]) -> list[Token]:
    """Join an elided article to a name that has it inside a sentence elsewhere in the text: L'Aquila."""
    out: list[Token] = []
    for token in tokens:
        if out and out[-1].text[-1] in "'’" and out[-1].text + token.text in names and out[-1].end == token.start:
            out[-1] = Token(out[-1].text + token.text, out[-1].start, token.end, out[-1].opens)
        else:
            out.append(token)
    return out


@lru_cache(maxsize=8)
def _pattern(elisions: str) -> re.Pattern[str]:
    """Return the token pattern for these elisions.

    An elided article or preposition is a separate token. With a capital, it is one only at the start of a clause or
    after an opening sign, so that Dell'Orto inside a sentence stays whole.
    """
    if not elisions:
        return re.compile(_TOKENS)
    low = f"(?:{elisions})['’](?=\\w)"
    upper = "|".join(f"{e.capitalize()}" for e in re.sub(r"\[(\w+)\]", lambda m: "|".join(m[1]), elisions).split("|"))
    high = f"(?:{upper})['’](?=[^\\W_])"
    return re.compile(f'(?<!\\w){low}|(?:(?<=^)|(?<=[.!?\\n«»("“:–—-] )|(?<=[\\n«("“])){high}|{_TOKENS}')


def quotation_marks(opening: str) -> Mapping[str, str]:
    """Return the closing marks of those ``opening`` marks that a language uses around names, by the opening mark."""
    return {mark: _CLOSING[mark] for mark in opening}


def quotations(tokens: Sequence[Token], marks: Mapping[str, str], longest: int) -> Iterator[tuple[int, int]]:
    """Yield the positions of the opening and the closing mark of each short quotation.

    Where a mark may both open and close, what is between two quotations is one too.

    Args:
        tokens: of the text.
        marks: those of the language (``quotation_marks``).
        longest: tokens that may be between the marks; they are words and numbers.
    """
    for start, token in enumerate(tokens):
        close = marks.get(token.text)
        if close is None:
            continue
        last = min(len(tokens), start + longest + 2)
        end = next((at for at in range(start + 1, last) if not begins_word(tokens[at].text)), None)
        if end is not None and tokens[end].text == close:
            yield start, end
