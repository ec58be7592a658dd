"""Concurrent requests to a real server with two worker processes.

One run per idempotency key, or per job and genre without a key; waiting clients delay no other request.
"""

import asyncio
import time
from collections import Counter
from typing import Any

import httpx
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from alt_pipelines.database.recap_tables import runs
from alt_pipelines.recap.store.claims import fail_run
from alt_pipelines_tests.contract.bodies import JOB_ID, run_body, run_headers
from alt_pipelines_tests.contract.run_rules import assert_keeps_contract

LIMITS = httpx.Limits(max_connections=200)


def submit_all(server: str, requests: list[tuple[dict[str, Any], dict[str, bytes]]]) -> list[httpx.Response]:
    """POST all requests concurrently."""

    async def main() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=server, timeout=120, limits=LIMITS) as client:
            return await asyncio.gather(
                *(client.post("/v1/runs", json=body, headers=headers) for body, headers in requests)
            )

    return asyncio.run(main())


def stored(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(runs)).scalar_one()


def test_200_identical_submissions_at_once_make_one_run(server: str, recap_engine: Engine) -> None:
    answers = submit_all(server, [(run_body(), run_headers(key=f"{JOB_ID}::tech"))] * 200)
    assert Counter(answer.status_code for answer in answers) == {202: 200}
    assert len({answer.json()["run_id"] for answer in answers}) == 1
    assert_keeps_contract(answers[0].json())
    assert stored(recap_engine) == 1


def test_two_payloads_for_one_key_at_once_never_make_two_runs(server: str, recap_engine: Engine) -> None:
    for attempt in range(3):
        headers = run_headers(genre=f"genre {attempt}", key="one key")
        bodies = [run_body(documents=3 + number % 2) for number in range(60)]
        answers = submit_all(server, [(body, headers) for body in bodies])
        codes = Counter(answer.status_code for answer in answers)
        assert set(codes) == {202, 422}
        assert codes[202] == 30, "all with the winner's payload, and only they"
        assert len({answer.json()["run_id"] for answer in answers if answer.status_code == 202}) == 1
        assert stored(recap_engine) == attempt + 1


def test_submissions_without_a_key_at_once_make_one_run_and_conflicts(server: str, recap_engine: Engine) -> None:
    answers = submit_all(server, [(run_body(), run_headers())] * 100)
    assert Counter(answer.status_code for answer in answers) == {202: 1, 409: 99}
    assert stored(recap_engine) == 1


def test_thirty_genres_at_once_make_thirty_runs(server: str, recap_engine: Engine) -> None:
    answers = submit_all(server, [(run_body(), run_headers(genre=f"genre {number}")) for number in range(30)])
    assert Counter(answer.status_code for answer in answers) == {202: 30}
    assert stored(recap_engine) == 30


def test_a_waiting_client_is_answered_as_soon_as_the_run_ends(server: str, recap_engine: Engine) -> None:
    run_id = httpx.post(f"{server}/v1/runs", json=run_body(), headers=run_headers(), timeout=120).json()["run_id"]

    async def main() -> tuple[float, httpx.Response]:
        async with httpx.AsyncClient(base_url=server, timeout=120) as client:
            waiting = asyncio.create_task(client.get(f"/v1/runs/{run_id}", params={"wait": 60}))
            await asyncio.sleep(2)
            assert not waiting.done()
            await asyncio.to_thread(fail_run, recap_engine, run_id, "ended by the test")
            ended = time.monotonic()
            return await waiting, time.monotonic() - ended

    answer, late = asyncio.run(main())
    assert answer.json()["status"] == "failed"
    assert late < 30, "its wait of a minute would have lasted another 58 s"


def test_a_wait_ends_after_its_seconds_with_the_run_as_it_is(server: str, recap_engine: Engine) -> None:
    run_id = httpx.post(f"{server}/v1/runs", json=run_body(), headers=run_headers(), timeout=120).json()["run_id"]
    started = time.monotonic()
    answer = httpx.get(f"{server}/v1/runs/{run_id}", params={"wait": 1.5}, timeout=120)
    assert time.monotonic() - started > 1.4
    assert answer.json()["status"] == "running"


def test_a_hundred_waiting_clients_hold_no_connection_and_delay_nobody(server: str, recap_engine: Engine) -> None:
    run_id = httpx.post(f"{server}/v1/runs", json=run_body(), headers=run_headers(), timeout=120).json()["run_id"]

    async def main() -> list[float]:
        async with httpx.AsyncClient(base_url=server, timeout=120, limits=LIMITS) as client:
            waiting = [asyncio.create_task(client.get(f"/v1/runs/{run_id}", params={"wait": 50})) for _ in range(100)]
            await asyncio.sleep(1)
            seconds = []
            for number in range(20):
                started = time.monotonic()
                answer = await client.post("/v1/runs", json=run_body(), headers=run_headers(genre=f"other {number}"))
                seconds.append(time.monotonic() - started)
                assert answer.status_code == 202
            assert not any(task.done() for task in waiting), "the submissions were made while others waited"
            await asyncio.to_thread(fail_run, recap_engine, run_id, "ended by the test")
            await asyncio.gather(*waiting)
            return seconds

    assert sorted(asyncio.run(main()))[10] < 10
