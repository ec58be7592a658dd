"""Middleware: one log line per request, a request id in every line and answer, and a 500 for unexpected exceptions."""

import asyncio
import re
import time
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import INTERNAL
from api.limits import RETRY_SECONDS

log = structlog.get_logger("api.access")

STOPS = "the server is stopping, try again"
REQUEST_ID = "X-Request-Id"
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

# Monitoring requests these every few seconds; at INFO they would fill most of the log.
_QUIET_PATHS = ("/health", "/metrics")


class RequestLog:
    """ASGI middleware. Logs method, path (never the query or any header), status and milliseconds.

    A client's own `X-Request-Id` is used if it matches a safe pattern; otherwise one is generated. An exception that
    reaches this middleware is logged with its stack trace and answered with 500.
    A request that is cancelled because the server stops is answered with 503.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request_id = given if _SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        started = time.perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(raw=message["headers"])[REQUEST_ID] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_with_id)
            except asyncio.CancelledError:  # the server stops, and the request exceeded its time to end
                if status:
                    raise
                headers = {"Retry-After": str(RETRY_SECONDS)}
                await JSONResponse({"detail": STOPS}, 503, headers)(scope, receive, send_with_id)
            except Exception:
                log.exception("request_failed", method=scope["method"], path=scope["path"])
                if status:  # the answer has begun, so only a broken connection can signal the failure to the client
                    raise
                await JSONResponse({"detail": INTERNAL}, status_code=500)(scope, receive, send_with_id)
            finally:
                quiet = scope["path"].startswith(_QUIET_PATHS) and status < 500
                (log.debug if quiet else log.info)(
                    "request",
                    method=scope["method"],
                    path=scope["path"],
                    status=status,
                    duration_ms=round((time.perf_counter() - started) * 1000, 2),
                )
