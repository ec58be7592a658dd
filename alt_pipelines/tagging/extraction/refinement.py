"""The second pass: English and Japanese shortlists are ranked again by the similarity of each phrase to the document,
and those of all languages are judged by the meaning and the context of their phrases (``judgement``).

The similarity is the cosine between the phrase and four views of the article, each standardised within the shortlist.
Raw cosines have a different range per encoder (0.1..0.6 for MiniLM, 0.7..1 for e5). Standardised ones do not, so the
fitted weights apply to any configured encoder.

* lead      the title and the first words of the body
* opening   the first chunk of the body
* whole     the mean of chunks spread evenly over the body
* centroid  the mean of the shortlist's own phrases
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.embedding.contexts import Reader, contexts, reader_of
from alt_pipelines.embedding.protocol import Vectors
from alt_pipelines.tagging.extraction.evidence import evidence_values
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.tagging.extraction.judgement import judgement
from alt_pipelines.tagging.extraction.ranking import LIKENESS, Ranked, first_model, models

SHORTLIST = 20  # phrases embedded; out of fold, 30 gain nothing, and 15 cost English 1.1 of F1@10
LEAD = 200  # characters of title and body


class Chunks(NamedTuple):
    """How a body is divided: ``characters`` per chunk, and the ``most`` chunks."""

    characters: int
    most: int


# Out of fold, F1@5 and @10, with four chunks: English 37.2 and 40.6 with 600 characters each, 37.0 and 40.5 with 300 at
# 0.6 of the tokens, 36.4 and 40.2 with 200; with three chunks of 300, 37.0 and 40.3. Japanese 46.6 and 55.6 with 200
# characters each, 45.3 and 54.7 with 100. One Japanese character equals two or three English ones.
CHUNKS = {"en": Chunks(300, 4), "ja": Chunks(200, 4)}

PATHS = {"en": "en+document", "ja": "ja+document"}  # the second-pass model of each language


class Encoder(Protocol):
    """The encoder interface of the second pass; every ``embedding.Embedder`` implements it."""

    @property
    def backend(self) -> str:
        """Name of the backend, as recorded with outcomes."""

    @property
    def model_id(self) -> str:
        """Id of the model, with its precision."""

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> NDArray[np.float32]:
        """Return (len(texts), d) unit rows, one per text."""


class Uncertain(NamedTuple):
    """An article for the second pass."""

    title: str
    text: str
    language: str
    ranked: Ranked


def refinable(language: str, encoder: Encoder) -> bool:
    """Whether a language has a second pass with this encoder: a second ranking, or the judgement of its phrases."""
    return language in PATHS or reads_phrases(encoder)


def reads_phrases(encoder: Encoder) -> bool:
    """Whether the encoder computes the vectors that ``judgement`` was fitted on, for every language."""
    return _reader(encoder) is not None


def _reader(encoder: Encoder) -> Reader | None:
    reader = reader_of(encoder)
    return reader if reader is not None and reader.phrase_layers == judgement().phrase_layers else None


def phrase_vectors(shortlists: Sequence[Ranked], texts: Sequence[str], encoder: Encoder) -> list[Vectors] | None:
    """Return the vectors of each shortlist's phrases in their texts for ``judgement``, (phrases, ``VECTOR``) each. None
    from an encoder that the judgement was not fitted on.

    Exceptions of the encoder propagate.
    """
    reader = _reader(encoder)
    if reader is None:
        return None
    return contexts(reader, texts, [[candidate.form for candidate in ranked.candidates] for ranked in shortlists])


def refine(articles: Sequence[Uncertain], encoder: Encoder) -> list[Ranked]:
    """Return the second rankings of the articles' shortlists, in order. A language without one keeps its first ranking,
    with the calibration of tags that are judged by their meaning.

    The phrases and views of all articles are embedded together. Exceptions of the encoder propagate.
    """
    second = [article for article in articles if article.language in PATHS]
    rescored = iter(_refine(second, encoder))
    return [next(rescored) if article.language in PATHS else _judged_only(article) for article in articles]


def _judged_only(article: Uncertain) -> Ranked:
    return replace(article.ranked, model=first_model(article.language, vectors=True))


def _refine(articles: Sequence[Uncertain], encoder: Encoder) -> list[Ranked]:
    if not articles:
        return []
    phrases: dict[tuple[str, str], int] = {}
    views: list[list[str]] = []
    for article in articles:
        for candidate in article.ranked.candidates[:SHORTLIST]:
            phrases.setdefault((candidate.form, article.language), len(phrases))
        views.append(document_views(article.title, article.text, article.language))
    # Two calls, because a long view in a batch of short phrases would pad the whole batch to its length.
    phrase_vectors = encoder.encode([form for form, _ in phrases], [language for _, language in phrases])
    view_vectors = encoder.encode(
        [view for own in views for view in own],
        [article.language for article, own in zip(articles, views, strict=True) for _ in own],
    )
    out, start = [], 0
    for article, own in zip(articles, views, strict=True):
        short = article.ranked.candidates[:SHORTLIST]
        rows = [phrases[candidate.form, article.language] for candidate in short]
        values = second_pass_values(short, phrase_vectors[rows], view_vectors[start : start + len(own)])
        out.append(_rescored(article, values))
        start += len(own)
    return out


def document_views(title: str, text: str, language: str) -> list[str]:
    """Return the views of an article: its lead, then chunks spread evenly over its body, starting with the first."""
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
    """Return the values of n candidates, given their vectors (n, d) and the views' vectors (m, d).

    Their shape is (n, len(SECOND_PASS)), with more columns for the values of a vocabulary if the candidates have them.
    """
    against = np.stack([views[0], views[1], views[1:].mean(axis=0), phrases.mean(axis=0)], axis=1)
    likeness = phrases @ against
    spread = likeness.std(axis=0)
    centred = likeness - likeness.mean(axis=0)
    standardised = np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 1e-6)
    assert standardised.shape[1] == len(LIKENESS)
    known = np.array([(*c.values, *evidence_values(c)) for c in candidates], dtype=np.float64)
    counted = np.array([c.vocabulary for c in candidates], dtype=np.float64)
    return np.hstack([known, standardised, counted])


def _rescored(article: Uncertain, values: NDArray[np.float64]) -> Ranked:
    counted = any(candidate.vocabulary for candidate in article.ranked.candidates)
    model = models()[f"{PATHS[article.language]}+vocabulary" if counted else PATHS[article.language]]
    scores = (values @ np.array(model.weights) + model.bias).tolist()
    short = article.ranked.candidates[:SHORTLIST]
    order = sorted(range(len(short)), key=lambda i: (-scores[i], i))
    return Ranked(tuple(short[i] for i in order), tuple(scores[i] for i in order), model, article.ranked.total)
