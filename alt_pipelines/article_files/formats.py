"""Readers of the file formats: each takes the text or bytes of one file and yields its entries in order."""

import csv
import json
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple, TextIO

from selectolax.lexbor import LexborHTMLParser, LexborNode

from alt_pipelines.article_files.entries import (
    FileArticle,
    Malformed,
    UnreadableError,
    column_meanings,
    entry_of,
    identifier_of,
    kind,
    moment,
)
from alt_pipelines.article_files.records import Record, records
from alt_pipelines.text.declared_language import language_code
from alt_pipelines.text.lines import BREAK
from alt_pipelines.text.markup import tamed

LONGEST_ENTRY = 64 * 1024 * 1024  # characters; a longer entry is not an article, and could exhaust memory
_DELIMITERS = ",\t;|"
_TITLE_CHARACTERS = 300
_ROOT_CHARACTERS = 4096  # of a page, which hold its <html> with the language
_FEED_END = re.compile(rb"(?i)</\s*(?:[\w-]+:)?(?:rss|feed|rdf)\s*>")
_FEED_END_BYTES = 4096  # comments of a server's cache may follow the end tag
_FEED_LISTS = ("items", "articles", "entries", "data", "results", "documents")

Entries = Iterator[FileArticle | Malformed]


class Source(NamedTuple):
    """The source being read: `where` names it in errors, `prefix` begins the place of each entry."""

    where: str
    prefix: str


def json_lines(stream: TextIO, source: Source) -> Entries:
    """Read one JSON object per line; any other line gives a `Malformed` and does not affect its neighbours."""
    number = 0
    while line := stream.readline(LONGEST_ENTRY):
        number += 1
        place = f"{source.prefix}line {number}"
        if len(line) == LONGEST_ENTRY and not line.endswith("\n"):
            while (rest := stream.readline(LONGEST_ENTRY)) and not rest.endswith("\n"):
                pass
            yield Malformed(place, None, f"longer than {LONGEST_ENTRY} characters")
        elif not line.strip():
            yield Malformed(place, None, "a blank line")
        else:
            yield _decoded(line, place, stream.encoding)


def _decoded(line: str, place: str, encoding: str) -> FileArticle | Malformed:
    if re.search("[\udc80-\udcff]", line):
        return Malformed(place, None, f"not valid {'UTF-8' if encoding.startswith('utf-8') else encoding}")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        detail = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        return Malformed(place, None, f"not JSON: {detail}")
    return entry_of(row, place)


def json_document(stream: TextIO, source: Source) -> Entries:
    """Read a JSON array of objects, a JSON Feed, an object with a list of articles, or one article."""
    try:
        document = json.load(stream)
    except (ValueError, RecursionError) as error:
        detail = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UnreadableError(f"{source.where} is not valid JSON: {detail}.") from None
    rows: Any = document
    language = None
    if isinstance(document, dict):
        language = document.get("language")
        rows = next((document[key] for key in _FEED_LISTS if isinstance(document.get(key), list)), [document])
    if not isinstance(rows, list):
        raise UnreadableError(f"{source.where} holds a JSON {kind(document)}; expected an array of objects.")
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict) and isinstance(language, str):
            row = {"language": language, **row}
        yield entry_of(row, f"{source.prefix}entry {number}")


def delimited(stream: TextIO, source: Source) -> Entries:
    """Read CSV or TSV with a header that names the columns; the delimiter is detected from the header."""
    csv.field_size_limit(LONGEST_ENTRY)
    header, number = "", 0
    while not header.strip() and (line := stream.readline(LONGEST_ENTRY)):
        header, number = line, number + 1
    if not header.strip():
        return  # an empty file has no articles
    delimiter = delimiter_of(header)
    columns = next(csv.reader([header], delimiter=delimiter), [])
    meanings = column_meanings(tuple(columns))
    if not meanings["text"] and not meanings["title"]:
        raise UnreadableError(
            f"{source.where}, line {number} has no text column (such as text, content, body, description or title): "
            f"{', '.join(columns)[:200]}."
        )
    for record in records(stream, delimiter, len(columns), number + 1, LONGEST_ENTRY):
        entry = _entry_of_record(record, columns, f"{source.prefix}line {record.line}", stream.encoding)
        if entry is not None:
            yield entry


