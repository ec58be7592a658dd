-- What the platform did to alt-db from November 2025 to August 2026, in its order. Each statement must run after ours.
ALTER TABLE articles ADD COLUMN deleted_at TIMESTAMPTZ;
CREATE INDEX idx_articles_deleted_at ON articles (deleted_at) WHERE deleted_at IS NOT NULL;
ALTER TABLE articles DROP CONSTRAINT articles_url_key;
ALTER TABLE articles ADD CONSTRAINT articles_url_user_id_key UNIQUE (url, user_id);
ALTER TABLE articles ADD COLUMN published_at TIMESTAMPTZ;
ALTER TABLE articles ADD COLUMN language TEXT NOT NULL DEFAULT 'und';
CREATE TABLE feed_links (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), url TEXT NOT NULL UNIQUE);
ALTER TABLE feeds ADD COLUMN feed_link_id UUID REFERENCES feed_links (id) ON DELETE SET NULL;
INSERT INTO feed_links (url) VALUES ('https://news.example/rss');
UPDATE feeds SET feed_link_id = (SELECT id FROM feed_links LIMIT 1) WHERE feed_link_id IS NULL;
ALTER TABLE feeds ALTER COLUMN feed_link_id SET NOT NULL;
ALTER TABLE feeds RENAME COLUMN link TO website_url;
CREATE INDEX idx_feed_tags_tag_name_lower ON feed_tags (lower(tag_name));
CREATE TABLE article_tag_claims (id BIGSERIAL PRIMARY KEY, note TEXT);
DROP TABLE article_tag_claims;
UPDATE schema_migrations SET version = 20260815;
