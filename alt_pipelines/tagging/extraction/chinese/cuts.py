"""Places where the Chinese segmenter cuts one character too early or too late, in words that its dictionary lacks.

    mended(text, words of "台南山区")      ->  台南/ns 山区/n, and not 台/q 南山区/ns
    mended(text, words of "内屏横屏时")    ->  内屏/n 横屏/n 时/f, and not 横/v 屏时/ng

Scope: cuts that the words beside them show to be wrong. Names of people are found in ``chinese.names``.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from alt_pipelines.tagging.extraction.chinese.characters import is_sounding_place, is_sounds
from alt_pipelines.tagging.extraction.chinese.frequencies import KNOWN, share
from alt_pipelines.tagging.extraction.chinese.words import GRAMMATICAL, NUMERAL, shifted
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.scripts import is_han
from alt_pipelines.text.segmentation import Word, chinese, simplified
from alt_pipelines.text.stopwords import word_set

_SECURITIES = frozenset("股债")  # ends of names of securities: 猪肉|股, 企业|债
_BOARDS = word_set("主板 创业板 科创板 中小板")  # boards of the exchanges of China, which have an index: 创业板|指
_INDEX = "指"
_WHEN = "时"
_WALK = ("步", "道")  # 步道, a path for walkers: a word of Taiwan that the dictionary lacks
_PARTICLE = "的"
_CLAUSE_ENDS = frozenset("，、。；：！？,;:!?")
_STATE = "政府"
_SIZES = frozenset("小大微")
_FEATURES = frozenset("山岭嶺峰崖岩洞沟溝河江溪湖湾灣滩灘峡峽岛島坪")  # last characters of features of the land
_VERY_COMMON = 2e-4  # share of a noun that is not a term with a size before it: 大城市
# Chinese forms of the WHO's stems of drug names, of two characters. Those that also begin or are common words and
# names (格雷, 西利) are not among them.
_DRUG_STEMS = word_set(
    "单抗 替尼 他汀 沙坦 普利 洛尔 地平 列净 列汀 鲁肽 泊肽 西林 沙星 霉素 环素 培南 巴坦 康唑 芬净 拉唑 替丁 双胍 列酮"
    " 昔布 洛芬 米松 佐米 莫司 他赛 比星 替康 他滨 曲塞 巴韦 布韦 瑞韦 韦林 那韦 沙班 贝特 曲坦 司琼 司特 西泮 卡因"
    " 生坦 那非 唑嗪"
)
_OUTSIDE = (*GRAMMATICAL, "v", "x")  # tags of words outside of a drug's name
_NAMES = ("ns", "nr", "nrt", "nz")
_ADMINISTRATIVE = frozenset("省市县縣区區州镇鎮乡鄉村旗盟")
_PLACE = 3  # characters
_GUESSED = 1e-7  # share below which the segmenter has guessed a word
_MOST_SOUNDS = 8  # words of a transliterated place
_FEWEST_SOUNDS = 4  # characters of such a place with its kind, as 山, that are not enough for it
_SYLLABLES = 3  # words of a drug's name before its stem


class _Cut(NamedTuple):
    """How many of the words before a word are replaced together with it, and by which words."""

    replaced: int
    words: list[Word]


def mended(text: str, words: Sequence[Word]) -> list[Word]:
    """Return the words, cut where the words beside them show. Linear in their number."""
    out: list[Word] = []
    for word in words:
        cut = _mended(text, out, word)
        if cut is None:
            out.append(word)
            continue
        if cut.replaced:
            del out[-cut.replaced :]
        out += cut.words
    return out


def _mended(text: str, before: Sequence[Word], word: Word) -> _Cut | None:
    """Return the first cut of ``_RULES`` that applies to a word and the words before it; None if none does."""
    if word.pos == "nt" and (state := _government(word)) is not None:
        return state
    attached = bool(before) and before[-1].start + len(before[-1].surface) == word.start
    if attached and before[-1].surface == _PARTICLE:
        return _after_clause(text, before, word)
    if attached and (before[-1].surface in _SIZES or _may_be_cut(word.surface, word.pos)):
        for rule in _RULES:
            cut = rule(text, before, word)
            if cut is not None:
                return cut
    return None


@lru_cache(maxsize=65536)
def _may_be_cut(surface: str, pos: str) -> bool:
    """Whether a word alone gives a reason to look at the words before it."""
    form = simplified(surface)
    if not is_han(form[0]):
        return False
    place = pos == "ns" and len(form) == _PLACE
    guess = len(form) == 2 and not frequency(form, "zh")
    single = form == _WALK[1] or form[0] in _SECURITIES or form[0] == _INDEX
    return place or guess or single or form in _DRUG_STEMS


def is_short_name(words: Sequence[Word], at: int) -> bool:
    """Whether a measure without a number or pronoun begins a short name: 臺|鐵, 臺|電."""
    if len(words[at].surface) > 1 or at + 1 == len(words):
        return False
    counted = at > 0 and words[at - 1].pos.startswith(("m", "r", "q", "v"))
    return not counted and words[at + 1].pos == "n" and len(words[at + 1].surface) == 1


def sounding_place(words: Sequence[Word], at: int) -> int:
    """Return the number of words of a transliterated mountain, lake or river that begins here: 吉力|馬|札|羅山."""
    length = 0
    for size, word in enumerate(words[at : at + _MOST_SOUNDS], 1):
        length += len(word.surface)
        if length > _FEWEST_SOUNDS and is_sounding_place(word.surface):
            return size
        known_share = share(word.surface)
        guess = size == 1 and len(word.surface) == 2 and word.pos == "n" and known_share < _GUESSED
        guess = guess and is_sounds(word.surface[0])
        known = len(word.surface) > 1 and known_share >= KNOWN
        if known or word.pos.startswith("v") or not (guess or is_sounds(word.surface)):
            break
    return 0


def _two_places(text: str, before: Sequence[Word], word: Word) -> _Cut | None:
    """Divide a measure without a number and a longer place into two places: 台|南山区 is 台南|山区."""
    measure = before[-1]
    counted = len(before) > 1 and (before[-2].pos in ("m", "r") or NUMERAL.fullmatch(before[-2].surface))
    if measure.pos != "q" or len(measure.surface) > 1 or counted or len(word.surface) != _PLACE or word.pos != "ns":
        return None
    form = simplified(measure.surface + word.surface)
    if _tag(form[:2]) != "ns" or min(frequency(form[:2], "zh"), frequency(form[2:], "zh")) < KNOWN:
        return None
    start, end = measure.start, measure.start + len(form)
    return _Cut(1, [Word(text[start : start + 2], start, "ns"), *shifted(text[start + 2 : end], start + 2)])


def _word_in_the_middle(text: str, before: Sequence[Word], word: Word) -> _Cut | None:
    """Divide two guesses of two characters around a word: 屏横|屏时 is 屏|横屏|时."""
    forms = [simplified(before[-1].surface), simplified(word.surface)]
    if not all(len(f) == 2 and is_han(f[0]) and is_han(f[1]) and not frequency(f, "zh") for f in forms):
        return None
    if not frequency(forms[0][1] + forms[1][0], "zh"):
        return None
    start, end = before[-1].start, word.start + len(word.surface)
    bounds = pairwise((start, start + 1, end - 1, end))
    return _Cut(1, [piece for first, last in bounds for piece in shifted(text[first:last], first)])


def _security(text: str, before: Sequence[Word], word: Word) -> _Cut | None:
    """Join the end of the name of a security or index to it, and cut off its predicate: 券商|股走弱 is 券商股|走弱."""
    form, name = simplified(word.surface), before[-1]
    security = form[0] in _SECURITIES and name.pos.startswith(("n", "j", "b"))
    if not (security or (form[0] == _INDEX and simplified(name.surface) in _BOARDS)):
        return None
    guessed = 1 < len(form) < 4 and word.pos.startswith(("v", "a", "z", "d")) and frequency(form, "zh") < KNOWN
    if not guessed and (len(form) > 1 or len(name.surface) == 1):
        return None
    predicate = [piece._replace(pos="v") for piece in shifted(word.surface[1:], word.start + 1)]
    return _Cut(1, [Word(text[name.start : word.start + 1], name.start, "n"), *predicate])


def _sized(text: str, before: Sequence[Word], word: Word) -> _Cut | None:
    """Join a size and a noun that is not very common (小|程序, 大|模型) or a feature of the land (大|黑山)."""
    size = before[-1]
    if size.surface not in _SIZES or size.pos != "a" or not word.pos.startswith("n") or len(word.surface) != 2:
        return None
    degree = len(before) > 1 and before[-2].pos in ("d", "zg", "m")
    feature = word.pos == "ns" and word.surface[1] in _FEATURES
    if degree or (not feature and _is_known(size.surface + word.surface[0])):  # 大火|烧
        return None
    if share(word.surface) >= _VERY_COMMON:
        return None
    return _Cut(1, [Word(text[size.start : word.start + len(word.surface)], size.start, "ns" if feature else "n")])


def _drug(text: str, before: Sequence[Word], word: Word) -> _Cut | None:
    """Join the stem of a drug's name to the syllables before it: 利妥|珠|单抗."""
    if simplified(word.surface) not in _DRUG_STEMS:
        return None
    size, start = 0, word.start
    for other in reversed(before[-_SYLLABLES:]):
        if other.start + len(other.surface) != start or not is_han(other.surface[0]):
            break
        if other.pos.startswith(_OUTSIDE) or _is_known(other.surface):
            break
        size, start = size + 1, other.start
    return _Cut(size, [Word(text[start : word.start + len(word.surface)], start, "nz")]) if size else None


