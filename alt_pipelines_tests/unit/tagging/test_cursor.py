"""The sensor's cursor: a stored cursor is restored; an implausible one is discarded with a reason."""

import json
import re
from datetime import datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alt_pipelines.tagging.cursor import Cursor
from alt_pipelines.tagging.windows import Position

NOW = datetime(2026, 11, 21, 12, 0)
ID = "8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd"


def stored(**fields: object) -> str:
    return json.dumps({"created_at": "2026-11-21 11:59:00.123456", "id": ID} | fields)


_moments = st.datetimes(NOW - timedelta(days=360), NOW)
_positions = st.builds(lambda moment, id_: Position(moment.isoformat(sep=" "), str(id_)), _moments, st.uuids())


@given(
    head=st.none() | _positions,
    sweep=st.none() | _positions,
    swept_at=st.none() | _moments.map(lambda moment: moment.replace(microsecond=0)),
    counters=st.tuples(*[st.integers(0, 10**9)] * 3),
    small=st.booleans(),
)
def test_what_is_stored_comes_back(
    head: Position | None,
    sweep: Position | None,
    swept_at: datetime | None,
    counters: tuple[int, int, int],
    small: bool,
) -> None:
    cursor = Cursor(head, sweep, swept_at, *counters, small)
    assert Cursor.parse(cursor.dump(), NOW) == (cursor, None)


def test_a_person_may_give_the_place_alone() -> None:
    cursor, poisoned = Cursor.parse(stored(), NOW)
    assert poisoned is None
    assert cursor.head == Position("2026-11-21 11:59:00.123456", ID)


@pytest.mark.parametrize("empty", [None, "", "  ", "{}"])
def test_no_cursor_means_the_beginning_and_is_not_an_error(empty: str | None) -> None:
    assert Cursor.parse(empty, NOW) == (Cursor(), None)


@pytest.mark.parametrize(
    ("poison", "reason"),
    [
        ("not json", "not valid JSON"),
        ("[1]", "not a JSON object"),
        ('"2026-11-21"', "not a JSON object"),
        (stored(id="7"), "UUID"),
        (stored(created_at="yesterday"), "yesterday"),
        (stored(created_at=None), "None"),
        (json.dumps({"created_at": "2026-11-21 11:59:00"}), "'id'"),
        (stored(created_at="2026-11-21 13:00:01"), "in the future"),
        (stored(created_at="2026-11-21T14:30:00+01:00"), "in the future"),
        (stored(created_at="2025-11-21 11:59:59"), "older than 365 days"),
        (stored(created_at="infinity"), "infinity"),
        ("[" * 100_000, "not valid JSON"),
    ],
)
def test_a_poisoned_cursor_is_discarded_and_the_scan_starts_over(poison: str, reason: str) -> None:
    cursor, poisoned = Cursor.parse(poison, NOW)
    assert cursor.head is None
    assert reason in str(poisoned)


@pytest.mark.parametrize("near", ["2026-11-21 13:00:00", "2025-11-21 12:00:00"])
def test_an_hour_ahead_and_a_year_back_are_still_good(near: str) -> None:
    assert Cursor.parse(stored(created_at=near), NOW)[1] is None


def test_counters_survive_a_poisoned_place_and_a_spoilt_sweep_only_begins_again() -> None:
    cursor, poisoned = Cursor.parse(stored(id="7", ticks=5, empty_ticks=-1, articles="many"), NOW)
    assert poisoned
    assert (cursor.ticks, cursor.empty_ticks, cursor.articles) == (5, 0, 0)

    cursor, poisoned = Cursor.parse(stored(sweep={"created_at": "yesterday", "id": ID}), NOW)
    assert poisoned is None
    assert cursor.head is not None
    assert cursor.sweep is None


_offsets = st.none() | st.timedeltas(-timedelta(hours=23), timedelta(hours=23)).map(timezone)
_extremes = st.sampled_from([datetime.min, datetime.max, NOW])
_times = st.one_of(
    st.builds(lambda moment, zone: moment.replace(tzinfo=zone).isoformat(), st.datetimes() | _extremes, _offsets),
    _moments.map(str),
    st.sampled_from(
        ["infinity", "-infinity", "0044-03-15 12:00:00 BC", "2026-W47-6", "20261121T1159+01", "2026-11-21"]
    ),
)
_values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | _times | st.uuids().map(str)
_places = st.fixed_dictionaries({}, optional={"created_at": _times | _values, "id": st.uuids().map(str) | _values})
_cursors = st.builds(
    lambda place, others: place | others,
    _places,
    st.fixed_dictionaries(
        {},
        optional={"swept_at": _times | _values, "sweep": _places | _values, "small": _values, "ticks": _values},
    ),
)


@given(st.text(max_size=60) | (_cursors | _values | st.lists(_values)).map(json.dumps))
@example(json.dumps({"created_at": "0001-01-01T00:00:00+05:00", "id": ID}))
@example(json.dumps({"created_at": "9999-12-31T23:00:00-05:00", "id": ID}))
@example(json.dumps({"created_at": "2026-11-21T11:00:00", "id": ID, "swept_at": "9999-12-31T23:00:00-05:00"}))
@example(json.dumps({"sweep": {"created_at": "0001-01-01T00:00:00+05:00", "id": ID}}))
def test_whatever_is_stored_gives_a_cursor_that_the_next_tick_can_use_and_store(anything: str) -> None:
    cursor, poisoned = Cursor.parse(anything, NOW)
    assert not (cursor.head and poisoned)
    for position in filter(None, (cursor.head, cursor.sweep)):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?|-?infinity", position.created_at), (
            "Postgres reads it"
        )
        assert UUID(position.id)
    if cursor.head:
        head = datetime.fromisoformat(cursor.head.created_at)
        assert NOW - timedelta(days=365) <= head <= NOW + timedelta(hours=1)
    assert Cursor.parse(cursor.dump(), NOW)[0].head == cursor.head


@pytest.mark.parametrize(
    "given_as", ["2026-11-21T11:30:00+01:00", "2026-11-21T103000Z", "2026-W47-6 10:30", "20261121T1030"]
)
def test_a_person_may_write_the_time_in_any_zone_and_form(given_as: str) -> None:
    assert Cursor.parse(stored(created_at=given_as), NOW) == (Cursor(Position("2026-11-21 10:30:00", ID)), None)


def test_a_head_never_gets_so_old_that_it_would_be_poisoned() -> None:
    for created_at in ("-infinity", "0044-03-15 12:00:00 BC", "1999-12-31 00:00:00", "2025-11-21 12:00:00"):
        cursor = Cursor().at(Position(created_at, ID), NOW)
        assert Cursor.parse(cursor.dump(), NOW + timedelta(hours=20)) == (cursor, None)


def test_empty_ticks_are_counted_since_the_last_find() -> None:
    cursor = Cursor().counted(0).counted(0).counted(7).counted(0)
    assert (cursor.ticks, cursor.empty_ticks, cursor.articles) == (4, 1, 7)
