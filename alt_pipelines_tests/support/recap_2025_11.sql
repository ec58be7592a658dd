-- recap-db as the platform had it in November 2025, from contract/database.md. The restricted role may use the schema.
CREATE TABLE recap_jobs (
    id BIGSERIAL PRIMARY KEY,
    job_id UUID NOT NULL UNIQUE,
    kicked_at TIMESTAMPTZ NOT NULL,
    note TEXT
);
CREATE TABLE recap_job_articles (
    id BIGSERIAL PRIMARY KEY,
    job_id UUID NOT NULL REFERENCES recap_jobs (job_id) ON DELETE CASCADE,
    article_id TEXT NOT NULL,
    title TEXT,
    fulltext_html TEXT NOT NULL,
    published_at TIMESTAMPTZ,
    source_url TEXT,
    lang_hint TEXT,
    normalized_hash TEXT NOT NULL,
    UNIQUE (job_id, article_id)
);
CREATE TABLE recap_subworker_runs (
    id BIGSERIAL PRIMARY KEY,
    job_id UUID NOT NULL,
    genre TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('running', 'succeeded', 'partial', 'failed')),
    cluster_count INT NOT NULL DEFAULT 0,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at TIMESTAMPTZ,
    request_payload JSONB NOT NULL DEFAULT '{}'::jsonb,
    response_payload JSONB,
    error_message TEXT
);
CREATE INDEX idx_recap_subworker_runs_job_id ON recap_subworker_runs (job_id);
CREATE TABLE recap_subworker_clusters (
    id BIGSERIAL PRIMARY KEY,
    run_id BIGINT NOT NULL REFERENCES recap_subworker_runs (id) ON DELETE CASCADE,
    cluster_id INT NOT NULL,
    size INT NOT NULL,
    label TEXT,
    top_terms JSONB NOT NULL,
    stats JSONB NOT NULL,
    UNIQUE (run_id, cluster_id)
);
CREATE TABLE recap_subworker_sentences (
    id BIGSERIAL PRIMARY KEY,
    cluster_row_id BIGINT NOT NULL REFERENCES recap_subworker_clusters (id) ON DELETE CASCADE,
    source_article_id TEXT NOT NULL,
    paragraph_idx INT,
    sentence_text TEXT NOT NULL,
    lang TEXT NOT NULL DEFAULT 'unknown',
    score REAL NOT NULL DEFAULT 0,
    sentence_id INT NOT NULL DEFAULT 0,
    UNIQUE (cluster_row_id, source_article_id, sentence_id)
);
CREATE TABLE recap_subworker_diagnostics (
    run_id BIGINT NOT NULL REFERENCES recap_subworker_runs (id) ON DELETE CASCADE,
    metric TEXT NOT NULL,
    value JSONB NOT NULL,
    PRIMARY KEY (run_id, metric)
);
CREATE TABLE recap_cluster_evidence (
    id BIGSERIAL PRIMARY KEY,
    cluster_row_id BIGINT NOT NULL REFERENCES recap_subworker_clusters (id) ON DELETE CASCADE,
    article_id TEXT NOT NULL,
    title TEXT,
    source_url TEXT,
    published_at TIMESTAMPTZ,
    lang TEXT,
    rank SMALLINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (cluster_row_id, article_id)
);
CREATE INDEX idx_recap_cluster_evidence_rank ON recap_cluster_evidence (cluster_row_id, rank);
CREATE INDEX idx_recap_cluster_evidence_article_id ON recap_cluster_evidence (article_id);
CREATE TABLE recap_genre_learning_results (
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
CREATE TABLE tag_label_graph (
    window_label TEXT NOT NULL,
    genre TEXT NOT NULL,
    tag TEXT NOT NULL,
    weight REAL NOT NULL CHECK (weight >= 0 AND weight <= 1),
    sample_size INT NOT NULL DEFAULT 0,
    last_observed_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (window_label, genre, tag)
);
CREATE INDEX idx_tag_label_graph_genre_tag ON tag_label_graph (genre, tag);
CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, success BOOLEAN NOT NULL);
INSERT INTO _sqlx_migrations VALUES (20251101, true);

GRANT USAGE ON SCHEMA public TO tag_generator;
