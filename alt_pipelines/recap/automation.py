"""The two sensors of unfinished genre runs: one launches them, one ends those whose worker is gone.

    genre_run_outbox          rows committed by the API but not launched -> Dagster runs, and new genres -> partitions
    genre_run_reconciliation  rows whose Dagster run or worker is gone -> back to the outbox once, else failed

Dagster evaluates sensors every five seconds. Neither sensor has a cursor: the rows are the state, so a restart loses
nothing. While no run is unfinished, their ticks wait inside (`IdleTick`). Neither uses run keys: a key would
permanently block a second launch of its row. `reconcile` decides what happens to a run, and the reconciliation sensor
carries the decision out.
"""

import time
from collections.abc import Iterable, Mapping, Sequence

import dagster as dg
import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from alt_pipelines.clock import ForwardJumps
from alt_pipelines.dagster_names import JOB_ID_TAG, RUN_TAG
from alt_pipelines.recap.genre_key import partition_key
from alt_pipelines.recap.partitions import genres
from alt_pipelines.recap.reconcile import Action, DagsterRunView, DagsterState, Decision, decide
from alt_pipelines.recap.store import claims, clock_jumps, launches, queue, reconciliation
from alt_pipelines.recap.store.reconciliation import UnfinishedRun
from alt_pipelines.runtime.dagster_internals import AssetJob
from alt_pipelines.runtime.ticks import IdleTick
from alt_pipelines.settings import RecapSettings
from alt_pipelines.stillness import Stillness

log = structlog.get_logger(__name__)

LAUNCHES_PER_TICK = 50
"""A tick may take 60 s and a launch takes a few tenths of a second. The remaining rows wait for the next tick."""

NO_WAIT = IdleTick()

_STATES: Mapping[dg.DagsterRunStatus, DagsterState] = {
    dg.DagsterRunStatus.NOT_STARTED: "created",
    dg.DagsterRunStatus.QUEUED: "waiting",
    dg.DagsterRunStatus.STARTING: "waiting",
    dg.DagsterRunStatus.MANAGED: "waiting",
    dg.DagsterRunStatus.STARTED: "started",
    dg.DagsterRunStatus.CANCELING: "canceled",
    dg.DagsterRunStatus.CANCELED: "canceled",
    dg.DagsterRunStatus.FAILURE: "failed",
    dg.DagsterRunStatus.SUCCESS: "succeeded",
}
_UNFINISHED = [status for status, state in _STATES.items() if state in ("created", "waiting", "started")]


def make_genre_run_outbox(settings: RecapSettings, job: AssetJob, idle: IdleTick = NO_WAIT) -> dg.SensorDefinition:
    """Define the sensor that launches submitted runs as runs of `job`."""

    @dg.sensor(
        job=job,
        minimum_interval_seconds=10,  # the adapter launches runs itself; this finds what it could not launch
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Launches genre runs that were submitted but not yet launched, and adds new genres as partitions.",
    )
    def genre_run_outbox(
        context: dg.SensorEvaluationContext, recap_db: dg.ResourceParam[Engine]
    ) -> dg.SensorResult | dg.SkipReason:
        idle.wait_for(lambda: queue.is_any_unfinished(recap_db))
        depth = queue.queue_depth(recap_db)
        if depth >= settings.queue_warning_threshold:
            log.warning("genre_run_queue", depth=depth, threshold=settings.queue_warning_threshold)
        pending = launches.unlaunched_runs(recap_db, settings.outbox_grace_seconds, LAUNCHES_PER_TICK)
        known = _adopt(context.instance, recap_db, [run.run_id for run in pending])
        due = [
            run
            for run in pending
            if run.run_id not in known and launches.reserve_launch(recap_db, run.run_id, settings.outbox_grace_seconds)
        ]
        if not due:
            return dg.SkipReason(f"All submitted genre runs are launched. Waiting for a worker: {depth}.")
        keys = {run.run_id: partition_key(run.genre) for run in due}
        new_keys = sorted(set(keys.values()) - set(context.instance.get_dynamic_partitions(genres.name or "")))
        for run in due:
            log.info("run_requested", **run.log_fields)
        return dg.SensorResult(
            run_requests=[
                dg.RunRequest(partition_key=keys[run.run_id], tags={RUN_TAG: str(run.run_id), JOB_ID_TAG: run.job_id})
                for run in due
            ],
            dynamic_partitions_requests=[genres.build_add_request(new_keys)] if new_keys else [],
        )

    return genre_run_outbox


