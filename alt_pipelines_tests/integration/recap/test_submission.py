"""Submitting a run: one per request under any concurrency, and the outbox of what is to be launched."""

import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.engine import Engine

from alt_pipelines.database.engines import make_engine
from alt_pipelines.recap.genre_key import partition_key
from alt_pipelines.recap.store import claims, launches, queue, submissions
from alt_pipelines.settings import PoolSettings
from alt_pipelines_tests.integration.recap.runs import let_time_pass, make_request, row, submit
from alt_pipelines_tests.support.server_defaults import server_defaults

KEY = "job::tech::digest"


def submit_with_key(engine: Engine, job_id: str, articles: int = 6, genre: str = "tech") -> submissions.Submission:
    request = make_request(articles)
    return submissions.submit_run(engine, job_id=job_id, genre=genre, idempotency_key=KEY, request=request)


def test_200_identical_submissions_at_once_give_one_run(recap_engine: Engine, job_id: str) -> None:
    with ThreadPoolExecutor(40) as pool:
        found = list(pool.map(lambda _: submit_with_key(recap_engine, job_id), range(200)))
    assert len({submission.run_id for submission in found}) == 1
    assert sum(submission.created for submission in found) == 1
    assert queue.queue_depth(recap_engine) == 1


def test_two_payloads_for_one_key_at_once_never_give_two_runs(recap_engine: Engine, job_id: str) -> None:
    def attempt(number: int) -> object:
        try:
            return submit_with_key(recap_engine, job_id, articles=6 + number % 2).run_id
        except submissions.PayloadDiffers:
            return "differs"

    with ThreadPoolExecutor(40) as pool:
        found = Counter(pool.map(attempt, range(200)))
    assert found["differs"] == 100
    assert len(found) == 2
    assert queue.queue_depth(recap_engine) == 1


def test_without_a_key_one_of_many_concurrent_requests_is_accepted_and_the_others_get_409(
    recap_engine: Engine, job_id: str
) -> None:
    def attempt(_: int) -> bool:
        try:
            return bool(submit(recap_engine, job_id))
        except submissions.RunInProgress:
            return False

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(attempt, range(60))) == 1


@pytest.fixture
def serializable_engine(recap_engine: Engine) -> Iterator[Engine]:
    """A database whose transactions are serializable by default."""
    with server_defaults(recap_engine.url, default_transaction_isolation="serializable", lock_timeout="5ms"):
        engine = make_engine(recap_engine.url, PoolSettings(size=20))
        yield engine
        engine.dispose()


@pytest.mark.parametrize("keys", ["none", "one", "many", "one, for two payloads"])
def test_the_rule_holds_whatever_isolation_an_administrator_makes_the_default(
    serializable_engine: Engine, job_id: str, keys: str
) -> None:
    def attempt(number: int) -> object:
        key = {"none": None, "many": f"{KEY}{number}"}.get(keys, KEY)
        request = make_request(6 + number % 2 if keys == "one, for two payloads" else 6)
        try:
            return submissions.submit_run(
                serializable_engine, job_id=job_id, genre="tech", idempotency_key=key, request=request
            )
        except (submissions.RunInProgress, submissions.PayloadDiffers) as error:
            return type(error)

    with ThreadPoolExecutor(20) as pool:
        found = Counter(pool.map(attempt, range(50)))
    accepted = [each for each in found if isinstance(each, submissions.Submission)]
    assert sum(found[each] for each in accepted if each.created) == 1
    assert len({each.run_id for each in accepted}) == 1
    assert queue.queue_depth(serializable_engine) == 1


def test_another_key_is_refused_while_a_run_is_in_progress_and_taken_afterwards(
    recap_engine: Engine, job_id: str
) -> None:
    first = submit(recap_engine, job_id)
    with pytest.raises(submissions.RunInProgress, match=f"run {first} of job"):
        submit_with_key(recap_engine, job_id)
    claims.fail_run(recap_engine, first, "for the test")
    assert submit_with_key(recap_engine, job_id).created


def test_other_genres_and_jobs_do_not_stand_in_each_others_way(recap_engine: Engine, job_id: str) -> None:
    runs = {submit(recap_engine, job_id, genre) for genre in ("tech", "Tech", "tech ", "te/ch")}
    runs.add(submit(recap_engine, str(uuid.uuid4())))
    assert len(runs) == 5


def test_a_failed_run_frees_its_key_for_the_same_and_for_another_payload(recap_engine: Engine, job_id: str) -> None:
    first = submit_with_key(recap_engine, job_id)
    claims.fail_run(recap_engine, first.run_id, "for the test")
    second = submit_with_key(recap_engine, job_id)
    assert second.created
    assert second.run_id != first.run_id
    assert submit_with_key(recap_engine, job_id) == submissions.Submission(second.run_id, created=False)
    claims.fail_run(recap_engine, second.run_id, "for the test")
    assert submit_with_key(recap_engine, job_id, articles=9).created


def test_the_unique_index_stands_behind_the_lock(recap_engine: Engine, job_id: str) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import IntegrityError

    submit_with_key(recap_engine, job_id)
    copy = text(
        "INSERT INTO alt_pipelines.genre_runs (run_id, job_id, genre, idempotency_key) "
        "SELECT run_id + 1, job_id, genre, idempotency_key FROM alt_pipelines.genre_runs"
    )
    with pytest.raises(IntegrityError, match="uq_genre_runs_idempotency"), recap_engine.begin() as connection:
        connection.execute(copy)


@pytest.mark.parametrize("genre", ['it\'s "quoted"', "a/b\\c", "🚀🧪", "x" * 32, "世界", "a...b, c*", "%s {x} :y"])
def test_any_genre_is_stored_as_it_was_sent(recap_engine: Engine, job_id: str, genre: str) -> None:
    run_id = submit(recap_engine, job_id, genre)
    run = submissions.read_run(recap_engine, run_id)
    assert run is not None
    assert run["genre"] == genre
    assert partition_key(run["genre"])


def test_a_submitted_run_reads_as_running_with_nothing_in_it(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    assert submissions.read_run(recap_engine, run_id) == {
        "run_id": run_id,
        "job_id": job_id,
        "genre": "tech",
        "status": "running",
        "cluster_count": 0,
        "clusters": [],
        "diagnostics": {},
    }
    assert row(recap_engine, run_id).status == "running"


@pytest.mark.parametrize("run_id", [999, -1, 0, 2**63, -(2**70)])
def test_an_unknown_id_is_not_found(recap_engine: Engine, run_id: int) -> None:
    assert submissions.read_run(recap_engine, run_id) is None


def test_a_failed_run_says_why(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    assert claims.fail_run(recap_engine, run_id, "the disk is full\x00\ud800")
    run = submissions.read_run(recap_engine, run_id)
    assert run is not None
    assert run["status"] == "failed"
    assert run["diagnostics"] == {"error_message": "the disk is full\N{REPLACEMENT CHARACTER}"}
    assert row(recap_engine, run_id).finished_at is not None
    assert not claims.fail_run(recap_engine, run_id, "again")


def test_the_stored_payload_is_the_request(recap_engine: Engine, job_id: str) -> None:
    from alt_pipelines.recap.corpus.request import GenreRunRequest

    request = make_request()
    run_id = submit(recap_engine, job_id, request=request)
    assert GenreRunRequest.model_validate(row(recap_engine, run_id).request_payload) == request


def test_the_outbox_holds_a_run_after_its_grace_until_it_is_launched(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    assert not launches.unlaunched_runs(recap_engine, 5)
    assert launches.unlaunched_runs(recap_engine, 0) == [launches.PendingRun(run_id, job_id, "tech")]
    let_time_pass(recap_engine, run_id, 6)
    assert launches.unlaunched_runs(recap_engine, 5)
    assert launches.reserve_launch(recap_engine, run_id, 5)
    assert not launches.reserve_launch(recap_engine, run_id, 5)
    assert not launches.unlaunched_runs(recap_engine, 5)
    let_time_pass(recap_engine, run_id, 6)  # whoever reserved it is gone
    assert launches.unlaunched_runs(recap_engine, 5)
    launches.mark_launched(recap_engine, run_id, "dagster-1")
    assert not launches.unlaunched_runs(recap_engine, 0)
    assert not launches.reserve_launch(recap_engine, run_id)


def test_a_tick_of_the_outbox_reads_the_oldest_runs_that_it_can_launch(recap_engine: Engine, job_id: str) -> None:
    first, second, _ = (submit(recap_engine, job_id, genre=genre) for genre in ("tech", "sports", "arts"))
    assert [run.run_id for run in launches.unlaunched_runs(recap_engine, 0, 2)] == [first, second]


def test_failed_launches_back_off_up_to_one_per_minute(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    for _ in range(3):
        let_time_pass(recap_engine, run_id, 100)
        assert launches.reserve_launch(recap_engine, run_id)
    let_time_pass(recap_engine, run_id, 19)
    assert not launches.unlaunched_runs(recap_engine, 5)  # 5 * 2 ** 2
    let_time_pass(recap_engine, run_id, 2)
    assert launches.unlaunched_runs(recap_engine, 5)
    for _ in range(60):
        let_time_pass(recap_engine, run_id, 100)
        assert launches.reserve_launch(recap_engine, run_id)
    let_time_pass(recap_engine, run_id, 61)
    assert launches.unlaunched_runs(recap_engine, 5)


def test_rows_of_an_earlier_service_are_never_launched(recap_engine: Engine, job_id: str) -> None:
    from sqlalchemy import text

    with recap_engine.begin() as connection:
        connection.execute(
            text("INSERT INTO recap_subworker_runs (job_id, genre, status) VALUES (:job, 'tech', 'running')"),
            {"job": job_id},
        )
    assert not launches.unlaunched_runs(recap_engine, 0)


def test_a_rebuild_takes_the_newest_request_of_the_genre_as_a_new_run(recap_engine: Engine, job_id: str) -> None:
    assert submissions.resubmit_newest(recap_engine, "tech") is None
    old = submit(recap_engine, job_id, request=make_request(6))
    claims.fail_run(recap_engine, old, "for the test")
    newest = submit(recap_engine, job_id, request=make_request(9))
    with pytest.raises(submissions.RunInProgress):
        submissions.resubmit_newest(recap_engine, "tech")
    claims.fail_run(recap_engine, newest, "for the test")
    rebuilt = submissions.resubmit_newest(recap_engine, "tech")
    assert rebuilt is not None
    assert rebuilt > newest
    assert row(recap_engine, rebuilt).request_hash == row(recap_engine, newest).request_hash
    assert row(recap_engine, rebuilt).idempotency_key is None
    assert submissions.resubmit_newest(recap_engine, "sports") is None
