"""The second pass: the shortlist scored again with what each phrase shows and its likeness to the whole document.

The likeness is the cosine between the phrase and four views of the article, each standardised within the shortlist: raw
cosines of two encoders live in different ranges (0.1..0.6 for MiniLM, 0.7..1 for e5), standardised ones do not, so the
fitted weights serve whatever encoder is configured.

* lead      the title and the first words of the body
* opening   the first chunk of the body
* whole     the mean of chunks spread evenly over the body
* centroid  the mean of the shortlist's own phrases

All articles of a batch are embedded together.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.tagging.extraction.evidence import evidence_values
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.ranking import LIKENESS, Ranked, models

SHORTLIST = 20  # phrases that are embedded; 30 bring nothing (out of fold, @10: English 39.7 either way, Japanese 55.3)
LEAD = 200  # characters of title and body


class Chunks(NamedTuple):
    """How a body is read: chunks of so many characters, at most so many."""

    characters: int
    most: int


# Out of fold, F1@10: English with ten chunks 40.6, four 41.0, two 40.0. Japanese with four chunks of 600 characters
# 55.6, of 200 characters 55.5 at a third of the cost: a character of Japanese is two or three of English.
CHUNKS = {"en": Chunks(600, 4), "ja": Chunks(200, 4)}

PATHS = {"en": "en+document", "ja": "ja+document"}  # language to the model of its second pass


class Encoder(Protocol):
    """What the second pass needs of an encoder; every ``embedding.Embedder`` is one."""

    @property
    def backend(self) -> str:
        """What runs it, as recorded with outcomes."""

    @property
    def model_id(self) -> str:
        """Which model it is, with its precision."""

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> NDArray[np.float32]:
        """Unit rows, one per text."""


class Uncertain(NamedTuple):
    """An article to look at again."""

    title: str
    text: str
    language: str
    ranked: Ranked


def refinable(language: str) -> bool:
    """Whether there is a second pass for a language."""
    return language in PATHS


def refine(articles: Sequence[Uncertain], encoder: Encoder) -> list[Ranked]:
    """New rankings of the articles' shortlists, in order. Every article's language must be ``refinable``.

    Raises whatever the encoder raises.
    """
    if not articles:
        return []
    phrases: dict[tuple[str, str], int] = {}
    views: list[tuple[str, str]] = []
    for article in articles:
        for candidate in article.ranked.candidates[:SHORTLIST]:
            phrases.setdefault((candidate.form, article.language), len(phrases))
        views += [(view, article.language) for view in document_views(article.title, article.text, article.language)]
    # Two calls, since a long text among short ones would have its batch padded to its own length.
    phrase_vectors = encoder.encode([form for form, _ in phrases], [language for _, language in phrases])
    view_vectors = encoder.encode([view for view, _ in views], [language for _, language in views])
    out, start = [], 0
    for article in articles:
        count = len(document_views(article.title, article.text, article.language))
        short = article.ranked.candidates[:SHORTLIST]
        rows = [phrases[candidate.form, article.language] for candidate in short]
        values = second_pass_values(short, phrase_vectors[rows], view_vectors[start : start + count])
        out.append(_rescored(article, values))
        start += count
    return out


def document_views(title: str, text: str, language: str) -> list[str]:
    """The texts that stand for an article: its lead, then chunks spread evenly over its body, the first one first."""
    size, most = CHUNKS[language]
    lead = f"{title}. {text}"[:LEAD] if title else text[:LEAD]
    starts = range(0, len(text), size)
    if len(starts) > most:
        starts_kept = [starts[round(i * (len(starts) - 1) / (most - 1))] for i in range(most)]
    else:
        starts_kept = list(starts)
    return [lead, *(text[start : start + size] for start in starts_kept)] if starts_kept else [lead, lead]


def second_pass_values(
    candidates: Sequence[Candidate], phrases: NDArray[np.float32], views: NDArray[np.float32]
) -> NDArray[np.float64]:
    """(n, len(SECOND_PASS)) values of n candidates, from their vectors (n, d) and the ``document_views``' (m, d)."""
    against = np.stack([views[0], views[1], views[1:].mean(axis=0), phrases.mean(axis=0)], axis=1)
    likeness = phrases @ against
    spread = likeness.std(axis=0)
    centred = likeness - likeness.mean(axis=0)
    standardised = np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 1e-6)
    assert standardised.shape[1] == len(LIKENESS)
    known = np.array([(*c.values, *evidence_values(c)) for c in candidates], dtype=np.float64)
    return np.hstack([known, standardised])


def _rescored(article: Uncertain, values: NDArray[np.float64]) -> Ranked:
    model = models()[PATHS[article.language]]
    scores = (values @ np.array(model.weights) + model.bias).tolist()
    short = article.ranked.candidates[:SHORTLIST]
    order = sorted(range(len(short)), key=lambda i: (-scores[i], i))
    return Ranked(tuple(short[i] for i in order), tuple(scores[i] for i in order), model, article.ranked.total)
