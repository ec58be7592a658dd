"""Settings of genre runs, of the tag label graph and of the learning of genre thresholds."""

from pathlib import Path
from typing import Literal

from alt_pipelines.settings.reading import CommaSeparated, SettingsGroup, env


class RecapSettings(SettingsGroup):
    """Genre runs: budgets, deduplication, clustering and execution limits."""

    max_total_sentences: int = env(
        "RECAP_SUBWORKER_MAX_TOTAL_SENTENCES",
        default=6000,
        ge=20,
        description="Maximum number of sentences per genre run, except that each document keeps at least one. A run "
        "cut by this limit is `partial`.",
    )
    max_docs_per_genre: int = env(
        "RECAP_SUBWORKER_MAX_DOCS_PER_GENRE", default=5000, ge=3, description="Maximum number of documents per request."
    )
    max_sentences_per_doc: int = env(
        "RECAP_SUBWORKER_MAX_SENTENCES_PER_DOC",
        default=200,
        ge=1,
        description="Maximum number of sentences per document.",
    )
    default_min_samples: int | None = env(
        "RECAP_SUBWORKER_DEFAULT_HDBSCAN_MIN_SAMPLES",
        default=None,
        ge=1,
        description="`min_samples` of HDBSCAN. Default: half of the minimum cluster size.",
    )
    max_tokens_budget: int = env(
        "RECAP_SUBWORKER_MAX_TOKENS_BUDGET",
        default=300_000,
        ge=100,
        description="Maximum number of tokens per genre run (estimated). The default is 6000 sentences of 50 tokens.",
    )
    dedup_threshold: float = env(
        "RECAP_SUBWORKER_DEDUP_THRESHOLD",
        default=0.92,
        gt=0,
        le=1,
        description="Cosine similarity from which a sentence is a duplicate of an earlier one.",
    )
    clustering_strategy: Literal["articles", "umap"] = env(
        "RECAP_SUBWORKER_CLUSTERING",
        default="articles",
        description="Clustering strategy: `articles`, or `umap` for sentences reduced by UMAP, as in the old service.",
    )
    clustering_timeout_seconds: float = env(
        "RECAP_SUBWORKER_CLUSTERING_TIMEOUT_SECONDS",
        "RECAP_SUBWORKER_HDBSCAN_TIMEOUT_SECS",
        "RECAP_HDBSCAN_TIMEOUT_SECS",
        default=300.0,
        gt=0,
        description="Time limit of clustering, in seconds. After it, the fallback is used.",
    )
    max_background_runs: int = env(
        "RECAP_SUBWORKER_MAX_BACKGROUND_RUNS",
        "RECAP_MAX_BACKGROUND_RUNS",
        default=2,
        ge=1,
        description="Maximum number of concurrent genre runs under `dagster dev`. With a broker, each worker process "
        "executes one run at a time; this is then the largest default of `ALT_RECAP_PROCESSES`.",
    )
    run_timeout_seconds: int = env(
        "RECAP_SUBWORKER_RUN_EXECUTION_TIMEOUT_SECONDS",
        default=900,
        ge=1,
        description="Time limit of one genre run, in seconds.",
    )
    queue_warning_threshold: int = env(
        "RECAP_SUBWORKER_QUEUE_WARNING_THRESHOLD",
        default=25,
        ge=1,
        description="Number of waiting genre runs from which a warning is logged.",
    )
    stopwords_file: Path | None = env(
        "RECAP_SUBWORKER_STOPWORDS_FILE",
        default=None,
        description="File with additional stop words for topic terms, one per line.",
    )
    stopwords_extra: CommaSeparated = env(
        "RECAP_SUBWORKER_STOPWORDS_EXTRA",
        default=(),
        description="Additional stop words for topic terms, separated by commas.",
    )
    outbox_grace_seconds: float = env(
        "RECAP_OUTBOX_GRACE_SECONDS",
        default=3.0,
        ge=0,
        description="Age from which the outbox sensor launches a run that the adapter has not launched, in seconds.",
    )


