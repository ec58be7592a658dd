"""The checks of `doctor` for the running parts of an installation, and for the last Dagster run of each job."""

import time
from typing import Any

import httpx
import redis

from alt_pipelines.clock import apart
from alt_pipelines.dagster_names import TAGGING_JOB
from alt_pipelines.runtime import broker as runtime_broker
from alt_pipelines.runtime import pipelines_store, store, switches
from alt_pipelines.runtime.heartbeats import silence
from alt_pipelines.runtime.queues import QUEUES
from alt_pipelines.settings import Settings
from alt_pipelines.stack.checks import START, Absent, Problem, answering, engine_of
from alt_pipelines.stack.home import Home
from alt_pipelines.tagging.store.health import article_waits

_RECENT_SECONDS = 7 * 86400.0
_HEARTBEATS_APART_SECONDS = 60.0  # maximum difference of two readings of the same daemon's heartbeat
_HEARTBEATS = "{ version instance { daemonHealth { allDaemonStatuses { lastHeartbeatTime } } } }"
_REMEDIES = {
    "alt_db": "The line alt-db has the remedy.",
    "recap_db": "The line recap-db has the remedy.",
    "models": "The lines models and data files, or the adapter's log, have the remedy.",
    "dagster": "The line webserver has the remedy.",
    "daemon": "The line daemon has the remedy.",
    "automation": "The line automation has the remedy.",
    "workers": "The line workers has the remedy.",
    "tagging": "Open the failed run in Dagster's UI; docs/how-to.md explains how to read it.",
}
"""What to do about a component of the adapter's readiness."""

MODELS_LOADING = "the models are being loaded"
"""What the adapter says of its component `models` meanwhile."""

LOADING_SECONDS = 30.0
"""How long the models are waited for; they take 6 s on a machine that is not loaded."""


def broker(settings: Settings) -> str:
    """Check that the broker answers, and count the messages that wait in it."""
    try:
        with runtime_broker.client(runtime_broker.broker_url(settings.execution)) as client:
            depths = runtime_broker.queue_depths(client)
    except redis.RedisError as error:
        what = "Check ALT_BROKER_URL and the broker." if settings.execution.broker_url else f"{START}."
        raise Problem(
            f"does not answer: {str(error).rstrip('.')}. {what} Runs wait until the broker is back; no run is lost."
        ) from error
    return "reachable; queued messages: " + ", ".join(f"{queue} {depths[queue]}" for queue in QUEUES)


@answering("dagster")
def workers(settings: Settings) -> str:
    """Check that every queue has a live worker process."""
    with engine_of(settings, "dagster").connect() as connection:
        found = store.workers(connection)
    silent = [worker for worker in found if worker.silent_seconds > store.SILENT_SECONDS]
    counts = {queue: sum(worker.queue == queue and worker not in silent for worker in found) for queue in QUEUES}
    said = ", ".join(f"{queue} {counts[queue]}" for queue in QUEUES)
    if missing := [queue for queue in QUEUES if not counts[queue]]:
        commands = " and ".join(f"`alt-pipelines worker --queue {queue}`" for queue in missing)
        raise Problem(f"live processes: {said}. {START}, or run {commands}.")
    if silent:
        names = ", ".join(worker.application for worker in silent)
        raise Problem(f"connected, but no heartbeat for {store.SILENT_SECONDS} s: {names}. Restart these processes.")
    return f"live processes: {said}"


@answering("dagster")
def daemon(settings: Settings) -> str:
    """Check the age of the daemon's heartbeats, by the rule of the adapter's readiness."""
    now = time.time()
    with engine_of(settings, "dagster").connect() as connection:
        beats = store.daemon_heartbeats(connection)
    if said := silence(beats, now):
        raise Problem(
            f"{said}, so sensors and schedules do not run and nothing is tagged. {START}, which replaces a frozen "
            "daemon within four minutes, or restart `alt-pipelines daemon`."
        )
    return f"last heartbeat {apart(now, max(beats.values())):.0f} s ago"


@answering("dagster")
def webserver(settings: Settings) -> str:
    """Check that the webserver answers and belongs to this installation."""
    url = _webserver_url(settings)
    seen = _ask_webserver(url, _HEARTBEATS)
    beats = {status["lastHeartbeatTime"] for status in seen["instance"]["daemonHealth"]["allDaemonStatuses"]}
    with engine_of(settings, "dagster").connect() as connection:
        ours = store.daemon_heartbeat(connection)
    newest = max((beat for beat in beats if beat), default=None)
    if ours is not None and (newest is None or abs(newest - ours) > _HEARTBEATS_APART_SECONDS):
        raise Problem(
            f"{url} belongs to another installation: its daemon heartbeats differ from those in this database. Set "
            "DAGSTER_WEBSERVER_URL to this installation's webserver, or ALT_PIPELINES_HOME to the folder of its stack."
        )
    return f"Dagster {seen['version']} at {url}"


