"""Submit genre runs of the loaded articles as the recap worker does: over HTTP, one request per genre."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx

from alt_pipelines.demo.corpus import LoadedArticle
from alt_pipelines.demo.store import TaggedArticle
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines.text.sentences import split_sentences

MIN_DOCUMENTS, MAX_DOCUMENTS = 3, 1000
MIN_PARAGRAPH = 30
_NAMESPACE = uuid.UUID("a17d3b2c-6f0e-4c58-9e0b-8d0f3f6f5b11")
_TIMEOUT = httpx.Timeout(10.0, read=70.0)


def requests_by_genre(
    loaded: Sequence[LoadedArticle], tagged: Mapping[str, TaggedArticle]
) -> dict[str, dict[str, Any]]:
    """Build the POST body of every genre with at least three usable articles, with at most the newest 1000."""
    documents: dict[str, list[dict[str, Any]]] = {}
    newest_first = sorted(loaded, key=lambda article: str(article.published or ""), reverse=True)
    for article in newest_first:
        paragraph = _paragraph(article)
        genre = documents.setdefault(article.genre.strip()[:32] or "general", [])
        if article.url not in tagged or len(paragraph) < MIN_PARAGRAPH or len(genre) >= MAX_DOCUMENTS:
            continue
        document = {
            "article_id": tagged[article.url].id,
            "title": article.title[:512] or None,
            "lang_hint": article.language,
            "published_at": article.published.isoformat() + "Z" if article.published else None,
            "source_url": article.url if article.url.startswith("http") else None,
            "paragraphs": [paragraph],
        }
        genre.append({key: value for key, value in document.items() if value is not None})
    return {genre: _body(found) for genre, found in sorted(documents.items()) if len(found) >= MIN_DOCUMENTS}


def job_id_of(requests: Mapping[str, Mapping[str, Any]]) -> str:
    """Derive the job id from the articles, so that a second demo of the same articles finds the first demo's runs."""
    ids = sorted(document["article_id"] for body in requests.values() for document in body["documents"])
    return str(uuid.uuid5(_NAMESPACE, "\n".join(ids)))


def submit(client: httpx.Client, job_id: str, requests: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Submit one genre run per genre. Return genre -> run id.

    Raises:
        httpx.HTTPStatusError: the adapter refused a request.
    """
    runs = {}
    for genre, body in requests.items():
        headers = httpx.Headers(
            {"X-Alt-Job-Id": job_id, "X-Alt-Genre": genre, "Idempotency-Key": f"{job_id}::{genre}"}, encoding="utf-8"
        )
        response = client.post("/v1/runs", json=body, headers=headers, timeout=_TIMEOUT)
        response.raise_for_status()
        runs[genre] = int(response.json()["run_id"])
    return runs


def finished_runs(
    client: httpx.Client, runs: Mapping[str, int], wait: int = 20
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (genre, run object) as genre runs finish. The server holds each request, so there are few polls."""
    waiting = dict(runs)
    while waiting:
        for genre, run_id in list(waiting.items()):
            response = client.get(f"/v1/runs/{run_id}", params={"wait": wait}, timeout=_TIMEOUT)
            response.raise_for_status()
            run = response.json()
            if run["status"] != "running":
                del waiting[genre]
                yield genre, run


def _body(documents: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "params": {
            "max_sentences_total": 2000,
            "umap_n_components": 25,
            "hdbscan_min_cluster_size": 3,
            "mmr_lambda": 0.7,
        },
        "documents": documents,
    }


def _paragraph(article: LoadedArticle) -> str:
    cleaned = clean_article(article.title, article.content)
    return "\n".join(split_sentences(cleaned.text)) if isinstance(cleaned, CleanText) else ""
