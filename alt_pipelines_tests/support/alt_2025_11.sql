-- alt-db as the platform had it in November 2025, from contract/database.md: what the restricted role may do included.
CREATE TABLE feeds (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    link TEXT NOT NULL UNIQUE,
    pub_date TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now()
);
CREATE TABLE articles (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    url TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    feed_id UUID REFERENCES feeds (id) ON DELETE CASCADE,
    user_id UUID NOT NULL,
    CONSTRAINT articles_url_key UNIQUE (url)
);
CREATE INDEX idx_articles_created_at_id ON articles (created_at DESC, id DESC);
CREATE INDEX idx_articles_feed_id ON articles (feed_id);
CREATE INDEX idx_articles_user_id ON articles (user_id);
CREATE TABLE feed_tags (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    feed_id UUID NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    tag_name TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL DEFAULT 0,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now(),
    tag_type VARCHAR(50) DEFAULT 'auto',
    UNIQUE (feed_id, tag_name)
);
CREATE INDEX idx_feed_tags_feed_id ON feed_tags (feed_id);
CREATE INDEX idx_feed_tags_tag_name ON feed_tags (tag_name);
CREATE INDEX idx_feed_tags_confidence ON feed_tags (confidence DESC);
CREATE INDEX idx_feed_tags_created_at ON feed_tags (created_at);
CREATE TABLE article_tags (
    article_id UUID NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    feed_tag_id UUID NOT NULL REFERENCES feed_tags (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (article_id, feed_tag_id)
);
CREATE TABLE schema_migrations (version BIGINT PRIMARY KEY, dirty BOOLEAN NOT NULL);
INSERT INTO schema_migrations VALUES (20251101, false);

GRANT USAGE ON SCHEMA public TO tag_generator;
GRANT SELECT ON articles, feeds TO tag_generator;
GRANT SELECT, INSERT, UPDATE ON feed_tags TO tag_generator;
GRANT SELECT, INSERT ON article_tags TO tag_generator;
GRANT UPDATE (feed_id) ON articles TO tag_generator;
