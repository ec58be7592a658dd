"""The one place that reads the environment: variables in, typed and checked settings out.

Each group is a frozen model; each field names the variables that set it, first match wins. A variable that holds a
secret may instead be given as `<NAME>_FILE`, the path of a file that holds the value (how Docker and Kubernetes hand
out secrets). An empty variable counts as not set. Anything wrong raises `SettingsError`, whose text names the
variable, what it was and what is allowed; the value of a secret is never in it.

What belongs here: names, defaults, bounds. What does not: anything that acts on them.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

PROJECT_ROOT = Path(__file__).resolve().parents[1]
DRIVER = "postgresql+psycopg2"  # SQLAlchemy 2.1 would take psycopg 3 for a plain postgresql:// URL

_Group = TypeVar("_Group", bound="SettingsGroup")


class SettingsError(ValueError):
    """Settings that cannot be used; the message says which variable, what it holds and what to do."""


class SettingsGroup(BaseModel):
    """Base of the groups: immutable, and read from the variables that its fields name."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Build the group from environment variables.

        Raises:
            SettingsError: a value is out of bounds, or a `_FILE` cannot be read.
        """
        found: dict[str, str] = {}
        names: dict[str, str] = {}
        for field, info in cls.model_fields.items():
            variables = (
                (info.json_schema_extra or {}).get("env", ()) if isinstance(info.json_schema_extra, dict) else ()
            )
            names[field] = " or ".join(variables)  # type: ignore[arg-type]
            for variable in variables:  # type: ignore[union-attr]
                value = _variable(str(variable), environ)
                if value is not None:
                    found[field] = value
                    names[field] = str(variable)
                    break
        try:
            return cls(**found)  # type: ignore[arg-type]
        except ValidationError as error:
            raise SettingsError(_sentence(cls, error, found, names)) from None


def env(*variables: str, **constraints: Any) -> Any:
    """A pydantic field that the named environment variables set."""
    default = constraints.pop("default", ...)
    return Field(default, json_schema_extra={"env": list(variables)}, **constraints)  # type: ignore[call-overload]


def _variable(name: str, environ: Mapping[str, str]) -> str | None:
    if environ.get(name):
        return environ[name]
    path = environ.get(f"{name}_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}_FILE is {path!r}, which cannot be read ({error}). Give a readable file.") from None


def _sentence(group: type[SettingsGroup], error: ValidationError, found: dict[str, str], names: dict[str, str]) -> str:
    lines = []
    for problem in error.errors():
        field = str(problem["loc"][0]) if problem["loc"] else ""
        message = problem["msg"].removeprefix("Value error, ")
        if not field:
            lines.append(message)
            continue
        secret = "Secret" in str(group.model_fields[field].annotation)
        value = "(hidden)" if secret else repr(found.get(field, ""))
        lines.append(f"{names[field] or field} is {value}: {message}.")
    return " ".join(lines)


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


CommaSeparated = Annotated[tuple[str, ...], BeforeValidator(_split)]


def postgres_url(value: str) -> URL:
    """A Postgres URL of any spelling (`postgres://`, `postgresql+asyncpg://`, ...) with the driver this project uses.

    Raises:
        ValueError: not a Postgres URL.
    """
    try:
        url = make_url(value)
    except ArgumentError:
        raise ValueError("not a database URL; expected postgresql://user:password@host:5432/name") from None
    if url.drivername.split("+")[0] not in ("postgresql", "postgres"):
        raise ValueError(f"a {url.drivername} URL; only Postgres is supported, as postgresql://...")
    return url.set(drivername=DRIVER)


class AltDatabaseSettings(SettingsGroup):
    """alt-db, articles and tags. With nothing set, the embedded server holds it."""

    user: str | None = env("DB_TAG_GENERATOR_USER", default=None)
    password: SecretStr | None = env("DB_TAG_GENERATOR_PASSWORD", default=None)
    host: str | None = env("DB_HOST", default=None)
    port: int | None = env("DB_PORT", default=None, ge=1, le=65535)
    name: str | None = env("DB_NAME", default=None)
    ssl_mode: str | None = env("DB_SSL_MODE", default=None)

    @model_validator(mode="after")
    def _all_or_none(self) -> Self:
        needed = {
            "DB_TAG_GENERATOR_USER": self.user,
            "DB_TAG_GENERATOR_PASSWORD": self.password,
            "DB_HOST": self.host,
            "DB_PORT": self.port,
            "DB_NAME": self.name,
        }
        missing = [variable for variable, value in needed.items() if value is None]
        if missing and len(missing) < len(needed):
            raise ValueError(
                f"The alt-db connection is incomplete: {', '.join(missing)} not set. "
                "Set all five DB_ variables, or none to use the embedded server."
            )
        return self

    @cached_property
    def url(self) -> URL | None:
        """The DSN with its password escaped, or None for the embedded server. The only place that assembles it."""
        if self.host is None or self.password is None:
            return None
        query = {"sslmode": self.ssl_mode} if self.ssl_mode else {}
        return URL.create(
            DRIVER, self.user, self.password.get_secret_value(), self.host, self.port, self.name, query=query
        )


class RecapDatabaseSettings(SettingsGroup):
    """recap-db: runs, learning, graph. With nothing set, the embedded server holds it."""

    dsn: SecretStr | None = env("RECAP_DB_URL", "RECAP_DB_DSN", "RECAP_SUBWORKER_DB_URL", default=None)

    @model_validator(mode="after")
    def _is_postgres(self) -> Self:
        if self.dsn is not None:
            try:
                postgres_url(self.dsn.get_secret_value())
            except ValueError as error:
                raise ValueError(f"RECAP_DB_URL is {error}.") from None
        return self

    @cached_property
    def url(self) -> URL | None:
        """The DSN, or None for the embedded server."""
        return None if self.dsn is None else postgres_url(self.dsn.get_secret_value())


class PoolSettings(SettingsGroup):
    """Connections of one process to one database, and how patiently a lost database is waited for."""

    size: int = env("ALT_DB_POOL_SIZE", default=3, ge=1, le=50)
    overflow: int = env("ALT_DB_POOL_OVERFLOW", default=5, ge=0, le=50)
    connect_timeout_seconds: int = env("ALT_DB_CONNECT_TIMEOUT_SECONDS", default=5, ge=1, le=60)
    statement_timeout_seconds: int = env("ALT_DB_STATEMENT_TIMEOUT_SECONDS", default=120, ge=1)
    retry_seconds: float = env("ALT_DB_RETRY_SECONDS", default=60.0, ge=0)
    retry_first_delay_seconds: float = env("ALT_DB_RETRY_FIRST_DELAY_SECONDS", default=0.5, gt=0)
    retry_longest_delay_seconds: float = env("ALT_DB_RETRY_LONGEST_DELAY_SECONDS", default=5.0, gt=0)


class EmbeddingSettings(SettingsGroup):
    """Sentence embedding: which model, on what, how batched."""

    backend: Literal["onnx", "sentence-transformers", "distill", "hash"] = env(
        "RECAP_SUBWORKER_MODEL_BACKEND", default="onnx"
    )
    model_path: Path | None = env("TAG_ONNX_MODEL_PATH", default=None)
    models_dir: Path = env("ALT_PIPELINES_MODELS", default=PROJECT_ROOT / "models")
    sentence_transformers_model: str = env("RECAP_SUBWORKER_MODEL_ID", default="BAAI/bge-m3")
    distill_model: str | None = env("RECAP_SUBWORKER_DISTILL_MODEL_ID", "DISTILL_MODEL_ID", default=None)
    device: str = env("RECAP_SUBWORKER_DEVICE", default="cpu")
    batch_size: int = env("RECAP_SUBWORKER_BATCH_SIZE", "TAG_ONNX_RUNTIME_BATCH_SIZE", default=64, ge=1, le=4096)
    max_batch_tokens: int = env("TAG_ONNX_MAX_BATCH_TOKENS", default=512, ge=64)  # a layer's activations fit the cache
    max_length: int = env("TAG_ONNX_MAX_LENGTH", default=256, ge=16, le=512)
    cache_size: int = env("RECAP_SUBWORKER_EMBED_CACHE_SIZE", default=50_000, ge=0)
    providers: CommaSeparated = env("TAG_ONNX_RUNTIME_PROVIDERS", default=("CPUExecutionProvider",))
    intra_op_threads: int = env("TAG_ONNX_INTRA_OP_THREADS", default=1, ge=0)
    inter_op_threads: int = env("TAG_ONNX_INTER_OP_THREADS", default=0, ge=0)  # batches side by side; 0: all cores


class TaggingSettings(SettingsGroup):
    """Continuous tagging: limits of an article, the cascade, the sensor."""

    max_tags: int = env("TAG_MAX_TAGS", default=10, ge=1, le=50)
    title_limit: int = env("TAG_TITLE_LIMIT", default=1000, ge=1)
    content_limit: int = env("TAG_CONTENT_LIMIT", default=100_000, ge=100)
    refine_below_confidence: float = env("TAG_CASCADE_CONFIDENCE", default=0.72, ge=0, le=1)
    refine_below_tags: int = env("TAG_CASCADE_MIN_TAGS", default=5, ge=0)
    slow_inference_ms: float = env("TAG_CASCADE_SLOW_MS", default=180.0, gt=0)
    refine_budget: float = env("TAG_CASCADE_MAX_REFINE_RATIO", default=0.35, ge=0, le=1)
    batch_limit: int = env("TAG_BATCH_LIMIT", default=200, ge=1, le=5000)
    batch_bytes: int = env("TAG_BATCH_BYTES", default=32 * 1024 * 1024, ge=1024)
    fetch_limit: int = env("TAG_FETCH_LIMIT", default=1_000_000, ge=1000)
    run_limit: int = env("TAG_RUN_LIMIT", default=20_000, ge=1)
    run_seconds: int = env("TAG_RUN_SECONDS", default=300, ge=1)
    linger_seconds: float = env("TAG_LINGER_SECONDS", default=8.0, ge=0)
    partitions_start: datetime = env("TAG_PARTITIONS_START", default=datetime(2026, 1, 1))
    interval_seconds: int = env("TAG_PROCESSING_INTERVAL", default=5, ge=1)
    tick_wait_seconds: float = env("TAG_TICK_WAIT_SECONDS", default=3.0, ge=0, le=30)
    probe_rows: int = env("TAG_PROBE_ROWS", default=5000, ge=10)
    sweep_seconds: int = env("TAG_SWEEP_INTERVAL", default=60, ge=10)
    overlap_seconds: int = env("TAG_CURSOR_OVERLAP_SECONDS", default=120, ge=0)
    hours_per_run: int = env("TAG_HOURS_PER_RUN", default=500, ge=1)
    max_attempts: int = env("TAG_MAX_ATTEMPTS", default=5, ge=1)
    retry_delay_seconds: int = env("TAG_RETRY_DELAY_SECONDS", default=60, ge=1)
    no_feed_recheck_seconds: int = env("TAG_NO_FEED_RECHECK_SECONDS", default=3600, ge=1)
    no_feed_longest_recheck_seconds: int = env("TAG_NO_FEED_LONGEST_RECHECK_SECONDS", default=86_400, ge=1)
    claim_seconds: int = env("TAG_CLAIM_SECONDS", default=120, ge=1)
    max_crashes: int = env("TAG_MAX_CRASHES", default=3, ge=1)
    min_tagged_share: float = env("TAG_HEALTH_MIN_TAGGED_SHARE", default=0.8, ge=0, le=1)
    lag_warning_seconds: int = env("TAG_HEALTH_LAG_SECONDS", default=900, ge=1)
    empty_ticks_warning: int = env("TAG_HEALTH_EMPTY_TICKS", default=720, ge=1)

    @field_validator("partitions_start")
    @classmethod
    def _start_of_an_hour(cls, value: datetime) -> datetime:
        """UTC without a zone, as articles.created_at is, at the start of its hour."""
        moment = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return moment.replace(minute=0, second=0, microsecond=0)


class RecapSettings(SettingsGroup):
    """Genre runs: budgets, deduplication, clustering, limits of execution."""

    max_total_sentences: int = env("RECAP_SUBWORKER_MAX_TOTAL_SENTENCES", default=6000, ge=20)
    max_docs_per_genre: int = env("RECAP_SUBWORKER_MAX_DOCS_PER_GENRE", default=5000, ge=3)
    max_sentences_per_doc: int = env("RECAP_SUBWORKER_MAX_SENTENCES_PER_DOC", default=200, ge=1)
    max_sentences_per_cluster: int = env("RECAP_SUBWORKER_MAX_SENTENCES_PER_CLUSTER", default=7, ge=1, le=50)
    default_min_cluster_size: int = env("RECAP_SUBWORKER_DEFAULT_HDBSCAN_MIN_CLUSTER_SIZE", default=5, ge=2)
    default_min_samples: int | None = env("RECAP_SUBWORKER_DEFAULT_HDBSCAN_MIN_SAMPLES", default=None, ge=1)
    default_umap_n_components: int = env("RECAP_SUBWORKER_DEFAULT_UMAP_N_COMPONENTS", default=25, ge=0, le=128)
    max_tokens_budget: int = env("RECAP_SUBWORKER_MAX_TOKENS_BUDGET", default=12_000, ge=100)
    dedup_threshold: float = env("RECAP_SUBWORKER_DEDUP_THRESHOLD", default=0.92, gt=0, le=1)
    clustering_strategy: Literal["articles", "umap"] = env("RECAP_SUBWORKER_CLUSTERING", default="articles")
    clustering_timeout_seconds: float = env("RECAP_SUBWORKER_CLUSTERING_TIMEOUT_SECONDS", default=300.0, gt=0)
    pipeline_mode: Literal["inprocess", "processpool"] = env("RECAP_SUBWORKER_PIPELINE_MODE", default="processpool")
    worker_processes: int = env("RECAP_SUBWORKER_PIPELINE_WORKER_PROCESSES", default=2, ge=1)
    max_background_runs: int = env("RECAP_SUBWORKER_MAX_BACKGROUND_RUNS", default=2, ge=1)
    run_timeout_seconds: int = env("RECAP_SUBWORKER_RUN_EXECUTION_TIMEOUT_SECONDS", default=900, ge=1)
    queue_warning_threshold: int = env("RECAP_SUBWORKER_QUEUE_WARNING_THRESHOLD", default=25, ge=1)
    stopwords_file: Path | None = env("RECAP_SUBWORKER_STOPWORDS_FILE", default=None)
    stopwords_extra: CommaSeparated = env("RECAP_SUBWORKER_STOPWORDS_EXTRA", default=())
    outbox_grace_seconds: float = env("RECAP_OUTBOX_GRACE_SECONDS", default=3.0, ge=0)


class GraphSettings(SettingsGroup):
    """The tag label graph."""

    enabled: bool = env("TAG_LABEL_GRAPH_ENABLED", default=True)
    ttl_seconds: int = env("TAG_LABEL_GRAPH_TTL_SECONDS", default=900, ge=60)
    max_tags: int = env("TAG_LABEL_GRAPH_MAX_TAGS", default=6, ge=1)
    min_confidence: float = env("TAG_LABEL_GRAPH_MIN_CONFIDENCE", default=0.55, ge=0, le=1)
    min_support: int = env("TAG_LABEL_GRAPH_MIN_SUPPORT", default=3, ge=1)


class LearningSettings(SettingsGroup):
    """Learning of the genre thresholds, and their receiver."""

    recap_worker_url: str | None = env("RECAP_WORKER_LEARNING_URL", default=None)
    timeout_seconds: float = env("RECAP_WORKER_LEARNING_TIMEOUT_SECONDS", default=5.0, gt=0)
    graph_window: Literal["7d", "30d"] = env("TAG_LABEL_GRAPH_WINDOW", default="7d")
    interval_hours: int = env("RECAP_LEARNING_INTERVAL_HOURS", default=4, ge=1, le=24)
    days: int = env("RECAP_LEARNING_DAYS", default=7, ge=1)
    max_rows: int = env("RECAP_LEARNING_MAX_ROWS", default=5000, ge=1)
    min_rows: int = env("RECAP_LEARNING_MIN_ROWS", default=100, ge=1)
    split_rows: int = env("RECAP_LEARNING_SPLIT_ROWS", default=200, ge=2)
    trials: int = env("RECAP_LEARNING_TRIALS", default=30, ge=1)
    seed: int = env("RECAP_LEARNING_SEED", default=42)


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


class LoggingSettings(SettingsGroup):
    """Log lines: JSON by default, for people with `console`."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = env("LOG_LEVEL", "RECAP_SUBWORKER_LOG_LEVEL", default="INFO")
    format: Literal["json", "console"] = env("LOG_FORMAT", default="json")


