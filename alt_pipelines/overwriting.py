"""Refuse output files that would replace an input or another output of the same command."""

import os
import stat
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import click

_STANDARD_INPUT, _STANDARD_OUTPUT = 0, 1


def refuse_overwriting(inputs: Iterable[str | Path], outputs: Iterable[str | Path]) -> None:
    """Check that no output is the same regular file as an input or another output; `-` is a standard stream.

    Paths, symbolic links, hard links and redirections that lead to one file are the same file.

    Raises:
        click.UsageError: two of them are the same file; the message names both and the remedy.
    """
    sources = {identity: path for path in inputs if (identity := _identity(path, _STANDARD_INPUT)) is not None}
    written = [(path, _identity(path, _STANDARD_OUTPUT)) for path in outputs]
    for target, identity in written:
        if identity in sources:
            raise click.UsageError(
                f"The output {target} is the input {sources[identity]}, which would be lost. Write to another file."
            )
    for (one, identity), (other, same) in combinations(written, 2):
        if one == other or (identity is not None and identity == same):
            raise click.UsageError(f"The outputs {one} and {other} are one file. Write each to a file of its own.")


def _identity(path: str | Path, stream: int) -> tuple[int, int] | None:
    """Return what is equal for two names of one regular file; None for anything that is not one, such as a pipe."""
    try:
        found = os.fstat(stream) if str(path) == "-" else Path(path).stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
