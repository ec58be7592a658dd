"""Which writing system a character belongs to: the character classes every text module builds its patterns from.

Only ranges live here, as strings to be put inside ``[...]`` of a regular expression. Behaviour belongs to the module
that uses them.
"""

import re

HIRAGANA = "\u3041-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
HAN = "\u2e80-\u2fdf\u3005-\u3007\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
# Vowel signs are no word characters to Python's \w, so the Indic blocks are named whole (without the danda).
INDIC = "\u0900-\u0963\u0966-\u0dff"
# Scripts written without spaces between words that have no analyser here: Thai, Lao, Burmese, Khmer.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"

# Without the long-vowel mark and the middle dot: they occur alone, in rows of symbols.
KANA = re.compile(f"[{HIRAGANA}\u30a1-\u30fa\uff66-\uff9f]")
CJK = re.compile(f"[{HIRAGANA}{KATAKANA}{HAN}]")


def has_kana(text: str) -> bool:
    """Whether the text holds a kana, which no language but Japanese is written with."""
    return KANA.search(text) is not None
