"""People whom a Chinese text first names in full and then by surname and form of address: 胡广运, later 胡老."""

from collections.abc import Sequence
from itertools import pairwise

from alt_pipelines.tagging.extraction.chinese.characters import is_surname
from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.text.segmentation import Word, simplified
from alt_pipelines.text.stopwords import word_set

_HONORIFICS = word_set(
    "老 总 工 叔 姨 哥 姐 嫂 爷 奶 婆 伯 公 董 导 老师 师傅 医生 大夫 教练 教授 奶奶 爷爷 叔叔 阿婆 阿姨 伯伯"
)
_FULL_NAME = range(2, 4)  # characters


def without_honorifics(phrases: Sequence[Phrase], words: Sequence[Word], body: str) -> list[Phrase]:
    """Return the phrases without those that are a surname and a form of address, where a full name has the surname.

    The body has the full name first; a person who is only addressed may be somebody else. ``words``: of title and body.
    """
    people = {word.surface for word in words if word.pos.startswith("nr")}
    addressed = {name for name in people if _is_addressed(name)}
    if not addressed:
        return list(phrases)
    full = _full_names(words) - addressed
    again = {
        name
        for name in addressed
        if any(simplified(other[0]) == simplified(name[0]) and _is_earlier(other, name, body) for other in full)
    }
    return [phrase for phrase in phrases if "".join(phrase.words) not in again]


def _full_names(words: Sequence[Word]) -> set[str]:
    """Return the people's names that begin with a surname: 胡广运, 林|志远."""
    found = {word.surface for word in words if word.pos.startswith("nr")}
    for surname, given in pairwise(words):
        if len(surname.surface) == 1 and given.pos.startswith("nr") and given.surface not in _HONORIFICS:
            found.add(surname.surface + given.surface)
    return {name for name in found if len(name) in _FULL_NAME and is_surname(name[0])}


def _is_addressed(name: str) -> bool:
    return is_surname(name[0]) and simplified(name[1:]) in _HONORIFICS


def _is_earlier(full: str, short: str, body: str) -> bool:
    """Whether the body has the full name before the short one, or the short one is only in the title."""
    first, second = body.find(full), body.find(short)
    return first >= 0 and (second < 0 or first < second)
