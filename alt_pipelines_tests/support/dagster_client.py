"""A GraphQL client for Dagster that does what a user does in the UI: launch, read and cancel runs."""

import time
from collections.abc import Mapping
from typing import Any

import httpx

from alt_pipelines_tests.support.waiting import LONG_SECONDS

FINAL = ("SUCCESS", "FAILURE", "CANCELED")
ASSET_JOB = "__ASSET_JOB"

_LAUNCH = """mutation($p: ExecutionParams!) { launchRun(executionParams: $p) {
  __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }"""
_RUN = """query($id: ID!) { runOrError(runId: $id) {
  ... on Run { status startTime endTime creationTime tags { key value } } } }"""
_CANCEL = "mutation($id: String!) { terminateRun(runId: $id) { __typename } }"


class Dagster:
    """A client of one webserver and one code location."""

    def __init__(self, webserver: str, location: str = "alt_pipelines") -> None:
        self._http = httpx.Client(base_url=webserver, timeout=120)
        self._location = location

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """Send a GraphQL query and return the data of its answer."""
        response = self._http.post("/graphql", json={"query": query, "variables": variables})
        answer = response.json()
        assert answer.get("data"), answer
        return dict(answer["data"])

    def launch(
        self,
        job: str = "quick_job",
        orders: Mapping[str, Any] | None = None,
        tags: Mapping[str, str] | None = None,
        asset: str = "trivial",
    ) -> str:
        """Launch a run of a trivial job, or of Dagster's own asset job, as "Materialize" does. Returns its id."""
        parameters = {
            "selector": {
                "repositoryLocationName": self._location,
                "repositoryName": "__repository__",
                "jobName": job,
                "assetSelection": [{"path": [asset]}] if job == ASSET_JOB else None,
            },
            "runConfigData": {"ops": {"trivial": {"config": dict(orders or {})}}} if orders is not None else {},
            "executionMetadata": {"tags": [{"key": key, "value": value} for key, value in (tags or {}).items()]},
        }
        deadline = time.monotonic() + LONG_SECONDS
        while True:
            answer = self.ask(_LAUNCH, p=parameters)["launchRun"]
            if answer["__typename"] == "LaunchRunSuccess":
                return str(answer["run"]["runId"])
            assert time.monotonic() < deadline, answer  # the webserver polls for a restarted code server
            time.sleep(0.5)

    def run(self, run_id: str) -> dict[str, Any]:
        """Return a run's status, times and tags."""
        run = dict(self.ask(_RUN, id=run_id)["runOrError"])
        run["tags"] = {tag["key"]: tag["value"] for tag in run["tags"]}
        return run

    def answers(self, run_id: str) -> bool:
        """Return whether the webserver and its database answer."""
        try:
            return bool(self.run(run_id)["status"])
        except (AssertionError, ValueError, httpx.HTTPError):
            return False

    def cancel(self, run_id: str) -> str:
        """Cancel a run as the UI does. Returns the `__typename` of the answer."""
        return str(self.ask(_CANCEL, id=run_id)["terminateRun"]["__typename"])

    def wait(self, run_id: str, seconds: float = LONG_SECONDS, until: tuple[str, ...] = FINAL) -> dict[str, Any]:
        """Wait for one of the statuses; fail if none is reached in time."""
        deadline = time.monotonic() + seconds
        while True:
            run = self.run(run_id)
            if run["status"] in until:
                return run
            assert time.monotonic() < deadline, f"run {run_id} is {run['status']} after {seconds} s"
            time.sleep(0.1)

    def wait_for_tag(self, run_id: str, tag: str, seconds: float = LONG_SECONDS) -> str:
        """Wait until a run has a tag and return its value."""
        deadline = time.monotonic() + seconds
        while True:
            tags = self.run(run_id)["tags"]
            if tag in tags:
                return str(tags[tag])
            assert time.monotonic() < deadline, f"run {run_id} has no tag {tag} after {seconds} s: {tags}"
            time.sleep(0.2)
