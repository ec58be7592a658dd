"""German short forms of another phrase of a shortlist: the kind of a club, and a noun for its compound.

VfL       beside VfL Osnabrück
Auftakt   beside Weltcup-Auftakt, unless the text has the noun alone more often
"""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_common_noun
from alt_pipelines.tagging.extraction.spaced.germanic.german_phrases import CLUB


def short_forms(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Yield (short, whole) for each short form; ``whole`` is the best of several phrases that begin or end in it."""
    wholes: dict[str, int] = {}
    for at, candidate in enumerate(candidates):
        first, _, rest = candidate.form.partition(" ")
        if rest and CLUB.fullmatch(first) and rest[0].isupper() and not is_common_noun(rest.split(" ")[-1]):
            wholes.setdefault(first, at)
        head = candidate.form.rpartition("-")[2]
        if not rest and head != candidate.form and is_common_noun(head):
            wholes.setdefault(head, at)
    for at, candidate in enumerate(candidates):
        whole = wholes.get(candidate.form)
        if whole is not None and (CLUB.fullmatch(candidate.form) or candidate.times <= candidates[whole].times):
            yield at, whole
