"""Doctor's checks that need the embedded servers are skipped while the stack is stopped: all would report the same."""

from collections.abc import Sequence

from alt_pipelines.database import embedded
from alt_pipelines.settings import Settings
from alt_pipelines.stack.home import Home

_SERVERS = {
    "alt-db": ("alt",),
    "recap-db": ("recap",),
    "Dagster storage": ("dagster",),
    "broker": ("broker",),
    "workers": ("dagster",),
    "daemon": ("dagster",),
    "webserver": ("dagster",),
    "adapter": ("alt", "recap", "dagster"),
    "recent runs": ("dagster",),
    "tagging": ("alt",),
    "genre run": ("recap",),
    "label graph": ("recap",),
}
"""The servers that a check needs."""


def skipped_checks(settings: Settings) -> list[str]:
    """Return the names of the checks that need a server of the stack on this machine, if the stack is stopped."""
    databases = {server for server, url in database_urls(settings).items() if url is None}
    if not databases or embedded.is_running(settings.execution.home.resolve() / "postgres"):
        return []
    stopped = databases | ({"broker"} if settings.execution.broker_url is None else set())
    return [check for check, servers in _SERVERS.items() if stopped.intersection(servers)]


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
