"""Ours: what each build of the tag label graph and each learning attempt did."""

from alembic import op

revision = "recap_0002"
down_revision = "recap_0001"
branch_labels = None
depends_on = None

OURS = """
CREATE TABLE IF NOT EXISTS tag_label_graph_builds (
    id BIGSERIAL PRIMARY KEY,
    window_label TEXT NOT NULL,
    built_at TIMESTAMPTZ NOT NULL,
    kept_previous BOOLEAN NOT NULL,
    edges INTEGER NOT NULL,
    edges_before INTEGER NOT NULL,
    report JSONB NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_tag_label_graph_builds_newest ON tag_label_graph_builds (window_label, id DESC);

CREATE TABLE IF NOT EXISTS genre_learning_attempts (
    id BIGSERIAL PRIMARY KEY,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    finished_at TIMESTAMPTZ,
    status TEXT NOT NULL CONSTRAINT genre_learning_attempts_status_check
        CHECK (status IN ('sending', 'sent', 'failed')),
    payload JSONB NOT NULL,
    report JSONB NOT NULL,
    answer_status INTEGER,
    answer JSONB,
    answer_text TEXT,
    error TEXT
);
CREATE INDEX IF NOT EXISTS idx_genre_learning_attempts_sent ON genre_learning_attempts (id DESC)
    WHERE status = 'sent';
"""


def upgrade() -> None:
    """Create what is missing."""
    op.execute(OURS)
