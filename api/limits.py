"""Limits on request bodies: size (413), time to arrive (408), and total memory of the bodies in flight (503).

A body within the limits is read once, here, and passed on whole; no handler streams. Its memory counts until its
request is answered. The first `FREE_BYTES` of each body are not counted, so small requests are served while large ones
fill the budget; the limit on connections bounds the uncounted total. `validation` validates content, and `connections`
handles connections on which no header arrives.
"""

import asyncio
import json
import time
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOO_LARGE = "Request body too large"
TOO_SLOW = "the request body took too long"
NO_ROOM = "too many large requests at once, try again later"

# If a server closes the connection while its client still sends, the client sees a reset instead of the answer. A
# refused body is therefore read and discarded for this long, or this many bytes, before the connection is closed.
LINGER_SECONDS = 2.0
LINGER_BYTES = 64 * 1024 * 1024

FREE_BYTES = 64 * 1024
RETRY_SECONDS = 5


@dataclass(frozen=True)
class BodyLimits:
    """Limits of one process: bytes per body and of all bodies in flight, seconds per body and without data."""

    max_bytes: int
    memory_bytes: int = 64 * 1024 * 1024
    seconds: float = 60.0
    stall_seconds: float = 10.0


@dataclass
class _Memory:
    """The memory budget of the bodies in flight, in bytes."""

    limit: int
    used: int = 0

    def take(self, count: int) -> bool:
        if count > 0 and self.used + count > self.limit:
            return False
        self.used += count
        return True


class _Refused(Exception):  # noqa: N818
    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


@dataclass
class _Body:
    """An incoming body and its share of the memory budget."""

    memory: _Memory
    chunks: list[bytes] = field(default_factory=list)  # one growing array per body would fragment the heap
    size: int = 0
    counted: int = 0

    def add(self, chunk: bytes) -> None:
        self.size += len(chunk)
        grown = max(0, self.size - FREE_BYTES) - self.counted
        if not self.memory.take(grown):
            raise _Refused(503, NO_ROOM)
        self.counted += grown
        self.chunks.append(chunk)

    def whole(self) -> bytes:
        """Return the body in one piece and drop its chunks."""
        content = b"".join(self.chunks)
        self.chunks.clear()
        return content

    def release(self) -> None:
        self.memory.used -= self.counted
        self.counted = 0
        self.chunks.clear()


class BodyLimit:
    """ASGI middleware that enforces the limits."""

    def __init__(self, app: ASGIApp, limits: BodyLimits) -> None:
        self.app = app
        self.limits = limits
        self.memory = _Memory(limits.memory_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Body(self.memory)
        try:
            declared = Headers(scope=scope).get("content-length", "")
            if declared.isdecimal() and len(declared) < 20 and int(declared) > self.limits.max_bytes:
                raise _Refused(413, TOO_LARGE)
            if not await self._read(receive, body):
                return  # the client has disconnected
            await self.app(scope, _replay(body.whole(), receive), send)
        except _Refused as refused:
            body.release()
            await _refuse(refused, receive, send)
        finally:
            body.release()

    async def _read(self, receive: Receive, body: _Body) -> bool:
        """Read the body. Returns False if the client disconnected.

        Raises:
            _Refused: the body is too large or too slow, or does not fit into the memory budget.
        """
        deadline = time.monotonic() + self.limits.seconds
        while True:
            try:
                async with asyncio.timeout(min(self.limits.stall_seconds, deadline - time.monotonic())):
                    message = await receive()
            except TimeoutError:
                raise _Refused(408, TOO_SLOW) from None
            if message["type"] == "http.disconnect":
                return False
            body.add(message.get("body", b""))
            if body.size > self.limits.max_bytes:
                raise _Refused(413, TOO_LARGE)
            if not message.get("more_body", False):
                return True


def _replay(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay


async def _refuse(refused: _Refused, receive: Receive, send: Send) -> None:
    answer = json.dumps({"detail": refused.detail}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(answer)).encode()),
        (b"connection", b"close"),
    ]
    if refused.status == 503:
        headers.append((b"retry-after", str(RETRY_SECONDS).encode()))
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer, "more_body": True})
    if refused.status != 408:  # do not wait for a client that is already too slow
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
