"""Plots and tables of a learning run for Dagster's metadata: pure, from the report to Markdown."""

from alt_pipelines.learning.report import LearningReport, Thresholds
from alt_pipelines.observability import plots

_NAMES = ("graph_margin", "boost_threshold", "tag_count_threshold")
_LINE, _POINTS, _BEST, _BEFORE = "#b8bec9", "#3b7dd8", "#d1495b", "#444444"


def moved_table(report: LearningReport) -> str:
    """Markdown table of the thresholds: the previous value, the new value and the difference."""
    rows = ["| threshold | in force | sent | moved |", "|---|---|---|---|"]
    for name in _NAMES:
        before, after = getattr(report.in_force, name), getattr(report.thresholds, name)
        rows.append(f"| {name} | {before:g} | {after:g} | {after - before:+g} |")
    return "\n".join(rows)


def slice_plots(report: LearningReport) -> dict[str, str]:
    """Plot the objective over each threshold, with every trial and the new and previous values, as Markdown images."""
    if not report.trials:
        return {}
    return {f"slice_{name}": _slice_plot(report, name) for name in _NAMES}


def _slice_plot(report: LearningReport, name: str) -> str:
    def value(thresholds: Thresholds) -> float:
        return float(getattr(thresholds, name))

    with plots.figure(5, 3) as (drawn, axes):
        points = axes.scatter(
            [value(trial.thresholds) for trial in report.trials],
            [trial.accuracy for trial in report.trials],
            c=range(len(report.trials)),
            cmap="Blues",
            edgecolors=_POINTS,
            linewidths=0.6,
            s=32,
        )
        drawn.colorbar(points, ax=axes, label="trial")
        if report.train_accuracy is not None:
            axes.scatter(
                [value(report.thresholds)], [report.train_accuracy], marker="*", s=140, color=_BEST, label="sent"
            )
        axes.axvline(value(report.in_force), color=_BEFORE, linewidth=1, linestyle="--", label="in force before")
        axes.grid(axis="y", color=_LINE, linewidth=0.4)
        axes.set(xlabel=name, ylabel="accuracy, training part")
        axes.legend(frameon=False, fontsize=8)
        return plots.png_markdown(drawn, f"accuracy of each trial over {name}")
