"""Names in Thai text that have a space inside: of people and of clubs, stadiums and companies.

    spans_of_names("นายธนกร บุญเรืองศรี กล่าวว่า")  ->  [(3, 20)]
    spans_of_names("เอาชนะการท่าเรือ เอฟซี 2-1")    ->  [(6, 22)]

Thai has no spaces between words, but one between a given name and a surname, and one after the surname. People are
found by a title before them or because the dictionaries lack their words; clubs, stadiums and companies by the foreign
word for what they are (ยูไนเต็ด, เอฟซี), which ends their name.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.unspaced import thai_words
from alt_pipelines.text.segmentation import unspaced

_SHORTEST = 3  # letters of a name
_LETTERS = "[\u0e01-\u0e4e]"
_TITLE = (
    "นายแพทย์|นาย|นางสาว|นาง|คุณ|ดร\\.|นพ\\.|พญ\\.|น\\.ส\\.|ศ\\.|รศ\\.|ผศ\\.|พล\\.[อทต]\\.(?:[อทต]\\.)?|พ\\.[อทต]\\.(?:[อทต]\\.)?"
    "|ร\\.[อทต]\\.(?:[อทต]\\.)?|[จพ]\\.[สจ]\\.[อทต]\\.|ส\\.[อทต]\\.(?:[อทต]\\.)?|ม\\.[รล]\\.(?:ว\\.)?"
)
_PAIR = re.compile(
    f"(?<!{_LETTERS})(?P<title>{_TITLE})? ?(?P<given>{_LETTERS}{{2,40}}) "
    f"(?P<surname>{_LETTERS}{{3,18}})(?!{_LETTERS}|\\.)"
)
_KIND = "ยูไนเต็ด|เอฟซี|เอฟ\\.ซี\\.|เอสซี|ซิตี้|สเตเดียม|อารีน่?า|พาร์ค|คลับ|กรุ๊ป|โฮลดิ้งส์?|แอร์ไลน์ส?|แอร์เวย์ส"
_OF_A_KIND = re.compile(
    f"(?P<first>(?<!{_LETTERS}){_LETTERS}{{2,14}} )?(?P<before>{_LETTERS}{{2,40}}) (?:{_KIND})(?!{_LETTERS})"
)
_LONGEST_GIVEN = 14  # letters
_SPOKEN_TITLES = frozenset({"นาย", "นาง", "นางสาว", "คุณ", "เชฟ", "โค้ช", "หมอ", "ครู"})
_COMPANY = re.compile(f"บริษัท ?(?P<name>{_LETTERS}{{2,20}}(?: {_LETTERS}{{2,20}}){{1,2}}) จำกัด")
_TITLE_INSIDE = re.compile(f"(?:ด้าน|ส่วน|โดย|และ|กับ|ของ|ขณะที่)(?:นางสาว|นาย|นาง)(?={_LETTERS}{{3}})")
_ABBREVIATION = re.compile(f"(?<![\u0e01-\u0e4e.])(?:[ก-ฮ]{{1,4}}\\.){{1,3}}(?!{_LETTERS}|\\d)")
_NUMBERED = re.compile(f"({_LETTERS}{{3,40}})-[0-9]{{1,3}}(?![0-9-])")
_HYPHEN_AND_DIGIT = re.compile("-[0-9]")  # a cheap test, because most texts have no such name
_LETTERED = re.compile(f"(?<![\\w-])[A-Za-zα-ω]-({_LETTERS}{{3,40}})")
_SHORTEST_ABBREVIATION = 3  # consonants: กกต., but not the months พ.ย., ธ.ค.
_TITLES = re.compile(f"(?:{_TITLE})+")
_AREA_OR_VOLUME = re.compile("(?:ตร|ลบ)\\.(?:กม|ซม|มม|ม|ว|ฟ)\\.")  # units: ตร.กม., ลบ.ม.
_QUOTED = re.compile(f"[“‘\"'](?P<name>{_LETTERS}{{3,24}}(?: {_LETTERS}{{2,12}})?)[”’\"']")
_POLITE = (
    "ครับ",
    "ครับผม",
    "ขอรับ",
    "ค่ะ",
    "คะ",
    "ฮะ",
    "จ้ะ",
    "จ๊ะ",
    "จ้า",
    "จ๋า",
    "นะ",
    "น่ะ",
    "ล่ะ",
    "เถอะ",
)  # particles that end what somebody says
_LONGEST_QUOTED = 24  # letters: what is longer is speech
_AGED = re.compile(f" ?{_LETTERS}{{0,12}}(?:อายุ|วัย) ?\\d")
_PERSON = "ผู้"  # begins nouns for persons: ผู้โดยสาร
_PERSONS = ("ชาย", "หญิง", "คน", "เด็ก", "หนุ่ม", "สาว")  # by sex and age
_SURNAME_WORDS = 3
_MOST_WORDS = 2  # of a surname that the list has words of


def spans_of_names(text: str) -> list[tuple[int, int]]:
    """Return the spans of names with a space, a hyphen or full stops, and of quoted ones, without titles, in order."""
    companies = [match.span("name") for match in _COMPANY.finditer(text)]
    kinds = [*companies, *_apart(_spans_of_kinds(text), companies)]
    kinds += _apart(_spans_of_numbered(text), kinds)
    kinds += _apart(_spans_of_lettered(text), kinds)
    kinds += _apart(_spans_of_abbreviations(text), kinds)
    kinds += _apart(spans_of_quoted(text), kinds)
    return sorted([*kinds, *_apart(_spans_of_people(text), kinds)])


def spans_of_quoted(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of short quotations, which are titles and other names: เพลง “ลมหนาวริมโขง”."""
    for match in _QUOTED.finditer(text):
        if len(match["name"]) <= _LONGEST_QUOTED and not match["name"].endswith(_POLITE):
            yield match.span("name")


