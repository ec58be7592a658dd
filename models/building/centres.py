"""Mean vectors of a language's news sentences, to be subtracted from the vectors of a model with anisotropic vectors.

Cosines of multilingual-e5-small lie between 0.7 and 1.0, so distinct stories merge: clustering scored 0.23 with the raw
vectors and 0.79 after subtracting one constant centre per language. The centre is a constant of the model, not of a
corpus, so a text's vector never depends on what else is embedded.

The centres of the other languages lie between the mean of the English and the Japanese centre, from which unrelated
articles in Arabic or Portuguese still have cosines of 0.5 and more, and the language's own mean. Each goes as far as
`UNRELATED` asks, so that a threshold of similarity means nearly the same in every language.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.text.sentences import split_sentences

Floats = NDArray[np.float32]

# General news only. Files that clusters are scored on are excluded: a centre from them would inflate the score.
NEWS = {
    "en": ("tags_en_500n.jsonl", "tags_en_duc2001_dev.jsonl"),
    "ja": ("news_ja_wikinews_headline.jsonl",),
}
CENTRED = (
    *("en", "ja", "ar", "cs", "de", "es", "fa", "fr", "he", "hi", "id", "it", "ko", "nl", "pl", "pt", "ru", "sv", "th"),
    *("tr", "uk", "vi", "zh", "other"),
)  # the language of each row
SENTENCES = 2000  # per language; the means of two samples of only 400 have cosines of 0.995 (en) and 0.9996 (ja)
PER_ARTICLE = 4
UNRELATED = 0.30  # median cosine of two articles; 0.20 and less tear short Korean, Hindi and Italian stories
COMPARED = 80  # articles per language of which this median is taken
STEPS = 20  # of bisection
LENGTHS = (20, 400)  # shortest and longest sentence, in characters


def news_sentences(data: Path, language: str) -> list[str]:
    """Return the first sentences of a language's news articles, at most `SENTENCES`.

    Raises:
        FileNotFoundError: a file of the data set is not in `data`.
    """
    found: list[str] = []
    for name in NEWS[language]:
        for line in (data / name).read_text("utf-8").splitlines():
            pieces = (piece.strip() for piece in re.split(r"(?<=[.!?])\s+|(?<=[。！？])|\n", json.loads(line)["text"]))
            found += [piece for piece in pieces if LENGTHS[0] <= len(piece) <= LENGTHS[1]][:PER_ARTICLE]
    step = max(1, len(found) // SENTENCES)
    return found[::step][:SENTENCES]


def judged_articles(path: Path) -> dict[str, list[list[str]]]:
    """Return the title and first sentences of each judged article, by language."""
    found: dict[str, list[list[str]]] = {}
    for line in path.read_text("utf-8").splitlines():
        article = json.loads(line)
        sentences = [article["title"], *split_sentences(article["content"])]
        found.setdefault(article["language"], []).append(sentences[:PER_ARTICLE])
    return found


def centres(data: Path, judged: Path, encode: Callable[[list[str]], Floats]) -> Floats:
    """Return the centres of `CENTRED`, shape (languages, dimension), float32. That of `other` is the mean of all.

    Args:
        data: folder of the development data.
        judged: file of judged articles, `judged_articles.jsonl`. No clusters are scored on it.
        encode: function from texts to unit vectors without centring.
    """
    found = {language: encode(news_sentences(data, language)).mean(axis=0) for language in NEWS}
    common = np.mean(list(found.values()), axis=0)
    for language, articles in sorted(judged_articles(judged).items()):
        if language not in found:
            found[language] = _between(common, articles, encode)
    found["other"] = np.mean(list(found.values()), axis=0)
    return np.stack([found[language] for language in CENTRED]).astype(np.float32)


def _between(common: Floats, articles: list[list[str]], encode: Callable[[list[str]], Floats]) -> Floats:
    """Return the point nearest to `common`, on the way to the articles' mean, that meets `UNRELATED`."""
    vectors = encode([sentence for sentences in articles for sentence in sentences])
    owner = np.repeat(np.arange(len(articles)), [len(sentences) for sentences in articles])
    way, compared = vectors.mean(axis=0) - common, owner < COMPARED
    near, far = 0.0, 1.0
    if _unrelated(vectors[compared] - common, owner[compared]) <= UNRELATED:
        far = 0.0
    for _ in range(STEPS):
        middle = (near + far) / 2
        if _unrelated(vectors[compared] - common - np.float32(middle) * way, owner[compared]) > UNRELATED:
            near = middle
        else:
            far = middle
    return np.asarray(common + np.float32(far) * way)


def _unrelated(sentences: Floats, owner: NDArray[np.intp]) -> float:
    """Return the median cosine of two articles, each the mean of its sentences."""
    means = np.zeros((int(owner.max()) + 1, sentences.shape[1]), np.float32)
    np.add.at(means, owner, sentences / np.linalg.norm(sentences, axis=1, keepdims=True))
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return float(np.median((means @ means.T)[np.triu_indices(len(means), 1)]))
