"""Names of species, and of substances with a Greek letter, whose first characters the segmenter splits off.

    with_species(words of "东方白鹳")      ->  东方白鹳/nz, and not 东方/s 白鹳/nr
    with_greek(words of "α-突触核蛋白")   ->  α-突触核蛋白/nz, and not α/x -/x 突触/v 核蛋白/l

A species is found by its last character, whose radical says that it is a bird, a fish or an insect, or which is a kind
of mammal, reptile or plant, and by what stands before it: a region, a part of the body with its colour or shape, or a
word that the dictionary lacks.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.chinese.characters import is_surname
from alt_pipelines.tagging.extraction.chinese.frequencies import share
from alt_pipelines.text.scripts import is_han
from alt_pipelines.text.segmentation import Word
from alt_pipelines.text.stopwords import word_set

# Characters of these radicals that are no animals: sounds and tastes, parts of animals, products, and others.
_NO_ANIMALS = frozenset("鸣鳴鲜鮮鲁魯鳞鱗鳍鰭鳃鰓鳔鰾鲠鯁鲞鯗虽雖虹蚀蝕蜜蜡蠟蛮蠻蛊蠱蜕蛻融蛋虚")
# Characters of the radicals insect (虫), fish (魚, 鱼) and bird (鳥, 鸟), which Unicode orders by radical.
_RADICALS = ((0x866B, 0x8806), (0x9B5A, 0x9E73))
_ANIMALS = frozenset(chr(code) for first, last in _RADICALS for code in range(first, last + 1)) - _NO_ANIMALS
_MAMMALS_AND_REPTILES = frozenset("鹿麂麝獐羚羊狐狼豹虎熊猫貂獭獺鼬獾猴猿豚鲸龟龜鳖鱉鳄螈鹤鶴雀雁隼鹰鷹")
_PLANTS = frozenset("草松杉柏兰蘭菊莲蓮藤蕨藻菌菇茸槐榆榕槭桦樺栎櫟柳竹蒿藜苋莧萍葵蓟薊")
_ENDS = _ANIMALS | _MAMMALS_AND_REPTILES | _PLANTS
_COLOURS = "黑白红紅赤黄黃绿綠蓝藍青紫灰褐棕栗金银銀花斑彩丹朱大小长長短粗细細尖钩鈎反匙勺琵铁鐵铜銅凤鳳冠环環卷翘扁"
_BODY = "头頭脸臉面嘴喙颈頸脚腳腿腹胸背尾翅翼眉眼喉顶頂冠耳腰额額须鬚枕领領鼻唇角蹄鳍鰭"
_DESCRIBED = re.compile(f"[{_COLOURS}][{_BODY}]")
_REGIONS = word_set(
    "东方 東方 西方 南方 北方 中华 中華 欧亚 歐亞 亚洲 亞洲 欧洲 歐洲 美洲 北美 南美 非洲 大洋洲 西伯利亚 西伯利亞"
    " 喜马拉雅 喜馬拉雅"
)
_SPLIT_OFF = frozenset("赤紫褐棕灰")  # colours of one character that the segmenter splits off: 赤|松茸
_GUESSED = ("n", "nr", "nrt", "nz", "x", "i")  # tags of what the segmenter guesses, such as 互花, 齐口裂
_PLACES = frozenset("上下里裡内內中外边邊旁前后後者")  # last characters of where or who: 水面上|白鹭
_UNKNOWN = 1e-7  # share in wordfreq's list below which a word is the segmenter's guess
_RARE = 2e-6  # share below which a word is not an everyday one, such as 母鸡 or 稻草
_MOST_WORDS = 2  # before the last one of a species: 东方|环颈|鸻
_LONGEST_KIND = 4  # characters
_GREEK = re.compile("[Α-Ωα-ω]-?")
_NOUNS = ("n", "l", "z", "g", "b", "j")
_PARTS = (*_NOUNS, "v", "a", "x")
_OPEN = "αx"  # own tag of a Greek letter with a word that is no noun yet: α-突触|核蛋白


def with_species(words: Sequence[Word]) -> list[Word]:
    """Return the words, with every such species as a single word. Linear in their number."""
    if _ENDS.isdisjoint([word.surface[-1] for word in words]):
        return list(words)
    out: list[Word] = []
    for word in words:
        if word.surface[-1] in _ENDS and out and _is_kind(word.surface) and (size := _before(out, word)):
            word = Word("".join(w.surface for w in out[-size:]) + word.surface, out[-size].start, "nz")
            del out[-size:]
        out.append(word)
    return out


@lru_cache(maxsize=65536)
def _is_kind(surface: str) -> bool:
    """Whether a word with such a last character may be the end of a species: 鸻, 白鹳, 潜鸭, 松茸."""
    if len(surface) == 1:
        return surface in _ANIMALS
    return len(surface) <= _LONGEST_KIND and share(surface) < _RARE


def _before(out: Sequence[Word], word: Word) -> int:
    """Return the number of words before the end of a species that are part of its name."""
    size, start = 0, word.start
    for at in range(len(out) - 1, max(-1, len(out) - 1 - _MOST_WORDS), -1):
        other, counted = out[at], at > 0 and out[at - 1].pos == "m"
        if other.start + len(other.surface) != start or not _describes(other, first=size == 0, counted=counted):
            break
        size, start = size + 1, other.start
    return size


def _describes(other: Word, *, first: bool, counted: bool) -> bool:
    """Whether a word before the end of a species is part of its name.

    ``first``: whether it is directly before it. ``counted``: whether a number is before it, so that a word that the
    segmenter guessed may begin with the measure: 百|戶白|蝦.
    """
    form = other.surface
    if len(form) == 1:
        return first and form in _SPLIT_OFF
    if len(form) == 2 and (form in _REGIONS or _DESCRIBED.fullmatch(form)):
        return True
    guessed = other.pos in _GUESSED and not counted
    return guessed and is_han(form[0]) and form[-1] not in _PLACES and _is_unknown(form)


@lru_cache(maxsize=16384)
def _is_unknown(form: str) -> bool:
    """Whether the list of words lacks a form that is no person's name."""
    return len(form) <= _LONGEST_KIND and not is_surname(form[0]) and share(form) < _UNKNOWN


