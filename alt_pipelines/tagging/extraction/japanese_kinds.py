"""The roles of Japanese morphemes in a phrase, and how they are written in it."""

import re
from functools import lru_cache

from alt_pipelines.tagging.extraction.japanese_words import DIGITS, RELATIVE_TIME
from alt_pipelines.text.morphemes import Morpheme

_JOINERS = frozenset("・＝=-‐－ー／/&＆")
_POINTING = frozenset("当本各約計毎今翌昨")  # 各店舗: only the noun is the topic, not the determiner before it
_LETTERS = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]+")
_LATIN = re.compile(r" ?(?:[A-Z][A-Za-z]*|\d*[A-Za-z]+\d*|\d+)")
_HIRAGANA = re.compile("[ぁ-ん]+")


@lru_cache(maxsize=16384)
def kind_of(morpheme: Morpheme) -> str | None:
    """Return a morpheme's role in a phrase, or None if it ends the phrase.

    Roles: noun N, number D, counter C, prefix P, suffix S, adjectival A, joiner J. `chunk` adds H, a dropped suffix.
    """
    surface, pos1, pos2, pos3 = morpheme
    if surface in _POINTING and pos1 != "接尾辞":
        return None
    if pos1 == "名詞":
        if pos2 == "数詞" or DIGITS.fullmatch(surface):
            return "D"
        if pos3 == "副詞可能" and (_HIRAGANA.fullmatch(surface) or RELATIVE_TIME.fullmatch(surface)):
            return None  # すべて, いま are adverbs in this use; 昨年 ends a phrase in a headline (梅雨明け昨年より)
        return "C" if pos3 == "助数詞可能" and len(surface) == 1 else "N"
    if pos1 == "接頭辞" or (pos1 == "形容詞" and len(surface) == 1):
        return "P"  # 若|戸大橋: an adjective without its ending begins a name
    if pos1 == "接尾辞" and pos2 in ("名詞的", "形状詞的"):
        return "C" if pos3 == "助数詞" else "S"
    if pos1 == "形状詞" and pos2 != "助動詞語幹":
        return "A"
    if surface in _JOINERS:
        return "J"
    return "N" if pos1 in ("記号", "補助記号") and _LETTERS.fullmatch(surface) else None


def spelled(tagged: list[Morpheme]) -> list[str]:
    """Return the surfaces. A space between two Latin words is prefixed to the second and becomes empty.

    Names like "AQUOS PHONE" are one phrase with a space in it. Any other space in Japanese separates phrases.
    """
    out = [m.surface for m in tagged]
    if " " not in out:
        return out
    for i in range(1, len(tagged) - 1):
        if tagged[i].surface == " " and _LATIN.fullmatch(out[i - 1]) and _LATIN.fullmatch(tagged[i + 1].surface):
            out[i], out[i + 1] = "", f" {tagged[i + 1].surface}"
    return out
