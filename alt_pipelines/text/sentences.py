"""The sentence splitter: splits at line breaks, Western full stops, and 。！？ even without white space after them.

    split_sentences("Mr. Ito paid $3.50. He left.")   ->  ["Mr. Ito paid $3.50.", "He left."]
    split_sentences("雨が降った。「帰ろう。」と言った。")  ->  ["雨が降った。", "「帰ろう。」と言った。"]

The rules are deterministic, without a model: a genre run splits tens of thousands of sentences, and every cut can be
explained. The module also masks URLs and mail addresses, whose letters would mislead an encoder.
"""

import re

from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.scripts import CJK
from alt_pipelines.text.stopwords import word_set

SENTENCE_ENDS = tuple(".!?。！？…।۔؟")  # marks at the end of a sentence, in every script and before NFKC
_CLOSERS = "\"'”’»)\\]}」』】）〉》〕"
_BRACKETS = {"「": "」", "『": "』", "（": "）", "(": ")", "【": "】", "“": "”"}
_OPEN_SPAN = 300  # characters; a bracket not closed within them is ignored

# A Western stop ends a sentence only before white space; a wide stop does so anywhere. NFKC turns "！" into "!", so an
# ASCII ! or ? directly before a CJK character counts as wide. Patterns enter a run only at its start and never
# backtrack: 300 000 dots followed by an x once took 13 minutes. The class of all stops comes first, because a search
# for a class is several times as fast as one for alternatives.
_WIDE_STOPS = "。｡؟।۔"
_STOP = re.compile(
    rf"[.!?{_WIDE_STOPS}]"
    rf"(?:(?<=[{_WIDE_STOPS}])[{_WIDE_STOPS}]*+[!?]*+"
    rf"|(?<=[!?])(?<![!?][!?])[!?]*+(?=[{_CLOSERS}]*+(?:[\u3000-\u30ff\u3400-\u9fff]|\s|$))"
    rf"|(?<=\.)(?<!\.\.)\.*+(?=[{_CLOSERS}]*+(?:\s|$)))[{_CLOSERS}]*+"
)
_QUOTING = re.compile(r"\s*(?:と|って|という|など|の|は|が|を|に|も|で|や|、)")
_LAST_WORD = re.compile(r"(?:^|[\s(\"'“‘\[])([\w.&-]+)\.$")
_NEXT_WORD = re.compile(r"\s*[\"'“‘(\[]*([\w'’-]+)")

# Abbreviations that never end a sentence: they refer to the next word.
_TITLES = word_set(
    """
    mr mrs ms dr prof rev hon gen col lt maj sgt capt cmdr adm sen rep gov pres st mt ft messrs mme mlle sra no nos
    vol vols pp p fig figs eq sec ch art ed eds cf vs v e.g i.e viz approx est ca c.f al
    const cpl supt insp brig
    z d u nr bzw vgl mio mrd dra dña núm pág av avda ee dott avv sig dhr mevr drs doç
    """
)
# Abbreviations that end a sentence only if the next word looks like the start of one.
_OPEN_ENDED = word_set(
    """
    inc corp co ltd llc plc bros assn dept univ jr sr esq etc a.m p.m u.s u.k u.n e.u d.c ph.d m.d b.a m.a b.c a.d
    uu jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ave blvd rd
    """
)
_STARTERS = word_set(
    """
    the a an this that these those he she it they we you i his her its their our my in on at by for from with after
    before but and or so yet however meanwhile when while as if since although though there here what who why how
    not no some many most all both each another other one two it's he's she's they're mr mrs ms dr
    """
)
# German writes an ordinal as a number with a stop: "am 3. März", "der 12. Sieg", "ihr 50. Geburtstag".
_ORDINAL = re.compile(
    r"\b(?:am|im|vom|zum|zur|beim|ab|bis|seit|d(?:er|ie|as|e[nms])|(?:[msd]ein|ihr|unser|eu(?:e)?r|jed|dies)(?:e[nmrs]?)?)"
    r" \d{1,3}\.$",
    re.IGNORECASE,
)
_LONGEST_ORDINAL, _ORDINAL_CHARACTERS = 3, 16
_GERMAN_MONTHS = word_set("januar februar märz mai juni juli oktober dezember")  # no English word

