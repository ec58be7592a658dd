"""The doctor's checks of the adapter, the webserver, the daemon, the runs of the tagging job and Dagster's storage."""

import json
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import dagster as dg
import pytest
from dagster._core.storage.dagster_run import DagsterRun
from dagster._daemon.types import DaemonHeartbeat
from sqlalchemy import Engine, create_engine, text

from alt_pipelines.dagster_names import TAGGING_JOB
from alt_pipelines.runtime import store
from alt_pipelines.runtime.heartbeats import FRESH_SECONDS
from alt_pipelines.runtime.queues import RESULTS_TAG
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings
from alt_pipelines.stack import doctor, part_checks
from alt_pipelines.stack.addresses import Addresses
from alt_pipelines.stack.checks import Problem
from alt_pipelines.stack.doctor import Finding
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.parts import stack_parts
from alt_pipelines_tests.support.doctor import findings

RUN_START, RUN_FAILURE = dg.DagsterEventType.RUN_START, dg.DagsterEventType.RUN_FAILURE

pytestmark = pytest.mark.usefixtures("alt_engine", "recap_engine")


@contextmanager
def server_that_answers(status: int, body: Mapping[str, object]) -> Iterator[str]:
    """Yield the port of a server that answers every request with a status and the body of that moment."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers["content-length"] or 0))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield str(server.server_port)
        server.shutdown()


@pytest.fixture
def adapter() -> Iterator[tuple[str, dict[str, object]]]:
    """The port of an adapter that is not ready, and the body that it answers with."""
    body: dict[str, object] = {}
    with server_that_answers(503, body) as port:
        yield port, body


@pytest.fixture
def webserver() -> Iterator[str]:
    """The address of a webserver whose database has just gone away."""
    said = {"data": None, "errors": [{"message": "server closed the connection unexpectedly\n\tThis probably means"}]}
    with server_that_answers(500, said) as port:
        yield f"http://127.0.0.1:{port}"


def test_the_line_of_the_adapter_names_only_what_fails_with_a_remedy(
    variables: dict[str, str], adapter: tuple[str, dict[str, object]]
) -> None:
    port, body = adapter
    ok = {"ok": True, "detail": "answers in 1 ms"}
    body["components"] = {"alt_db": ok, "tagging": {"ok": False, "detail": "failed runs since the last success: 2"}}
    found = findings({**variables, "PORT": port})["adapter"]
    assert found == Finding(
        "adapter",
        False,
        f"http://127.0.0.1:{port} is not ready. tagging: failed runs since the last success: 2. Open the failed run in "
        "Dagster's UI; docs/how-to.md explains how to read it.",
    )
    del body["components"]
    other = findings({**variables, "PORT": port})["adapter"]
    assert "status 503, but not as this API" in other.message


def test_the_line_of_the_adapter_waits_for_its_models(
    variables: dict[str, str], adapter: tuple[str, dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, body = adapter
    settings = Settings.from_environment({**variables, "PORT": port})
    loading = {"ok": False, "detail": part_checks.MODELS_LOADING}
    body["components"] = {"models": loading, "dagster": {"ok": True, "detail": "accepts runs"}}
    with monkeypatch.context() as briefly:
        briefly.setattr(part_checks, "LOADING_SECONDS", 1.0)
        with pytest.raises(Problem, match=r"models are being loaded\. Wait a minute and run this again\.$"):
            part_checks.adapter(settings)
    ready = {"models": {"ok": True, "detail": "complete"}}
    threading.Timer(1.0, lambda: body.update(components=ready)).start()
    assert "ready at" in part_checks.adapter(settings)


def test_a_webserver_that_cannot_read_its_database_is_not_told_to_be_started(
    variables: dict[str, str], instance: dg.DagsterInstance, webserver: str
) -> None:
    """Right after Postgres was killed, Dagster answers with an error and no data."""
    settings = Settings.from_environment({**variables, "DAGSTER_WEBSERVER_URL": webserver})
    for check in (part_checks.webserver, part_checks.automation):
        with pytest.raises(Problem) as problem:
            check(settings)
        assert f"{webserver} answers, but cannot read Dagster's database (server closed the" in str(problem.value)
        assert "wait a minute" in str(problem.value)
        assert "alt-pipelines up" not in str(problem.value)


def test_the_parts_that_dagster_dev_does_not_have_are_no_problem(
    variables: dict[str, str], instance: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = ("broker", "workers", "adapter")
    monkeypatch.setattr(doctor, "CHECKS", {name: doctor.CHECKS[name] for name in parts})
    variables = {**variables, "PORT": "1"}
    assert [finding.ok for finding in findings(variables).values()] == [False] * 3
    url = storage_url(Settings.from_environment(variables))
    with store.open_session(store.lease_engine(url, "dagster dev, process 7 on here")) as session:
        assert store.try_daemon(session)
        found = findings(variables)
    assert [finding.ok for finding in found.values()] == [True] * 3
    assert all("not part of `dagster dev`" in finding.message for finding in found.values())


def test_a_daemon_that_never_ran_is_named(variables: dict[str, str], instance: object) -> None:
    finding = findings(variables)["daemon"]
    assert not finding.ok
    assert "has never run" in finding.message


def test_the_doctor_names_and_the_supervisor_replaces_a_daemon_that_is_silent_for_as_long(
    variables: dict[str, str], instance: dg.DagsterInstance
) -> None:
    def beat(daemon: str, age: float) -> None:
        instance.add_daemon_heartbeat(DaemonHeartbeat(time.time() - age, daemon, daemon_id="one", errors=[]))

    addresses = Addresses("http://127.0.0.1:1", "http://127.0.0.1:2", ("127.0.0.1", 3), "redis://x:4")
    settings = Settings.from_environment(variables)
    daemon = next(part for part in stack_parts(settings, StackOptions(), addresses) if part.name == "daemon")
    for name in ("SENSOR", "SCHEDULER"):
        beat(name, age=FRESH_SECONDS - 60)
    beat("OF_AN_OLDER_VERSION", age=30 * 86400.0)
    assert "last heartbeat 60 s ago" in part_checks.daemon(settings)
    assert daemon.ready(1000.0)
    for name in ("SENSOR", "SCHEDULER"):
        beat(name, age=FRESH_SECONDS + 60)
    with pytest.raises(
        Problem, match="no heartbeat for 180 s from: SCHEDULER, SENSOR, so sensors and schedules do not"
    ):
        part_checks.daemon(settings)
    assert not daemon.ready(1000.0)


class TaggingRuns:
    """The runs of the tagging job in Dagster's tables, and what the doctor says about them."""

    def __init__(self, instance: dg.DagsterInstance, variables: dict[str, str]) -> None:
        self._instance = instance
        self._settings = Settings.from_environment(variables)

    def add(self, *events: dg.DagsterEventType, results: bool = False) -> str:
        """Add a run with these events and return its id."""
        run = self._instance.add_run(DagsterRun(job_name=TAGGING_JOB, run_id=str(uuid.uuid4())))
        for event in events:
            self._instance.report_dagster_event(dg.DagsterEvent(event.value, TAGGING_JOB, message=""), run.run_id)
        if results:
            self._instance.add_run_tags(run.run_id, {RESULTS_TAG: datetime.now(UTC).isoformat()})
        return run.run_id

    def problem(self) -> str | None:
        """Return what the doctor finds wrong."""
        try:
            part_checks.recent_runs(self._settings)
        except Problem as problem:
            return str(problem)
        return None


