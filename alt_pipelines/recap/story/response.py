"""Build the parts of the contract's run object that a finished run determines, as JSON data without NaN or Infinity.

The command line and the store add `run_id`, `job_id` and `genre`.
"""

from typing import Any

from alt_pipelines.recap.jsonable import to_json
from alt_pipelines.recap.story.result import Cluster, GenreResult


def response_parts(result: GenreResult) -> dict[str, Any]:
    """Return status, cluster_count, clusters and diagnostics of the run object."""
    return {
        "status": result.status,
        "cluster_count": len(result.stories),
        "clusters": [_cluster(cluster) for cluster in result.clusters],
        "diagnostics": to_json(result.diagnostics),
    }


def _cluster(cluster: Cluster) -> dict[str, Any]:
    return {
        "cluster_id": cluster.cluster_id,
        "size": cluster.size,
        "label": cluster.label,
        "top_terms": list(cluster.top_terms),
        "stats": to_json(cluster.stats),
        "representatives": [
            {
                "article_id": representative.article_id,
                "paragraph_idx": representative.paragraph_idx,
                "sentence_text": representative.text,
                "lang": representative.lang,
                "score": representative.score,
            }
            for representative in cluster.representatives
        ],
    }
