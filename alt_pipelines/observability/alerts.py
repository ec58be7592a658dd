"""Alerts: which conditions an operator is told of, once each, and the message that goes to ALERT_WEBHOOK_URL.

A condition is a state, not an event: a job whose last runs failed, an asset past its freshness window, a failing asset
check. It is posted when it begins, once a day while it lasts, and when it ends; a condition that begins again within
`quiet_seconds` of its last message is not posted again before that time has passed. So a pipeline that fails every five
seconds costs one message, and one that fails for three weeks costs twenty-one.

Scope: the decision and the request. Out of scope: reading the conditions from Dagster (`automation`).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

import httpx

REMINDER_SECONDS = 24 * 3600.0
POST_SECONDS = 5.0
_KEPT_SECONDS = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Posted:
    """What was last said about a condition: when it was posted, and whether it had ended by then."""

    at: float
    ended: bool = False


class Message(NamedTuple):
    """One message: the condition's key, what happened to it, and a sentence for a person."""

    key: str
    event: Literal["began", "continues", "ended"]
    text: str


class AlertNotSent(RuntimeError):  # noqa: N818 - a state of the receiver, reported and retried
    """The webhook did not accept a message."""


def messages(
    active: Mapping[str, str], posted: Mapping[str, Posted], now: float, quiet_seconds: float
) -> list[Message]:
    """Messages due now, in key order.

    Args:
        active: the conditions that hold, each with its sentence.
        posted: what was last said about each condition.
        now: seconds since the epoch.
        quiet_seconds: shortest time between two messages that a condition began.
    """
    due = []
    for key in sorted(active.keys() | posted.keys()):
        last = posted.get(key)
        if key in active:
            if last is None or (last.ended and now - last.at >= quiet_seconds):
                due.append(Message(key, "began", active[key]))
            elif not last.ended and now - last.at >= REMINDER_SECONDS:
                due.append(Message(key, "continues", active[key]))
        elif last is not None and not last.ended:
            due.append(Message(key, "ended", f"Resolved: {key}."))
    return due


def after(message: Message, posted: Mapping[str, Posted], now: float) -> dict[str, Posted]:
    """The record once a message has been accepted; conditions that ended a week ago are dropped."""
    kept = {key: last for key, last in posted.items() if not last.ended or now - last.at < _KEPT_SECONDS}
    return {**kept, message.key: Posted(now, ended=message.event == "ended")}


def post(url: str, message: Message) -> None:
    """Send one message as JSON `{"text", "key", "event"}`, which chat services take as an incoming webhook.

    Raises:
        AlertNotSent: no connection, no answer within 5 s, or a status other than 2xx. The URL, which may hold a token,
            is not in the text.
    """
    try:
        answer = httpx.post(url, json=message._asdict(), timeout=POST_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise AlertNotSent(f"ALERT_WEBHOOK_URL does not answer ({type(error).__name__})") from None
    if not answer.is_success:
        raise AlertNotSent(f"ALERT_WEBHOOK_URL answered {answer.status_code}")


def dump(posted: Mapping[str, Posted]) -> str:
    """The record as JSON, for a sensor's cursor."""
    return json.dumps({key: asdict(last) for key, last in sorted(posted.items())})


def parse(stored: str | None) -> dict[str, Posted]:
    """The record from its JSON; one that cannot be read counts as empty, which at worst repeats a message."""
    try:
        raw = json.loads(stored or "{}")
        return {str(key): Posted(float(last["at"]), bool(last["ended"])) for key, last in raw.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
