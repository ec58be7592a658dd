"""Candidates of Thai, Lao, Khmer and Burmese: adjacent content words, from ICU's dictionaries.

ICU finds words but not parts of speech. Closed classes of the grammar replace them: function words end a phrase, a word
beside an auxiliary is a verb in the whole text, and การ or ความ makes a noun of the word after it. A phrase is a single
word, a run of two words, or up to four adjacent words that the text repeats. ``shapes`` finds Latin names and numbers.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.languages import Language, language_of
from alt_pipelines.tagging.extraction.repeats import repeated, repeated_pieces
from alt_pipelines.tagging.extraction.shapes import spans
from alt_pipelines.tagging.extraction.unspaced import thai_words
from alt_pipelines.tagging.extraction.unspaced.thai_compounds import COMPOUNDS
from alt_pipelines.tagging.extraction.unspaced.thai_names import is_of_a_kind, spans_of_names, spans_of_quoted
from alt_pipelines.tagging.extraction.words.everyday import without_everyday
from alt_pipelines.text.scripts import UNSPACED
from alt_pipelines.text.segmentation import unspaced

_STRETCH = re.compile(f"[{UNSPACED}]+")
_COUNTED = re.compile(f"(?<![A-Za-z0-9.,])[0-9]{{1,12}}(?:[.,][0-9]{{1,12}}){{0,4}} ?([{UNSPACED}]+)")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 4  # words
_LONGEST_FORM = 24  # characters
_MOST_COUNTERS = 200  # words after numbers that are counted in the text
# Share of a Thai word above which it is not a topic even if the title has it: น้ำ, บ้าน. At 8e-4 and 1e-4, 35.5 and
# 34.8 % of the judged phrases were unfit, with the same editors' tags among them.
_MOST_IN_TITLE = 1e-4
_THING_AND_PLACE = 2  # words
_DIRECTIONS = ("ตะวัน", "เหนือ", "ใต้")  # beginnings of parts of the sky, which are no places: มรสุม|ตะวันออก
_SHORT_VERB = 8  # characters of a verb that is one word, with its vowel signs and tone marks
_SHORTEST = 3  # characters: shorter words of these scripts are function words or parts of a longer word


class _Run(NamedTuple):
    words: list[str]
    start: int  # token offset


def analyse(title: str, text: str, language: str) -> Document:
    """Return the phrases of a title and body."""
    row = language_of(language)
    whole = _quoted(title, text) if language == "th" else frozenset()
    parts = [[_words(stretch, language, whole) for stretch in _stretches(part, language)] for part in (title, text)]
    every = [words for part in parts for words in part]
    verbs = _verbs(iter(every), row)
    known: dict[str, str] = {}
    if language == "th":
        known = {word: thai_words.tag(word) for words in every for word in words}
        verbs |= {word for word, tag in known.items() if tag in (thai_words.VERB, thai_words.FUNCTION)}
        verbs |= thai_words.ends_of_verbs(every)
        row = replace(row, links=row.links | {word for word, tag in known.items() if tag == thai_words.ADJECTIVE})
    runs: list[_Run] = []
    offset = 0
    for part in parts:
        for words in part:
            runs += [_Run(run, offset + index) for run, index in _runs(words, verbs, row)]
            offset += len(words)
    again = frozenset(repeated((run.words for run in runs), _LONGEST))
    phrases: list[Phrase] = []
    for run in runs:
        for piece, index in _cut(run.words, again, row):
            phrases.append(Phrase(tuple(piece), tuple(word.lower() for word in piece), run.start + index))
            apart = _thing_and_place(piece, known)
            phrases += [Phrase((word,), (word,), run.start + index + at) for at, word in apart if _long_enough([word])]
    phrases += [p for p in repeated_pieces(phrases, partial(_may_begin_or_end, row)) if _long_enough(p.words)]
    in_title = frozenset(word.lower() for words in parts[0] for word in words)
    if language == "th":
        names = {word for word, tag in known.items() if tag == thai_words.NAME}
        phrases = _without_given_names(phrases)
        counters = _counters(f"{title}\n{text}")
        phrases = [phrase for phrase in phrases if phrase.stems[0] not in counters or len(phrase.stems) > 1]
        phrases = list(without_everyday(phrases, in_title, names, partial(_share, row), _MOST_IN_TITLE))
    return Document(phrases, offset, in_title)


def _thing_and_place(piece: list[str], known: Mapping[str, str]) -> list[tuple[int, str]]:
    """Return the name after a noun, and the noun if it is a product, each with its index: ทุเรียน|จันทบุรี."""
    if len(piece) != _THING_AND_PLACE or [known.get(word) for word in piece] != [thai_words.NOUN, thai_words.NAME]:
        return []
    if piece[1].startswith(_DIRECTIONS):
        return []
    return list(enumerate(piece)) if piece[0] in COMPOUNDS else [(1, piece[1])]


def _quoted(title: str, text: str) -> frozenset[str]:
    """Return the quoted names of the title and the body, which are not divided into words."""
    return frozenset(part[slice(*span)] for part in (title, text) for span in spans_of_quoted(part))


def _without_given_names(phrases: list[Phrase]) -> list[Phrase]:
    """Return the phrases except given names of people whose full name the text has: สมยศ, beside สมยศ วงศ์พานิชย์."""
    given = {phrase.stems[0].split(" ")[0] for phrase in phrases if " " in phrase.stems[0] and _is_thai_name(phrase)}
    return [phrase for phrase in phrases if len(phrase.stems) > 1 or phrase.stems[0] not in given]


def _is_thai_name(phrase: Phrase) -> bool:
    return len(phrase.stems) == 1 and not phrase.stems[0].isascii() and not is_of_a_kind(phrase.stems[0])


def _words(stretch: str, language: str, whole: frozenset[str]) -> list[str]:
    """Return the words of a stretch; a name, or a stretch of ``whole``, is one."""
    if stretch in whole or not _STRETCH.fullmatch(stretch):
        return [stretch]
    found = unspaced(stretch, language)
    return thai_words.words(found) if language == "th" else found


def _stretches(text: str, language: str) -> Iterator[str]:
    """Yield stretches of the script, names of people and names in Latin letters, in order."""
    people = spans_of_names(text) if language == "th" else []
    found = [(m.start(), m.end()) for m in _STRETCH.finditer(text)]
    last = 0
    for start, end in sorted([*found, *_joined(text, spans(text))]):
        while people and people[0][0] < end:
            name = people.pop(0)
            if max(start, last) < name[0]:
                yield text[max(start, last) : name[0]]
            yield text[slice(*name)]
            last = name[1]
        if max(start, last) < end:
            yield text[max(start, last) : end]


def _joined(text: str, latin: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans of Latin names, with those that a space separates as a single name: Snapdragon 8s Gen 3."""
    held: tuple[int, int] | None = None
    for start, end in latin:
        continues = text[start].isupper() or text[start].isdigit()
        if held and text[held[1] : start] == " " and text[held[0]].isupper() and continues:
            held = (held[0], end)
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def _share(row: Language, word: str) -> float:
    """Return a Thai word's share of the language; for a short verb made a noun by an opener, the larger of both.

    การเปิด is rare, but เปิด says little.
    """
    for opener in row.openers:
        if word.startswith(opener) and len(word) - len(opener) <= _SHORT_VERB:
            return max(thai_words.frequency(word), thai_words.frequency(word[len(opener) :]))
    return thai_words.frequency(word)