def make_genre_run_reconciliation(
    settings: RecapSettings, idle: IdleTick = NO_WAIT, stillness: Stillness[int] | None = None
) -> dg.SensorDefinition:
    """Define the sensor that ends or retries runs whose worker was lost."""
    stillness = stillness or Stillness()
    jumps = ForwardJumps()

    @dg.sensor(
        minimum_interval_seconds=10,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Ends genre runs that were canceled, and retries once those whose worker was lost, so that none "
        "stays in status running permanently.",
    )
    def genre_run_reconciliation(
        context: dg.SensorEvaluationContext, recap_db: dg.ResourceParam[Engine]
    ) -> dg.SkipReason:
        try:
            idle.wait_for(lambda: queue.is_any_unfinished(recap_db))
            return _reconcile(context.instance, recap_db, float(settings.run_timeout_seconds), jumps, stillness)
        except SQLAlchemyError:
            stillness.forget()
            raise

    return genre_run_reconciliation


def _reconcile(
    instance: dg.DagsterInstance, engine: Engine, limit: float, jumps: ForwardJumps, stillness: Stillness[int]
) -> dg.SkipReason:
    clock_jumps.correct_future(engine)
    if ahead := jumps.observe(clock_jumps.now(engine)):
        runs = clock_jumps.shift(engine, ahead)
        log.warning("clock_set_forward", database="recap", seconds=round(ahead), runs=runs)
    unfinished = reconciliation.unfinished_runs(engine)
    unchanged = stillness.observe({run.run_id: (run.dagster_run_id, run.heartbeat_at) for run in unfinished})
    views = _views(instance, [run.dagster_run_id for run in unfinished if run.dagster_run_id])
    outcomes = []
    for run in unfinished:
        view = None if run.dagster_run_id is None else views.get(run.dagster_run_id, DagsterRunView("unknown", None))
        decision = decide(run, view, limit, unchanged[run.run_id])
        outcome = _carry_out(engine, run, decision)
        if outcome:
            log.warning(
                "genre_run_reconciled",
                job_id=run.job_id,
                genre=run.genre,
                run_id=run.run_id,
                dagster_run_id=run.dagster_run_id,
                outcome=outcome,
                reason=decision.reason,
            )
            outcomes.append(f"run {run.run_id} {outcome}")
            _end_abandoned(instance, run, view, decision)
    done = "; ".join(outcomes) or "no action needed"
    return dg.SkipReason(f"Unfinished genre runs: {len(unfinished)}; {done}.")


def _adopt(instance: dg.DagsterInstance, engine: Engine, run_ids: Sequence[int]) -> set[int]:
    """Record unfinished Dagster runs that were launched for these rows but not recorded. Return those rows' ids."""
    if not run_ids:
        return set()
    wanted = dg.RunsFilter(statuses=_UNFINISHED, tags={RUN_TAG: [str(run_id) for run_id in run_ids]})
    found = {int(run.tags[RUN_TAG]): run.run_id for run in instance.get_runs(wanted)}
    for run_id, dagster_run_id in found.items():
        launches.mark_launched(engine, run_id, dagster_run_id)
    return set(found)


def _views(instance: dg.DagsterInstance, dagster_run_ids: Iterable[str]) -> dict[str, DagsterRunView]:
    wanted = list(dagster_run_ids)
    if not wanted:
        return {}
    records = instance.get_run_records(dg.RunsFilter(run_ids=wanted))
    now = time.time()
    return {
        record.dagster_run.run_id: DagsterRunView(
            _STATES.get(record.dagster_run.status, "started"),
            None if record.start_time is None else max(0.0, now - record.start_time),
            max(0.0, now - record.create_timestamp.timestamp()),
        )
        for record in records
    }


def _carry_out(engine: Engine, run: UnfinishedRun, decision: Decision) -> str | None:
    """Carry out a decision. Return the outcome, or None if nothing changed.

    The store refuses the change if the row has changed since it was read.
    """
    if decision.action is Action.LAUNCH and reconciliation.release_launch(engine, run):
        return "returned to the outbox"
    if decision.action is Action.RETRY and reconciliation.requeue_run(engine, run):
        return "requeued for its one retry"
    if decision.action is Action.FAIL or (decision.action is Action.RETRY and run.retries >= claims.MAX_RETRIES):
        reason = decision.reason
        if decision.action is Action.RETRY:
            reason = f"{reason}; its one retry was already used"
        if reconciliation.fail_unfinished(engine, run, reason):
            return "failed"
    return None


def _end_abandoned(
    instance: dg.DagsterInstance, run: UnfinishedRun, view: DagsterRunView | None, decision: Decision
) -> None:
    """Report a Dagster run as failed that has lost its worker or was never submitted, which Dagster does not notice."""
    if run.dagster_run_id is None or view is None or view.state not in ("created", "started"):
        return
    dagster_run = instance.get_run_by_id(run.dagster_run_id)
    if dagster_run is not None and not dagster_run.is_finished:
        instance.report_run_failed(dagster_run, f"Ended by genre_run_reconciliation: {decision.reason}.")
