"""English tokeniser: sentences of words, numbers and signs, as `english.tagger` tags them.

    tokenise("U.S. sales of C++ books fell 5%. Why?")
    ->  [["U.S.", "sales", "of", "C++", "books", "fell", "5%", "."], ["Why", "?"]]

Names and terms with signs are one token: 401(k), .NET, F#, BA.5, O'Brien, std::move, v4.2.1, llama.cpp.
"""

import re
from collections.abc import Iterable
from string import ascii_uppercase

from alt_pipelines.tagging.extraction.english.lexicon import usual_tag
from alt_pipelines.tagging.extraction.shapes import FILES
from alt_pipelines.text.stopwords import word_set

# Months as agencies abbreviate them before a day; June and July are written in full.
SHORT_MONTHS = word_set("Jan. Feb. Mar. Apr. Aug. Sep. Sept. Oct. Nov. Dec.")
# American states after a town, as agencies write them: "in Mankato, Minn. — A barn".
SHORT_STATES = word_set(
    "Ala. Ariz. Ark. Calif. Colo. Conn. Fla. Kan. Mass. Mich. Minn. Mo. Mont. Neb. Nev. Okla. Ore. Tenn. Wash. Wis."
)
BEFORE_DUTCH_ARTICLE = word_set("van in op aan uit")  # in surnames: van 't Hek


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern of these words."""
    return "|".join(map(re.escape, sorted(words)))


_TOKEN = re.compile(
    r"(?<! ) *+("  # a space fails every alternative, so the search does not start there
    rf"(?:Van|{_any_of(BEFORE_DUTCH_ARTICLE)}) ['’]t(?= [A-Z])"  # van 't Hek
    r"|[a-z]+(?=[ ,]|\.(?: |\Z))|[A-Z][a-z]+(?=[ ,])"  # most words
    r"|(?:[A-Za-z]\.){2,}"  # U.S.  a.m.
    r"|(?<![\w.])\.[A-Z][A-Z]+\b"  # .NET
    r"|[A-Z]{1,4}\.\d+(?:\.\d+)*"  # BA.5  XBB.1.5
    r"|[A-Za-z]+(?:-[A-Za-z]*)?\d+(?:\.\d+)+(?:-\w+(?:\.\d+)*)*"  # PM2.5  GPT-4.1  Qwen2.5-Coder-1.5B
    r"|[A-Z]{1,2}\d+:[A-Z]{1,2}\d+\b"  # O157:H7
    r"|\d{1,3}[PDI]/[A-Z][a-zA-Z]+(?:[-–][A-Z][a-z]+)?\b"  # comets: 67P/Churyumov-Gerasimenko, 1I/ʻOumuamua
    r"|[A-Za-z][\w-]*\.(?:js|io|ai|NET)\b"  # Node.js  ASP.NET
    rf"|(?<![\w./@-])[A-Za-z][\w-]{{0,40}}\.(?:{FILES})\b(?![./@-]\w)"  # llama.cpp  package.json
    r"|v\d+(?:\.\d+)+\b"  # v4.2.1
    r"|[A-Za-z]\w*(?:\+\+?|#)(?![\w+#])|[A-Z]\+\+\d{1,2}\b"  # C++  F#  Disney+  C++26
    r"|[A-HJ-Z]\.(?=\s[A-Z])|[A-Z]\.(?= [a-z]{3})"  # initial: J. Smith; genus: E. coli
    rf"|(?:{_any_of(SHORT_MONTHS)})(?=\s\d)"
    rf"|(?<=, )(?:{_any_of(SHORT_STATES)})"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Rev|St|Jr|Sr|Inc|Corp|Co|Ltd|No|Ep|Vol|Pt)\.(?=\s)"
    r"|(?:Ch|Eps|Figs?|Nos|Pts|Sec|Vols)\.(?=\s\d)"
    # 1,200  3.5  10-year  5G  401(k)  4x400m  5800X3D
    r"|\$?\d+(?:[.,:/]\d+)*(?:[A-Za-z×]+(?:\d+[A-Za-z]*)*(?:\([a-z]\))?|\([a-z]\))?(?:-\w+)*%?"
    r"|['’](?:s|re|ve|ll|d|m|t)\b"  # clitics
    r"|[A-Za-z]+[nN]['’][tT]\b"  # negated verb
    r"|\bN['’](?= [A-Z])"  # Guns N' Roses
    r"|(?<![\w'’])Ca['’](?= (?:d['’])?[A-Z])"  # Ca' Foscari
    r"|[^\W\d_]\w*(?:(?:[-&/]|::|['’](?!(?:s|re|ve|ll|d|m|t)\b))\w+)*(?:(?<=-St)\.(?=\s[A-Z]))?"
    # word, hyphenated word, Na'ib, O'Brien, std::move, Health-St. Mary
    r"|\n+|[^\w\s]|_)"
)
_LETTERS = frozenset(f"{letter}." for letter in ascii_uppercase)
# Endings of the second words of species that the lexicon may have too: M. tuberculosis.
_LATIN = ("us", "is", "um", "ae", "ens", "ans")
_SHORTEST_LATIN = 6  # letters of such a word
# Nouns followed by a letter: "Vitamin C." ends a sentence, whereas the C. of "Joan C." is an initial.
_LETTERED = word_set(
    "act appendix category class exhibit formula grade group hepatitis level part phase plan schedule serie series type"
    " unit vitamin war"
)
_SENTENCE_END = frozenset(".!?")
_LONGEST_SENTENCE = 400  # tokens; a list without full stops is cut here, which bounds the cost per sentence


def tokenise(text: str) -> list[list[str]]:
    """Split a text into sentences of tokens; a line break or . ! ? ends a sentence."""
    sentences: list[list[str]] = []
    current: list[str] = []
    tokens = _TOKEN.findall(text)
    for at, token in enumerate(tokens):
        breaks = token[0] == "\n"
        initial = token in _LETTERS
        if initial and current and current[-1].lower() in _LETTERED:
            sentences.append([*current, token[0]])
            current = []
            continue
        if initial and not _continues(tokens[at + 1 : at + 2]):
            sentences.append([*current, token[0], "."])
            current = []
            continue
        if current and current[-1] in SHORT_STATES and token[0].isupper():
            sentences.append(current)
            current = []
        if not breaks:
            current.append(token)
        if current and (breaks or token in _SENTENCE_END or len(current) >= _LONGEST_SENTENCE):
            sentences.append(current)
            current = []
    if current:
        sentences.append(current)
    return sentences


def _continues(following: list[str]) -> bool:
    """Whether the word after a letter and a full stop goes on with the name that the letter begins: J. Smith, E. coli.

    A word in lower case does so if it is the second one of a species, and not an English word.
    """
    word = following[0] if following else ""
    if not word.islower() or usual_tag(word) in (None, "FW"):
        return True
    return word.endswith("i") or (len(word) >= _SHORTEST_LATIN and word.endswith(_LATIN))
