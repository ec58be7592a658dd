-- recap-db of an installation of ours before its tables had a schema of their own (release of November 2026), as it made it.
CREATE TABLE IF NOT EXISTS recap_subworker_runs (
    id BIGSERIAL PRIMARY KEY,
    job_id UUID NOT NULL,
    genre TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT recap_subworker_runs_status_check
        CHECK (status IN ('running', 'succeeded', 'partial', 'failed')),
    cluster_count INTEGER NOT NULL DEFAULT 0,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at TIMESTAMPTZ,
    request_payload JSONB NOT NULL DEFAULT '{}'::jsonb,
    response_payload JSONB,
    error_message TEXT
);
CREATE INDEX IF NOT EXISTS idx_recap_subworker_runs_job_id ON recap_subworker_runs (job_id);

CREATE TABLE IF NOT EXISTS recap_subworker_clusters (
    id BIGSERIAL PRIMARY KEY,
    run_id BIGINT NOT NULL REFERENCES recap_subworker_runs (id) ON DELETE CASCADE,
    cluster_id INTEGER NOT NULL,
    size INTEGER NOT NULL,
    label TEXT,
    top_terms JSONB,
    stats JSONB,
    CONSTRAINT recap_subworker_clusters_run_id_cluster_id_key UNIQUE (run_id, cluster_id)
);

CREATE TABLE IF NOT EXISTS recap_subworker_sentences (
    id BIGSERIAL PRIMARY KEY,
    cluster_row_id BIGINT NOT NULL REFERENCES recap_subworker_clusters (id) ON DELETE CASCADE,
    source_article_id TEXT NOT NULL,
    paragraph_idx INTEGER,
    sentence_text TEXT NOT NULL,
    lang TEXT NOT NULL DEFAULT 'unknown',
    score REAL NOT NULL DEFAULT 0,
    sentence_id INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT recap_subworker_sentences_cluster_article_key
        UNIQUE (cluster_row_id, source_article_id, sentence_id)
);

CREATE TABLE IF NOT EXISTS recap_subworker_diagnostics (
    run_id BIGINT NOT NULL REFERENCES recap_subworker_runs (id) ON DELETE CASCADE,
    metric TEXT NOT NULL,
    value JSONB NOT NULL,
    PRIMARY KEY (run_id, metric)
);

CREATE TABLE IF NOT EXISTS recap_cluster_evidence (
    id BIGSERIAL PRIMARY KEY,
    cluster_row_id BIGINT NOT NULL REFERENCES recap_subworker_clusters (id) ON DELETE CASCADE,
    article_id TEXT NOT NULL,
    title TEXT,
    source_url TEXT,
    published_at TIMESTAMPTZ,
    lang TEXT,
    rank SMALLINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT recap_cluster_evidence_cluster_article_key UNIQUE (cluster_row_id, article_id)
);
CREATE INDEX IF NOT EXISTS idx_recap_cluster_evidence_cluster_rank ON recap_cluster_evidence (cluster_row_id, rank);
CREATE INDEX IF NOT EXISTS idx_recap_cluster_evidence_article ON recap_cluster_evidence (article_id);

CREATE TABLE IF NOT EXISTS recap_jobs (
    id BIGSERIAL PRIMARY KEY,
    job_id UUID NOT NULL UNIQUE,
    kicked_at TIMESTAMPTZ NOT NULL,
    note TEXT
);

CREATE TABLE IF NOT EXISTS recap_job_articles (
    id BIGSERIAL PRIMARY KEY,
    job_id UUID NOT NULL REFERENCES recap_jobs (job_id) ON DELETE CASCADE,
    article_id TEXT NOT NULL,
    title TEXT,
    fulltext_html TEXT NOT NULL,
    published_at TIMESTAMPTZ,
    source_url TEXT,
    lang_hint TEXT,
    normalized_hash TEXT NOT NULL,
    CONSTRAINT recap_job_articles_job_id_article_id_key UNIQUE (job_id, article_id)
);

CREATE TABLE IF NOT EXISTS recap_genre_learning_results (
    job_id UUID NOT NULL,
    article_id TEXT NOT NULL,
    coarse_candidates JSONB NOT NULL,
    refine_decision JSONB NOT NULL,
    tag_profile JSONB NOT NULL,
    graph_context JSONB NOT NULL DEFAULT '[]'::jsonb,
    feedback JSONB,
    telemetry JSONB,
    timestamps JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (job_id, article_id)
);

