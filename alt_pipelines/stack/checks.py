"""What the checks of `doctor` share: their type, a problem with its remedy, and access to a database.

A check is a function that returns a sentence if all is well, or raises `Problem`. It starts, repairs and changes
nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Literal, TypeVar

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database import embedded
from alt_pipelines.database.engines import alt_url, dagster_url, make_engine, recap_url
from alt_pipelines.database.error_messages import first_line_of, sentence_of
from alt_pipelines.database.refusals import answer_of, sqlstate_of
from alt_pipelines.settings import PoolSettings, Settings
from alt_pipelines.stack.stopped import database_urls

START = "Start the stack with `alt-pipelines up`"
_POOL = PoolSettings(size=1, overflow=1, connect_timeout_seconds=3)

_T = TypeVar("_T")
Check = Callable[[Settings], _T]


class Problem(Exception):  # noqa: N818 - a finding, not a failure of the program
    """A check found a problem; the message describes it and gives the remedy."""


class Absent(Problem):
    """A part of the stack does not run; an installation that has no such part has no problem."""


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


_OURS = {
    "25006": "is read-only. The line of the database has the remedy.",
    "42501": "denied a right. `alt-pipelines db grants` prints the statement that gives it; if it prints none, the "
    "cause is on the server, such as a row policy.",
}
_DAGSTERS = {
    "25006": "is read-only. The line Dagster storage has the remedy.",
    "42P01": f"lacks a table of Dagster. {START}, which creates them.",
    "42703": "lacks a column of Dagster's tables: another version of Dagster has created them.",
    "42501": "denied a right. The role of DAGSTER_POSTGRES_URL must own Dagster's tables.",
}


def answering(database: Literal["alt", "recap", "dagster"]) -> Callable[[Check[_T]], Check[_T]]:
    """Wrap a check that reads a database, so that an error of the database becomes a `Problem` with a remedy."""
    name = "Dagster's database" if database == "dagster" else f"{database}-db"
    advice = _DAGSTERS if database == "dagster" else _OURS

    def wrap(check: Check[_T]) -> Check[_T]:
        @wraps(check)
        def checked(settings: Settings) -> _T:
            try:
                return check(settings)
            except DBAPIError as error:
                if answer_of(error.orig) or sqlstate_of(error.orig):
                    raise Problem(sentence_of(error, name, advice)) from error
                raise Problem(
                    f"does not answer: {first_line_of(error)}. Check the server and the connection settings."
                ) from error

        return checked

    return wrap
