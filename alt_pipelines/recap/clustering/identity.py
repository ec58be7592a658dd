"""Extract what identifies the event in a text, as opposed to its kind: names, numbers with their units, and dates.

    identifiers("台風18号「ソーリック」は硫黄島の南にある。")                  ->  {"18号", "ソーリック", "硫黄島"}
    identifiers("A quake of magnitude 6.4 struck Masterton on Tuesday.")  ->  {"6.4", "masterton", "tuesday"}

There are two views: `identifiers` for comparison within one language, and `spoken_names` and `quantities` for
comparison across languages, by the sound of a name and the value of a number. All patterns run in linear time.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from alt_pipelines.text.korean import korean
from alt_pipelines.text.morphemes import morphemes
from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.numerals import spelt_numbers
from alt_pipelines.text.scripts import CJK, HAN, HANGUL, KATAKANA, UNSPACED, has_kana
from alt_pipelines.text.segmentation import chinese
from alt_pipelines.text.stopwords import common_words, stop_words
from alt_pipelines.text.terms import words

_SHARED_BY_CHANCE = re.compile(r"\d|(?:19|20)\d\d|\d{1,2}(?::\d\d){1,2}|\d{1,4}[年月日]|[\d:]{1,5}[時分]")
_CASED = re.compile(r"[A-Za-zÀ-ɏΑ-ωА-я]{2}")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_KATAKANA_NAME = re.compile(f"[{KATAKANA}]{{3,}}")
_COUNTED = re.compile(rf"\d{{1,12}}(?:\.\d{{1,6}})?[{HAN}]")
_HANGUL = re.compile(f"[{HANGUL}]")
_KOREAN_NAMES = frozenset({"NNP", "SN"})
_CHINESE_NAMES = ("nr", "ns", "nt", "nz")
_WORD = re.compile(r"[^\W\d_]+(?:['’\u2010\u2011-][^\W\d_]+)*|\d{1,15}(?:[.,:]\d{1,9}){0,3}")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_BEFORE_A_START = frozenset(".!?:\"'`“‘(")  # characters after which a sentence or a quotation begins
_ANALYSED = 300  # characters of a sentence that are analysed
_SHORTEST_LATIN = 2  # minimum letters of a Latin word in a Japanese text to count as a name

_SPOKEN_LENGTH = 3  # minimum consonants that distinguish a name from others
_MULTIPLIERS = {
    "千万": 1e7, "百万": 1e6, "千億": 1e11, "百億": 1e10, "千": 1e3, "万": 1e4, "億": 1e8, "兆": 1e12,
    "亿": 1e8, "千亿": 1e11, "百亿": 1e10, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
_MULTIPLIER = "|".join(sorted(_MULTIPLIERS, key=len, reverse=True))  # the longest first: 千亿 begins with 千
_QUANTITY = re.compile(rf"(\d{{1,15}}(?:,\d{{3}}){{0,5}}(?:\.\d{{1,6}})?)(?!\d)(?: ?({_MULTIPLIER}))?", re.IGNORECASE)
_TELLING = 10  # smaller whole numbers are shared by chance

_KANA_CONSONANTS = {
    kana: consonant
    for row, consonant in {
        "カキクケコガギグゲゴ": "k",
        "サシスセソザズゼゾ": "s",
        "ジヂ": "j",
        "タチツテトダヅデド": "t",
        "ナニヌネノン": "n",
        "フバビブベボパピプペポヴ": "p",
        "マミムメモ": "m",
        "ラリルレロ": "r",
    }.items()
    for kana in row
}
_LATIN_CONSONANTS = str.maketrans(
    {"q": "k", "x": "ks", "z": "s", "d": "t", "f": "p", "b": "p", "v": "p", "l": "r", **dict.fromkeys("aeiouhwy'’-")}
)
_SPELLINGS = (
    *(("mp", "np"), ("mb", "nb"), ("sch", "s"), ("sh", "s"), ("ch", "t")),
    *(("ck", "k"), ("ph", "p"), ("th", "s"), ("tz", "ts")),
)
_SOFT_C, _SOFT_G, _HARD = re.compile("c(?=[eiy])"), re.compile("g(?=[eiy])"), str.maketrans({"c": "k", "g": "k"})
_DOUBLED = re.compile(r"(.)\1+")


def identifiers(texts: Sequence[str]) -> frozenset[str]:
    """Extract the lower-cased names, numbers and dates of an article's title and opening sentences.

    A capitalised word at the beginning of a sentence does not count as a name, because any word can be there. In
    Japanese and Chinese, the analyser's proper nouns, katakana words, Latin words and numbers with their counters
    count; in Korean, the analyser's proper nouns and numbers.
    """
    found: set[str] = set()
    japanese = any(map(has_kana, texts))  # then a headline without kana is not Chinese
    for text in texts:
        found |= _identifiers(text, japanese)
    return frozenset(found)


@lru_cache(maxsize=1 << 12)  # the opening of an article is read for its kind and for adoption
def _identifiers(text: str, japanese: bool) -> frozenset[str]:
    if CJK.search(text):
        return frozenset(_east_asian(text, japanese))
    if _HANGUL.search(text):
        return frozenset(m.surface for m in korean(text[:_ANALYSED]) if m.pos in _KOREAN_NAMES)
    return frozenset(_spaced(text))


def distinctive(texts: Sequence[str], language: str) -> frozenset[str]:
    """Extract the identifiers that few texts share.

    They exclude common words ("Sunday", "president"), years, times of day and small numbers.
    In scripts without capitals and without an analyser, such as Arabic and Devanagari, every other word counts. Thai,
    Lao, Khmer and Burmese have none, because they have no spaces either.
    """
    common = common_words(language)
    found = identifiers(texts)
    if not has_names(texts):
        letters = "\n".join(texts)
        if _CASED.search(letters) or _UNSPACED.search(letters):
            return frozenset()
        # Every word is compared, and the common ones say what the event is.
        return frozenset(w for w in words(letters, stop_words(language)) if not _SHARED_BY_CHANCE.fullmatch(w))
    return frozenset(name for name in found if name not in common and not _SHARED_BY_CHANCE.fullmatch(name))


def has_names(texts: Sequence[str]) -> bool:
    """Whether names can be distinguished from other words in these texts, by capitals or by an analyser."""
    return any(
        CJK.search(text) is not None or _HANGUL.search(text) is not None or any(letter.isupper() for letter in text)
        for text in texts
    )


def spoken_names(text: str) -> frozenset[str]:
    """Extract the consonants of katakana words and capitalised Latin words, to match a name across both scripts.

    "Masterton" gives "mstrtn" and "マスタートン" gives "mstn"; `same_name` compares two of them.
    """
    wide = CJK.search(text) is not None
    spoken = {_kana_sound(name) for name in _KATAKANA_NAME.findall(text)}
    spoken |= {_latin_sound(word) for word in _LATIN_WORD.findall(text) if word[0].isupper() or wide}
    return frozenset(sound for sound in spoken if len(sound) >= _SPOKEN_LENGTH)


def latin_words(text: str) -> frozenset[str]:
    """Extract the lower-cased Latin words: "ispaceの着陸船" and an English report about it share "ispace"."""
    return frozenset(word.lower() for word in _LATIN_WORD.findall(text) if len(word) > _SHORTEST_LATIN)


def same_name(one: str, other: str) -> bool:
    """Whether two spoken names match: they are equal, or one has one more consonant at the end."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return longer == shorter or (len(shorter) > _SPOKEN_LENGTH and longer[:-1] == shorter)


