"""Dagster's storage in a process that creates an instance for every sensor tick."""

from pathlib import Path

import dagster as dg
import pytest
from dagster._core.instance import InstanceRef
from sqlalchemy import event, text

from alt_pipelines.database import embedded
from alt_pipelines.runtime.storage import engine_of_process
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings

_CONFIGURATION = """
storage:
  custom: {module: alt_pipelines.runtime.storage, class: PlatformPostgresStorage, config: {}}
telemetry: {enabled: false}
"""


@pytest.fixture
def url(postgres: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of the storage: an empty database of its own."""
    database = embedded.url(postgres, f"storage_{tmp_path.name[:30]}")
    embedded.create_database(database)
    monkeypatch.setenv("ALT_PIPELINES_HOME", str(postgres.parent))
    monkeypatch.setenv("DAGSTER_POSTGRES_URL", database.render_as_string(hide_password=False))
    return storage_url(Settings.from_environment())


@pytest.fixture
def reference(url: str, tmp_path: Path) -> InstanceRef:
    """An instance on that database."""
    (tmp_path / "dagster.yaml").write_text(_CONFIGURATION)
    return InstanceRef.from_dir(str(tmp_path))


def test_the_first_instance_creates_the_tables_and_the_next_opens_no_connection(
    url: str, reference: InstanceRef
) -> None:
    with dg.DagsterInstance.from_ref(reference) as first:
        assert first.get_runs_count() == 0
        assert first.all_instigator_state() == []
    engine = engine_of_process(url)
    connected: list[object] = []
    said: list[str] = []
    event.listen(engine, "connect", lambda *_: connected.append(1))
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: said.append(statement))
    with dg.DagsterInstance.from_ref(reference) as second:
        assert second.get_runs_count() == 0
        assert second.all_instigator_state() == []
    assert not connected
    assert len(said) == 2
    assert not any("pg_catalog" in statement for statement in said), "the tables are known"


def test_a_restarted_server_is_noticed_before_the_next_statement(url: str, reference: InstanceRef) -> None:
    with dg.DagsterInstance.from_ref(reference) as instance:
        assert instance.get_runs_count() == 0
        with engine_of_process(url).connect() as killer:
            ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            killer.execute(text(f"{ended} AND datname = current_database()"))
        with dg.DagsterInstance.from_ref(reference) as second:
            assert second.get_runs_count() == 0
            assert second.all_instigator_state() == []
