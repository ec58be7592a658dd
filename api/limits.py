"""The limit on request bodies: over it, 413, and reading stops, whether or not the client said how much it would send.

A body within the limit is read once, here, and handed on whole; no handler streams. Not here: what bodies contain.
"""

import asyncio
import json

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOO_LARGE = "Request body too large"

# A server that closes while its client still sends makes the client see a reset instead of the answer. So the refused
# body is thrown away for this long, or this many bytes, before the connection goes.
LINGER_SECONDS = 2.0
LINGER_BYTES = 64 * 1024 * 1024


class BodyLimit:
    """ASGI middleware that refuses bodies of more than `max_bytes`."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > self.max_bytes:
            await _refuse(receive, send)
            return
        body = await _read(receive, self.max_bytes)
        if body is None:
            return  # the client is gone: nobody to answer
        if len(body) > self.max_bytes:
            await _refuse(receive, send)
            return
        await self.app(scope, _replay(bytes(body), receive), send)


async def _read(receive: Receive, max_bytes: int) -> bytearray | None:
    """The body, or as much of it as shows that it is too long; None when the client left."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > max_bytes or not message.get("more_body", False):
            return body


def _replay(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay


async def _refuse(receive: Receive, send: Send) -> None:
    answer = json.dumps({"detail": TOO_LARGE}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(answer)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": answer, "more_body": True})
    try:
        async with asyncio.timeout(LINGER_SECONDS):
            await _discard(receive)
    except TimeoutError:
        pass
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _discard(receive: Receive) -> None:
    seen = 0
    while seen < LINGER_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return
        seen += len(message.get("body", b""))
