"""Character ranges of writing systems, from which the text modules build their patterns.

A range is a string to be used inside ``[...]`` of a regular expression.
"""

import re

HIRAGANA = "\u3041-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
HAN = "\u2e80-\u2fdf\u3005-\u3007\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
# Python's \w does not match vowel signs, so the Indic blocks are listed as a whole (without the danda).
INDIC = "\u0900-\u0963\u0966-\u0dff"
# Capital letters of the Latin, Cyrillic and Greek alphabets.
CAPITAL = "A-ZÀ-ÞĀĂĄĆČĎĐĒĖĘĚĢĞĪİĶŁĻŃŅŇŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁІЇЄҐΑ-Ω"
# Scripts without spaces between words that are segmented by ICU: Thai, Lao, Burmese, Khmer.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"

# Without the long-vowel mark and the middle dot, which also occur alone and in rows of symbols.
KANA = re.compile(f"[{HIRAGANA}\u30a1-\u30fa\uff66-\uff9f]")
CJK = re.compile(f"[{HIRAGANA}{KATAKANA}{HAN}]")
EAST_ASIAN = re.compile(f"[{HIRAGANA}{KATAKANA}{HAN}{HANGUL}]")
WITHOUT_SPACES = re.compile(f"[{HIRAGANA}{KATAKANA}{HAN}{UNSPACED}]")  # letters of scripts that space no words
_HAN = re.compile(f"[{HAN}]")


def is_han(character: str) -> bool:
    """Whether a string is one Chinese character (kanji, hanja)."""
    return _HAN.fullmatch(character) is not None


def has_kana(text: str) -> bool:
    """Whether the text contains kana, which only Japanese uses."""
    return KANA.search(text) is not None
