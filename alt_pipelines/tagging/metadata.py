"""Metadata of a day's materialization: a summary line, example rows, pictures and counts.

The names of numeric entries are permanent, because the UI plots each of them over the partitions.
"""

from collections.abc import Mapping
from typing import Any

from alt_pipelines.observability import pictures, plots
from alt_pipelines.observability.tables import cell
from alt_pipelines.runtime.metadata import Metadata, tables
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION, FIRST_PASS_ONLY, NO_ENCODER
from alt_pipelines.tagging.report import DayReport, Example, RunReport
from alt_pipelines.tagging.store import OutcomeCounts
from alt_pipelines.tagging.windows import key_of

GATES = ((0.55, "label graph"), (0.60, "genre refinement"))
_COLOURS = {
    "tagged": "#3b7dd8",
    "empty": "#b8bec9",
    "rejected": "#e0b04c",
    "no_feed": "#9a7fd1",
    "failed": "#d1495b",
}


def summary(report: DayReport, counts: OutcomeCounts | None, degraded: str | None) -> str:
    """Summarize a day in one line: what this run did, the state of the whole day, and any limit to the quality."""
    others = ", ".join(f"{count} {status}" for status, count in sorted(report.outcomes.items()) if status != "tagged")
    tagged = report.outcomes["tagged"]
    each = f" with {report.tags / tagged:.1f} tags each" if tagged else ""
    line = f"Articles tagged by this run: {tagged}{each}" + (f"; others: {others}" if others else "")
    if not report.outcomes and report.refined:
        line = f"Second passes by this run: {report.refined}"
    day = "" if counts is None else f" Of the day's {counts.articles} articles, {counts.pending} are pending."
    return f"{line}.{day}" + (f" Degraded: {degraded}." if degraded else "")


def last_line(run: RunReport, *, lingered: bool) -> str:
    """Summarize a run in the line that its log ends with; `lingered`: it waited for new articles."""
    total = run.total
    outcomes = ", ".join(f"{status}: {count}" for status, count in sorted(total.outcomes.items())) or "no outcome"
    waited = f", then {run.waited:.0f} s of waiting for new articles" if lingered else ""
    return f"Articles: {run.selected} in {run.worked:.1f} s of work{waited}. {outcomes}; skipped: {total.skipped}."


def figures(report: DayReport, run: RunReport, version: str, model: str) -> dict[str, int | float | str]:
    """Return the counts of one day within a run, and the run's speed."""
    outcomes = {status: report.outcomes[status] for status in _COLOURS}
    done = sum(report.outcomes.values())
    return {
        "selected": report.selected,
        **outcomes,
        "skipped": report.skipped,
        "tags_per_article": round(report.tags / report.outcomes["tagged"], 2) if report.outcomes["tagged"] else 0.0,
        "refined": report.refined,
        "inference_ms_per_article": round(report.inference_ms / done, 2) if done else 0.0,
        "articles_per_second": round(run.selected / run.worked, 1) if run.worked else 0.0,
        "seconds_of_work": round(run.worked, 1),
        "seconds_of_waiting": round(run.waited, 1),
        "backend": _listed(report.backends),
        "languages": _listed(report.languages),
        "cascade": _listed(report.decisions),
        "extractor_version": version,
        "model": model,
    }


def totals(counts: OutcomeCounts | None) -> dict[str, int]:
    """Return the current outcome counts of all articles of the day, from all runs."""
    if counts is None:
        return {}
    return {f"day_{name}": value for name, value in counts._asdict().items()}


def example_rows(examples: list[Example]) -> list[dict[str, str]]:
    """Return examples as table rows: what was tagged with what, or why not; the id is last."""
    return [
        {
            "title": cell(row.title),
            "tags" if row.tags else "reason": cell(row.tags or row.outcome),
            "language": row.language,
            "id": row.article_id,
        }
        for row in examples
    ]


def confidence_picture(report: DayReport) -> str | None:
    """Draw a histogram of tag confidences with the consumers' gates, which the UI shows inline; None without tags."""
    gates = {gate: f"{gate:g} {consumer}" for gate, consumer in GATES}
    return pictures.histogram("Number of tags by confidence, 0 to 1", report.confidences, gates, "confidence", "tags")


def outcomes_plot(run: RunReport) -> str | None:
    """Plot a run's outcomes by day, as Markdown; None for a single day."""
    if len(run.days) < 2:
        return None
    days = sorted(run.days)
    with plots.figure(9, 3.2) as (drawn, axes):
        base = [0] * len(days)
        for status, colour in _COLOURS.items():
            heights = [run.days[day].outcomes[status] for day in days]
            if any(heights):
                axes.bar(range(len(days)), heights, bottom=base, width=0.9, color=colour, label=status)
                base = [low + height for low, height in zip(base, heights, strict=True)]
        marks = sorted({0, len(days) // 2, len(days) - 1})
        axes.set_xticks(marks, [key_of(days[mark]) for mark in marks])
        axes.set(ylabel="articles", title=f"Outcomes of this run by day ({len(days)} days with articles)")
        axes.legend(frameon=False, fontsize=8)
        return plots.png_markdown(drawn, "Outcomes by day")


def _listed(counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {count}" for name, count in ordered) or "none"


def of_day(
    day: DayReport, run: RunReport, counts: OutcomeCounts | None, pictures: Metadata, model: str
) -> dict[str, Any]:
    """Return all metadata: the summary first, then tables and pictures, then counters."""
    return {
        "summary": summary(day, counts, FIRST_PASS_ONLY if model == NO_ENCODER else None),
        **tables(examples=example_rows(day.examples), not_tagged=example_rows(day.problems)),
        **pictures,
        **({"stopped": run.stopped} if run.stopped else {}),
        **figures(day, run, EXTRACTOR_VERSION, model),
        **totals(counts),
    }
