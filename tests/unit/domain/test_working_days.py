"""Working days and office hours."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.working_days import Calendar, OfficeHours
from resources import loading

CALENDAR = Calendar(loading.holidays())
DAYS = st.dates(date(2025, 1, 1), date(2028, 11, 30))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 28), False),
        (date(2026, 12, 29), True),
        (date(2027, 5, 4), False),
        (date(2027, 5, 5), True),
    ],
)
def test_kt_154_weekends_and_days_off_are_no_working_days(day: date, works: bool) -> None:  # noqa: FBT001 - a table
    assert CALENDAR.is_working(day) is works


@pytest.mark.parametrize(
    ("at", "open_now"),
    [
        (time(7, 59, 59, 999_999), False),
        (time(8, 0), True),
        (time(11, 59, 59, 999_999), True),
        (time(12, 0), False),
        (time(12, 59, 59, 999_999), False),
        (time(13, 0), True),
        (time(16, 59, 59, 999_999), True),
        (time(17, 0), False),
        (time(0, 0), False),
    ],
)
def test_the_hours_of_a_mayoralty_have_a_break_at_noon(at: time, open_now: bool) -> None:  # noqa: FBT001 - a table
    assert CALENDAR.in_hours(datetime.combine(date(2026, 11, 20), at)) is open_now
    assert not CALENDAR.in_hours(datetime.combine(date(2026, 11, 21), at))


@pytest.mark.parametrize(
    ("at", "still"),
    [
        (time(11, 59, 59, 999_999), False),
        (time(12, 0), True),
        (time(14, 0), True),
        (time(14, 0, 0, 1), False),
        (time(16, 59, 59, 999_999), False),
        (time(17, 0), True),
        (time(19, 0), True),
        (time(19, 0, 0, 1), False),
        (time(0, 0), False),
    ],
)
def test_vetovo_4_7_who_is_inside_is_served_for_two_hours_after_an_end(at: time, still: bool) -> None:  # noqa: FBT001 - a table
    assert CALENDAR.still_serves(datetime.combine(date(2026, 11, 20), at)) is still
    assert not CALENDAR.still_serves(datetime.combine(date(2026, 11, 21), at))


@pytest.mark.parametrize(("at", "open_now"), [(time(7, 30), True), (time(12, 30), True), (time(16, 0), False)])
def test_hours_of_another_office_are_data(at: time, open_now: bool) -> None:  # noqa: FBT001 - a table
    hours = OfficeHours((time(7, 30), time(12, 0)), (time(12, 0), time(16, 0)))
    moment = datetime.combine(date(2026, 11, 20), at)
    assert Calendar(CALENDAR.days_off, hours).in_hours(moment) is open_now


def test_without_a_word_the_hours_are_those_of_a_mayoralty() -> None:
    assert OfficeHours() == ((time(8), time(12)), (time(13), time(17)), timedelta(hours=2))
    assert CALENDAR.hours == OfficeHours()


@given(day=DAYS)
def test_the_next_working_day_is_the_first_one_that_works(day: date) -> None:
    later = CALENDAR.after(day)
    assert later > day
    assert CALENDAR.is_working(later)
    between = [day + timedelta(days=n) for n in range(1, (later - day).days)]
    assert not any(CALENDAR.is_working(one) for one in between)


@given(day=DAYS)
def test_a_working_day_stays_and_any_other_moves_forward(day: date) -> None:
    moved = CALENDAR.this_or_next(day)
    assert moved == (day if CALENDAR.is_working(day) else CALENDAR.after(day))


@given(day=DAYS, off=st.frozensets(DAYS, max_size=30))
def test_a_calendar_without_days_off_knows_only_weekends(day: date, off: frozenset[date]) -> None:
    assert Calendar(frozenset()).is_working(day) is (day.isoweekday() < 6)
    assert not Calendar(off | {day}).is_working(day)
