-- What the platform did to recap-db from November 2025 to August 2026, in its order. Each statement must run after ours.
CREATE TABLE IF NOT EXISTS recap_worker_config (
    id BIGSERIAL PRIMARY KEY,
    config_type TEXT NOT NULL DEFAULT 'graph_override',
    config_payload JSONB NOT NULL,
    source TEXT NOT NULL DEFAULT 'genre_learning',
    metadata JSONB,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS idx_recap_worker_config_type_created ON recap_worker_config (config_type, created_at DESC);
INSERT INTO recap_worker_config (config_payload) VALUES ('{"graph_margin": 0.1}');
CREATE TABLE IF NOT EXISTS admin_jobs (
    job_id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at TIMESTAMPTZ,
    payload JSONB,
    result JSONB,
    error TEXT
);
CREATE INDEX IF NOT EXISTS idx_admin_jobs_status ON admin_jobs (status);
CREATE INDEX IF NOT EXISTS idx_admin_jobs_payload ON admin_jobs USING gin (payload);
INSERT INTO admin_jobs (job_id, kind, status, payload) VALUES (gen_random_uuid(), 'reindex', 'queued', '{"since": 1}');
CREATE TABLE IF NOT EXISTS recap_run_diagnostics (
    run_id BIGINT PRIMARY KEY REFERENCES recap_subworker_runs (id) ON DELETE CASCADE,
    cluster_avg_similarity_mean DOUBLE PRECISION,
    cluster_avg_similarity_variance DOUBLE PRECISION,
    cluster_avg_similarity_p95 DOUBLE PRECISION,
    cluster_avg_similarity_max DOUBLE PRECISION,
    cluster_count INT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
ALTER TABLE recap_jobs ADD COLUMN status TEXT NOT NULL DEFAULT 'pending';
ALTER TABLE recap_jobs ADD COLUMN last_stage TEXT;
ALTER TABLE recap_jobs ADD COLUMN updated_at TIMESTAMPTZ NOT NULL DEFAULT now();
ALTER TABLE recap_jobs ADD COLUMN user_id UUID;
ALTER TABLE recap_jobs ADD COLUMN trigger_source TEXT NOT NULL DEFAULT 'system';
ALTER TABLE recap_jobs ADD COLUMN window_days INT;
CREATE INDEX idx_recap_jobs_status ON recap_jobs (status);
UPDATE _sqlx_migrations SET version = 20260815;
