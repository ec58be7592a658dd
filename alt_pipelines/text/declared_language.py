"""The language of a text that its source declares: checked, because sources also send defaults and damaged values.

What is not a language code is ignored. A declared language is believed unless a long text clearly contradicts it: by
its script, or by detection in all its parts. Detection confuses related languages, so one does not contradict another.
"""

import re

from alt_pipelines.text.language import KNOWN, UNKNOWN, detect
from alt_pipelines.text.scripts import CJK, HANGUL
from alt_pipelines.text.stopwords import word_set

_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{1,8}){0,4}")
# ISO 639-1.
_CODES = word_set(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
    et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki
    kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no
    nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """
)
_OLD_CODES = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "nb": "no", "nn": "no"}
_LONG = 200  # letters from which detection is reliable
_PART = 1000  # characters of the beginning, the middle and the end that are detected
# Groups of languages that detection may confuse, or of which texts quote each other at length.
_RELATED = [
    word_set(group)
    for group in (
        "no da sv",
        "cs sk pl",
        "es pt ca it ro fr",
        "ru uk bg",
        "ar fa",
        "zh ja",
        "de nl",
        "id vi",
        "fi hu",
    )
]
_SCRIPTS = {
    "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Cyrillic": "\u0400-\u052f",
    "Arabic": "\u0600-\u06ff\u0750-\u077f",
    "Devanagari": "\u0900-\u097f",
    "Greek": "\u0370-\u03ff",
    "Hebrew": "\u0590-\u05ff",
    "Thai": "\u0e00-\u0e7f",
    "Hangul": HANGUL,
}
_LETTERS_OF = {"East Asian": CJK} | {name: re.compile(f"[{block}]") for name, block in _SCRIPTS.items()}
_SCRIPT_OF = (
    dict.fromkeys(("ja", "zh"), "East Asian")
    | dict.fromkeys(("ru", "uk", "bg"), "Cyrillic")
    | dict.fromkeys(("ar", "fa"), "Arabic")
    | {"hi": "Devanagari", "el": "Greek", "he": "Hebrew", "th": "Thai", "ko": "Hangul"}
)
_FOREIGN = 0.05  # share of a text's letters in the declared language's script; a text with fewer is in another language


def language_code(declared: str | None) -> str | None:
    """Return the two-letter code of a language tag, such as "pt" of "pt-BR"; None for anything else."""
    tag = _TAG.fullmatch(declared.strip()[:64]) if declared else None
    if tag is None:
        return None
    code = tag[1].lower()
    code = _OLD_CODES.get(code, code)
    return code if code in _CODES else None


def language_of_text(declared: str | None, text: str) -> str:
    """Return the declared language, or the detected one if none is declared or the text contradicts it."""
    code = language_code(declared)
    return code if code is not None and not _contradicted(code, text) else detect(text)


def _contradicted(code: str, text: str) -> bool:
    if code not in KNOWN:
        return False
    parts = _parts(text)
    letters = [character for part in parts for character in part if character.isalpha()]
    if len(letters) < _LONG:
        return False
    found = detect(parts[0])
    if found in (code, UNKNOWN) or any(detect(part) != found for part in parts[1:]):
        return False
    own = _LETTERS_OF[_SCRIPT_OF.get(code, "Latin")]
    if len(own.findall("".join(letters))) < _FOREIGN * len(letters):
        return True
    return not any({code, found} <= group for group in _RELATED)


def _parts(text: str) -> list[str]:
    """Return the beginning, the middle and the end of a text, or all of a short one."""
    if len(text) < 3 * _PART:
        return [text[:_PART]] if len(text) < 2 * _PART else [text[:_PART], text[-_PART:]]
    middle = (len(text) - _PART) // 2
    return [text[:_PART], text[middle : middle + _PART], text[-_PART:]]
