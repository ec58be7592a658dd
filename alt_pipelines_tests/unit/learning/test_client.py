"""Sending to receivers of every kind, over real sockets: what is taken for accepted, and how long anything may take."""

import socket
import time

import pytest

from alt_pipelines.learning.client import LONGEST_ANSWER_BYTES, ReceiverError, send
from alt_pipelines_tests.support.waiting import LONG_SECONDS, free_port
from alt_pipelines_tests.support.webhook import ACCEPTED, answer, receiver

PAYLOAD = {"summary": {"total_records": 3}, "graph_override": {"graph_margin": 0.15}}
LIMIT = 0.5


def test_the_payload_arrives_whole_and_the_answer_comes_back() -> None:
    with receiver() as there:
        said = send(there.url, PAYLOAD, LONG_SECONDS)
    assert there.requests == [("POST /admin/genre-learning HTTP/1.1", PAYLOAD)]
    assert said.status_code == 200
    assert said.body == {"status": "success", "config_saved": True, "message": "saved"}


@pytest.mark.parametrize("path", ["", "/"])
def test_an_address_without_a_path_means_the_endpoint(path: str) -> None:
    with receiver() as there:
        send(there.url + path, PAYLOAD, LONG_SECONDS)
    assert there.requests[0][0].startswith("POST /admin/genre-learning ")


def test_an_address_with_a_path_is_taken_as_it_is() -> None:
    with receiver() as there:
        send(f"{there.url}/behind/a/proxy?key=1", PAYLOAD, LONG_SECONDS)
    assert there.requests[0][0].startswith("POST /behind/a/proxy?key=1 ")


@pytest.mark.parametrize(
    ("says", "body"),
    [
        (answer(b""), None),
        (answer(b"saved", content_type="text/plain"), None),
        (answer(b"{}"), {}),
        (answer(b"", status="204 No Content"), None),
        (answer(b'{"status": "success", "value": NaN}'), {"status": "success", "value": None}),
        (answer(b'{"note": "a\\u0000b\\ud800", "n": 1e999}'), {"note": "ab\ufffd", "n": None}),
    ],
    ids=["nothing", "text", "empty object", "204", "NaN", "what Postgres cannot store"],
)
def test_a_success_status_is_success_and_the_body_is_fit_to_be_stored(says: bytes, body: object) -> None:
    with receiver(says) as there:
        assert send(there.url, PAYLOAD, LONG_SECONDS).body == body


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (answer(b'{"detail": "no value"}', "400 Bad Request"), "answered 400"),
        (answer(b"", "500 Internal Server Error"), "answered 500: .empty body."),
        (answer(b"moved", "302 Found"), "answered 302"),
        (answer(b"<!DOCTYPE html><h1>Welcome", content_type="text/html"), "web page"),
        (answer(b'{"status": "error", "message": "disk full"}'), "did not save.*disk full"),
        (answer(b'{"status": "success", "config_saved": false}'), "did not save"),
    ],
    ids=["400", "500", "redirect", "HTML", "an error in words", "not saved"],
)
def test_anything_else_is_a_failure_that_tells_what_was_answered(says: bytes, told: str) -> None:
    with receiver(says) as there, pytest.raises(ReceiverError, match=told) as failure:
        send(there.url, PAYLOAD, LONG_SECONDS)
    assert failure.value.answer is not None


@pytest.mark.parametrize(
    "says", [b"", b"no HTTP at all\r\n\r\n", answer()[:30]], ids=["hangs up", "another protocol", "breaks off"]
)
def test_no_answer_at_all_is_a_failure(says: bytes) -> None:
    with receiver(says) as there, pytest.raises(ReceiverError, match="could not be reached") as failure:
        send(there.url, PAYLOAD, LONG_SECONDS)
    assert failure.value.answer is None


def test_a_receiver_that_is_down_is_a_failure_at_once() -> None:
    started = time.monotonic()
    with pytest.raises(ReceiverError, match="could not be reached"):
        send(f"http://127.0.0.1:{free_port()}", PAYLOAD, LONG_SECONDS)
    assert time.monotonic() - started < LONG_SECONDS / 2


def test_a_receiver_that_accepts_and_says_nothing_is_left_after_the_limit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        with pytest.raises(ReceiverError, match=r"did not answer within 0\.5 s"):
            send(f"http://127.0.0.1:{silent.getsockname()[1]}", PAYLOAD, LIMIT)
        assert LIMIT <= time.monotonic() - started < LIMIT + 30


@pytest.mark.parametrize("says", [answer(), b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 1000], ids=["body", "headers"])
def test_a_receiver_that_drips_is_left_after_the_limit(says: bytes) -> None:
    # A time limit per read would never end here: every byte comes in time.
    with receiver(says, seconds_between=0.1) as there:
        started = time.monotonic()
        with pytest.raises(ReceiverError, match="did not answer within"):
            send(there.url, PAYLOAD, LIMIT)
        assert time.monotonic() - started < LIMIT + 30


def test_an_endless_answer_is_cut() -> None:
    with receiver(answer(b"x" * (40 * LONGEST_ANSWER_BYTES), content_type="text/plain")) as there:
        said = send(there.url, PAYLOAD, LONG_SECONDS)
    assert len(said.text) <= 500


def test_a_deeply_nested_answer_is_text() -> None:
    with receiver(answer(b"[" * 30_000)) as there:
        assert send(there.url, PAYLOAD, LONG_SECONDS).body is None


@pytest.mark.parametrize("url", ["recap-worker:9005", "ftp://recap-worker/", "http://", "http://[::1", "http://a b/"])
def test_an_address_that_is_none_is_a_failure_and_not_a_crash(url: str) -> None:
    with pytest.raises(ReceiverError, match="could not be reached"):
        send(url, PAYLOAD, 1)


def test_a_payload_with_nan_is_never_sent() -> None:
    with receiver() as there, pytest.raises(ValueError, match="JSON compliant"):
        send(there.url, {"summary": float("nan")}, LONG_SECONDS)
    assert there.requests == []


def test_what_the_tests_take_for_accepted_is_the_contracts_answer() -> None:
    assert ACCEPTED.startswith(b'{"status":"success","config_saved":true')
