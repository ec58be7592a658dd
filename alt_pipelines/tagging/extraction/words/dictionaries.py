"""Simplemma's dictionaries of word forms, read from an index on disk.

    keep_in(Path("/var/lib/alt-pipelines"))
    lemmas("pl")["psami"]  ->  "pies"

Simplemma stores a dictionary front-coded: each key holds only what differs from the key before it, so a look-up needs
the places at which decoding can begin. Finding them means decoding the whole dictionary, which takes up to three
seconds of CPU time per language and process. The first process of an installation does this and writes the places and
the decompressed dictionary to a file; every later process maps that file into memory, which all of them share.

Without a home, or where it cannot be written, each process decodes the dictionary, with the same results.
"""

import mmap
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import structlog
from simplemma.strategies.dictionaries import frontcode
from simplemma.strategies.dictionaries.dictionary_factory import (
    SUPPORTED_LANGUAGES,
    _read_decompressed,
)
from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

from alt_pipelines.atomic import opened_whole

log = structlog.get_logger(__name__)

_LONGEST_ENTRY = 90  # letters; the longest word that a dictionary has is of 86 (German)
_BLOCK = 32  # entries from one place to the next
_HEADER = struct.Struct("<8sIIII?3x")  # magic, checksum of the rest, blocks, bytes of keys, of values, reversed keys
_MAGIC = b"lemmas01"

_folder: Path | None = None


def keep_in(home: Path | None) -> None:
    """Keep the indexes below this folder if it exists, and otherwise in the memory of this process."""
    global _folder
    _folder = home / "cache" / "dictionaries" if home is not None and home.is_dir() else None
    lemmas.cache_clear()


@lru_cache(maxsize=64)
def lemmas(language: str) -> Mapping[str, str]:
    """Return the mapping of word forms to dictionary forms; empty for a language without a dictionary."""
    if language not in SUPPORTED_LANGUAGES:
        return {}
    if _folder is not None:
        path = _folder / f"{language}-{version('simplemma')}.lemmas"
        try:
            return _kept(path, language)
        except OSError as error:
            log.warning("dictionary_index_unavailable", path=str(path), error=str(error))
    found: Mapping[str, str] = StreamDictionaryFactory(cache_max_size=1).get_dictionary(language)
    return found


def starts_of_ends(word: str, first: int, shortest: int) -> range:
    """Return where the ends of a word begin that a dictionary may have, the longest first.

    A dictionary has no word as long as some texts do, and looking up each end of those would be quadratic.

    Args:
        word: the word.
        first: the first of the places.
        shortest: letters of the shortest end.
    """
    return range(max(first, len(word) - _LONGEST_ENTRY), len(word) - shortest + 1)


class Lemmas(Mapping[str, str]):
    """A read-only dictionary in a file that this module has written.

    The file holds, after its header: for each block of 32 entries the place of its first one in the file (uint32), the
    ends of its first key and of the value before it (uint32 each, in the two areas that follow), these keys, these
    values, and the front-coded dictionary.

    Raises:
        OSError: the file is missing.
        ValueError: it is incomplete or damaged, or written by another version of this module.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data: Any = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if len(self._data) < _HEADER.size:
            raise ValueError("incomplete")
        magic, checksum, blocks, keys, values, self._reversed = _HEADER.unpack_from(self._data)
        with memoryview(self._data) as whole, whole[_HEADER.size :] as rest:
            if magic != _MAGIC or zlib.crc32(rest) != checksum:
                raise ValueError("damaged, or another format")
        table = array("I", self._data[_HEADER.size : _HEADER.size + 12 * blocks])
        self._places, key_ends, self._value_ends = table[:blocks], table[blocks : 2 * blocks], table[2 * blocks :]
        start = _HEADER.size + 12 * blocks
        self._values_start = start + keys
        self._first = self._values_start + values
        kept = self._data[start : start + keys]
        self._keys = [kept[a:b] for a, b in zip([0, *key_ends], key_ends, strict=False)]

    def __getitem__(self, word: str) -> str:
        """Return the dictionary form of a word.

        Raises:
            KeyError: the dictionary does not have the word.
        """
        wanted = word.encode("utf-8", "surrogatepass")
        wanted = wanted[::-1] if self._reversed else wanted
        block = bisect_right(self._keys, wanted) - 1
        if block >= 0:
            for _, key, value in frontcode._iter_records(self._data, self._places[block], *self._before(block)):
                if key == wanted:
                    return (value[::-1] if self._reversed else value).decode()
                if key > wanted:
                    break
        raise KeyError(word)

    def __iter__(self) -> Iterator[str]:
        """Yield the words in the order of the file."""
        for _, key, _ in frontcode._iter_records(self._data, self._first):
            yield (key[::-1] if self._reversed else key).decode()

    def __len__(self) -> int:
        """Count the words, by reading all of them."""
        return sum(1 for _ in frontcode._iter_records(self._data, self._first))

    def _before(self, block: int) -> tuple[bytes, bytes]:
        """Return what decoding a block begins with: a key with the same beginning as its first, and the value before.

        The first key of the block serves as the former.
        """
        start = self._value_ends[block - 1] if block else 0
        return self._keys[block], self._data[self._values_start + start : self._values_start + self._value_ends[block]]


def _kept(path: Path, language: str) -> Lemmas:
    """Return the dictionary in a file, which is written first if it is missing or damaged."""
    try:
        return Lemmas(path)
    except (FileNotFoundError, ValueError):  # ValueError: damaged, for instance in a power failure
        path.parent.mkdir(parents=True, exist_ok=True)
        with opened_whole(path) as out:
            out.write(_indexed(_read_decompressed(language)))
        return Lemmas(path)


def _indexed(stream: bytes) -> bytes:
    """Return the contents of the file for a front-coded dictionary."""
    reverse, _, start = frontcode._read_header(stream)
    places, keys, values, before = array("I"), list[bytes](), list[bytes](), b""
    for number, (place, key, value) in enumerate(frontcode._iter_records(stream, start)):
        if number % _BLOCK == 0:
            places.append(place)
            keys.append(key)
            values.append(before)
        before = value
    areas = b"".join(keys), b"".join(values)
    offset = _HEADER.size + 12 * len(places) + sum(map(len, areas)) - start
    table = array("I", [place + offset for place in places])
    for parts in (keys, values):
        end = 0
        for part in parts:
            end += len(part)
            table.append(end)
    rest = b"".join((table.tobytes(), *areas, stream[start:]))
    header = _HEADER.pack(_MAGIC, zlib.crc32(rest), len(places), *map(len, areas), reverse)
    return header + rest
