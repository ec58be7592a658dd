"""Decide which alerts are due, and post them to ALERT_WEBHOOK_URL.

A condition is a state, not an event: a job whose last runs failed, an asset past its freshness window, or a failing
asset check. An alert is posted when a condition begins, once per day while it lasts, and when it ends. A condition that
begins again within `quiet_seconds` of its last message is posted only after that time. A pipeline that fails every five
seconds therefore causes one message, and one that fails for three weeks about one per day.

`automation` reads the conditions from Dagster.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

import httpx

from alt_pipelines.clock import apart

REMINDER_SECONDS = 24 * 3600.0
POST_SECONDS = 5.0
_KEPT_SECONDS = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Posted:
    """The last message about a condition: its time (seconds since the epoch), and whether it reported the end."""

    at: float
    ended: bool = False


class Message(NamedTuple):
    """One message: the key of the condition, its change, and a sentence for people."""

    key: str
    event: Literal["began", "continues", "ended"]
    text: str


class AlertNotSent(RuntimeError):  # noqa: N818 - a state of the receiver, reported and retried
    """The webhook did not accept a message."""


def messages(
    active: Mapping[str, str], posted: Mapping[str, Posted], now: float, quiet_seconds: float
) -> list[Message]:
    """Return the messages that are due, in key order.

    Args:
        active: the sentence of each current condition, by key.
        posted: the last message about each condition, by key.
        now: seconds since the epoch.
        quiet_seconds: how long after the end of a condition its return is not reported.
    """
    due = []
    for key in sorted(active.keys() | posted.keys()):
        last = posted.get(key)
        if key in active:
            if last is None or (last.ended and apart(now, last.at) >= quiet_seconds):
                due.append(Message(key, "began", active[key]))
            elif not last.ended and apart(now, last.at) >= REMINDER_SECONDS:
                due.append(Message(key, "continues", active[key]))
        elif last is not None and not last.ended:
            due.append(Message(key, "ended", f"Resolved: {key}."))
    return due


def after(message: Message, posted: Mapping[str, Posted], now: float) -> dict[str, Posted]:
    """Return the record after `message` was accepted, without conditions that ended over a week ago."""
    kept = {key: last for key, last in posted.items() if not last.ended or apart(now, last.at) < _KEPT_SECONDS}
    return {**kept, message.key: Posted(now, ended=message.event == "ended")}


def post(url: str, message: Message) -> None:
    """Send one message as JSON `{"text", "key", "event"}`, the format of chat services' incoming webhooks.

    Raises:
        AlertNotSent: no connection, no answer within 5 s, or a status other than 2xx. The text omits the URL, which may
            hold a token.
    """
    try:
        answer = httpx.post(url, json=message._asdict(), timeout=POST_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise AlertNotSent(f"ALERT_WEBHOOK_URL does not answer ({type(error).__name__})") from None
    if not answer.is_success:
        raise AlertNotSent(f"ALERT_WEBHOOK_URL answered {answer.status_code}")


def dump(posted: Mapping[str, Posted]) -> str:
    """Return the record as JSON, for a sensor's cursor."""
    return json.dumps({key: asdict(last) for key, last in sorted(posted.items())})


def parse(stored: str | None) -> dict[str, Posted]:
    """Parse the record from JSON. An invalid record counts as empty, which at worst repeats a message."""
    try:
        raw = json.loads(stored or "{}")
        return {str(key): Posted(float(last["at"]), bool(last["ended"])) for key, last in raw.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
