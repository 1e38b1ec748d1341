"""Receipts looked up by number, and the stations whose signatures are known."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.facts import ReceiptLine
from app.services.receipts import find_receipts, known_stations_by_id
from sync import signatures
from tests.town import TestVillage, Town


def receive(village: TestVillage, count: int) -> None:
    """Take a small fee without an entry, so many times."""
    line = ReceiptLine(None, None, None, "Копие", 1, 50, 50)
    for _ in range(count):
        village.receive((line,), 50)


def found(village: TestVillage, typed: str, limit: int = 100) -> list[tuple[int, int]]:
    """Return (year, number) of what is found."""
    with village.store.ledger.reading() as connection:
        return [(row.year, row.number) for row in find_receipts(connection, village.number, typed, limit)]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("7", [7]),
        ("1", [1, 12, 11, 10]),
        ("12", [12]),
        ("000012", [12]),
        ("00001", [12, 11, 10]),
        ("17-1", [1, 12, 11, 10]),
        ("17-000012/16.11.2026", [12]),
        ("17 - 12", [12]),
        ("18-12", []),
        ("13", []),
        ("0", [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
        ("", []),
        ("дванадесет", []),
        ("12a", []),
    ],
)
def test_numbers_are_found_as_they_are_typed(town: Town, typed: str, numbers: list[int]) -> None:
    receive(town.village, 12)
    assert found(town.village, typed) == [(2026, number) for number in numbers]


def test_the_newest_year_comes_first(town: Town) -> None:
    for _ in range(8):
        receive(town.village, 1)
        town.clock.tick(days=7)
    assert found(town.village, "1") == [(2027, 1), (2026, 1)]


def test_no_more_are_found_than_asked_for(town: Town) -> None:
    receive(town.village, 12)
    assert len(found(town.village, "1", limit=2)) == 2


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Town]:
    """A municipality with two villages."""
    with Town(tmp_path, villages=2) as made:
        yield made


def test_a_station_knows_the_others_once_the_town_told_it(two: Town) -> None:
    here, there = two.villages
    with here.store.ledger.reading() as connection:
        assert known_stations_by_id(connection) == {}
    two.settle()
    with here.store.ledger.reading() as connection:
        known = known_stations_by_id(connection)
    other = there.store.identity
    assert known[other.station].keys == {signatures.public_key(other.signing_key)}
    assert known[other.station].name == other.name
