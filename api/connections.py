"""Limits on connections: number open, time for a request header, header size, and time for a client to read an answer.

uvicorn limits none of these. Without limits, clients that open connections and then send or read slowly, or not at
all, hold descriptors and memory until no other client can be served.

    opened, header incomplete   closed after `header_seconds`, with 408 if a byte arrived; 431 over `header_bytes`
    request in progress         `api.limits` limits the body
    answer not read             aborted after `write_seconds` without progress
    idle between requests       closed after uvicorn's keep-alive time
    idle when the server stops  closed after `drain_seconds`; a request sent meanwhile is answered

What never reaches the application, because it is not HTTP or asks for a WebSocket, gets a 400 of the same shape as
every error.

A new connection over the limit takes the place of an idle one, else of one whose header has been incomplete longest.
"""

import asyncio
import math
import resource
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from alt_pipelines.settings import Settings

log = structlog.get_logger(__name__)

_OTHER_DESCRIPTORS = 100  # databases, children, logs, and connections that are being refused
_NEW_SECONDS = 1.0  # a client that has connected sends its request within this time

STOPPING = "stopping"
"""Key of an `asyncio.Event` in the lifespan's state that is set when this process begins to stop."""

_REASONS = {
    400: b"Bad Request",
    408: b"Request Timeout",
    431: b"Request Header Fields Too Large",
    503: b"Service Unavailable",
}
_DETAILS = {
    400: b'{"detail":"the request is not valid HTTP/1.1"}',
    408: b'{"detail":"the request header took too long"}',
    431: b'{"detail":"the request header is too large"}',
    503: b'{"detail":"too many open connections, try again later"}',
}

_NO_WEBSOCKET = b'{"detail":"WebSocket connections are not supported"}'


@dataclass(frozen=True)
class ConnectionLimits:
    """Limits of one server process."""

    open: int = 500
    header_seconds: float = 15.0
    header_bytes: int = 64 * 1024
    write_seconds: float = 60.0
    drain_seconds: float = 2.0


@cache
def process_limits() -> ConnectionLimits:
    """Return the limits set by this process's environment, with no more connections than it has descriptors for."""
    edge = Settings.from_environment().edge
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = edge.max_connections if descriptors == resource.RLIM_INFINITY else descriptors - _OTHER_DESCRIPTORS
    return ConnectionLimits(
        open=max(1, min(edge.max_connections, free)),
        header_seconds=edge.header_seconds,
        write_seconds=edge.write_seconds,
    )


class LimitedProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol with limits; passed to `uvicorn.Config(http=...)`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._limits = process_limits()
        self._header_timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None
        self._in_header = True
        self._header_size = 0
        self._draining = False

    @property
    def is_idle(self) -> bool:
        """Whether no request is in progress and none has begun to arrive."""
        return self.timeout_keep_alive_task is not None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept the connection. If too many are open, close one that has sent no request, or refuse with 503."""
        super().connection_made(transport)
        if len(self.connections) > self._limits.open and not self._make_room():
            log.warning("connection_refused", open=len(self.connections) - 1)
            self._refuse(503)
            return
        self._start_header()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timers."""
        self._stop_header()
        self._stop_write()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse the data; refuse with 431 once the header exceeds its limit."""
        if self._in_header:
            self._header_size += len(data)
        super().data_received(data)
        if self._in_header and self._header_size > self._limits.header_bytes and not self.transport.is_closing():
            self._refuse(431)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP, such as an unknown method, a bad length or a bad chunk. uvicorn's answer is text.

        If the response to the request has begun, only closing the connection can signal the failure.
        """
        if self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.close()
        else:
            self._refuse(400)

    def handle_websocket_upgrade(self) -> None:
        """Refuse a WebSocket: no path has one."""
        self._refuse(400, _NO_WEBSOCKET)

    def on_message_begin(self) -> None:
        """Start the header timer: a request has begun."""
        super().on_message_begin()
        self._start_header()

    def on_headers_complete(self) -> None:
        """Stop the header timer: the header arrived in time."""
        self._stop_header()
        super().on_headers_complete()
        if self._draining:
            self.cycle.keep_alive = False

    def on_response_complete(self) -> None:
        """Reset the header size for the next request."""
        self._in_header, self._header_size = True, 0
        super().on_response_complete()

    def shutdown(self) -> None:
        """Close the connection after the request in progress, or if none arrives within `drain_seconds`.

        Handlers that wait are told by the event STOPPING of the lifespan's state.

        uvicorn closes a connection without a request at once, and a request that is in transit is lost. When a worker
        reaches its request limit, clients see that as a reset connection.
        """
        self._draining = True
        if (stopping := self.app_state.get(STOPPING)) is not None:
            stopping.set()
        if self.cycle is None or self.cycle.response_complete:
            self.loop.call_later(self._limits.drain_seconds, self._end_drain)
        else:
            self.cycle.keep_alive = False

    def pause_writing(self) -> None:
        """Start the write timer: the client reads more slowly than the server writes."""
        super().pause_writing()
        self._write_timer = self._write_timer or self.loop.call_later(self._limits.write_seconds, self._write_late)

    def resume_writing(self) -> None:
        """Stop the write timer: the client has caught up."""
        self._stop_write()
        super().resume_writing()

    def _make_room(self) -> bool:
        """Close the connection that has been idle longest, else the one whose header has been incomplete longest."""
        others = [other for other in self.connections if isinstance(other, LimitedProtocol) and other is not self]
        if idle := [other for other in others if other.is_idle]:
            min(idle, key=lambda other: other.timeout_keep_alive_task.when()).transport.close()  # type: ignore[union-attr]
            return True
        begun_before = self.loop.time() - _NEW_SECONDS
        timers = [(other._header_timer.when(), other) for other in others if other._header_timer is not None]
        end, slowest = min(timers, key=itemgetter(0), default=(math.inf, self))
        if end - self._limits.header_seconds > begun_before:
            return False
        slowest._header_late()
        return True

    def _start_header(self) -> None:
        if self._header_timer is None:
            self._in_header = True
            self._header_timer = self.loop.call_later(self._limits.header_seconds, self._header_late)

    def _stop_header(self) -> None:
        self._in_header = False
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None

    def _stop_write(self) -> None:
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None

    def _header_late(self) -> None:
        self._header_timer = None
        if self.transport.is_closing():
            return
        if self._header_size:
            self._refuse(408)
        else:
            self.transport.close()

    def _end_drain(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()

    def _write_late(self) -> None:
        self._write_timer = None
        log.info("connection_aborted", reason="the client does not read the response")
        self.transport.abort()

    def _refuse(self, status: int, content: bytes | None = None) -> None:
        content = content or _DETAILS[status]
        head = b"HTTP/1.1 %d %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
        self.transport.write(head % (status, _REASONS[status], len(content)) + content)
        self.transport.close()
