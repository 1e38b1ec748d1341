"""Due dates: every kind of document, every dated case of the domain report, the rule of counting, its open points."""

from datetime import date, datetime, time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import deadlines
from app.domain.deadlines import Counting, Term
from app.domain.facts import Due
from app.domain.nomenclature import DocumentKind, Passing
from app.domain.office_date import SOFIA
from app.domain.terms import Channel
from app.domain.working_days import Calendar, OfficeHours
from resources import loading

CALENDAR = Calendar(loading.holidays())
KINDS = loading.document_kinds()


def sofia(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment on the wall clock of the office."""
    return datetime(year, month, day, hour, minute, tzinfo=SOFIA)


def due_of(kind: str, arrived: datetime, channel: Channel = Channel.BY_HAND, term: Term | None = None) -> Due | None:
    """Return the due date by the tables that travel with the program."""
    return deadlines.due(KINDS[kind], term, arrived, channel, CALENDAR)


def day_of(kind: str, arrived: datetime, channel: Channel = Channel.BY_HAND, term: Term | None = None) -> date:
    """Return the bare day of a due date that must be there."""
    due = due_of(kind, arrived, channel, term)
    assert due is not None
    return due.on


# --- the dated cases of domain.md, 3.1 ---------------------------------------------------------------------------


def test_apk_57_2_seven_days_by_hand_end_on_the_same_day_of_the_next_week() -> None:
    due = due_of("zayavlenie_usluga", sofia(2026, 11, 20, 10, 0))
    assert due == Due(date(2026, 11, 27), "АПК чл.57(2), чл.21(2)-(3)", deadlines.RULES)


def test_apk_29_6_an_evening_e_mail_counts_from_the_next_working_day_as_day_one() -> None:
    assert day_of("zayavlenie_usluga", sofia(2026, 11, 18, 19, 0), Channel.E_MAIL) == date(2026, 11, 25)


def test_apk_57_5_a_month_that_ends_on_christmas_eve_moves_behind_the_holidays() -> None:
    due = due_of("zayavlenie_mesec", sofia(2026, 11, 24, 10, 0))
    assert due == Due(date(2026, 12, 29), "АПК чл.57(5)", deadlines.RULES)


def test_zdoi_28_fourteen_days_from_registration_end_behind_the_holidays() -> None:
    due = due_of("zdoi", sofia(2026, 12, 10, 10, 0))
    assert due == Due(date(2026, 12, 29), "ЗДОИ чл.28", deadlines.RULES)


def test_apk_121_two_months_from_the_last_day_of_december_end_after_a_short_february() -> None:
    due = due_of("signal", sofia(2026, 12, 31, 10, 0))
    assert due == Due(date(2027, 3, 1), "АПК чл.121", deadlines.RULES)


def test_apk_57_2_seven_days_that_end_on_good_friday_move_behind_easter() -> None:
    assert day_of("zayavlenie_usluga", sofia(2027, 4, 23, 10, 0)) == date(2027, 5, 5)


def test_apk_30_2_three_days_to_mend_defects_end_on_monday() -> None:
    assert deadlines.ends(date(2026, 11, 20), Term(3, "days", "АПК чл.30(2)"), CALENDAR) == date(2026, 11, 23)


def test_apk_29_6_the_next_working_day_is_day_one_or_the_day_of_the_event_as_the_municipality_settles_it() -> None:
    evening, kind = sofia(2026, 11, 18, 19, 0), KINDS["zayavlenie_usluga"]
    by_default = deadlines.due(kind, None, evening, Channel.E_MAIL, CALENDAR)
    safe = deadlines.due(kind, None, evening, Channel.E_MAIL, CALENDAR, Counting(next_day_is_first=True))
    other = deadlines.due(kind, None, evening, Channel.E_MAIL, CALENDAR, Counting(next_day_is_first=False))
    assert safe == by_default == Due(date(2026, 11, 25), kind.law, deadlines.RULES)
    assert other == Due(date(2026, 11, 26), kind.law, deadlines.RULES)


# --- every kind of document --------------------------------------------------------------------------------------

FRIDAY = sofia(2026, 11, 20, 10, 0)
"""When each of them is handed in."""

EXPECTED: dict[str, tuple[str, date | None, str]] = {
    "deklaratsiya": ("", None, "the special law, if any"),
    "kao": ("АПК чл.57(9); НАО чл.14в", None, "runs from access to the data"),
    "molba_priemen_den": ("", None, "no law gives a term"),
    "nedostatak": ("АПК чл.30(2)", None, "binds the applicant, from the notice"),
    "pismo_organ": ("АПК чл.53; вътрешни правила (Ветово) чл.22", date(2026, 11, 23), "3 days"),
    "predlozhenie": ("АПК чл.118", date(2027, 1, 20), "2 months"),
    "protest": ("АПК чл.84", None, "binds the prosecutor, from the act"),
    "signal": ("АПК чл.121", date(2027, 1, 20), "2 months"),
    "signal_preprashtane": ("АПК чл.112", date(2026, 11, 27), "7 days"),
    "usten_protokol": ("АПК чл.29(5); НАО чл.7(2)", None, "the term is that of the request it records"),
    "uvedomitelno_pismo": ("", None, "no law gives a term"),
    "vazrazhenie": ("", None, "the special law, if any"),
    "zadacha_po_podrazbirane": ("вътрешни правила (Ветово) чл.75(2)", None, "runs from the assignment"),
    "zayavlenie_akt": ("АПК чл.57(1)", date(2026, 12, 4), "14 days"),
    "zayavlenie_ekspertiza": ("АПК чл.57(3)", date(2026, 12, 4), "14 days"),
    "zayavlenie_mesec": ("АПК чл.57(5)", date(2026, 12, 21), "1 month ends on Sunday 20.12"),
    "zayavlenie_nezabavno": ("АПК чл.57(4)", date(2026, 11, 27), "7 days at the latest"),
    "zayavlenie_usluga": ("АПК чл.57(2), чл.21(2)-(3)", date(2026, 11, 27), "7 days"),
    "zdoi": ("ЗДОИ чл.28", date(2026, 12, 4), "14 days from registration"),
    "zdoi_prenasochvane": ("ЗДОИ чл.32", date(2026, 12, 4), "14 days"),
    "zhalba": ("АПК чл.84(1)", None, "binds the citizen, from the act"),
}
"""Article, due date and why, told of each kind apart from the table."""


@pytest.mark.parametrize("code", sorted(KINDS))
def test_a_kind_has_the_due_date_of_its_article(code: str) -> None:
    article, on, why = EXPECTED[code]
    assert KINDS[code].law == article
    assert due_of(code, FRIDAY) == (Due(on, article, deadlines.RULES) if on is not None else None), why


def test_every_kind_of_the_table_is_expected_and_no_other() -> None:
    assert set(EXPECTED) == set(KINDS)


PASSING = {
    "silent_refusal": {
        "zayavlenie_usluga",
        "zayavlenie_akt",
        "zayavlenie_ekspertiza",
        "zayavlenie_mesec",
        "zayavlenie_nezabavno",
        "kao",
        "zdoi",
    },
    "told_late": {"signal", "predlozhenie"},
    "still_owed": {"signal_preprashtane", "zdoi_prenasochvane", "pismo_organ", "zadacha_po_podrazbirane"},
    "lapsed": {"zhalba", "protest"},
    "terminated": {"nedostatak"},
    "none": {"deklaratsiya", "molba_priemen_den", "usten_protokol", "uvedomitelno_pismo", "vazrazhenie"},
}


def test_the_table_says_of_each_kind_what_becomes_of_a_term_that_passed_and_where_it_stands() -> None:
    assert set(PASSING) == set(get_args(Passing))
    assert {code: kind.passing for code, kind in KINDS.items()} == {
        code: passing for passing, codes in PASSING.items() for code in codes
    }
    assert {kind.passing_article for kind in KINDS.values() if kind.passing == "silent_refusal"} == {"АПК чл.58(1)"}
    assert all((kind.passing_article == "") == (kind.passing == "none") for kind in KINDS.values())


# --- from a later event ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("access", "on"),
    [
        (date(2026, 11, 17), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 12, 21), date(2026, 12, 29)),
    ],
)
def test_apk_57_9_complex_service_has_three_days_from_access_to_the_data(access: date, on: date) -> None:
    kind = KINDS["kao"]
    assert deadlines.due(kind, None, FRIDAY, Channel.BY_HAND, CALENDAR) is None
    assert deadlines.from_access(kind, access, CALENDAR) == Due(on, kind.law, deadlines.RULES)


def test_vetovo_75_2_a_task_has_seven_days_from_its_assignment() -> None:
    kind = KINDS["zadacha_po_podrazbirane"]
    due = deadlines.from_assignment(kind, date(2026, 11, 20), CALENDAR)
    assert due == Due(date(2026, 11, 27), kind.law, deadlines.RULES)


@pytest.mark.parametrize("code", sorted(set(KINDS) - {"kao"}))
def test_no_other_kind_runs_from_access_to_the_data(code: str) -> None:
    with pytest.raises(ValueError, match="does not run from access_to_data"):
        deadlines.from_access(KINDS[code], date(2026, 11, 20), CALENDAR)


# --- whose term it is ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["zhalba", "protest", "nedostatak"])
def test_apk_84_a_term_that_binds_the_citizen_is_never_a_due_date(kind: str) -> None:
    at = sofia(2026, 11, 20, 10, 0)
    assert due_of(kind, at) is None
    assert due_of(kind, at, term=Term(7, "days", "АПК чл.57(2)")) is None


def test_every_kind_of_the_office_counted_from_receipt_or_registration_has_a_due_date_with_its_article() -> None:
    for kind in KINDS.values():
        due = deadlines.due(kind, None, sofia(2026, 11, 20, 10, 0), Channel.BY_HAND, CALENDAR)
        computed = kind.binds == "office" and kind.counts_from in {"receipt", "registration"}
        assert (due is not None) is computed, kind.code
        if due is not None:
            assert (due.article, due.rules) == (kind.law, deadlines.RULES)
            assert due.article


def test_the_term_of_a_service_goes_before_that_of_its_kind_with_its_own_article() -> None:
    due = due_of("zayavlenie_usluga", sofia(2026, 11, 20, 10, 0), term=Term(3, "days", "Наредба №8"))
    assert due == Due(date(2026, 11, 23), "Наредба №8", deadlines.RULES)


def test_zdoi_counts_from_registration_even_when_it_comes_by_evening_e_mail() -> None:
    evening = sofia(2026, 11, 18, 19, 0)
    assert day_of("zdoi", evening, Channel.E_MAIL) == date(2026, 12, 2)
    assert day_of("zdoi_prenasochvane", sofia(2026, 11, 21, 10, 0), Channel.E_MAIL) == date(2026, 12, 7)
    assert day_of("zdoi", sofia(2026, 11, 21, 10, 0), Channel.E_MAIL) == date(2026, 12, 7)
    assert day_of("zdoi", sofia(2026, 11, 22, 10, 0), Channel.E_MAIL) == date(2026, 12, 7)


# --- out of hours and from afar --------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", sorted(deadlines.REMOTE))
def test_apk_29_6_what_comes_from_afar_on_friday_counts_from_monday(channel: Channel) -> None:
    friday = sofia(2026, 11, 20, 10, 0)
    assert deadlines.counted_from(friday, channel, CALENDAR) == date(2026, 11, 22)
    assert day_of("zayavlenie_usluga", friday, channel) == date(2026, 11, 30)


@pytest.mark.parametrize("channel", sorted(set(Channel) - deadlines.REMOTE))
def test_what_is_brought_in_hours_counts_from_its_own_day(channel: Channel) -> None:
    friday = sofia(2026, 11, 20, 10, 0)
    assert deadlines.counted_from(friday, channel, CALENDAR) == date(2026, 11, 20)


@pytest.mark.parametrize("at", [time(7, 59, 59), time(12, 0), time(12, 59, 59), time(17, 0), time(23, 59)])
def test_apk_29_6_out_of_hours_on_friday_counts_from_monday(at: time) -> None:
    arrived = datetime.combine(date(2026, 11, 20), at, SOFIA)
    assert deadlines.counted_from(arrived, Channel.BY_HAND, CALENDAR) == date(2026, 11, 22)
    assert day_of("zayavlenie_usluga", arrived) == date(2026, 11, 30)


def test_what_is_brought_on_a_holiday_counts_from_the_next_working_day() -> None:
    assert day_of("zayavlenie_usluga", sofia(2026, 12, 24, 10, 0)) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("arrived", "channel", "day_zero"),
    [
        (sofia(2026, 11, 20, 17, 40), Channel.BY_HAND, date(2026, 11, 20)),
        (sofia(2026, 11, 20, 19, 0), Channel.ORAL, date(2026, 11, 20)),
        (sofia(2026, 11, 20, 12, 10), Channel.BY_HAND, date(2026, 11, 20)),
        (sofia(2026, 11, 20, 19, 1), Channel.BY_HAND, date(2026, 11, 22)),
        (sofia(2026, 11, 20, 7, 50), Channel.BY_HAND, date(2026, 11, 22)),
        (sofia(2026, 11, 20, 17, 40), Channel.E_MAIL, date(2026, 11, 22)),
        (sofia(2026, 11, 20, 17, 40), Channel.TELEPHONE, date(2026, 11, 22)),
        (sofia(2026, 11, 21, 12, 10), Channel.BY_HAND, date(2026, 11, 22)),
    ],
    ids=["after closing", "two hours after", "at noon", "too late", "too early", "from afar", "by phone", "Saturday"],
)
def test_vetovo_4_7_who_came_before_closing_counts_on_that_day(
    arrived: datetime, channel: Channel, day_zero: date
) -> None:
    assert deadlines.counted_from(arrived, channel, CALENDAR, came_before_closing=True) == day_zero
    assert deadlines.counted_from(arrived, channel, CALENDAR) == date(2026, 11, 22)


def test_vetovo_4_7_the_due_date_of_who_came_before_closing_is_that_of_the_day() -> None:
    arrived, kind, now = sofia(2026, 11, 20, 17, 40), KINDS["zayavlenie_usluga"], Term(0, "at_once", "Наредба №8")
    due = deadlines.due(kind, None, arrived, Channel.BY_HAND, CALENDAR, came_before_closing=True)
    at_once = deadlines.due(kind, now, arrived, Channel.BY_HAND, CALENDAR, came_before_closing=True)
    assert due is not None
    assert at_once is not None
    assert (due.on, at_once.on) == (date(2026, 11, 27), date(2026, 11, 20))


def test_an_office_that_works_through_noon_counts_what_comes_then() -> None:
    town_hall = Calendar(CALENDAR.days_off, OfficeHours((time(8), time(12)), (time(12), time(17))))
    noon = sofia(2026, 11, 20, 12, 30)
    assert deadlines.counted_from(noon, Channel.BY_HAND, town_hall) == date(2026, 11, 20)


# --- lengths ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 6, 15), 0, date(2026, 6, 15)),
    ],
)
def test_zzd_72_months_end_on_the_same_number_or_the_last_day_of_a_shorter_month(
    start: date, months: int, end: date
) -> None:
    assert deadlines.add_months(start, months) == end


@pytest.mark.parametrize(
    ("hours", "end"),
    [
        (1, date(2026, 11, 20)),
        (24, date(2026, 11, 20)),
        (25, date(2026, 11, 23)),
        (48, date(2026, 11, 23)),
        (72, date(2026, 11, 23)),
        (96, date(2026, 11, 23)),
        (120, date(2026, 11, 24)),
    ],
)
def test_hours_end_with_the_working_day_they_reach_into(hours: int, end: date) -> None:
    assert deadlines.ends(date(2026, 11, 19), Term(hours, "hours", ""), CALENDAR) == end


def test_at_once_is_the_day_itself_when_brought_in_hours() -> None:
    now = Term(0, "at_once", "Наредба №8")
    assert day_of("zayavlenie_usluga", sofia(2026, 11, 20, 10, 0), term=now) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("arrived", "channel", "on"),
    [
        (sofia(2026, 11, 18, 19, 0), Channel.E_MAIL, date(2026, 11, 19)),
        (sofia(2026, 11, 18, 10, 0), Channel.POST, date(2026, 11, 19)),
        (sofia(2026, 11, 20, 12, 30), Channel.BY_HAND, date(2026, 11, 23)),
        (sofia(2026, 11, 21, 10, 0), Channel.BY_HAND, date(2026, 11, 23)),
    ],
)
def test_at_once_for_an_evening_letter_is_the_next_working_day_not_the_evening(
    arrived: datetime, channel: Channel, on: date
) -> None:
    assert day_of("zayavlenie_usluga", arrived, channel, Term(0, "at_once", "Наредба №8")) == on


# --- what holds of every due date ----------------------------------------------------------------------------------


TERMS = st.one_of(
    st.builds(Term, st.integers(1, 60), st.just("days"), st.just("а")),
    st.builds(Term, st.integers(1, 24), st.just("months"), st.just("а")),
    st.builds(Term, st.integers(1, 240), st.just("hours"), st.just("а")),
    st.just(Term(0, "at_once", "а")),
)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 6, 30), timezones=st.just(SOFIA))  # noqa: DTZ001 - bounds are bare


@given(arrived=MOMENTS, kind=st.sampled_from(sorted(KINDS)), channel=st.sampled_from(Channel))
def test_a_due_date_is_a_working_day_and_never_before_the_arrival(
    arrived: datetime, kind: str, channel: Channel
) -> None:
    due = due_of(kind, arrived, channel)
    if due is not None:
        assert CALENDAR.is_working(due.on)
        assert due.on > arrived.date()


@given(arrived=MOMENTS, term=TERMS, channel=st.sampled_from(sorted(deadlines.REMOTE)))
def test_a_letter_is_never_due_before_the_office_opens_it(arrived: datetime, term: Term, channel: Channel) -> None:
    assert day_of("zayavlenie_usluga", arrived, channel, term) >= CALENDAR.after(arrived.date())


def test_the_table_of_kinds_is_the_one_the_rules_know() -> None:
    assert all(isinstance(kind, DocumentKind) for kind in KINDS.values())
    assert {kind.unit for kind in KINDS.values()} == {"days", "months", ""}