def quantities(text: str) -> frozenset[float]:
    """Extract the values of the numbers in a text that are not small, in digits or in words.

    "1.2 million" and "120万" both give 1 200 000, "eighty-five" and "八十五" both give 85. "2億1000万"
    is 210 000 000, but its first part counts too.
    """
    text = nfkc(text)
    found = set(spelt_numbers(text))
    total, end = 0.0, -1
    for match in _QUANTITY.finditer(text):
        value = float(match[1].replace(",", "")) * _MULTIPLIERS.get(match[2].lower() if match[2] else "", 1)
        total = total + value if match.start() == end else value
        end = match.end() if CJK.match(match[2] or "") else -1
        found.add(total)
    return frozenset(round(value, 3) for value in found if value >= _TELLING or not value.is_integer())


def _east_asian(text: str, japanese: bool) -> set[str]:
    found = set(_KATAKANA_NAME.findall(text)) | set(_COUNTED.findall(text))
    found |= {word.lower() for word in _LATIN_WORD.findall(text) if len(word) >= _SHORTEST_LATIN}
    if has_kana(text):
        names = (m.surface for m in morphemes(text[:_ANALYSED]) if m.pos2 == "固有名詞")
        found |= {name for name in names if len(name) > 1}
    elif not japanese:
        found |= {word.surface for word in chinese(text[:_ANALYSED]) if word.pos.startswith(_CHINESE_NAMES)}
    return found


def _spaced(text: str) -> set[str]:
    found: set[str] = set()
    end = 0
    for match in _WORD.finditer(text):
        word, before = match.group(), text[end : match.start()].strip()
        begins = end == 0 or (before != "" and before[0] in _BEFORE_A_START)
        if word[0].isdigit() or (word[0].isupper() and not begins and word != "I"):
            found.add(_POSSESSIVE.sub("", word.lower()))
        end = match.end()
    return found


def _kana_sound(name: str) -> str:
    return _DOUBLED.sub(r"\1", "".join(_KANA_CONSONANTS.get(kana, "") for kana in name))


def _latin_sound(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    for spelling, sound in _SPELLINGS:
        plain = plain.replace(spelling, sound)
    plain = _SOFT_G.sub("j", _SOFT_C.sub("s", plain)).translate(_HARD).translate(_LATIN_CONSONANTS)
    return _DOUBLED.sub(r"\1", plain)
