"""Reporting a tagging run to Dagster: materializations of its days, counts of the source asset, plots and checks.

`progress` decides when; `metadata` decides what the UI shows. The large plot is drawn at most once per hour across all
runs; a manual run always draws it.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

import dagster as dg
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from alt_pipelines.database.error_messages import message_of
from alt_pipelines.database.installation_facts import once_per
from alt_pipelines.runtime.metadata import Metadata, drawn
from alt_pipelines.runtime.queues import QUEUE_TAG, RESULTS_TAG, TAGGING
from alt_pipelines.runtime.stopping import worker_is_stopping
from alt_pipelines.tagging import metadata
from alt_pipelines.tagging.assignment import Assignment
from alt_pipelines.tagging.partitions import ARTICLES
from alt_pipelines.tagging.progress import Progress
from alt_pipelines.tagging.report import DayReport, RunReport
from alt_pipelines.tagging.store import OutcomeCounts, counts_by_day
from alt_pipelines.tagging.windows import Calendar, day_from, key_of, utc_now

PLOTS_SECONDS = 3600.0


class Reporter:
    """Reports one run. The run calls it after each batch and while it is idle, and `finish` ends the report."""

    def __init__(
        self,
        context: dg.AssetExecutionContext,
        engine: Engine,
        model_id: str,
        own: Sequence[str],
        assignment: Assignment,
        checks: Callable[[], Iterable[dg.AssetCheckEvaluation]],
    ) -> None:
        self._checks = checks
        self._context = context
        self._engine = engine
        self._calendar = Calendar.at(assignment.first)
        self._model = model_id
        self._own = own
        self._by_hand = not assignment.only_pending
        self._progress = Progress(time.monotonic())

    def __call__(self, report: RunReport | None) -> bool:
        """Report progress after a batch or, with None, from an idle run. Returns False if the run should end."""
        if report is None:
            self._report_days(*self._progress.while_idle())
            return not worker_is_stopping() and not self._another_run_waits()
        due = self._progress.after_batch(report, time.monotonic())
        if due.first_results:
            self._context.instance.add_run_tags(self._context.run_id, {RESULTS_TAG: utc_now().isoformat()})
        if due.line is not None:
            self._context.log.info(due.line)
        self._report_days(report, due.days)
        return not worker_is_stopping()

    def finish(self, report: RunReport) -> bool:
        """Report, at the end of the run, all unreported days, and add the metadata of the run's own partitions.

        Returns False if the run must not materialize its own partitions: it was to tag what is pending and stored
        nothing there, so a materialization of zeros would hide the last one that shows something. By hand, a day
        without articles counts as done.
        """
        keys = [key_of(day) for day in self._progress.changed_days(report)]
        self._materialize(report, [key for key in keys if key not in self._own])
        touched = {key_of(day): day_report for day, day_report in report.days.items()}
        if not self._by_hand and not any(touched[key].results for key in self._own if key in touched):
            self._context.log.info(
                f"No articles of {', '.join(self._own)} were pending; nothing is materialized there."
            )
            self._evaluate_checks()
            return False
        totals, pictures = self._totals(self._own), self._pictures(report, self._own)
        for key in self._own:
            day = touched.get(key, DayReport())
            shown = metadata.of_day(day, report, totals.get(key), pictures.get(key, {}), self._model)
            self._context.add_asset_metadata(shown, partition_key=key)
        self._evaluate_checks()
        return True

    def _another_run_waits(self) -> bool:
        """Whether another run on the same queue is waiting to start, for which this idle run should free its worker."""
        waiting = dg.RunsFilter(
            tags={QUEUE_TAG: TAGGING},
            statuses=[dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING],
        )
        return bool(self._context.instance.get_runs_count(waiting))

    def _report_days(self, report: RunReport, days: Sequence[datetime]) -> None:
        """Materialize these days, if any, and evaluate the checks."""
        if days:
            self._materialize(report, [key_of(day) for day in days])
            self._evaluate_checks()

    def _materialize(self, report: RunReport, keys: Sequence[str]) -> None:
        if not keys:
            return
        totals, pictures = self._totals(keys), self._pictures(report, keys)
        for key in keys:
            day = report.days[day_from(key)]
            shown = metadata.of_day(day, report, totals.get(key), pictures.get(key, {}), self._model)
            self._context.log_event(dg.AssetMaterialization(self._context.asset_key, partition=key, metadata=shown))

    def _evaluate_checks(self) -> None:
        """Report the checks, as `runtime.unplanned` says."""
        try:
            for evaluation in self._checks():
                self._context.log_event(evaluation)
        except SQLAlchemyError as error:  # the tags are written, so the run has done its work
            self._context.log.warning(f"The checks were not evaluated: {message_of(error)}")

    def _totals(self, keys: Sequence[str]) -> dict[str, OutcomeCounts]:
        """Count these days' articles by outcome, and report the counts for the source asset too."""
        with self._engine.connect() as connection:
            by_day = counts_by_day(connection, self._calendar, [day_from(key) for key in keys])
        totals = {key_of(day): by_day[day] for day in sorted(by_day)}
        for key, counts in totals.items():
            self._context.instance.report_runless_asset_event(
                dg.AssetMaterialization(ARTICLES, partition=key, metadata={"articles": counts.articles})
            )
        return totals

    def _pictures(self, report: RunReport, keys: Sequence[str]) -> dict[str, Metadata]:
        """Return the plots by partition key: each day's confidences and, for the newest day, the outcomes by day."""
        reports = {key_of(day): day_report for day, day_report in report.days.items()}
        found = {
            key: drawn(self._context, {"confidences": partial(metadata.confidence_picture, reports[key])})
            for key in keys
            if key in reports
        }
        newest = max(reports, default="")
        if newest in found and self._plots_are_due():
            found[newest] |= drawn(self._context, {"outcomes_by_day": partial(metadata.outcomes_plot, report)})
        return found

    def _plots_are_due(self) -> bool:
        if self._by_hand:
            return True
        with self._engine.begin() as connection:
            return once_per(connection, "plots_of_article_tags", PLOTS_SECONDS)
