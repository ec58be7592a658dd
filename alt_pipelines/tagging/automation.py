r"""The tagging sensor: a run whenever articles wait, and a readable reason when not.

    parse the cursor -- poisoned? --> from the beginning
        |
    look (watch.look), which moves the cursor over what is done
        |                                 \
    something pending, no obstacle     nothing pending, or a run is in flight, or the last ones failed
        |                                 |
    one run over all hours found       wait a little for a change and look again, else skip
    (several, in a backlog)

Facts it rests on:
* Dagster looks at sensors every five seconds, whatever the interval. So a tick waits inside, for up to
  TAG_TICK_WAIT_SECONDS, for a new article or the end of the run in flight: one index entry, or one indexed run query,
  every quarter or half second.
* A minimum interval of five seconds would skip every other look, for the daemon's loop is not exact; hence two less.
* No run key: a run key is for ever, also after a failure, and the work is idempotent.
* A killed run stays STARTED where run monitoring is off (a bare `dagster dev`), so one that is older than its time
  limit allows counts as gone.
* Failing runs are not repeated every five seconds, but after a wait that doubles.
* Runs share hours by claiming pages of articles, so a backlog is given to several: up to TAG_PARALLEL_RUNS at once, as
  many as there are thousands of articles waiting. A trickle is one run's.
"""

import time
from datetime import UTC, datetime
from typing import NamedTuple

import dagster as dg
import structlog

from alt_pipelines.platform import Platform
from alt_pipelines.runtime.queues import MAX_RUNTIME_TAG
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.assets import tag_pending_articles
from alt_pipelines.tagging.checks import article_tags_checks_job
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION
from alt_pipelines.tagging.partitions import SETTINGS
from alt_pipelines.tagging.scan import Cursor, Findings, look, newest_article
from alt_pipelines.tagging.windows import Position, key_of, spans

log = structlog.get_logger(__name__)

IN_FLIGHT = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]
_GONE_AFTER_SECONDS = 120.0  # beyond a run's own time limit
_POLL_NEWEST_SECONDS = 0.25
_POLL_RUN_SECONDS = 0.5
_TICK_TAG = "alt/tick"
_ENOUGH_FOR_A_RUN = 1000  # articles; about ten seconds of work
_FIRST_WAIT_AFTER_FAILURE = 10.0
_LONGEST_WAIT_AFTER_FAILURE = 300.0
_FAILURES_LOOKED_AT = 6
_LOG_EMPTY_EVERY = 12  # ticks, about a minute


