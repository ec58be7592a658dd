"""The cut of weak tags: an article gets fewer than ten tags if the last ones are probably wrong.

    without_weak((Tag("cobalt", 0.9), ..., Tag("conditions", 0.1)), "fr", 60)  ->  the tags without "conditions"

A tag raises the expected F1 of the tags before it only if its probability of being right exceeds half of that F1
(Lipton, Elkan and Naryanaswamy 2014). Five tags are always kept, and so is every name: a name is informative at any
rank, and articles are searched by it. In a script without capitals nothing shows which words are names, so nothing is
cut there. Nothing is cut either in an article of fewer candidates than any article of the calibration data had.

Of English, phrases of very common words are left out before the tags are chosen (``without_common``).
"""

from collections.abc import Sequence

from alt_pipelines.tagging.extraction.article import Tag
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.german_nouns import is_common_noun
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.ranking import FEWEST, Ranked

_LEAST = 5  # tags
# Assumed key phrases per article. Readers give 8 to 14; with 5, F1@10 falls on no set of news, and half of the tags
# that readers of German, French and Spanish articles called wrong are cut (benchmarks.tag_cut).
_KEYS = 5
_COMMON = 0.42  # rarity of a word that is among the thousand most common ones


def without_weak(tags: Sequence[Tag], language: str, candidates: int) -> tuple[Tag, ...]:
    """Return an article's tags, best first, without the common nouns that lower their expected F1.

    ``candidates``: the number of phrases that the tags were chosen from. Confidences are taken as probabilities.
    The expected F1 of n tags is 2 * (sum of their confidences) / (n + number of key phrases).
    """
    if candidates < FEWEST:
        return tuple(tags)
    kept: list[Tag] = []
    total = 0.0
    for tag in tags:
        if len(kept) >= _LEAST and tag.confidence < total / (len(kept) + _KEYS) and not _may_be_name(tag.tag, language):
            continue
        kept.append(tag)
        total += tag.confidence
    return tuple(kept)


def without_common(ranked: Ranked) -> Ranked:
    """Return an English shortlist without phrases of very common words that the text uses once: low light, good start.

    Such a phrase names nothing that articles could be searched by. Without them, F1@10 rises by 0.15 on DUC and by 0.04
    on 500N, and falls by 0.2 on Inspec, whose texts are abstracts. Single words are kept: half of those that a reader
    would leave out are rarer than these, and on 500N two thirds of the common ones are key phrases.
    """
    common = {at for at, candidate in enumerate(ranked.candidates) if _is_common(candidate)}
    if ranked.total < FEWEST or len(ranked.candidates) - len(common) < _LEAST:
        return ranked
    return ranked.without(common, ranked.scores)


def _is_common(candidate: Candidate) -> bool:
    found = candidate.evidence
    if found is None or len(candidate.stems) == 1 or not candidate.form.islower() or found.in_title == 1.0:
        return False
    return len(found.alone) + len(found.inside) == 1 and max(found.rarities) < _COMMON


def _may_be_name(form: str, language: str) -> bool:
    """Whether a tag may be a name: it has a digit, its head has a capital, or its script has no capitals."""
    if form.lower() == form.upper() or any(map(str.isdigit, form)):
        return True
    row = language_of(language)
    first, last = form.split(" ")[0], form.rsplit(" ", 1)[-1]
    if row.noun_capitals:
        return last[0].isupper() and not is_common_noun(last)
    return last != last.lower() or (row.reader != "english" and first != first.lower())
