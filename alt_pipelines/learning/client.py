"""Send a payload to the recap worker within a time limit that holds whatever the other side does.

The limit covers the whole exchange, so an answer that arrives byte by byte ends with it, as silence does. The answer is
truncated and made storable before it is evaluated.
"""

import asyncio
import json
from typing import Any

import httpx

from alt_pipelines.learning.report import Answer
from alt_pipelines.text.normal import storable

PATH = "/admin/genre-learning"
LONGEST_ANSWER_BYTES = 64 * 1024
_TEXT_KEPT = 500
# No compression is requested and nothing is decompressed: a few compressed kilobytes could become gigabytes.
_HEADERS = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}


class ReceiverError(RuntimeError):
    """The payload was not accepted. The message says what the receiver did; `answer` is its answer, if any."""

    def __init__(self, message: str, answer: Answer | None = None) -> None:
        super().__init__(message)
        self.answer = answer


def send(url: str, payload: dict[str, Any], timeout_seconds: float) -> Answer:
    """Post the payload. Success is a 2xx status whose body, if it is a JSON object, does not report a failure.

    Raises:
        ReceiverError: the receiver is unreachable or too slow, or answers with another status, with a web page or with
            a body that reports a failure.
    """
    body = json.dumps(payload, allow_nan=False).encode()
    try:
        target = _target(url)
        answer = asyncio.run(_post(target, body, timeout_seconds))
    except TimeoutError:
        raise ReceiverError(f"{url} did not answer within {timeout_seconds:g} s.") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ReceiverError(f"{url} could not be reached: {str(error) or type(error).__name__}.") from error
    return _judged(url, answer)


def _target(url: str) -> httpx.URL:
    target = httpx.URL(url)
    if target.scheme not in ("http", "https") or not target.host:
        raise ValueError("RECAP_WORKER_LEARNING_URL is not an http or https URL")
    return target.copy_with(path=PATH) if target.path in ("", "/") else target


async def _post(url: httpx.URL, body: bytes, timeout_seconds: float) -> Answer:
    received = bytearray()
    async with (
        asyncio.timeout(timeout_seconds),
        httpx.AsyncClient(timeout=timeout_seconds, trust_env=False) as client,
        client.stream("POST", url, content=body, headers=_HEADERS) as response,
    ):
        async for chunk in response.aiter_raw():
            received += chunk
            if len(received) > LONGEST_ANSWER_BYTES:
                break
    text = bytes(received[:LONGEST_ANSWER_BYTES]).decode("utf-8", "replace")
    return Answer(response.status_code, _json_object(text), _storable(text.strip()[:_TEXT_KEPT]))


def _json_object(text: str) -> dict[str, Any] | None:
    try:
        # Python's parser accepts NaN and Infinity, which are invalid in JSON and in a JSONB column.
        value = json.loads(text, parse_constant=lambda _: None)
        return _storable(value) if isinstance(value, dict) else None
    except (ValueError, RecursionError):
        return None


def _storable(value: Any) -> Any:
    """Remove what Postgres cannot store: NUL, lone surrogates, numbers too large for a float."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return None
    return value


def _judged(url: str, answer: Answer) -> Answer:
    if not 200 <= answer.status_code < 300:
        raise ReceiverError(f"{url} answered {answer.status_code}: {answer.text or '(empty body)'}", answer)
    if answer.body is None and answer.text.startswith("<"):
        raise ReceiverError(
            f"{url} answered with a web page. Set RECAP_WORKER_LEARNING_URL to the recap worker's URL.", answer
        )
    said = answer.body or {}
    if said.get("status", "success") != "success" or said.get("config_saved") is False:
        raise ReceiverError(
            f"{url} answered {answer.status_code} but did not save the thresholds: {answer.text}", answer
        )
    return answer