def _walk(text: str, before: Sequence[Word], word: Word) -> _Cut | None:
    """Join the two halves of a path for walkers, and cut it off the name before it: 太鲁阁|步|道, 霞喀罗步|道."""
    first = before[-1]
    if word.surface != _WALK[1] or first.surface[-1] != _WALK[0] or _is_known(first.surface):
        return None
    start = word.start - 1
    path = Word(text[start : start + 2], start, "ns")
    return _Cut(1, [first._replace(surface=first.surface[:-1], pos="nz"), path] if len(first.surface) > 1 else [path])


def _after_clause(text: str, before: Sequence[Word], word: Word) -> _Cut | None:
    """Join 的 at the beginning of a clause, where it is no particle, to the name after it: 的|的|喀喀湖."""
    size = 1 + (len(before) > 1 and before[-2].surface == _PARTICLE)
    begins = len(before) == size or before[-size - 1].surface in _CLAUSE_ENDS
    if not (begins and word.pos in _NAMES and len(word.surface) > 1):
        return None
    start = word.start - size
    return _Cut(size, [Word(text[start : word.start + len(word.surface)], start, "nz")])


def _government(word: Word) -> _Cut | None:
    """Divide a state and its government, which the dictionary has as one word: 玻利维亚|政府. A city's is one body."""
    place = word.surface[: -len(_STATE)]
    if not word.surface.endswith(_STATE) or len(place) < _PLACE or _tag(simplified(place)) != "ns":
        return None
    if place[-1] in _ADMINISTRATIVE:
        return None
    return _Cut(0, [Word(place, word.start, "ns"), Word(_STATE, word.start + len(place), "n")])


def _clause_of_time(text: str, before: Sequence[Word], word: Word) -> _Cut | None:
    """Cut 时, the end of a clause of time, off a guess: 横|屏时 is 横屏|时."""
    form, single = simplified(word.surface), before[-1]
    ends = len(form) == 2 and form[1] == _WHEN and not frequency(form, "zh") and len(single.surface) == 1
    if not ends or not frequency(simplified(single.surface) + form[0], "zh"):
        return None
    whole = shifted(text[single.start : word.start + 1], single.start)
    return _Cut(1, [*whole, Word(word.surface[1], word.start + 1, "f")])


_RULES: tuple[Callable[[str, Sequence[Word], Word], _Cut | None], ...] = (
    _two_places,
    _word_in_the_middle,
    _security,
    _sized,
    _drug,
    _walk,
    _clause_of_time,
)


def _is_known(surface: str) -> bool:
    """Whether the frequency list has a word of several characters as such."""
    return len(surface) > 1 and share(surface) >= KNOWN


@lru_cache(maxsize=4096)
def _tag(form: str) -> str:
    """Return the segmenter's tag of a form, or "" if it divides the form."""
    words = chinese(form)
    return words[0].pos if len(words) == 1 else ""
