"""Days: no article falls outside the calendar, and windows cover exactly the days asked for."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alt_pipelines.tagging.windows import DAY, Calendar, Window, day_from, key_of, spans

FIRST, NEWEST = datetime(2026, 1, 1), datetime(2026, 1, 10)
CALENDAR = Calendar(FIRST, NEWEST)
_any_moment = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))
_days = st.integers(0, int((NEWEST - FIRST) / DAY)).map(lambda n: FIRST + n * DAY)


def within(window: Window, moment: datetime) -> bool:
    return (window.start is None or moment >= window.start) and (window.end is None or moment < window.end)


@given(chosen=st.sets(_days, max_size=30), moment=_any_moment | st.datetimes(FIRST, NEWEST + DAY))
def test_windows_contain_exactly_the_articles_of_the_chosen_days(chosen: set[datetime], moment: datetime) -> None:
    windows = CALENDAR.windows(chosen)
    assert sum(within(window, moment) for window in windows) == (CALENDAR.day_of(moment) in chosen)


def test_neighbouring_days_are_one_window() -> None:
    days = [FIRST + n * DAY for n in (3, 4, 5, 8)]
    assert CALENDAR.windows(days) == [(days[3], days[3] + DAY), (days[0], days[2] + DAY)]
    assert CALENDAR.windows([FIRST, NEWEST]) == [(NEWEST, None), (None, FIRST + DAY)]


def test_a_calendar_grows_with_time() -> None:
    assert Calendar.at(FIRST, NEWEST + timedelta(hours=23, minutes=59)) == CALENDAR
    assert Calendar.at(FIRST, NEWEST + timedelta(hours=24)).newest == NEWEST + DAY


@given(_days)
def test_a_partition_key_names_its_day(day: datetime) -> None:
    assert day_from(key_of(day)) == day


def test_a_wrong_key_is_refused_with_an_example() -> None:
    with pytest.raises(ValueError, match=r"'2026-01-01-13:00' is not a day.*2026-01-31"):
        day_from("2026-01-01-13:00")


def test_days_in_words() -> None:
    assert spans([]) == "no days"
    assert spans([FIRST]) == "day 2026-01-01"
    assert spans([NEWEST, FIRST]) == "2 days from 2026-01-01 to 2026-01-10"
