"""The second pass: the shortlist scored again with one more feature, each phrase's likeness to the article's topic.

The likeness is the cosine between the phrase and the title with the opening of the body, standardised within the
article's shortlist: raw cosines of two encoders live in different ranges (0.1..0.6 for MiniLM, 0.7..1 for e5),
standardised ones do not, so the fitted weights serve whatever encoder is configured. All articles of a batch are
embedded together.

Only English has a second pass: for Japanese no setting of e5 was reliably better than none, at 9 ms a phrase.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.tagging.extraction.ranking import Ranked, models

# Both bought with milliseconds: 30 phrases and 600 characters gave 0.4 points of F1@10 more for twice the time.
TOPIC_LENGTH = 200  # characters of title and body that stand for the article
SHORTLIST = 20  # phrases an article has embedded

PATHS = {"en": "en+topic"}  # language to the model of its second pass


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
    index: dict[tuple[str, str], int] = {}
    for article in articles:
        for form in _forms(article):
            index.setdefault((form, article.language), len(index))
    # Two calls, since a long text among short ones would have its batch padded to its own length.
    phrases = encoder.encode([form for form, _ in index], [language for _, language in index])
    topics = encoder.encode([topic(a.title, a.text) for a in articles], [a.language for a in articles])
    out = []
    for article, about in zip(articles, topics, strict=True):
        rows = [index[form, article.language] for form in _forms(article)]
        out.append(_rescored(article, standardised(phrases[rows] @ about)))
    return out


def topic(title: str, text: str) -> str:
    """What stands for the article as a whole."""
    return f"{title}. {text}"[:TOPIC_LENGTH] if title else text[:TOPIC_LENGTH]


def standardised(likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,) -> (n,) with mean 0 and standard deviation 1; zeros when all are alike."""
    spread = float(likeness.std())
    if spread < 1e-6:
        return np.zeros_like(likeness)
    return np.asarray((likeness - likeness.mean()) / spread, dtype=np.float32)


def _forms(article: Uncertain) -> list[str]:
    return [c.form for c in article.ranked.candidates[:SHORTLIST]]


def _rescored(article: Uncertain, likeness: NDArray[np.float32]) -> Ranked:
    model = models()[PATHS[article.language]]
    short = article.ranked.candidates[:SHORTLIST]
    scores = [model.score((*c.values, float(v))) for c, v in zip(short, likeness, strict=True)]
    order = sorted(range(len(short)), key=lambda i: (-scores[i], i))
    return Ranked(tuple(short[i] for i in order), tuple(scores[i] for i in order), model, article.ranked.total)
