"""Keys under which the spellings of one name are equal.

    spelling_key("クモ膜下出血", "ja") == spelling_key("くも膜下出血", "ja")
    spelling_key("World war", "en") == spelling_key("World War", "en")
    spelling_keys("e-mail", "en")  ->  ("e mail", "email")

Spellings may differ in case, width, kana, the final long mark of a katakana word, hyphens, apostrophes, accents and, in
English, a plural at the end. An accent distinguishes words in most languages that write it (Bar, Bär). Accents are
therefore ignored only in English and in names of two or more capitalised words.
"""

import re
import unicodedata
from functools import lru_cache

from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.scripts import CJK

_HYPHENS = re.compile("[-\u2010-\u2015\u2212]")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc`]")
_MIDDLE_DOT = re.compile("(?<=[ァ-ヴー])[・=](?=[ァ-ヴ])")
_LONG_MARK = re.compile("(?<=[ァ-ヴー]{3})ー(?![ァ-ヴー])")
_ONE_KANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}  # katakana to hiragana
_LATIN_MARKS = re.compile("(?<=[a-zA-Z])[\u0300-\u036f]+")
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})
_PLURAL = re.compile(r"(?<=[a-z]{3})(?:(?<=[^aeiou])(ie)s|(?<=ch|sh)es|(?<=x|z)es|(?<=ss)es|(?<![siu])s)$")
_SHORTEST_PLURAL = 5  # letters; news, arms and Mars are not plurals of other words


def spelling_key(form: str, language: str) -> str:
    """Return the key of a name or phrase; equal for all its spellings in this language."""
    return spelling_keys(form, language)[0]


@lru_cache(maxsize=65536)
def spelling_keys(form: str, language: str) -> tuple[str, ...]:
    """Return the keys of a name: with its hyphens as spaces and, if it has any, also with them removed."""
    text = _APOSTROPHES.sub("'", nfkc(form)).strip()
    if CJK.search(text):
        text = _LONG_MARK.sub("", _MIDDLE_DOT.sub("", text)).translate(_ONE_KANA)
    elif not text.isascii() and (language == "en" or _is_name(text)):
        text = unicodedata.normalize("NFC", _LATIN_MARKS.sub("", unicodedata.normalize("NFD", text)))
        text = text.casefold().translate(_STROKES)
    text = text.casefold()
    if language == "en":
        text = _singular(text)
    if not _HYPHENS.search(text):
        return (" ".join(text.split()),)
    return (" ".join(_HYPHENS.sub(" ", text).split()), " ".join(_HYPHENS.sub("", text).split()))


def _is_name(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and words[0][0].isupper() and any(map(str.isupper, words[-1]))


def _singular(text: str) -> str:
    last = text.rpartition(" ")[2]
    if len(last) < _SHORTEST_PLURAL or last.endswith(("ics", "news", "species", "series")):
        return text
    return _PLURAL.sub(lambda match: "y" if match[1] else "", text)
