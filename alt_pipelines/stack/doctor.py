"""Check an installation: one finding per check, and a remedy for each problem.

The checks start, repair and change nothing; the writes of a rehearsal are rolled back. Each check is a function that
returns a sentence if all is well, or raises `Problem` with the remedy.

`command` prints the findings. `rehearsal` defines the rehearsals, which execute each pipeline once and roll it back.
`stopped` says which checks are skipped while the stack is stopped.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import redis
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines import installation
from alt_pipelines.clock import apart
from alt_pipelines.data_files import DataFileError
from alt_pipelines.database import embedded, facts, migrate, rights
from alt_pipelines.database.engines import alt_url, dagster_url, make_engine, recap_url
from alt_pipelines.database.shapes import shape_of
from alt_pipelines.embedding.protocol import EmbeddingError
from alt_pipelines.platform import Platform
from alt_pipelines.runtime import broker, store
from alt_pipelines.runtime.queues import QUEUES
from alt_pipelines.settings import PoolSettings, Settings
from alt_pipelines.stack import rehearsal, stopped
from alt_pipelines.stack.home import Home
from alt_pipelines.stack.stopped import database_urls

_LEAST_FREE_BYTES = 2_000_000_000
_FRESH_HEARTBEAT_SECONDS = 120
_HEARTBEATS_APART_SECONDS = 60.0  # maximum difference of two readings of the same daemon's heartbeat
_HEARTBEATS = "{ instance { daemonHealth { allDaemonStatuses { lastHeartbeatTime } } } }"
_START = "Start the stack with `alt-pipelines up`"
_POOL = PoolSettings(size=1, overflow=1, connect_timeout_seconds=3)


class Problem(Exception):  # noqa: N818 - a finding, not a failure of the program
    """A check found a problem; the message describes it and gives the remedy."""


class Finding(NamedTuple):
    """The outcome of one check."""

    name: str
    ok: bool
    message: str


Check = Callable[[Settings], str]


def examine(settings: Settings) -> Iterator[Finding]:
    """Run every check, except those that need a stopped stack. A failed check does not stop the others."""
    skipped = stopped.skipped_checks(settings)
    for name, check in _CHECKS.items():
        if name in skipped:
            if name == skipped[0]:
                yield Finding("stack", False, stopped.sentence(settings, skipped))
            continue
        try:
            yield Finding(name, True, check(settings))
        except (Problem, DataFileError, EmbeddingError) as problem:
            yield Finding(name, False, str(problem))
        except Exception as error:
            yield Finding(name, False, f"the check itself failed: {type(error).__name__}: {error}. Please report it.")


def _database(which: migrate.Database) -> Check:
    def check(settings: Settings) -> str:
        engine = _engine(settings, which)
        with engine.connect() as connection:
            version = facts.server_version(connection)
        if missing := migrate.pending(engine, which):
            raise Problem(f"missing migrations: {', '.join(missing)}. Run `alt-pipelines db upgrade`.")
        if lacking := rights.missing_rights(engine, which):
            raise Problem(" ".join(right.sentence for right in lacking))
        if which == "alt":
            try:
                migrate.check_keys(engine)
            except migrate.MissingKeyError as error:
                raise Problem(str(error)) from error
        keys = ", unique keys exist" if which == "alt" else ""
        with engine.connect() as connection:
            shape = shape_of(connection).differences(which)
        return f"Postgres {version}, migrated{keys}; {shape} ({engine.url.render_as_string()})"

    return _answering(check)


def _dagster_storage(settings: Settings) -> str:
    engine = _engine(settings, "dagster")
    with engine.connect() as connection:
        if not facts.has_table(connection, "runs"):
            raise Problem(f"the database has no Dagster tables. {_START}, which creates them.")
        found = facts.usage(connection)
    if found.connections > 0.8 * found.max_connections:
        raise Problem(
            f"connections in use: {found.connections} of {found.max_connections}. "
            "Increase max_connections of the server, or run fewer processes."
        )
    return f"size {found.size}; connections in use: {found.connections} of {found.max_connections}"


def _models(settings: Settings) -> str:
    from alt_pipelines.embedding.factory import load_embedder, model_paths, verify_models
    from alt_pipelines.tagging.extraction.refinement import reads_phrases

    embedding = settings.embedding
    if embedding.backend != "onnx":
        named = embedding.distill_model if embedding.backend == "distill" else embedding.sentence_transformers_model
        return f"backend {embedding.backend} ({named}); the rehearsals below load it"
    if problems := verify_models(embedding):
        raise Problem(" ".join(problems))
    paths = model_paths(embedding)
    if len(paths) > 1 and not reads_phrases(load_embedder(embedding)):
        raise Problem(
            f"{paths[-1]} is of another version than the judgement of tags, which was fitted with other phrase layers: "
            "tags are judged by their features alone, and most languages have no second pass. Install models and code "
            "of one version; in a checkout, `git checkout -- models alt_pipelines/tagging/extraction`."
        )
    return f"files are complete; backend onnx ({embedding.model_path or embedding.models_dir})"


def _data_files(settings: Settings) -> str:
    from alt_pipelines.tagging.extraction.own_files import LOADERS, file_problems

    if problems := file_problems():
        raise Problem(" ".join(problems))
    return f"fitted models and word lists of the tagger are complete; readers: {len(LOADERS)}"


def _broker(settings: Settings) -> str:
    try:
        depths = broker.queue_depths(broker.client(broker.broker_url(settings.execution)))
    except redis.RedisError as error:
        what = "Check ALT_BROKER_URL and the broker." if settings.execution.broker_url else f"{_START}."
        raise Problem(
            f"does not answer: {str(error).rstrip('.')}. {what} Runs wait until the broker is back; no run is lost."
        ) from error
    return "reachable; queued messages: " + ", ".join(f"{queue} {depths[queue]}" for queue in QUEUES)


def _workers(settings: Settings) -> str:
    with _engine(settings, "dagster").connect() as connection:
        found = store.workers(connection)
    silent = [worker for worker in found if worker.silent_seconds > store.SILENT_SECONDS]
    counts = {queue: sum(worker.queue == queue and worker not in silent for worker in found) for queue in QUEUES}
    said = ", ".join(f"{queue} {counts[queue]}" for queue in QUEUES)
    if missing := [queue for queue in QUEUES if not counts[queue]]:
        commands = " and ".join(f"`alt-pipelines worker --queue {queue}`" for queue in missing)
        raise Problem(f"live processes: {said}. {_START}, or run {commands}.")
    if silent:
        names = ", ".join(worker.application for worker in silent)
        raise Problem(f"connected, but no heartbeat for {store.SILENT_SECONDS} s: {names}. Restart these processes.")
    return f"live processes: {said}"


def _daemon(settings: Settings) -> str:
    with _engine(settings, "dagster").connect() as connection:
        beat = store.daemon_heartbeat(connection)
    age = None if beat is None else apart(time.time(), beat)
    if age is None or age > _FRESH_HEARTBEAT_SECONDS:
        said = "the daemon has never run" if age is None else f"no heartbeat for {age:.0f} s"
        raise Problem(
            f"{said}, so no sensor or schedule runs and nothing is tagged. {_START}, or run `alt-pipelines daemon`."
        )
    return f"last heartbeat {age:.0f} s ago"


def _webserver(settings: Settings) -> str:
    running = Home(settings.execution.home).running_addresses()
    url = settings.execution.webserver_url if running is None else running[0]
    try:
        answer = httpx.get(f"{url}/server_info", timeout=5).json()
        seen = httpx.post(f"{url}/graphql", json={"query": _HEARTBEATS}, timeout=10).json()["data"]["instance"]
        beats = {status["lastHeartbeatTime"] for status in seen["daemonHealth"]["allDaemonStatuses"]}
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise Problem(
            f"{url} does not answer ({type(error).__name__}). {_START}. If the webserver uses another address, set "
            "DAGSTER_WEBSERVER_URL."
        ) from error
    with _engine(settings, "dagster").connect() as connection:
        ours = store.daemon_heartbeat(connection)
    newest = max((beat for beat in beats if beat), default=None)
    if ours is not None and (newest is None or abs(newest - ours) > _HEARTBEATS_APART_SECONDS):
        raise Problem(
            f"{url} belongs to another installation: its daemon heartbeats differ from those in this database. Set "
            "DAGSTER_WEBSERVER_URL to this installation's webserver, or ALT_PIPELINES_HOME to the folder of its stack."
        )
    return f"Dagster {answer.get('dagster_version')} at {url}"


def _adapter(settings: Settings) -> str:
    running = Home(settings.execution.home).running_addresses()
    url = settings.server.url if running is None else running[1]
    try:
        response = httpx.get(f"{url}/health/ready", timeout=10)
    except httpx.HTTPError as error:
        raise Problem(
            f"{url} does not answer ({type(error).__name__}). {_START}. If the API uses another port, set PORT."
        ) from error
    if response.status_code == 200:
        return f"ready at {url}"
    try:
        components = response.json()["components"]
        failing = {name: component["detail"] for name, component in components.items() if not component["ok"]}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Problem(
            f"{url} answers with status {response.status_code}, but not as this API. If the API uses another port, set "
            "PORT."
        ) from error
    said = "; ".join(f"{name}: {detail.rstrip('.')}" for name, detail in failing.items())
    remedies = dict.fromkeys(_REMEDIES.get(name, "See its log.") for name in failing)
    raise Problem(f"{url} is not ready. {said}. {' '.join(remedies)}")


def _recent_runs(settings: Settings) -> str:
    with _engine(settings, "dagster").connect() as connection:
        last = store.last_finished_runs(connection)
    if failed := [f"{job} (run {run_id})" for job, (run_id, status) in last.items() if status == "FAILURE"]:
        raise Problem(f"jobs whose last run failed: {', '.join(failed)}. Dagster's UI shows the cause under Runs.")
    return f"jobs whose last run failed: none of {len(last)}"


def _rehearsal(step: Callable[[Platform], str]) -> Check:
    def check(settings: Settings) -> str:
        for which in ("alt", "recap"):
            _engine(settings, which).dispose()
        platform = Platform(settings)
        try:
            return step(platform)
        except (rehearsal.RehearsalError, OSError) as error:
            raise Problem(f"{error}. See the log for details. `alt-pipelines tag` runs the extractor alone.") from error
        finally:
            platform.close()

    return _answering(check)


def _disk(settings: Settings) -> str:
    home = _existing(settings.execution.home)
    free = shutil.disk_usage(home).free
    if free < _LEAST_FREE_BYTES:
        raise Problem(
            f"free space in {home}: {_size(free)}. Postgres stops when the disk is full. Free some space, move "
            "the folder (ALT_PIPELINES_HOME), or shorten the retention (ALT_RETENTION_DAYS)."
        )
    return f"free space in {home}: {_size(free)}"


def _size(free: int) -> str:
    return f"{free / 1e9:.1f} GB" if free >= 1e9 else f"{free / 1e6:.0f} MB"


def _engine(settings: Settings, which: str) -> Engine:
    postgres = settings.execution.home.resolve() / "postgres"
    if database_urls(settings)[which] is None and not embedded.is_running(postgres):
        there = "is not running" if postgres.exists() else "has not been created yet"
        raise Problem(f"the embedded Postgres in {postgres} {there}. {_START}.")
    url = {"alt": alt_url, "recap": recap_url, "dagster": dagster_url}[which](settings)
    return make_engine(url, _POOL, application="alt-doctor")


def _answering(check: Check) -> Check:
    """Wrap a check so that a database error becomes a `Problem` with a remedy."""

    def checked(settings: Settings) -> str:
        try:
            return check(settings)
        except DBAPIError as error:
            said = str(error.orig).strip().splitlines()[0]
            if getattr(error.orig, "pgcode", None) is not None:  # the database answered with an error
                raise Problem(
                    f"the database refused a statement: {said}. `alt-pipelines db grants` lists missing rights."
                ) from error
            raise Problem(f"does not answer: {said}. Check the server and the connection settings.") from error

    return checked


def _existing(path: Path) -> Path:
    return next(folder for folder in (path.resolve(), *path.resolve().parents) if folder.exists())


def _packages(settings: Settings) -> str:
    requirements = installation.declared()
    if problems := installation.unmet(requirements):
        raise Problem(installation.sentence(problems))
    return f"required packages installed: {installation.count_required(requirements)}"


def _settings(settings: Settings) -> str:
    if sentences := Settings.without_effect():  # not a problem: an older service's environment may be reused
        return "\n".join([f"variables without effect: {len(sentences)}", *(f"    {line}" for line in sentences)])
    return "no variables without effect"


_CHECKS: dict[str, Check] = {
    "packages": _packages,
    "settings": _settings,
    "alt-db": _database("alt"),
    "recap-db": _database("recap"),
    "Dagster storage": _answering(_dagster_storage),
    "models": _models,
    "data files": _data_files,
    "broker": _broker,
    "workers": _answering(_workers),
    "daemon": _answering(_daemon),
    "webserver": _answering(_webserver),
    "adapter": _adapter,
    "recent runs": _answering(_recent_runs),
    "tagging": _rehearsal(rehearsal.tag_one_article),
    "genre run": _rehearsal(rehearsal.finish_one_genre_run),
    "label graph": _rehearsal(rehearsal.build_one_edge),
    "disk": _disk,
}

_REMEDIES = {
    "alt_db": "The line alt-db has the remedy.",
    "recap_db": "The line recap-db has the remedy.",
    "dagster": "The line webserver has the remedy.",
    "daemon": "The line daemon has the remedy.",
    "workers": "The line workers has the remedy.",
    "tagging": "Open the failed run in Dagster's UI; docs/how-to.md explains how to read it.",
}
"""What to do about a component of the adapter's readiness."""
