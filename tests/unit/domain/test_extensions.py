"""What becomes of a term: extensions, repair of defects, forwarding and telling, each by its article."""

from datetime import date, datetime

import pytest

from app.domain import deadlines, extensions
from app.domain.deadlines import RULES, Term
from app.domain.facts import Due
from app.domain.nomenclature import Extension
from app.domain.office_date import SOFIA
from app.domain.terms import Channel
from app.domain.working_days import Calendar
from resources import loading

CALENDAR = Calendar(loading.holidays())
KINDS = loading.document_kinds()


def extension(kind: str, code: str) -> Extension:
    """Return an extension of the table that travels with the program."""
    (found,) = (row for row in loading.extensions()[kind] if row.code == code)
    return found


def told(kind: str, day: date) -> Due:
    """Return the due date of a paper that was handed in at ten on that day."""
    arrived = datetime(day.year, day.month, day.day, 10, tzinfo=SOFIA)
    due = deadlines.due(KINDS[kind], None, arrived, Channel.BY_HAND, CALENDAR)
    assert due is not None
    return due


# --- extensions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "code", "received", "before", "after", "article"),
    [
        ("zayavlenie_akt", "consent", date(2026, 11, 3), date(2026, 11, 17), date(2026, 12, 1), "АПК чл.57(7)"),
        # 24.12 is a day off: told was 29.12, and fourteen days more run from there.
        ("zayavlenie_akt", "consent", date(2026, 12, 10), date(2026, 12, 29), date(2027, 1, 12), "АПК чл.57(7)"),
        # Fourteen days more that end on Good Friday move behind Easter.
        ("zayavlenie_akt", "consent", date(2027, 4, 2), date(2027, 4, 16), date(2027, 5, 5), "АПК чл.57(7)"),
        ("signal", "weighty_reasons", date(2026, 11, 20), date(2027, 1, 20), date(2027, 2, 22), "АПК чл.121"),
        # 28.02 is a Sunday: told was 01.03, and a month more ends on the same number.
        ("signal", "weighty_reasons", date(2026, 12, 31), date(2027, 3, 1), date(2027, 4, 1), "АПК чл.121"),
        # Six months in all run from the receipt: 20.05, not 20.07.
        ("predlozhenie", "longer_study", date(2026, 11, 20), date(2027, 1, 20), date(2027, 5, 20), "АПК чл.118(2)"),
        # From 31.08 six months end on the last day of February, a Sunday.
        ("predlozhenie", "longer_study", date(2026, 8, 31), date(2026, 11, 2), date(2027, 3, 1), "АПК чл.118(2)"),
        ("zdoi", "large_amount", date(2026, 11, 20), date(2026, 12, 4), date(2026, 12, 14), "ЗДОИ чл.30(1)"),
        ("zdoi", "third_party", date(2026, 11, 20), date(2026, 12, 4), date(2026, 12, 18), "ЗДОИ чл.31(1)"),
    ],
)
def test_an_extension_gives_the_last_day_that_its_article_allows(
    kind: str, code: str, received: date, before: date, after: date, article: str
) -> None:
    due = told(kind, received)
    assert due.on == before
    assert extensions.extended(extension(kind, code), due, received, CALENDAR) == Due(after, article, RULES)


def test_zdoi_30_and_31_follow_each_other() -> None:
    received = date(2026, 11, 20)
    first = extensions.extended(extension("zdoi", "large_amount"), told("zdoi", received), received, CALENDAR)
    second = extensions.extended(extension("zdoi", "third_party"), first, received, CALENDAR)
    assert (first.on, second.on) == (date(2026, 12, 14), date(2026, 12, 29))


def test_six_months_in_all_are_not_given_twice() -> None:
    received = date(2026, 11, 20)
    row = extension("predlozhenie", "longer_study")
    once = extensions.extended(row, told("predlozhenie", received), received, CALENDAR)
    assert extensions.extended(row, once, received, CALENDAR) == once


