"""Names of people in Thai text: two words with a space between them, after a title or unknown to the dictionaries.

    spans_of_names("นายธนกร บุญเรืองศรี กล่าวว่า")  ->  [(3, 20)]

Thai has no spaces between words, but one between a given name and a surname, and one after the surname.
"""

import re
from functools import lru_cache

from alt_pipelines.tagging.extraction import thai_words
from alt_pipelines.text.segmentation import unspaced

_LETTERS = "[\u0e01-\u0e4e]"
_TITLE = (
    "นายแพทย์|นาย|นางสาว|นาง|คุณ|ดร\\.|นพ\\.|พญ\\.|น\\.ส\\.|ศ\\.|รศ\\.|ผศ\\.|พล\\.[อทต]\\.(?:[อทต]\\.)?|พ\\.[อทต]\\.(?:[อทต]\\.)?"
    "|ร\\.[อทต]\\.(?:[อทต]\\.)?|ม\\.[รล]\\.(?:ว\\.)?"
)
_PAIR = re.compile(
    f"(?<!{_LETTERS})(?P<title>{_TITLE})? ?(?P<given>{_LETTERS}{{2,14}}) "
    f"(?P<surname>{_LETTERS}{{3,18}})(?!{_LETTERS}|\\.)"
)


def spans_of_names(text: str) -> list[tuple[int, int]]:
    """Return the spans of given names with their surnames, without titles, in order."""
    found = []
    at = 0
    while match := _PAIR.search(text, at):
        whole = (
            (match["title"] and not _is_word(match["title"], match["given"]))
            or _is_unknown(match["given"])
            or (_is_unknown(match["surname"]) and _may_be_given(match["given"]))
            or (_has_unknown(match["surname"]) and _is_given(match["given"]))
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
    """Whether a form is one word that the list has as a name: ธวัชชัย."""
    return [thai_words.tag(word) for word in _words(form)] == [thai_words.NAME]


def _has_unknown(form: str) -> bool:
    """Whether a surname has a part that is not in the list, whatever its first word means: ดำรง|อ่อง|ตระกูล."""
    return any(not thai_words.is_listed(word) for word in _words(form))


def _is_surname(form: str) -> bool:
    joined = thai_words.words(unspaced(form, "th"))
    acts = thai_words.tag(joined[0]) in (thai_words.VERB, thai_words.FUNCTION, thai_words.NUMERAL)
    return not acts or len(joined) == 1 or _has_unknown(form)


@lru_cache(maxsize=4096)
def _words(form: str) -> tuple[str, ...]:
    return tuple(thai_words.words(unspaced(form, "th")))
