"""An async client of Dagster's webserver (GraphQL and reported events), with a time limit on every request.

Dagster's own Python client is synchronous and has no time limits. This client launches, reads and cancels runs, reports
materializations that happened outside a run, and reads whether Dagster would execute a run.
"""

import time
from dataclasses import dataclass
from typing import Any

import httpx

from alt_pipelines.clock import apart
from alt_pipelines.dagster_names import GENRE_JOB, GENRE_PARTITIONS, PARTITION_TAG, RUN_TAG
from alt_pipelines.runtime import switches
from alt_pipelines.runtime.heartbeats import FRESH_SECONDS

PROCESS_PER_RUN = "DefaultRunLauncher"

LAUNCH_SECONDS = 10.0
STATUS_SECONDS = 3.0

_WHERE = """
query Where { repositoriesOrError { __typename
  ... on RepositoryConnection { nodes { name location { name } jobs { name } } } } }
"""
_ADD_PARTITION = """
mutation AddPartition($key: String!, $definition: String!, $repository: RepositorySelector!) {
  addDynamicPartition(partitionKey: $key, partitionsDefName: $definition, repositorySelector: $repository) {
    __typename } }
"""
_LAUNCH = """
mutation Launch($parameters: ExecutionParams!) { launchRun(executionParams: $parameters) { __typename
  ... on LaunchRunSuccess { run { runId } } } }
"""
_RUN = """
query Run($id: ID!) { runOrError(runId: $id) { __typename ... on Run { status tags { key value }
  assetMaterializations { partition metadataEntries { label ... on IntMetadataEntry { intValue } } } } } }
"""
_TERMINATE = """
mutation Terminate($id: String!) { terminateRun(runId: $id) { __typename } }
"""
_STATUS = """
query Status { instance { runLauncher { name }
    daemonHealth { allDaemonStatuses { daemonType required lastHeartbeatTime } } }
  repositoriesOrError { __typename ... on RepositoryConnection { nodes { name location { name } jobs { name } } } } }
"""


class DagsterError(Exception):
    """A request to Dagster failed: unreachable, slow or refused. The message says which."""


@dataclass(frozen=True)
class Repository:
    """The repository in Dagster's workspace that has the genre job."""

    name: str
    location: str

    @property
    def selector(self) -> dict[str, str]:
        """The repository as GraphQL's `RepositorySelector`."""
        return {"repositoryName": self.name, "repositoryLocationName": self.location}


@dataclass(frozen=True)
class DagsterStatus:
    """Dagster's own state. `stale_daemons` are the required daemons without a fresh heartbeat."""

    code_loaded: bool
    launcher: str
    stale_daemons: tuple[str, ...]


@dataclass(frozen=True)
class RunState:
    """A Dagster run: its status, its tags, and the integer metadata of its materializations per partition."""

    status: str
    figures: dict[str, dict[str, int]]
    tags: dict[str, str]

    @property
    def is_waiting(self) -> bool:
        """Whether no process executes the run yet."""
        return self.status in ("NOT_STARTED", "QUEUED", "STARTING", "MANAGED")

    @property
    def has_ended(self) -> bool:
        """Whether the run succeeded, failed or was canceled."""
        return self.status in ("SUCCESS", "FAILURE", "CANCELED")


