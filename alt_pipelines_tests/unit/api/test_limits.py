"""The body limit as an ASGI middleware: what passes is whole, what is over is not read to its end."""

import asyncio
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from api import limits
from api.limits import BodyLimit, BodyLimits

LIMIT = 100


async def call(chunks: list[bytes], headers: list[tuple[bytes, bytes]]) -> tuple[list[Message], bytes | None, int]:
    """Messages sent, the body that the application got (None when it was not called), chunks that were read."""
    got: bytes | None = None
    read = 0
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal got
        message = await receive()
        assert not message["more_body"]
        got = message["body"]
        assert (await receive())["type"] == "http.disconnect", "what follows the body still arrives"

    async def receive() -> Message:
        nonlocal read
        if read == len(chunks):
            return {"type": "http.disconnect"}
        read += 1
        return {"type": "http.request", "body": chunks[read - 1], "more_body": read < len(chunks)}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {"type": "http", "headers": headers, "method": "POST", "path": "/"}
    await BodyLimit(app, BodyLimits(LIMIT))(scope, receive, send)
    return sent, got, read


def test_a_body_within_the_limit_arrives_whole_however_it_came() -> None:
    for chunks in ([b""], [b"x" * LIMIT], [b"x"] * LIMIT, [b"", b"x" * 50, b"", b"x" * 50]):
        sent, got, _ = asyncio.run(call(chunks, []))
        assert (sent, got) == ([], b"".join(chunks))


def test_a_body_over_the_limit_reaches_nothing() -> None:
    for chunks, headers in (([b"x" * 60, b"x" * 41], []), ([b"x"], [(b"content-length", b"101")])):
        sent, got, _ = asyncio.run(call(chunks, headers))
        assert got is None
        assert sent[0]["status"] == 413
        assert b"".join(message.get("body", b"") for message in sent) == b'{"detail": "Request body too large"}'


def test_what_is_thrown_away_after_a_refusal_is_bounded(monkeypatch: Any) -> None:
    monkeypatch.setattr(limits, "LINGER_BYTES", 1000)
    _, _, read = asyncio.run(call([b"x" * 100] * 1000, []))
    assert read < 20


def test_a_client_that_leaves_in_the_middle_reaches_nothing() -> None:
    async def leaves() -> Message:
        return {"type": "http.disconnect"}

    async def never(*_: Any) -> None:
        raise AssertionError("nobody is there to be answered")

    asyncio.run(BodyLimit(never, BodyLimits(LIMIT))({"type": "http", "headers": []}, leaves, never))
