"""Lines that sites repeat, as keys: what tagging leaves out of an article."""

from alembic import op

revision = "alt_0003"
down_revision = "alt_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the index by which old sites are forgotten."""
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
    """Drop the table; it is learned again."""
    op.execute("DROP TABLE IF EXISTS alt_pipelines.site_lines")
