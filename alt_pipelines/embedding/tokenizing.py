"""Tokenizers, loaded once per process and shared by the processes that fork from it.

The multilingual tokenizer takes 0.8 s and 300 MB to load. Used one text at a time it starts no threads and writes
nothing into its tables, so a forked child shares all but 1 MB of it with its parent: a worker that loads it before it
forks saves the rest for every process.

What belongs here: loading, and texts to token ids. What does not: batches, models.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from alt_pipelines.embedding.model_folder import REBUILD
from alt_pipelines.embedding.protocol import ModelFileError
from alt_pipelines.embedding.readable import readable


@lru_cache(maxsize=8)
def load_tokenizer(path: Path, max_length: int) -> Any:
    """The tokenizer of a `tokenizer.json`, cutting at `max_length` tokens, special ones included.

    Raises:
        ModelFileError: the file cannot be read.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare Exception
        raise ModelFileError(f"The tokenizer {path} cannot be read ({error}). {REBUILD}") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length)
    return tokenizer


def tokenize(tokenizer: Any, texts: Sequence[str], prefix: str, max_length: int) -> tuple[list[int], list[list[int]]]:
    """Positions of the texts that hold something to read, and the token ids of each of those."""
    rows: list[int] = []
    tokens: list[list[int]] = []
    for row, text in enumerate(texts):
        beginning = readable(text, max_length)
        if beginning is None:
            continue
        # One by one: encode_batch starts threads of its own, which a later fork would lose.
        ids = tokenizer.encode(prefix + beginning).ids
        if ids:
            rows.append(row)
            tokens.append(ids)
    return rows, tokens
