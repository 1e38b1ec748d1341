"""What a kind's own fields mean: terms set by hand, the two years of a signal, papers that are wanting."""

from datetime import date

import pytest

from app.domain import particulars
from app.domain.deadlines import RULES
from app.domain.entries import Particulars
from app.domain.facts import Due, PaperSeen, Particular
from app.domain.particulars import Filed
from app.domain.terms import Channel, CorrespondentRole, PaperState
from app.domain.working_days import Calendar
from resources import loading

KINDS = loading.document_kinds()
CALENDAR = Calendar(loading.holidays())
RECEIVED = date(2026, 11, 20)
FRIDAY = date(2026, 11, 27)
BY_LAW = Due(FRIDAY, "АПК чл.53", RULES)


def said(**values: str) -> Particulars:
    """Return the kind's own fields with these values."""
    return Particulars(values=tuple(Particular(name, value) for name, value in values.items()))


def due(kind: str, ruled: Due | None, **values: str) -> Due | None:
    """Return the due date of a paper of this kind that came on a Friday."""
    return particulars.due(KINDS[kind], said(**values), ruled, RECEIVED, CALENDAR)


def test_a_term_set_by_hand_stands_where_the_law_gives_none() -> None:
    assert due("vazrazhenie", None) is None
    assert due("vazrazhenie", None, until="2026-12-04") == Due(date(2026, 12, 4), "Възражение", RULES)
    named = due("vazrazhenie", None, until="2026-12-04", law="ЗУТ чл.131")
    assert named == Due(date(2026, 12, 4), "ЗУТ чл.131", RULES)


def test_of_two_terms_the_earlier_stands() -> None:
    assert due("pismo_organ", BY_LAW, until="2026-11-24") == Due(date(2026, 11, 24), KINDS["pismo_organ"].law, RULES)
    assert due("pismo_organ", BY_LAW, until="2026-11-27") == BY_LAW
    assert due("pismo_organ", BY_LAW, until="2026-12-11") == BY_LAW


@pytest.mark.parametrize("until", ["2026-11-19", "2006-12-04", "soon", ""])
def test_a_day_before_the_receipt_and_what_is_no_day_are_no_term(until: str) -> None:
    assert due("vazrazhenie", None, until=until) is None


def test_a_term_of_the_citizen_never_becomes_the_offices() -> None:
    assert due("zhalba", None, until="2026-12-04", told_on="2026-11-19") is None


def test_a_task_runs_from_its_assignment() -> None:
    """Вътрешни правила (Ветово) чл. 75, ал. 2: seven days from the assignment."""
    task = "zadacha_po_podrazbirane"
    assert due(task, None) is None
    assert due(task, None, assigned_on="2026-11-20") == Due(FRIDAY, KINDS[task].law, RULES)
    assert due(task, None, assigned_on="9999-12-31") is None, "a year far away is a slip"


@pytest.mark.parametrize("name", ["until", "assigned_on", "happened_on"])
@pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
def test_a_year_far_away_is_no_day_to_count_from(name: str, year: str) -> None:
    assert particulars.day_of(said(**{name: f"{year}-12-31"}), name) is None


@pytest.mark.parametrize(
    ("happened", "old"),
    [
        (date(2024, 11, 19), True),
        (date(2024, 11, 20), False),
        (date(2026, 11, 20), False),
        (date(2020, 1, 1), True),
    ],
)
def test_two_years_of_a_breach(happened: date, old: bool) -> None:  # noqa: FBT001 - a parameter of the table above
    """АПК чл. 111, ал. 4: more than two years."""
    assert particulars.too_old(happened, RECEIVED) is old


def test_what_decides_a_term_are_days_law_and_hour_and_nothing_else() -> None:
    plain = particulars.of_term(said(until="2026-12-04", law="ЗУТ"))
    assert particulars.of_term(said(until="2026-12-04", law="ЗУТ", against="заповед 3")) == plain
    assert particulars.of_term(said(until="2026-12-05", law="ЗУТ")) != plain
    assert particulars.of_term(Particulars(before_closing=True)) != particulars.of_term(Particulars())


def test_usual_states_follow_from_when_a_paper_is_asked_for() -> None:
    papers = loading.service_papers()[2079]
    usual = {one.code: particulars.usual(one) for one in particulars.asked(papers, Filed(proxy=True))}
    assert usual == {
        "zayavlenie": PaperState.PRESENT,
        "lichen_dokument": PaperState.PRESENT,
        "dokument_zhilishte": PaperState.NOT_NEEDED,
        "saglasie_sobstvenik": PaperState.NOT_NEEDED,
        "palnomoshtno": PaperState.PRESENT,
    }
    alone = [one.code for one in particulars.asked(papers, Filed())]
    assert alone == ["zayavlenie", "lichen_dokument", "dokument_zhilishte", "saglasie_sobstvenik"]
    chosen = [one.code for one in particulars.asked(papers, Filed(), ["palnomoshtno"])]
    assert "palnomoshtno" in chosen


def test_missing_papers_by_their_codes() -> None:
    papers = (
        PaperSeen("a", PaperState.PRESENT),
        PaperSeen("b", PaperState.MISSING),
        PaperSeen("c", PaperState.MISSING),
    )
    assert particulars.missing(papers) == ("b", "c")


def test_who_asks_orally_brings_no_application() -> None:
    """АПК чл. 29, ал. 5: the protocol stands for it."""
    papers = loading.service_papers()[1997]
    assert [one.code for one in particulars.asked(papers, Filed(oral=True))] == ["lichen_dokument"]
    kept = [one.code for one in particulars.asked(papers, Filed(oral=True), ["zayavlenie"])]
    assert kept == ["zayavlenie", "lichen_dokument"]


@pytest.mark.parametrize(
    ("kind", "channel", "roles", "how"),
    [
        ("zayavlenie_usluga", Channel.BY_HAND, ["applicant", "payer"], Filed()),
        ("zayavlenie_usluga", Channel.BY_HAND, ["applicant", "representative"], Filed(proxy=True)),
        ("zayavlenie_usluga", Channel.ORAL, ["applicant"], Filed(oral=True)),
        ("usten_protokol", Channel.BY_HAND, ["representative"], Filed(proxy=True, oral=True)),
    ],
)
def test_how_something_is_filed(kind: str, channel: Channel, roles: list[str], how: Filed) -> None:
    assert particulars.filed(kind, channel, [CorrespondentRole(role) for role in roles]) == how
