"""Repeated runs of words: words that occur together twice are a phrase, where parts of speech cannot decide."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from alt_pipelines.tagging.extraction.features import LONGEST, Phrase


def repeated(runs: Iterable[Sequence[str]], longest: int) -> dict[str, int]:
    """Return the forms of two to ``longest`` adjacent words that occur more than once in the runs, with their numbers.

    A form is the concatenated words, without white space at its ends. Linear in the number of words.
    """
    counts: Counter[str] = Counter()
    for run in runs:
        for start in range(len(run) - 1):
            for end in range(start + 2, min(start + longest, len(run)) + 1):
                counts["".join(run[start:end]).strip()] += 1
    return {form: count for form, count in counts.items() if count > 1}


def apart(words: Sequence[str], again: Mapping[str, int], longest: int) -> dict[int, int]:
    """Return where pieces of adjacent words that the text repeats begin and end, none of which overlap.

    Those with the most words times occurrences come first, of equal ones the longest. ``again``: the number of
    occurrences of each piece, its words joined by spaces. The number of pieces is linear in the number of words.
    """
    windows = []
    for start in range(len(words) - 1):
        for end in range(start + 2, min(len(words), start + longest) + 1):
            times = again.get(" ".join(words[start:end]), 0)
            if not times:
                break  # a longer piece is not repeated either
            windows.append((times * (start - end), start - end, start))
    ends: dict[int, int] = {}
    if not windows:
        return ends
    taken = [False] * len(words)
    for _, size, start in sorted(windows):
        if not any(taken[start : start - size]):
            taken[start : start - size] = [True] * -size
            ends[start] = start - size
    return ends


def repeated_pieces(phrases: Sequence[Phrase], may_begin_or_end: Callable[[str], bool]) -> list[Phrase]:
    """Return the parts of phrases that the text repeats and that are not phrases yet, each once, at its first place.

    "trains de nuit" is a part of "coût des trains de nuit" and "voyageurs des trains de nuit". A part that occurs only
    inside one longer part ("trains de") is left out. ``may_begin_or_end`` judges the first and the last word. Linear in
    the number of phrases.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], tuple[Phrase, int]] = {}
    for phrase in phrases:
        size = len(phrase.stems)
        if size > LONGEST:
            continue
        for start in range(size):
            for end in range(start + 1, size + 1):
                stems = phrase.stems[start:end]
                counts[stems] += 1
                if end - start < size:
                    first.setdefault(stems, (phrase, start))
    whole = {phrase.stems for phrase in phrases}
    parts: dict[tuple[str, ...], Phrase] = {}
    for stems, (phrase, start) in first.items():
        if counts[stems] > 1 and stems not in whole:
            words = (phrase.words[start].lstrip(), *phrase.words[start + 1 : start + len(stems)])
            if words[0] and may_begin_or_end(words[0]) and may_begin_or_end(words[-1].strip()):
                parts[stems] = Phrase(words, stems, phrase.start + start)
    inside = {
        stems[start:end]
        for stems in (*parts, *(stems for stems in whole if len(stems) <= LONGEST and counts[stems] > 1))
        for start in range(len(stems))
        for end in range(start + 1, len(stems) + 1)
        if end - start < len(stems) and counts[stems[start:end]] == counts[stems]
    }
    return [part for stems, part in parts.items() if stems not in inside]


def divided_once(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the phrases, each form divided into words in the same way: the one with the most words.

    An analyser may divide a name in one place and not in another, and a quoted name is a single word, so one form would
    become two candidates. The division with the most words lets the parts of the form be counted too. Of several equal
    forms at one place, one is kept. Linear in the number of phrases.
    """
    forms = ["".join(phrase.words) for phrase in phrases]
    divisions: dict[str, Phrase] = {}
    for form, phrase in zip(forms, phrases, strict=True):
        if form not in divisions or len(phrase.words) > len(divisions[form].words):
            divisions[form] = phrase
    out: dict[tuple[str, int], Phrase] = {}
    for form, phrase in zip(forms, phrases, strict=True):
        place = (form, phrase.start)
        marked = phrase.marked or (place in out and out[place].marked)
        division = divisions[form]
        same = division.start == phrase.start and division.marked == marked
        out[place] = division if same else division._replace(start=phrase.start, marked=marked)
    return [*out.values()]
