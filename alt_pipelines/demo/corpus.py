"""Read articles to load from files in every format of `article_files`, and give each a URL and a genre."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alt_pipelines import article_files
from alt_pipelines.article_files import FileArticle, Malformed

SAMPLE = Path(__file__).with_name("sample_articles.jsonl")


@dataclass(frozen=True, slots=True)
class LoadedArticle:
    """One article of a file; `published` is UTC without a zone, as alt-db stores times."""

    url: str
    title: str
    content: str
    genre: str
    language: str | None
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Problem:
    """An entry or file that is not an article: where it is, and why."""

    where: str
    why: str


def default_source() -> Path:
    """Return the path of the sample corpus that ships with the project."""
    return SAMPLE


def read_articles(
    source: Path | None, form: str | None = None, on_bytes: Callable[[int], None] = lambda amount: None
) -> Iterator[LoadedArticle | Problem]:
    """Yield all articles of a file, a folder or (None) standard input, in a stable order.

    Raises:
        UnreadableError: the source cannot be read; the message says where and why.
    """
    for entry in article_files.read_articles(source, form, on_bytes):
        if isinstance(entry, Malformed):
            if entry.problem != "a blank line":
                yield Problem(entry.place, entry.problem)
        elif not entry.text.strip():
            yield Problem(entry.place, "no text")
        else:
            yield _loaded(entry)


def split_problems(rows: Iterable[LoadedArticle | Problem]) -> tuple[list[LoadedArticle], list[Problem]]:
    """Separate articles, one per URL, from problems."""
    articles: dict[str, LoadedArticle] = {}
    problems = []
    for row in rows:
        if isinstance(row, Problem):
            problems.append(row)
        else:
            articles.setdefault(row.url, row)
    return list(articles.values()), problems


def _loaded(entry: FileArticle) -> LoadedArticle:
    return LoadedArticle(
        url=_url(entry.url, entry.id, entry.text),
        title=entry.title,
        content=entry.text,
        genre=entry.genre or "general",
        language=entry.language,
        published=entry.published,
    )


def _url(url: str | None, identity: str | int | None, content: str) -> str:
    """Return the article's URL, made unique by its id: event lists use one page's URL for many items."""
    digest = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]
    if not url:
        return f"https://loaded.example/{identity or digest}"
    return f"{url}#{identity}" if identity and not url.endswith(str(identity)) else url
