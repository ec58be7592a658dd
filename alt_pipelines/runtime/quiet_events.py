"""Events that a worker does not store: they say nothing that another event of the run does not say.

Of 24 rows that Dagster writes for a genre run, eight are of these kinds: that a process was started for it, that steps
begin in this process, that resources were initialized, that output was captured (nothing captures it here). At one run
per minute they were a third of event_logs. What carries an error is always kept.
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
    if event is None or event.event_type not in NOISE:
        return False
    return getattr(event.event_specific_data, "error", None) is None


def store_less(instance: dg.DagsterInstance) -> None:
    """Have an instance leave out noise from now on. For a process that executes runs."""
    storage = instance.event_log_storage
    store = storage.store_event

    def store_event(event: dg.EventLogEntry) -> None:
        if not is_noise(event):
            store(event)

    storage.store_event = store_event  # type: ignore[method-assign]
