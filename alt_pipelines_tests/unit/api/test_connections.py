"""Connections on which no request comes exclude nobody, and their number stays below the system's limit."""

import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
import uvicorn

from api.connections import LimitedProtocol, process_limits

CONNECTIONS = 10


async def _answer(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A server of at most CONNECTIONS connections that waits a minute for a header."""
    monkeypatch.setenv("ALT_PIPELINES_MAX_CONNECTIONS", str(CONNECTIONS))
    monkeypatch.setenv("ALT_PIPELINES_HEADER_SECONDS", "60")
    process_limits.cache_clear()
    made = uvicorn.Server(uvicorn.Config(_answer, port=0, http=LimitedProtocol, lifespan="off", log_config=None))
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    while not made.started:
        time.sleep(0.01)
    yield made.servers[0].sockets[0].getsockname()[:2]
    made.should_exit = made.force_exit = True
    thread.join()
    process_limits.cache_clear()


@pytest.mark.heavy
@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"], ids=["nothing", "part of a header"])
def test_silent_connections_make_room_for_a_client_that_sends_a_request(server: tuple[str, int], sent: bytes) -> None:
    with ExitStack() as opened:
        for _ in range(3 * CONNECTIONS):
            client = opened.enter_context(socket.create_connection(server))
            client.sendall(sent)
        time.sleep(1.5)  # by then they are no longer new
        for _ in range(CONNECTIONS):
            assert httpx.get(f"http://{server[0]}:{server[1]}/").status_code == 200


@pytest.mark.parametrize(("descriptors", "connections"), [(1000, 300), (256, 156), (64, 1)])
def test_no_more_connections_are_accepted_than_there_are_descriptors_for(
    descriptors: int, connections: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALT_PIPELINES_MAX_CONNECTIONS", "300")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, before[1]))
    try:
        assert process_limits.__wrapped__().open == connections
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
