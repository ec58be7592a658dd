"""Metadata of a genre run for the Dagster UI, as plain values: a summary line, stories, evidence and counters.

The most readable comes first: summary and tables, then counters, then objects. `assets` wraps the values for Dagster.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from alt_pipelines.observability import pictures
from alt_pipelines.observability.tables import cell
from alt_pipelines.recap.corpus.request import Document
from alt_pipelines.recap.jsonable import plain
from alt_pipelines.recap.story.headline import headline
from alt_pipelines.recap.story.result import Cluster, GenreResult, Representative

SENTENCES_SHOWN = 3  # per story


class RunFacts(NamedTuple):
    """The genre run (a row of recap_subworker_runs) that a materialization belongs to."""

    run_id: int
    job_id: str
    genre: str


def summary(result: GenreResult, documents: Sequence[Document]) -> str:
    """Summarize the run in one line: the numbers of stories and articles, and any limits to their quality."""
    stories = result.stories
    told = len({article for cluster in stories for article in cluster.article_ids})
    line = f"{_count(len(stories), 'story', 'stories')} covering {told} of {_count(len(documents), 'article')}"
    remarks = []
    if cut := int(result.diagnostics.get("sentences_cut", 0)):
        reasons = result.diagnostics.get("sentences_cut_by") or {}
        by = f" by {', '.join(str(name).replace('_', ' ') for name in reasons)}" if reasons else ""
        remarks.append(f"{_count(cut, 'sentence')} cut{by}")
    if fallback := result.diagnostics.get("fallback"):
        remarks.append(f"fallback: {fallback}")
    if result.status == "partial":
        remarks.append("partial, so the platform's pages do not show this run")
    return f"{line}. {'; '.join(remarks).capitalize()}." if remarks else f"{line}."


def degraded(result: GenreResult) -> str | None:
    """Return why a run is `partial`, and the remedy; None for any other status."""
    if result.status != "partial":
        return None
    diagnostics, causes = result.diagnostics, []
    if diagnostics.get("used_fallback"):
        causes.append(
            f"clustering used a fallback ({diagnostics.get('fallback')}); provide more CPU, or send fewer documents"
        )
    if unusable := diagnostics.get("vectors_unusable"):
        causes.append(
            f"{unusable} vectors of the encoder are not finite; `alt-pipelines doctor` checks the model's files"
        )
    if not causes:
        causes.append(
            "the installation's limit cut the input; raise RECAP_SUBWORKER_MAX_TOTAL_SENTENCES or send fewer documents"
        )
    return f"The result is partial, and the platform's pages do not show it: {'; '.join(causes)}."


def map_picture(result: GenreResult) -> str | None:
    """Draw the run's sentences by principal components, coloured by story, small enough for the UI to show inline."""
    return pictures.scatter(
        "Sentences of the run, colored by story; similar sentences are close to each other",
        [(x, y, int(cluster)) for x, y, cluster in result.map_points],
    )


def page(public_url: str, facts: RunFacts) -> str:
    """The address of the adapter's page of the genre's newest run, with names on the map and links to the articles."""
    return f"{public_url}/recaps/{facts.job_id}/{quote(facts.genre, safe='')}"


def story_rows(result: GenreResult) -> list[dict[str, str | int]]:
    """One row per cluster: its label, terms and size; the cluster's number is last."""
    return [
        {
            "story": _name(cluster),
            "terms": cell(", ".join(cluster.top_terms)),
            "articles": len(cluster.article_ids),
            "sentences": cluster.size,
            "cluster_id": cluster.cluster_id,
        }
        for cluster in result.clusters
    ]


def evidence_rows(result: GenreResult, documents: Sequence[Document]) -> list[dict[str, str]]:
    """One row per displayed sentence, by story: the sentence, its article, date and link; the article's id is last.

    The UI divides its width among the columns, so there are only those that a reader needs.
    """
    sources = {document.article_id: document for document in reversed(documents)}
    return [
        {"story": _name(cluster), **_evidence_row(representative, sources.get(representative.article_id))}
        for cluster in result.clusters
        for representative in cluster.representatives[:SENTENCES_SHOWN]
    ]


def cluster_counters(result: GenreResult, documents: Sequence[Document], facts: RunFacts) -> dict[str, Any]:
    """Counters of the clusters, and the run that they belong to."""
    return {
        "stories": len(result.stories),
        "articles": len(documents),
        "sentences": len(result.assignments),
        **_common(result, facts),
    }


def evidence_counters(result: GenreResult, facts: RunFacts) -> dict[str, Any]:
    """Counters of the evidence, and the run that it belongs to."""
    return {
        "sentences": sum(len(cluster.representatives) for cluster in result.clusters),
        "articles": len({chosen.article_id for cluster in result.clusters for chosen in cluster.representatives}),
        **_common(result, facts),
    }


def objects(result: GenreResult) -> dict[str, Any]:
    """Details for developers: the diagnostics of the run object, and the seconds of each stage."""
    return {
        "diagnostics": plain(result.diagnostics),
        "stage_seconds": {stage: round(value, 3) for stage, value in result.seconds.items()},
    }


def _common(result: GenreResult, facts: RunFacts) -> dict[str, Any]:
    return {
        "status": result.status,
        "model": f"{result.diagnostics.get('model_id')} ({result.diagnostics.get('backend')})",
        "genre": facts.genre,
        "run_id": facts.run_id,
        "job_id": facts.job_id,
    }


def _evidence_row(representative: Representative, source: Document | None) -> dict[str, str]:
    published = source.published_at if source is not None else None
    return {
        "sentence": cell(representative.text),
        "article": cell((source.title if source is not None else None) or ""),
        "date": f"{published:%Y-%m-%d}" if published is not None else "",
        "link": str(source.source_url) if source is not None and source.source_url else "",
        "article_id": cell(representative.article_id),
    }


def _name(cluster: Cluster) -> str:
    return cell(headline(cluster.cluster_id, cluster.label, cluster.top_terms))


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
