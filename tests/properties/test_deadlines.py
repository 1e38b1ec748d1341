"""Due dates against a second implementation: a clerk who turns the leaves of a wall calendar, one day after the other.

It shares no helper with the rules: the hours, the ways from afar, the lengths and the articles are written down here
once more.
"""

import os
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import deadlines, extensions
from app.domain.deadlines import Counting, Term
from app.domain.facts import Due
from app.domain.nomenclature import Extension
from app.domain.office_date import SOFIA
from app.domain.terms import Channel
from app.domain.working_days import Calendar
from resources import loading

EXAMPLES = int(os.environ.get("TEFTER_DUE_DATES", "2000"))
"""How many cases each property plays."""

KINDS = loading.document_kinds()
HOLIDAYS = loading.holidays()
ONE_DAY = timedelta(days=1)

# --- the clerk ------------------------------------------------------------------------------------------------------


class Paper(NamedTuple):
    """What a clerk knows of a paper: when and how it came, and by which calendar the office works."""

    arrived: datetime
    channel: Channel
    off: frozenset[date]
    safe: bool
    waited: bool


def is_open(day: date, off: frozenset[date]) -> bool:
    """Look at the door."""
    return day.isoweekday() not in {6, 7} and day not in off


def next_open(day: date, off: frozenset[date]) -> date:
    """Turn leaves until the door is open; the leaf one stands at counts."""
    while not is_open(day, off):
        day += ONE_DAY
    return day


def came_in_time(paper: Paper) -> bool:
    """Say whether the paper counts on the day on which it came."""
    if paper.channel in {"post", "courier", "e_mail", "fax"} or not is_open(paper.arrived.date(), paper.off):
        return False
    second = paper.arrived.hour * 3600 + paper.arrived.minute * 60 + paper.arrived.second
    exact = second + paper.arrived.microsecond / 1_000_000
    if 8 * 3600 <= second < 12 * 3600 or 13 * 3600 <= second < 17 * 3600:
        return True
    in_person = paper.channel in {"by_hand", "oral"}
    return paper.waited and in_person and (12 * 3600 <= exact <= 14 * 3600 or 17 * 3600 <= exact <= 19 * 3600)


def day_zero(paper: Paper) -> date:
    """Find the leaf after which counting begins."""
    day = paper.arrived.date()
    if came_in_time(paper):
        return day
    first = next_open(day + ONE_DAY, paper.off)
    return first - ONE_DAY if paper.safe else first


def walk_days(zero: date, days: int) -> date:
    """Turn so many leaves."""
    day = zero
    for _ in range(days):
        day += ONE_DAY
    return day


def walk_months(zero: date, months: int) -> date:
    """Turn leaves until the same number of the month, or the end of a month that has no such number."""
    day, passed = zero, 0
    while True:
        tomorrow = day + ONE_DAY
        if tomorrow.month != day.month:
            if passed == months:
                return day
            passed += 1
        day = tomorrow
        if passed == months and day.day == zero.day:
            return day


def walk(zero: date, length: int, unit: str, off: frozenset[date]) -> date:
    """Count a term from its leaf zero to a day on which the door is open."""
    if unit == "at_once":
        last = zero
    elif unit == "hours":
        whole = length // 24
        last = walk_days(zero, whole if length % 24 == 0 else whole + 1)
    elif unit == "days":
        last = walk_days(zero, length)
    else:
        last = walk_months(zero, length)
    return next_open(last, off)


OF_A_KIND = {
    "pismo_organ": (3, "days", "АПК чл.53; вътрешни правила (Ветово) чл.22"),
    "predlozhenie": (2, "months", "АПК чл.118"),
    "signal": (2, "months", "АПК чл.121"),
    "signal_preprashtane": (7, "days", "АПК чл.112"),
    "zayavlenie_akt": (14, "days", "АПК чл.57(1)"),
    "zayavlenie_ekspertiza": (14, "days", "АПК чл.57(3)"),
    "zayavlenie_mesec": (1, "months", "АПК чл.57(5)"),
    "zayavlenie_nezabavno": (7, "days", "АПК чл.57(4)"),
    "zayavlenie_usluga": (7, "days", "АПК чл.57(2), чл.21(2)-(3)"),
    "zdoi": (14, "days", "ЗДОИ чл.28"),
    "zdoi_prenasochvane": (14, "days", "ЗДОИ чл.32"),
}
"""The terms of the office that run from the paper itself, as the laws say them."""


def clerk_says(kind: str, term: Term | None, paper: Paper) -> tuple[date, str] | None:
    """Tell the due date and its article, or that there is none."""
    if kind in {"zhalba", "protest", "nedostatak"}:
        return None
    if term is not None:
        if term.unit == "at_once" and not came_in_time(paper):
            return next_open(paper.arrived.date() + ONE_DAY, paper.off), term.article
        return walk(day_zero(paper), term.length, term.unit, paper.off), term.article
    if kind not in OF_A_KIND:
        return None
    length, unit, article = OF_A_KIND[kind]
    zero = paper.arrived.date() if kind == "zdoi" else day_zero(paper)
    return walk(zero, length, unit, paper.off), article


