"""Create the table of the lines that sites repeat, stored as keys; tagging drops these lines from articles."""

from alembic import op

revision = "alt_0003"
down_revision = "alt_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, and the index that finds the rows of old sites to delete."""
    op.execute(
        """
        CREATE TABLE IF NOT EXISTS alt_pipelines.site_lines (
            site TEXT NOT NULL,
            line_key BIGINT NOT NULL,
            stories INTEGER NOT NULL,
            learned_at TIMESTAMPTZ NOT NULL DEFAULT now(),
            PRIMARY KEY (site, line_key)
        );
        CREATE INDEX IF NOT EXISTS idx_site_lines_learned_at ON alt_pipelines.site_lines (learned_at);
        """
    )


def downgrade() -> None:
    """Drop the table; its rows can be learned again."""
    op.execute("DROP TABLE IF EXISTS alt_pipelines.site_lines")
