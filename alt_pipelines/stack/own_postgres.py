"""The embedded Postgres of a stack, for settings that leave at least one database to it.

The server is not a child of the supervisor.
"""

import time
from pathlib import Path

import structlog

from alt_pipelines.database import embedded
from alt_pipelines.settings import Settings

log = structlog.get_logger(__name__)

CHECK_SECONDS = 1.0


class OwnPostgres:
    """The server in a data folder; does nothing if the settings name every database."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        named = (settings.alt_db.url, settings.recap_db.url, settings.execution.dagster_storage_url)
        self._is_used = None in named
        self._folder = folder
        self._next_check = 0.0

    def keep(self) -> None:
        """Start the server again if it has ended. Checks at most once per second."""
        if not self._is_used or time.monotonic() < self._next_check:
            return
        self._next_check = time.monotonic() + CHECK_SECONDS
        try:
            if not embedded.is_running(self._folder):
                log.warning("postgres_restarted")
                embedded.ensure_running(self._folder)
        except embedded.EmbeddedServerError as error:
            log.error("postgres_start_failed", error=str(error))

    def stop(self) -> None:
        """Stop the server. If that fails, it keeps running, and the next start uses it."""
        if not self._is_used:
            return
        try:
            embedded.stop(self._folder)
        except embedded.EmbeddedServerError as error:
            log.warning("postgres_stop_failed", error=str(error), action="the next start uses the running server")
