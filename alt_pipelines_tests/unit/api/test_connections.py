"""Connections without a request exclude nobody, their number is limited, and a stop loses no request."""

import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import takewhile
from typing import Any, BinaryIO, NamedTuple

import httpx
import pytest
import uvicorn

from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until
from api import connections
from api.connections import ConnectionLimits, LimitedProtocol, process_limits

CONNECTIONS = 10
REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def _answer(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


class Server(NamedTuple):
    """A running server and its address."""

    running: uvicorn.Server
    address: tuple[str, int]


def response_head(reply: BinaryIO) -> list[bytes]:
    """Read the status line and the header lines of the next response, which has no body."""
    return [line.strip() for line in takewhile(lambda line: line != b"\r\n", reply)]


def accepts_connections(address: tuple[str, int]) -> bool:
    """Return whether a connection can be opened."""
    with socket.socket() as client:
        return client.connect_ex(address) == 0


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server of at most CONNECTIONS connections that waits minutes for a header, also when it stops."""
    limits = ConnectionLimits(open=CONNECTIONS, header_seconds=LONG_SECONDS, drain_seconds=LONG_SECONDS)
    monkeypatch.setattr(connections, "process_limits", lambda: limits)
    made = uvicorn.Server(uvicorn.Config(_answer, port=0, http=LimitedProtocol, lifespan="off", log_config=None))
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    wait_until(lambda: made.started, "the server has started")
    yield Server(made, made.servers[0].sockets[0].getsockname()[:2])
    made.should_exit = made.force_exit = True
    thread.join()


@pytest.mark.heavy
@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"], ids=["nothing", "part of a header"])
def test_silent_connections_make_room_for_a_client_that_sends_a_request(server: Server, sent: bytes) -> None:
    with ExitStack() as opened:
        for _ in range(3 * CONNECTIONS):
            client = opened.enter_context(socket.create_connection(server.address))
            client.sendall(sent)
        time.sleep(1.5)  # by then they are no longer new
        for _ in range(CONNECTIONS):
            assert httpx.get("http://{}:{}/".format(*server.address), timeout=LONG_SECONDS).status_code == 200


@pytest.mark.parametrize("requests_before", [0, 1], ids=["a new connection", "a connection that was used before"])
def test_a_request_sent_while_the_server_stops_is_answered(server: Server, requests_before: int) -> None:
    with socket.create_connection(server.address) as client:
        reply = client.makefile("rb")
        for _ in range(requests_before):
            client.sendall(REQUEST)
            assert response_head(reply)[:1] == [b"HTTP/1.1 200 OK"]
        wait_until(lambda: server.running.server_state.connections, "the connection is accepted")
        server.running.should_exit = True
        wait_until(lambda: not accepts_connections(server.address), "the server stops")
        client.sendall(REQUEST)
        head = response_head(reply)
        assert head[:1] == [b"HTTP/1.1 200 OK"]
        assert b"connection: close" in head
        assert reply.read() == b""


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
