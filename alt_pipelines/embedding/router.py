"""One encoder made of several: each text goes to the encoder of its language.

The vector spaces of two routes are unrelated: the cosine of vectors from different routes is near 0 and carries no
information. Which models serve which languages is decided in `factory`.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from alt_pipelines.embedding.protocol import BackendName, Embedder, Vectors, check_languages, primary_language


class LanguageRouter:
    """Routes texts by language.

    Args:
        routes: two-letter language to its encoder.
        default: the encoder of all other languages, and of texts whose language is unknown.
        detect: returns the language of a text, used when the caller passes none.

    Raises:
        ValueError: the encoders differ in dimension or backend, so their vectors do not fit one array or could
            not be recorded under one name.
    """

    def __init__(self, routes: Mapping[str, Embedder], default: Embedder, detect: Callable[[str], str]) -> None:
        for encoder in routes.values():
            if encoder.dimension != default.dimension or encoder.backend != default.backend:
                raise ValueError(
                    f"{encoder.model_id} ({encoder.dimension}-d, {encoder.backend}) cannot be combined with "
                    f"{default.model_id} ({default.dimension}-d, {default.backend}); use models of the same dimension "
                    "and backend."
                )
        self._routes = dict(routes)
        self._default = default
        self._detect = detect

    @property
    def model_id(self) -> str:
        """All models with their languages, as in "en=all-MiniLM-L6-v2-int8,*=multilingual-e5-small-int8"."""
        named = [f"{language}={encoder.model_id}" for language, encoder in sorted(self._routes.items())]
        return ",".join([*named, f"*={self._default.model_id}"])

    @property
    def backend(self) -> BackendName:
        """The one backend of all routes."""
        return self._default.backend

    @property
    def dimension(self) -> int:
        """Length of a vector, the same on all routes."""
        return self._default.dimension

    @property
    def default(self) -> Embedder:
        """The encoder of all languages without a route; it reads the others too, so its vectors compare all of them."""
        return self._default

    @property
    def encoders(self) -> tuple[Embedder, ...]:
        """The encoders behind the routes, the default one last."""
        return (*self._routes.values(), self._default)

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """See `Embedder.encode`; languages that are not given are detected, text by text."""
        check_languages(texts, languages)
        tags = languages if languages is not None else [self._detect(text) for text in texts]
        codes = [primary_language(tag) for tag in tags]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for encoder in {id(e): e for e in self.encoders}.values():
            rows = [i for i, code in enumerate(codes) if self._routes.get(code, self._default) is encoder]
            if rows:
                vectors[rows] = encoder.encode([texts[i] for i in rows], [codes[i] for i in rows])
        return vectors
