"""Settings of continuous tagging."""

from datetime import UTC, datetime

from pydantic import field_validator

from alt_pipelines.settings.reading import SettingsGroup, env


class TaggingSettings(SettingsGroup):
    """Continuous tagging: limits of an article, the cascade, runs, the sensor."""

    max_tags: int = env("TAG_MAX_TAGS", default=10, ge=1, le=50, description="Most tags per article.")
    title_limit: int = env("TAG_TITLE_LIMIT", default=1000, ge=1, description="Characters read of a title.")
    content_limit: int = env("TAG_CONTENT_LIMIT", default=100_000, ge=100, description="Characters read of a text.")
    refine_below_confidence: float = env(
        "TAG_CASCADE_CONFIDENCE",
        default=0.72,
        ge=0,
        le=1,
        description="Articles whose first pass is less confident than this are refined.",
    )
    refine_below_tags: int = env(
        "TAG_CASCADE_MIN_TAGS", default=5, ge=0, description="Articles with fewer tags than this are refined."
    )
    slow_inference_ms: float = env(
        "TAG_CASCADE_SLOW_MS",
        default=180.0,
        gt=0,
        description="First passes slower than this are recorded as slow, in milliseconds.",
    )
    refine_budget: float = env(
        "TAG_CASCADE_MAX_REFINE_RATIO",
        default=0.35,
        ge=0,
        le=1,
        description="Largest share of articles that are refined under a steady load. A trickle is refined whole, a "
        "backlog when there is room; 0 turns the second look off.",
    )
    batch_limit: int = env(
        "TAG_BATCH_LIMIT", default=200, ge=1, le=5000, description="Articles that are read and written together."
    )
    batch_bytes: int = env(
        "TAG_BATCH_BYTES", default=32 * 1024 * 1024, ge=1024, description="Bytes of text that are read together."
    )
    fetch_limit: int = env(
        "TAG_FETCH_LIMIT", default=1_000_000, ge=1000, description="Characters fetched of one article's text."
    )
    run_limit: int = env(
        "TAG_RUN_LIMIT",
        default=20_000,
        ge=1,
        description="Articles after which a Dagster run ends; the next continues.",
    )
    run_seconds: int = env(
        "TAG_RUN_SECONDS", default=300, ge=1, description="Seconds after which a Dagster run ends; the next continues."
    )
    parallel_runs: int = env(
        "TAG_PARALLEL_RUNS",
        default=1,
        ge=1,
        le=1000,
        description="Dagster runs that share a backlog; at most the number of tagging processes is useful.",
    )
    linger_seconds: float = env(
        "TAG_LINGER_SECONDS",
        default=60.0,
        ge=0,
        description="How long a run stays for further articles after the last one, in seconds.",
    )
    linger_limit_seconds: float = env(
        "TAG_LINGER_LIMIT_SECONDS",
        default=900.0,
        ge=1,
        description="How long a run stays for further articles altogether, in seconds; the next run takes its place.",
    )
    partitions_start: datetime | None = env(
        "TAG_PARTITIONS_START",
        default=None,
        description="First daily partition, in UTC. Default: the day of the first article, found by `db upgrade`.",
    )
    interval_seconds: int = env(
        "TAG_PROCESSING_INTERVAL", default=5, ge=1, description="Interval of the sensor, in seconds."
    )
    tick_wait_seconds: float = env(
        "TAG_TICK_WAIT_SECONDS",
        default=3.0,
        ge=0,
        le=30,
        description="How long a sensor tick waits for a new article before it ends, in seconds.",
    )
    probe_rows: int = env(
        "TAG_PROBE_ROWS", default=5000, ge=10, description="Rows that each query of the sensor reads."
    )
    sweep_seconds: int = env(
        "TAG_SWEEP_INTERVAL",
        default=60,
        ge=10,
        description="Pause between two sweeps of the whole table for articles without an outcome, in seconds.",
    )
    overlap_seconds: int = env(
        "TAG_CURSOR_OVERLAP_SECONDS",
        default=120,
        ge=0,
        description="How far behind its cursor the sensor looks for late commits, in seconds.",
    )
    days_per_run: int = env("TAG_DAYS_PER_RUN", default=500, ge=1, description="Most days that one run covers.")
    max_attempts: int = env(
        "TAG_MAX_ATTEMPTS", default=5, ge=1, description="Attempts after which a failing article stays `failed`."
    )
    retry_delay_seconds: int = env(
        "TAG_RETRY_DELAY_SECONDS",
        default=60,
        ge=1,
        description="Delay before a failed article is tried again, in seconds; it doubles with each attempt.",
    )
    no_feed_recheck_seconds: int = env(
        "TAG_NO_FEED_RECHECK_SECONDS",
        default=3600,
        ge=1,
        description="Delay before an article without a feed is looked at again, in seconds; it doubles each time.",
    )
    no_feed_longest_recheck_seconds: int = env(
        "TAG_NO_FEED_LONGEST_RECHECK_SECONDS",
        default=86_400,
        ge=1,
        description="Longest delay between two looks at an article without a feed, in seconds.",
    )
    claim_seconds: int = env(
        "TAG_CLAIM_SECONDS",
        default=120,
        ge=1,
        description="Lease of a run on its articles, in seconds; after it, another run may take them.",
    )
    article_cpu_seconds: float = env(
        "TAG_ARTICLE_CPU_SECONDS",
        default=5.0,
        gt=0,
        description="CPU seconds that one article may take; then the article fails until it or the extractor changes.",
    )
    max_crashes: int = env(
        "TAG_MAX_CRASHES", default=3, ge=1, description="Crashed processes after which an article is set aside."
    )
    min_tagged_share: float = env(
        "TAG_HEALTH_MIN_TAGGED_SHARE",
        default=0.8,
        ge=0,
        le=1,
        description="Smallest share of tagged articles with which the asset check passes.",
    )
    lag_warning_seconds: int = env(
        "TAG_HEALTH_LAG_SECONDS",
        default=900,
        ge=1,
        description="Longest wait of an article with which the asset check passes, in seconds.",
    )
    empty_ticks_warning: int = env(
        "TAG_HEALTH_EMPTY_TICKS",
        default=720,
        ge=1,
        description="Consecutive sensor ticks without an article after which a warning is logged.",
    )

    @field_validator("partitions_start")
    @classmethod
    def _start_of_a_day(cls, value: datetime | None) -> datetime | None:
        """Convert to naive UTC, as in articles.created_at, at the start of the day."""
        if value is None:
            return None
        moment = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return moment.replace(hour=0, minute=0, second=0, microsecond=0)
