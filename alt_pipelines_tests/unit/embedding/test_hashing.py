"""The stand-in without a model."""

import subprocess
import sys

import numpy as np
import structlog

from alt_pipelines.embedding.hashing import HashingEmbedder


def test_another_process_gives_the_same_vectors() -> None:
    code = (
        "from alt_pipelines.embedding.hashing import HashingEmbedder as H;"
        "print(H().encode(['rate rise', '利上げ']).tobytes().hex())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert other.stdout.splitlines()[-1] == HashingEmbedder().encode(["rate rise", "利上げ"]).tobytes().hex()


def test_texts_that_share_words_are_nearer_than_texts_that_do_not() -> None:
    one, like, unlike = HashingEmbedder().encode(
        ["flood in the north", "the flood in the northern hills", "chip exports"]
    )
    assert one @ like > one @ unlike + 0.3


def test_a_text_without_features_is_a_row_of_zeros() -> None:
    vectors = HashingEmbedder().encode(["", " ", "x"])
    assert np.linalg.norm(vectors, axis=1).round(5).tolist() == [0, 0, 1]


def test_it_warns_and_says_hash() -> None:
    with structlog.testing.capture_logs() as logs:
        embedder = HashingEmbedder()
    assert [log["log_level"] for log in logs] == ["warning"]
    assert embedder.backend == "hash"
