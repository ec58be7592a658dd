"""How token sequences are grouped for the model: like lengths together, few tokens at a time.

Padding is computed like text, so sequences of like length share a batch. Small batches are faster on a CPU because a
layer's activations then stay in the cache: on one core 240 sentences a second in batches of 256 to 512 tokens, 155 in
batches of 2048.

What belongs here: grouping and padding. What does not: tokenizing, running the model.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


def batches(lengths: Sequence[int], max_texts: int, max_tokens: int) -> Iterator[list[int]]:
    """Positions of texts, grouped longest first; texts of equal length keep their order.

    A batch holds at most `max_texts` texts and, padding included, `max_tokens` tokens; a single text longer than that
    is a batch of its own.
    """
    batch: list[int] = []
    longest = 0
    for position in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and (len(batch) == max_texts or (len(batch) + 1) * longest > max_tokens):
            yield batch
            batch = []
        if not batch:
            longest = lengths[position]
        batch.append(position)
    if batch:
        yield batch


def pad(sequences: Sequence[Sequence[int]], filler: int) -> tuple[Integers, Integers]:
    """Token ids and mask (1 token, 0 padding), both of shape (texts, longest)."""
    ids = np.full((len(sequences), max(map(len, sequences))), filler, dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = 1
    return ids, mask


def masked_mean(states: NDArray[np.float32], mask: Integers) -> NDArray[np.float32]:
    """Mean over real tokens only: (texts, length, d) and (texts, length) to (texts, d)."""
    # A product of matrices per text: no array of the size of `states` is made for the masked values.
    sums = np.matmul(mask[:, None, :].astype(np.float32), states)[:, 0, :]
    means: NDArray[np.float32] = sums / np.maximum(mask.sum(axis=1, keepdims=True), 1).astype(np.float32)
    return means


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit
