"""What the checks of `doctor` share: their type, a problem with its remedy, and access to a database.

A check is a function that returns a sentence if all is well, or raises `Problem`. It starts, repairs and changes
nothing.
"""

from collections.abc import Callable
from functools import wraps

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database import embedded
from alt_pipelines.database.engines import alt_url, dagster_url, make_engine, recap_url
from alt_pipelines.database.error_messages import sentence_of
from alt_pipelines.database.refusals import answer_of, sqlstate_of
from alt_pipelines.settings import PoolSettings, Settings
from alt_pipelines.stack.stopped import database_urls

START = "Start the stack with `alt-pipelines up`"
_POOL = PoolSettings(size=1, overflow=1, connect_timeout_seconds=3)

Check = Callable[[Settings], str]


class Problem(Exception):  # noqa: N818 - a finding, not a failure of the program
    """A check found a problem; the message describes it and gives the remedy."""


def engine_of(settings: Settings, which: str) -> Engine:
    """Return an engine for a database. A check never starts the embedded server.

    Raises:
        Problem: the embedded server is not running.
    """
    postgres = settings.execution.home.resolve() / "postgres"
    if database_urls(settings)[which] is None and not embedded.is_running(postgres):
        there = "is not running" if postgres.exists() else "has not been created yet"
        raise Problem(f"the embedded Postgres in {postgres} {there}. {START}.")
    url = {"alt": alt_url, "recap": recap_url, "dagster": dagster_url}[which](settings)
    return make_engine(url, _POOL, application="alt-doctor")


def answering(check: Check) -> Check:
    """Wrap a check so that a database error becomes a `Problem` with a remedy."""

    @wraps(check)
    def checked(settings: Settings) -> str:
        try:
            return check(settings)
        except DBAPIError as error:
            said = str(error.orig).strip().splitlines()[0]
            if getattr(error.orig, "pgcode", None) is not None:  # the database answered with an error
                raise Problem(
                    f"the database refused a statement: {said}. `alt-pipelines db grants` lists missing rights."
                ) from error
            if answer_of(error.orig) or sqlstate_of(error.orig):
                raise Problem(sentence_of(error, "the server")) from error
            raise Problem(f"does not answer: {said}. Check the server and the connection settings.") from error

    return checked
