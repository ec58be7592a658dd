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


def test_a_database_that_fails_by_a_full_disk_is_one_sentence(tmp_path: Path, free: SimpleNamespace) -> None:
    def failure() -> PendingRollbackError:
        try:
            try:
                raise OperationalError("INSERT", {}, Exception("could not extend file"))
            finally:
                raise PendingRollbackError("Can't reconnect until invalid transaction is rolled back.")
        except PendingRollbackError as error:
            return error

    assert space.database_failure(failure(), tmp_path).startswith(f"No space is left in {tmp_path} (free: 0 MB)")
    free.free = 10**12
    assert "could not extend file" in space.database_failure(failure(), tmp_path)
