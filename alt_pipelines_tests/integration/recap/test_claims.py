"""Of any number of launches one works; a worker that is lost is made good once; nobody writes what is not his."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.engine import Engine

from alt_pipelines.observability.store import read_metrics
from alt_pipelines.recap.store import claims, launches, reconciliation
from alt_pipelines.recap.store.claims import Claim
from alt_pipelines_tests.integration.recap.runs import let_time_pass, row, submit


def claimed(engine: Engine, run_id: int, dagster_run_id: str = "d1") -> Claim:
    claim = claims.claim_run(engine, run_id, dagster_run_id)
    assert isinstance(claim, Claim)
    return claim


def unfinished(engine: Engine) -> reconciliation.UnfinishedRun:
    (run,) = reconciliation.unfinished_runs(engine)
    return run


def test_of_many_claims_at_once_one_succeeds(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(lambda n: claims.claim_run(recap_engine, run_id, f"d{n}", limit=2), range(60)))
    winners = [claim for claim in found if isinstance(claim, Claim)]
    assert len(winners) == 1
    assert found.count("taken") == 59
    assert row(recap_engine, run_id).dagster_run_id == winners[0].dagster_run_id


def test_at_most_the_limit_of_runs_is_in_progress(recap_engine: Engine, job_id: str) -> None:
    runs = [submit(recap_engine, job_id, f"genre {n}") for n in range(12)]
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda r: claims.claim_run(recap_engine, r, f"d{r}", limit=2), runs))
    assert sum(isinstance(claim, Claim) for claim in found) == 2
    assert found.count("full") == 10
    ended = next(claim for claim in found if isinstance(claim, Claim))
    claims.fail_run(recap_engine, ended.run_id, "for the test")
    waiting = runs[found.index("full")]
    assert isinstance(claims.claim_run(recap_engine, waiting, "next", limit=2), Claim)


def test_a_dead_worker_does_not_hold_its_place(recap_engine: Engine, job_id: str) -> None:
    dead, waiting = submit(recap_engine, job_id, "a"), submit(recap_engine, job_id, "b")
    claimed(recap_engine, dead)
    assert claims.claim_run(recap_engine, waiting, "d2", limit=1) == "full"
    let_time_pass(recap_engine, dead, claims.LIVE_SECONDS + 1)
    assert isinstance(claims.claim_run(recap_engine, waiting, "d2", limit=1), Claim)


def test_an_unknown_run_is_named(recap_engine: Engine) -> None:
    with pytest.raises(claims.UnknownRunError, match="run 77"):
        claims.claim_run(recap_engine, 77, "d1")


def test_an_ended_run_cannot_be_claimed(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    claims.fail_run(recap_engine, run_id, "for the test")
    assert claims.claim_run(recap_engine, run_id, "d1") == "taken"


def test_a_late_report_of_a_launch_does_not_take_a_claim_away(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    claimed(recap_engine, run_id, "d1")
    launches.mark_launched(recap_engine, run_id, "d2")
    assert row(recap_engine, run_id).dagster_run_id == "d1"


def test_a_run_of_a_lost_worker_is_retried_once(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    first = claimed(recap_engine, run_id, "d1")
    assert reconciliation.requeue_run(recap_engine, unfinished(recap_engine))
    assert launches.unlaunched_runs(recap_engine, 0)
    assert not claims.renew_claim(recap_engine, first, 1.0)  # should it only have been slow, it learns so
    claimed(recap_engine, run_id, "d2")
    assert not reconciliation.requeue_run(recap_engine, unfinished(recap_engine))
    assert row(recap_engine, run_id).dagster_run_id == "d2"


def test_a_claim_that_is_repeated_is_the_same_claim(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    first = claimed(recap_engine, run_id, "d1")
    before = row(recap_engine, run_id)
    for _ in range(3):
        assert claims.claim_run(recap_engine, run_id, "d1", limit=1, successor_of="d0") == first
    assert row(recap_engine, run_id) == before


def test_a_repeated_claim_of_the_retry_is_the_same_claim(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    claimed(recap_engine, run_id, "d1")
    for _ in range(3):
        assert isinstance(claims.claim_run(recap_engine, run_id, "d2", successor_of="d1"), Claim)
    assert row(recap_engine, run_id).retries == claims.MAX_RETRIES


def test_the_successor_of_an_ended_dagster_run_takes_its_claim_over_once(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    claimed(recap_engine, run_id, "d1")
    assert claims.claim_run(recap_engine, run_id, "d9", successor_of="other") == "taken"
    assert isinstance(claims.claim_run(recap_engine, run_id, "d2", successor_of="d1"), Claim)
    assert claims.claim_run(recap_engine, run_id, "d3", successor_of="d2") == "taken"


def test_what_changed_since_it_was_read_is_not_touched(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    launches.mark_launched(recap_engine, run_id, "d1")
    seen = unfinished(recap_engine)
    claimed(recap_engine, run_id, "d1")
    assert not reconciliation.fail_unfinished(recap_engine, seen, "too late")
    assert not reconciliation.requeue_run(recap_engine, seen)
    assert not reconciliation.release_launch(recap_engine, seen)
    assert row(recap_engine, run_id).status == "running"


def test_a_launch_that_never_began_is_given_back_without_costing_the_retry(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    assert launches.reserve_launch(recap_engine, run_id)
    launches.mark_launched(recap_engine, run_id, "d1")
    assert reconciliation.release_launch(recap_engine, unfinished(recap_engine))
    let_time_pass(recap_engine, run_id, 6)
    assert launches.unlaunched_runs(recap_engine, 5)
    assert row(recap_engine, run_id).retries == 0


def test_a_worker_cannot_fail_what_was_given_to_another(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    claimed(recap_engine, run_id, "d1")
    reconciliation.requeue_run(recap_engine, unfinished(recap_engine))
    claimed(recap_engine, run_id, "d2")
    assert not claims.fail_run(recap_engine, run_id, "mine failed", "d1")
    assert claims.fail_run(recap_engine, run_id, "mine failed", "d2")


def test_ages_are_those_of_the_database(recap_engine: Engine, job_id: str) -> None:
    run_id = submit(recap_engine, job_id)
    claimed(recap_engine, run_id)
    let_time_pass(recap_engine, run_id, 42)
    run = unfinished(recap_engine)
    for seconds in (run.age, run.since_claim, run.since_heartbeat):
        assert seconds is not None
        assert 42 <= seconds < 102


def test_failures_are_counted_by_genre(recap_engine: Engine, job_id: str) -> None:
    claims.fail_run(recap_engine, submit(recap_engine, job_id, 'te"ch'), "for the test")
    with recap_engine.connect() as connection:
        (sample,) = read_metrics(connection)
    assert (sample.name, sample.value) == ("recap_runs_total", 1)
    assert sample.labels == '{"genre": "te\\"ch", "status": "failed"}'
