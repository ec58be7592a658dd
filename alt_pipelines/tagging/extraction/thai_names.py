"""Names in Thai text that have a space inside: of people and of clubs, stadiums and companies.

    spans_of_names("นายธนกร บุญเรืองศรี กล่าวว่า")  ->  [(3, 20)]
    spans_of_names("เอาชนะการท่าเรือ เอฟซี 2-1")    ->  [(6, 22)]

Thai has no spaces between words, but one between a given name and a surname, and one after the surname. People are
found by a title before them or because the dictionaries lack their words; clubs, stadiums and companies by the foreign
word for what they are (ยูไนเต็ด, เอฟซี), which ends their name.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from alt_pipelines.tagging.extraction import thai_words
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.text.segmentation import unspaced

_SHORTEST = 3  # letters of a name
_LETTERS = "[\u0e01-\u0e4e]"
_TITLE = (
    "นายแพทย์|นาย|นางสาว|นาง|คุณ|ดร\\.|นพ\\.|พญ\\.|น\\.ส\\.|ศ\\.|รศ\\.|ผศ\\.|พล\\.[อทต]\\.(?:[อทต]\\.)?|พ\\.[อทต]\\.(?:[อทต]\\.)?"
    "|ร\\.[อทต]\\.(?:[อทต]\\.)?|ม\\.[รล]\\.(?:ว\\.)?"
)
_PAIR = re.compile(
    f"(?<!{_LETTERS})(?P<title>{_TITLE})? ?(?P<given>{_LETTERS}{{2,14}}) "
    f"(?P<surname>{_LETTERS}{{3,18}})(?!{_LETTERS}|\\.)"
)
_KIND = "ยูไนเต็ด|เอฟซี|เอฟ\\.ซี\\.|เอสซี|ซิตี้|สเตเดียม|อารีน่?า|พาร์ค|คลับ|กรุ๊ป|โฮลดิ้งส์?|แอร์ไลน์ส?|แอร์เวย์ส"
_OF_A_KIND = re.compile(
    f"(?P<first>(?<!{_LETTERS}){_LETTERS}{{2,14}} )?(?P<before>{_LETTERS}{{2,40}}) (?:{_KIND})(?!{_LETTERS})"
)
_MOST_WORDS = 2  # of a surname that the list has words of


def spans_of_names(text: str) -> list[tuple[int, int]]:
    """Return the spans of names with a space inside, without titles, in order."""
    kinds = list(_spans_of_kinds(text))
    people = [
        (start, end)
        for start, end in _spans_of_people(text)
        if all(end <= other_start or other_end <= start for other_start, other_end in kinds)
    ]
    return sorted([*kinds, *people])


def _spans_of_kinds(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the names of clubs, stadiums and companies: บีจี ปทุม ยูไนเต็ด, after a verb the name alone."""
    for match in _OF_A_KIND.finditer(text):
        before = _words(match["before"])
        size = 1 + (len(before) > 1 and before[-2] in language_of("th").openers)  # การ|ท่าเรือ
        name = "".join(before[-size:])
        if thai_words.tag(name) in (thai_words.VERB, thai_words.FUNCTION) or len(name) < _SHORTEST:
            continue
        start = match.end("before") - len(name)
        first = (match["first"] or "").strip()
        if first and len(before) == size and _is_unknown(first):
            start = match.start("first")
        yield start, match.end()


def is_of_a_kind(name: str) -> bool:
    """Whether a name is one of a club, a stadium or a company, which its first word may stand for: บุรีรัมย์."""
    return _OF_A_KIND.fullmatch(name) is not None


def _spans_of_people(text: str) -> list[tuple[int, int]]:
    found = []
    at = 0
    while match := _PAIR.search(text, at):
        whole = (
            (match["title"] and not _is_word(match["title"], match["given"]))
            or _is_unknown(match["given"])
            or (_is_unknown(match["surname"]) and _may_be_given(match["given"]))
            or (_is_given(match["given"]) and (_has_unknown(match["surname"]) or _is_rare(match["surname"])))
        ) and _is_surname(match["surname"])
        if whole:
            found.append((match.start("given"), match.end()))
        at = match.end() if whole else match.start("surname")
    return found


def _is_word(title: str, given: str) -> bool:
    """Whether a title only begins a longer word: นายกเทศมนตรี, นางแบบ."""
    return any(thai_words.tag(title + given[:size]) != thai_words.UNKNOWN for size in range(1, len(given) + 1))


def _is_unknown(given: str) -> bool:
    joined = _words(given)
    return len(joined) == 1 and not thai_words.is_listed(joined[0])


def _may_be_given(form: str) -> bool:
    tags = [thai_words.tag(word) for word in _words(form)]
    return thai_words.UNKNOWN in tags and not {thai_words.VERB, thai_words.FUNCTION} & set(tags)


def _is_given(form: str) -> bool:
    """Whether a form is one word that the list has as a name, or begins with one: ธวัชชัย, ธีระ|ศักดิ์."""
    first, *rest = [thai_words.tag(word) for word in _words(form)]
    return first == thai_words.NAME and rest in ([], [thai_words.NOUN])


def _has_unknown(form: str) -> bool:
    """Whether a surname has a part that is not in the list, whatever its first word means: ดำรง|อ่อง|ตระกูล."""
    return any(not thai_words.is_listed(word) for word in _words(form))


def _is_rare(form: str) -> bool:
    """Whether a form of one or two words has one that is no part of speech in the list: ใจเด็ด, แจ้ง|ไพร."""
    words = _words(form)
    return len(words) <= _MOST_WORDS and any(thai_words.tag(word) == thai_words.UNKNOWN for word in words)


def _is_surname(form: str) -> bool:
    joined = thai_words.words(unspaced(form, "th"))
    acts = thai_words.tag(joined[0]) in (thai_words.VERB, thai_words.FUNCTION, thai_words.NUMERAL)
    return not acts or len(joined) == 1 or _has_unknown(form) or _is_rare(form)


@lru_cache(maxsize=4096)
def _words(form: str) -> tuple[str, ...]:
    return tuple(thai_words.words(unspaced(form, "th")))