class DagsterClient:
    """A client of one webserver, with one connection pool."""

    def __init__(self, webserver_url: str) -> None:
        self._http = httpx.AsyncClient(base_url=webserver_url.rstrip("/"), timeout=LAUNCH_SECONDS)
        self._repository: Repository | None = None

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def launch_genre_run(self, run_id: int, partition_key: str, tags: dict[str, str]) -> str:
        """Launch the Dagster run for a genre run's row and return its id. Adds the genre's partition if it is new.

        Raises:
            DagsterError: probably not launched. A timeout can hide a successful launch, which is harmless.
        """
        repository = self._repository or await self._find_repository()
        try:
            await self._add_partition(partition_key, repository)
            given = {**tags, PARTITION_TAG: partition_key, RUN_TAG: str(run_id)}
            return await self._launch(GENRE_JOB, given, repository)
        except DagsterError:
            self._repository = None  # the code location may have changed; the next call looks it up again
            raise

    async def launch_job(self, job: str, tags: dict[str, str]) -> str:
        """Launch a job of the code location and return the Dagster run's id.

        Raises:
            DagsterError: probably not launched; see `launch_genre_run`.
        """
        repository = self._repository or await self._find_repository()
        try:
            return await self._launch(job, tags, repository)
        except DagsterError:
            self._repository = None  # as in launch_genre_run
            raise

    async def run_state(self, dagster_run_id: str) -> RunState:
        """Return the state of a Dagster run.

        Raises:
            DagsterError: the webserver does not answer, or the run is unknown.
        """
        answer = (await self._ask(_RUN, {"id": dagster_run_id}, STATUS_SECONDS))["runOrError"]
        _expect(answer, "Run")
        figures = {
            event["partition"]: {
                entry["label"]: entry["intValue"]
                for entry in event["metadataEntries"]
                if entry.get("intValue") is not None
            }
            for event in answer["assetMaterializations"]
            if event["partition"] is not None
        }
        return RunState(answer["status"], figures, {tag["key"]: tag["value"] for tag in answer["tags"]})

    async def cancel_run(self, dagster_run_id: str) -> None:
        """Ask Dagster to terminate a run.

        Raises:
            DagsterError: the webserver does not answer.
        """
        await self._ask(_TERMINATE, {"id": dagster_run_id}, LAUNCH_SECONDS)

    async def report_materialization(
        self, asset: str, metadata: dict[str, Any], description: str, partition: str | None = None
    ) -> None:
        """Report a materialization that happened outside a Dagster run. Metadata values are JSON values.

        Raises:
            DagsterError: the materialization was not recorded.
        """
        event = {"metadata": metadata, "description": description, "partition": partition}
        await self._post(f"/report_asset_materialization/{asset}", event, LAUNCH_SECONDS)

    async def status(self) -> DagsterStatus:
        """Return whether code is loaded, which launcher is configured and which daemons are stale.

        Raises:
            DagsterError: the webserver does not answer in time.
        """
        answer = await self._ask(_STATUS, {}, STATUS_SECONDS)
        instance = answer["instance"]
        now = time.time()
        stale = [
            daemon["daemonType"]
            for daemon in instance["daemonHealth"]["allDaemonStatuses"]
            if daemon["required"] and apart(now, daemon["lastHeartbeatTime"] or 0) > FRESH_SECONDS
        ]
        return DagsterStatus(
            code_loaded=_repository_of(answer["repositoriesOrError"]) is not None,
            launcher=(instance["runLauncher"] or {}).get("name", ""),
            stale_daemons=tuple(stale),
        )

    async def automation_faults(self) -> list[switches.Fault]:
        """Return the sensors and schedules that are off or fail, those that stop work first.

        Raises:
            DagsterError: the webserver does not answer in time, or has not loaded the code.
        """
        try:
            return switches.faults(await self._ask(switches.QUERY, {}, STATUS_SECONDS))
        except (KeyError, TypeError) as error:
            raise DagsterError("the webserver does not list the sensors; check the code server's log") from error

    async def _find_repository(self) -> Repository:
        answer = await self._ask(_WHERE, {}, LAUNCH_SECONDS)
        found = _repository_of(answer["repositoriesOrError"])
        if found is None:
            raise DagsterError(f"no loaded code location has the job {GENRE_JOB}")
        self._repository = found
        return found

    async def _add_partition(self, key: str, repository: Repository) -> None:
        variables = {"key": key, "definition": GENRE_PARTITIONS, "repository": repository.selector}
        answer = await self._ask(_ADD_PARTITION, variables, LAUNCH_SECONDS)
        _expect(answer["addDynamicPartition"], "AddDynamicPartitionSuccess", "DuplicateDynamicPartitionError")

    async def _launch(self, job: str, tags: dict[str, str], repository: Repository) -> str:
        parameters = {
            "selector": {**repository.selector, "jobName": job},
            "runConfigData": {},
            "executionMetadata": {"tags": [{"key": key, "value": value} for key, value in tags.items()]},
        }
        answer = await self._ask(_LAUNCH, {"parameters": parameters}, LAUNCH_SECONDS)
        _expect(answer["launchRun"], "LaunchRunSuccess")
        return str(answer["launchRun"]["run"]["runId"])

    async def _ask(self, query: str, variables: dict[str, Any], seconds: float) -> dict[str, Any]:
        answer = await self._post("/graphql", {"query": query, "variables": variables}, seconds)
        data = answer.get("data")
        if not isinstance(data, dict) or answer.get("errors"):
            raise DagsterError("the webserver refused the GraphQL query")
        return data

    async def _post(self, path: str, body: dict[str, Any], seconds: float) -> dict[str, Any]:
        try:
            response = await self._http.post(path, json=body, timeout=httpx.Timeout(seconds, connect=2.0))
        except httpx.HTTPError as error:
            raise DagsterError(f"the webserver does not answer ({type(error).__name__})") from error
        except (TypeError, ValueError) as error:
            raise DagsterError(f"the request to {path} cannot be encoded as JSON ({error})") from error
        try:
            answer = response.json()
        except ValueError as error:
            raise DagsterError(f"the webserver's answer is not JSON (status {response.status_code})") from error
        if not isinstance(answer, dict) or response.is_error:
            raise DagsterError(f"the webserver refused {path} (status {response.status_code})")
        return answer


def _repository_of(answer: dict[str, Any]) -> Repository | None:
    for node in answer.get("nodes", ()):
        if any(job["name"] == GENRE_JOB for job in node["jobs"]):
            return Repository(node["name"], node["location"]["name"])
    return None


def _expect(answer: dict[str, Any], *allowed: str) -> None:
    if answer["__typename"] not in allowed:
        raise DagsterError(f"unexpected answer from Dagster: {answer['__typename']}")
