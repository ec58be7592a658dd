"""The memory of vectors, around the hashing encoder: what is asked of the encoder, and how much is kept."""

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from alt_pipelines.embedding.cache import CachedEmbedder
from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.embedding.protocol import Embedder, Vectors


class Recording(HashingEmbedder):
    """Hashing that tells which texts reached it, and puts the language into the vector."""

    def __init__(self) -> None:
        super().__init__(dimension=32)
        self.asked: list[list[str]] = []

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        self.asked.append(list(texts))
        named = [f"{text} {languages[i] if languages else ''}" for i, text in enumerate(texts)]
        return super().encode(named)


@pytest.fixture
def inner() -> Recording:
    return Recording()


def test_a_text_is_computed_once_within_a_call_and_across_calls(inner: Recording) -> None:
    cache = CachedEmbedder(inner, capacity=10)
    first = cache.encode(["a", "b", "a"])
    second = cache.encode(["b", "c"])
    assert inner.asked == [["a", "b"], ["c"]]
    assert (cache.hits, cache.misses) == (2, 3)
    np.testing.assert_array_equal(first[0], first[2])
    np.testing.assert_array_equal(first[1], second[0])
    np.testing.assert_array_equal(second, inner.encode(["b", "c"]))


def test_the_language_is_part_of_what_is_remembered(inner: Recording) -> None:
    cache = CachedEmbedder(inner, capacity=10)
    english, japanese = cache.encode(["NHK", "NHK"], ["en", "ja"])
    assert not np.array_equal(english, japanese)
    np.testing.assert_array_equal(cache.encode(["NHK"], ["en-GB"])[0], english)
    assert cache.misses == 2


def test_the_memory_is_bounded_and_forgets_what_was_not_used_longest(inner: Recording) -> None:
    cache = CachedEmbedder(inner, capacity=3)
    cache.encode(["a", "b", "c"])
    cache.encode(["a"])
    cache.encode(["d"])
    assert len(cache) == 3
    inner.asked.clear()
    cache.encode(["a", "c", "d", "b"])
    assert inner.asked == [["b"]]


def test_a_call_larger_than_the_memory_is_answered_whole(inner: Recording) -> None:
    cache = CachedEmbedder(inner, capacity=2)
    texts = [f"text {i % 7}" for i in range(20)]
    np.testing.assert_array_equal(cache.encode(texts), inner.encode(texts))
    assert len(cache) == 2


def test_a_vector_given_out_can_be_changed_without_changing_the_memory(inner: Recording) -> None:
    cache = CachedEmbedder(inner, capacity=2)
    given = cache.encode(["a"])
    expected = given.copy()
    given[:] = 0
    np.testing.assert_array_equal(cache.encode(["a"]), expected)


def test_threads_share_it_and_every_answer_is_right(inner: Recording) -> None:
    cache = CachedEmbedder(inner, capacity=5)
    texts = [f"text {i}" for i in range(12)]
    expected = HashingEmbedder(32).encode([f"{text} " for text in texts])
    right: list[bool] = []

    def ask(seed: int) -> None:
        order = np.random.default_rng(seed).permutation(12)
        answers = [cache.encode([texts[i] for i in order]) for _ in range(30)]
        right.append(all(np.array_equal(answer, expected[order]) for answer in answers))

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert right == [True] * 6
    assert len(cache) == 5


def test_no_texts_give_an_array_of_no_rows(inner: Recording) -> None:
    assert CachedEmbedder(inner, capacity=1).encode([]).shape == (0, 32)
    assert inner.asked == []


def test_a_language_too_few_is_refused_before_anything_is_computed(inner: Recording) -> None:
    with pytest.raises(ValueError, match="2 texts but 1 languages"):
        CachedEmbedder(inner, capacity=1).encode(["a", "b"], ["en"])
    assert inner.asked == []


def test_it_is_an_embedder_that_says_what_is_inside(inner: Recording) -> None:
    cache = CachedEmbedder(inner, capacity=1)
    assert isinstance(cache, Embedder)
    assert (cache.model_id, cache.backend, cache.dimension) == ("feature-hashing-32", "hash", 32)
