"""Summary, table and pictures of a learning run for Dagster's metadata: pure, from the report to plain values."""

from alt_pipelines.learning.report import LearningReport, Thresholds
from alt_pipelines.observability import pictures

_NAMES = ("graph_margin", "boost_threshold", "tag_count_threshold")


def summary(report: LearningReport) -> str:
    """Summarize a run in one line: what was sent or why nothing was, and how accurate it is."""
    if report.withheld is not None:
        return f"Nothing was sent: {report.withheld}."
    if report.reason is not None:
        return (
            f"The reference thresholds were sent unchanged: {report.reason}. The recap worker writes the rows, and "
            "human feedback counts as a label."
        )
    part, accuracy = ("test part", report.test_accuracy)
    if accuracy is None:
        part, accuracy = "training part", report.train_accuracy
    sent = ", ".join(f"{name} {getattr(report.thresholds, name):g}" for name in _NAMES)
    measured = "" if accuracy is None else f"; accuracy on the {part}: {accuracy:.1%}"
    before = "" if report.previous_accuracy is None else f", previously {report.previous_accuracy:.1%}"
    return f"Sent and accepted: {sent}{measured}{before}."


def threshold_rows(report: LearningReport) -> list[dict[str, str]]:
    """Rows of the table of thresholds: the previous value, the learned one, and the difference."""
    learned = "new" if report.withheld is None else "new (not sent)"
    return [
        {
            "threshold": name,
            "previous": f"{before:g}",
            learned: f"{after:g}",
            "change": f"{after - before:+g}",
        }
        for name in _NAMES
        for before, after in [(getattr(report.previous, name), getattr(report.thresholds, name))]
    ]


def slice_picture(report: LearningReport, name: str) -> str | None:
    """Draw each trial's accuracy over one threshold, with the best and previous values marked; None without trials."""

    def point(thresholds: Thresholds, accuracy: float) -> tuple[float, float]:
        return float(getattr(thresholds, name)), accuracy

    trials = [point(trial.thresholds, trial.accuracy) for trial in report.trials]
    marks = {
        label: point(thresholds, accuracy)
        for label, thresholds, accuracy in (
            ("learned", report.thresholds, report.train_accuracy),
            ("previous", report.previous, report.previous_accuracy),
        )
        if accuracy is not None
    }
    return pictures.slice_of(f"Accuracy of each trial by {name}", trials, marks)


SLICES = {f"accuracy_over_{name}": name for name in _NAMES}
"""Pictures of a run: their names, and the threshold of each."""
