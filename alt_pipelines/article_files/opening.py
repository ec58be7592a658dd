"""Opens a path or standard input and yields its entries: finds files, unpacks them, detects format and encoding."""

import gzip
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import unquote, urlparse

from lxml import etree

from alt_pipelines.article_files import formats
from alt_pipelines.article_files.encoding import SAMPLE_BYTES, detect_encoding
from alt_pipelines.article_files.entries import FileArticle, Malformed, UnreadableError, column_meanings

FORMATS = ("jsonl", "json", "csv", "feed", "opml", "html", "text")
_BY_SUFFIX = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv", ".rss": "feed",
    ".atom": "feed", ".rdf": "feed", ".opml": "opml", ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "text",
    ".markdown": "text", ".txt": "text",
}  # fmt: skip
_NOT_ARTICLES = ("license", "changes", "readme", "changelog", "notice")

Entries = Iterator[FileArticle | Malformed]
OnBytes = Callable[[int], None]


class Opened(NamedTuple):
    """Entries to read, and whether they may be of several files: of a folder or an OPML list."""

    entries: Entries
    several: bool


class _Content(NamedTuple):
    """An open file whose format is known. `name` and `where` as in `_content`."""

    stream: BinaryIO
    form: str
    encoding: str
    name: str
    where: str
    path: Path | None


def read_articles(source: Path | None, form: str | None = None, on_bytes: OnBytes = lambda amount: None) -> Entries:
    """Yield every entry of a file, a folder or standard input, in a stable order.

    Args:
        source: The file or folder; None for standard input.
        form: One of `FORMATS`; by default it is detected from the name and the first bytes.
        on_bytes: Called with the number of bytes read since the last call, before decompression.

    Raises:
        UnreadableError: the source cannot be read; the message is one sentence with the place.
    """
    yield from open_articles(source, form, on_bytes).entries


def open_articles(source: Path | None, form: str | None = None, on_bytes: OnBytes = lambda amount: None) -> Opened:
    """Open a file, a folder or standard input and read its beginning; arguments and errors as of `read_articles`."""
    with _unreadable(source), ExitStack() as files:
        if source is not None and source.is_dir():
            return Opened(_readable(_folder(source, form, on_bytes), source, files.pop_all()), several=True)
        stream = sys.stdin.buffer if source is None else files.enter_context(_open(source))
        content = _content(stream, "", source, form, on_bytes)
        entries = _readable(_entries(content, on_bytes), source, files.pop_all())
        return Opened(entries, several=content.form == "opml")


def _readable(entries: Entries, source: Path | None, files: ExitStack) -> Entries:
    with files, _unreadable(source):
        yield from entries


