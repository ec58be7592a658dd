"""The place of a report, in capitals before its first sentence, as it is written elsewhere: LIMASSOL  ->  Limassol.

    with_plain_dateline("Rain", "LIMASSOL (CNA) - Rain fell.", "en")  ->  "Limassol (CNA) - Rain fell."

Out of scope: removing the agency and the date, which ``text.boilerplate`` does.
"""

import re

from alt_pipelines.tagging.extraction.spaced.turkish.verbs import turkish_lower

_DATELINE = re.compile(
    r"([^\W\d_]{2,30}(?:[ -][^\W\d_]{2,30}){0,2})"  # the place
    r"(?:, \d{1,2} [^\W\d_]{3,12}\. "  # the date, as agencies write it: ВОРОНЕЖ, 3 мая. Мост открыли
    r"|(?:, ?[^\n:–—()]{1,30})?(?: ?\([^()\n]{1,30}\))?"  # the state or date, and the agency
    r"(?:: | ?[–—] | --? |\.[–—-]{1,2} ?))(?=\S)"
)
_SHORTEST = 5  # letters; a shorter word may be an abbreviation: NATO
_INNER = re.compile(r"(?<=-)[^\W\d_]+(?=-)")  # Port-au-Prince
_WORD = re.compile(r"[^\W\d_]+")


def with_plain_dateline(title: str, text: str, language: str) -> str:
    """Return a body with the capitals of its dateline as in other names, unless the article has them again."""
    dateline = _DATELINE.match(text)
    if dateline is None:
        return text
    place = dateline[1]
    rest = f"{title}\n{text[len(place) :]}"
    words = _WORD.findall(place)
    if not place.isupper() or len("".join(words)) < _SHORTEST or not set(words).isdisjoint(_WORD.findall(rest)):
        return text
    lower = turkish_lower if language == "tr" else str.lower
    plain = _WORD.sub(lambda word: word[0][0] + lower(word[0][1:]), place)
    plain = _INNER.sub(lambda word: lower(word[0]), plain)
    return plain + text[len(place) :] if len(plain) == len(place) else text
