"""Decide what to do with a genre run whose row is `running`, from its row and its Dagster run. Nothing is written.

    Dagster run         | not claimed yet                          | claimed
    --------------------|------------------------------------------|------------------------------------------------
    canceled, canceling | fail                                     | fail
    created             | wait; not submitted in time: launch again | wait; heartbeat stopped: lost; over time: fail
    waiting             | wait                                     | wait; heartbeat stopped: lost; over time: fail
    started             | wait; not claimed in time: lost          | wait; heartbeat stopped: lost; over time: fail
    failed, ended, gone | never started: launch again; else: lost  | lost, unless its heartbeat continues

"Lost" means that the worker is gone: the run is restarted once and fails the second time (`store.claims.MAX_RETRIES`).
A silent worker is lost only if its row was seen without a change for a while (`stillness`): it may be the database that
was away.
After an error inside the pipeline, the worker ends the row itself.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple

from alt_pipelines.recap.store.reconciliation import UnfinishedRun
from alt_pipelines.stillness import CONFIRMED_SECONDS

SILENT_SECONDS = 35.0
"""A claim whose heartbeat (sent every 5 s) is older has lost its worker.

With the sensor's interval of 10 s, a lost worker is detected within a minute.
"""

UNCLAIMED_SECONDS = 60.0
"""How long a started Dagster run may go without claiming its row or renewing its heartbeat while it waits to."""

UNSUBMITTED_SECONDS = 300.0
"""How long a Dagster run may be created and not submitted, because the process that created it died in between.

In the stack, `runtime.automation` submits such a run after a minute. Without a broker, nothing else does.
"""

OVERTIME_SECONDS = 15.0
"""How long past the time limit a worker has to end its run by itself."""

FOREIGN_SECONDS = 3600.0
"""How long rows of an earlier service are left alone: that service may still be processing them."""

DagsterState = Literal["created", "waiting", "started", "failed", "canceled", "succeeded", "unknown"]


class DagsterRunView(NamedTuple):
    """The state of a Dagster run. `seconds_since_start` is None if no worker ever started it."""

    state: DagsterState
    seconds_since_start: float | None
    seconds_since_creation: float = 0.0


class Action(Enum):
    """What to do with a run.

    WAIT changes nothing. LAUNCH returns the run to the outbox without using its retry. RETRY restarts the run, or fails
    it if its retry has been used. FAIL ends it.
    """

    WAIT = "wait"
    LAUNCH = "launch"
    RETRY = "retry"
    FAIL = "fail"


@dataclass(frozen=True)
class Decision:
    """An action and its reason, which becomes the row's error message if the run fails."""

    action: Action
    reason: str = ""
    needs_stillness: bool = False  # it follows from the age of a row, which grows while the database is away too


_WAIT = Decision(Action.WAIT)


def decide(
    run: UnfinishedRun, dagster_run: DagsterRunView | None, time_limit: float, unchanged_seconds: float
) -> Decision:
    """Decide what to do with one unfinished run.

    Args:
        dagster_run: the Dagster run that the row names; None if the row names none.
        unchanged_seconds: how long the row has been seen without a change (`stillness.Stillness`).
        time_limit: seconds that a run may take once claimed, and that it may wait for a successful launch.
    """
    if not run.is_ours:
        return _foreign(run)
    if dagster_run is not None and dagster_run.state == "canceled":
        if run.since_claim is not None and run.since_claim > time_limit:
            return timed_out(time_limit)
        return Decision(Action.FAIL, f"Dagster run {run.dagster_run_id} was canceled")
    if run.since_claim is None:
        decision = _unclaimed(run, dagster_run, time_limit)
    else:
        decision = _claimed(run, dagster_run, time_limit)
    return _WAIT if decision.needs_stillness and unchanged_seconds < CONFIRMED_SECONDS else decision


def timed_out(time_limit: float) -> Decision:
    """Return the decision for a run over its time limit, with the message that clients expect."""
    return Decision(Action.FAIL, f"pipeline timed out after {time_limit:g}s")


def _foreign(run: UnfinishedRun) -> Decision:
    if run.age < FOREIGN_SECONDS:
        return _WAIT
    return Decision(Action.FAIL, "an earlier service left the run unfinished; submit the request again")


def _claimed(run: UnfinishedRun, dagster_run: DagsterRunView | None, time_limit: float) -> Decision:
    if run.since_claim is not None and run.since_claim - (run.since_heartbeat or 0.0) > time_limit + OVERTIME_SECONDS:
        return timed_out(time_limit)  # by the worker's own time at its last heartbeat; the database's clock may jump
    may_live = dagster_run is None or dagster_run.state in ("created", "waiting", "started", "unknown")
    silence = run.since_heartbeat if run.since_heartbeat is not None else run.since_claim
    if silence is not None and silence > SILENT_SECONDS:
        return Decision(
            Action.RETRY,
            f"no heartbeat from the worker for {silence:.0f} s (Dagster run {run.dagster_run_id})",
            needs_stillness=may_live,
        )
    if dagster_run is None or may_live:
        return _WAIT  # while the heartbeat continues, a worker is processing the run, even if Dagster's run was deleted
    end = f"Dagster run {run.dagster_run_id} {_ENDS[dagster_run.state]} without a result"
    return Decision(Action.RETRY, f"the worker was lost ({end})")


def _unclaimed(run: UnfinishedRun, dagster_run: DagsterRunView | None, time_limit: float) -> Decision:
    if dagster_run is not None and dagster_run.state in ("created", "waiting"):
        if dagster_run.state == "waiting" or dagster_run.seconds_since_creation <= UNSUBMITTED_SECONDS:
            return _WAIT
        return Decision(Action.LAUNCH, f"Dagster run {run.dagster_run_id} was created and never submitted")
    if dagster_run is not None and dagster_run.state == "started":
        began = dagster_run.seconds_since_start or 0.0
        if min(began, _waited(run)) <= UNCLAIMED_SECONDS:
            return _WAIT
        return Decision(
            Action.RETRY,
            f"the worker of Dagster run {run.dagster_run_id} stopped before it claimed the genre run",
            needs_stillness=True,
        )
    if dagster_run is not None and dagster_run.state != "unknown" and dagster_run.seconds_since_start is not None:
        end = _ENDS[dagster_run.state]
        return Decision(Action.RETRY, f"Dagster run {run.dagster_run_id} {end} before it claimed the genre run")
    if _waited(run) > time_limit:
        reason = f"Dagster could not start the run within {time_limit:g} s"
        return Decision(Action.FAIL, reason, needs_stillness=True)  # it could not if the database was away
    if dagster_run is None:  # the run is in the outbox
        return _WAIT
    return Decision(Action.LAUNCH, f"Dagster run {run.dagster_run_id} {_ENDS[dagster_run.state]} before it started")


def _waited(run: UnfinishedRun) -> float:
    """Seconds since the run was submitted, returned to the outbox or last renewed its heartbeat while waiting."""
    return run.age if run.since_heartbeat is None else min(run.age, run.since_heartbeat)


_ENDS = {"failed": "failed", "succeeded": "ended", "unknown": "was deleted"}
