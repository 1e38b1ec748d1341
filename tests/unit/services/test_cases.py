"""Cases: found by a number as people write it, their papers in the order in which they came."""

from datetime import date, timedelta

import pytest

from app.domain.entries import Particulars
from app.domain.facts import Particular
from app.domain.particulars import OUR_NUMBER
from app.services import book, cases
from tests.town import TestVillage, Town

YEAR = 2026


def find(village: TestVillage, typed: str, year: int = YEAR) -> str:
    """Return the told number that is found, empty where nothing is."""
    with village.store.ledger.reading() as connection:
        found = cases.find(connection, village.number, typed, year)
    return found.told if found is not None else ""


@pytest.mark.parametrize(
    "typed",
    [
        *("1", "000001", "17-1", "17-000001", "17 - 1", "№ 17-000001", " 17-000001/16.11.2026 "),
        *("17-000001/16.11.2026 г.", "1/2026", "17-000001/2026"),
    ],
)
def test_a_number_is_found_as_people_write_it(town: Town, typed: str) -> None:
    town.village.register()
    assert find(town.village, typed) == "17-000001/16.11.2026"


@pytest.mark.parametrize("typed", ["", "2", "18-1", "РД-09-12", "17-000001/2025", "1/2027", "17--1", "9" * 12])
def test_what_names_no_entry_finds_none(town: Town, typed: str) -> None:
    town.village.register()
    assert find(town.village, typed) == ""


def test_in_january_a_number_of_the_old_year_is_found_too(town: Town) -> None:
    town.village.register()
    town.clock.tick(days=(date(2027, 1, 5) - date(2026, 11, 16)) / timedelta(days=1))
    assert find(town.village, "17-1", 2027) == "17-000001/16.11.2026"


def test_a_day_tells_the_years_apart(town: Town) -> None:
    old = town.village.register()
    town.clock.tick(days=60)
    new = town.village.register(town.clock.now().date())
    assert old.number.partition("/")[0] == new.number.partition("/")[0]
    assert [find(town.village, one.number, 2027) for one in (old, new)] == [old.number, new.number]
    assert find(town.village, "17-1", 2027) == new.number


def test_a_case_holds_its_papers_in_order(town: Town) -> None:
    village = town.village
    first = village.register()
    answer = village.register(kind="pismo_organ", service=None, speed=None, case_file=first.entry)
    village.register()
    more = village.register(kind="deklaratsiya", service=None, speed=None, case_file=first.entry)
    village.annul(answer.entry)
    with village.store.ledger.reading() as connection:
        held = cases.papers(connection, first.entry)
        alone = cases.papers(connection, book.details(connection, more.entry).case_file)
    assert [(one.told, one.in_force) for one in held] == [
        (first.number, True),
        (answer.number, False),
        (more.number, True),
    ]
    assert alone == held


def test_the_papers_of_a_case_come_from_an_index(town: Town) -> None:
    with town.village.store.ledger.reading() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT entry FROM entries WHERE case_file <> entry AND case_file = x'00'"
        ).all()
    assert "entries_by_case" in str(plan)


def naming(number: str) -> Particulars:
    """Return what a paper says that names a number of ours."""
    return Particulars(values=(Particular(OUR_NUMBER, number),))


def test_a_paper_that_names_our_number_joins_that_case(town: Town) -> None:
    village = town.village
    first = village.register()
    answer = village.register(kind="pismo_organ", service=None, speed=None, particulars=naming("17-1"))
    further = village.register(kind="deklaratsiya", service=None, speed=None, particulars=naming("№ 17-000002"))
    with village.store.ledger.reading() as connection:
        held = book.details(connection, first.entry)
        assert book.details(connection, answer.entry).particulars.value(OUR_NUMBER) == "17-1"
    assert [one.told for one in held.case] == [answer.number, further.number]
    town.settle()
    with town.centre.ledger.reading() as connection:
        assert book.details(connection, first.entry).case == held.case


def test_a_number_that_is_not_here_opens_a_case_and_stays_as_written(town: Town) -> None:
    village = town.village
    entry = village.register(particulars=naming("РД-09-12")).entry
    with village.store.ledger.reading() as connection:
        held = book.details(connection, entry)
    assert held.case_file == entry
    assert held.case == ()
    assert held.particulars.value(OUR_NUMBER) == "РД-09-12"
