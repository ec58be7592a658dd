"""Create our tables of recap-db in their own schema, and move the data of an older release there.

Older releases added columns and indexes to `recap_subworker_runs` and kept tables in the schema `public`, two of them
under names that the platform uses for its own tables. This migration restores the platform's tables to the platform's
shape, including a `recap_worker_config` that an older release created. The history begins here: the move covers
revisions recap_0001 to recap_0003.
"""

from alembic import op

revision = "recap_0004"
down_revision = None
branch_labels = None
depends_on = None

OURS = """
CREATE TABLE IF NOT EXISTS alt_pipelines.genre_runs (
    run_id BIGINT PRIMARY KEY,
    job_id UUID NOT NULL,
    genre TEXT NOT NULL,
    idempotency_key TEXT,
    request_hash TEXT,
    failed BOOLEAN NOT NULL DEFAULT false,
    dagster_run_id TEXT,
    launch_attempts INTEGER NOT NULL DEFAULT 0,
    retries INTEGER NOT NULL DEFAULT 0,
    launched_at TIMESTAMPTZ,
    claimed_at TIMESTAMPTZ,
    heartbeat_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX IF NOT EXISTS uq_genre_runs_idempotency
    ON alt_pipelines.genre_runs (job_id, genre, idempotency_key)
    WHERE idempotency_key IS NOT NULL AND NOT failed;
"""

MOVE = """
DO $$
BEGIN
    IF to_regclass('public.alt_pipelines_version') IS NULL THEN
        RETURN;  -- no older release was here, so nothing in public is ours
    END IF;
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.recap_subworker_runs')
               AND attname = 'request_hash' AND NOT attisdropped) THEN
        INSERT INTO alt_pipelines.genre_runs (run_id, job_id, genre, idempotency_key, request_hash, failed,
            dagster_run_id, launch_attempts, retries, launched_at, claimed_at, heartbeat_at)
        SELECT id, job_id, genre, idempotency_key, request_hash, status = 'failed',
            dagster_run_id, launch_attempts, retries, launched_at, claimed_at, heartbeat_at
        FROM public.recap_subworker_runs WHERE request_hash IS NOT NULL
        ON CONFLICT (run_id) DO NOTHING;
        DROP INDEX IF EXISTS public.idx_recap_genre_learning_results_updated_at;
        ALTER TABLE public.tag_label_graph RESET (fillfactor);
        DROP INDEX IF EXISTS public.uq_recap_subworker_runs_idempotency, public.idx_recap_subworker_runs_unfinished,
            public.idx_recap_subworker_runs_genre;
        ALTER TABLE public.recap_subworker_runs
            DROP COLUMN idempotency_key, DROP COLUMN request_hash, DROP COLUMN dagster_run_id,
            DROP COLUMN launch_attempts, DROP COLUMN retries, DROP COLUMN launched_at, DROP COLUMN claimed_at,
            DROP COLUMN heartbeat_at;
    END IF;
    IF to_regclass('public.tag_label_graph_builds') IS NOT NULL THEN
        ALTER TABLE public.tag_label_graph_builds SET SCHEMA alt_pipelines;
    END IF;
    IF to_regclass('public.genre_learning_attempts') IS NOT NULL THEN
        ALTER TABLE public.genre_learning_attempts SET SCHEMA alt_pipelines;
    END IF;
    IF to_regclass('public.pipeline_metrics') IS NOT NULL THEN
        IF to_regclass('alt_pipelines.pipeline_metrics') IS NULL THEN
            ALTER TABLE public.pipeline_metrics SET SCHEMA alt_pipelines;
        END IF;
    END IF;
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.admin_jobs')
               AND attname = 'heartbeat_at' AND NOT attisdropped) THEN  -- the platform's table has no such column
        ALTER TABLE public.admin_jobs SET SCHEMA alt_pipelines;
    END IF;
    IF to_regclass('public.recap_worker_config') IS NOT NULL
       AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.recap_worker_config')
                       AND attname = 'id' AND NOT attisdropped) THEN  -- an older release made it in another shape
        ALTER TABLE public.recap_worker_config
            ADD COLUMN id BIGSERIAL PRIMARY KEY,
            ALTER COLUMN config_type SET DEFAULT 'graph_override',
            ALTER COLUMN source SET DEFAULT 'genre_learning';
    END IF;
    DROP TABLE public.alt_pipelines_version;
END
$$;
"""

OURS_TOO = """
CREATE TABLE IF NOT EXISTS alt_pipelines.tag_label_graph_builds (
    id BIGSERIAL PRIMARY KEY,
    window_label TEXT NOT NULL,
    built_at TIMESTAMPTZ NOT NULL,
    kept_previous BOOLEAN NOT NULL,
    edges INTEGER NOT NULL,
    edges_before INTEGER NOT NULL,
    report JSONB NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_tag_label_graph_builds_newest
    ON alt_pipelines.tag_label_graph_builds (window_label, id DESC);

CREATE TABLE IF NOT EXISTS alt_pipelines.genre_learning_attempts (
    id BIGSERIAL PRIMARY KEY,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at TIMESTAMPTZ,
    status TEXT NOT NULL CONSTRAINT genre_learning_attempts_status_check
        CHECK (status IN ('sending', 'sent', 'failed', 'kept')),
    payload JSONB NOT NULL,
    report JSONB NOT NULL,
    answer_status INTEGER,
    answer JSONB,
    answer_text TEXT,
    error TEXT
);
ALTER TABLE alt_pipelines.genre_learning_attempts DROP CONSTRAINT genre_learning_attempts_status_check,
    ADD CONSTRAINT genre_learning_attempts_status_check CHECK (status IN ('sending', 'sent', 'failed', 'kept'));
CREATE INDEX IF NOT EXISTS idx_genre_learning_attempts_sent
    ON alt_pipelines.genre_learning_attempts (id DESC) WHERE status = 'sent';

CREATE TABLE IF NOT EXISTS alt_pipelines.admin_jobs (
    job_id UUID PRIMARY KEY,
    kind TEXT NOT NULL CONSTRAINT admin_jobs_kind_check CHECK (kind IN ('graph', 'learning')),
    status TEXT NOT NULL CONSTRAINT admin_jobs_status_check CHECK (status IN ('running', 'succeeded', 'failed')),
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    heartbeat_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at TIMESTAMPTZ,
    result JSONB,
    error TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS uq_admin_jobs_running ON alt_pipelines.admin_jobs (kind) WHERE status = 'running';
CREATE INDEX IF NOT EXISTS idx_admin_jobs_newest ON alt_pipelines.admin_jobs (kind, started_at DESC);

CREATE TABLE IF NOT EXISTS alt_pipelines.pipeline_metrics (
    name TEXT NOT NULL,
    labels TEXT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (name, labels)
);
"""


def upgrade() -> None:
    """Create the table of genre runs, move the data of an older release, then create the missing tables."""
    op.execute(OURS)
    op.execute(MOVE)
    op.execute(OURS_TOO)
