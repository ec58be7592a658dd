"""Planner settings that force index access, for statements whose cost must not depend on statistics."""

from sqlalchemy import text
from sqlalchemy.engine import Connection

_PIN = text(
    """
    SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
           set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)
    """
)


def pin_to_indexes(connection: Connection) -> None:
    """Force index look-ups until the transaction ends.

    Right after a bulk load the statistics claim that the tables are empty, and the planner would read ten million
    outcomes to join them to five thousand articles. The callers' statements read a bounded number of rows by
    construction.
    """
    connection.execute(_PIN)