@pytest.mark.parametrize(
    ("until", "on"),
    [
        (date(2026, 11, 24), date(2026, 11, 24)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 12, 1), date(2026, 12, 1)),
        (date(2027, 1, 20), date(2026, 12, 1)),
    ],
    ids=["earlier", "on a Saturday", "the longest", "later than allowed"],
)
def test_apk_57_7_an_extension_may_be_shorter_but_no_longer_than_allowed(until: date, on: date) -> None:
    received = date(2026, 11, 3)
    due = told("zayavlenie_akt", received)
    assert extensions.extended(extension("zayavlenie_akt", "consent"), due, received, CALENDAR, until).on == on


def test_vetovo_75_4_the_assigning_officer_names_any_later_day() -> None:
    row, assigned = extension("zadacha_po_podrazbirane", "resolution"), date(2026, 11, 20)
    due = deadlines.from_assignment(KINDS["zadacha_po_podrazbirane"], assigned, CALENDAR)
    assert due.on == date(2026, 11, 27)
    later = extensions.extended(row, due, assigned, CALENDAR, date(2027, 6, 30))
    assert later == Due(date(2027, 6, 30), "вътрешни правила (Ветово) чл.75(4)", RULES)


@pytest.mark.parametrize("until", [None, date(2026, 11, 20), date(2026, 11, 27)])
def test_what_is_no_later_leaves_the_told_date_as_it_was(until: date | None) -> None:
    row, assigned = extension("zadacha_po_podrazbirane", "resolution"), date(2026, 11, 20)
    due = deadlines.from_assignment(KINDS["zadacha_po_podrazbirane"], assigned, CALENDAR)
    assert extensions.extended(row, due, assigned, CALENDAR, until) is due


def test_every_extension_of_the_table_is_of_a_kind_with_a_term_of_the_office_and_has_its_article() -> None:
    for kind, rows in loading.extensions().items():
        assert KINDS[kind].binds == "office"
        assert all(row.article and row.kind == kind for row in rows)
    assert extension("zayavlenie_akt", "consent").notice_article == "АПК чл.57(8)"


# --- defects --------------------------------------------------------------------------------------------------------


def test_apk_30_2_three_days_to_mend_defects_end_on_monday() -> None:
    assert extensions.to_repair(date(2026, 11, 20), CALENDAR) == Due(date(2026, 11, 23), "АПК чл.30(2)", RULES)


def test_apk_30_1_three_days_to_confirm_an_unsigned_request_move_behind_the_holidays() -> None:
    assert extensions.to_confirm(date(2026, 12, 22), CALENDAR) == Due(date(2026, 12, 29), "АПК чл.30(1)", RULES)


@pytest.mark.parametrize(
    ("kind", "on", "article"),
    [
        ("zayavlenie_usluga", date(2026, 11, 23), "АПК чл.30(2)"),
        ("signal", date(2026, 11, 23), "АПК чл.30(2)"),
        ("zdoi", date(2026, 12, 21), "ЗДОИ чл.29(2)"),
        ("zhalba", date(2026, 11, 27), "АПК чл.87(1)"),
        ("protest", date(2026, 11, 27), "АПК чл.87(1)"),
    ],
)
def test_a_request_that_has_a_law_of_its_own_has_its_own_term_for_repair(kind: str, on: date, article: str) -> None:
    assert extensions.to_repair(date(2026, 11, 20), CALENDAR, KINDS[kind]) == Due(on, article, RULES)


