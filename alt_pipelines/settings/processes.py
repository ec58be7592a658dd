"""Settings of the processes: the HTTP adapter, Dagster and the workers, log lines."""

import os
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import SecretStr, model_validator

from alt_pipelines.settings.reading import PROJECT_ROOT, CommaSeparated, SettingsGroup, env


class ServerSettings(SettingsGroup):
    """The HTTP adapter: address, worker processes, authentication."""

    host: str = env("HOST", default="127.0.0.1")
    port: int = env("PORT", default=9400, ge=1, le=65535)
    workers: int | None = env("RECAP_SUBWORKER_GUNICORN_WORKERS", "GUNICORN_WORKERS", default=None, ge=1)
    max_requests: int = env("RECAP_SUBWORKER_GUNICORN_MAX_REQUESTS", "GUNICORN_MAX_REQUESTS", default=0, ge=0)
    max_requests_jitter: int = env(
        "RECAP_SUBWORKER_GUNICORN_MAX_REQUESTS_JITTER", "GUNICORN_MAX_REQUESTS_JITTER", default=50, ge=0
    )
    worker_timeout_seconds: int = env(
        "RECAP_SUBWORKER_GUNICORN_WORKER_TIMEOUT", "GUNICORN_WORKER_TIMEOUT", default=120, ge=1
    )
    max_body_bytes: int = env("ALT_PIPELINES_MAX_BODY_BYTES", default=10 * 1024 * 1024, ge=1024)
    service_secret: SecretStr | None = env("SERVICE_SECRET", default=None)
    jwt_secret: SecretStr | None = env("JWT_SECRET", "BACKEND_TOKEN_SECRET", default=None)
    jwt_jwks_url: str | None = env("JWT_JWKS_URL", default=None)
    jwt_algorithms: CommaSeparated = env("JWT_ALGORITHMS", default=())
    jwt_issuer: str | None = env("JWT_ISSUER", default=None)
    jwt_audience: str | None = env("JWT_AUDIENCE", default=None)
    metrics_dir: Path | None = env("PROMETHEUS_MULTIPROC_DIR", default=None)

    @model_validator(mode="after")
    def _one_kind_of_key(self) -> Self:
        """A public key accepted as an HMAC secret would let anybody sign: the two kinds are never mixed."""
        if self.jwt_secret is not None and self.jwt_jwks_url is not None:
            raise ValueError("JWT_SECRET and JWT_JWKS_URL are both set; user tokens are verified by one of them.")
        hmac = [name for name in self.jwt_algorithms if name.startswith("HS")]
        if self.jwt_secret is not None and len(hmac) != len(self.jwt_algorithms):
            raise ValueError(f"JWT_ALGORITHMS is {','.join(self.jwt_algorithms)}: with JWT_SECRET only HS256/384/512.")
        if self.jwt_jwks_url is not None and hmac:
            raise ValueError(f"JWT_ALGORITHMS holds {hmac[0]}: with JWT_JWKS_URL only signatures by public keys.")
        return self

    @cached_property
    def accepted_algorithms(self) -> tuple[str, ...]:
        """Signatures that user tokens may carry: what is set, else what the configured kind of key is for."""
        return self.jwt_algorithms or (("HS256",) if self.jwt_secret is not None else ("RS256", "ES256"))

    @cached_property
    def worker_processes(self) -> int:
        """Processes of the adapter. It waits for databases more than it computes: one a core, four are plenty."""
        return self.workers or min(4, os.cpu_count() or 1)


class ExecutionSettings(SettingsGroup):
    """Dagster, its storage and the warm workers."""

    home: Path = env("ALT_PIPELINES_HOME", default=PROJECT_ROOT / ".alt")
    dagster_storage_url: SecretStr | None = env("DAGSTER_POSTGRES_URL", default=None)
    webserver_url: str = env("DAGSTER_WEBSERVER_URL", default="http://127.0.0.1:3000")
    broker_url: SecretStr | None = env("ALT_BROKER_URL", "CELERY_BROKER_URL", default=None)
    code_server_host: str = env("ALT_CODE_SERVER_HOST", default="127.0.0.1")
    code_server_port: int = env("ALT_CODE_SERVER_PORT", default=4266, ge=1, le=65535)
    tagging_processes: int = env("ALT_TAGGING_PROCESSES", default=1, ge=1)
    recap_processes: int | None = env("ALT_RECAP_PROCESSES", default=None, ge=1)
    runs_per_process: int = env("ALT_WORKER_MAX_RUNS", default=400, ge=1)
    memory_per_process_mb: int = env("ALT_WORKER_MAX_MEMORY_MB", default=1500, ge=200)
    retention_days: int = env("ALT_RETENTION_DAYS", default=14, ge=1)

    @model_validator(mode="after")
    def _is_redis(self) -> Self:
        if self.broker_url is not None:
            scheme = self.broker_url.get_secret_value().split("://")[0]
            if scheme not in ("redis", "rediss", "redis+socket"):
                raise ValueError(
                    f"ALT_BROKER_URL is a {scheme!r} URL; the broker is Redis or Valkey, as redis://host:6379/0."
                )
        return self

    def process_counts(self, cores: int, genre_runs: int) -> dict[str, int]:
        """Worker processes by queue: those set, else what the cores allow, at most `genre_runs` for recap."""
        recap = self.recap_processes or max(1, min(genre_runs, cores - self.tagging_processes))
        return {"tagging": self.tagging_processes, "recap": recap}


class TracingSettings(SettingsGroup):
    """Traces: where they are sent, by OTLP over HTTP; nowhere without an address."""

    endpoint: str | None = env("OTEL_EXPORTER_OTLP_ENDPOINT", default=None)
    service_name: str = env("OTEL_SERVICE_NAME", default="alt-pipelines")


class LoggingSettings(SettingsGroup):
    """Log lines: JSON by default, for people with `console`."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = env("LOG_LEVEL", "RECAP_SUBWORKER_LOG_LEVEL", default="INFO")
    format: Literal["json", "console"] = env("LOG_FORMAT", default="json")
