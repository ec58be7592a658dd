"""Find the processes that use the databases, before a command replaces or removes what they work on."""

import time

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from alt_pipelines.database.session import session_options
from alt_pipelines.processes import stack_in
from alt_pipelines.settings import Settings

_CLOSING_SECONDS = 2.0  # a server needs a moment to end the session of a process that has just ended
_SHOWN = 5
_OWN_NAMES = ("alt-%", "dagster%", "label-graph", "learning")
_SESSIONS = """
    SELECT coalesce(nullif(application_name, ''), 'a client without a name') AS name, pid
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
      AND (:all OR application_name LIKE ANY (:own))
    ORDER BY name, pid
"""


class InUseError(RuntimeError):
    """Processes use a database; the message names them and gives the remedy."""


def refuse_if_stack_runs(settings: Settings, what: str) -> None:
    """Check that no stack runs in the installation's folder.

    Raises:
        InUseError: a stack runs.
    """
    home = settings.execution.home.resolve()
    stack = stack_in(home)
    if stack is not None:
        raise InUseError(
            f"The stack in {home} is running ({stack}), and {what} what it works on. Stop it with Ctrl-C in its "
            "terminal first."
        )


def refuse_if_connected(name: str, url: URL, what: str, *, only_ours: bool) -> None:
    """Check that no other process is connected to a database; ``only_ours``: whether only our sessions count.

    Raises:
        InUseError: a process is connected.
    """
    until = time.monotonic() + _CLOSING_SECONDS
    while found := _sessions(url, only_ours):
        if time.monotonic() > until:
            shown = ", ".join(found[:_SHOWN]) + (f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else "")
            raise InUseError(f"{name}-db is in use, and {what} what these processes work on. Stop them first: {shown}.")
        time.sleep(0.1)


def _sessions(url: URL, only_ours: bool) -> list[str]:
    named = {"application_name": "alt-in-use", "options": session_options(url)}
    engine = create_engine(url, poolclass=NullPool, connect_args=named)
    with engine.connect() as connection:
        rows = connection.execute(text(_SESSIONS), {"all": not only_ours, "own": list(_OWN_NAMES)})
        return [f"{row.name} (server process {row.pid})" for row in rows]
