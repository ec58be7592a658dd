"""Names of rulers, with their number: Henry VIII, Carl XVI Gustaf.

    is_ruler("Henry VIII", "en", text)  ->  True
    is_ruler("Chapter VIII", "en", text)  ->  False

The words of such a name are given names, which the dictionary does not have. Out of scope: languages without one.
"""

import re

from alt_pipelines.tagging.extraction.dictionary import has_dictionary, has_word
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.text.numerals import ROMAN

_GIVEN = r"[^\W\d_]{3,20}"
_RULER = re.compile(rf"{_GIVEN}(?: {_GIVEN})? {ROMAN}(?: {_GIVEN})?")
_PRONOUN = " I"  # in English


def is_ruler(form: str, language: str, text: str) -> bool:
    """Return whether a form is the name of a ruler; in English, an "I" at its end may be a pronoun unless a sign or the
    end of a line is after it in the text."""
    if _RULER.fullmatch(form) is None or not has_dictionary(language):
        return False
    given = [word for word in form.split(" ") if not word.isupper()]
    if not given or not all(word.istitle() for word in given):
        return False
    capitals = language_of(language).noun_capitals
    if any(has_word(word.lower(), language) or (capitals and has_word(word, language)) for word in given):
        return False
    return language != "en" or not form.endswith(_PRONOUN) or _is_before_sign(form, text)


def _is_before_sign(form: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(form)}(?![ ]?\w)", text) is not None