@contextmanager
def _unreadable(source: Path | None) -> Iterator[None]:
    """Raise what goes wrong in reading as an UnreadableError."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableError(f"{source or 'standard input'} is damaged: {error}.") from None
    except OSError as error:
        raise UnreadableError(f"{error.filename or source or 'standard input'}: {error.strerror or error}.") from None


def input_files(source: Path) -> list[Path]:
    """Return the files that would be read: the file itself, or those of a folder."""
    return _files(source) if source.is_dir() else [source]


def input_size(source: Path) -> int:
    """Return the size in bytes of a file, or of all files of a folder that would be read."""
    return sum(path.stat().st_size for path in input_files(source) if path.is_file())


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and _form_by_name(path)
        and not (path.suffix in (".txt", ".md") and path.stem.lower() in _NOT_ARTICLES)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _folder(folder: Path, form: str | None, on_bytes: OnBytes) -> Entries:
    files = _files(folder)
    if not files:
        raise UnreadableError(f"{folder} contains no article files ({', '.join(sorted(_BY_SUFFIX))}, each also .gz).")
    for path in files:
        name = path.relative_to(folder)
        try:
            yield from _file(path, f"{name}: ", form, on_bytes)
        except UnreadableError as error:
            yield Malformed(str(name), None, str(error).rstrip("."))


def _file(path: Path, name: str, form: str | None, on_bytes: OnBytes, *, listed: bool = False) -> Entries:
    """Yield the entries of one of several files. One that an OPML list names must not be a list: it may name itself."""
    with _unreadable(path), _open(path) as stream:
        content = _content(stream, name, path, form, on_bytes)
        if listed and content.form == "opml":
            raise UnreadableError(f"{path.name} is an OPML list; list the feeds themselves.")
        yield from _entries(content, on_bytes)


def _open(path: Path) -> BinaryIO:
    if not path.exists():
        raise UnreadableError(f"{path} does not exist.")
    return path.open("rb")


def _content(stream: BinaryIO, name: str, path: Path | None, form: str | None, on_bytes: OnBytes) -> _Content:
    """Unpack a file and detect its format.

    `name` begins the place of each entry; it is empty if there is only one file.
    """
    where = name.rstrip(": ") or str(path or "standard input")
    sample = _sample(stream)
    on_bytes(len(sample))
    opened: BinaryIO = io.BufferedReader(_Resumed(sample, stream, on_bytes))
    if sample.startswith(b"\x1f\x8b"):
        unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=opened, mode="rb"))
        sample = _sample(unpacked)
        opened = io.BufferedReader(_Resumed(sample, unpacked, lambda amount: None))
        path = path.with_suffix("") if path is not None and path.suffix == ".gz" else path
    if b"\x00" in sample[:1024] and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(f"{where} is a binary file, not articles.")
    form = form or (_form_by_name(path) if path is not None else None)
    markup = sample.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    encoding = detect_encoding(sample, markup)
    beginning = sample.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    return _Content(opened, _form_by_content(beginning, form, where), encoding, name, where, path)


def _entries(content: _Content, on_bytes: OnBytes) -> Entries:
    opened, form, encoding, name, where, path = content
    if form == "feed":
        yield from formats.feed(opened.read(), formats.Source(where, name))
    elif form == "opml":
        yield from _opml(opened.read(), path, on_bytes)
    elif form in ("html", "text"):
        text = opened.read().decode(encoding, "replace")
        read = formats.page if form == "html" else formats.document
        yield read(text.replace("\r\n", "\n"), where, path.parent.name if path is not None and name else None)
    else:
        newline = "" if form == "csv" else "\n"
        text_stream = io.TextIOWrapper(opened, encoding, "surrogateescape", newline)
        reader = {"jsonl": formats.json_lines, "json": formats.json_document, "csv": formats.delimited}[form]
        yield from reader(text_stream, formats.Source(where, name))


def _form_by_name(path: Path) -> str | None:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    if suffixes[-1:] == [".xml"]:
        return "xml"
    return _BY_SUFFIX.get(suffixes[-1]) if suffixes else None


def _form_by_content(beginning: str, named: str | None, where: str) -> str:
    """Return the format, detected from the first characters unless the name determines it.

    A .json or .jsonl file is checked too, because it may contain the other form.
    """
    if named not in (None, "xml", "json", "jsonl"):
        return str(named)
    if beginning.startswith("<"):
        if re.search(r"<opml[\s>]", beginning[:2000]):
            return "opml"
        return "feed" if re.search(r"<(?:rss|feed|rdf:RDF|\w+:feed)[\s>]", beginning[:4000]) else "html"
    first_line, _, further = (part.strip() for part in beginning.partition("\n"))
    if beginning.startswith("["):
        is_rows = named == "jsonl" and first_line.endswith("]") and further  # one row per line, not a document
        return "jsonl" if is_rows else "json"
    if named is not None and named != "xml":
        return _json_form(first_line, named)
    if beginning.startswith("{"):
        return _json_form(first_line, "jsonl")
    if not beginning:
        return "jsonl"
    delimiter = formats.delimiter_of(first_line)
    if delimiter in first_line and _names_a_text(first_line.split(delimiter)):
        return "csv"
    raise UnreadableError(
        f"{where} has an unknown format. Pass one of {', '.join(FORMATS)} with --from, or give the file the matching "
        "suffix."
    )


def _json_form(first_line: str, named: str) -> str:
    """Return "jsonl" or "json": a file whose first line is not a complete object is one JSON document."""
    if named == "json" and first_line.startswith("{") and first_line.endswith("}"):
        return "jsonl" if '"items"' not in first_line and '"articles"' not in first_line else "json"
    return "json" if first_line in ("{", "[") else named


def _names_a_text(columns: list[str]) -> bool:
    meanings = column_meanings(tuple(column.strip(" \"'") for column in columns))
    return bool(meanings["text"] or meanings["title"])


def _opml(data: bytes, path: Path | None, on_bytes: OnBytes) -> Entries:
    """Yield the entries of the local files that an OPML list names; a web address gives a `Malformed`."""
    where = str(path or "standard input")
    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"{where} is not valid OPML: {error}.") from None
    outlines = [] if tree is None else list(tree.iter("outline"))
    if not outlines:
        raise UnreadableError(f"{where} lists no feed.")
    for outline in outlines:
        address = outline.get("xmlUrl") or outline.get("url")
        if not address:
            continue
        parts = urlparse(address)
        if parts.scheme in ("http", "https"):
            yield Malformed(where, address, f"{address} is a web address; download it and list the file")
            continue
        target = Path(unquote(parts.path)) if parts.scheme == "file" else Path(address)
        target = target if target.is_absolute() else (path.parent if path else Path()) / target
        try:
            yield from _file(target, f"{target.name}: ", None, on_bytes, listed=True)
        except UnreadableError as error:
            yield Malformed(where, address, str(error).rstrip("."))


def _sample(stream: BinaryIO) -> bytes:
    """Return the first bytes. For JSON Lines, stop after the first line, so that an open pipe is read as it arrives."""
    sample = b""
    while len(sample) < SAMPLE_BYTES and not (sample.startswith(b"{") and b"\n" in sample):
        read: bytes = getattr(stream, "read1", stream.read)(SAMPLE_BYTES - len(sample))
        if not read:
            break
        sample += read
    return sample


class _Resumed(io.RawIOBase):
    """A stream whose first bytes were already read. Reports the bytes read from the rest."""

    def __init__(self, head: bytes, stream: BinaryIO, on_bytes: OnBytes) -> None:
        self._head = memoryview(head)
        self._stream = stream
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            amount = min(len(buffer), len(self._head))
            buffer[:amount] = self._head[:amount]
            self._head = self._head[amount:]
            return amount
        data: bytes = getattr(self._stream, "read1", self._stream.read)(len(buffer))
        buffer[: len(data)] = data
        self._on_bytes(len(data))
        return len(data)
