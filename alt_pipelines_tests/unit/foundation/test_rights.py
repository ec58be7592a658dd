"""The rights of the running role."""

from typing import get_args

import pytest

from alt_pipelines.database import migrate, rights
from alt_pipelines.database.alt_tables import SCHEMA


@pytest.mark.parametrize("database", get_args(migrate.Database))
def test_every_table_of_ours_says_why_the_running_role_needs_it(database: migrate.Database) -> None:
    """`doctor`, `db grants` and readiness name the reason; a table without one would make each of them fail."""
    asked = {need.name: need.reason for need in rights.needs(database)}
    for table in migrate.OUR_TABLES[database]:
        assert asked[f"{SCHEMA}.{table}"]
