"""Check of new thresholds, evaluated from the run's report inside its step.

The check reports and undoes nothing: the thresholds have been sent when it is evaluated. The rows change from day to
day, so a slightly lower accuracy on a small test part is chance; `TOLERANCE` is the difference that counts as chance.
"""

import dagster as dg

from alt_pipelines.learning.assets import GENRE_THRESHOLDS
from alt_pipelines.learning.report import LearningReport

TOLERANCE = 0.01

not_worse_on_test = dg.AssetCheckSpec(
    "not_worse_than_previous",
    asset=GENRE_THRESHOLDS,
    description=f"On the test part, the accuracy of the new thresholds is at most {TOLERANCE:g} below that of the "
    "previous thresholds.",
)


def evaluate(report: LearningReport) -> dg.AssetCheckResult:
    """Compare the two accuracies. If one could not be measured, the check passes and its description says so."""
    new, old = report.test_accuracy, report.previous_accuracy
    if new is None or old is None:
        return dg.AssetCheckResult(
            passed=True,
            check_name=not_worse_on_test.name,
            asset_key=GENRE_THRESHOLDS,
            description=f"Not measured: {report.reason or 'too few rows for a test part'}.",
        )
    worse = new < old - TOLERANCE
    return dg.AssetCheckResult(
        passed=not worse,
        check_name=not_worse_on_test.name,
        asset_key=GENRE_THRESHOLDS,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"Accuracy on the test part: new thresholds {new:.1%}, previous thresholds {old:.1%}."
        if worse
        else None,
        metadata={"test_accuracy": new, "previous_accuracy": old},
    )
