"""Metadata of a genre run for the Dagster UI, as plain values: a summary line, stories, evidence and counters.

The most readable comes first: summary and tables, then counters, then objects. `assets` wraps the values for Dagster.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from alt_pipelines.observability import pictures
from alt_pipelines.observability.tables import cell
from alt_pipelines.recap.corpus.request import Document
from alt_pipelines.recap.jsonable import to_json
from alt_pipelines.recap.story.headline import headline
from alt_pipelines.recap.story.result import Cluster, GenreResult, Representative

SENTENCES_SHOWN = 3  # per story
STORIES_ON_MAP = 6
_IN_ADDRESS = str.maketrans({"<": "%3C", ">": "%3E", "\\": "%5C", "\n": "", "\r": ""})


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
    """Draw the run's sentences by principal components, small enough for the UI to show inline; a legend names stories.

    Only the largest stories and the sentences in no story are drawn, as many as the legend has room for.
    """
    named = [*result.stories[:STORIES_ON_MAP], *(cluster for cluster in result.clusters if cluster.cluster_id < 0)]
    return pictures.scatter(
        "Sentences by story; similar ones are close",
        [(x, y, int(cluster)) for x, y, cluster in result.map_points],
        {cluster.cluster_id: _name(cluster) for cluster in named},
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
    """One row per displayed sentence, with its article and date; only the first row of a story has its headline.

    The UI divides its width among the columns and shows addresses as plain text, so they are in `sources`.
    """
    known = _by_id(documents)
    return [
        {"story": "" if place else _name(cluster), **_evidence_row(chosen, known.get(chosen.article_id))}
        for cluster in result.clusters
        for place, chosen in enumerate(cluster.representatives[:SENTENCES_SHOWN])
    ]


def sources(result: GenreResult, documents: Sequence[Document]) -> str | None:
    """List the articles of the evidence by story as Markdown, with links and ids; None without evidence."""
    known, lines = _by_id(documents), []
    for cluster in result.clusters:
        ids = dict.fromkeys(chosen.article_id for chosen in cluster.representatives)
        if ids:
            lines += [f"**{_text(_name(cluster))}**", "", *(_source_line(name, known.get(name)) for name in ids), ""]
    return "\n".join(lines) or None


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
        "diagnostics": to_json(result.diagnostics),
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


def _by_id(documents: Sequence[Document]) -> dict[str, Document]:
    return {document.article_id: document for document in reversed(documents)}


def _evidence_row(representative: Representative, source: Document | None) -> dict[str, str]:
    published = source.published_at if source is not None else None
    return {
        "sentence": cell(representative.text),
        "article": cell((source.title if source is not None else None) or representative.article_id),
        "date": f"{published:%Y-%m-%d}" if published is not None else "",
    }


def _source_line(article_id: str, source: Document | None) -> str:
    title = _text(cell((source.title if source is not None else None) or "Untitled"))
    address = str(source.source_url).translate(_IN_ADDRESS) if source is not None and source.source_url else None
    return f"* {f'[{title}](<{address}>)' if address else title} · {_text(cell(article_id))}"


def _text(line: str) -> str:
    """Escape what Markdown would read as emphasis, a link or the end of one."""
    return re.sub(r"([\[\]*_~])", r"\\\1", line)


def _name(cluster: Cluster) -> str:
    return cell(headline(cluster.cluster_id, cluster.label, cluster.top_terms))


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