def automation(settings: Settings) -> str:
    """Check that every sensor and schedule is on and works."""
    data = _ask_webserver(_webserver_url(settings), switches.QUERY)
    try:
        found = switches.faults(data)
    except (KeyError, TypeError) as error:
        raise Problem("no code is loaded, so no sensor or schedule runs. The code server's log says why.") from error
    if found:
        raise Problem("; ".join(fault.sentence for fault in found) + ".")
    return "every sensor and schedule is on and works"


def _webserver_url(settings: Settings) -> str:
    running = Home(settings.execution.home).running_addresses()
    return settings.execution.webserver_url if running is None else running[0]


def _ask_webserver(url: str, query: str) -> dict[str, Any]:
    """Return the data of a GraphQL query.

    Raises:
        Problem: the webserver does not answer, or cannot read its database.
    """
    try:
        answer = httpx.post(f"{url}/graphql", json={"query": query}, timeout=10).json()
        data, errors = answer.get("data"), answer.get("errors")
    except (httpx.HTTPError, ValueError, AttributeError) as error:
        raise Problem(
            f"{url} does not answer ({type(error).__name__}). {START}. If the webserver uses another address, set "
            "DAGSTER_WEBSERVER_URL."
        ) from error
    if isinstance(data, dict) and not errors:
        return data
    said = str(errors[0].get("message", "")).strip().splitlines() if errors else []
    raise Problem(
        f"{url} answers, but cannot read Dagster's database ({said[0] if said else 'no reason given'}). If Postgres "
        "has just been restarted, wait a minute and run this again; otherwise the line Dagster storage has the remedy."
    )


def adapter(settings: Settings) -> str:
    """Check that the adapter is ready. `up` does not wait for its models, so this waits while they are being loaded."""
    running = Home(settings.execution.home).running_addresses()
    url = settings.server.url if running is None else running[1]
    began = time.monotonic()
    failing = _components_that_fail(url)
    while list(failing.values()) == [MODELS_LOADING] and time.monotonic() - began < LOADING_SECONDS:
        time.sleep(0.5)
        failing = _components_that_fail(url)
    if not failing:
        return f"ready at {url}"
    said = "; ".join(f"{name}: {detail.rstrip('.')}" for name, detail in failing.items())
    remedies = dict.fromkeys(
        "Wait a minute and run this again." if detail == MODELS_LOADING else _REMEDIES.get(name, "See its log.")
        for name, detail in failing.items()
    )
    raise Problem(f"{url} is not ready. {said}. {' '.join(remedies)}")


def _components_that_fail(url: str) -> dict[str, str]:
    """Return the details of the adapter's components that are not ready, by name.

    Raises:
        Absent: nothing answers.
        Problem: another program answers.
    """
    try:
        response = httpx.get(f"{url}/health/ready", timeout=10)
    except httpx.HTTPError as error:
        raise Absent(
            f"{url} does not answer ({type(error).__name__}). {START}. If the API uses another port, set PORT."
        ) from error
    if response.status_code == 200:
        return {}
    try:
        components = response.json()["components"]
        return {name: component["detail"] for name, component in components.items() if not component["ok"]}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Problem(
            f"{url} answers with status {response.status_code}, but not as this API. If the API uses another port, set "
            "PORT."
        ) from error


@answering("dagster")
def recent_runs(settings: Settings) -> str:
    """Check that no job fails, by the rule of the adapter's readiness."""
    with engine_of(settings, "dagster").connect() as connection:
        states = pipelines_store.pipelines(connection)
    recent = time.time() - _RECENT_SECONDS
    failed = {job: state for job, state in states.items() if state.fails(True) and (state.last_failure or 0) > recent}
    if (tagging := failed.get(TAGGING_JOB)) is not None and not tagging.fails(work_waits=_article_waits(settings)):
        del failed[TAGGING_JOB]
    if failed:
        with engine_of(settings, "dagster").connect() as connection:
            causes = {
                job: pipelines_store.cause_of(connection, state.last_failed_run or "") for job, state in failed.items()
            }
        said = "; ".join(
            f"{job} (run {state.last_failed_run}{f': {cause}' if (cause := causes[job]) else ''})"
            for job, state in sorted(failed.items())
        )
        raise Problem(f"jobs whose last run failed: {said}. Dagster's UI shows each under Runs.")
    return f"jobs whose last run failed: none of {len(states)}"


@answering("alt")
def _article_waits(settings: Settings) -> bool:
    with engine_of(settings, "alt").connect() as connection:
        return article_waits(connection)
