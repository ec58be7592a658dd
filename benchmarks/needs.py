"""What benchmarks need to be there. Each function ends the benchmark with one sentence and the remedy."""

import time

import httpx
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database import embedded
from alt_pipelines.database.engines import alt_url, make_engine
from alt_pipelines.database.error_messages import sentence_of
from alt_pipelines.settings import PoolSettings, Settings, postgres_url
from alt_pipelines.stack.part_checks import LOADING_SECONDS, MODELS_LOADING

_START = "Start the stack with `make run` (or `alt-pipelines up`) in another terminal"


def alt_db(dsn: str | None, application: str) -> Engine:
    """Return an engine of the alt-db at `dsn`, by default the one of the environment; it answers.

    Raises:
        SystemExit: it does not answer, or it is the embedded server and not running.
    """
    settings = Settings.from_environment()
    if dsn is None and settings.alt_db.url is None:
        folder = settings.execution.home.resolve() / "postgres"
        if not embedded.is_running(folder):
            raise SystemExit(
                f"The embedded Postgres in {folder} is not running. {_START}, or name a database by --dsn."
            )
    engine = make_engine(postgres_url(dsn) if dsn else alt_url(settings), PoolSettings(), application=application)
    try:
        with engine.connect():
            return engine
    except DBAPIError as error:
        raise SystemExit(sentence_of(error)) from None


def adapter(url: str) -> str:
    """Return the address of an adapter that is ready; waits for a process of it that is loading its models.

    Raises:
        SystemExit: it does not answer, or it is not ready.
    """
    began = time.monotonic()
    try:
        answer = httpx.get(f"{url}/health/ready", timeout=10)
        while MODELS_LOADING in answer.text and time.monotonic() - began < LOADING_SECONDS:
            time.sleep(1)
            answer = httpx.get(f"{url}/health/ready", timeout=10)
    except httpx.HTTPError as error:
        raise SystemExit(
            f"{url} does not answer ({type(error).__name__}). {_START}, or name another adapter by --api."
        ) from None
    if answer.status_code != 200:
        raise SystemExit(f"{url} is not ready: {answer.text[:300]}. `alt-pipelines doctor` names the remedy.")
    return url
