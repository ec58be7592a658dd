"""A substitute for the recap worker: create learning rows from the genres and tags of the demo's articles.

In production, the recap worker classifies each article and writes its decision. The demo knows each genre from the file
and writes the row of a worker that is always right: the true genre first, and another genre second with a lower score.
Nothing outside the demo uses this module.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from alt_pipelines.demo.corpus import LoadedArticle
from alt_pipelines.demo.store import TaggedArticle


def learning_rows(
    job_id: str, loaded: Sequence[LoadedArticle], tagged: Mapping[str, TaggedArticle]
) -> list[dict[str, object]]:
    """Create one row per tagged article, with the columns of recap_genre_learning_results."""
    genres = sorted({article.genre for article in loaded})
    rows: list[dict[str, object]] = []
    for article in loaded:
        result = tagged.get(article.url)
        if result is None or not result.tags:
            continue
        chance = int(hashlib.sha256(article.url.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
        others = [genre for genre in genres if genre != article.genre] or ["other"]
        other = others[int(chance * len(others)) % len(others)]
        score = 0.55 + 0.4 * chance
        now = datetime.now(UTC).isoformat()
        rows.append(
            {
                "job_id": job_id,
                "article_id": result.id,
                "coarse_candidates": [
                    _candidate(article.genre, score, 0.2 * (1 - chance)),
                    _candidate(other, 0.5 * score, 0.0),
                ],
                "refine_decision": {
                    "final_genre": article.genre,
                    "confidence": round(score, 4),
                    "strategy": "graph_boost" if chance < 0.5 else "weighted_score",
                },
                "tag_profile": {
                    "top_tags": [{"label": tag, "confidence": confidence} for tag, confidence in result.tags],
                    "entropy": _entropy([confidence for _, confidence in result.tags]),
                },
                "timestamps": {"refined_at": now},
            }
        )
    return rows


def _candidate(genre: str, score: float, boost: float) -> dict[str, object]:
    return {
        "genre": genre,
        "score": round(score, 4),
        "keyword_support": 1,
        "classifier_confidence": round(score, 4),
        "graph_boost": round(boost, 4),
    }


def _entropy(weights: Sequence[float]) -> float:
    total = sum(weights)
    shares = [weight / total for weight in weights if weight > 0] if total else []
    return round(-sum(share * math.log(share) for share in shares), 4)