def _spans_of_numbered(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of foreign words with a hyphen and a number, which are names: โควิด-19, เอฟ-16."""
    if not _HYPHEN_AND_DIGIT.search(text):
        return
    for match in _NUMBERED.finditer(text):
        name = _words(match[1])[-1]
        if _may_be_name(name):
            yield match.end(1) - len(name), match.end()


def _spans_of_lettered(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of words that a Greek or Latin letter and a hyphen begin: β-แคโรทีน, T-เซลล์."""
    for match in _LETTERED.finditer(text):
        name = _words(match[1])[0]
        if _may_be_name(name):
            yield match.start(), match.start(1) + len(name)


def _may_be_name(word: str) -> bool:
    """Whether a word with a number or a letter is a noun, a name, or unknown."""
    return len(word) >= _SHORTEST and thai_words.tag(word) in (thai_words.UNKNOWN, thai_words.NAME, thai_words.NOUN)


def _spans_of_abbreviations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of abbreviated names with their full stops: กกต., but neither months, titles nor units."""
    for match in _ABBREVIATION.finditer(text):
        consonants = len(match.group().replace(".", ""))
        named = consonants >= _SHORTEST_ABBREVIATION and not _AREA_OR_VOLUME.fullmatch(match.group())
        if named and not _TITLES.fullmatch(match.group()):
            yield match.span()


def _apart(spans: Iterable[tuple[int, int]], others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans that overlap none of the others, which are in order."""
    kept = []
    ordered = sorted(others)
    for start, end in spans:
        at = bisect_left(ordered, (end, 0))
        if at == 0 or ordered[at - 1][1] <= start:
            kept.append((start, end))
    return kept


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
        if titled := _TITLE_INSIDE.match(match["given"]):
            found.append((match.start("given") + titled.end(), match.end()))
            at = match.end()
            continue
        generic = _is_generic(match["given"]) or _is_generic(match["surname"])
        whole = (
            not generic
            and len(match["given"]) <= _LONGEST_GIVEN
            and (
                (match["title"] and not _is_word(match["title"], match["given"]))
                or _is_unknown(match["given"])
                or (_AGED.match(text, match.end()) and _may_have_age(match["given"], match["surname"]))
                or (_is_unknown(match["surname"]) and _may_be_given(match["given"]))
                or (_is_given(match["given"]) and (_has_unknown(match["surname"]) or _is_rare(match["surname"])))
            )
            and _is_surname(match["surname"])
        )
        if whole:
            found.append((match.start("given"), match.end()))
        elif not generic and (glued := _given_at_end(match["given"], match["surname"])):
            found.append((match.end("given") - len(glued), match.end()))
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


def _may_have_age(given: str, surname: str) -> bool:
    """Whether two forms before an age may be a name: not two nouns, nor a noun for a person, nor a clause."""
    if given.startswith(_PERSONS) or surname.startswith(_PERSONS):
        return False
    nouns = all(thai_words.tag(word) == thai_words.NOUN for word in _words(given))
    return not nouns and thai_words.tag(_words(surname)[0]) not in (thai_words.VERB, thai_words.FUNCTION)


def _is_given(form: str) -> bool:
    """Whether a form is one word that the list has as a name, or begins with one: ธวัชชัย, ธีระ|ศักดิ์."""
    first, *rest = [thai_words.tag(word) for word in _words(form)]
    return first == thai_words.NAME and rest in ([], [thai_words.NOUN])


def _has_unknown(form: str) -> bool:
    """Whether a surname has a part that is not in the list, whatever its first word means: ดำรง|อ่อง|ตระกูล."""
    return any(not thai_words.is_listed(word) for word in _words(form))


def _given_at_end(before: str, surname: str) -> str:
    """Return the given name at the end of what precedes a surname, after a title or a function word; "" if none.

    ด้าน|นาย|วรพจน์ อินทจักร์, ของ|ธีรเดช แก้วกัลยา
    """
    *rest, given = _words(before)
    if not rest or len(given) < _SHORTEST or not _is_surname(surname) or len(_words(surname)) > _SURNAME_WORDS:
        return ""
    if rest[-1] in _SPOKEN_TITLES:
        return given
    if _is_generic(given):
        return ""
    listed = thai_words.is_listed(given) and thai_words.tag(given) not in (thai_words.NAME, thai_words.UNKNOWN)
    named = thai_words.NAME in map(thai_words.tag, _words(surname)) or _has_unknown(surname) or _is_rare(surname)
    return given if thai_words.tag(rest[-1]) == thai_words.FUNCTION and named and not listed else ""


def _is_generic(form: str) -> bool:
    """Whether a form names a place, an institution or a person by a noun, or is a legal form: อำเภออัมพวา, ผู้โดยสาร."""
    return form == "จำกัด" or form.startswith((_PERSON, *language_of("th").places))


def _is_rare(form: str) -> bool:
    """Whether a form of one or two words has one without a part of speech in the list: ใจเด็ด, แจ้ง|ไพร."""
    words = _words(form)
    return len(words) <= _MOST_WORDS and any(thai_words.tag(word) == thai_words.UNKNOWN for word in words)


def _is_surname(form: str) -> bool:
    joined = thai_words.words(unspaced(form, "th"))
    acts = thai_words.tag(joined[0]) in (thai_words.VERB, thai_words.FUNCTION, thai_words.NUMERAL)
    return not acts or len(joined) == 1 or _has_unknown(form) or _is_rare(form)


@lru_cache(maxsize=4096)
def _words(form: str) -> tuple[str, ...]:
    return tuple(thai_words.words(unspaced(form, "th")))