def _counters(text: str) -> frozenset[str]:
    """Return the words that the text has mostly after numbers: 3-1 เซต, 12 ลำ."""
    after = Counter(unspaced(match.group(1)[:_LONGEST_FORM], "th")[0] for match in _COUNTED.finditer(text))
    return frozenset(word for word, times in after.most_common(_MOST_COUNTERS) if 2 * times >= text.count(word))


def _verbs(stretches: Iterator[list[str]], row: Language) -> frozenset[str]:
    """Return the words that are beside an auxiliary somewhere in the text: จะขยาย, ពង្រីក after នឹង, before ခဲ့."""
    found = set()
    for words in stretches:
        for before, word in pairwise(words):
            if before in row.before_verbs and word not in row.before_verbs:
                found.add(word)
            if word in row.after_verbs:
                found.add(before)
    return frozenset(found)


def _runs(words: list[str], verbs: frozenset[str], row: Language) -> Iterator[tuple[list[str], int]]:
    """Yield runs of content words, each with the index of its first one; a word after an opener is content."""
    run: list[str] = []
    start = 0
    opened = False
    for index, word in enumerate([*words, ""]):
        plain = bool(word) and not _is_number(word) and _LETTER.search(word) is not None
        function = word in row.weak or _has_form(word, row)
        if plain and opened and (not function or word in row.links):
            run[-1] += word  # ความปลอดภัย
            opened = False
            continue
        if opened:
            run.pop()
        opened = plain and word in row.openers
        if plain and ((not function and word not in verbs) or opened or (run and word in row.links)):
            start = start if run else index
            run.append(word)
            continue
        if run:
            yield run, start
        run = []


def _is_number(word: str) -> bool:
    """Whether a word begins with a digit and is no name with a capital: 3, and neither 5G nor 4K."""
    return word[0].isdigit() and not any(map(str.isupper, word))


def _has_form(word: str, row: Language) -> bool:
    """Whether a word is a numeral, or has the ending of a finite verb."""
    numeral = bool(row.numerals) and re.fullmatch(row.numerals, word) is not None
    return numeral or (bool(row.finite) and re.search(f"{row.finite}$", word) is not None)


def _cut(run: list[str], again: frozenset[str], row: Language) -> Iterator[tuple[list[str], int]]:
    """Yield a run of up to two words as it is, and a longer run as the longest repeated parts and single words."""
    at = 0
    while at < len(run):
        size = min(len(run) - at, _LONGEST)
        while size > 1 and not _fits(run, at, size, again, row):
            size -= 1
        piece = run[at : at + size]
        if _long_enough(piece) and not (size == 1 and piece[0] in row.links):
            yield piece, at
        at += size


def _fits(run: list[str], at: int, size: int, again: frozenset[str], row: Language) -> bool:
    piece = run[at : at + size]
    if len("".join(piece)) > _LONGEST_FORM or piece[0] in row.links:
        return False
    whole = at == 0 and size == len(run) <= 2 and piece[-1] not in row.links
    return whole or "".join(piece) in again


def _long_enough(piece: list[str] | tuple[str, ...]) -> bool:
    form = "".join(piece)
    return _SHORTEST <= len(form) <= _LONGEST_FORM or form.isascii()


def _may_begin_or_end(row: Language, word: str) -> bool:
    return word not in row.links
