"""Index the outcomes with a content digest: failures that are final until the article or the extractor changes."""

from alembic import op

revision = "alt_0007"
down_revision = "alt_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Replace the index of the articles that took too long. Those recorded before digests get an empty one.

    Reads go on meanwhile. The old index is dropped last, because that waits for every transaction that reads the table,
    and other reads wait behind it. If one reads for longer, such as a backup, the index stays: small and unused.
    """
    op.execute(
        """
        SET LOCAL lock_timeout = '10s';
        CREATE INDEX IF NOT EXISTS idx_article_tag_outcomes_final
            ON alt_pipelines.article_tag_outcomes (article_id) WHERE content_digest IS NOT NULL;
        UPDATE alt_pipelines.article_tag_outcomes SET content_digest = ''
        WHERE reason = 'took_too_long' AND content_digest IS NULL;
        SET LOCAL lock_timeout = '1s';
        DO $$
        BEGIN
            DROP INDEX IF EXISTS alt_pipelines.idx_article_tag_outcomes_took_too_long;
        EXCEPTION WHEN lock_not_available THEN
            NULL;
        END $$;
        """
    )


def downgrade() -> None:
    """Restore the index of the articles that took too long, and the missing digests."""
    op.execute(
        """
        CREATE INDEX IF NOT EXISTS idx_article_tag_outcomes_took_too_long
            ON alt_pipelines.article_tag_outcomes (article_id) WHERE reason = 'took_too_long';
        UPDATE alt_pipelines.article_tag_outcomes SET content_digest = NULL WHERE content_digest = '';
        DROP INDEX IF EXISTS alt_pipelines.idx_article_tag_outcomes_final;
        """
    )
