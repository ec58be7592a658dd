"""Settings of the processes: the HTTP adapter, Dagster and the workers, traces, log lines."""

import os
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import SecretStr, field_validator, model_validator

from alt_pipelines.settings.databases import postgres_url
from alt_pipelines.settings.reading import CommaSeparated, SettingsGroup, env
from alt_pipelines.settings.shipped_files import default_home, usable_home
from alt_pipelines.settings.urls import ENCODE, is_misread


def url_at(host: str, port: int) -> str:
    """Return the URL at which a client on this machine reaches a server that listens on `host`."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{reached}:{port}"


class ServerSettings(SettingsGroup):
    """The HTTP adapter: address, worker processes, authentication."""

    host: str = env("HOST", "RECAP_SUBWORKER_HOST", default="127.0.0.1", description="Address to listen on.")
    port: int = env("PORT", default=9400, ge=1, le=65535, description="Port to listen on.")
    workers: int | None = env(
        "RECAP_SUBWORKER_GUNICORN_WORKERS",
        "GUNICORN_WORKERS",
        default=None,
        ge=1,
        description="Number of adapter processes. Default: one per core, at most four.",
    )
    max_requests: int = env(
        "RECAP_SUBWORKER_GUNICORN_MAX_REQUESTS",
        "GUNICORN_MAX_REQUESTS",
        default=0,
        ge=0,
        description="Requests after which a process is replaced. 0: never.",
    )
    max_requests_jitter: int = env(
        "RECAP_SUBWORKER_GUNICORN_MAX_REQUESTS_JITTER",
        "GUNICORN_MAX_REQUESTS_JITTER",
        default=50,
        ge=0,
        description="Maximum random addition to that number, so that processes are not replaced together.",
    )
    worker_timeout_seconds: int = env(
        "RECAP_SUBWORKER_GUNICORN_WORKER_TIMEOUT",
        "GUNICORN_WORKER_TIMEOUT",
        default=120,
        ge=1,
        description="Seconds without a heartbeat after which a process is replaced.",
    )
    max_body_bytes: int = env(
        "ALT_PIPELINES_MAX_BODY_BYTES",
        default=10 * 1024 * 1024,
        ge=1024,
        description="Maximum size of a request body, in bytes. A larger body gets 413.",
    )
    service_secret: SecretStr | None = env(
        "SERVICE_SECRET", default=None, description="Token that services send as `X-Service-Token`."
    )
    jwt_secret: SecretStr | None = env(
        "JWT_SECRET",
        "BACKEND_TOKEN_SECRET",
        default=None,
        description="Key that verifies users' tokens (HMAC). Set this or `JWT_JWKS_URL`.",
    )
    jwt_jwks_url: str | None = env(
        "JWT_JWKS_URL", default=None, description="URL of the public keys that verify users' tokens."
    )
    jwt_algorithms: CommaSeparated = env(
        "JWT_ALGORITHMS",
        default=(),
        description="Accepted signature algorithms, comma-separated. Default: HS256 with a secret, else RS256, ES256.",
    )
    jwt_issuer: str | None = env("JWT_ISSUER", default=None, description="Required `iss` of users' tokens.")
    jwt_audience: str | None = env(
        "JWT_AUDIENCE",
        default=None,
        description="Required `aud` of users' tokens. Default: any, because the platform's tokens name its backend.",
    )
    metrics_dir: Path | None = env(
        "PROMETHEUS_MULTIPROC_DIR",
        default=None,
        description="Folder in which the adapter's processes share metrics. Default: a temporary folder.",
    )

    @model_validator(mode="after")
    def _one_kind_of_key(self) -> Self:
        """Reject a mix of both kinds of key: a public key accepted as an HMAC secret would let anyone sign."""
        if self.jwt_secret is not None and self.jwt_jwks_url is not None:
            raise ValueError("JWT_SECRET and JWT_JWKS_URL are both set. Unset one of them.")
        hmac = [name for name in self.jwt_algorithms if name.startswith("HS")]
        if self.jwt_secret is not None and len(hmac) != len(self.jwt_algorithms):
            raise ValueError(f"JWT_ALGORITHMS is {','.join(self.jwt_algorithms)}: with JWT_SECRET only HS256/384/512.")
        if self.jwt_jwks_url is not None and hmac:
            raise ValueError(f"JWT_ALGORITHMS holds {hmac[0]}: with JWT_JWKS_URL only signatures by public keys.")
        return self

    @cached_property
    def accepted_algorithms(self) -> tuple[str, ...]:
        """The signature algorithms accepted in user tokens: JWT_ALGORITHMS, else those of the kind of key in use."""
        return self.jwt_algorithms or (("HS256",) if self.jwt_secret is not None else ("RS256", "ES256"))

    @property
    def url(self) -> str:
        """The address at which a client on this machine reaches the adapter."""
        return url_at(self.host, self.port)

    @cached_property
    def worker_processes(self) -> int:
        """The number of adapter processes: as set, else one per core, at most four; it mostly waits for databases."""
        return self.workers or min(4, os.cpu_count() or 1)


class ExecutionSettings(SettingsGroup):
    """Dagster, its storage and the warm workers."""

    home: Path = env(
        "ALT_PIPELINES_HOME",
        default=default_home(),
        shown_default="`.alt/` of a checkout, else `~/.local/share/alt-pipelines`",
        description="Folder for the data of embedded servers, logs and secrets.",
    )
    dagster_storage_url: SecretStr | None = env(
        "DAGSTER_POSTGRES_URL", default=None, description="Database of Dagster. Default: the embedded server."
    )
    webserver_url: str = env(
        "DAGSTER_WEBSERVER_URL",
        default="http://127.0.0.1:3000",
        description="URL of Dagster's webserver, used by the adapter and `doctor`.",
    )
    broker_url: SecretStr | None = env(
        "ALT_BROKER_URL",
        "CELERY_BROKER_URL",
        default=None,
        description="URL of Redis or Valkey, for example `redis://host:6379/0`. Default: an embedded broker.",
    )
    code_server_host: str = env(
        "ALT_CODE_SERVER_HOST",
        default="127.0.0.1",
        description="Host of the code server. `up` starts its own on this machine.",
    )
    code_server_port: int = env(
        "ALT_CODE_SERVER_PORT", default=4266, ge=1, le=65535, description="Port of the code server."
    )
    tagging_processes: int = env("ALT_TAGGING_PROCESSES", default=1, ge=1, description="Processes of a tagging worker.")
    recap_processes: int | None = env(
        "ALT_RECAP_PROCESSES",
        "RECAP_SUBWORKER_PIPELINE_WORKER_PROCESSES",
        "RECAP_PIPELINE_WORKER_PROCESSES",
        default=None,
        ge=1,
        description="Processes per recap worker. Default: the cores not used by tagging, at least "
        "two, but never more than `RECAP_SUBWORKER_MAX_BACKGROUND_RUNS`.",
    )
    recap_idle_seconds: float = env(
        "ALT_RECAP_IDLE_SECONDS",
        default=300.0,
        ge=0,
        description="Seconds without a run after which a recap process gives up its models. 0: never.",
    )
    runs_per_process: int = env(
        "ALT_WORKER_MAX_RUNS",
        "RECAP_SUBWORKER_PIPELINE_WORKER_MAX_TASKS_PER_CHILD",
        default=400,
        ge=1,
        description="Dagster runs after which a worker process is replaced.",
    )
    memory_per_process_mb: int = env(
        "ALT_WORKER_MAX_MEMORY_MB",
        default=1500,
        ge=200,
        description="Memory above which a worker process is replaced after its run, in MB.",
    )
    payload_retention_days: int = env(
        "ALT_PAYLOAD_RETENTION_DAYS",
        default=30,
        ge=1,
        description="Days after which the documents of a finished genre run's request are deleted, except for the "
        "newest request of each genre.",
    )
    genre_retention_days: int = env(
        "ALT_GENRE_RETENTION_DAYS",
        default=180,
        ge=1,
        description="Days after the last run of a genre until its partition and metrics are deleted.",
    )
    retention_days: int = env(
        "ALT_RETENTION_DAYS", default=14, ge=1, description="Days after which finished runs and events are deleted."
    )

    @field_validator("home")
    @classmethod
    def _is_usable(cls, value: Path) -> Path:
        return usable_home(value)

    @model_validator(mode="after")
    def _is_redis(self) -> Self:
        if self.broker_url is not None:
            value = self.broker_url.get_secret_value()
            scheme, mark, _ = value.partition("://")
            if not mark:
                raise ValueError(f"ALT_BROKER_URL is not a URL; expected redis://host:6379/0. {ENCODE}.")
            if scheme not in ("redis", "rediss", "redis+socket"):
                raise ValueError(
                    f"ALT_BROKER_URL is a {scheme!r} URL; the broker is Redis or Valkey, as redis://host:6379/0."
                )
            if scheme != "redis+socket" and is_misread(value):
                raise ValueError(f"ALT_BROKER_URL is not as redis://user:password@host:6379/0. {ENCODE}.")
        return self

    @model_validator(mode="after")
    def _is_postgres(self) -> Self:
        if self.dagster_storage_url is not None:
            try:
                postgres_url(self.dagster_storage_url.get_secret_value())
            except ValueError as error:
                raise ValueError(f"DAGSTER_POSTGRES_URL is {error}.") from None
        return self

    def process_counts(self, cores: int, genre_runs: int) -> dict[str, int]:
        """Return the worker processes per queue: as set, else recap gets the remaining cores, at most `genre_runs`.

        Recap gets at least two if `genre_runs` allows it, so that one always stays free of suspects: runs that lost
        their worker or exceeded their time limit before.
        """
        recap = self.recap_processes or min(genre_runs, max(2, cores - self.tagging_processes))
        return {"tagging": self.tagging_processes, "recap": recap}


class TracingSettings(SettingsGroup):
    """Traces, sent by OTLP over HTTP. Requires the extra `otel`."""

    endpoint: str | None = env(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        default=None,
        description="URL of the collector, for example `http://collector:4318`. Default: traces are not sent.",
    )
    service_name: str = env("OTEL_SERVICE_NAME", default="alt-pipelines", description="Name of the service in traces.")


class LoggingSettings(SettingsGroup):
    """Log lines."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = env(
        "LOG_LEVEL",
        "RECAP_SUBWORKER_LOG_LEVEL",
        "TAG_LOG_LEVEL",
        default="INFO",
        description="Minimum level of log lines; case-insensitive.",
    )
    format: Literal["json", "console"] = env(
        "LOG_FORMAT", default="json", description="`json` for log collectors, `console` for terminals."
    )

    @field_validator("level", mode="before")
    @classmethod
    def _in_capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


class AlertSettings(SettingsGroup):
    """Alerts to a webhook: repeated failures, stale assets, failing checks."""

    webhook_url: SecretStr | None = env(
        "ALERT_WEBHOOK_URL",
        default=None,
        description="URL that receives alerts as JSON with a `text`, as chat services' incoming webhooks do.",
    )
    after_failures: int = env(
        "ALERT_AFTER_FAILURES",
        default=2,
        ge=1,
        le=100,
        description="Consecutive failed runs of a job after which an alert is sent.",
    )
    quiet_seconds: float = env(
        "ALERT_QUIET_SECONDS",
        default=3600.0,
        ge=0,
        description="Seconds for which a condition that ends and recurs is not reported again.",
    )
