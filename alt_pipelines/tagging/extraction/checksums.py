"""The SHA-256 of each data file of extraction, in `checksums.txt`: a changed word or weight leaves a file readable."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from alt_pipelines.data_files import DataFileError, data_file, whole_text

CHECKSUMS = "checksums.txt"  # as sha256sum prints them
_FILES = ("*.json", "*.npz", "data/*")


def comparisons() -> Iterator[Callable[[], object]]:
    """Yield a comparison for each line of the checksums, or one that raises because these cannot be used."""
    try:
        expected = _checksums()
    except DataFileError:
        yield _checksums
    else:
        yield from (partial(_compare, name, digest) for name, digest in expected.items())


def problems_of(checks: Iterable[Callable[[], object]]) -> list[str]:
    """Return a sentence with the remedy for each file that a check cannot use; [] if there are none."""
    sentences: dict[str, str] = {}  # by file; one that does not load has its first sentence only
    for check in checks:
        try:
            check()
        except DataFileError as error:
            sentences.setdefault(error.name, str(error))
    return list(sentences.values())


def write_checksums() -> None:
    """Write `checksums.txt` for the files of this checkout (`make checksums`)."""
    folder = Path(__file__).parent
    paths = sorted(path for pattern in _FILES for path in folder.glob(pattern))
    lines = [f"{_digest(path.read_bytes())}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def _checksums() -> dict[str, str]:
    with data_file(__package__, CHECKSUMS) as file:
        return {name: digest for digest, name in (line.split("  ") for line in whole_text(file).splitlines())}


def _compare(name: str, expected: str) -> None:
    with data_file(__package__, *name.split("/")) as file:
        if _digest(file.read_bytes()) != expected:
            raise ValueError(f"its SHA-256 is not the one in {CHECKSUMS}, which `make checksums` writes")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
