"""The DSN of Dagster's storage, for processes that read it without importing Dagster (60 MB, a second)."""

from alt_pipelines.database.engines import dagster_url
from alt_pipelines.database.session import session_options
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
    """Return the DSN of Dagster's storage; starts the embedded server if no other is named.

    It has default time-outs and pins the settings of a session, because Dagster gets no more than this DSN. Dagster
    stores times without a zone, in the session's zone, and reads them as UTC.
    """
    url = dagster_url(settings)
    defaults = {"application_name": "dagster", **_CONNECTION}
    missing = {name: value for name, value in defaults.items() if name not in url.query}
    pinned = {"options": session_options(url)}
    return url.update_query_dict(missing | pinned).render_as_string(hide_password=False)
