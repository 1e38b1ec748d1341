"""The office date: when the clock is believed, when a person must say the day, and that it never goes back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import ClockDoubtful
from app.domain.office_date import (
    FURTHEST_AHEAD,
    SOFIA,
    LastSeen,
    OfficeDate,
    decide,
    is_doubtful,
    local,
    moment,
)

BUILD = date(2026, 11, 1)
LAST_AT = datetime(2026, 11, 20, 9, 0, tzinfo=SOFIA)
LAST = LastSeen(int(LAST_AT.timestamp()), date(2026, 11, 20))


def test_a_clock_that_goes_on_is_believed() -> None:
    now = LAST_AT + timedelta(hours=1)
    assert decide(now, LAST, BUILD, None) == OfficeDate(date(2026, 11, 20), doubt=False)


def test_the_same_second_as_the_last_fact_is_believed_and_one_second_before_it_is_not() -> None:
    assert not is_doubtful(LAST_AT, LAST, BUILD)
    assert is_doubtful(LAST_AT - timedelta(seconds=1), LAST, BUILD)


def test_a_clock_before_the_last_fact_needs_the_date_from_a_person() -> None:
    with pytest.raises(ClockDoubtful) as caught:
        decide(LAST_AT - timedelta(days=3), LAST, BUILD, None)
    assert caught.value.facts == {"clock": date(2026, 11, 17), "last": date(2026, 11, 20)}


def test_a_clock_before_the_build_is_doubted_even_on_an_empty_journal() -> None:
    dead_battery = datetime(2000, 1, 1, 2, 0, tzinfo=SOFIA)
    assert is_doubtful(dead_battery, None, BUILD)
    with pytest.raises(ClockDoubtful) as caught:
        decide(dead_battery, None, BUILD, None)
    assert caught.value.facts["last"] == BUILD
    assert decide(dead_battery, None, BUILD, date(2026, 11, 3)) == OfficeDate(date(2026, 11, 3), doubt=True)


def test_a_clock_before_a_newer_build_is_doubted_although_it_follows_the_last_fact() -> None:
    assert is_doubtful(LAST_AT + timedelta(hours=1), LAST, date(2026, 12, 1))


@pytest.mark.parametrize(("days", "doubted"), [(7, False), (8, True)])
def test_seven_days_ahead_of_the_last_fact_are_believed_and_eight_are_not(days: int, doubted: bool) -> None:  # noqa: FBT001
    assert is_doubtful(LAST_AT + timedelta(days=days), LAST, BUILD) is doubted


@pytest.mark.parametrize(("days", "doubted"), [(0, False), (7, False), (8, True)])
def test_an_empty_journal_measures_from_the_build(days: int, doubted: bool) -> None:  # noqa: FBT001
    now = datetime(2026, 11, 1, 9, 0, tzinfo=SOFIA) + timedelta(days=days)
    assert is_doubtful(now, None, BUILD) is doubted


def test_a_newer_build_after_a_long_pause_lets_the_clock_be_believed_again() -> None:
    after_the_pause = datetime(2027, 3, 1, 9, 0, tzinfo=SOFIA)
    assert is_doubtful(after_the_pause, LAST, BUILD)
    assert not is_doubtful(after_the_pause, LAST, date(2027, 2, 25))


def test_the_confirmed_date_is_used_and_marked() -> None:
    wrong = LAST_AT - timedelta(days=300)
    assert decide(wrong, LAST, BUILD, date(2026, 11, 23)) == OfficeDate(date(2026, 11, 23), doubt=True)
    assert decide(wrong, LAST, BUILD, date(2026, 11, 20)) == OfficeDate(date(2026, 11, 20), doubt=True)


def test_a_confirmed_date_before_the_last_one_is_not_taken() -> None:
    with pytest.raises(ClockDoubtful):
        decide(LAST_AT - timedelta(days=300), LAST, BUILD, date(2026, 11, 19))


def test_a_doubt_within_one_day_tells_the_hours() -> None:
    with pytest.raises(ClockDoubtful) as doubt:
        decide(LAST_AT - timedelta(hours=1), LAST, BUILD, None)
    assert doubt.value.facts == {"clock": local(LAST_AT - timedelta(hours=1)), "last": local(LAST_AT)}


def test_a_doubt_between_days_tells_the_dates() -> None:
    with pytest.raises(ClockDoubtful) as doubt:
        decide(LAST_AT - timedelta(days=1), LAST, BUILD, None)
    assert doubt.value.facts == {"clock": date(2026, 11, 19), "last": date(2026, 11, 20)}


def test_a_believed_clock_goes_before_whatever_is_confirmed() -> None:
    now = LAST_AT + timedelta(days=1)
    assert decide(now, LAST, BUILD, date(2030, 1, 1)) == OfficeDate(date(2026, 11, 21), doubt=False)


def test_a_day_behind_the_last_office_date_is_doubted_although_the_seconds_went_on() -> None:
    confirmed_tomorrow = LastSeen(int(LAST_AT.timestamp()), date(2026, 11, 21))
    assert is_doubtful(LAST_AT + timedelta(hours=1), confirmed_tomorrow, BUILD)


# --- the wall clock of Sofia -----------------------------------------------------------------------------------


def test_the_hour_that_comes_twice_in_autumn_is_one_hour_after_the_other() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert (local(first).hour, local(second).hour) == (3, 3)
    last = LastSeen(int(first.timestamp()), date(2026, 10, 25))
    assert not is_doubtful(second, last, date(2026, 10, 20))
    assert is_doubtful(first, LastSeen(int(second.timestamp()), date(2026, 10, 25)), date(2026, 10, 20))


def test_the_hour_that_is_left_out_in_spring_is_no_doubt() -> None:
    before = datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC)
    after = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert (local(before).hour, local(after).hour) == (2, 4)
    last = LastSeen(int(before.timestamp()), date(2027, 3, 28))
    assert decide(after, last, date(2027, 3, 25), None) == OfficeDate(date(2027, 3, 28), doubt=False)


@pytest.mark.parametrize(
    ("utc", "on"),
    [
        (datetime(2026, 12, 31, 21, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 22, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 28, 22, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2028, 2, 29, 22, 0, tzinfo=UTC), date(2028, 3, 1)),
        (datetime(2026, 7, 1, 21, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_the_day_changes_at_midnight_of_sofia(utc: datetime, on: date) -> None:
    last = LastSeen(int(utc.timestamp()) - 60, on - timedelta(days=1))
    assert decide(utc, last, on - timedelta(days=1), None) == OfficeDate(on, doubt=False)


def test_a_moment_of_a_fact_is_aware_and_exact() -> None:
    assert moment(LAST.recorded_at) == LAST_AT
    assert moment(LAST.recorded_at).tzinfo is UTC


# --- always ------------------------------------------------------------------------------------------------------

SECONDS = st.integers(-400 * 86_400, 400 * 86_400)


@given(
    steps=st.lists(st.tuples(SECONDS, st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2029, 1, 1)))), max_size=30),
)
def test_whatever_the_clock_does_the_office_date_never_goes_back(steps: list[tuple[int, date | None]]) -> None:
    last: LastSeen | None = None
    for seconds, confirmed in steps:
        now = LAST_AT + timedelta(seconds=seconds)
        try:
            made = decide(now, last, BUILD, confirmed)
        except ClockDoubtful:
            assert is_doubtful(now, last, BUILD)
            continue
        if last is not None:
            assert made.on >= last.office_date
        if not made.doubt:
            assert made.on == local(now).date()
            assert BUILD <= made.on <= max(BUILD, last.office_date if last else BUILD) + FURTHEST_AHEAD
        last = LastSeen(int(now.timestamp()), made.on)
