"""The roles of Japanese morphemes in a phrase, and how they are written in it."""

import re
from functools import lru_cache

from alt_pipelines.tagging.extraction.japanese.words import DIGITS, RELATIVE_TIME
from alt_pipelines.text.morphemes import Morpheme
from alt_pipelines.text.scripts import HAN, is_han

_JOINERS = frozenset("・＝=-‐－ー／/&＆")
_POINTING = frozenset("当本各約計毎今翌昨")  # 各店舗: only the noun is the topic, not the determiner before it
_LETTERS = re.compile(r"[A-Za-zＡ-Ｚａ-ｚΑ-Ψα-λν-ω]+")  # not Ω and μ, which are units
_LATIN = re.compile(r" ?(?:[A-Z][A-Za-z]*|\d*[A-Za-z]+\d*|\d+)")
_SIGNED = re.compile(r"\.[A-Z]{2,}|[A-Za-z][A-Za-z0-9]*(?:[.&_-][A-Za-z0-9]+|[+#])+")  # ASP.NET, C#, Qwen3-4B
_CAPITAL = re.compile("[A-Z][A-Za-z]+")
_DOTTED = re.compile(r"[A-Z][A-Za-z]*\.[a-z]+")  # Vue.js, before its version
_AFTER_PARTS = frozenset(":.-~/")  # before the last part of a time, date or result: 23:00
_PERSON = "人名"
_PLACE = "地名"
_GAMES = frozenset(["五輪", "オリンピック", "パラリンピック", "ユニバーシアード", "アジア", "万博"])  # アジア|競技|大会
_KANJI = re.compile(f"[{HAN}]+")
_HIGHEST_SCORE = 200  # of a team in a match; a higher number is of a type: ボーイング737-800
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
    sign = pos1 in ("記号", "補助記号")
    return (
        "N" if sign and (_LETTERS.fullmatch(surface) or is_han(surface)) else None
    )  # 川, which the analyser takes for a sign in rare surnames


def spelled(tagged: list[Morpheme]) -> list[str]:
    """Return the surfaces. A space inside a name is prefixed to the word after it and becomes empty.

    Such a space is between two Latin words (AQUOS PHONE) or a surname and a given name (岡田 美咲). Any other space in
    Japanese separates phrases.
    """
    out = [m.surface for m in tagged]
    if " " not in out:
        return out
    for i in range(1, len(tagged) - 1):
        if tagged[i].surface == " " and (_in_latin_name(out, i) or _in_full_name(tagged, i)):
            out[i], out[i + 1] = "", f" {tagged[i + 1].surface}"
    return out


def _in_latin_name(surfaces: list[str], at: int) -> bool:
    """Whether the space at an index is inside a Latin name, and not after a time (23:00 ETV)."""
    before, after = surfaces[at - 1], surfaces[at + 1]
    if before.isdigit() and at > 1 and surfaces[at - 2] in _AFTER_PARTS:
        return False
    versioned = after.isdigit() and _DOTTED.fullmatch(before) is not None
    signed = _SIGNED.fullmatch(before) is not None and _CAPITAL.fullmatch(after) is not None  # ASP.NET Core
    return versioned or signed or (_LATIN.fullmatch(before) is not None and _LATIN.fullmatch(after) is not None)


def _in_full_name(tagged: list[Morpheme], at: int) -> bool:
    """Whether the space at an index is between a surname and a given name, and not in a list of names."""
    if not (tagged[at - 1].pos3 == tagged[at + 1].pos3 == _PERSON and _KANJI.fullmatch(tagged[at - 1].surface)):
        return False
    before, after = tagged[max(0, at - 3) : at - 1], tagged[at + 2 : at + 4]
    listed = len(before) == 2 and before[1].surface == " " and before[0].pos3 == _PERSON
    return not listed and not (len(after) == 2 and after[0].surface == " " and after[1].pos3 == _PERSON)


def results_in(tagged: list[Morpheme]) -> frozenset[int]:
    """Return the indices of the results between two names: 秋田|81-77|三河, and not in ボーイング737-800型."""
    found: set[int] = set()
    for at in range(2, len(tagged) - 2):
        if tagged[at].surface != "-":
            continue
        home, first, _, second, away = tagged[at - 2 : at + 3]
        scores = all(m.surface.isdecimal() and int(m.surface) <= _HIGHEST_SCORE for m in (first, second))
        if scores and kind_of(home) in ("N", "S") and kind_of(away) == "N" and away.pos3 != "助数詞可能":
            found.update((at - 1, at, at + 1))
    return frozenset(found)


def is_between_hosts(tagged: list[Morpheme], at: int) -> bool:
    """Whether a joiner is between the two hosts of games or a world's fair: 愛知|・|名古屋|アジア|大会."""
    if at == 0 or at + 2 >= len(tagged) or not tagged[at - 1].pos3 == tagged[at + 1].pos3 == _PLACE:
        return False
    return tagged[at + 2].surface in _GAMES
