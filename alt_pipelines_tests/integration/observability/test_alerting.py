"""Failures reach an operator: on a real Dagster instance, with a webhook that really listens."""

import dagster as dg
import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from alt_pipelines.observability import automation
from alt_pipelines.observability.automation import count_failed_runs, make_post_alerts, report_failed_runs
from alt_pipelines.observability.store import read_metrics
from alt_pipelines.settings import AlertSettings
from alt_pipelines_tests.support.outage import outage
from alt_pipelines_tests.support.webhook import Receiver, answer, receiver

state = {"fails": True}


@dg.op
def work() -> None:
    if state["fails"]:
        raise dg.Failure("the disk is full")


@dg.job
def fragile_job() -> None:
    work()


@dg.asset
def numbers() -> int:
    return 1


@dg.asset_check(asset=numbers)
def numbers_are_many() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=False, description="There is one number.")


@pytest.fixture
def defs() -> dg.Definitions:
    state["fails"] = True
    return dg.Definitions(assets=[numbers], asset_checks=[numbers_are_many], jobs=[fragile_job])


class Operator:
    """Ticks of `post_alerts`, with its cursor kept from tick to tick as the daemon keeps it."""

    def __init__(self, instance: dg.DagsterInstance, defs: dg.Definitions, url: str | None) -> None:
        self.instance, self.defs, self.cursor = instance, defs, None
        self.sensor = make_post_alerts(AlertSettings(webhook_url=url, quiet_seconds=0))  # type: ignore[arg-type]

    def tick(self) -> str:
        context = dg.build_sensor_context(
            instance=self.instance,
            cursor=self.cursor,
            repository_def=self.defs.get_repository_def(),
            sensor_name="post_alerts",
        )
        said = self.sensor.evaluate_tick(context)
        self.cursor = said.cursor
        return str(said.skip_message)


def run_job(instance: dg.DagsterInstance, defs: dg.Definitions, *, fails: bool) -> None:
    state["fails"] = fails
    defs.resolve_job_def("fragile_job").execute_in_process(instance=instance, raise_on_error=False)


def texts(webhook: Receiver) -> list[str]:
    return [str(body["text"]) for _, body in webhook.requests]


def test_a_job_that_keeps_failing_costs_one_message_and_one_when_it_works_again(
    instance: dg.DagsterInstance, defs: dg.Definitions
) -> None:
    with receiver() as webhook:
        operator = Operator(instance, defs, webhook.url)
        run_job(instance, defs, fails=True)
        operator.tick()
        assert webhook.requests == []  # one failure may be chance, and is retried
        for _ in range(3):
            run_job(instance, defs, fails=True)
            operator.tick()
        run_job(instance, defs, fails=False)
        operator.tick()
        operator.tick()
    began, ended = texts(webhook)
    assert began.startswith("Job fragile_job: 2 consecutive failed runs")
    assert "fragile_job" in ended
    assert [body["event"] for _, body in webhook.requests] == ["began", "ended"]


def test_a_failing_check_is_posted_with_its_reason(instance: dg.DagsterInstance, defs: dg.Definitions) -> None:
    with receiver() as webhook:
        operator = Operator(instance, defs, webhook.url)
        defs.resolve_implicit_global_asset_job_def().execute_in_process(instance=instance)
        operator.tick()
    assert texts(webhook) == ["Check numbers: numbers_are_many failed: There is one number."]


def test_a_message_that_is_not_accepted_is_sent_again(instance: dg.DagsterInstance, defs: dg.Definitions) -> None:
    with receiver(answer(status="503 Service Unavailable")) as webhook:
        operator = Operator(instance, defs, webhook.url)
        for _ in range(2):
            run_job(instance, defs, fails=True)
        assert "answered 503" in operator.tick()
        webhook.says = answer()
        operator.tick()
        operator.tick()
    assert len(webhook.requests) == 2


def test_without_a_webhook_the_tick_says_so(instance: dg.DagsterInstance, defs: dg.Definitions) -> None:
    assert "ALERT_WEBHOOK_URL is not set" in Operator(instance, defs, None).tick()


def report(result: dg.ExecuteInProcessResult, instance: dg.DagsterInstance) -> None:
    """Do what the sensor of failed runs does once the run has failed."""
    context = dg.build_run_status_sensor_context(
        sensor_name="report_failed_runs",
        dagster_instance=instance,
        dagster_run=result.dagster_run,
        dagster_event=result.get_run_failure_event(),
    ).for_run_failure()
    report_failed_runs(context)


