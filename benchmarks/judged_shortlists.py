"""The shortlists of the articles that readers judged, with the values that the judgement is fitted on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.tagging.extraction import ranking, refinement
from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.judgement import judged_values
from alt_pipelines.tagging.extraction.ranking import Ranked, first_model
from alt_pipelines.tagging.extraction.shortlist import prepared
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines_tests.support.judged_data import JudgedArticle, judged_articles


@dataclass(frozen=True)
class Shortlist:
    """A shortlist of a judged article, its text, and the values of its phrases, (phrases, len(JUDGED))."""

    article: JudgedArticle
    text: str
    ranked: Ranked
    values: NDArray[np.float64]

    @property
    def verdicts(self) -> list[int | None]:
        """-1 unfit, 0 fine, 1 chosen, or None, for each phrase."""
        return [self.article.verdicts.get(c.form) for c in self.ranked.candidates]

    @property
    def chosen(self) -> int:
        """Number of phrases of the article that were chosen."""
        return sum(verdict == 1 for verdict in self.article.verdicts.values())


def shortlists_of(encoder: refinement.Encoder) -> dict[str, list[Shortlist]]:
    """Return the shortlists of all judged articles as the first pass makes them, and as the second pass does."""
    found: dict[str, list[Shortlist]] = {"features": [], "vectors": []}
    for article in judged_articles():
        clean = clean_article(article.title, article.content)
        assert isinstance(clean, CleanText)
        text, language = f"{clean.title}\n{clean.text}", article.language
        first = ranking.rank(find_candidates(clean.title, clean.text, language), first_model(language))
        (second,) = refinement.refine([refinement.Uncertain(clean.title, clean.text, language, first)], encoder)
        for shortlists, ranked in zip(found.values(), (first, second), strict=True):
            ranked = prepared(ranked, text, language)
            if ranked.candidates:
                shortlists.append(Shortlist(article, text, ranked, judged_values(ranked, text, language)))
    return found
