"""A background job whose end cannot be stored."""

import asyncio
from typing import Any

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from alt_pipelines.settings import Settings
from api.jobs import AdminJobs


class _Away:
    """A database that takes the row of a job and its heartbeats, and is away when the job ends."""

    def __init__(self) -> None:
        self.ends = 0

    async def run(self, function: Any, *args: Any, **kwargs: Any) -> bool:
        if function.__name__ == "_end":
            self.ends += 1
            raise OperationalError("UPDATE", {}, ConnectionError("gone"))
        return True


@pytest.mark.parametrize("fails", [False, True])
def test_the_outcome_of_a_job_whose_end_cannot_be_stored_is_in_the_log(fails: bool) -> None:
    database: Any = _Away()
    jobs = AdminJobs(Settings(), database, dagster=None)  # type: ignore[arg-type]

    async def run(kind: str, *, polled: bool) -> dict[str, Any]:
        if fails:
            raise ValueError("no edges")
        return {"total_edges": 3}

    jobs.run = run  # type: ignore[method-assign, assignment]

    async def follow() -> str:
        job_id = await jobs.start("graph")
        while jobs.busy:
            await asyncio.sleep(0.01)
        return job_id

    with structlog.testing.capture_logs() as logs:
        job_id = asyncio.run(follow())
    assert database.ends == 1
    (line,) = [entry for entry in logs if entry["event"] == "admin_job_end_failed"]
    assert line["job_id"] == job_id
    assert line["log_level"] == "error"
    assert line["result"] == (None if fails else {"total_edges": 3})
    assert (line["error"] is None) != fails
    assert not [entry for entry in logs if entry["event"] == "admin_job_ended"]
