"""Create the table of the archive's vocabularies, and the column that names the version an outcome was ranked by."""

from alembic import op

revision = "alt_0006"
down_revision = "alt_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and add the column."""
    op.execute(
        """
        CREATE TABLE IF NOT EXISTS alt_pipelines.vocabularies (
            version TEXT PRIMARY KEY,
            language TEXT NOT NULL,
            articles INTEGER NOT NULL,
            words INTEGER NOT NULL,
            counts JSON NOT NULL,
            built_at TIMESTAMPTZ NOT NULL DEFAULT now()
        );
        CREATE INDEX IF NOT EXISTS idx_vocabularies_newest ON alt_pipelines.vocabularies (language, built_at DESC);
        ALTER TABLE alt_pipelines.article_tag_outcomes ADD COLUMN IF NOT EXISTS vocabulary TEXT;
        """
    )


def downgrade() -> None:
    """Drop both; the vocabularies can be built again."""
    op.execute(
        """
        ALTER TABLE alt_pipelines.article_tag_outcomes DROP COLUMN IF EXISTS vocabulary;
        DROP TABLE IF EXISTS alt_pipelines.vocabularies;
        """
    )
