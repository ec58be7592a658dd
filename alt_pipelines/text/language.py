"""Which language a text is in, deterministically: kana means Japanese, some scripts name one language, langid the rest.

Only the decision belongs here. What each language is given afterwards (stop words, chunking rules) belongs to its
users.
"""

import re
from functools import lru_cache
from typing import Any

from alt_pipelines.text.scripts import HANGUL, KANA
from alt_pipelines.text.stopwords import word_set

UNKNOWN = "und"
READ = 1000  # characters that are looked at: enough for every one of 1679 articles tried

# The languages langid may answer. All its 97 together cost accuracy on the common ones (95 % of English v 99.8 %).
_KNOWN = word_set("en ja zh ko fr de es it pt nl ru uk pl sv da no fi cs hu ro tr el ar he fa hi id vi th bg")
_SCRIPTS = {
    "ko": HANGUL,
    "he": "\u0590-\u05ff",
    "el": "\u0370-\u03ff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "km": "\u1780-\u17ff",
    "my": "\u1000-\u109f",
    "am": "\u1200-\u137f",
    "bn": "\u0980-\u09ff",
    "pa": "\u0a00-\u0a7f",
    "gu": "\u0a80-\u0aff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
}
_BY_SCRIPT = [(language, re.compile(f"[{block}]")) for language, block in _SCRIPTS.items()]
# Function words of English alone; a tenth of them settles short texts, for which langid has too little to go by.
_ENGLISH = word_set("the and with from that this has have its their which after of by to")
_ENGLISH_SHARE = 0.1
_LETTERS = re.compile(r"[^\W\d_]+")
_READABLE = re.compile("[\u0000-\u058f\u0590-\u07ff\u0900-\u097f\u1e00-\u1fff\u3400-\u9fff\uac00-\ud7af]")


def detect(text: str) -> str:
    """Two-letter code of the language, or "und" when there are no letters or a script nobody here reads."""
    letters = "".join(_LETTERS.findall(text[:READ]))
    count = len(letters)
    if count == 0:
        return UNKNOWN
    if letters.isascii():
        words = [word.lower() for word in _LETTERS.findall(text[:READ])]
        if sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
            return "en"
        return _statistical(text)
    if len(KANA.findall(letters)) >= max(1, 0.02 * count):
        return "ja"
    for language, pattern in _BY_SCRIPT:
        if len(pattern.findall(letters)) > 0.4 * count:
            return language
    if len(_READABLE.findall(letters)) < 0.5 * count:
        return UNKNOWN
    return _statistical(text)


def _statistical(text: str) -> str:
    found: str = _identifier().classify(text[:READ])[0]
    return found


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.3 s and numpy: only for those who ask

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(sorted(_KNOWN))
    return identifier
