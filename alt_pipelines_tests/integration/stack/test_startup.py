"""Databases are made ready at the start: ours are migrated, named ones are checked, absent ones stop nobody."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import URL

from alt_pipelines.database import embedded
from alt_pipelines.database.startup import PendingMigrationsError, prepare_databases
from alt_pipelines.settings import Settings
from alt_pipelines_tests.support.named_databases import named_databases
from alt_pipelines_tests.support.platform import make_database


def named(alt: URL, recap: URL) -> Settings:
    return Settings.from_environment(named_databases(alt, recap))


def fresh(postgres: Path, name: str) -> URL:
    url = embedded.url(postgres, name)
    embedded.create_database(url)
    return url


def platforms(postgres: Path, name: str) -> tuple[URL, URL]:
    """Databases of a platform without anything of ours, as their superuser."""
    alt = make_database(postgres, f"alt_{name}", ("alt", "2026_08"))
    recap = make_database(postgres, f"recap_{name}", ("recap", "2026_08"))
    return alt.owner.set(username="postgres"), recap.owner.set(username="postgres")


def test_a_named_database_without_migrations_is_refused_with_the_command(postgres: Path) -> None:
    settings = named(fresh(postgres, "alt_new"), fresh(postgres, "recap_new"))
    with pytest.raises(PendingMigrationsError, match=r"alt-db lacks .*alt-pipelines db upgrade"):
        prepare_databases(settings)


def test_named_databases_are_migrated_on_demand_by_any_number_of_processes_at_once(postgres: Path) -> None:
    alt, recap = platforms(postgres, "together")
    environment = os.environ | named_databases(alt, recap)
    command = [sys.executable, "-m", "alt_pipelines", "db", "upgrade"]
    upgrades = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for upgrade in upgrades:
        _, said = upgrade.communicate(timeout=120)
        assert upgrade.returncode == 0, said
    assert "article_tag_outcomes" in inspect(create_engine(alt)).get_table_names(schema="alt_pipelines")
    prepare_databases(named(alt, recap))  # finds nothing to say


def test_the_supervisor_migrates_named_databases_too(postgres: Path) -> None:
    alt, recap = platforms(postgres, "alone")
    prepare_databases(named(alt, recap), named="migrate")
    assert "genre_runs" in inspect(create_engine(recap)).get_table_names(schema="alt_pipelines")


@pytest.mark.parametrize("mode", ["check", "migrate"])
def test_a_database_that_a_newer_release_has_migrated_stops_no_part(
    postgres: Path, mode: Literal["check", "migrate"]
) -> None:
    alt, recap = platforms(postgres, f"newer_{mode}")
    prepare_databases(named(alt, recap), named="migrate")
    with create_engine(recap).begin() as connection:
        connection.execute(text("UPDATE alt_pipelines.recap_version SET version_num = 'recap_9999'"))
    prepare_databases(named(alt, recap), named=mode)


def test_a_database_that_does_not_answer_stops_no_part(postgres: Path) -> None:
    settings = Settings.from_environment(
        {
            "DB_HOST": "127.0.0.1",
            "DB_PORT": "9",
            "DB_NAME": "alt",
            "DB_TAG_GENERATOR_USER": "nobody",
            "DB_TAG_GENERATOR_PASSWORD": "any",
            "RECAP_DB_URL": "postgresql://nobody@127.0.0.1:9/recap",
        }
    )
    prepare_databases(settings)