_LINE_BREAK = re.compile("[\n\r\u2028\u2029\x0b\x0c\x85]+")
_BRACKET = re.compile("[" + re.escape("".join(_BRACKETS) + "".join(_BRACKETS.values())) + "]")
_URL = re.compile(r"(?:\b(?:https?|ftp)://|\bwww\.)[^\s<>\"'「」『』（）。、]+", re.I)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def split_sentences(text: str, min_length: int = 10) -> list[str]:
    """Split a text into sentences, in order: NFKC-normalised, with collapsed white space, without fragments.

    ``min_length`` counts letters and digits, a CJK character as two. A shorter sentence is a fragment (a page number, a
    lone name, a row of symbols) and is dropped. 1 keeps every sentence with a letter or digit. Linear time.
    """
    out = []
    for line in _LINE_BREAK.split(nfkc(text)):
        for piece in split_line(line):
            sentence = " ".join(piece.split())
            if sentence and _weight(sentence, max(min_length, 1)) >= max(min_length, 1):
                out.append(sentence)
    return out


def mask_addresses(text: str) -> str:
    """Replace every URL and e-mail address by a word, so that an encoder does not read their letters."""
    return replace_addresses(text, url="URL", mail="EMAIL")


def replace_addresses(text: str, url: str, mail: str) -> str:
    """Replace URLs and e-mail addresses by the given words. A cheap test comes first, because most texts have none."""
    if "://" in text or "www." in text.lower():
        text = _URL.sub(url, text)
    return _MAIL.sub(mail, text) if "@" in text else text


def split_line(line: str) -> list[str]:
    """Split one line into sentences, which concatenate to the line. Linear time."""
    pieces, start = [], 0
    spans = _bracketed(line)
    spans.reverse()  # so that the next one is popped from the end
    for match in _STOP.finditer(line):
        while spans and spans[-1][1] < match.start():
            spans.pop()
        inside = bool(spans) and spans[-1][0] < match.start() and match.end() <= spans[-1][1]
        if not inside and _ends_here(line, start, match):
            pieces.append(line[start : match.end()])
            start = match.end()
    pieces.append(line[start:])
    return pieces


def _bracketed(line: str) -> list[tuple[int, int]]:
    """Return (open, close) positions of outermost brackets, left to right, so that 「A。B」 is not split."""
    spans: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(line):
        char, at = match.group(), match.start()
        if stack and at - stack[0][1] > _OPEN_SPAN:
            stack.clear()
        if char in _BRACKETS:
            stack.append((_BRACKETS[char], at))
        elif stack and stack[-1][0] == char:
            _, opened = stack.pop()
            if not stack:
                spans.append((opened, at))
    return spans


def _ends_here(line: str, start: int, match: re.Match[str]) -> bool:
    """Whether a stop ends a sentence, rather than an abbreviation, an initial, an ellipsis or an inner quotation."""
    stop = match.group().rstrip(_CLOSERS)
    quoted = len(stop) < len(match.group())
    if quoted and stop[-1] != "." and _QUOTING.match(line, match.end()):
        return False
    if stop[0] not in ".!?":
        return True
    following = _NEXT_WORD.match(line, match.end())
    if following is None:
        return True
    after = following.group(1)
    if after[0].islower():
        return False
    if stop[-1] != ".":
        return True
    last = _LAST_WORD.search(line, max(start, match.start() - 20), match.start() + 1) if stop == "." else None
    if last is None:
        return True
    word = last.group(1)
    if word.isdigit():
        return not _is_part_of_number(line[start : match.end()], word, after)
    if word.lower() in _TITLES and not (word.lower() == "no" and not after[0].isdigit()):
        return False
    if word.lower() in _OPEN_ENDED:
        return after.lower() in _STARTERS
    return not (len(word) == 1 and word.isupper())


def _is_part_of_number(sentence: str, number: str, after: str) -> bool:
    """Whether the stop after a number makes it an ordinal or a decimal, or nothing but a number precedes it.

    A number of more than three digits is a year or an amount, so that the sentence may well end with it.
    """
    if len(number) > _LONGEST_ORDINAL:
        return False
    if after.isdigit() or after.lower() in _GERMAN_MONTHS or sentence.strip() == f"{number}.":
        return True
    return _ORDINAL.search(sentence[-_ORDINAL_CHARACTERS:]) is not None


def _weight(sentence: str, enough: int) -> int:
    """Count letters and digits, CJK twice. Most sentences have enough of them in their first characters."""
    opening = sum(map(str.isalnum, sentence[: 2 * enough]))
    if opening >= enough:
        return opening
    return sum(2 if CJK.match(c) else 1 for c in sentence if c.isalnum())
