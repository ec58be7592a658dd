"""The edge of the adapter: ports, tokens per group of paths, and slow, idle, numerous or hostile clients."""

import base64
import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from alt_pipelines.settings import EdgeSettings
from alt_pipelines_tests.contract.bodies import run_body, run_headers
from alt_pipelines_tests.contract.conftest import running_server
from alt_pipelines_tests.contract.test_tags import EXTRACT, TEXT, TOKEN
from alt_pipelines_tests.support.waiting import LONG_SECONDS, free_port

SHORT = {
    "ALT_PIPELINES_HEADER_SECONDS": "1.5",
    "ALT_PIPELINES_BODY_SECONDS": "6",
    "ALT_PIPELINES_BODY_STALL_SECONDS": "1.5",
    "ALT_PIPELINES_WRITE_SECONDS": "2",
    "ALT_PIPELINES_MAX_CONNECTIONS": "20",
    "ALT_PIPELINES_MAX_BODY_MEMORY_BYTES": str(20 * 1024 * 1024),
    "RECAP_SUBWORKER_GUNICORN_WORKERS": "1",
}
MEGABYTE = 1024 * 1024


# ---- ports and tokens


@pytest.fixture(scope="module")
def strict(
    postgres: Path, alt_database_url: object, recap_database_url: object, tmp_path_factory: Any
) -> Iterator[str]:
    """A server with one worker process, short limits, and a second port."""
    second = free_port()
    log = tmp_path_factory.mktemp("strict") / "server.log"
    with running_server(postgres.parent, log, **SHORT, RECAP_SUBWORKER_PORT=str(second)) as (url, _process):
        on_second = httpx.get(f"http://127.0.0.1:{second}/health/live", timeout=LONG_SECONDS)
        assert on_second.status_code == 200
        yield url
    assert "RUNS_TOKEN" in log.read_text(), "start-up says which paths ask for no token"


