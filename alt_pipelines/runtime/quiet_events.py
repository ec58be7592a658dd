"""Events that a worker does not keep because other events of the run carry the same information.

Of the 29 rows that Dagster writes per genre run, 13 are never stored. They report that a process was started for the
run, that its steps begin in this process, that resources were initialized and that output is captured (here, none is),
or they are the outputs of the step, whose metadata the materializations and check evaluations repeat. Seven more are
deleted when the run has succeeded (`store.delete_plans`), because all that they plan has then happened. Events with an
error are always stored.
"""

import dagster as dg

from alt_pipelines.runtime.dagster_internals import DagsterEventType

NOISE = frozenset(
    {
        DagsterEventType.ENGINE_EVENT,
        DagsterEventType.RESOURCE_INIT_STARTED,
        DagsterEventType.RESOURCE_INIT_SUCCESS,
        DagsterEventType.LOGS_CAPTURED,
    }
)


def is_noise(entry: dg.EventLogEntry) -> bool:
    """Whether an event need not be stored."""
    event = entry.dagster_event
    if event is None:
        return False
    if event.event_type is DagsterEventType.STEP_OUTPUT:
        # An output with a name belongs to an asset or a check, whose event follows; a plain op's is called "result".
        return event.step_output_data.output_name != "result"
    if event.event_type not in NOISE:
        return False
    return getattr(event.event_specific_data, "error", None) is None


def store_less(instance: dg.DagsterInstance) -> None:
    """Stop an instance from storing noise, in a process that executes runs."""
    storage = instance.event_log_storage
    store = storage.store_event

    def store_event(event: dg.EventLogEntry) -> None:
        if not is_noise(event):
            store(event)

    storage.store_event = store_event  # type: ignore[method-assign]
