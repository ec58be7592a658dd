"""The one way a command writes a file: it appears whole or not at all."""

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def opened_whole(target: str | Path) -> Iterator[BinaryIO]:
    """Where output goes: a file that takes its name when the block ends without an error, or `-`, standard output.

    Until then the bytes are in a file beside the target. A device or a pipe gets the bytes as they come. A link is
    followed. The file has the permissions that `open` would have given it, or those of the file that it replaces.

    Raises:
        OSError: the folder does not exist or cannot be written; what was at the target stays.
    """
    if str(target) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target).resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as out:
            yield out
        return
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "the folder does not exist", str(path.parent))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OSError(
            error.errno, error.strerror, str(path)
        ) from None  # which names the target, not the file beside it
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        Path(name).chmod(mode)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
