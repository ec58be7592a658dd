"""From texts to batches of tokens: what of a text is read, its token ids, and batches of similar length.

Tokenizers are loaded once per process and shared with the processes that fork from it. The multilingual tokenizer takes
1 s and 50 MB to load (`unigram`). Encoding one text at a time starts no threads and leaves its tables unchanged, so a
forked child shares all but 1 MB of it with its parent.

Padding costs as much as text, so sequences of similar length share a batch. Small batches are faster on a CPU because
the activations of a layer stay in the cache: one core embeds 240 sentences/s in batches of 256 to 512 tokens and 155/s
in batches of 2048.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.embedding.model_folder import REBUILD
from alt_pipelines.embedding.protocol import ModelFileError
from alt_pipelines.embedding.unigram import load_unigram

CHARACTERS_PER_TOKEN = 16  # far beyond any token window: English has 4 to 5 characters per token, Japanese 2


def readable(text: str, max_tokens: int) -> str | None:
    """Return the part of a text worth tokenizing, or None when the text has no readable character.

    Empty texts, white space, control characters and zero-width joiners are not readable; digits, punctuation and emoji
    are. Cutting first makes a text of 5 million characters as cheap as one that just fills the window.
    """
    beginning = text.lstrip()[: max_tokens * CHARACTERS_PER_TOKEN]
    if not any(character.isprintable() and not character.isspace() for character in beginning):
        return None
    # Tokenizers reject lone surrogates.
    return beginning.encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=8)
def load_tokenizer(path: Path, max_length: int) -> Any:
    """The tokenizer of a `tokenizer.json`, cutting at `max_length` tokens, special ones included.

    Raises:
        ModelFileError: the file cannot be read.
    """
    from tokenizers import Tokenizer

    try:
        if unigram := load_unigram(path, max_length):
            return unigram
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare Exception
        raise ModelFileError(f"The tokenizer {path} cannot be read ({error}). {REBUILD}") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length)
    return tokenizer


def tokenize(tokenizer: Any, texts: Sequence[str], prefix: str, max_length: int) -> tuple[list[int], list[list[int]]]:
    """Positions of the readable texts, and the token ids of each."""
    rows: list[int] = []
    tokens: list[list[int]] = []
    for row, text in enumerate(texts):
        beginning = readable(text, max_length)
        if beginning is None:
            continue
        # One by one: encode_batch starts threads of its own, which a later fork would not have.
        ids = tokenizer.encode(prefix + beginning).ids
        if ids:
            rows.append(row)
            tokens.append(ids)
    return rows, tokens


TokenIds = NDArray[np.int64]


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


def pad(sequences: Sequence[Sequence[int]], filler: int) -> tuple[TokenIds, TokenIds]:
    """Token ids and mask (1 token, 0 padding), both of shape (texts, longest)."""
    ids = np.full((len(sequences), max(map(len, sequences))), filler, dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = 1
    return ids, mask


def masked_mean(states: NDArray[np.float32], mask: TokenIds) -> NDArray[np.float32]:
    """Mean over real tokens only: (texts, length, d) and (texts, length) to (texts, d)."""
    # One matrix product per text avoids a masked copy of `states`.
    sums = np.matmul(mask[:, None, :].astype(np.float32), states)[:, 0, :]
    means: NDArray[np.float32] = sums / np.maximum(mask.sum(axis=1, keepdims=True), 1).astype(np.float32)
    return means


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows scaled to length 1; rows of zeros are unchanged."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit
