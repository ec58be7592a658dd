"""Execute the statements that refresh a window of the graph in a transaction that the caller rolls back."""

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.label_graph.store.edges import DELETE, UPSERT

WINDOW = "rehearsal"


def build_one_edge(connection: Connection) -> int:
    """Refresh the window `rehearsal` with one edge and return its number of edges. Roll back afterwards.

    Raises:
        DBAPIError: a statement failed; a build would fail in the same way.
    """
    connection.execute(text("SELECT 1 FROM recap_genre_learning_results LIMIT 1"))
    connection.execute(
        text(
            "CREATE TEMPORARY TABLE graph_edges ON COMMIT DROP AS "
            "SELECT 'rehearsal' AS genre, 'rehearsal' AS tag, 3 AS sample_size, now() AS last_observed_at, "
            "CAST(0.5 AS real) AS weight"
        )
    )
    parameters = {"window": WINDOW, "refreshed_at": datetime.now(UTC)}
    connection.execute(text(UPSERT), parameters)
    connection.execute(text(DELETE), {"window": WINDOW})
    statement = "SELECT count(*) FROM tag_label_graph WHERE window_label = :window"
    return int(connection.execute(text(statement), {"window": WINDOW}).scalar_one())