@pytest.mark.parametrize(
    ("kind", "term", "on", "article"),
    [
        ("zayavlenie_akt", None, date(2026, 12, 29), "АПК чл.57(1); АПК чл.30(3)"),
        ("zayavlenie_usluga", Term(3, "days", "АПК чл.57(2)"), date(2026, 12, 14), "АПК чл.57(2); АПК чл.30(3)"),
        ("zayavlenie_usluga", Term(0, "at_once", "Наредба №8"), date(2026, 12, 10), "Наредба №8; АПК чл.30(3)"),
        ("zayavlenie_mesec", None, date(2027, 1, 11), "АПК чл.57(5); АПК чл.30(3)"),
        ("zdoi", None, date(2026, 12, 29), "ЗДОИ чл.28; ЗДОИ чл.29(1)"),
    ],
)
def test_apk_30_3_the_whole_term_runs_anew_from_the_day_of_repair(
    kind: str, term: Term | None, on: date, article: str
) -> None:
    assert extensions.restarted(KINDS[kind], term, date(2026, 12, 10), CALENDAR) == Due(on, article, RULES)


@pytest.mark.parametrize("kind", ["zhalba", "protest", "nedostatak", "kao", "deklaratsiya", "zadacha_po_podrazbirane"])
def test_what_had_no_due_date_at_receipt_has_none_after_a_repair(kind: str) -> None:
    assert extensions.restarted(KINDS[kind], None, date(2026, 12, 10), CALENDAR) is None


def test_apk_84_a_term_that_binds_the_citizen_gets_no_due_date_by_a_service() -> None:
    assert extensions.restarted(KINDS["zhalba"], Term(7, "days", "а"), date(2026, 12, 10), CALENDAR) is None


# --- forwarding and telling -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "received", "on", "article"),
    [
        ("signal", date(2026, 11, 20), date(2026, 11, 27), "АПК чл.112"),
        ("predlozhenie", date(2026, 12, 18), date(2026, 12, 29), "АПК чл.112"),
        ("zdoi", date(2026, 12, 10), date(2026, 12, 29), "ЗДОИ чл.32(1)"),
        ("zayavlenie_akt", date(2026, 11, 20), date(2026, 11, 20), "АПК чл.31(2)"),
        ("zhalba", date(2026, 11, 21), date(2026, 11, 23), "АПК чл.31(2)"),
    ],
)
def test_what_another_body_must_decide_is_forwarded(kind: str, received: date, on: date, article: str) -> None:
    assert extensions.to_forward(KINDS[kind], received, CALENDAR) == Due(on, article, RULES)


@pytest.mark.parametrize(("kind", "row"), [("signal", "signal_preprashtane"), ("zdoi", "zdoi_prenasochvane")])
def test_forwarding_has_the_term_that_the_table_has_for_it(kind: str, row: str) -> None:
    term, own = extensions.OTHER_FORWARDING[kind], deadlines.own_term(KINDS[row])
    assert own is not None
    assert term[:2] == own[:2]
    assert term.article.startswith(own.article)


def test_repair_has_the_term_that_the_table_has_for_it() -> None:
    assert deadlines.own_term(KINDS["nedostatak"]) == extensions.REPAIRING


@pytest.mark.parametrize(
    ("kind", "on", "article"),
    [
        ("zayavlenie_usluga", date(2026, 11, 23), "АПК чл.61(1)"),
        ("kao", date(2026, 11, 23), "АПК чл.61(1)"),
        ("signal", date(2026, 11, 27), "АПК чл.123(1)"),
        ("predlozhenie", date(2026, 11, 27), "АПК чл.118(1)"),
    ],
)
def test_a_decision_is_told(kind: str, on: date, article: str) -> None:
    assert extensions.to_tell(KINDS[kind], date(2026, 11, 20), CALENDAR) == Due(on, article, RULES)


@pytest.mark.parametrize("kind", ["zdoi", "deklaratsiya", "zhalba", "pismo_organ"])
def test_where_no_article_gives_a_term_for_telling_there_is_none(kind: str) -> None:
    assert extensions.to_tell(KINDS[kind], date(2026, 11, 20), CALENDAR) is None


def test_the_lists_of_other_articles_name_kinds_that_there_are() -> None:
    for listed in (
        extensions.OTHER_REPAIRING,
        extensions.OTHER_RESTARTING,
        extensions.OTHER_FORWARDING,
        extensions.OTHER_TELLING,
    ):
        assert set(listed) <= set(KINDS)
