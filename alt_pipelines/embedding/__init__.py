"""Sentence embedding: texts in, unit vectors out, the same for whoever asks.

One protocol (`protocol.py`), three backends behind it (`onnx_backend.py`, `sentence_transformers_backend.py`,
`hashing.py`), a router by language, a cache, and `factory.load_embedder`, which puts them together from the settings.

What belongs here: loading encoders and running them. What does not: what the vectors are used for; any knowledge of
articles, tags or clusters; Dagster.
"""
