"""Sentence embedding: texts in, unit vectors out.

One protocol (`protocol`), three backends (`onnx`, `sentence_transformers`, `hashing`), a router by language, a cache,
and `factory.load_embedder`, which assembles them from the settings.

Scope: loading and running encoders. Out of scope: what the vectors are used for, and Dagster.
"""
