"""Settings of the work: embedding, tagging, genre runs, the label graph, learning."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import field_validator

from alt_pipelines.settings.reading import PROJECT_ROOT, CommaSeparated, SettingsGroup, env


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
    parallel_runs: int = env("TAG_PARALLEL_RUNS", default=1, ge=1, le=1000)  # in a backlog; no more than processes
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
    """Genre runs: budgets, deduplication, clustering, limits of execution.

    Of the older service's settings, DEFAULT_UMAP_N_COMPONENTS and DEFAULT_HDBSCAN_MIN_CLUSTER_SIZE are not read, since
    every request must name its own, and neither is MAX_SENTENCES_PER_CLUSTER: a request that names none means 7.
    """

    max_total_sentences: int = env("RECAP_SUBWORKER_MAX_TOTAL_SENTENCES", default=6000, ge=20)
    max_docs_per_genre: int = env("RECAP_SUBWORKER_MAX_DOCS_PER_GENRE", default=5000, ge=3)
    max_sentences_per_doc: int = env("RECAP_SUBWORKER_MAX_SENTENCES_PER_DOC", default=200, ge=1)
    default_min_samples: int | None = env("RECAP_SUBWORKER_DEFAULT_HDBSCAN_MIN_SAMPLES", default=None, ge=1)
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
