"""The times in Dagster's storage: ticks stored before the clock was set back, and a server in another time zone."""

import time
from pathlib import Path

import dagster as dg
from dagster._core.remote_origin import GrpcServerCodeLocationOrigin, RemoteInstigatorOrigin, RemoteRepositoryOrigin
from dagster._core.scheduler.instigation import (
    InstigatorState,
    InstigatorStatus,
    TickData,
    TickStatus,
)
from sqlalchemy.engine import make_url

from alt_pipelines.runtime import daemon_clock, store
from alt_pipelines.runtime.dagster_internals import InstigatorType, ScheduleInstigatorData
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings
from alt_pipelines_tests.support.dagster_instance import instance_on
from alt_pipelines_tests.support.server_defaults import server_defaults

TWO_HOURS = 7200.0
CRON = "*/15 * * * *"


def _schedule(name: str, started: float, looked: float | None) -> InstigatorState:
    location = GrpcServerCodeLocationOrigin(host="127.0.0.1", port=1)
    origin = RemoteInstigatorOrigin(RemoteRepositoryOrigin(location, "__repository__"), name)
    data = ScheduleInstigatorData(CRON, started, looked)
    return InstigatorState(origin, InstigatorType.SCHEDULE, InstigatorStatus.RUNNING, data)


def _tick(instance: dg.DagsterInstance, state: InstigatorState, moment: float) -> None:
    instance.create_tick(
        TickData(
            instigator_origin_id=state.instigator_origin_id,
            instigator_name=state.instigator_name,
            instigator_type=InstigatorType.SCHEDULE,
            status=TickStatus.SKIPPED,
            timestamp=moment,
            selector_id=state.selector_id,
        )
    )


def test_a_schedule_continues_from_its_last_tick_that_lies_in_the_past(
    instance: dg.DagsterInstance, dagster_url: str
) -> None:
    now = time.time()
    ahead = _schedule("ahead", now + TWO_HOURS, now + TWO_HOURS)
    sound = _schedule("sound", now - 100, now - 10)
    for state in (ahead, sound):
        instance.add_instigator_state(state)
        _tick(instance, state, now - 50)
    for seconds in (TWO_HOURS, 2 * TWO_HOURS):
        _tick(instance, ahead, now + seconds)
    engine = store.lease_engine(dagster_url)
    with engine.connect() as session:
        assert daemon_clock.forget_future_ticks(instance, session) == 2
        assert daemon_clock.forget_future_ticks(instance, session) == 0
    engine.dispose()
    for state in (ahead, sound):
        (tick,) = instance.get_ticks(state.instigator_origin_id, state.selector_id)
        assert abs(tick.timestamp - (now - 50)) < 1
    found = instance.get_instigator_state(ahead.instigator_origin_id, ahead.selector_id)
    assert found is not None
    assert isinstance(found.instigator_data, ScheduleInstigatorData)
    assert (found.instigator_data.start_timestamp or 0) <= time.time()
    assert found.instigator_data.last_iteration_timestamp is None
    kept = instance.get_instigator_state(sound.instigator_origin_id, sound.selector_id)
    assert kept is not None
    assert kept.instigator_data == sound.instigator_data


def test_times_are_utc_on_a_server_in_another_zone(dagster_url: str, tmp_path: Path) -> None:
    settings = Settings.from_environment({"DAGSTER_POSTGRES_URL": dagster_url})
    with server_defaults(make_url(dagster_url), timezone="Asia/Tokyo"):
        url = storage_url(settings)
        with instance_on(url, tmp_path) as instance, store.lease_engine(url).connect() as session:
            now = time.time()
            schedule = _schedule("on time", now - 100, now - 10)
            instance.add_instigator_state(schedule)
            _tick(instance, schedule, now - 50)
            run = instance.create_run_for_job(_job)

            assert daemon_clock.forget_future_ticks(instance, session) == 0
            (record,) = instance.get_run_records(dg.RunsFilter(run_ids=[run.run_id]))
            (tick,) = instance.get_ticks(schedule.instigator_origin_id, schedule.selector_id)
    assert abs(record.create_timestamp.timestamp() - now) < 60
    assert abs(tick.timestamp - (now - 50)) < 1


@dg.job
def _job() -> None:
    """Do nothing."""
