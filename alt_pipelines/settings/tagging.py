"""Settings of continuous tagging."""

import os
from datetime import datetime
from functools import cached_property

from pydantic import field_validator

from alt_pipelines.settings.reading import SettingsGroup, env
from alt_pipelines.utc import naive_utc


class TaggingSettings(SettingsGroup):
    """Continuous tagging: limits of an article, the cascade, runs, the sensor."""

    max_tags: int = env("TAG_MAX_TAGS", default=10, ge=1, le=50, description="Maximum number of tags per article.")
    title_limit: int = env(
        "TAG_TITLE_LIMIT", default=1000, ge=1, description="Maximum number of characters read of a title."
    )
    content_limit: int = env(
        "TAG_CONTENT_LIMIT", default=100_000, ge=100, description="Maximum number of characters read of a text."
    )
    refine_below_confidence: float = env(
        "TAG_CASCADE_CONFIDENCE",
        default=0.72,
        ge=0,
        le=1,
        description="Articles whose first pass has a lower confidence are refined.",
    )
    refine_below_tags: int = env(
        "TAG_CASCADE_MIN_TAGS", default=5, ge=0, description="Articles with fewer tags are refined."
    )
    slow_inference_ms: float = env(
        "TAG_CASCADE_SLOW_MS",
        default=180.0,
        gt=0,
        description="Duration from which a first pass is recorded as slow, in milliseconds.",
    )
    refine_budget: float = env(
        "TAG_CASCADE_MAX_REFINE_RATIO",
        default=0.35,
        ge=0,
        le=1,
        description="Maximum share of articles that are refined under steady load. A few articles at a time are all "
        "refined; a backlog is refined later. 0 disables refinement.",
    )
    batch_limit: int = env(
        "TAG_BATCH_LIMIT", default=200, ge=1, le=5000, description="Maximum number of articles per batch."
    )
    batch_bytes: int = env(
        "TAG_BATCH_BYTES",
        default=32 * 1024 * 1024,
        ge=1024,
        description="Maximum size of the texts per batch, in bytes.",
    )
    fetch_limit: int = env(
        "TAG_FETCH_LIMIT", default=1_000_000, ge=1000, description="Maximum number of characters fetched per article."
    )
    run_limit: int = env(
        "TAG_RUN_LIMIT",
        default=20_000,
        ge=1,
        description="Articles after which a Dagster run ends; the next run continues.",
    )
    run_seconds: int = env(
        "TAG_RUN_SECONDS",
        default=300,
        ge=1,
        description="Seconds after which a Dagster run ends; the next run continues.",
    )
    parallel_runs: int = env(
        "TAG_PARALLEL_RUNS",
        default=1,
        ge=1,
        le=1000,
        description="Maximum number of parallel runs for a backlog, useful up to the number of tagging processes, "
        "which `alt-pipelines up` sets for its parts if it is not set.",
    )
    extraction_processes: int | None = env(
        "TAG_EXTRACTION_PROCESSES",
        default=None,
        ge=1,
        le=64,
        description="Processes that extract the pages of a backlog, per tagging process. Default: one per core, at "
        "most four.",
    )
    linger_seconds: float = env(
        "TAG_LINGER_SECONDS",
        default=60.0,
        ge=0,
        description="Time for which a run waits for new articles after the last one, in seconds.",
    )
    linger_limit_seconds: float = env(
        "TAG_LINGER_LIMIT_SECONDS",
        default=900.0,
        ge=1,
        description="Total time for which a run waits for new articles, in seconds. The next run then takes over.",
    )
    idle_seconds: float = env(
        "TAG_IDLE_SECONDS",
        default=300.0,
        ge=0,
        description="Seconds without an article after which the extraction process ends and gives up its models. The "
        "next article starts another. 0: never.",
    )
    partitions_start: datetime | None = env(
        "TAG_PARTITIONS_START",
        default=None,
        description="First daily partition (UTC). Default: the day of the first article, determined by `db upgrade`.",
    )
    interval_seconds: int = env(
        "TAG_PROCESSING_INTERVAL", default=5, ge=1, description="Interval of the sensor, in seconds."
    )
    tick_wait_seconds: float = env(
        "TAG_TICK_WAIT_SECONDS",
        default=5.0,
        ge=0,
        le=30,
        description="Time for which a sensor tick waits for a new article or genre run, in seconds. "
        "`alt-pipelines up` sets 25 for its parts if it is not set.",
    )
    probe_rows: int = env(
        "TAG_PROBE_ROWS", default=5000, ge=10, description="Maximum number of rows read by each query of the sensor."
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
        description="Time span before its cursor in which the sensor looks for late commits, in seconds.",
    )
    days_per_run: int = env("TAG_DAYS_PER_RUN", default=500, ge=1, description="Maximum number of days per run.")
    max_attempts: int = env(
        "TAG_MAX_ATTEMPTS", default=5, ge=1, description="Attempts after which a failing article stays `failed`."
    )
    retry_delay_seconds: int = env(
        "TAG_RETRY_DELAY_SECONDS",
        default=60,
        ge=1,
        description="Delay before a failed article is retried, in seconds. It doubles with each attempt.",
    )
    no_feed_recheck_seconds: int = env(
        "TAG_NO_FEED_RECHECK_SECONDS",
        default=3600,
        ge=1,
        description="Delay before an article without a feed is checked again, in seconds. It doubles each time.",
    )
    no_feed_longest_recheck_seconds: int = env(
        "TAG_NO_FEED_LONGEST_RECHECK_SECONDS",
        default=86_400,
        ge=1,
        description="Maximum delay between two checks of an article without a feed, in seconds.",
    )
    claim_seconds: int = env(
        "TAG_CLAIM_SECONDS",
        default=120,
        ge=1,
        description="Lease of a run on its articles, in seconds. After it expires, another run may claim them.",
    )
    article_cpu_seconds: float = env(
        "TAG_ARTICLE_CPU_SECONDS",
        default=5.0,
        gt=0,
        description="CPU time limit per article, in seconds. An article that exceeds it stays `failed` until the "
        "article or the extractor changes.",
    )
    max_crashes: int = env(
        "TAG_MAX_CRASHES",
        default=3,
        ge=1,
        description="Process crashes after which an article is recorded as failed. It "
        "stays `failed` until the article or the extractor changes.",
    )
    min_tagged_share: float = env(
        "TAG_HEALTH_MIN_TAGGED_SHARE",
        default=0.8,
        ge=0,
        le=1,
        description="Minimum share of tagged articles for the asset check to pass.",
    )
    lag_warning_seconds: int = env(
        "TAG_HEALTH_LAG_SECONDS",
        default=900,
        ge=1,
        description="Maximum wait of an article for the asset check to pass, in seconds.",
    )
    empty_ticks_warning: int = env(
        "TAG_HEALTH_EMPTY_TICKS",
        default=240,
        ge=1,
        description="Consecutive sensor ticks without new articles after which a warning is logged.",
    )

    @cached_property
    def extractors(self) -> int:
        """The number of extraction processes for a backlog: as set, else one per core, at most four."""
        return self.extraction_processes or min(4, os.cpu_count() or 1)

    @field_validator("partitions_start")
    @classmethod
    def _start_of_a_day(cls, value: datetime | None) -> datetime | None:
        """Convert to naive UTC, as in articles.created_at, at the start of the day."""
        if value is None:
            return None
        return naive_utc(value).replace(hour=0, minute=0, second=0, microsecond=0)
