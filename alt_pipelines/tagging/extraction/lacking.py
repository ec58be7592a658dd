"""Leaves out common nouns that the text has only as what is lacking or avoided: "ohne Passwort", "shuns comfort".

A noun of the title stays, and so does a name. The scripts without capitals do not show which words are names, so their
languages have no ``without`` in the table of languages.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.languages import Language, language_of

_SHORTEST = 2  # characters of a phrase


def without_lacking(found: Sequence[Candidate], title: str, text: str, language: str) -> list[Candidate]:
    """Return the phrases without the common nouns of which every occurrence is directly after such a word."""
    before = _before(language)
    if before is None:
        return list(found)
    whole = f"\n{text}".casefold()
    starts = {match.end() for match in before.finditer(whole)}
    if not starts:
        return list(found)
    in_title = title.casefold()
    row = language_of(language)
    beginnings = {whole[at : at + _SHORTEST] for at in starts}
    return [
        one
        for one in found
        if one.form[:_SHORTEST].casefold() not in beginnings
        or not _is_common(one.form, row)
        or one.form.casefold() in in_title
        or not _is_lacking(one.form.casefold(), whole, starts)
    ]


@lru_cache(maxsize=64)
def _before(language: str) -> re.Pattern[str] | None:
    """Return what finds the words before a noun that say that it is lacking; None for a language without any."""
    words = language_of(language).without
    return re.compile(rf"\b(?:{words})(?: |(?<=['’]))(?=\w)") if words else None


def _is_common(form: str, row: Language) -> bool:
    if row.noun_capitals:
        from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_common_noun

        *adjectives, noun = form.split(" ")
        return all(map(str.islower, adjectives)) and is_common_noun(noun)
    return form.islower()


def _is_lacking(form: str, whole: str, starts: set[int]) -> bool:
    """Whether a phrase is only at ``starts``. A form may be the beginning of a written word: лоцман, без лоцмана."""
    at = whole.find(form)
    seen = False
    while at >= 0:
        if not whole[at - 1].isalnum():
            if at not in starts:
                return False
            seen = True
        at = whole.find(form, at + len(form))
    return seen
