"""The content of the reader's pages as plain values: headlines, dates, what was cut and why, the points of the map.

This module selects the content and writes its sentences. HTML is in the templates, queries are in `reader_store`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from alt_pipelines.recap.story.headline import headline
from api.reader_store import Evidence

MAX_ARTICLES = 12
"""Articles listed per story; the rest are only counted."""

MAP_WIDTH, MAP_HEIGHT, MAP_MARGIN = 640.0, 400.0, 14.0
MAP_NAMES = 8
"""Stories in the map's legend."""

_CUT_REASONS = {
    "document_limit": "limit of sentences per document",
    "token_budget": "token budget of the installation",
    "sentence_budget": "sentence limit of the request or the installation",
    "max_sentences_total": "max_sentences_total of the request",
    "installation_limit": "sentence limit of the installation",
}
_STATUSES = {
    "running": "in progress",
    "succeeded": "complete",
    "partial": "degraded",
    "failed": "failed",
}


@dataclass(frozen=True)
class Article:
    """An article of a story; `url` is None if it is not safe to link to (`safe_url`)."""

    title: str
    url: str | None
    published_at: datetime | None
    lang: str | None


@dataclass(frozen=True)
class Sentence:
    """An evidence sentence and its article."""

    text: str
    lang: str | None
    article: Article


@dataclass(frozen=True)
class Story:
    """A story as a page shows it."""

    number: int
    headline: str
    terms: Sequence[str]
    sentences: Sequence[Sentence]
    articles: Sequence[Article]
    articles_left_out: int
    size: int
    is_noise: bool


@dataclass(frozen=True)
class Dot:
    """A point in map coordinates; `hue` is in degrees, None if the point's article is in no story."""

    x: float
    y: float
    hue: int | None
    name: str


def status_text(status: str) -> str:
    """Return a run's status in words for a reader."""
    return _STATUSES.get(status, status)


def stories(clusters: Sequence[Mapping[str, Any]], evidence: Sequence[Evidence]) -> list[Story]:
    """Build the stories of a run from its clusters and their stored evidence articles."""
    by_cluster: defaultdict[int, list[Evidence]] = defaultdict(list)
    for row in evidence:
        by_cluster[row.cluster_id].append(row)
    return [_story(cluster, by_cluster[cluster["cluster_id"]]) for cluster in clusters]


def cuts(diagnostics: Mapping[str, Any]) -> list[str]:
    """Return one sentence, with the reason, per input that a run left out or stage that it degraded."""
    found = []
    for reason, count in (diagnostics.get("sentences_cut_by") or {}).items():
        found.append(f"Sentences omitted: {count} ({_CUT_REASONS.get(reason, str(reason).replace('_', ' '))}).")
    seen, used = diagnostics.get("documents_seen"), diagnostics.get("documents_used")
    if isinstance(seen, int) and isinstance(used, int) and used < seen:
        parts = [
            f"{diagnostics[key]} {words}"
            for key, words in (("documents_repeated", "duplicates"), ("documents_low_confidence", "low confidence"))
            if diagnostics.get(key)
        ]
        found.append(f"Documents used: {used} of {seen}" + (f" ({', '.join(parts)})." if parts else "."))
    if diagnostics.get("articles_in_noise"):
        found.append(f"Articles in no story: {diagnostics['articles_in_noise']}.")
    if diagnostics.get("dedup_pairs"):
        found.append(f"Duplicate sentences: {diagnostics['dedup_pairs']}.")
    if diagnostics.get("used_fallback"):
        found.append(f"Fallback used: {diagnostics.get('fallback') or 'see the diagnostics'}.")
    if diagnostics.get("vectors_unusable"):
        found.append("Some of the encoder's vectors were not finite and were ignored.")
    return found


def dots(points: Sequence[Any], named: Mapping[int, str]) -> list[Dot]:
    """Scale points [x, y, cluster id] to the map's size. Rows of any other shape are dropped."""
    rows = [(float(p[0]), float(p[1]), int(p[2])) for p in points if _is_point(p)]
    if not rows:
        return []
    left, right = min(x for x, _, _ in rows), max(x for x, _, _ in rows)
    low, high = min(y for _, y, _ in rows), max(y for _, y, _ in rows)
    across = (MAP_WIDTH - 2 * MAP_MARGIN) / ((right - left) or 1.0)
    down = (MAP_HEIGHT - 2 * MAP_MARGIN) / ((high - low) or 1.0)
    return [
        Dot(
            round(MAP_MARGIN + (x - left) * across, 1),
            round(MAP_HEIGHT - MAP_MARGIN - (y - low) * down, 1),
            hue(cluster),
            named.get(cluster, ""),
        )
        for x, y, cluster in sorted(rows, key=lambda row: row[2])  # noise first, so it is drawn below
    ]


def hue(cluster: int) -> int | None:
    """Return the hue of a story in degrees; consecutive numbers get distant hues. None for noise."""
    return None if cluster < 0 else int(cluster * 137.508) % 360


def safe_url(url: str | None) -> str | None:
    """Return the address if a page may link to it (http or https, with a host), else None."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def _story(cluster: Mapping[str, Any], evidence: Sequence[Evidence]) -> Story:
    articles = {row.article_id: _article(row) for row in evidence}
    sentences = [
        Sentence(
            found["sentence_text"],
            found.get("lang"),
            articles.get(found["article_id"], Article(f"Article {found['article_id']}", None, None, None)),
        )
        for found in cluster["representatives"]
    ]
    listed = list(articles.values())
    return Story(
        number=cluster["cluster_id"],
        headline=headline(cluster["cluster_id"], cluster["label"], cluster["top_terms"]),
        terms=cluster["top_terms"],
        sentences=sentences,
        articles=listed[:MAX_ARTICLES],
        articles_left_out=max(0, len(listed) - MAX_ARTICLES),
        size=cluster["size"],
        is_noise=cluster["cluster_id"] < 0,
    )


def _article(row: Evidence) -> Article:
    title = row.title.strip() if row.title else ""
    return Article(title or f"Article {row.article_id}", safe_url(row.source_url), row.published_at, row.lang)


def _is_point(point: Any) -> bool:
    return isinstance(point, list) and len(point) == 3 and all(isinstance(value, int | float) for value in point)
