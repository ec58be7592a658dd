"""The DSN of Dagster's storage, for processes that read it without importing Dagster (60 MB, a second)."""

from alt_pipelines.database.engines import dagster_url
from alt_pipelines.settings import Settings

# Dagster opens a connection per event, and retries connecting but not statements. Without these options a process waits
# for a vanished server until the kernel gives up; with them it notices within 30 s.
_CONNECTION = {
    "connect_timeout": "5",
    "keepalives": "1",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}


def storage_url(settings: Settings) -> str:
    """Return the DSN of Dagster's storage, with default time-outs; starts the embedded server if no other is named."""
    url = dagster_url(settings)
    options = {"application_name": "dagster", **_CONNECTION}
    missing = {name: value for name, value in options.items() if name not in url.query}
    return url.update_query_dict(missing).render_as_string(hide_password=False)
