"""Recognises credits of pictures and sources whose value is no name: an archive, an organiser, a press office.

    is_unnamed_credit("Foto: archiv spolku")                  ->  True
    is_unnamed_credit("Foto: a heron rises from the reeds")   ->  False: it describes the picture

The value begins with a small letter, is a few words long and does not begin with an article, as a description does.
Out of scope: credits with names, and labels in scripts without capital letters (``credit_lines``).
"""

import re
import unicodedata
from collections.abc import Sequence

from alt_pipelines.text.stopwords import word_set

_PHOTO = (
    r"(?:[^\W\d_]{0,10}foto(?:s|k)?|photos?|photographs?|foto['’]s|fotók?|fotk[ay]|fotografi(?:e|as|j[ae]|es|jos)"
    r"|fotografía|kuvat?|bilder|zdjęci[ae]|nuotraukos?|attēl[si]|snímk[ay]|fényképek|myndir|ljósmyndir|снимк[аи]"
    r"|світлин[аи]|фото(?:графи[яи])?|φωτογραφί(?:α|ες)|fotoğraf(?:lar)?)"
)
_CREDIT = r"(?: ?-?(?:credits?|courtesy|source|copyright|créditos?|nachweis|quelle|copyright))?"
_VALUE = r"([^.!?:;\"«»„“”()]{2,50})"
_UNNAMED = re.compile(
    unicodedata.normalize(
        "NFKC",
        rf"[(\[]?(?:(?:crédits?|créditos?|credit[io]) )?(?:{_PHOTO}{_CREDIT} ?[:©]|fot\.|zdj\.) ?{_VALUE}\.?[)\]]?",
    ),
    re.IGNORECASE,
)
# Vietnamese writes every syllable as a word; Chinese says in the value that somebody provided the picture.
_SYLLABLES = re.compile(unicodedata.normalize("NFKC", r"(?:hình )?ảnh ?: ?([^.!?:;\"“”]{2,50})"), re.IGNORECASE)
_PROVIDED = re.compile(
    r"[图圖]片?(?:[来來]源)? ?: ?[^。,、:;!?]{1,16}(?:提供|供[图圖]|[资資]料[图圖]?|[档檔]案[照图圖]?)"
)
_ARTICLES = word_set(
    "a an the ein eine einen der die das un une le la les una el los las um uma o os as il lo i gli een de het en ett"
)
# A field of a list of verdicts, as of a camera or a film: "Sound: full and warm".
_VERDICT = re.compile(r"[^\W\d_][^:\n]{0,20}: ?([^\W\d_])[^:]{0,50}")
_MOST_WORDS = 4
_MOST_SYLLABLES = 7
_BESIDE = 2  # lines on either side of a line, in which two others make a list


def is_unnamed_credit(line: str) -> bool:
    """Whether a line or sentence is a label of a picture and a short value that is no name."""
    found = _UNNAMED.fullmatch(line) or _SYLLABLES.fullmatch(line)
    if found is None:
        return _PROVIDED.fullmatch(line) is not None
    words: list[str] = found[1].split()
    most = _MOST_WORDS if found.re is _UNNAMED else _MOST_SYLLABLES
    return 0 < len(words) <= most and words[0][0].islower() and words[0].lower() not in _ARTICLES


def is_among_verdicts(lines: Sequence[str], at: int) -> bool:
    """Whether two lines near this one are fields with a value in small letters too."""
    beside = [*lines[max(0, at - _BESIDE) : at], *lines[at + 1 : at + 1 + _BESIDE]]
    return len([1 for line in beside if (found := _VERDICT.fullmatch(line)) and found[1].islower()]) > 1
