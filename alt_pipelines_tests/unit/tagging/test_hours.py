"""Hours: no article falls outside the calendar, and windows cover exactly the hours asked for."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alt_pipelines.tagging.windows import HOUR, Calendar, Window, hour_from, key_of, spans

FIRST, NEWEST = datetime(2026, 1, 1), datetime(2026, 1, 10, 7)
CALENDAR = Calendar(FIRST, NEWEST)
_any_moment = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))
_hours = st.integers(0, int((NEWEST - FIRST) / HOUR)).map(lambda n: FIRST + n * HOUR)


def within(window: Window, moment: datetime) -> bool:
    return (window.start is None or moment >= window.start) and (window.end is None or moment < window.end)


@given(chosen=st.sets(_hours, max_size=30), moment=_any_moment | st.datetimes(FIRST, NEWEST + HOUR))
def test_windows_hold_an_article_exactly_when_its_hour_was_chosen(chosen: set[datetime], moment: datetime) -> None:
    windows = CALENDAR.windows(chosen)
    assert sum(within(window, moment) for window in windows) == (CALENDAR.hour_of(moment) in chosen)


def test_neighbouring_hours_are_one_window() -> None:
    hours = [FIRST + n * HOUR for n in (3, 4, 5, 9)]
    assert CALENDAR.windows(hours) == [(hours[0], hours[2] + HOUR), (hours[3], hours[3] + HOUR)]
    assert CALENDAR.windows([FIRST, NEWEST]) == [(None, FIRST + HOUR), (NEWEST, None)]


def test_a_calendar_grows_with_time() -> None:
    assert Calendar.at(FIRST, NEWEST + timedelta(minutes=59)) == CALENDAR
    assert Calendar.at(FIRST, NEWEST + timedelta(minutes=60)).newest == NEWEST + HOUR


@given(_hours)
def test_a_partition_key_names_its_hour(hour: datetime) -> None:
    assert hour_from(key_of(hour)) == hour


def test_a_wrong_key_is_refused_with_an_example() -> None:
    with pytest.raises(ValueError, match=r"'2026-01-01' is no hour.*2026-01-31-13:00"):
        hour_from("2026-01-01")


def test_hours_in_words() -> None:
    assert spans([]) == "no hours"
    assert spans([FIRST]) == "hour 2026-01-01-00:00"
    assert spans([NEWEST, FIRST]) == "2 hours from 2026-01-01-00:00 to 2026-01-10-07:00"
