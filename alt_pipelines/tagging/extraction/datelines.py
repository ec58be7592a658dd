"""The place of a report, in capitals before its first sentence, as it is written elsewhere: LIMASSOL  ->  Limassol.

    with_plain_dateline("Rain", "LIMASSOL: Rain fell.", "en")  ->  "Limassol: Rain fell."
    with_plain_dateline("Talks", "NATO: Allies met.", "en")    ->  unchanged: it may be an abbreviation

Out of scope: removing places with their agencies and dates, which ``text.boilerplate.datelines`` does.
"""

import re

from alt_pipelines.tagging.extraction.spaced.turkish.verbs import turkish_lower
from alt_pipelines.text.stopwords import word_set

_DATELINE = re.compile(
    r"([^\W\d_]{2,30}(?:[ -][^\W\d_]{2,30}){0,2})"  # the place
    r"(?:(?P<date>, \d{1,2} [^\W\d_]{3,12}\. )"  # the date, as agencies write it: ВОРОНЕЖ, 3 мая. Мост открыли
    r"|(?:, ?[^\n:–—()]{1,30})?(?: ?\([^()\n]{1,30}\))?"  # the state or date, and the agency
    r"(?:: | ?[–—] | --? |\.[–—-]{1,2} ?))(?=\S)"
)
_SHORTEST = 7  # letters of a place without a date; a shorter word may be an abbreviation: UNESCO
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = word_set("a à al am an au aux da das de del der des di do dos du e el en la las le les los of on sur upon y")
_SHORT = word_set("new san são rio tel st")  # other short words of names of places


def with_plain_dateline(title: str, text: str, language: str) -> str:
    """Return a body with the capitals of its dateline as in other names, unless the article has them again."""
    dateline = _DATELINE.match(text)
    if dateline is None or not dateline[1].isupper():
        return text
    place = dateline[1]
    words = _WORD.findall(place)
    if len("".join(words)) < _SHORTEST and not (dateline["date"] and len(place) > _SHORTEST // 2):
        return text
    lower = turkish_lower if language == "tr" else str.lower
    short = (word for word in words if len(word) <= _SHORTEST // 2 and language != "vi")  # there, most syllables are
    abbreviated = any(lower(word) not in _SMALL | _SHORT for word in short)
    if abbreviated or not set(words).isdisjoint(_WORD.findall(f"{title}\n{text[len(place) :]}")):
        return text

    def plain(word: re.Match[str]) -> str:
        low = lower(word[0])
        return low if word.start() and low in _SMALL else word[0][0] + low[1:]

    written = _WORD.sub(plain, place)
    return written + text[len(place) :] if len(written) == len(place) else text
