"""Article files into articles: JSON Lines, folders of them, and folders of plain-text articles by genre.

A JSON line is an object with `text` (or `content`), and where known `title`, `url`, `lang`, `genre`, `published` (or
`date`). A `.txt` file holds one article: URL, time, title, then the text, a line each; its folder is the genre. That is
the form in which the livedoor news corpus is distributed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alt_pipelines.settings import PROJECT_ROOT

SAMPLE = Path(__file__).with_name("sample_articles.jsonl")
DEMO_DATA = PROJECT_ROOT.parent / "shared" / "data" / "demo"
_NOT_ARTICLES = ("LICENSE.txt", "CHANGES.txt", "README.txt")


@dataclass(frozen=True, slots=True)
class LoadedArticle:
    """One article of a file; `published` is UTC without a zone, as alt-db keeps its times."""

    url: str
    title: str
    content: str
    genre: str
    language: str | None
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Problem:
    """A line or file that is no article: where it is, and why."""

    where: str
    why: str


def default_source() -> Path:
    """The demo data beside the project where it is there, else the sample corpus the project ships."""
    return DEMO_DATA if DEMO_DATA.is_dir() else SAMPLE


def read_articles(source: Path) -> Iterator[LoadedArticle | Problem]:
    """All articles of a file or folder, in a stable order.

    Raises:
        FileNotFoundError: there is nothing at `source`.
    """
    if not source.exists():
        raise FileNotFoundError(f"{source} does not exist; give a .jsonl file, or a folder with .jsonl or .txt files")
    files = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else [source]
    for path in files:
        if path.suffix == ".jsonl":
            yield from _json_lines(path)
        elif path.suffix == ".txt" and path.name not in _NOT_ARTICLES:
            yield _text_file(path)


def split_problems(rows: Iterable[LoadedArticle | Problem]) -> tuple[list[LoadedArticle], list[Problem]]:
    """Articles with distinct URLs, and the problems."""
    articles: dict[str, LoadedArticle] = {}
    problems = []
    for row in rows:
        if isinstance(row, Problem):
            problems.append(row)
        else:
            articles.setdefault(row.url, row)
    return list(articles.values()), problems


def _json_lines(path: Path) -> Iterator[LoadedArticle | Problem]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{path.name}:{number}"
            try:
                row = json.loads(line)
            except ValueError as error:
                yield Problem(where, f"not JSON ({error})")
                continue
            if not isinstance(row, dict):
                yield Problem(where, "not a JSON object")
                continue
            content = row.get("text") or row.get("content")
            if not isinstance(content, str):
                yield Problem(where, 'neither "text" nor "content" holds a text')
                continue
            yield LoadedArticle(
                url=_url(row.get("url"), row.get("id"), content),
                title=str(row.get("title") or ""),
                content=content,
                genre=str(row.get("genre") or "general"),
                language=row.get("lang") if isinstance(row.get("lang"), str) else None,
                published=_moment(row.get("published") or row.get("published_at") or row.get("date")),
            )


def _text_file(path: Path) -> LoadedArticle | Problem:
    lines = path.read_text("utf-8", "replace").splitlines()
    if len(lines) < 4:
        return Problem(path.name, "fewer than four lines; expected URL, time, title and text")
    return LoadedArticle(
        url=lines[0].strip() or path.stem,
        title=lines[2].strip(),
        content="\n".join(lines[3:]),
        genre=path.parent.name,
        language=None,
        published=_moment(lines[1].strip()),
    )


def _url(url: object, identity: object, content: str) -> str:
    """The article's own URL, made unique by its id: event lists give one page's URL to many items."""
    digest = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]
    if not isinstance(url, str) or not url:
        return f"https://loaded.example/{identity or digest}"
    return f"{url}#{identity}" if identity and not url.endswith(str(identity)) else url


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str) or not value:
        return None
    for parse in (datetime.fromisoformat, lambda text: datetime.strptime(text, "%B %d, %Y").replace(tzinfo=UTC)):
        try:
            moment = parse(value)
        except ValueError:
            continue
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return None
