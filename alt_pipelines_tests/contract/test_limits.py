"""The limit of 10 MB for bodies with and without a declared length, over ASGI and over a socket."""

import contextlib
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from alt_pipelines_tests.contract.bodies import run_headers
from alt_pipelines_tests.support.waiting import LONG_SECONDS

LIMIT = 10 * 1024 * 1024
TOO_LARGE = {"detail": "Request body too large"}
PATHS = ["/v1/runs", "/api/v1/tags/batch", "/api/v1/generate-tags", "/api/v1/extract-tags", "/admin/warmup"]


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 65_536):
        yield b" " * 65_536
    yield b" " * (size % 65_536)


@pytest.mark.parametrize("path", PATHS)
def test_a_body_over_the_limit_is_refused_on_every_path(client: TestClient, path: str) -> None:
    answer = client.post(path, content=b" " * (LIMIT + 1), headers=run_headers())
    assert (answer.status_code, answer.json()) == (413, TOO_LARGE)


def test_a_body_of_exactly_the_limit_is_read(client: TestClient) -> None:
    answer = client.post("/v1/runs", content=b" " * LIMIT, headers=run_headers())
    assert answer.status_code == 422


@pytest.mark.parametrize(("size", "code"), [(LIMIT, 422), (LIMIT + 1, 413), (3 * LIMIT, 413)])
def test_a_chunked_body_is_counted_as_it_comes(server: str, size: int, code: int) -> None:
    import httpx

    answer = httpx.post(f"{server}/v1/runs", content=chunks(size), headers=run_headers(), timeout=LONG_SECONDS)
    assert answer.status_code == code
    if code == 413:
        assert answer.json() == TOO_LARGE


def test_the_refusal_reaches_a_client_that_sends_everything_before_it_reads(server: str) -> None:
    with connection(server) as wire:
        wire.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (2 * LIMIT))
        wire.sendall(b" " * (2 * LIMIT))
        assert wire.makefile("rb").readline().startswith(b"HTTP/1.1 413")


def test_a_declared_length_over_the_limit_is_refused_before_the_body_comes(server: str) -> None:
    with connection(server) as wire:
        wire.sendall(
            b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n"
        )
        answer = wire.makefile("rb")
        assert answer.readline().startswith(b"HTTP/1.1 413")


def test_reading_an_endless_body_stops_at_the_limit(server: str) -> None:
    block = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    sent = 0
    with connection(server) as wire, contextlib.suppress(OSError):
        wire.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        while sent < 100 * LIMIT:
            wire.sendall(block)
            sent += len(block)
    assert LIMIT < sent < 20 * LIMIT, "the server closes the connection"


class connection:
    """A raw connection to the server."""

    def __init__(self, server: str) -> None:
        address = urlsplit(server)
        self.socket = socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=LONG_SECONDS)

    def __enter__(self) -> socket.socket:
        return self.socket

    def __exit__(self, *_: object) -> None:
        self.socket.close()
