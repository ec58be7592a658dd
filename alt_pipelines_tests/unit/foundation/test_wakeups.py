"""Loops that wake up once per second in place of ten times: they still notice a stop at once."""

import asyncio
import signal
from typing import Any

import pytest
import uvicorn
from grpc import _common

from alt_pipelines import wakeups
from alt_pipelines_tests.support.waiting import LONG_SECONDS


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The change, undone after the test; a wait ends only when it is woken."""
    for owner, name in (
        (uvicorn.Server, "main_loop"),
        (uvicorn.Server, "handle_exit"),
        (_common, "MAXIMUM_WAIT_TIMEOUT"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    monkeypatch.setattr(wakeups, "WAIT_SECONDS", 10 * LONG_SECONDS)
    wakeups.wait_longer()


async def _application(_scope: Any, _receive: Any, _send: Any) -> None:
    raise AssertionError("no request is sent")


def _server(**options: Any) -> uvicorn.Server:
    server = uvicorn.Server(uvicorn.Config(_application, **options))
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    return server


@pytest.mark.usefixtures("changed")
def test_a_server_that_waits_ends_at_once_when_it_gets_a_signal() -> None:
    server, ticks = _server(), list[int]()
    on_tick = server.on_tick

    async def counted(counter: int) -> bool:
        ticks.append(counter)
        return await on_tick(counter)

    server.on_tick = counted  # type: ignore[method-assign]

    async def run() -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(0.3, server.handle_exit, signal.SIGTERM, None)  # uvicorn would have ticked three times
        async with asyncio.timeout(LONG_SECONDS):
            await server.main_loop()

    asyncio.run(run())
    assert ticks == [0, 10], "each tick renews the Date header, and none was in between"


@pytest.mark.usefixtures("changed")
def test_a_server_that_is_recycled_after_some_requests_counts_them_as_often_as_before() -> None:
    server = _server(limit_max_requests=5)
    server.limit_max_requests = 5
    server.server_state.total_requests = 5

    async def run() -> None:
        async with asyncio.timeout(LONG_SECONDS):
            await server.main_loop()

    asyncio.run(run())


def test_uvicorn_renews_its_date_header_at_every_tenth_tick() -> None:
    server = _server()

    async def header_after(counter: int) -> list[tuple[bytes, bytes]]:
        server.server_state.default_headers = []
        await server.on_tick(counter)
        return server.server_state.default_headers

    assert asyncio.run(header_after(9)) == []
    assert asyncio.run(header_after(10))[0][0] == b"date"


@pytest.mark.usefixtures("changed")
def test_grpc_reads_its_longest_wait_at_every_wait() -> None:
    waits: list[float] = []
    assert not _common.wait(lambda timeout: waits.append(timeout), lambda: bool(waits))
    assert waits == [wakeups.WAIT_SECONDS]
