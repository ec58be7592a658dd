"""Create the table of the names that sites use; tagging writes variants of a name in this form."""

from alembic import op

revision = "alt_0005"
down_revision = "alt_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, and the index that finds the rows of old sites to delete."""
    op.execute(
        """
        CREATE TABLE IF NOT EXISTS alt_pipelines.site_names (
            site TEXT NOT NULL,
            name TEXT NOT NULL,
            language TEXT NOT NULL,
            articles INTEGER NOT NULL,
            learned_at TIMESTAMPTZ NOT NULL DEFAULT now(),
            PRIMARY KEY (site, name, language)
        );
        CREATE INDEX IF NOT EXISTS idx_site_names_learned_at ON alt_pipelines.site_names (learned_at);
        """
    )


def downgrade() -> None:
    """Drop the table; its rows can be learned again."""
    op.execute("DROP TABLE IF EXISTS alt_pipelines.site_names")
