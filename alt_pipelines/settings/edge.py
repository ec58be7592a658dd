"""Settings of the HTTP adapter's edge: a second port, tokens for groups of paths, and limits on clients."""

from typing import Literal

from pydantic import SecretStr

from alt_pipelines.settings.reading import SettingsGroup, env


class EdgeSettings(SettingsGroup):
    """Tokens that the adapter requires from clients, and limits on clients. Limits are per process of the adapter."""

    recap_port: int | None = env(
        "RECAP_SUBWORKER_PORT",
        default=None,
        ge=1,
        le=65535,
        description="Second port to listen on, for clients of the old recap-subworker. Default: none; with "
        "`alt-pipelines up` 8002.",
    )
    runs_token: SecretStr | None = env(
        "RUNS_TOKEN",
        default=None,
        description="Token required by /v1/runs and the reader's pages (`Authorization: Bearer`). Default: none.",
    )
    admin_token: SecretStr | None = env(
        "ADMIN_TOKEN",
        default=None,
        description="Token required by /admin (`Authorization: Bearer`). Default: none.",
    )
    extract_tags_auth: Literal["service", "none"] = env(
        "EXTRACT_TAGS_AUTH",
        default="service",
        description="Callers of extract-tags send the service token. `none`: a service mesh has authenticated them.",
    )
    text_seconds: float = env(
        "ALT_PIPELINES_TEXT_SECONDS",
        default=10.0,
        gt=0,
        le=600,
        description="CPU seconds for tagging the text of a request; the wall-clock limit is three times that.",
    )
    text_processes: int = env(
        "ALT_PIPELINES_TEXT_PROCESSES",
        default=1,
        ge=1,
        le=64,
        description="Child processes that tag texts of requests, per process of the adapter.",
    )
    max_connections: int = env(
        "ALT_PIPELINES_MAX_CONNECTIONS",
        default=500,
        ge=10,
        description="Maximum number of open connections. One more closes the longest idle one, or gets 503.",
    )
    header_seconds: float = env(
        "ALT_PIPELINES_HEADER_SECONDS",
        default=15.0,
        gt=0,
        description="Time limit for receiving a request's header, in seconds (408).",
    )
    body_seconds: float = env(
        "ALT_PIPELINES_BODY_SECONDS",
        default=60.0,
        gt=0,
        description="Time limit for receiving a request's body, in seconds (408).",
    )
    body_stall_seconds: float = env(
        "ALT_PIPELINES_BODY_STALL_SECONDS",
        default=10.0,
        gt=0,
        description="Maximum pause within a request's body, in seconds (408).",
    )
    write_seconds: float = env(
        "ALT_PIPELINES_WRITE_SECONDS",
        default=60.0,
        gt=0,
        description="Seconds after which the connection to a client that does not read its response is aborted.",
    )
    max_body_memory_bytes: int = env(
        "ALT_PIPELINES_MAX_BODY_MEMORY_BYTES",
        default=64 * 1024 * 1024,
        ge=1024 * 1024,
        description="Memory for all request bodies in progress, in bytes. A body that does not fit gets 503.",
    )
    max_unfinished_runs: int = env(
        "ALT_PIPELINES_MAX_UNFINISHED_RUNS",
        default=500,
        ge=1,
        description="Maximum number of unfinished genre runs. One more gets 429.",
    )
    dagster_ui_url: str | None = env(
        "DAGSTER_UI_URL",
        default=None,
        description="URL of Dagster's UI, for links to runs. Default: DAGSTER_WEBSERVER_URL.",
    )
    public_url: str | None = env(
        "ALT_PIPELINES_PUBLIC_URL",
        default=None,
        description="Address of the adapter in links from Dagster's UI. Default: the address that it listens on.",
    )
    installation: str | None = env(
        "ALT_PIPELINES_INSTALLATION",
        default=None,
        max_length=64,
        description="Name of this installation. Default: a hash of host name and home folder.",
    )
