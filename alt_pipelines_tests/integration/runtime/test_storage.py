"""Dagster's storage in a process that creates an instance for every sensor tick."""

from pathlib import Path

import dagster as dg
import pytest
from dagster._core.instance import InstanceRef
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from alt_pipelines.database import embedded

_CONFIGURATION = """
storage:
  custom: {module: alt_pipelines.runtime.storage, class: PlatformPostgresStorage, config: {}}
telemetry: {enabled: false}
"""


@pytest.fixture
def reference(postgres: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InstanceRef:
    """An instance on an empty database of its own."""
    url = embedded.url(postgres, f"storage_{tmp_path.name[:30]}")
    embedded.create_database(url)
    monkeypatch.setenv("ALT_PIPELINES_HOME", str(postgres.parent))
    monkeypatch.setenv("DAGSTER_POSTGRES_URL", url.render_as_string(hide_password=False))
    (tmp_path / "dagster.yaml").write_text(_CONFIGURATION)
    return InstanceRef.from_dir(str(tmp_path))


def _engine(instance: dg.DagsterInstance) -> Engine:
    engine = instance.schedule_storage._engine  # type: ignore[union-attr]
    assert isinstance(engine, Engine)
    return engine


def test_the_first_instance_creates_the_tables_and_the_next_opens_no_connection(reference: InstanceRef) -> None:
    with dg.DagsterInstance.from_ref(reference) as first:
        assert first.get_runs_count() == 0
        assert first.all_instigator_state() == []
        engine = _engine(first)
    connected: list[object] = []
    said: list[str] = []
    event.listen(engine, "connect", lambda *_: connected.append(1))
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: said.append(statement))
    with dg.DagsterInstance.from_ref(reference) as second:
        assert _engine(second) is engine
        assert second.get_runs_count() == 0
        assert second.all_instigator_state() == []
    assert not connected
    assert len(said) == 2
    assert not any("pg_catalog" in statement for statement in said), "the tables are known"


def test_a_restarted_server_is_noticed_before_the_next_statement(reference: InstanceRef) -> None:
    with dg.DagsterInstance.from_ref(reference) as instance:
        assert instance.get_runs_count() == 0
        with _engine(instance).connect() as killer:
            ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            killer.execute(text(f"{ended} AND datname = current_database()"))
        with dg.DagsterInstance.from_ref(reference) as second:
            assert second.get_runs_count() == 0
            assert second.all_instigator_state() == []
