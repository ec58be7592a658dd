"""Grouping, padding, pooling."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from alt_pipelines.embedding.batching import batches, masked_mean, pad, unit_rows


@given(
    lengths=st.lists(st.integers(1, 300), max_size=200),
    max_texts=st.integers(1, 70),
    max_tokens=st.integers(16, 2000),
)
def test_every_text_is_in_one_batch_and_no_batch_is_over_its_limits(
    lengths: list[int], max_texts: int, max_tokens: int
) -> None:
    groups = list(batches(lengths, max_texts, max_tokens))
    assert sorted(position for group in groups for position in group) == list(range(len(lengths)))
    for group in groups:
        assert len(group) <= max_texts
        padded = len(group) * max(lengths[i] for i in group)
        assert padded <= max_tokens or len(group) == 1


def test_texts_of_like_length_share_a_batch() -> None:
    lengths = [5, 100, 6, 101, 5, 99]
    assert list(batches(lengths, max_texts=3, max_tokens=1000)) == [[3, 1, 5], [2, 0, 4]]


def test_padding_has_no_part_in_the_mean() -> None:
    ids, mask = pad([[7, 8, 9], [7]], filler=1)
    assert ids.tolist() == [[7, 8, 9], [7, 1, 1]]
    states = np.array([[[1, 1], [2, 2], [3, 3]], [[5, 5], [900, 900], [-900, 900]]], dtype=np.float32)
    np.testing.assert_allclose(masked_mean(states, mask), [[2, 2], [5, 5]])


def test_a_row_of_zeros_stays_zero_instead_of_becoming_no_number() -> None:
    rows = unit_rows(np.array([[0, 0], [3, 4]], dtype=np.float32))
    np.testing.assert_allclose(rows, [[0, 0], [0.6, 0.8]])