@pytest.fixture
def tagging_runs(instance: dg.DagsterInstance, variables: dict[str, str]) -> TaggingRuns:
    return TaggingRuns(instance, variables)


@pytest.fixture
def waiting_article(alt_engine: Engine) -> None:
    with alt_engine.begin() as connection:
        insert = "INSERT INTO articles (title, content, url, user_id) VALUES ('t', 'c', 'https://w', gen_random_uuid())"
        connection.execute(text(insert))


@pytest.mark.usefixtures("waiting_article")
def test_a_failed_run_is_a_problem_until_the_next_one_has_stored_results(tagging_runs: TaggingRuns) -> None:
    """As readiness judges: a run that lingers after its articles succeeds a minute later."""
    killed = tagging_runs.add(RUN_START, RUN_FAILURE)
    assert f"jobs whose last run failed: {TAGGING_JOB} (run {killed})" in (tagging_runs.problem() or "")
    tagging_runs.add(RUN_START)
    assert tagging_runs.problem(), "it has no results yet"
    tagging_runs.add(RUN_START, results=True)
    assert tagging_runs.problem() is None


def test_one_failed_run_is_no_problem_while_no_article_waits(tagging_runs: TaggingRuns) -> None:
    tagging_runs.add(RUN_START, RUN_FAILURE)
    assert tagging_runs.problem() is None
    tagging_runs.add(RUN_START, RUN_FAILURE)
    assert tagging_runs.problem()


@dg.op
def named() -> None:
    raise dg.Failure("No receiver is configured. Set its URL.", allow_retries=False)


@dg.op
def unexpected() -> None:
    raise ValueError("the seventh row is odd")


@pytest.mark.parametrize(
    ("op", "cause"), [(named, "No receiver is configured. Set its URL"), (unexpected, "ValueError: the seventh row is")]
)
def test_a_failed_job_is_named_with_the_cause(
    variables: dict[str, str], instance: dg.DagsterInstance, op: dg.OpDefinition, cause: str
) -> None:
    for _ in range(2):
        dg.GraphDefinition("fails", node_defs=[op]).to_job().execute_in_process(instance=instance, raise_on_error=False)
    with pytest.raises(Problem, match=rf"fails \(run [0-9a-f-]+: {cause}"):
        part_checks.recent_runs(Settings.from_environment(variables))


def test_the_check_of_the_storage_counts_connections(
    variables: dict[str, str], instance: object, dagster_url: str
) -> None:
    engine = create_engine(dagster_url)
    with engine.connect():
        finding = findings(variables)["Dagster storage"]
    assert finding.ok, finding
    assert "connections in use" in finding.message
