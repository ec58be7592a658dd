"""What to do with a run that says `running`: a decision from what its row and Dagster say. Pure, nothing is written.

    Dagster's run       | not claimed yet                        | claimed
    --------------------|----------------------------------------|------------------------------------------------
    canceled, canceling | fail                                   | fail
    waiting or working  | wait; silent for too long: lost        | wait; heartbeat stopped: lost; over time: fail
    failed, ended, gone | never began: launch again; else: lost  | lost, unless its heartbeat goes on

Lost means that a worker vanished: the run starts again once, the second time it fails. An error of the run's own never
comes here: the worker that meets it ends the row itself.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple

from alt_pipelines.recap.store.claims import UnfinishedRun

SILENT_SECONDS = 35.0
"""A claim whose heartbeat (every 5 s) is older has lost its worker; with the sensor's interval well inside a minute."""

UNCLAIMED_SECONDS = 60.0
"""How long a Dagster run may work, or wait for its turn in silence, without claiming its row."""

OVERTIME_SECONDS = 15.0
"""What a worker has, past the time limit, to end its run by itself."""

FOREIGN_SECONDS = 3600.0
"""Rows of an earlier service, which may still be at work on them, are left alone for this long."""

DagsterState = Literal["waiting", "started", "failed", "canceled", "succeeded", "unknown"]


class DagsterRunView(NamedTuple):
    """A Dagster run as far as it matters here; `seconds_since_start` is None when no worker ever began it."""

    state: DagsterState
    seconds_since_start: float | None


class Action(Enum):
    """WAIT: nothing. LAUNCH: back to the outbox, nothing was tried. RETRY: start again, or fail if it had its retry."""

    WAIT = "wait"
    LAUNCH = "launch"
    RETRY = "retry"
    FAIL = "fail"


@dataclass(frozen=True)
class Decision:
    """An action, and the sentence that says why: the row's error message when it fails."""

    action: Action
    reason: str = ""


_WAIT = Decision(Action.WAIT)


def decide(run: UnfinishedRun, dagster_run: DagsterRunView | None, time_limit: float) -> Decision:
    """The decision for one unfinished run.

    Args:
        dagster_run: the Dagster run that the row names; None when the row names none.
        time_limit: seconds a run may work, and may wait for a launch that succeeds.
    """
    if not run.is_ours:
        return _foreign(run)
    if dagster_run is not None and dagster_run.state == "canceled":
        if _is_over_time(run, time_limit):
            return timed_out(time_limit)
        return Decision(Action.FAIL, f"the run was canceled in Dagster (run {run.dagster_run_id})")
    if run.since_claim is None:
        return _unclaimed(run, dagster_run, time_limit)
    return _claimed(run, dagster_run, time_limit)


def timed_out(time_limit: float) -> Decision:
    """The end of a run that worked for too long, in the words that clients know."""
    return Decision(Action.FAIL, f"pipeline timed out after {time_limit:g}s")


def _foreign(run: UnfinishedRun) -> Decision:
    if run.age < FOREIGN_SECONDS:
        return _WAIT
    return Decision(Action.FAIL, "an earlier service left the run unfinished; submit the request again")


def _claimed(run: UnfinishedRun, dagster_run: DagsterRunView | None, time_limit: float) -> Decision:
    if _is_over_time(run, time_limit + OVERTIME_SECONDS):
        return timed_out(time_limit)
    silence = run.since_heartbeat if run.since_heartbeat is not None else run.since_claim
    if silence is not None and silence > SILENT_SECONDS:
        return Decision(
            Action.RETRY, f"its worker stopped answering {silence:.0f} s ago (Dagster run {run.dagster_run_id})"
        )
    if dagster_run is None or dagster_run.state in ("waiting", "started", "unknown"):
        return _WAIT  # deleted from Dagster or not: as long as its heartbeat goes on, somebody works on it
    end = f"Dagster run {run.dagster_run_id} {_ENDS[dagster_run.state]} without a result"
    return Decision(Action.RETRY, f"its worker was lost ({end})")


def _unclaimed(run: UnfinishedRun, dagster_run: DagsterRunView | None, time_limit: float) -> Decision:
    if dagster_run is not None and dagster_run.state == "waiting":
        return _WAIT
    if dagster_run is not None and dagster_run.state == "started":
        began = dagster_run.seconds_since_start or 0.0
        if min(began, _waited(run)) <= UNCLAIMED_SECONDS:
            return _WAIT
        return Decision(Action.RETRY, f"the worker of Dagster run {run.dagster_run_id} stopped before it began")
    if dagster_run is not None and dagster_run.state != "unknown" and dagster_run.seconds_since_start is not None:
        end = _ENDS[dagster_run.state]
        return Decision(Action.RETRY, f"Dagster run {run.dagster_run_id} {end} before it got to work")
    if _waited(run) > time_limit:
        return Decision(Action.FAIL, f"Dagster could not start the run within {time_limit:g} s")
    if dagster_run is None:  # it waits in the outbox
        return _WAIT
    return Decision(Action.LAUNCH, f"Dagster run {run.dagster_run_id} {_ENDS[dagster_run.state]} before it began")


def _waited(run: UnfinishedRun) -> float:
    """Seconds since its submission, its return to the outbox or its last sign of life while it waits for its turn."""
    return run.age if run.since_heartbeat is None else min(run.age, run.since_heartbeat)


def _is_over_time(run: UnfinishedRun, limit: float) -> bool:
    return run.since_claim is not None and run.since_claim > limit


_ENDS = {"failed": "failed", "succeeded": "ended", "unknown": "was deleted"}
