r"""The tagging sensor: starts a run whenever articles are pending, and otherwise gives a readable skip reason.

    parse the cursor -- poisoned? --> start without a cursor: a full sweep
        |
    scan (scan.run_probes), which moves the cursor past articles with an outcome
        |                                 \
    articles pending, runs allowed     nothing pending, or a run is in progress, or backing off after failures
        |                                 |
    one run over all pending days     wait briefly for a change and scan again, else skip
    (several for a backlog)

Facts that the design rests on:
* The Dagster daemon evaluates sensors every five seconds, even if their interval is shorter, and a tick costs the
  daemon, the code server and Postgres 40 ms of CPU time. A tick therefore waits up to TAG_TICK_WAIT_SECONDS for a new
  article (it reads one index entry every 0.25 s) or for the end of a run in progress (one indexed query every 0.5 s),
  and scans again every TAG_PROCESSING_INTERVAL seconds, which costs 5 ms.
* The minimum interval is two seconds below the daemon's five: the loop is inexact, and an interval of exactly five
  would skip every other tick.
* Run requests have no run key, because Dagster never launches a second run with the same key, even after a failure.
  The work is idempotent, so a duplicate run is harmless.
* A killed run stays STARTED where run monitoring is off (a bare `dagster dev`). A run that has exceeded its time limit
  is therefore ignored.
* Failed runs are retried with exponential backoff, not every five seconds.
* A run lingers for up to TAG_LINGER_LIMIT_SECONDS and tags articles that trickle in, because every run costs a dozen
  events and a materialization. The sensor starts a second run only for articles that the lingering run does
  not claim.
* Runs claim pages of articles, so several runs can share the same days. A backlog gets one run per 1000 pending
  articles, up to TAG_PARALLEL_RUNS.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import dagster as dg
import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.clock import apart
from alt_pipelines.dagster_names import TAGGING_JOB
from alt_pipelines.database import rights
from alt_pipelines.runtime.dagster_internals import AssetJob
from alt_pipelines.runtime.queues import MAX_RUNTIME_TAG
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging import capacity
from alt_pipelines.tagging.capacity import Capacity, EndedRun, RunInProgress
from alt_pipelines.tagging.checks import article_tags_checks_job
from alt_pipelines.tagging.cursor import Cursor
from alt_pipelines.tagging.scan import Findings, newest_article, run_probes, wait_for_newer
from alt_pipelines.tagging.store import claims
from alt_pipelines.tagging.windows import Position, key_of, spans, utc_now

log = structlog.get_logger(__name__)

IN_FLIGHT = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]
_ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_POLL_NEWEST_SECONDS = 0.25
_POLL_RUN_SECONDS = 0.5
CLAIMED_WITHIN_SECONDS = 3.0  # a lingering run claims the articles that it sees within this time
_TICK_TAG = "dagster/alt_tick"
_LOG_EMPTY_EVERY = 3  # ticks, about a minute


def make_pending_articles(
    settings: TaggingSettings, first: datetime, job: AssetJob, stopping: Callable[[], bool] = lambda: False
) -> dg.SensorDefinition:
    """Define the sensor that requests runs of `job`; `first` is the first partition. A tick ends once `stopping`."""

    @dg.sensor(
        job=job,
        minimum_interval_seconds=max(1, settings.interval_seconds - 2),
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Finds articles without an outcome (new, committed late, dated in the future, due for a retry, or "
        "abandoned by a killed run) and starts one run over all their days, or several for a backlog. Without pending "
        f"articles, a tick waits up to {settings.tick_wait_seconds:g} s for one (TAG_TICK_WAIT_SECONDS), so ticks are "
        "seconds apart; of skipped ticks, only the last of each minute is kept. A run lingers after its work and tags "
        "new articles itself; meanwhile no tick starts a run for them. The cursor "
        "holds the position up to which every article has an outcome, and the position of the full sweep. To rescan, "
        "clear the cursor, or set its created_at and id to the starting position.",
    )
    def pending_articles(context: dg.SensorEvaluationContext, alt_db: dg.ResourceParam[Engine]) -> dg.SensorResult:
        """Evaluate one tick: scan, then request runs or skip with a reason."""
        return _tick(context, alt_db, settings, first, stopping)

    return pending_articles


def _tick(
    context: dg.SensorEvaluationContext,
    engine: Engine,
    settings: TaggingSettings,
    first: datetime,
    stopping: Callable[[], bool],
) -> dg.SensorResult:
    """Scan until there is something to request or the tick must end."""
    cursor, poisoned = Cursor.parse(context.cursor, utc_now())
    if poisoned:
        log.warning("tagging_cursor_poisoned", cursor=context.cursor, reason=poisoned)
    deadline = time.monotonic() + settings.tick_wait_seconds
    waiting = _Waiting(deadline, settings.interval_seconds, stopping)
    view, seen_before = _View(context.instance, engine, settings), False
    while True:
        newest = newest_article(engine, utc_now())
        try:
            findings = run_probes(engine, cursor, settings, first, utc_now())
        except DBAPIError as error:
            return _refused(engine, error, context.cursor)
        cursor = findings.cursor
        allowed = view.capacity(findings.articles) if findings.days else Capacity(0)
        if findings.days and allowed.runs:
            if allowed.beside_a_lingering_run and not seen_before:
                seen_before = True
                time.sleep(CLAIMED_WITHIN_SECONDS)
                continue
            return _request(findings, allowed.runs, cursor.counted(findings.articles), settings, poisoned)
        seen_before = False
        if not waiting.for_change(view, newest, findings.articles if allowed.blocked_by else None):
            return _skip(findings, allowed.blocked_by, cursor.counted(0), settings, poisoned)


class _Waiting(NamedTuple):
    """How long a tick waits between two scans, and when it ends."""

    deadline: float
    interval: float
    stopping: Callable[[], bool]

    def for_change(self, view: "_View", newest: Position | None, blocked: int | None) -> bool:
        """Wait until it is worth scanning again. False if the tick must end.

        That is when there is a new article, when a run may start for the `blocked` pending articles, and after the
        interval, because articles other than new ones may be due.
        """
        end = min(self.deadline, time.monotonic() + self.interval)

        def is_over() -> bool:
            return time.monotonic() >= end or self.stopping()

        if blocked is None:
            if wait_for_newer(view.engine, newest, _POLL_NEWEST_SECONDS, is_over, utc_now):
                return True
        else:
            while not is_over():
                time.sleep(_POLL_RUN_SECONDS)
                if view.capacity(blocked).runs:
                    return True
        return time.monotonic() < self.deadline and not self.stopping()


def _request(
    findings: Findings, runs: int, cursor: Cursor, settings: TaggingSettings, poisoned: str | None
) -> dg.SensorResult:
    keys = [key_of(day) for day in findings.days]
    log.info(
        "tagging_requested",
        articles=findings.articles,
        days=len(keys),
        runs=runs,
        found_by=findings.by_probe,
        ticks=cursor.ticks,
        total_articles=cursor.articles,
        cursor=cursor.dump(),
    )
    linger = 0.0 if findings.retag else settings.linger_seconds
    config = {"only_pending": True, "days": keys, "linger_seconds": linger, "retag": findings.retag}
    request = dg.RunRequest(
        run_config={"ops": {"article_tags": {"config": config}}},
        partition_key=keys[0],
        tags={
            _TICK_TAG: utc_now().isoformat(),
            "dagster/alt_pending": spans(findings.days),
            "alt/found_by": ", ".join(f"{name} {count}" for name, count in findings.by_probe.items()),
            **({"dagster/alt_cursor_recovered": poisoned[:200]} if poisoned else {}),
        },
    )
    return dg.SensorResult(run_requests=[request] * runs, cursor=cursor.dump())


def _skip(
    findings: Findings, blocked_by: str | None, cursor: Cursor, settings: TaggingSettings, poisoned: str | None
) -> dg.SensorResult:
    counters = {"ticks": cursor.ticks, "empty_ticks": cursor.empty_ticks, "total_articles": cursor.articles}
    reason = f"Nothing pending. Empty ticks: {cursor.empty_ticks}; articles found so far: {cursor.articles}."
    if blocked_by is not None and findings.days:
        reason = f"Articles pending: {findings.articles}, in {spans(findings.days)}. {blocked_by}"
    if poisoned:
        reason = f"The cursor was discarded ({poisoned}); the scan starts from the beginning. {reason}"
    if cursor.empty_ticks % settings.empty_ticks_warning == 0:
        log.warning("tagging_idle", reason=reason, **counters, cursor=cursor.dump())
    elif cursor.empty_ticks % _LOG_EMPTY_EVERY == 1:
        log.info("tagging_nothing_pending", reason=reason, **counters, cursor=cursor.dump())
    return dg.SensorResult(skip_reason=reason, cursor=cursor.dump())


def _refused(engine: Engine, error: DBAPIError, cursor: str | None) -> dg.SensorResult:
    """Skip with the missing database rights as the reason.

    Raises:
        DBAPIError: no right is missing, so the database refused for another reason.
    """
    missing = rights.missing_rights(engine, "alt")
    if not missing:
        raise error
    log.warning("tagging_right_missing", reason=missing[0].sentence, missing=len(missing))
    return dg.SensorResult(skip_reason=" ".join(right.sentence for right in missing), cursor=cursor)


@dataclass(frozen=True)
class _View:
    """The inputs that decide how many runs may start: Dagster's runs, the claims in alt-db, and the limits."""

    instance: dg.DagsterInstance
    engine: Engine
    settings: TaggingSettings

    def capacity(self, pending: int) -> Capacity:
        """Return how many runs may start for the `pending` articles, or why none may."""
        now = time.time()
        present = self._runs_in_progress(now)
        lingering = capacity.lingering(present, self._claimants)
        runs = capacity.room(len(present), lingering, pending, self.settings)
        if runs <= 0:
            return Capacity(0, f"{'; '.join(map(str, present))}; the next run starts when one ends.")
        if backoff := capacity.backoff(self._ended_runs(), now):
            lacking = "".join(f" {right.sentence}" for right in rights.missing_rights(self.engine, "alt")[:1])
            return Capacity(0, f"{backoff}{lacking}")
        return Capacity(runs, beside_a_lingering_run=lingering > 0)

    def _runs_in_progress(self, now: float) -> list[RunInProgress]:
        """Read the runs that have not ended, without those that must have ended unseen."""
        present = []
        for record in self.instance.get_run_records(dg.RunsFilter(job_name=TAGGING_JOB, statuses=IN_FLIGHT)):
            age = apart(now, record.start_time or record.create_timestamp.timestamp())
            limit = float(record.dagster_run.tags.get(MAX_RUNTIME_TAG, 0))
            run = RunInProgress(record.dagster_run.run_id, record.dagster_run.status.value, age, limit)
            if run.is_gone:
                log.warning("tagging_run_ignored", run_id=run.run_id, status=run.status, age_seconds=round(age))
            else:
                present.append(run)
        return present

    def _claimants(self) -> int:
        """Return how many runs currently hold claims on articles."""
        with self.engine.connect() as connection:
            return claims.live_owners(connection)

    def _ended_runs(self) -> list[EndedRun]:
        """Read the last runs that ended, newest first, as many as matter for the pause after failures."""
        records = self.instance.get_run_records(
            dg.RunsFilter(job_name=TAGGING_JOB, statuses=_ENDED),
            limit=capacity.FAILURES_EXAMINED * self.settings.parallel_runs,
        )
        return [_ended(record.dagster_run, record.update_timestamp) for record in records]


def _ended(run: dg.DagsterRun, at: datetime) -> EndedRun:
    attempt = run.tags.get(_TICK_TAG, run.run_id)
    return EndedRun(attempt, run.status == dg.DagsterRunStatus.FAILURE, at.timestamp())


article_tags_checks_schedule = dg.ScheduleDefinition(
    name="check_article_tags_every_15_minutes",
    job=article_tags_checks_job,
    cron_schedule="*/15 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Runs the asset checks of article_tags every 15 minutes.",
)
