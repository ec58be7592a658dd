"""Vietnamese phrases: its words are written as separate syllables, most words have one or two of them.

    Ban Quản lý Đường sắt đô thị TP HCM  ->  Ban Quản lý Đường sắt | đô thị | TP HCM
    Vicofa Đỗ Xuân Lộc khuyến cáo        ->  Vicofa | Đỗ Xuân Lộc

Only the first syllable of each word of an institution's name has a capital, so that such a name ends in a lower-case
syllable. A name of a person or a place has capitals only.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.languages import Language
from alt_pipelines.tagging.extraction.spaced_reading import Placed

_LONGEST = 8  # syllables of a name
_FULL_NAME = 3  # syllables of a person's name
_REST = 2  # syllables: a longer run that the text does not repeat holds several words
_ENOUGH = 8  # distinct phrases that an article keeps at least
_MARKS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_SYLLABLE = re.compile(
    f"(?:ngh?|nh|ch|gi|gh|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?[aeiouy{_MARKS}]{{1,3}}(?:ch|nh|ng|[cmnpt])?"
)


def syllables(run: list[Placed], again: frozenset[str], row: Language) -> Iterator[list[Placed]]:
    """Cut a run: names by their capitals, otherwise what the text repeats.

    A name begins and ends with a capital; a syllable between two capitals belongs to it (Công ty Môi trường Việt Nam).
    """
    low: list[Placed] = []
    at = 0
    while at < len(run):
        end = _name_end(run, at, row)
        if end - at > 1:
            yield from _repeated_windows(low, again, row.longest)
            yield from _without_organisation(run[at:end])
            low, at = [], end
        else:
            low.append(run[at])
            at += 1
    yield from _repeated_windows(low, again, row.longest)


def without_rests(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the phrases without those that are neither a name nor repeated, as long as enough are left.

    Only repetition shows that syllables are a word: "cất kho" is a verb and its object.
    """
    times = Counter(phrase.stems for phrase in phrases)
    kept = [phrase for phrase in phrases if times[phrase.stems] > 1 or phrase.words[-1].strip()[0].isupper()]
    return kept if len({phrase.stems for phrase in kept}) >= _ENOUGH else list(phrases)


def _without_organisation(name: list[Placed]) -> Iterator[list[Placed]]:
    """Yield a name; a person's full name apart from the foreign or composed name of an organisation before it."""
    words = [placed.token.text for placed in name]
    person = len(words) > _FULL_NAME and all(word.istitle() and _is_syllable(word) for word in words[1:])
    if person and words[0].istitle() and not _is_syllable(words[0]):
        yield name[:1]
        yield name[1:]
    else:
        yield name


def _is_syllable(word: str) -> bool:
    return _SYLLABLE.fullmatch(word.lower()) is not None


def _name_end(run: list[Placed], start: int, row: Language) -> int:
    """Return the end of the name that begins here; ``start`` if none does."""
    end = start
    at = start
    while at < min(start + _LONGEST, len(run)):
        if run[at].token.text[0].isupper():
            if at == start and run[at].token.opens and not (at + 1 < len(run) and run[at + 1].token.text[0].isupper()):
                return start
            at = end = at + 1
            if _continues(run, start, end, row):
                at = end = at + 1
        elif at == start or at - end >= 1:
            break
        else:
            at += 1
    return end


def _continues(run: list[Placed], start: int, end: int, row: Language) -> bool:
    """Whether the syllable at ``end`` belongs to the word whose capital is before it: Đường sắt, in Ban Quản lý Đường.

    It does in the name of an institution, if that capital follows a lower-case syllable or the institution's kind.
    """
    if end - start < 2 or end >= len(run) or not run[end].token.text.islower():
        return False
    before, capital = run[end - 2].token.text, run[end - 1].token.text
    kind = end - start == 2 and before.lower() in row.places
    return (kind or before.islower()) and _is_syllable(capital) and _is_syllable(run[end].token.text)


def _repeated_windows(run: list[Placed], again: frozenset[str], longest: int) -> Iterator[list[Placed]]:
    """Cut a run into the longest pieces that the text repeats; a rest of two or three syllables is a piece too."""
    start = begun = 0
    while start < len(run):
        size = min(longest, len(run) - start)
        while size > 1 and " ".join(p.token.text for p in run[start : start + size]).lower() not in again:
            size -= 1
        if size > 1:
            yield from _rest(run[begun:start])
            yield run[start : start + size]
            begun = start + size
        start += size
    yield from _rest(run[begun:])


def _rest(run: list[Placed]) -> Iterator[list[Placed]]:
    if 1 < len(run) <= _REST:
        yield run