def test_paths_without_a_token_of_their_own_are_open_and_others_are_not(make_client: Any) -> None:
    client = make_client(edge=EdgeSettings(runs_token=SecretStr("für-läufe"), admin_token=SecretStr("admin")))
    unknown = "/v1/runs/999999"
    assert client.get(unknown).status_code == 401
    assert client.get(unknown, headers={"Authorization": "Bearer wrong"}).status_code == 403
    assert client.get(unknown, headers={"Authorization": "Bearer für-läufe".encode()}).status_code == 404
    basic = base64.b64encode("anyone:für-läufe".encode())
    assert client.get(unknown, headers={"Authorization": b"Basic " + basic}).status_code == 404
    refused = client.post("/v1/runs", content=b"not JSON", headers=run_headers())
    assert (refused.status_code, refused.json()) == (401, {"detail": "Missing token"})
    assert client.get("/admin/graph-jobs").status_code == 401
    assert client.get("/admin/graph-jobs", headers={"Authorization": "Bearer admin"}).status_code == 200
    assert client.post("/admin/warmup", headers={"Authorization": "Bearer admin"}).status_code == 200
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize("path", ["/admin/build-graph", "/admin/learning", "/admin/graph-jobs", "/admin/warmup"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain", "Origin": "https://elsewhere.example"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_web_page_cannot_trigger_administration(client: TestClient, path: str, headers: dict[str, str]) -> None:
    answer = client.post(path, headers=headers, content=b"")
    assert (answer.status_code, answer.json()["detail"][:30]) == (415, "send Content-Type: application")


def test_the_platforms_recap_worker_which_sends_no_body_and_no_type_is_served(client: TestClient) -> None:
    assert client.post("/admin/build-graph").status_code == 200
    assert client.post("/admin/build-graph", json={}).status_code == 200


def test_extract_tags_asks_for_no_token_where_a_mesh_has_authenticated(make_client: Any) -> None:
    client = make_client(edge=EdgeSettings(extract_tags_auth="none"))
    answer = client.post(EXTRACT, json=TEXT)
    assert (answer.status_code, answer.json()["language"]) == (200, "en")
    assert client.post("/api/v1/tags/batch", json={"article_ids": ["x"]}).status_code == 401


@pytest.mark.parametrize(("title", "content"), [("", ""), ("ab", ""), ("  ab ", " " * 400), ("123456789", "")])
def test_a_text_of_fewer_than_ten_characters_has_no_language(client: TestClient, title: str, content: str) -> None:
    answer = client.post(EXTRACT, json={"title": title, "content": content}, headers=TOKEN).json()
    assert answer == {"success": True, "tags": [], "confidence": 0, "inference_ms": 0, "language": "und"}


def test_accepted_unfinished_runs_are_bounded(make_client: Any, recap_engine: Engine) -> None:
    client = make_client(edge=EdgeSettings(max_unfinished_runs=2))
    first = client.post("/v1/runs", json=run_body(), headers=run_headers("a", key="k"))
    client.post("/v1/runs", json=run_body(), headers=run_headers("b"))
    refused = client.post("/v1/runs", json=run_body(), headers=run_headers("c"))
    assert (refused.status_code, set(refused.json())) == (429, {"detail"})
    assert int(refused.headers["retry-after"]) > 0
    again = client.post("/v1/runs", json=run_body(), headers=run_headers("a", key="k"))
    assert (again.status_code, again.json()) == (202, first.json()), "a replay is no new run"
    with recap_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE recap_subworker_runs SET status = 'failed', finished_at = now()")
    assert client.post("/v1/runs", json=run_body(), headers=run_headers("c")).status_code == 202


# ---- slow, idle and many clients


class wire:
    """A raw connection."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self.socket = socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=LONG_SECONDS)

    def __enter__(self) -> socket.socket:
        return self.socket

    def __exit__(self, *_: object) -> None:
        self.socket.close()


def everything(connection: socket.socket) -> bytes:
    """Return everything that the server sends until it closes the connection."""
    found = b""
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65_536):
            found += part
    return found


def test_a_header_that_does_not_end_is_aborted(strict: str) -> None:
    with wire(strict) as client:
        client.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n")
        assert everything(client).startswith(b"HTTP/1.1 408")


def test_a_connection_on_which_nothing_comes_is_closed(strict: str) -> None:
    with wire(strict) as client:
        assert everything(client) == b""


def test_an_endless_header_is_not_kept(strict: str) -> None:
    with wire(strict) as client, contextlib.suppress(OSError):
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        for number in range(100_000):
            client.sendall(b"x-%d: %s\r\n" % (number, b"y" * 1000))
        pytest.fail("the header is read without a limit")


@pytest.mark.parametrize("sent", [0, 1000, 9 * MEGABYTE])
def test_a_body_that_stalls_is_aborted(strict: str, sent: int) -> None:
    with wire(strict) as client:
        client.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (10 * MEGABYTE))
        client.sendall(b" " * sent)
        answer = everything(client)
        assert answer.startswith(b"HTTP/1.1 408")
        assert b'{"detail": "the request body took too long"}' in answer


def test_a_body_that_arrives_too_slowly_is_aborted(strict: str) -> None:
    with wire(strict) as client:
        client.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
        began = time.monotonic()
        with contextlib.suppress(OSError):
            while time.monotonic() - began < 60:
                client.sendall(b" ")
                time.sleep(0.2)
        assert time.monotonic() - began < 30


def test_many_large_bodies_that_do_not_end_cost_bounded_memory_and_small_requests_are_served(strict: str) -> None:
    port = int(urlsplit(strict).port or 0)
    before = resident(port)
    answers: list[bytes] = []

    def send() -> None:
        with wire(strict) as client:
            with contextlib.suppress(OSError):
                client.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (10 * MEGABYTE))
                client.sendall(b" " * (9 * MEGABYTE))
            answers.append(everything(client)[:12])

    senders = [threading.Thread(target=send) for _ in range(12)]
    for sender in senders:
        sender.start()
    grown = 0
    while any(sender.is_alive() for sender in senders):
        grown = max(grown, resident(port) - before)
        body = {"article_ids": ["x"]}
        small = httpx.post(f"{strict}/api/v1/tags/batch", json=body, headers=TOKEN, timeout=LONG_SECONDS)
        assert small.status_code == 200
        time.sleep(0.05)
    assert b"HTTP/1.1 503" in answers
    assert grown < 80 * MEGABYTE


def resident(port: int) -> int:
    """Return the memory of the processes that serve a port, in bytes."""
    owners = {c.pid for c in psutil.net_connections("tcp") if c.laddr and c.laddr.port == port and c.pid}
    return sum(psutil.Process(pid).memory_info().rss for pid in owners)


def test_a_client_that_does_not_read_its_answer_is_disconnected(strict: str) -> None:
    with wire(strict) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        request = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
        with contextlib.suppress(OSError):
            client.sendall(request * 300)
        time.sleep(10)
        assert len(everything(client)) < 20 * MEGABYTE


def test_idle_connections_make_room_and_full_ones_are_refused(strict: str) -> None:
    with contextlib.ExitStack() as open_ones:
        idle = [open_ones.enter_context(httpx.Client(base_url=strict, timeout=LONG_SECONDS)) for _ in range(30)]
        for client in idle:
            assert client.get("/health/live").status_code == 200
    with contextlib.ExitStack() as open_ones:
        busy = []
        for _ in range(30):
            client = open_ones.enter_context(wire(strict))
            with contextlib.suppress(OSError):
                client.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n  ")
            busy.append(client)
        answers = [everything(client)[:12] for client in busy]
        assert b"HTTP/1.1 503" in answers, "those over the limit"
        assert b"HTTP/1.1 408" in answers, "those below it, whose bodies never came"
    assert httpx.get(f"{strict}/health/live", timeout=LONG_SECONDS).status_code == 200


# ---- hostile texts

HOSTILE = [
    "Rotterdam port <a x" + 150_000 * " ",
    "." * 300_000 + "x",
    "<div class=article>" * 5000,
    "\u2de0\u093c" * 100_000,
    "a" * 1_000_000,
    "&#" + "5" * 5000,
    "ไทย" * 100_000,
    "日本" * 200_000,
]


def test_live_answers_while_eight_clients_send_the_worst_texts(server: str) -> None:
    """The limit is relative to the slowest answer of the same machine without the attack, which may have other load."""
    quiet = live_times(server, 3.0)
    stop = threading.Event()
    codes: list[int] = []

    def attack(text: str) -> None:
        with httpx.Client(timeout=LONG_SECONDS) as client:
            while not stop.is_set():
                body = {"title": "t", "content": text}
                codes.append(client.post(f"{server}{EXTRACT}", json=body, headers=TOKEN).status_code)

    attackers = [threading.Thread(target=attack, args=(text,), daemon=True) for text in HOSTILE]
    for attacker in attackers:
        attacker.start()
    attacked = live_times(server, 8.0)
    stop.set()
    for attacker in attackers:
        attacker.join(timeout=150)
    assert set(codes) <= {200, 422, 503}
    assert codes
    median = sorted(attacked)[len(attacked) // 2]
    assert median < 0.1 + 5 * sorted(quiet)[-1], "most answers come at once"
    assert max(attacked) < 5.0 + 5 * max(quiet), "no text holds a request process"


def live_times(server: str, seconds: float) -> list[float]:
    found = []
    with httpx.Client(timeout=60) as client:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            began = time.monotonic()
            assert client.get(f"{server}/health/live").status_code == 200
            found.append(time.monotonic() - began)
            time.sleep(0.02)
    return found
