"""Index the outcomes with a content digest: failures that are final until the article or the extractor changes."""

from alembic import op

revision = "alt_0007"
down_revision = "alt_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Replace the index of the articles that took too long. Those recorded before digests get an empty one."""
    op.execute(
        """
        UPDATE alt_pipelines.article_tag_outcomes SET content_digest = ''
        WHERE reason = 'took_too_long' AND content_digest IS NULL;
        DROP INDEX IF EXISTS alt_pipelines.idx_article_tag_outcomes_took_too_long;
        CREATE INDEX IF NOT EXISTS idx_article_tag_outcomes_final
            ON alt_pipelines.article_tag_outcomes (article_id) WHERE content_digest IS NOT NULL;
        """
    )


def downgrade() -> None:
    """Restore the index of the articles that took too long."""
    op.execute(
        """
        DROP INDEX IF EXISTS alt_pipelines.idx_article_tag_outcomes_final;
        CREATE INDEX IF NOT EXISTS idx_article_tag_outcomes_took_too_long
            ON alt_pipelines.article_tag_outcomes (article_id) WHERE reason = 'took_too_long';
        """
    )
