"""Read and add to `pipeline_metrics`, the table of metrics in both databases."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from alt_pipelines.database.alt_tables import pipeline_metrics
from alt_pipelines.observability.metrics import MetricBatch, Sample


def add_metrics(connection: Connection, batch: MetricBatch) -> None:
    """Add a batch to the stored counts in the caller's transaction. Call it last: other writers wait for its locks."""
    samples = batch.samples()
    if not samples:
        return
    statement = insert(pipeline_metrics).values([sample._asdict() for sample in samples])
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[pipeline_metrics.c.name, pipeline_metrics.c.labels],
            set_={
                "value": pipeline_metrics.c.value + statement.excluded.value,
                "updated_at": func.now(),
            },
        )
    )


def read_metrics(connection: Connection) -> Sequence[Sample]:
    """Return all stored samples of a database."""
    rows = connection.execute(
        select(pipeline_metrics.c.name, pipeline_metrics.c.labels, pipeline_metrics.c.value).order_by(
            pipeline_metrics.c.name, pipeline_metrics.c.labels
        )
    )
    return [Sample(*row) for row in rows]
