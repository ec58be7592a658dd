"""Dagster's storage in a process that creates an instance for every sensor tick."""

from pathlib import Path

import dagster as dg
import pytest
from dagster._core.instance import InstanceRef
from dagster._core.scheduler.instigation import InstigatorType, TickData, TickStatus
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
            ended = "SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            # Waits for their ends: a session that ends a moment later is no loss before the statement.
            killer.execute(text(f"{ended} AND datname = current_database()"))
        with dg.DagsterInstance.from_ref(reference) as second:
            assert second.get_runs_count() == 0
            assert second.all_instigator_state() == []


def test_storing_an_event_asks_once_per_process_what_exists(url: str, reference: InstanceRef) -> None:
    said: list[str] = []
    with dg.DagsterInstance.from_ref(reference) as first:
        first.report_runless_asset_event(dg.AssetMaterialization("tested", tags={"a": "b"}))
        first.add_dynamic_partitions("genres", ["one"])
    event.listen(engine_of_process(url), "before_cursor_execute", lambda _c, _cursor, what, *_: said.append(what))
    with dg.DagsterInstance.from_ref(reference) as second:
        second.report_runless_asset_event(dg.AssetMaterialization("tested", tags={"a": "b"}))
        second.add_dynamic_partitions("genres", ["two"])
        assert second.has_dynamic_partition("genres", "two")
    assert sum("INSERT" in what for what in said) >= 3
    assert not [what for what in said if "pg_catalog" in what or "secondary_indexes" in what]


def test_of_the_skipped_ticks_of_a_minute_the_last_is_kept_and_every_other_tick(reference: InstanceRef) -> None:
    minute = 1_800_000_000.0
    with dg.DagsterInstance.from_ref(reference) as instance:
        statuses = [TickStatus.SKIPPED] * 3 + [TickStatus.SUCCESS, TickStatus.STARTED] + [TickStatus.SKIPPED] * 3
        for number, status in enumerate(statuses):  # three in each minute
            _tick(instance, "busy", minute + 20 * number, status)
        _tick(instance, "other", minute, TickStatus.SKIPPED)
        kept = [(tick.timestamp - minute, tick.status) for tick in instance.get_ticks("busy", "selector of busy")]
        assert kept == [
            (140.0, TickStatus.SKIPPED),
            (100.0, TickStatus.SKIPPED),
            (80.0, TickStatus.STARTED),
            (60.0, TickStatus.SUCCESS),
            (40.0, TickStatus.SKIPPED),
        ]
        assert len(instance.get_ticks("other", "selector of other")) == 1


def _tick(instance: dg.DagsterInstance, sensor: str, moment: float, status: TickStatus) -> None:
    """Store a tick as the daemon does: first that it has started, then how it ended."""
    data = TickData(
        instigator_origin_id=sensor,
        instigator_name=sensor,
        instigator_type=InstigatorType.SENSOR,
        status=TickStatus.STARTED,
        timestamp=moment,
        selector_id=f"selector of {sensor}",
    )
    instance.update_tick(instance.create_tick(data).with_status(status))
