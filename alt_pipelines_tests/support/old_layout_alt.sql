-- alt-db of an installation of ours before its tables had a schema of their own (release of November 2026), as it made it.
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

CREATE TABLE IF NOT EXISTS article_tag_outcomes (
    article_id UUID PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    reason TEXT,
    attempts INTEGER NOT NULL DEFAULT 1,
    extractor_version TEXT NOT NULL,
    backend TEXT,
    language TEXT,
    confidence DOUBLE PRECISION,
    tag_count INTEGER NOT NULL DEFAULT 0,
    inference_ms DOUBLE PRECISION,
    sanitized_length INTEGER,
    cascade JSONB,
    next_attempt_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT article_tag_outcomes_status_check
        CHECK (status IN ('tagged', 'empty', 'rejected', 'no_feed', 'failed'))
);
CREATE INDEX IF NOT EXISTS idx_article_tag_outcomes_next_attempt
    ON article_tag_outcomes (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_article_tag_outcomes_version ON article_tag_outcomes (extractor_version);

CREATE TABLE IF NOT EXISTS article_tag_claims (
    article_id UUID PRIMARY KEY,
    owner TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 1,
    claimed_until TIMESTAMPTZ NOT NULL
);

CREATE TABLE IF NOT EXISTS pipeline_metrics (
    name TEXT NOT NULL,
    labels TEXT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (name, labels)
);
CREATE TABLE alt_pipelines_version (version_num VARCHAR(32) PRIMARY KEY);
INSERT INTO alt_pipelines_version VALUES ('alt_0001');