class Settings(BaseModel):
    """All settings of a process."""

    model_config = ConfigDict(frozen=True)

    alt_db: AltDatabaseSettings = AltDatabaseSettings()
    recap_db: RecapDatabaseSettings = RecapDatabaseSettings()
    pool: PoolSettings = PoolSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    tagging: TaggingSettings = TaggingSettings()
    recap: RecapSettings = RecapSettings()
    graph: GraphSettings = GraphSettings()
    learning: LearningSettings = LearningSettings()
    server: ServerSettings = ServerSettings()
    execution: ExecutionSettings = ExecutionSettings()
    logging: LoggingSettings = LoggingSettings()

    @staticmethod
    def environment() -> Mapping[str, str]:
        """The variables of this process, for those who read a single group."""
        return os.environ

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read every group; all problems are reported together.

        Raises:
            SettingsError: one sentence per variable that cannot be used.
        """
        source = cls.environment() if environ is None else environ
        groups: dict[str, SettingsGroup] = {}
        problems = []
        for name, info in cls.model_fields.items():
            group = info.annotation
            assert isinstance(group, type)
            assert issubclass(group, SettingsGroup)
            try:
                groups[name] = group.read(source)
            except SettingsError as error:
                problems.append(str(error))
        if problems:
            raise SettingsError(" ".join(problems))
        return cls(**groups)  # type: ignore[arg-type]
