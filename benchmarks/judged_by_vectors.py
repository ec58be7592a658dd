"""Fit phrase layers and the network that judges by them on judged shortlists, and judge others as the product does."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from alt_pipelines.embedding.contexts import contexts, reading
from alt_pipelines.embedding.onnx import OnnxEmbedder
from alt_pipelines.embedding.protocol import shared_encoder
from alt_pipelines.tagging.extraction.judgement import JUDGED, Logits
from benchmarks.judged_shortlists import Shortlist
from benchmarks.phrase_training import Example, Fitted, Training, fit_layers, original, reader_with

VECTORS = Training()  # chosen on the figures out of fold


class ByVectors:
    """Fits phrase layers with the network that judges by them."""

    def __init__(self, encoder: Any) -> None:
        reader: Any = shared_encoder(encoder)
        self._reader: OnnxEmbedder = reader
        self._weights = original()

    def fit(self, shortlists: Sequence[Shortlist]) -> Fitted:
        """Fit on the judged phrases, also on those that the shortlists lack."""
        return fit_layers(list(map(self._example, shortlists)), self._weights, self._reader.special_ids(), VECTORS)

    def logits(self, shortlists: Sequence[Shortlist], others: Sequence[Shortlist]) -> list[Logits]:
        """Return the logits of the phrases of other shortlists, as the product computes them."""
        layers, network = self.fit(shortlists)
        forms = [[c.form for c in one.ranked.candidates] for one in others]
        with reader_with(self._weights, layers) as reader:
            vectors = contexts(reader, [one.text for one in others], forms)
        return [network.logits(np.hstack([one.values, v])) for one, v in zip(others, vectors, strict=True)]

    def _example(self, one: Shortlist) -> Example:
        values = dict(zip((c.form for c in one.ranked.candidates), one.values, strict=True))
        verdicts = one.article.verdicts
        every = list(dict.fromkeys([*values, *verdicts]))  # the shortlist first: its order decides what is read
        rows = [i for i, form in enumerate(every) if form in verdicts]
        known = [values.get(every[i], np.full(len(JUDGED), np.nan)) for i in rows]
        read = reading(self._reader, one.text, every)
        return Example(
            read._replace(missing=read.missing[rows], shares=read.shares[rows]),
            np.array(known).reshape(len(rows), len(JUDGED)),
            np.array([verdicts[every[i]] for i in rows]),
        )
