"""Cases: found by a number as people write it, their papers in the order in which they came."""

from datetime import date, timedelta

import pytest

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
