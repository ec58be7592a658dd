"""Places where the Chinese segmenter cuts one character too early or too late, in words that its dictionary lacks.

    mended(text, words of "臺東山區")      ->  臺東/ns 山區/n, and not 臺/q 東山區/ns
    mended(text, words of "折叠屏横屏时")  ->  折叠/v 屏/n 横屏/n 时/n, and not 屏横/v 屏时/ng

Scope: cuts that the words beside them show to be wrong. Names of people are found in ``chinese_names``.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from alt_pipelines.tagging.extraction.chinese_words import NUMERAL, shifted
from alt_pipelines.tagging.extraction.frequencies import frequency
from alt_pipelines.text.scripts import HAN, is_han
from alt_pipelines.text.segmentation import Word, chinese, simplified
from alt_pipelines.text.stopwords import word_set

_KNOWN = 1e-6  # share of a word in wordfreq's list; below it, the segmenter may have guessed the word
_QUOTED_ON_MARKETS = frozenset("股指债")  # ends of what markets quote: 白酒|股, 创业板|指
_SIZES = frozenset("小大微")
_VERY_COMMON = 2e-4  # share of a noun that is not a term with a size before it: 大城市
_DRUGS = word_set(  # Chinese endings of the WHO's stems of drug names, as the segmenter cuts them
    "单抗 替尼 他汀 沙坦 普利 洛尔 地平 列净 列汀 鲁肽 泊肽 西林 沙星 霉素 拉唑 替丁 双胍 昔布 佐米 巴韦 韦林 那韦"
)
_NUMBER = re.compile("\\([0-9]{4}")
STOCK_NUMBER = re.compile("\\d{4,6}[.-](?:SH|SZ|BJ|HK|TW)")
_STOCK = re.compile(  # a number of four digits may be a year
    f"(?:^|[、,。;:\\s])([{HAN}A-Z]{{2,6}})(?=\\((?:[036]\\d{{5}}|{STOCK_NUMBER.pattern}|(?!19|20)\\d{{4}})\\))",
    re.MULTILINE,
)
_PLACE = _GUESS = 3  # characters
_SYLLABLES = 3  # words of a drug's name before such an ending


def mended(text: str, words: Sequence[Word]) -> list[Word]:
    """Return the words, cut where the words beside them show. Linear in their number."""
    out: list[Word] = []
    for word in words:
        clue = _may_be_cut(word.surface, word.pos) or (out and out[-1].surface in _SIZES)
        if clue and out and out[-1].start + len(out[-1].surface) == word.start:
            size, pieces = _mended(text, out, word)
            del out[len(out) - size :]
            out += pieces
        else:
            out.append(word)
    return out


@lru_cache(maxsize=65536)
def _may_be_cut(surface: str, pos: str) -> bool:
    """Whether a word alone gives a reason to look at the words before it."""
    form = simplified(surface)
    if not is_han(form[0]):
        return False
    place = pos == "ns" and len(form) == _PLACE
    guess = len(form) == 2 and not frequency(form, "zh")
    return place or guess or form in _DRUGS or form[0] in _QUOTED_ON_MARKETS or _begins_when(form)


def _mended(text: str, before: Sequence[Word], word: Word) -> tuple[int, list[Word]]:
    """Return how many of the words before a word are to be replaced with it, and by which."""
    start, end = before[-1].start, word.start + len(word.surface)
    if _place_across(before, word):
        return 1, [Word(text[start : start + 2], start, "ns"), *shifted(text[start + 2 : end], start + 2)]
    if _crosses(before[-1], word):
        bounds = (start, start + 1, end - 1, end)
        return 1, [piece for first, last in pairwise(bounds) for piece in shifted(text[first:last], first)]
    if _quoted(before, word):
        verb = [piece._replace(pos="v") for piece in shifted(word.surface[1:], word.start + 1)]
        return 1, [Word(text[start : word.start + 1], start, "n"), *verb]
    if _is_sized(before, word):
        return 1, [Word(text[start:end], start, "n")]
    if size := _drug(before, word):
        first = before[-size].start
        return size, [Word(text[first:end], first, "nz")]
    if _begins_when(simplified(word.surface)):
        return 0, [Word(word.surface[0], word.start, "f"), *shifted(word.surface[1:], word.start + 1)]
    return 0, [word]


def listed_companies(text: str) -> set[str]:
    """Return the names at the start of a clause before a stock number in brackets: 贵州茅台(600519)."""
    return {match.group(1) for match in _STOCK.finditer(text)} if _NUMBER.search(text) else set()


def _place_across(before: Sequence[Word], word: Word) -> bool:
    """Whether a measure without a number and a longer place are two places: 臺|東山區."""
    measure = before[-1]
    counted = len(before) > 1 and (before[-2].pos in ("m", "r") or NUMERAL.fullmatch(before[-2].surface))
    if measure.pos != "q" or len(measure.surface) > 1 or counted or len(word.surface) != _PLACE or word.pos != "ns":
        return False
    form = simplified(measure.surface + word.surface)
    return _tag(form[:2]) == "ns" and frequency(form[:2], "zh") >= _KNOWN and frequency(form[2:], "zh") >= _KNOWN


def _crosses(before: Word, word: Word) -> bool:
    """Whether two guesses of two characters have a word in their middle: 屏横|屏时."""
    forms = [simplified(before.surface), simplified(word.surface)]
    guesses = all(len(f) == 2 and is_han(f[0]) and is_han(f[1]) and not frequency(f, "zh") for f in forms)
    return guesses and frequency(forms[0][1] + forms[1][0], "zh") > 0


def _quoted(before: Sequence[Word], word: Word) -> bool:
    """Whether a word is or begins with the end of a name of what markets quote: 白酒|股走弱, 银行|股."""
    form = simplified(word.surface)
    if form[0] not in _QUOTED_ON_MARKETS or not before[-1].pos.startswith(("n", "j", "b")):
        return False
    guessed = 1 < len(form) < 4 and word.pos.startswith(("v", "a", "z", "d")) and frequency(form, "zh") < _KNOWN
    return guessed or (len(form) == 1 and len(before[-1].surface) > 1)


def _is_sized(before: Sequence[Word], word: Word) -> bool:
    """Whether a size and a noun that is not very common are a term: 小|程序, 大|模型."""
    size = before[-1]
    if size.surface not in _SIZES or not word.pos.startswith("n") or len(word.surface) != 2:
        return False
    degree = len(before) > 1 and before[-2].pos in ("d", "zg", "m")
    if _is_known(size.surface + word.surface[0]):
        return False  # 大火|烧
    return size.pos == "a" and not degree and frequency(simplified(word.surface), "zh") < _VERY_COMMON


def _drug(before: Sequence[Word], word: Word) -> int:
    """Return the number of words before the ending of a drug's name that belong to it: 利妥|珠|单抗."""
    if simplified(word.surface) not in _DRUGS:
        return 0
    size, end = 0, word.start
    for other in reversed(before[-_SYLLABLES:]):
        if other.start + len(other.surface) != end or not is_han(other.surface[0]):
            break
        if other.pos in ("c", "p", "uj", "v", "m", "x") or (len(other.surface) > 1 and _is_known(other.surface)):
            break
        size, end = size + 1, other.start
    return size


def _begins_when(form: str) -> bool:
    """Whether a guess begins with the end of a clause of time: 竖屏|时卡顿."""
    return form[0] == "时" and len(form) == _GUESS and not frequency(form, "zh") and frequency(form[1:], "zh") > 0


def _is_known(surface: str) -> bool:
    return frequency(simplified(surface), "zh") >= _KNOWN


@lru_cache(maxsize=4096)
def _tag(form: str) -> str:
    words = chinese(form)
    return words[0].pos if len(words) == 1 else ""
