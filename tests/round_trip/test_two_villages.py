"""Two villages on one station, from the desk to the town and back: their registers and tills never touch."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from app import bootstrap
from app.domain.errors import AlreadyGranted, AnotherVillage
from app.domain.terms import View
from app.ledger.tables import entries, receipts, till_days, tills
from app.services import book, recall
from app.store import search
from sync.central import overview, reading
from sync.central import stations as enrolled
from sync.central.reading import Page
from sync.central.verify import verify_centre
from tests.town import SECOND, SharedTown, TestVillage, Town, granted

FIRST = 17
NAMES = {FIRST: "Микрево", SECOND: "Цапарево"}


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[SharedTown]:
    """One station that two villages share."""
    with SharedTown(tmp_path) as made:
        yield made


def both(town: Town) -> dict[int, TestVillage]:
    """Return both villages, by register."""
    return {FIRST: town.village, SECOND: town.village.beside(SECOND)}


def work(town: Town, days: int = 3) -> dict[int, TestVillage]:
    """Let both villages work through some days, in turns and unevenly; one closes its till, the other does not yet."""
    villages, dice = both(town), Random(7)  # noqa: S311 - it plays, it protects nothing
    for day in range(days):
        for _ in range(9):
            village = villages[dice.choice((FIRST, SECOND, SECOND))]
            done = village.register(subject=f"Ден {day}")
            if dice.random() < 0.6:
                village.pay(done.entry)
        for index, village in villages.items():
            if index == FIRST or day < days - 1:
                village.close_day()
        town.clock.tick(days=1)
        town.settle()
    return villages


def numbers(connection: sa.Connection, table: sa.Table, book_column: str) -> dict[int, list[int]]:
    """Return the numbers of each series in the order in which they were given."""
    rows = connection.execute(sa.select(table.c[book_column], table.c.number).order_by(table.c.position))
    found: dict[int, list[int]] = {}
    for index, number in rows:
        found.setdefault(index, []).append(number)
    return found


def pairs(connection: sa.Connection, query: sa.Select[Any]) -> dict[Any, Any]:
    """Return the rows of a query of two columns, the second by the first."""
    return {row[0]: row[1] for row in connection.execute(query)}


def test_each_series_runs_without_a_gap_on_both_ends_and_both_verify_clean(shared: SharedTown) -> None:
    work(shared)
    for ledger in (shared.village.store.ledger, shared.centre.ledger):
        with ledger.reading() as connection:
            for table, column in ((entries, "register"), (receipts, "till")):
                found = numbers(connection, table, column)
                assert set(found) == {FIRST, SECOND}
                assert all(given == list(range(1, len(given) + 1)) for given in found.values())
    assert bootstrap.verify_station_store(shared.village.store) == []
    assert verify_centre(shared.centre) == []


def test_a_close_is_of_one_till_and_the_day_of_the_other_stays_open(shared: SharedTown) -> None:
    work(shared, days=1)
    with shared.village.store.ledger.reading() as connection:
        of = till_days.c
        states = pairs(connection, sa.select(of.till, of.state))
        assert states == {FIRST: "closed", SECOND: "open"}
        kept = pairs(connection, sa.select(tills.c.till, tills.c.balance))
        sums = sa.select(receipts.c.till, sa.func.sum(receipts.c.cents)).group_by(receipts.c.till)
        assert pairs(connection, sums) == kept
    with shared.centre.ledger.reading() as connection:
        of = till_days.c
        assert pairs(connection, sa.select(of.till, of.state)) == states


def test_a_fee_is_taken_in_the_till_of_its_own_village_only(shared: SharedTown) -> None:
    villages = both(shared)
    entry = villages[SECOND].register().entry
    with pytest.raises(AnotherVillage):
        villages[FIRST].pay(entry)
    with shared.village.store.ledger.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(receipts)).scalar() == 0
        assert connection.execute(sa.select(sa.func.count()).select_from(till_days)).scalar() == 0
    assert villages[SECOND].pay(entry).number.startswith(f"{SECOND}-000001/")


def test_lists_counts_search_and_recall_are_of_one_village(shared: SharedTown) -> None:
    work(shared)
    stream, today = shared.village.store.identity.epoch, shared.clock.now().date()
    with shared.village.store.ledger.reading() as connection:
        held = numbers(connection, entries, "register")
        for register, given in held.items():
            page = book.page(connection, stream, register, View.ALL, today)
            assert {one.register for one in page} == {register}
            assert book.counts(connection, stream, register, today)[View.ALL] == len(page) == len(given)
            found = book.find(connection, stream, register, "ден")
            assert {one.register for one in found} == {register}
            (known,) = recall.recall(connection, "абаджиев", register=register)
            assert book.details(connection, known.entry).row.register == register
        assert recall.recall(connection, "абаджиев", register=99) == []


def test_a_common_word_is_sought_in_the_own_register_only(shared: SharedTown) -> None:
    """Else a search in a small village would read through everything that its large neighbour ever had."""
    villages = work(shared, days=1)
    only = villages[SECOND].register(subject="Молба за 17 дървета")
    with shared.village.store.ledger.reading() as connection:
        stream = shared.village.store.identity.epoch
        asked = search.within(connection, search.question(connection, "ден"), SECOND)
        hits = connection.exec_driver_sql("SELECT rowid FROM entry_search WHERE entry_search MATCH ?", (asked,))
        of = entries.c
        own = sa.select(of.position).where(of.register == SECOND, of.entry != only.entry)
        assert {row[0] for row in hits} == set(connection.execute(own).scalars())
        assert [one.entry for one in book.find(connection, stream, SECOND, "17 дърв")] == [only.entry]
        assert book.find(connection, stream, FIRST, "17 дърв") == []


def test_the_town_sees_both_villages_of_the_station_apart(shared: SharedTown) -> None:
    work(shared)
    with shared.centre.ledger.reading() as connection:
        (village,) = overview.villages(connection, shared.clock.now()).villages
        balances = pairs(connection, sa.select(tills.c.till, tills.c.balance))
        lines = reading.entries_page(connection, Page(None, None, 100), None, "").entries
        paid = reading.receipts_page(connection, Page(None, None, 100)).receipts
    assert {one.index: (one.name, one.till_cents) for one in village.registers} == {
        index: (name, balances[index]) for index, name in NAMES.items()
    }
    assert village.till_cents == sum(balances.values())
    assert {(one.register, one.village) for one in lines} == set(NAMES.items())
    assert {(one.till, one.village) for one in paid} == set(NAMES.items())


def test_a_station_of_one_village_is_named_by_the_centre(town: Town) -> None:
    town.village.pay(town.village.register().entry)
    town.settle()
    with town.centre.ledger.reading() as connection:
        (line,) = reading.entries_page(connection, Page(None, None, 10), None, "").entries
        (paid,) = reading.receipts_page(connection, Page(None, None, 10)).receipts
    assert line.village == paid.village == town.station_name(0)


@pytest.mark.parametrize(
    "second",
    [
        granted("BLG49-17", "Цапарево", 21)._replace(register=20),
        granted("BLG49-17", "Цапарево", 21)._replace(till=20),
        granted("BLG49-17", "Цапарево", 21)._replace(spares=(1020,)),
        granted("BLG49-04", "Добри Лаки", 21),
    ],
    ids=["register", "till", "spare", "mayoralty"],
)
def test_two_villages_of_one_station_share_nothing(town: Town, second: enrolled.Village) -> None:
    with pytest.raises(AlreadyGranted):
        enrolled.enrol(town.centre, [granted("BLG49-04", "Добри Лаки", 20), second], "Две", 1)
