"""The platform's tables in the platform's shape, for installations without a platform: embedded, tests, demos.

Never run these statements on a platform's database, which owns these tables. `migrate.upgrade` runs them for the
embedded server, and for a named database only if the operator requests it (`db upgrade --without-platform`). Every
statement has IF NOT EXISTS. The migrations create this project's own tables.
"""

ALT = """
CREATE TABLE IF NOT EXISTS feeds (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    link TEXT NOT NULL UNIQUE,
    pub_date TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS articles (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    url TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    feed_id UUID REFERENCES feeds (id) ON DELETE CASCADE,
    user_id UUID NOT NULL
);
ALTER TABLE articles
    ADD COLUMN IF NOT EXISTS deleted_at TIMESTAMPTZ,
    ADD COLUMN IF NOT EXISTS published_at TIMESTAMPTZ,
    ADD COLUMN IF NOT EXISTS language TEXT;
CREATE INDEX IF NOT EXISTS idx_articles_created_at_id ON articles (created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS idx_articles_feed_id ON articles (feed_id);
CREATE INDEX IF NOT EXISTS idx_articles_user_id ON articles (user_id);

CREATE TABLE IF NOT EXISTS feed_tags (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    feed_id UUID NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    tag_name TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL DEFAULT 0,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now(),
    tag_type VARCHAR(50) DEFAULT 'auto',
    CONSTRAINT feed_tags_feed_id_tag_name_key UNIQUE (feed_id, tag_name)
);
CREATE INDEX IF NOT EXISTS idx_feed_tags_feed_id ON feed_tags (feed_id);
CREATE INDEX IF NOT EXISTS idx_feed_tags_tag_name ON feed_tags (tag_name);
CREATE INDEX IF NOT EXISTS idx_feed_tags_confidence ON feed_tags (confidence DESC);
CREATE INDEX IF NOT EXISTS idx_feed_tags_created_at ON feed_tags (created_at);

CREATE TABLE IF NOT EXISTS article_tags (
    article_id UUID NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    feed_tag_id UUID NOT NULL REFERENCES feed_tags (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (article_id, feed_tag_id)
);
"""

RECAP = """
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
CREATE INDEX IF NOT EXISTS idx_recap_genre_learning_results_updated_at ON recap_genre_learning_results (updated_at);

CREATE TABLE IF NOT EXISTS tag_label_graph (
    window_label TEXT NOT NULL,
    genre TEXT NOT NULL,
    tag TEXT NOT NULL,
    weight REAL NOT NULL CONSTRAINT tag_label_graph_weight_check CHECK (weight >= 0 AND weight <= 1),
    sample_size INTEGER NOT NULL DEFAULT 0,
    last_observed_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (window_label, genre, tag)
) WITH (fillfactor = 50);
CREATE INDEX IF NOT EXISTS idx_tag_label_graph_genre_tag ON tag_label_graph (genre, tag);

CREATE TABLE IF NOT EXISTS recap_worker_config (
    id BIGSERIAL PRIMARY KEY,
    config_type TEXT NOT NULL DEFAULT 'graph_override',
    config_payload JSONB NOT NULL,
    source TEXT NOT NULL DEFAULT 'genre_learning',
    metadata JSONB,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS idx_recap_worker_config_latest ON recap_worker_config (config_type, created_at DESC);

CREATE TABLE IF NOT EXISTS recap_run_diagnostics (
    run_id BIGINT PRIMARY KEY REFERENCES recap_subworker_runs (id) ON DELETE CASCADE,
    cluster_avg_similarity_mean DOUBLE PRECISION,
    cluster_avg_similarity_variance DOUBLE PRECISION,
    cluster_avg_similarity_p95 DOUBLE PRECISION,
    cluster_avg_similarity_max DOUBLE PRECISION,
    cluster_count INTEGER,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
"""