def with_greek(words: Sequence[Word]) -> list[Word]:
    """Return the words, with a Greek letter, its hyphen and the word after it as a single noun. Linear in their number.

    Without a hyphen, that word must be a noun: β|淀粉, but not α|为. A letter after a hyphen ends a name: TNF-α.
    """
    if not _GREEK.search("".join([word.surface for word in words])):
        return list(words)
    out: list[Word] = []
    for word in words:
        letter = out[-1] if out else None
        if letter is not None and word.surface == "-" and _is_letter(letter, out):
            out[-1] = Word(f"{letter.surface}-", letter.start, "x")
        elif letter is not None and is_han(word.surface[0]) and _is_letter(letter, out):
            hyphen = letter.surface[-1] == "-" and letter.pos != _OPEN
            if word.pos.startswith(_PARTS if hyphen else _NOUNS):
                noun = word.pos.startswith(_NOUNS)
                out[-1] = Word(letter.surface + word.surface, letter.start, "nz" if noun else _OPEN)
            else:
                out.append(word)
        else:
            out.append(word)
    return out


def _is_letter(word: Word, out: Sequence[Word]) -> bool:
    """Whether the last word is a Greek letter, with or without a hyphen, that no name precedes."""
    if word.pos == _OPEN:
        return True
    if not _GREEK.fullmatch(word.surface):
        return False
    before = out[-2].surface[-1] if len(out) > 1 else " "
    return not (before == "-" or (before.isascii() and before.isalnum()))
