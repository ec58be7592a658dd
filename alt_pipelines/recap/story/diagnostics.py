"""The diagnostics of a finished run: its input, what was cut, how it was clustered, and how coherent the result is.

A value that could not be measured is omitted, never 0. `pipeline` adds the times of its stages and `partial`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from alt_pipelines.recap.arrays import Floats
from alt_pipelines.recap.clustering.density import NOISE
from alt_pipelines.recap.clustering.grouping import Grouping
from alt_pipelines.recap.corpus.articles import Corpus
from alt_pipelines.recap.corpus.budget import Budget
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import TextVectors

_SIMILARITY_SAMPLE = 1000


def describe(
    corpus: Corpus, budget: Budget, selection: Selection, grouping: Grouping, vectors: TextVectors
) -> dict[str, Any]:
    """Build the diagnostics that follow from the stages' results, under the contract's names and additional ones."""
    kept = len(selection.sentences)
    cuts = {
        "document_limit": corpus.sentences_over_document_limit,
        "token_budget": budget.over_tokens,
        "max_sentences_total": budget.over_requested,
        "installation_limit": budget.over_installed,
    }
    in_noise = grouping.labels[selection.article_of] == NOISE
    found: dict[str, Any] = {
        "total_sentences": kept,
        "sentences_cut": sum(cuts.values()),
        "sentences_cut_by": {reason: count for reason, count in cuts.items() if count},
        "embedded_sentences": int(vectors.made[:kept].sum()),
        "sentences_boilerplate": corpus.boilerplate_sentences,
        "leads_over_max_sentences_total": budget.leads_over_limit,
        "documents_seen": corpus.documents_seen,
        "documents_used": len(selection.articles),
        "documents_cut": len(corpus.articles) - len(selection.articles),
        "documents_low_confidence": corpus.low_confidence,
        "documents_repeated": corpus.duplicate_documents,
        "articles_in_noise": int((grouping.labels == NOISE).sum()),
        "noise_ratio": round(float(in_noise.mean()), 4),
        "umap_used": grouping.umap_used,
        "embedding_ms": round(vectors.seconds * 1000, 3),
        "clusters_over_limit": grouping.groups_over_limit,
        "used_fallback": grouping.fallback is not None,
    }
    optional = {
        "hdbscan": dict(grouping.hdbscan) or None,
        "umap_components": grouping.umap_components or None,
        "fallback": grouping.fallback,
        "silhouette": None if grouping.silhouette is None else round(grouping.silhouette, 4),
        "avg_similarity": similarity_spread(vectors.rows(np.flatnonzero(vectors.made[:kept]))),
        "vectors_unusable": vectors.unusable or None,
    }
    return found | {name: value for name, value in optional.items() if value is not None}


def adjusted_parameters(requested: Mapping[str, float], diagnostics: Mapping[str, Any]) -> dict[str, Any]:
    """Report parameters whose effective value differs from the requested one, under the key `adjusted_parameters`.

    Args:
        requested: hdbscan_min_cluster_size and umap_n_components of the request, dedup_threshold of the settings.
        diagnostics: the effective values.

    Returns:
        An empty dict if every requested value took effect.
    """
    effective = {
        "hdbscan_min_cluster_size": diagnostics.get("hdbscan", {}).get("min_cluster_size"),
        "umap_n_components": diagnostics.get("umap_components", 0),
        "dedup_threshold": diagnostics["dedup_threshold"],
    }
    adjusted = {
        name: {"requested": value, "effective": effective[name]}
        for name, value in requested.items()
        if effective[name] != value
    }
    return {"adjusted_parameters": adjusted} if adjusted else {}


def similarity_spread(vectors: Floats) -> dict[str, float] | None:
    """Mean and 95th percentile of the pairwise cosine, from an even sample; None for fewer than two sentences."""
    if len(vectors) < 2:
        return None
    sample = vectors[np.linspace(0, len(vectors) - 1, min(_SIMILARITY_SAMPLE, len(vectors))).astype(int)]
    values = (sample @ sample.T)[np.triu_indices(len(sample), 1)]
    return {"mean": round(float(values.mean()), 4), "p95": round(float(np.percentile(values, 95)), 4)}
