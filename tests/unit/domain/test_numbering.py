"""Numbers of entries and cash documents."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbering import Series, SeriesKind, next_number, written


def test_a_new_year_begins_with_one() -> None:
    assert next_number(0) == 1


@pytest.mark.parametrize("last", [-1, -42])
def test_a_series_has_no_number_before_the_first(last: int) -> None:
    with pytest.raises(ValueError, match=str(last)):
        next_number(last)


@given(count=st.integers(1, 300))
def test_a_series_runs_without_gaps(count: int) -> None:
    told, last = [], 0
    for _ in range(count):
        last = next_number(last)
        told.append(last)
    assert told == list(range(1, count + 1))


@pytest.mark.parametrize(
    ("index", "number", "on", "told"),
    [
        (17, 42, date(2026, 11, 20), "17-000042/20.11.2026"),
        (1, 1, date(2027, 1, 1), "1-000001/01.01.2027"),
        (3017, 999_999, date(2028, 2, 29), "3017-999999/29.02.2028"),
        (17, 1_000_000, date(2026, 12, 31), "17-1000000/31.12.2026"),
    ],
)
def test_noda_28_4_a_number_is_index_number_and_date(index: int, number: int, on: date, told: str) -> None:
    assert written(index, number, on) == told


@given(
    one=st.tuples(st.integers(1, 9_999), st.integers(1, 10**7), st.dates(date(2026, 1, 1), date(2050, 1, 1))),
    other=st.tuples(st.integers(1, 9_999), st.integers(1, 10**7), st.dates(date(2026, 1, 1), date(2050, 1, 1))),
)
def test_two_numbers_are_told_alike_only_if_they_are_one(
    one: tuple[int, int, date], other: tuple[int, int, date]
) -> None:
    assert (written(*one) == written(*other)) is (one == other)


def test_a_series_is_its_kind_index_and_year() -> None:
    assert Series(SeriesKind.REGISTER, 17, 2026) != Series(SeriesKind.TILL, 17, 2026)
    assert Series(SeriesKind.REGISTER, 17, 2026) != Series(SeriesKind.REGISTER, 17, 2027)
