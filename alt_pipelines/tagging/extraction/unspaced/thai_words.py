"""Thai words: parts of speech and frequencies, compounds that ICU divides, and names that it does not know.

    words(["ขั้น", "ตอน"])        ->  ["ขั้นตอน"]
    words(["ลิ", "เธี", "ยม", "ไอออน"])  ->  ["ลิเธียมไอออน"]

ICU's dictionary has short words and no parts of speech. A list made from PyThaiNLP's models says which adjacent words
are one, and which are verbs or function words. A word has one part of speech, the commonest one.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from alt_pipelines.data_files import data_file, whole_text
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.unspaced.thai_compounds import COMPOUNDS
from alt_pipelines.text.segmentation import unspaced

NOUN, NAME, VERB, ADJECTIVE, FUNCTION, NUMERAL = "npvafd"
UNKNOWN = "-"
_MOST_PARTS = 5  # words of ICU in one compound
_FRAGMENT = 4  # characters: an unknown word as short as this is a part of a name
_JOINABLE = 5  # characters of an unknown word of the list that may belong to a name
_COMMON = 1e-3  # share of a word that is seldom the second one of a proper name
_FIELD = "ไร่"
_BEFORE_UNIT = frozenset({"หลาย", "กี่", "ต่อ"})
_PLACE_PARTS = 3  # words of a proper name after a generic word: คลอง|แสน|แสบ


def words(parts: Sequence[str]) -> list[str]:
    """Return ICU's words with compounds of the list and unknown names joined; they concatenate to the same text."""
    parts = _with_orphans(parts)
    openers = language_of("th").openers
    out: list[str] = []
    at = 0
    while at < len(parts):
        size = _longest(parts, at)
        if parts[at] in openers and at + 1 < len(parts):
            size = max(size, 1 + longer if (longer := _longest(parts, at + 1)) > 1 else 1)  # การ|ส่งออก, not การส่ง|ออก
        out.append("".join(parts[at : at + size]))
        at += size
    return _with_fields(_with_places(_with_unknown(out)))


def _longest(parts: Sequence[str], at: int) -> int:
    """Return the number of ICU's words in the longest word of the list that begins here; at least 1."""
    table = thai_table()
    form, longest = parts[at], 1
    for size, part in enumerate(parts[at + 1 : at + _MOST_PARTS], 2):
        form += part
        if form in table:
            longest = size
    return longest


def tag(word: str) -> str:
    """Return a word's part of speech, or ``UNKNOWN``."""
    return thai_table().get(word, (UNKNOWN, 0.0))[0]


def is_listed(word: str) -> bool:
    """Whether a word is in the list at all."""
    return word in thai_table()


def frequency(word: str) -> float:
    """Return a word's share (0..1) of the words of the Thai National Corpus; 0 if it is rare."""
    return thai_table().get(word, (UNKNOWN, 0.0))[1]


def ends_of_verbs(stretches: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the short listed words without a part of speech that the text has only after a verb: ชนะ|เลิศ."""
    after: dict[str, bool] = {}
    for found in stretches:
        for before, word in zip(["", *found], found, strict=False):
            if len(word) <= _JOINABLE and is_listed(word) and tag(word) == UNKNOWN:
                after[word] = after.get(word, True) and tag(before) == VERB
    return frozenset(word for word, always in after.items() if always)


def _with_orphans(parts: Sequence[str]) -> Sequence[str]:
    """Return the words, with the first letters of an unknown word moved to the word before it: ริ|มน้ำปิง, บ้า|นริมปิง."""
    table = thai_table()
    if all(word in table for word in parts):
        return parts
    out: list[str] = []
    rest = list(reversed(parts))
    while rest:
        word = rest.pop()
        for size in (1, 2):
            completed = out[-1] + word[:size] if out and _is_thai(word) and word not in table else ""
            if completed in table and len(word) - size > 1 and not _ends_compound(out):
                out[-1] = completed
                rest += reversed(unspaced(word[size:], "th"))
                break
        else:
            out.append(word)
    return out


def _ends_compound(words: Sequence[str]) -> bool:
    """Whether the last two words are a compound: ส้ม|โอ, and not โอน."""
    return len(words) > 1 and words[-2] + words[-1] in COMPOUNDS


def _with_unknown(found: list[str]) -> list[str]:
    """Join adjacent unknown words of which one is a fragment: ชัช|ชุ|อร."""
    out: list[str] = []
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and _is_unknown(found[end]):
            end += 1
        run = found[at : max(end, at + 1)]
        whole = len(run) > 1 and any(len(word) <= _FRAGMENT for word in run)
        out += ["".join(run)] if whole else run
        at += len(run)
    return out


def _is_unknown(word: str) -> bool:
    known = thai_table().get(word)
    return _is_thai(word) and (known is None or (known[0] == UNKNOWN and len(word) <= _JOINABLE))


def _with_places(found: list[str]) -> list[str]:
    """Join a generic word and the proper name after it, whatever its words mean alone: คลอง|แสน|แสบ, ถนน|รามคำแหง."""
    generic = language_of("th").places
    out: list[str] = []
    at = 0
    while at < len(found):
        end = at + 1
        if found[at] in generic:
            while end < len(found) and found[end] not in generic and _may_name(found[end], first=end == at + 1):
                end += 1
            if end - at - 1 > _PLACE_PARTS:
                end = at + 1
        out.append("".join(found[at:end]))
        at = end
    return out


def _with_fields(found: list[str]) -> list[str]:
    """Join the word for a field, which is a unit of area as well, and the crop after it: ไร่|อ้อย, not ห้า|ไร่."""
    out: list[str] = []
    for word in found:
        field = out[-1:] == [_FIELD] and tag(word) == NOUN
        if field and not (len(out) > 1 and _counts_fields(out[-2])):
            out[-1] += word
        else:
            out.append(word)
    return out


def _counts_fields(word: str) -> bool:
    """Whether ไร่ after this word is the unit of area: after a numeral, many, how many or per."""
    return word in _BEFORE_UNIT or re.fullmatch(language_of("th").numerals, word) is not None


def _may_name(word: str, *, first: bool) -> bool:
    part, share = thai_table().get(word, (UNKNOWN, 0.0))
    return _is_thai(word) and part not in (FUNCTION, VERB) and (first or share < _COMMON)


def _is_thai(word: str) -> bool:
    return "\u0e01" <= word[:1] <= "\u0e4e"


@lru_cache(maxsize=1)
def thai_table() -> dict[str, tuple[str, float]]:
    """Return the words of thai_words.txt and the compounds, with their part of speech and their share of all words.

    Raises:
        DataFileError: it cannot be used.
    """
    table = dict.fromkeys(COMPOUNDS, (NOUN, 0.0))
    with data_file("alt_pipelines.tagging.extraction", "data", "thai_words.txt") as file:
        for line in whole_text(file).splitlines():
            if not line.startswith("#"):
                part, zipf, *group = line.split(" ")
                value = (part, 10 ** (int(zipf) / 10 - 9) if zipf != "0" else 0.0)
                table.update(dict.fromkeys(group, value))
    unread = {word: (NOUN, table[word][1]) for word in COMPOUNDS if table[word][0] == UNKNOWN}
    return table | unread
