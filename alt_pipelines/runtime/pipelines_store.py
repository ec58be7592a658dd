"""SQL of the last Dagster runs of each job, by which metrics, readiness and `doctor` judge whether it works."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.runtime.queues import RESULTS_TAG

RUNS_READ = 20_000
"""How many of the newest Dagster runs are searched for the last runs of each pipeline."""


class PipelineState(NamedTuple):
    """The last Dagster runs of a pipeline.

    Attributes:
        last_success: end of the last successful run, in seconds since the epoch.
        consecutive_failures: failed runs since the last run that succeeded or, before its end, stored results
            (`RESULTS_TAG`). A run that stored results and then failed counts as one failure.
        last_failed_run: id of the last failed run.
        last_failure: its end, in seconds since the epoch.
    """

    last_success: float | None
    consecutive_failures: int
    last_failed_run: str | None
    last_failure: float | None

    def fails(self, work_waits: bool) -> bool:
        """Whether the pipeline fails. Without work, one failed run does not count: no run would start that succeeds."""
        return self.consecutive_failures > (0 if work_waits else 1)


# A run that is executed again inherits the tags of its parent, so only a time after its own start counts.
_PIPELINES = text(
    """
    WITH newest AS (
        SELECT pipeline_name, status, end_time, run_id, id,
               CASE status WHEN 'SUCCESS' THEN true ELSE EXISTS (
                   SELECT FROM run_tags t WHERE t.run_id = runs.run_id AND t.key = :results
                   AND t.value COLLATE "C" >=
                       to_char(to_timestamp(start_time) AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS')
               ) END AS worked
        FROM runs
        WHERE id > (SELECT max(id) FROM runs) - :rows
          AND (CAST(:names AS text[]) IS NULL OR pipeline_name = ANY(:names))
    ), last AS (
        SELECT pipeline_name, coalesce(max(id) FILTER (WHERE worked), 0) AS worked,
               max(end_time) FILTER (WHERE status = 'SUCCESS') AS success
        FROM newest GROUP BY 1
    )
    SELECT pipeline_name, max(last.success) AS last_success,
           count(*) FILTER (WHERE n.status = 'FAILURE' AND n.id >= last.worked) AS failures,
           (array_agg(n.run_id ORDER BY n.id DESC) FILTER (WHERE n.status = 'FAILURE'))[1] AS failed_run,
           max(n.end_time) FILTER (WHERE n.status = 'FAILURE') AS failed_at
    FROM newest n JOIN last USING (pipeline_name)
    WHERE n.worked OR n.status = 'FAILURE'
    GROUP BY 1
    """
)

_FAILED_STEP = text(
    """
    SELECT event FROM event_logs WHERE run_id = :run_id AND dagster_event_type = 'STEP_FAILURE'
    ORDER BY id DESC LIMIT 1
    """
)
_LONGEST_CAUSE = 300


def pipelines(connection: Connection, jobs: Sequence[str] | None = None) -> dict[str, PipelineState]:
    """Return the state of each job (of `jobs`) that has, among the newest runs, one that ended or stored results."""
    names = None if jobs is None else list(jobs)
    rows = connection.execute(_PIPELINES, {"rows": RUNS_READ, "names": names, "results": RESULTS_TAG})
    return {row[0]: PipelineState(*row[1:]) for row in rows}


def cause_of(connection: Connection, run_id: str) -> str | None:
    """Return why the last failed step of a run failed: its own sentence, else its exception; None without one."""
    event = connection.execute(_FAILED_STEP, {"run_id": run_id}).scalar_one_or_none()
    try:
        failure = json.loads(event or "")["dagster_event"]["event_specific_data"]
        error = failure["error"]
        named = (failure.get("user_failure_data") or {}).get("description")
        cause = named or (error.get("cause") or error)["message"]
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return " ".join(str(cause).split())[:_LONGEST_CAUSE].rstrip(".") or None
