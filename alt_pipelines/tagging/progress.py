"""When a run of `article_tags` reports, so that its event log stays short. Pure decisions for `reporting`.

A busy run logs at most one line per minute. It reports each day that has changed every ten minutes and, if it tagged
several days, once when it first waits for new articles. A lingering run therefore shows its results early, and a killed
run has already reported most of them.
"""

from datetime import datetime
from typing import NamedTuple

from alt_pipelines.tagging.report import RunReport

LINE_SECONDS = 60.0
LINE_ARTICLES = 500
REPORT_SECONDS = 600.0


class Due(NamedTuple):
    """What a run reports now.

    Attributes:
        first_results: it has stored its first results.
        line: a line for its log.
        days: days to materialize, sorted.
    """

    first_results: bool = False
    line: str | None = None
    days: tuple[datetime, ...] = ()


class Progress:
    """What a run has reported so far. All times are seconds of a monotonic clock."""

    def __init__(self, now: float) -> None:
        self._started = self._logged = self._reported = now
        self._logged_articles = 0
        self._results: dict[datetime, int] = {}
        self._latest = RunReport()
        self._waited = False
        self._has_results = False

    def after_batch(self, report: RunReport, now: float) -> Due:
        """Return what is due after a batch, and set the report's duration. What is returned counts as reported."""
        self._latest = report
        report.seconds = now - self._started
        first_results = report.has_results and not self._has_results
        self._has_results |= first_results
        line = None
        if now - self._logged >= LINE_SECONDS and report.selected - self._logged_articles >= LINE_ARTICLES:
            self._logged, self._logged_articles = now, report.selected
            line = f"Articles so far: {report.selected} ({report.selected / report.worked:.1f}/s)"
        days: tuple[datetime, ...] = ()
        if now - self._reported >= REPORT_SECONDS:
            self._reported = now
            days = self.changed_days(report)
        return Due(first_results, line, days)

    def while_idle(self) -> tuple[RunReport, tuple[datetime, ...]]:
        """Return the latest report and the days to materialize from it: once, if the run has tagged several days."""
        first = not self._waited and len(self._latest.days) > 1
        self._waited = True
        return self._latest, self.changed_days(self._latest) if first else ()

    def changed_days(self, report: RunReport) -> tuple[datetime, ...]:
        """Return the days that gained results since they were last returned."""
        changed = [day for day in sorted(report.days) if report.days[day].results != self._results.get(day, 0)]
        self._results.update((day, report.days[day].results) for day in changed)
        return tuple(changed)
