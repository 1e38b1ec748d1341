"""Reconciliation: what stands between an entry and its acceptance, series, and day closes."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import cash
from app.domain.cash import Document
from app.domain.facts import Finding
from app.domain.reconciliation import (
    REASONS,
    SERIOUS,
    DayLine,
    EntryLine,
    day_findings,
    dispute_reason,
    entry_findings,
    series_findings,
)
from app.domain.terms import DisputeReason, FindingCode, Standing

ENTRY = bytes(16)
STANDINGS = st.sampled_from(Standing)
CODES = st.lists(st.sampled_from(FindingCode), max_size=5)


@pytest.mark.parametrize(
    ("fee", "paid", "found"),
    [
        (None, 0, ()),
        (0, 0, ()),
        (102, 102, ()),
        (102, 0, (FindingCode.FEE_MISSING,)),
        (102, 101, (FindingCode.FEE_DIFFERS,)),
        (102, 204, (FindingCode.FEE_DIFFERS,)),
        (102, -102, (FindingCode.FEE_DIFFERS,)),
    ],
)
def test_an_entry_is_held_to_its_fee(fee: int | None, paid: int, found: tuple[FindingCode, ...]) -> None:
    assert entry_findings(EntryLine(ENTRY, Standing.IN_FORCE, fee, paid, ())) == found


def test_an_annulled_entry_owes_nothing() -> None:
    assert entry_findings(EntryLine(ENTRY, Standing.ANNULLED, 102, 0, ())) == ()


@given(standing=STANDINGS, codes=CODES)
def test_of_the_villages_own_findings_only_the_serious_need_a_person(
    standing: Standing, codes: Sequence[FindingCode]
) -> None:
    line = EntryLine(ENTRY, standing, None, 0, tuple(codes))
    assert entry_findings(line) == tuple(code for code in codes if code in SERIOUS)


@given(codes=CODES)
def test_a_dispute_proposes_the_reason_of_the_first_finding_that_has_one(codes: list[FindingCode]) -> None:
    known = [code for code in codes if code in REASONS]
    assert dispute_reason(codes) == (REASONS[known[0]] if known else DisputeReason.OTHER)


def test_every_serious_finding_has_its_own_reason() -> None:
    assert set(REASONS) >= SERIOUS
    assert DisputeReason.OTHER not in REASONS.values()


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ((), ()),
        ((1,), ()),
        ((3, 1, 2), ()),
        ((2,), (FindingCode.NUMBER_GAP,)),
        ((1, 3), (FindingCode.NUMBER_GAP,)),
        ((0, 1), (FindingCode.NUMBER_GAP,)),
        ((1, 2, 2), (FindingCode.NUMBER_TWICE,)),
        ((1, 1, 3), (FindingCode.NUMBER_TWICE, FindingCode.NUMBER_GAP)),
        ((2, 2), (FindingCode.NUMBER_TWICE, FindingCode.NUMBER_GAP)),
    ],
)
def test_a_series_runs_from_one_without_gap_or_double(numbers: tuple[int, ...], found: tuple[FindingCode, ...]) -> None:
    assert series_findings(numbers) == found


@given(count=st.integers(1, 60), data=st.data())
def test_taking_one_number_out_or_giving_one_twice_always_shows(count: int, data: st.DataObject) -> None:
    whole = data.draw(st.permutations(range(1, count + 1)))
    assert series_findings(whole) == ()
    one = data.draw(st.integers(1, count))
    assert series_findings([*whole, one]) == (FindingCode.NUMBER_TWICE,)
    if one < count:
        assert series_findings([number for number in whole if number != one]) == (FindingCode.NUMBER_GAP,)


RIGHT = cash.close([Document(1, bytes(16), 102), Document(2, bytes([1]) * 16, 153), Document(3, bytes([2]) * 16, -102)])
DAY = DayLine(stated=RIGHT, recomputed=RIGHT, opening=1_000, computed=1_153, counted=1_153, difference=0)


def codes_of(line: DayLine) -> list[FindingCode]:
    """Return the codes of what was found on a day."""
    found = day_findings(line)
    assert all(isinstance(one, Finding) for one in found)
    return [one.code for one in found]


def test_a_day_that_matches_its_documents_is_clean() -> None:
    assert codes_of(DAY) == []


@pytest.mark.parametrize(
    "changed",
    [
        DAY._replace(stated=RIGHT._replace(receipts=3)),
        DAY._replace(stated=RIGHT._replace(taken=256)),
        DAY._replace(stated=RIGHT._replace(voids=0)),
        DAY._replace(stated=RIGHT._replace(paid_back=0)),
        DAY._replace(stated=RIGHT._replace(first=2)),
        DAY._replace(stated=RIGHT._replace(last=4)),
        DAY._replace(stated=RIGHT._replace(documents=bytes(32))),
        DAY._replace(opening=999),
        DAY._replace(computed=1_154, counted=1_154),
        DAY._replace(counted=1_150),
    ],
)
def test_a_day_that_parts_from_its_documents_shows(changed: DayLine) -> None:
    assert codes_of(changed) == [FindingCode.DAY_DIFFERS]


def test_a_stated_difference_shows_even_where_the_sums_agree() -> None:
    assert codes_of(DAY._replace(counted=1_150, difference=-3)) == [FindingCode.CASH_DIFFERENCE]
    assert codes_of(DAY._replace(counted=1_150, difference=3)) == [FindingCode.DAY_DIFFERS, FindingCode.CASH_DIFFERENCE]
