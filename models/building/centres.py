"""The mean vector of a language's news sentences, subtracted from every vector of a model whose vectors lie in a cone.

Cosines of multilingual-e5-small live between 0.7 and 1.0, so that stories run together: clustering by the raw vectors
scored 0.23 where it scored 0.79 with one constant centre per language subtracted. The centre is a constant of the
model, not of a corpus, so that a text's vector never depends on what else is embedded.

What belongs here: which sentences, and their mean. What does not: running the model.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# General news only. The files that clusters are scored on are left out: a centre made of them would flatter the score.
NEWS = {
    "en": ("tags_en_500n.jsonl", "tags_en_duc2001_dev.jsonl"),
    "ja": ("news_ja_wikinews_headline.jsonl",),
}
SENTENCES = 2000  # per language; already the means of two samples of 400 have cosines of 0.995 (en), 0.9996 (ja)
PER_ARTICLE = 4
LENGTHS = (20, 400)  # characters of a sentence that is taken


def news_sentences(data: Path, language: str) -> list[str]:
    """First sentences of the news articles of a language, at most `SENTENCES`.

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


def centres(data: Path, encode: Callable[[list[str]], Floats]) -> Floats:
    """Centres of English, Japanese and all other languages, shape (3, dimension), float32.

    The third is the mean of the first two: there is no news in other languages to measure, and what the two share is
    what the cone has in common.

    Args:
        data: folder of the development data.
        encode: texts to unit vectors, nothing subtracted.
    """
    english, japanese = (encode(news_sentences(data, language)).mean(axis=0) for language in ("en", "ja"))
    return np.stack([english, japanese, (english + japanese) / 2]).astype(np.float32)