def _entry_of_record(record: Record, columns: list[str], place: str, encoding: str) -> FileArticle | Malformed | None:
    """Return the entry of a record; None for a blank line."""
    if not record.cells and not record.problem:
        return None
    row = dict(zip(columns, record.cells, strict=False))

    def malformed(problem: str) -> Malformed:
        return Malformed(place, identifier_of(row), problem)

    if record.problem:
        return malformed(record.problem)
    if len(record.cells) > len(columns):
        return malformed(f"{len(record.cells)} columns where the header has {len(columns)}")
    if any(re.search("[\udc80-\udcff]", cell) for cell in record.cells):
        return malformed(f"not valid {encoding}")
    return entry_of(row, place)


def delimiter_of(header: str) -> str:
    """Return the delimiter that splits the header into the most columns."""
    return max(_DELIMITERS, key=lambda delimiter: (header.count(delimiter), -_DELIMITERS.index(delimiter)))


def feed(data: bytes, source: Source) -> Entries:
    """Read RSS or Atom in any version that feedparser supports.

    Its sanitizer is quadratic in unclosed comments (74 s for 400 kB) and not needed, because texts are cleaned later.
    """
    import feedparser

    parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries and (parsed.get("bozo") or not parsed.get("version")):
        reason = f": {parsed.bozo_exception}" if parsed.get("bozo") else ""
        raise UnreadableError(f"{source.where} is not an RSS or Atom feed{reason}.")
    language = language_code(str(parsed.get("feed", {}).get("language") or ""))
    number = 0
    for number, entry in enumerate(parsed.entries, 1):
        contents = [part.value for part in entry.get("content", []) if part.get("value")]
        stamp = entry.get("published_parsed") or entry.get("updated_parsed")
        tags = entry.get("tags") or []
        yield FileArticle(
            f"{source.prefix}entry {number}",
            entry.get("id") or None,
            _text(LexborHTMLParser(tamed(entry.get("title", "")))),
            max([*contents, entry.get("summary", "")], key=len),
            entry.get("link"),
            datetime.fromtimestamp(timegm(stamp), UTC).replace(tzinfo=None) if stamp else None,
            language,
            tags[0].get("term") if tags else None,
        )
    if not _FEED_END.search(data.replace(b"\0", b"")[-_FEED_END_BYTES:]):
        yield Malformed(
            f"{source.prefix}entry {number}", None, "the feed ends within it or after it, without an end tag"
        )


def page(text: str, place: str, genre: str | None) -> FileArticle:
    """Read an HTML page."""
    title = LexborHTMLParser(tamed(text)).css_first("title")
    root = LexborHTMLParser(text[:_ROOT_CHARACTERS]).css_first("html")
    language = language_code(root.attributes.get("lang")) if root is not None else None
    heading = _text(title) if title is not None else ""
    return FileArticle(place, None, heading, text, language=language, genre=genre)


def _text(tree: LexborHTMLParser | LexborNode) -> str:
    return tree.text().replace(BREAK, " ").strip()


def document(text: str, place: str, genre: str | None) -> FileArticle:
    """Read Markdown or plain text; the first line is the title if it looks like one.

    Two kinds of header are recognised: YAML front matter, and the URL, time and title on three lines of the livedoor
    corpus.
    """
    head: dict[str, str] = {}
    if matter := re.match(r"---\n(.*?)\n---\n", text, re.S):
        pairs = (line.partition(":") for line in matter[1].splitlines())
        head = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
        text = text[matter.end() :]
    lines = text.lstrip().split("\n")
    if re.match(r"https?://\S+$", lines[0].strip()) and len(lines) > 3 and moment(lines[1]):
        body = "\n".join(lines[3:]).rstrip()
        return FileArticle(place, None, lines[2].strip(), body, lines[0].strip(), moment(lines[1]), None, genre)
    first = re.sub(r"^#+\s*", "", lines[0]).strip()
    titled = len(lines) > 1 and 0 < len(first) <= _TITLE_CHARACTERS and (lines[0] != first or not lines[1].strip())
    return FileArticle(
        place,
        None,
        head.get("title") or (first if titled else ""),
        "\n".join(lines[1:]).strip() if titled else text.strip(),
        head.get("url") or head.get("link"),
        moment(head.get("date") or head.get("published")),
        language_code(head.get("lang") or head.get("language")),
        head.get("genre") or head.get("category") or genre,
    )
