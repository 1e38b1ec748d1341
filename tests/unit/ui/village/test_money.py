"""Amounts as they are typed, and the notes and coins that go back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cash import DENOMINATIONS
from app.ui.village.figures import LARGEST_BACK, pieces_of
from app.ui.village.money_field import cents_typed


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("10", 1_000),
        ("10,00", 1_000),
        ("10.5", 1_050),
        ("10,", 1_000),
        (",5", 50),
        ("0,05", 5),
        (" 7 ", 700),
        ("1234567,89", 123_456_789),
        ("", None),
        (",", None),
        ("10,001", None),
        ("-1", None),
        ("1 000", None),
        ("10 лв", None),
    ],
)
def test_an_amount_is_understood_as_it_is_typed(typed: str, cents: int | None) -> None:
    assert cents_typed(typed) == cents


@given(st.integers(0, 9_999), st.integers(0, 99), st.sampled_from(",."))
def test_every_amount_with_its_cents_is_read_exactly(whole: int, part: int, comma: str) -> None:
    assert cents_typed(f"{whole}{comma}{part:02d}") == whole * 100 + part


@given(st.integers(0, 50_000))
def test_what_goes_back_is_the_change_to_the_cent(cents: int) -> None:
    pieces = pieces_of(cents)
    assert sum(one.worth * one.times for one in pieces) == cents
    assert [one.worth for one in pieces] == sorted((one.worth for one in pieces), reverse=True)
    assert all(one.worth in DENOMINATIONS and one.worth <= LARGEST_BACK for one in pieces)


@given(st.integers(0, 10_000))
def test_no_smaller_number_of_pieces_gives_the_change(cents: int) -> None:
    fewest = _fewest(cents)
    assert sum(one.times for one in pieces_of(cents)) == fewest


def _fewest(cents: int) -> int:
    """Return the least number of notes and coins by trying all, written in another style than the program."""
    if not _TABLE:
        worths = [worth for worth in DENOMINATIONS if worth <= LARGEST_BACK]
        _TABLE.append(0)
        for amount in range(1, 10_001):
            _TABLE.append(1 + min(_TABLE[amount - worth] for worth in worths if worth <= amount))
    return _TABLE[cents]


_TABLE: list[int] = []
