"""A full disk: refused before a stack starts, and named if a database fails by it later."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError, PendingRollbackError

from alt_pipelines.settings import Settings
from alt_pipelines.stack import command, space


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The free bytes of every disk."""
    disk = SimpleNamespace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: disk)
    return disk


def settings(home: Path, **variables: str) -> Settings:
    return Settings.from_environment({"ALT_PIPELINES_HOME": str(home), **variables})


def test_a_new_folder_needs_more_space_than_one_with_data(tmp_path: Path, free: SimpleNamespace) -> None:
    free.free = 45_000_000
    home = tmp_path / "new" / "home"
    sentence = space.lack_for_start(settings(home))
    assert sentence is not None
    assert sentence.startswith(f"Not enough space in {tmp_path}: free 45 MB, needed 200 MB. Free some space")
    (home / "postgres").mkdir(parents=True)
    assert "needed 50 MB" in (space.lack_for_start(settings(home)) or "")
    free.free = 60_000_000
    assert space.lack_for_start(settings(home)) is None


def test_up_on_a_full_disk_is_one_sentence_and_starts_nothing(
    tmp_path: Path, free: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    found = CliRunner().invoke(command.up, ["--home", str(home), "--once"])
    assert found.exit_code == 1
    assert found.output.startswith("Error: Not enough space in ")
    assert len(found.output.splitlines()) == 1
    assert not (home / "postgres").exists()


def failure() -> PendingRollbackError:
    """A failed statement, hidden by the failure of what cleans up after it."""
    try:
        try:
            raise OperationalError("INSERT", {}, Exception("could not extend file"))
        finally:
            raise PendingRollbackError("Can't reconnect until invalid transaction is rolled back.")
    except PendingRollbackError as error:
        return error


REMOTE = {
    "DB_HOST": "db.example",
    "DB_PORT": "5432",
    "DB_NAME": "alt",
    "DB_TAG_GENERATOR_USER": "u",
    "DB_TAG_GENERATOR_PASSWORD": "p",
    "RECAP_DB_URL": "postgresql://u:p@db.example/recap",
    "DAGSTER_POSTGRES_URL": "postgresql://u:p@db.example/dagster",
}


@pytest.mark.parametrize("embedded", [set(REMOTE), {"RECAP_DB_URL"}, {"DAGSTER_POSTGRES_URL"}])
def test_a_database_that_fails_by_a_full_disk_is_one_sentence(
    tmp_path: Path, free: SimpleNamespace, embedded: set[str]
) -> None:
    some = settings(tmp_path, **{name: value for name, value in REMOTE.items() if name not in embedded})
    assert space.database_failure(failure(), some).startswith(f"No space is left in {tmp_path} (free: 0 MB)")
    free.free = 10**12
    assert "could not extend file" in space.database_failure(failure(), some)


@pytest.mark.usefixtures("free")
def test_a_full_disk_here_does_not_explain_the_failure_of_databases_on_other_servers(tmp_path: Path) -> None:
    said = space.database_failure(failure(), settings(tmp_path, **REMOTE))
    assert "No space" not in said
    assert "could not extend file" in said
