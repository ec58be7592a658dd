"""Examples of a request and a run for the OpenAPI document; the contract tests validate both against their schemas."""

from typing import Any

RUN_REQUEST: dict[str, Any] = {
    "params": {
        "max_sentences_total": 2000,
        "umap_n_components": 25,
        "hdbscan_min_cluster_size": 5,
        "mmr_lambda": 0.35,
    },
    "documents": [
        {
            "article_id": f"article-{number}",
            "title": "Chip export rules tightened",
            "lang_hint": "en",
            "published_at": "2026-11-20T08:30:00Z",
            "paragraphs": [
                "The ministry tightened export rules for advanced chips on Monday.\nMakers expect long delays."
            ],
        }
        for number in range(1, 4)
    ],
}

RUN: dict[str, Any] = {
    "run_id": 42,
    "job_id": "550e8400-e29b-41d4-a716-446655440000",
    "genre": "tech",
    "status": "succeeded",
    "cluster_count": 1,
    "clusters": [
        {
            "cluster_id": 0,
            "size": 61,
            "label": "chips",
            "top_terms": ["chips", "export rules"],
            "stats": {"avg_sim": 0.58, "token_count": 2440},
            "representatives": [
                {
                    "article_id": "8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd",
                    "paragraph_idx": 0,
                    "sentence_text": "The ministry tightened export rules for chips on Monday.",
                    "lang": "en",
                    "score": 1.0,
                }
            ],
        }
    ],
    "diagnostics": {"dedup_pairs": 4, "umap_used": False, "partial": False, "total_sentences": 102},
}
