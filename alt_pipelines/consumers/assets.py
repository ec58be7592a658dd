"""External assets for the consumers of tags, clusters, the graph and the thresholds.

    article_tags ─┬─> search_index                 POST /api/v1/tags/batch
                  ├─> backend_tags                 POST /api/v1/tags/batch, /extract-tags, /generate-tags
                  └─> recap_genre_learning_results
    genre_clusters, cluster_evidence ─> weekly_recap            POST and GET /v1/runs
    tag_label_graph, genre_thresholds ─> genre_refinement       reads recap-db; POST /admin/genre-learning

This project never materializes these assets: Dagster shows them as external.
"""

import dagster as dg

from alt_pipelines.runtime.metadata import CONSUMER

GROUP = "consumers"


def _consumer(name: str, deps: list[str], owner: str, description: str, kind: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        name,
        deps=deps,
        group_name=GROUP,
        owners=[owner],
        kinds={kind},
        description=description,
        tags=CONSUMER,
    )


consumers = [
    _consumer(
        "search_index",
        ["article_tags"],
        "team:search",
        "The search indexer reads the tags of up to 1000 articles per request (`POST /api/v1/tags/batch`) and indexes "
        "them with the articles.",
        "http",
    ),
    _consumer(
        "backend_tags",
        ["article_tags"],
        "team:backend",
        "The platform's backend shows tags to readers: stored tags (`POST /api/v1/tags/batch`) and tags extracted from "
        "the text of a request (`POST /api/v1/extract-tags`, `POST /api/v1/generate-tags`).",
        "http",
    ),
    _consumer(
        "weekly_recap",
        ["genre_clusters", "cluster_evidence"],
        "team:recap",
        "The recap worker posts one genre of a recap job (`POST /v1/runs`), polls the run, and writes the weekly recap "
        "from its clusters and evidence. The platform's pages show only runs with status `succeeded`.",
        "rust",
    ),
    _consumer(
        "genre_refinement",
        ["tag_label_graph", "genre_thresholds"],
        "team:recap",
        "The recap worker chooses an article's genre with the tag label graph, which it reads from recap-db and caches "
        "for TAG_LABEL_GRAPH_TTL_SECONDS, and the thresholds that it receives at `POST /admin/genre-learning`.",
        "rust",
    ),
]
