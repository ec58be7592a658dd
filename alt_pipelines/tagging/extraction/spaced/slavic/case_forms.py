"""The forms of phrases in languages with many cases whose words only a dictionary of forms knows: Polish and Czech.

Forms of one phrase have the same stems; the one with the most words in the nominative is shown. Phrases that an article
has in an oblique case only are left out, as long as enough others are left.
"""

from collections.abc import Callable, Mapping, Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.words.verbs import lemma_of

Forms = dict[tuple[str, ...], tuple[str, ...]]  # the words of a phrase by its stems


def dictionary_form(word: str, spellings: Sequence[str], language: str) -> str:
    """Return the first dictionary form of a spelling that differs from it; the word itself if there is none."""
    for spelling in spellings:
        lemma = lemma_of(spelling, language)
        if lemma is not None and lemma != spelling:
            return lemma
    return word


def nearest_forms(phrases: Sequence[Phrase], nominatives: Callable[[Sequence[str]], int]) -> Forms:
    """Return each phrase's form nearest to the nominative, the first one of several.

    ``nominatives`` counts the words that are in the nominative.
    """
    forms: Forms = {}
    for phrase in phrases:
        best = forms.get(phrase.stems)
        if best is None or nominatives(phrase.words) > nominatives(best):
            forms[phrase.stems] = phrase.words
    return forms


def in_forms(
    phrases: Sequence[Phrase],
    forms: Mapping[tuple[str, ...], tuple[str, ...]],
    unfit: Sequence[tuple[str, ...]],
    enough: int,
) -> list[Phrase]:
    """Return the phrases in these forms, without the ``unfit`` ones.

    Of the unfit ones, given as stems, the last stay if fewer than ``enough`` distinct phrases would be left.
    """
    out = frozenset(unfit[: max(0, len(forms) - enough)])
    return [phrase._replace(words=forms[phrase.stems]) for phrase in phrases if phrase.stems not in out]
