"""Doctor's checks that need the embedded servers are skipped while the stack is stopped: all would report the same."""

from collections.abc import Sequence, Set

from alt_pipelines.database import embedded
from alt_pipelines.settings import Settings
from alt_pipelines.stack.home import Home


def stopped_servers(settings: Settings) -> Set[str]:
    """Return the databases, and `broker`, that the stack on this machine would run, if it is stopped."""
    databases = {server for server, url in database_urls(settings).items() if url is None}
    if not databases or embedded.is_running(settings.execution.home.resolve() / "postgres"):
        return frozenset()
    return databases | ({"broker"} if settings.execution.broker_url is None else set())


def sentence(settings: Settings, skipped: Sequence[str]) -> str:
    """Say that the stack is not running, with the remedy, and which checks are skipped."""
    home = Home(settings.execution.home)
    said = f"the stack in {home.path} is not running: `alt-pipelines up`"
    if home.is_in_use():
        said = f"the stack in {home.path} is starting, or restarts its Postgres: wait a minute, or read its logs"
    return f"{said}. Checks that need it, skipped: {len(skipped)} ({', '.join(skipped)})."


def database_urls(settings: Settings) -> dict[str, object]:
    """Return the URL of each database; None for one on the embedded server."""
    return {
        "alt": settings.alt_db.url,
        "recap": settings.recap_db.url,
        "dagster": settings.execution.dagster_storage_url,
    }
