"""A condition is told once when it begins, once a day while it lasts, and once when it ends."""

import pytest

from alt_pipelines.observability import alerts
from alt_pipelines.observability.alerts import Posted
from alt_pipelines_tests.support.webhook import answer, receiver

DOWN = {"job tag": "Job tag failed 2 times in a row."}
DAY = 24 * 3600.0


def events(active: dict[str, str], posted: dict[str, Posted], now: float) -> list[tuple[str, str]]:
    return [(message.key, message.event) for message in alerts.messages(active, posted, now, quiet_seconds=3600)]


def test_a_condition_is_posted_once_when_it_begins() -> None:
    assert events(DOWN, {}, 0) == [("job tag", "began")]
    assert events(DOWN, {"job tag": Posted(0)}, DAY - 1) == []


def test_a_lasting_condition_is_repeated_once_a_day() -> None:
    assert events(DOWN, {"job tag": Posted(0)}, DAY) == [("job tag", "continues")]


def test_the_end_is_posted_once() -> None:
    assert events({}, {"job tag": Posted(0)}, 60) == [("job tag", "ended")]
    assert events({}, {"job tag": Posted(60, ended=True)}, 120) == []


def test_a_flapping_condition_is_quiet_for_the_quiet_time() -> None:
    assert events(DOWN, {"job tag": Posted(0, ended=True)}, 3599) == []
    assert events(DOWN, {"job tag": Posted(0, ended=True)}, 3600) == [("job tag", "began")]


def test_a_week_of_a_failing_job_costs_seven_messages() -> None:
    posted: dict[str, Posted] = {}
    sent = 0
    for minute in range(7 * 24 * 60):
        for message in alerts.messages(DOWN, posted, minute * 60.0, quiet_seconds=3600):
            posted = alerts.after(message, posted, minute * 60.0)
            sent += 1
    assert sent == 7


def test_the_record_survives_its_json_and_an_unreadable_one_is_empty() -> None:
    posted = {"job tag": Posted(12.5), "check x: y": Posted(3.0, ended=True)}
    assert alerts.parse(alerts.dump(posted)) == posted
    for broken in (None, "", "{", "[1]", '{"a": 1}', '{"a": {"at": "x", "ended": false}}'):
        assert alerts.parse(broken) == {}


def test_conditions_that_ended_a_week_ago_leave_the_record() -> None:
    (message,) = alerts.messages(DOWN, {}, 8 * DAY, quiet_seconds=3600)
    kept = alerts.after(message, {"old": Posted(0, ended=True), "lasting": Posted(0)}, 8 * DAY)
    assert kept == {"lasting": Posted(0), "job tag": Posted(8 * DAY)}


def test_a_message_is_json_that_chat_services_take() -> None:
    (message,) = alerts.messages(DOWN, {}, 0, quiet_seconds=3600)
    with receiver() as webhook:
        alerts.post(webhook.url, message)
    assert webhook.requests[0][1] == {"key": "job tag", "event": "began", "text": DOWN["job tag"]}


@pytest.mark.parametrize("says", [answer(status="500 Internal Server Error"), b""])
def test_a_webhook_that_does_not_accept_is_an_error_without_its_address(says: bytes) -> None:
    (message,) = alerts.messages(DOWN, {}, 0, quiet_seconds=3600)
    with receiver(says) as webhook:
        url = f"{webhook.url}/token-1234"
        with pytest.raises(alerts.AlertNotSent) as raised:
            alerts.post(url, message)
    assert "token-1234" not in str(raised.value)