@dg.sensor(
    job=tag_pending_articles,
    minimum_interval_seconds=max(1, SETTINGS.interval_seconds - 2),
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Finds articles without an outcome (new, late, from the future, due for another try, of an older "
    "extractor, or left by a killed run) and starts one run over all their hours, several in a backlog. The cursor "
    "tells up to which article everything is done and where the full sweep stands; clear it, or set created_at and id, "
    "to begin elsewhere.",
)
def pending_articles(context: dg.SensorEvaluationContext, platform: dg.ResourceParam[Platform]) -> dg.SensorResult:
    """One tick."""
    settings = platform.settings.tagging
    cursor, poisoned = Cursor.parse(context.cursor, _now())
    if poisoned:
        log.warning("tagging_cursor_poisoned", cursor=context.cursor, reason=poisoned)
    deadline = time.monotonic() + settings.tick_wait_seconds
    while True:
        newest = newest_article(platform.alt_engine, _now())
        findings = look(platform.alt_engine, cursor, settings, EXTRACTOR_VERSION, _now())
        cursor = findings.cursor
        room, obstacle = _room(context.instance, findings.articles, settings)
        if findings.hours and room:
            return _request(findings, room, cursor.counted(findings.articles), settings, poisoned)
        if not _changes(context.instance, platform, newest, findings.articles if obstacle else None, deadline):
            return _skip(findings, obstacle, cursor.counted(0), settings, poisoned)


def _changes(
    instance: dg.DagsterInstance, platform: Platform, newest: Position | None, held_up: int | None, deadline: float
) -> bool:
    """Wait until another look is worth it: an article arrived, or there is room for those held up. False: no longer."""
    while time.monotonic() < deadline:
        if held_up is None:
            time.sleep(_POLL_NEWEST_SECONDS)
            if newest_article(platform.alt_engine, _now()) != newest:
                return True
        else:
            time.sleep(_POLL_RUN_SECONDS)
            if _room(instance, held_up, platform.settings.tagging).runs:
                return True
    return False


def _request(
    findings: Findings, runs: int, cursor: Cursor, settings: TaggingSettings, poisoned: str | None
) -> dg.SensorResult:
    keys = [key_of(hour) for hour in findings.hours]
    log.info(
        "tagging_requested",
        articles=findings.articles,
        hours=len(keys),
        runs=runs,
        found_by=findings.by_probe,
        ticks=cursor.ticks,
        articles_in_all=cursor.articles,
        cursor=cursor.dump(),
    )
    config = {"only_pending": True, "hours": keys, "linger_seconds": settings.linger_seconds}
    request = dg.RunRequest(
        run_config={"ops": {"article_tags": {"config": config}}},
        partition_key=keys[-1],
        tags={
            _TICK_TAG: _now().isoformat(),
            "alt/pending": spans(findings.hours),
            "alt/found_by": ", ".join(f"{name} {count}" for name, count in findings.by_probe.items()),
            **({"alt/cursor_recovered": poisoned[:200]} if poisoned else {}),
        },
    )
    return dg.SensorResult(run_requests=[request] * runs, cursor=cursor.dump())


def _skip(
    findings: Findings, obstacle: str | None, cursor: Cursor, settings: TaggingSettings, poisoned: str | None
) -> dg.SensorResult:
    counters = {"ticks": cursor.ticks, "empty_ticks": cursor.empty_ticks, "articles_in_all": cursor.articles}
    reason = f"Nothing pending; {cursor.empty_ticks} empty ticks, {cursor.articles} articles found in all."
    if obstacle is not None:
        reason = f"{findings.articles} articles pending in {spans(findings.hours)}. {obstacle}"
    if poisoned:
        reason = f"The cursor was given up ({poisoned}); starting from the beginning. {reason}"
    if cursor.empty_ticks % settings.empty_ticks_warning == 0:
        log.warning("tagging_idle", reason=reason, **counters, cursor=cursor.dump())
    elif cursor.empty_ticks % _LOG_EMPTY_EVERY == 1:
        log.info("tagging_nothing_to_do", reason=reason, **counters, cursor=cursor.dump())
    return dg.SensorResult(skip_reason=reason, cursor=cursor.dump())


class _Room(NamedTuple):
    """How many runs may start now, and what keeps more from it."""

    runs: int
    obstacle: str | None = None


def _room(instance: dg.DagsterInstance, pending: int, settings: TaggingSettings) -> _Room:
    """Room for a run where none is in flight, for more in a backlog, for none when the last ones failed.

    `pending` is what the bounded probes saw of articles that wait: `probe_rows` of them are a backlog of any size.
    """
    now = time.time()
    in_flight = []
    for record in instance.get_run_records(dg.RunsFilter(job_name=tag_pending_articles.name, statuses=IN_FLIGHT)):
        run = record.dagster_run
        age = now - (record.start_time or record.create_timestamp.timestamp())
        limit = float(run.tags.get(MAX_RUNTIME_TAG, 0)) + _GONE_AFTER_SECONDS
        if age < limit or run.status == dg.DagsterRunStatus.QUEUED:  # which waits for a worker, however long
            in_flight.append(f"Run {run.run_id[:8]} is {run.status.value.lower()} since {age:.0f} s")
        else:
            log.warning("tagging_run_ignored", run_id=run.run_id, status=run.status.value, age_seconds=round(age))
    backlog = settings.parallel_runs if pending >= settings.probe_rows else pending // _ENOUGH_FOR_A_RUN
    runs = min(settings.parallel_runs, max(1, backlog)) - len(in_flight)
    if runs <= 0:
        return _Room(0, f"{'; '.join(in_flight)}; the next waits for its end.")
    failures, ended = _recent_failures(instance, settings.parallel_runs)
    if failures:
        wait = min(_FIRST_WAIT_AFTER_FAILURE * 2 ** (failures - 1), _LONGEST_WAIT_AFTER_FAILURE)
        if now - ended < wait:
            return _Room(0, f"The last {failures} attempts failed; the next starts in {wait - (now - ended):.0f} s.")
    return _Room(runs)


def _recent_failures(instance: dg.DagsterInstance, parallel_runs: int) -> tuple[int, float]:
    """How many attempts in a row failed up to now, and when the last did; the runs of one tick are one attempt."""
    finished = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
    records = instance.get_run_records(
        dg.RunsFilter(job_name=tag_pending_articles.name, statuses=finished), limit=_FAILURES_LOOKED_AT * parallel_runs
    )
    failed: set[str] = set()
    for record in records:
        run = record.dagster_run
        if run.status != dg.DagsterRunStatus.FAILURE:
            break
        failed.add(run.tags.get(_TICK_TAG, run.run_id))
    return len(failed), records[0].update_timestamp.timestamp() if failed else 0.0


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


article_tags_checks_schedule = dg.ScheduleDefinition(
    name="check_article_tags_every_15_minutes",
    job=article_tags_checks_job,
    cron_schedule="*/15 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Runs the checks of article_tags.",
)