# --- the cases ------------------------------------------------------------------------------------------------------

TERMS = st.one_of(
    st.builds(Term, st.integers(1, 60), st.just("days"), st.just("чл.1")),
    st.builds(Term, st.integers(1, 12), st.just("months"), st.just("чл.2")),
    st.builds(Term, st.integers(1, 240), st.just("hours"), st.just("чл.3")),
    st.just(Term(0, "at_once", "чл.4")),
)
FIRST, LAST = datetime(2025, 1, 1), datetime(2028, 6, 30)  # noqa: DTZ001 - bounds are bare
HOURS = st.one_of(
    st.datetimes(FIRST, LAST, timezones=st.just(SOFIA)),
    # The edges of the office hours, where a mistake would hide.
    st.builds(
        lambda day, hour, off: datetime(day.year, day.month, day.day, hour, tzinfo=SOFIA) + off,
        st.dates(FIRST.date(), LAST.date()),
        st.sampled_from([8, 12, 13, 14, 17, 19]),
        st.sampled_from([timedelta(0), timedelta(microseconds=-1), timedelta(microseconds=1), timedelta(minutes=20)]),
    ),
)
DAYS = st.dates(FIRST.date(), LAST.date())
DAYS_OFF: st.SearchStrategy[frozenset[date]] = st.one_of(
    st.just(HOLIDAYS), st.frozensets(DAYS, max_size=40).map(HOLIDAYS.union), st.just(frozenset())
)
PAPERS = st.builds(Paper, HOURS, st.sampled_from(Channel), DAYS_OFF, st.booleans(), st.booleans())
EXTENSIONS = st.sampled_from([row for rows in loading.extensions().values() for row in rows])


@settings(max_examples=EXAMPLES)
@given(kind=st.sampled_from(sorted(KINDS)), term=st.one_of(st.none(), TERMS), paper=PAPERS)
def test_the_rule_and_the_clerk_tell_the_same_date(kind: str, term: Term | None, paper: Paper) -> None:
    due = deadlines.due(
        KINDS[kind],
        term,
        paper.arrived,
        paper.channel,
        Calendar(paper.off),
        Counting(next_day_is_first=paper.safe),
        came_before_closing=paper.waited,
    )
    assert (due and (due.on, due.article)) == clerk_says(kind, term, paper)


@settings(max_examples=EXAMPLES)
@given(kind=st.sampled_from(sorted(KINDS)), term=st.one_of(st.none(), TERMS), paper=PAPERS)
def test_without_a_word_one_counts_by_the_safe_reading(kind: str, term: Term | None, paper: Paper) -> None:
    due = deadlines.due(KINDS[kind], term, paper.arrived, paper.channel, Calendar(paper.off))
    assert (due and (due.on, due.article)) == clerk_says(kind, term, paper._replace(safe=True, waited=False))


@settings(max_examples=EXAMPLES)
@given(row=EXTENSIONS, start=DAYS, moved=st.integers(1, 90), off=DAYS_OFF, until=st.one_of(st.none(), DAYS))
def test_an_extension_is_counted_as_a_clerk_counts_it(
    row: Extension, start: date, moved: int, off: frozenset[date], until: date | None
) -> None:
    told = Due(next_open(walk_days(start, moved), off), "чл.1", 1)
    ends = []
    if row.mode != "any":
        assert row.length is not None
        ends.append(walk(told.on if row.mode == "more" else start, row.length, row.unit, off))
    if until is not None:
        ends.append(next_open(until, off))
    counted = max(min(ends, default=told.on), told.on)
    assert extensions.extended(row, told, start, Calendar(off), until).on == counted


@settings(max_examples=EXAMPLES)
@given(kind=st.sampled_from(sorted(KINDS)), term=st.one_of(st.none(), TERMS), day=DAYS, off=DAYS_OFF)
def test_after_a_repair_and_from_a_later_event_a_clerk_counts_the_same(
    kind: str, term: Term | None, day: date, off: frozenset[date]
) -> None:
    calendar = Calendar(off)
    again = extensions.restarted(KINDS[kind], term, day, calendar)
    if kind in {"zhalba", "protest", "nedostatak"} or (term is None and kind not in OF_A_KIND):
        assert again is None
    else:
        length, unit, _ = term or OF_A_KIND[kind]
        assert again is not None
        assert again.on == walk(day, length, unit, off)
    assert extensions.to_confirm(day, calendar).on == walk(day, 3, "days", off)
    assert extensions.to_repair(day, calendar).on == walk(day, 3, "days", off)
    assert deadlines.from_access(KINDS["kao"], day, calendar).on == walk(day, 3, "days", off)
    forward = {"signal": 7, "predlozhenie": 7, "zdoi": 14}.get(kind, 0)
    assert extensions.to_forward(KINDS[kind], day, calendar).on == walk(day, forward, "days", off)