CREATE TABLE IF NOT EXISTS tag_label_graph (
    window_label TEXT NOT NULL,
    genre TEXT NOT NULL,
    tag TEXT NOT NULL,
    weight REAL NOT NULL CONSTRAINT tag_label_graph_weight_check CHECK (weight >= 0 AND weight <= 1),
    sample_size INTEGER NOT NULL DEFAULT 0,
    last_observed_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (window_label, genre, tag)
);
CREATE INDEX IF NOT EXISTS idx_tag_label_graph_genre_tag ON tag_label_graph (genre, tag);

CREATE TABLE IF NOT EXISTS recap_worker_config (
    config_type TEXT NOT NULL,
    config_payload JSONB NOT NULL,
    source TEXT NOT NULL,
    metadata JSONB,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

ALTER TABLE recap_subworker_runs
    ADD COLUMN IF NOT EXISTS idempotency_key TEXT,
    ADD COLUMN IF NOT EXISTS request_hash TEXT,
    ADD COLUMN IF NOT EXISTS dagster_run_id TEXT,
    ADD COLUMN IF NOT EXISTS launch_attempts INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS retries INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS launched_at TIMESTAMPTZ,
    ADD COLUMN IF NOT EXISTS claimed_at TIMESTAMPTZ,
    ADD COLUMN IF NOT EXISTS heartbeat_at TIMESTAMPTZ;
CREATE UNIQUE INDEX IF NOT EXISTS uq_recap_subworker_runs_idempotency
    ON recap_subworker_runs (job_id, genre, idempotency_key)
    WHERE idempotency_key IS NOT NULL AND status <> 'failed';
CREATE INDEX IF NOT EXISTS idx_recap_subworker_runs_unfinished ON recap_subworker_runs (id) WHERE status = 'running';
CREATE INDEX IF NOT EXISTS idx_recap_subworker_runs_genre ON recap_subworker_runs (genre, id DESC);
CREATE INDEX IF NOT EXISTS idx_recap_genre_learning_results_updated_at ON recap_genre_learning_results (updated_at);
CREATE INDEX IF NOT EXISTS idx_recap_worker_config_latest ON recap_worker_config (config_type, created_at DESC);

CREATE TABLE IF NOT EXISTS admin_jobs (
    job_id UUID PRIMARY KEY,
    kind TEXT NOT NULL CONSTRAINT admin_jobs_kind_check CHECK (kind IN ('graph', 'learning')),
    status TEXT NOT NULL CONSTRAINT admin_jobs_status_check CHECK (status IN ('running', 'succeeded', 'failed')),
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    heartbeat_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at TIMESTAMPTZ,
    result JSONB,
    error TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS uq_admin_jobs_running ON admin_jobs (kind) WHERE status = 'running';
CREATE INDEX IF NOT EXISTS idx_admin_jobs_newest ON admin_jobs (kind, started_at DESC);

CREATE TABLE IF NOT EXISTS pipeline_metrics (
    name TEXT NOT NULL,
    labels TEXT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (name, labels)
);
CREATE TABLE IF NOT EXISTS tag_label_graph_builds (
    id BIGSERIAL PRIMARY KEY,
    window_label TEXT NOT NULL,
    built_at TIMESTAMPTZ NOT NULL,
    kept_previous BOOLEAN NOT NULL,
    edges INTEGER NOT NULL,
    edges_before INTEGER NOT NULL,
    report JSONB NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_tag_label_graph_builds_newest ON tag_label_graph_builds (window_label, id DESC);

CREATE TABLE IF NOT EXISTS genre_learning_attempts (
    id BIGSERIAL PRIMARY KEY,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at TIMESTAMPTZ,
    status TEXT NOT NULL CONSTRAINT genre_learning_attempts_status_check
        CHECK (status IN ('sending', 'sent', 'failed')),
    payload JSONB NOT NULL,
    report JSONB NOT NULL,
    answer_status INTEGER,
    answer JSONB,
    answer_text TEXT,
    error TEXT
);
CREATE INDEX IF NOT EXISTS idx_genre_learning_attempts_sent ON genre_learning_attempts (id DESC)
    WHERE status = 'sent';
ALTER TABLE tag_label_graph SET (fillfactor = 50);
CREATE TABLE alt_pipelines_version (version_num VARCHAR(32) PRIMARY KEY);
INSERT INTO alt_pipelines_version VALUES ('recap_0003');
