"""Read times that Python cannot represent, such as the year 10000 or 44 BC, as the nearest time that it can.

Postgres stores the years 4713 BC to 294276, Python 1 to 9999. Other services write the platform's rows, so one such
row would fail every statement that reads it. psycopg2 reads infinity in the same way.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from psycopg2 import extensions
from sqlalchemy import event
from sqlalchemy.engine import Engine


def _bounded(read: Callable[[Any, Any], Any], first: Any, last: Any) -> Callable[[Any, Any], Any]:
    def cast(value: Any, cursor: Any) -> Any:
        try:
            return read(value, cursor)
        except ValueError:
            return first if value.endswith("BC") else last

    return cast


_CASTS = [
    extensions.new_type(
        extensions.PYDATETIME.values, "BOUNDED_TIMESTAMP", _bounded(extensions.PYDATETIME, datetime.min, datetime.max)
    ),
    extensions.new_type(
        extensions.PYDATETIMETZ.values,
        "BOUNDED_TIMESTAMPTZ",
        _bounded(extensions.PYDATETIMETZ, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
    ),
    extensions.new_type(extensions.PYDATE.values, "BOUNDED_DATE", _bounded(extensions.PYDATE, date.min, date.max)),
]


def read_far_times(engine: Engine) -> None:
    """Have every connection of an engine read a time outside the years 1 to 9999 as the first or last one inside."""

    @event.listens_for(engine, "connect")
    def register(connection: Any, _record: Any) -> None:
        for cast in _CASTS:
            extensions.register_type(cast, connection)
