"""The tables of recap-db: genre runs and their clusters, jobs, learning rows, the tag label graph.

The contract with the platform's other services fixes the columns and keys of its tables. `migrations/recap` creates our
tables in the schema `alt_pipelines`. Without a platform, `platform_tables` creates the platform's. A test compares
these definitions with the created tables.
"""

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from alt_pipelines.database import alt_tables
from alt_pipelines.database.alt_tables import SCHEMA

metadata = MetaData()


def _uuid() -> UUID[str]:
    return UUID(as_uuid=False)


def _moment(name: str, *, required: bool = True, now: bool = True) -> Column[object]:
    default = func.now() if now else None
    return Column(name, DateTime(timezone=True), nullable=not required, server_default=default)


runs = Table(
    "recap_subworker_runs",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("job_id", _uuid(), nullable=False),
    Column("genre", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("cluster_count", Integer, nullable=False, server_default=text("0")),
    _moment("started_at"),
    _moment("finished_at", required=False, now=False),
    Column("request_payload", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("response_payload", JSONB),
    Column("error_message", Text),
    CheckConstraint(
        "status IN ('running', 'succeeded', 'partial', 'failed')", name="recap_subworker_runs_status_check"
    ),
)
Index("idx_recap_subworker_runs_job_id", runs.c.job_id)
# Ours: what this project stores about a genre run beside its row in `recap_subworker_runs`. A run without a
# request_hash was written by an earlier service. `failed` follows the run's status; true frees the idempotency key.
genre_runs = Table(
    "genre_runs",
    metadata,
    Column("run_id", BigInteger, primary_key=True, autoincrement=False),
    Column("job_id", _uuid(), nullable=False),
    Column("genre", Text, nullable=False),
    Column("idempotency_key", Text),
    Column("request_hash", Text),
    Column("failed", Boolean, nullable=False, server_default=text("false")),
    Column("dagster_run_id", Text),
    Column("launch_attempts", Integer, nullable=False, server_default=text("0")),
    Column("retries", Integer, nullable=False, server_default=text("0")),
    _moment("launched_at", required=False, now=False),
    _moment("claimed_at", required=False, now=False),
    _moment("heartbeat_at", required=False, now=False),
    schema=SCHEMA,
)
Index(
    "uq_genre_runs_idempotency",
    genre_runs.c.job_id,
    genre_runs.c.genre,
    genre_runs.c.idempotency_key,
    unique=True,
    postgresql_where=text("idempotency_key IS NOT NULL AND NOT failed"),
)

clusters = Table(
    "recap_subworker_clusters",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("run_id", BigInteger, ForeignKey("recap_subworker_runs.id", ondelete="CASCADE"), nullable=False),
    Column("cluster_id", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("label", Text),
    Column("top_terms", JSONB),
    Column("stats", JSONB),
    UniqueConstraint("run_id", "cluster_id", name="recap_subworker_clusters_run_id_cluster_id_key"),
)

sentences = Table(
    "recap_subworker_sentences",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("cluster_row_id", BigInteger, ForeignKey("recap_subworker_clusters.id", ondelete="CASCADE"), nullable=False),
    Column("source_article_id", Text, nullable=False),
    Column("paragraph_idx", Integer),
    Column("sentence_text", Text, nullable=False),
    Column("lang", Text, nullable=False, server_default=text("'unknown'")),
    Column("score", REAL, nullable=False, server_default=text("0")),
    Column("sentence_id", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint(
        "cluster_row_id", "source_article_id", "sentence_id", name="recap_subworker_sentences_cluster_article_key"
    ),
)

diagnostics = Table(
    "recap_subworker_diagnostics",
    metadata,
    Column("run_id", BigInteger, ForeignKey("recap_subworker_runs.id", ondelete="CASCADE"), primary_key=True),
    Column("metric", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
)

evidence = Table(
    "recap_cluster_evidence",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("cluster_row_id", BigInteger, ForeignKey("recap_subworker_clusters.id", ondelete="CASCADE"), nullable=False),
    Column("article_id", Text, nullable=False),
    Column("title", Text),
    Column("source_url", Text),
    _moment("published_at", required=False, now=False),
    Column("lang", Text),
    Column("rank", SmallInteger, nullable=False, server_default=text("0")),
    _moment("created_at"),
    UniqueConstraint("cluster_row_id", "article_id", name="recap_cluster_evidence_cluster_article_key"),
)
Index("idx_recap_cluster_evidence_cluster_rank", evidence.c.cluster_row_id, evidence.c.rank)
Index("idx_recap_cluster_evidence_article", evidence.c.article_id)

jobs = Table(
    "recap_jobs",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("job_id", _uuid(), nullable=False, unique=True),
    _moment("kicked_at", now=False),
    Column("note", Text),
)

job_articles = Table(
    "recap_job_articles",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("job_id", _uuid(), ForeignKey("recap_jobs.job_id", ondelete="CASCADE"), nullable=False),
    Column("article_id", Text, nullable=False),
    Column("title", Text),
    Column("fulltext_html", Text, nullable=False),
    _moment("published_at", required=False, now=False),
    Column("source_url", Text),
    Column("lang_hint", Text),
    Column("normalized_hash", Text, nullable=False),
    UniqueConstraint("job_id", "article_id", name="recap_job_articles_job_id_article_id_key"),
)

learning_results = Table(
    "recap_genre_learning_results",
    metadata,
    Column("job_id", _uuid(), primary_key=True),
    Column("article_id", Text, primary_key=True),
    Column("coarse_candidates", JSONB, nullable=False),
    Column("refine_decision", JSONB, nullable=False),
    Column("tag_profile", JSONB, nullable=False),
    Column("graph_context", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    Column("feedback", JSONB),
    Column("telemetry", JSONB),
    Column("timestamps", JSONB, nullable=False),
    _moment("created_at"),
    _moment("updated_at"),
)
Index("idx_recap_genre_learning_results_updated_at", learning_results.c.updated_at)

tag_label_graph = Table(
    "tag_label_graph",
    metadata,
    Column("window_label", Text, primary_key=True),
    Column("genre", Text, primary_key=True),
    Column("tag", Text, primary_key=True),
    Column("weight", REAL, nullable=False),
    Column("sample_size", Integer, nullable=False, server_default=text("0")),
    _moment("last_observed_at", required=False, now=False),
    _moment("updated_at"),
    CheckConstraint("weight >= 0 AND weight <= 1", name="tag_label_graph_weight_check"),
)
Index("idx_tag_label_graph_genre_tag", tag_label_graph.c.genre, tag_label_graph.c.tag)

graph_builds = Table(  # ours
    "tag_label_graph_builds",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("window_label", Text, nullable=False),
    _moment("built_at", now=False),
    Column("kept_previous", Boolean, nullable=False),
    Column("edges", Integer, nullable=False),
    Column("edges_before", Integer, nullable=False),
    Column("report", JSONB, nullable=False),
    schema=SCHEMA,
)
Index("idx_tag_label_graph_builds_newest", graph_builds.c.window_label, graph_builds.c.id.desc())

learning_attempts = Table(  # ours
    "genre_learning_attempts",
    metadata,
    Column("id", BigInteger, primary_key=True),
    _moment("started_at"),
    _moment("finished_at", required=False, now=False),
    Column("status", Text, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("report", JSONB, nullable=False),
    Column("answer_status", Integer),
    Column("answer", JSONB),
    Column("answer_text", Text),
    Column("error", Text),
    CheckConstraint("status IN ('sending', 'sent', 'failed', 'kept')", name="genre_learning_attempts_status_check"),
    schema=SCHEMA,
)
Index("idx_genre_learning_attempts_sent", learning_attempts.c.id.desc(), postgresql_where=text("status = 'sent'"))

worker_config = Table(
    "recap_worker_config",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("config_type", Text, nullable=False, server_default=text("'graph_override'")),
    Column("config_payload", JSONB, nullable=False),
    Column("source", Text, nullable=False, server_default=text("'genre_learning'")),
    Column("metadata", JSONB),
    _moment("created_at"),
)
Index("idx_recap_worker_config_latest", worker_config.c.config_type, worker_config.c.created_at.desc())

# The platform has had this table since December 2025; it is written if it exists.
run_diagnostics = Table(
    "recap_run_diagnostics",
    metadata,
    Column("run_id", BigInteger, ForeignKey("recap_subworker_runs.id", ondelete="CASCADE"), primary_key=True),
    Column("cluster_avg_similarity_mean", Double),
    Column("cluster_avg_similarity_variance", Double),
    Column("cluster_avg_similarity_p95", Double),
    Column("cluster_avg_similarity_max", Double),
    Column("cluster_count", Integer),
    _moment("created_at"),
)

# Ours; the platform has another table of the same name. Each row is a graph build or learning run that an API client
# requested and polls. The process that executes it renews `heartbeat_at`, so that another can detect and end an orphan.
admin_jobs = Table(
    "admin_jobs",
    metadata,
    Column("job_id", _uuid(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    _moment("started_at"),
    _moment("heartbeat_at"),
    _moment("finished_at", required=False, now=False),
    Column("result", JSONB),
    Column("error", Text),
    CheckConstraint("kind IN ('graph', 'learning')", name="admin_jobs_kind_check"),
    CheckConstraint("status IN ('running', 'succeeded', 'failed')", name="admin_jobs_status_check"),
    schema=SCHEMA,
)
Index("uq_admin_jobs_running", admin_jobs.c.kind, unique=True, postgresql_where=text("status = 'running'"))
Index("idx_admin_jobs_newest", admin_jobs.c.kind, admin_jobs.c.started_at.desc())

pipeline_metrics = alt_tables.pipeline_metrics.to_metadata(metadata)  # ours; the same table in both databases
