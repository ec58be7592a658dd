"""Requests as the platform's clients send them, for tests to modify."""

import uuid
from typing import Any

JOB_ID = "550e8400-e29b-41d4-a716-446655440000"

_STORIES = (
    ("chips", "The ministry tightened export rules for advanced chips on Monday.", "Chip makers expect long delays."),
    (
        "storm",
        "A storm flooded the harbour town and cut its power lines.",
        "Rescue crews evacuated the harbour.",
    ),
    (
        "vote",
        "Parliament passed the budget after a night of debate.",
        "The opposition called it a broken promise.",
    ),
)


def run_headers(genre: str = "tech", job_id: str = JOB_ID, key: str | None = None) -> dict[str, bytes]:
    """Headers of `POST /v1/runs`, in UTF-8 as clients send them."""
    headers = {"X-Alt-Job-Id": job_id, "X-Alt-Genre": genre, "Idempotency-Key": key}
    return {name: value.encode("utf-8") for name, value in headers.items() if value is not None}


def run_body(documents: int = 9, **changes: Any) -> dict[str, Any]:
    """The body of `POST /v1/runs` as the recap worker sends it: one paragraph per article, one sentence per line."""
    body = {
        "params": {
            "max_sentences_total": 200,
            "umap_n_components": 0,
            "hdbscan_min_cluster_size": 3,
            "mmr_lambda": 0.5,
        },
        "documents": [document(number) for number in range(documents)],
        "metadata": {
            "article_count": documents,
            "sentence_count": 3 * documents,
            "character_count": 200 * documents,
            "primary_language": "en",
        },
    }
    return {**body, **changes}


def document(number: int, **changes: Any) -> dict[str, Any]:
    """An article about one of three stories."""
    topic, first, second = _STORIES[number % len(_STORIES)]
    article = {
        "article_id": str(uuid.UUID(int=number + 1)),
        "title": f"Report {number} on the {topic}",
        "lang_hint": "en",
        "published_at": "2026-11-20T08:00:00Z",
        "source_url": f"https://news.example/{topic}/{number}",
        "paragraphs": [f"{first}\n{second}\nOur correspondent number {number} saw what happened about the {topic}."],
    }
    return {**article, **changes}
