"""Connections without a request exclude nobody, their number is limited, and a stop loses no request."""

import json
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


async def _read(scope: Any, receive: Any, send: Any) -> None:
    """Answer once the whole body is read. On the path /begin, send the head of the response first."""
    head = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
    if scope["path"] == "/begin":
        await send(head)
    while (await receive()).get("more_body"):
        pass
    if scope["path"] != "/begin":
        await send(head)
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server of at most CONNECTIONS connections that waits minutes for a header, also when it stops."""
    yield from _running(monkeypatch, _answer)


@pytest.fixture
def reading_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The same, whose application reads the bodies of requests."""
    yield from _running(monkeypatch, _read)


def _running(monkeypatch: pytest.MonkeyPatch, application: Any) -> Iterator[Server]:
    limits = ConnectionLimits(open=CONNECTIONS, header_seconds=LONG_SECONDS, drain_seconds=LONG_SECONDS)
    monkeypatch.setattr(connections, "process_limits", lambda: limits)
    made = uvicorn.Server(uvicorn.Config(application, port=0, http=LimitedProtocol, lifespan="off", log_config=None))
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


_HOST = b"Host: x\r\n"
INVALID = {
    "unknown method": b"FETCH / HTTP/1.1\r\n" + _HOST + b"\r\n",
    "no HTTP at all": b"\x16\x03\x01\x02\x00\r\n\r\n",
    "header without a colon": b"GET / HTTP/1.1\r\nHost\r\n\r\n",
    "length that is no number": b"POST / HTTP/1.1\r\n" + _HOST + b"Content-Length: many\r\n\r\n",
    "negative length": b"POST / HTTP/1.1\r\n" + _HOST + b"Content-Length: -1\r\n\r\n",
    "length and chunks": b"POST / HTTP/1.1\r\n" + _HOST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
    "bad chunk": b"POST / HTTP/1.1\r\n" + _HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "long URL": b"GET /" + 100_000 * b"x" + b" HTTP/1.1\r\n" + _HOST + b"\r\n",
    "URL without a path": b"GET http://x HTTP/1.1\r\n" + _HOST + b"\r\n",
    "WebSocket": b"GET / HTTP/1.1\r\n" + _HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
}


@pytest.mark.parametrize("sent", INVALID.values(), ids=INVALID)
def test_an_answer_below_the_application_has_the_shape_of_every_error(reading_server: Server, sent: bytes) -> None:
    with socket.create_connection(reading_server.address, timeout=LONG_SECONDS) as client:
        client.sendall(sent)
        head, _, body = client.makefile("rb").read().partition(b"\r\n\r\n")
    status, *lines = head.lower().split(b"\r\n")
    assert status.split()[1] in (b"400", b"431")
    headers = dict(line.split(b": ", 1) for line in lines)
    assert headers[b"content-type"] == b"application/json"
    assert headers[b"connection"] == b"close"
    assert int(headers[b"content-length"]) == len(body)
    answer = json.loads(body)
    assert list(answer) == ["detail"]
    assert answer["detail"]


def test_a_response_that_has_begun_is_not_followed_by_another(reading_server: Server) -> None:
    with socket.create_connection(reading_server.address, timeout=LONG_SECONDS) as client:
        client.sendall(b"GET /begin HTTP/1.1\r\n" + _HOST + b"Transfer-Encoding: chunked\r\n\r\n")
        reply = client.makefile("rb")
        assert response_head(reply)[:1] == [b"HTTP/1.1 200 OK"]
        client.sendall(b"zz\r\n")
        assert reply.read() == b""
