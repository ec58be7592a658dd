"""Hungarian words without the ending of a case, if the article has them so: Kavicsos-tó for Kavicsos-tónál.

The stemmer divides two forms of a name differently, and the title often has the one with an ending. A phrase of several
words stays as it is written.
"""

from collections.abc import Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article
from alt_pipelines.text.stopwords import word_set

# Endings of the cases, which follow the word without changing it.
_CASES = word_set(
    "t ot at et öt nak nek val vel ban ben ba be ból ből n on en ön ra re ról ről nál nél hoz hez höz tól től ig ért"
)
_LONGEST_CASE = max(map(len, _CASES))
_SHORTEST = 4  # letters of the word


def in_base_form(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases, with each single word in the form without an ending that the article has."""
    out: list[Phrase] = []
    for phrase in phrases:
        base = _base(phrase.words[0], article) if len(phrase.words) == 1 else None
        out.append(phrase if base is None else phrase._replace(words=(base,), stems=(article.stem(base.lower()),)))
    return out


def _base(word: str, article: Article) -> str | None:
    for size in range(_LONGEST_CASE, 0, -1):
        base, ending = word[:-size], word[-size:]
        if ending in _CASES and len(base) >= _SHORTEST and base in article.words:
            return base
    return None
