"""Keeping the planner to indexes, for statements whose cost must not depend on statistics."""

from sqlalchemy import text
from sqlalchemy.engine import Connection

_PIN = text(
    """
    SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
           set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)
    """
)


def pin_to_indexes(connection: Connection) -> None:
    """Until this transaction ends, look rows up one by one through indexes.

    Right after a bulk load the statistics say that the tables are empty, and the planner reads ten million outcomes to
    join them to five thousand articles. The statements that call this read a bounded number of rows by construction.
    """
    connection.execute(_PIN)
