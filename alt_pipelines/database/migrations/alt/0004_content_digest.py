"""Add the digest of the content that took too long, so that the article is retried when its content changes."""

from alembic import op

revision = "alt_0004"
down_revision = "alt_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and the index that finds these articles."""
    op.execute(
        """
        ALTER TABLE alt_pipelines.article_tag_outcomes ADD COLUMN IF NOT EXISTS content_digest TEXT;
        CREATE INDEX IF NOT EXISTS idx_article_tag_outcomes_took_too_long
            ON alt_pipelines.article_tag_outcomes (article_id) WHERE reason = 'took_too_long';
        """
    )


def downgrade() -> None:
    """Drop the column and its index; the articles are then retried once."""
    op.execute(
        """
        DROP INDEX IF EXISTS alt_pipelines.idx_article_tag_outcomes_took_too_long;
        ALTER TABLE alt_pipelines.article_tag_outcomes DROP COLUMN IF EXISTS content_digest;
        """
    )