class Counting:
    """Ticks of `count_failed_runs`, with its cursor kept from tick to tick as the daemon keeps it."""

    def __init__(self, instance: dg.DagsterInstance, engine: Engine, cursor: str | None = None) -> None:
        self.instance, self.engine, self.cursor = instance, engine, cursor

    def tick(self, settled_seconds: float = 0.0) -> None:
        context = dg.build_sensor_context(
            instance=self.instance, cursor=self.cursor, resources={"recap_db": self.engine}
        )
        with pytest.MonkeyPatch.context() as settled:
            settled.setattr(automation, "SETTLED_SECONDS", settled_seconds)
            self.cursor = count_failed_runs.evaluate_tick(context).cursor

    def counts(self) -> dict[str, float]:
        with self.engine.connect() as connection:
            samples = read_metrics(connection)
        return {sample.labels: sample.value for sample in samples if sample.name == "dagster_runs_failed_total"}


def test_failed_runs_are_counted_by_job_and_once(
    instance: dg.DagsterInstance, defs: dg.Definitions, recap_engine: Engine
) -> None:
    run_job(instance, defs, fails=True)  # before anything was counted
    counting = Counting(instance, recap_engine)
    counting.tick()
    for fails in (True, False, True):
        run_job(instance, defs, fails=fails)
        counting.tick()
        counting.tick()
    assert counting.counts() == {'{"job": "fragile_job"}': 2}


def test_a_failure_is_counted_only_when_none_with_a_smaller_id_can_follow(
    instance: dg.DagsterInstance, defs: dg.Definitions, recap_engine: Engine
) -> None:
    counting = Counting(instance, recap_engine)
    counting.tick()
    run_job(instance, defs, fails=True)
    before = counting.cursor
    counting.tick(settled_seconds=60)
    assert (counting.counts(), counting.cursor) == ({}, before)
    counting.tick()
    assert counting.counts() == {'{"job": "fragile_job"}': 1}


def test_runs_that_fail_while_the_database_is_away_are_counted_when_it_is_back(
    instance: dg.DagsterInstance, defs: dg.Definitions, recap_engine: Engine
) -> None:
    counting = Counting(instance, recap_engine)
    counting.tick()
    with outage(recap_engine):
        for _ in range(3):
            run_job(instance, defs, fails=True)
            with pytest.raises(OperationalError):
                counting.tick()
    counting.tick()
    assert counting.counts() == {'{"job": "fragile_job"}': 3}


def test_a_cursor_that_is_no_number_begins_again(
    instance: dg.DagsterInstance, defs: dg.Definitions, recap_engine: Engine
) -> None:
    counting = Counting(instance, recap_engine, cursor="here")
    counting.tick()
    run_job(instance, defs, fails=True)
    counting.tick()
    assert counting.counts() == {'{"job": "fragile_job"}': 1}


@dg.asset(partitions_def=dg.StaticPartitionsDefinition(["monday"]))
def by_day(context: dg.AssetExecutionContext) -> str:
    return context.partition_key


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [
        ({}, "The run was started without a partition, and its asset has partitions. Choose one"),
        ({"dagster/partition": "someday"}, "The run's partition does not exist. A genre becomes a partition"),
    ],
)
def test_a_failure_inside_dagster_gets_a_sentence_with_the_remedy_on_its_page(
    instance: dg.DagsterInstance, tags: dict[str, str], sentence: str
) -> None:
    defs = dg.Definitions(
        assets=[by_day], jobs=[dg.define_asset_job("daily_job", [by_day])], executor=dg.in_process_executor
    )
    result = defs.resolve_job_def("daily_job").execute_in_process(instance=instance, tags=tags, raise_on_error=False)
    report(result, instance)
    assert any(sentence in (entry.user_message or entry.message) for entry in instance.all_logs(result.run_id))


@dg.asset
def needs_a_receiver() -> None:
    raise dg.Failure("No receiver is configured. Set its URL.", allow_retries=False)


def test_the_cause_that_a_step_names_is_an_event_of_its_run(instance: dg.DagsterInstance) -> None:
    result = dg.materialize([needs_a_receiver], instance=instance, raise_on_error=False)
    report(result, instance)
    events = [entry.user_message or entry.message for entry in instance.all_logs(result.run_id)]
    assert events.count("No receiver is configured. Set its URL.") == 1
