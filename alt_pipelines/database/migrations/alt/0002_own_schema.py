"""Create our tables of alt-db in their own schema, and move those of an older release there with their rows.

Older releases kept these tables in the schema `public`, with a foreign key to `articles`. The platform's tables are not
changed. The history begins here: the platform's tables that revision alt_0001 created stay as they are.
"""

from alembic import op

revision = "alt_0002"
down_revision = None
branch_labels = None
depends_on = None

MOVE = """
DO $$
BEGIN
    IF to_regclass('public.alt_pipelines_version') IS NULL THEN
        RETURN;  -- no older release was here, so nothing in public is ours
    END IF;
    IF to_regclass('public.article_tag_outcomes') IS NOT NULL THEN
        ALTER TABLE public.article_tag_outcomes SET SCHEMA alt_pipelines;
        ALTER TABLE alt_pipelines.article_tag_outcomes
            DROP CONSTRAINT IF EXISTS article_tag_outcomes_article_id_fkey;
    END IF;
    IF to_regclass('public.article_tag_claims') IS NOT NULL THEN
        ALTER TABLE public.article_tag_claims SET SCHEMA alt_pipelines;
    END IF;
    IF to_regclass('public.pipeline_metrics') IS NOT NULL THEN
        ALTER TABLE public.pipeline_metrics SET SCHEMA alt_pipelines;
    END IF;
    DROP TABLE public.alt_pipelines_version;
END
$$;
"""

OURS = """
CREATE TABLE IF NOT EXISTS alt_pipelines.article_tag_outcomes (
    article_id UUID PRIMARY KEY,
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
ALTER TABLE alt_pipelines.article_tag_outcomes ADD COLUMN IF NOT EXISTS retag_requested_at TIMESTAMPTZ;
DROP INDEX IF EXISTS alt_pipelines.idx_article_tag_outcomes_version;
CREATE INDEX IF NOT EXISTS idx_article_tag_outcomes_next_attempt
    ON alt_pipelines.article_tag_outcomes (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_article_tag_outcomes_retag
    ON alt_pipelines.article_tag_outcomes (retag_requested_at) WHERE retag_requested_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS alt_pipelines.article_tag_claims (
    article_id UUID PRIMARY KEY,
    owner TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 1,
    claimed_until TIMESTAMPTZ NOT NULL
);

CREATE TABLE IF NOT EXISTS alt_pipelines.pipeline_metrics (
    name TEXT NOT NULL,
    labels TEXT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (name, labels)
);

CREATE TABLE IF NOT EXISTS alt_pipelines.installation_facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
"""


def upgrade() -> None:
    """Move the tables of an older release, then create the missing ones."""
    op.execute(MOVE)
    op.execute(OURS)