class GraphSettings(SettingsGroup):
    """The tag label graph."""

    enabled: bool = env(
        "TAG_LABEL_GRAPH_ENABLED",
        "RECAP_SUBWORKER_GRAPH_BUILD_ENABLED",
        default=True,
        description="Whether the graph is built. If false, `POST /admin/build-graph` returns 400.",
    )
    ttl_seconds: int = env(
        "TAG_LABEL_GRAPH_TTL_SECONDS", default=900, ge=60, description="Interval between two builds, in seconds."
    )
    max_tags: int = env(
        "TAG_LABEL_GRAPH_MAX_TAGS",
        "RECAP_SUBWORKER_GRAPH_BUILD_MAX_TAGS",
        default=6,
        ge=1,
        description="Number of tags used per learning row, in order of arrival.",
    )
    min_confidence: float = env(
        "TAG_LABEL_GRAPH_MIN_CONFIDENCE",
        "RECAP_SUBWORKER_GRAPH_BUILD_MIN_CONFIDENCE",
        default=0.55,
        ge=0,
        le=1,
        description="Minimum confidence of a tag.",
    )
    min_support: int = env(
        "TAG_LABEL_GRAPH_MIN_SUPPORT",
        "RECAP_SUBWORKER_GRAPH_BUILD_MIN_SUPPORT",
        default=3,
        ge=1,
        description="Minimum number of observations per edge.",
    )


class LearningSettings(SettingsGroup):
    """Learning of the genre thresholds, and the service that receives them."""

    recap_worker_url: str | None = env(
        "RECAP_WORKER_LEARNING_URL",
        "RECAP_SUBWORKER_RECAP_WORKER_LEARNING_URL",
        default=None,
        description="URL that learned thresholds are posted to. Without it, the scheduled learning is skipped.",
    )
    timeout_seconds: float = env(
        "RECAP_WORKER_LEARNING_TIMEOUT_SECONDS",
        "RECAP_SUBWORKER_LEARNING_REQUEST_TIMEOUT_SECONDS",
        default=5.0,
        gt=0,
        description="Time limit of that request, in seconds.",
    )
    graph_window: Literal["7d", "30d"] = env(
        "TAG_LABEL_GRAPH_WINDOW", default="7d", description="Window of the graph from which boosts are computed."
    )
    interval_hours: int = env(
        "RECAP_LEARNING_INTERVAL_HOURS",
        "RECAP_SUBWORKER_LEARNING_SCHEDULER_INTERVAL_HOURS",
        default=4,
        ge=1,
        le=24,
        description="Interval between two learning runs, in hours.",
    )
    days: int = env(
        "RECAP_LEARNING_DAYS",
        "RECAP_SUBWORKER_LEARNING_SNAPSHOT_DAYS",
        default=7,
        ge=1,
        description="Maximum age of learning rows, in days.",
    )
    max_rows: int = env(
        "RECAP_LEARNING_MAX_ROWS", default=5000, ge=1, description="Maximum number of learning rows, newest first."
    )
    min_rows: int = env(
        "RECAP_LEARNING_MIN_ROWS",
        "RECAP_SUBWORKER_LEARNING_BAYES_MIN_SAMPLES",
        default=100,
        ge=1,
        description="Minimum number of rows. With fewer, the reference thresholds are sent.",
    )
    split_rows: int = env(
        "RECAP_LEARNING_SPLIT_ROWS",
        default=200,
        ge=2,
        description="Number of rows from which a fifth is held out to test the learned thresholds.",
    )
    trials: int = env(
        "RECAP_LEARNING_TRIALS",
        "RECAP_SUBWORKER_LEARNING_BAYES_ITERATIONS",
        default=30,
        ge=1,
        description="Number of trials of the optimizer.",
    )
    seed: int = env(
        "RECAP_LEARNING_SEED",
        "RECAP_SUBWORKER_LEARNING_BAYES_SEED",
        default=42,
        description="Seed of the optimizer and of the split.",
    )
