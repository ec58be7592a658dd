"""Convert the rooms' plain values to Dagster's metadata: tables, pictures, addresses.

Each room's `metadata` module selects the values and writes the sentences; this module only converts them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import dagster as dg

SCHEDULE_TAG = "dagster/schedule_name"

SOURCE, PRODUCT, CONSUMER = ({"alt/role": role} for role in ("source", "product", "consumer"))
"""Tags of assets: the platform's rows that are read, what this project makes, and the platform's parts that read it."""

Cell = str | int | float
Metadata = dict[str, dg.MetadataValue[Any]]


def tables(**rows_by_name: Sequence[Mapping[str, Cell]]) -> Metadata:
    """Return each non-empty table under its name, with the columns of its first row."""
    kinds = {str: "string", int: "int", float: "float"}
    shown: Metadata = {}
    for name, rows in rows_by_name.items():
        if rows:
            columns = [dg.TableColumn(column, kinds[type(value)]) for column, value in rows[0].items()]
            records = [dg.TableRecord(dict(row)) for row in rows]
            shown[name] = dg.MetadataValue.table(records, schema=dg.TableSchema(columns=columns))
    return shown


def drawn(context: dg.AssetExecutionContext, drawings: Mapping[str, Callable[[], str | None]]) -> Metadata:
    """Draw Markdown images and return those that are not None. A failed drawing only logs a warning.

    The result that a picture shows is stored before the picture is drawn, so a picture cannot make a run fail.
    """
    shown: Metadata = {}
    for name, draw in drawings.items():
        try:
            picture = draw()
        except Exception as error:
            context.log.warning(f"{name} could not be drawn ({type(error).__name__}: {error}); the result is stored")
            continue
        if picture is not None:
            shown[name] = dg.MetadataValue.md(picture)
    return shown


def was_requested(run: dg.DagsterRun) -> bool:
    """Whether a person or a client started the run, and not a schedule; such a run may take time for large plots."""
    return SCHEDULE_TAG not in run.tags
