"""Mistakes that the tests of this folder found, each by its name."""

import dataclasses
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from app import bootstrap
from app.demonstration import acts
from app.demonstration.clock import ScriptedClock
from app.domain.errors import DiskFull
from app.domain.ports import Record
from app.ledger import engine as engines
from app.ledger.verify import verify_ledger
from app.system import SystemDisk
from sync.central.verify import verify_centre
from tests.faults.municipality import two_days
from tests.town import PASSWORD, START, Town


def test_a_centre_that_is_ahead_of_what_its_village_has_applied_verifies_clean(town: Town) -> None:
    """A village's "applied so far" was held against the newest answer instead of the one it names."""
    town.village.pay(town.village.register().entry)
    town.village.exchange()
    town.centre_exchange()
    town.clock.tick(seconds=1)
    town.village.exchange(bookkeeping=True)
    assert town.accept_clean() == 1
    town.centre_exchange()
    town.settle()
    assert verify_centre(town.centre) == []
    assert bootstrap.verify_station_store(town.village.store) == []


class _FullRecord:
    def overwrite(self, _content: bytes) -> None:
        raise DiskFull

    def close(self) -> None:
        """Have nothing to let go of."""


class _DiskWithoutRoomBesideTheStore(SystemDisk):
    def record(self, _path: str) -> Record:  # type: ignore[override]
        return _FullRecord()


def test_an_act_that_stands_is_not_unsaid_because_its_head_could_not_be_written_beside_it(town: Town) -> None:
    """The clerk was told that nothing was recorded, and would have registered the same thing twice."""
    village = town.village
    folder, world = village.store.folder, village.store.world
    village.close()
    disk = _DiskWithoutRoomBesideTheStore()
    village.store = bootstrap.open_station(folder, PASSWORD, dataclasses.replace(world, disk=disk))
    assert village.register().number.startswith("17-000001/")
    assert village.register().number.startswith("17-000002/")
    assert bootstrap.verify_station_store(village.store) == []


def test_a_transaction_whose_commit_fails_is_over(tmp_path: Path) -> None:
    """A failed commit left the one writing connection inside its transaction, and nothing could be written after it."""
    engine = engines.open_engine(tmp_path / "one.db", bytes(32))
    with engine.connect() as pooled:
        connection = pooled.execution_options(**engines.EXPLICIT)
        with engines.transaction(connection, "BEGIN IMMEDIATE"):
            connection.exec_driver_sql("CREATE TABLE parents (parent INTEGER PRIMARY KEY)")
            connection.exec_driver_sql(
                "CREATE TABLE children (parent INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED)"
            )
        with pytest.raises(dbapi2.IntegrityError), engines.transaction(connection, "BEGIN IMMEDIATE"):
            connection.exec_driver_sql("INSERT INTO children VALUES (7)")
        with engines.transaction(connection, "BEGIN IMMEDIATE"):
            connection.exec_driver_sql("INSERT INTO parents VALUES (1)")
            count = connection.execute(sa.text("SELECT count(*) FROM children")).scalar()
    assert count == 0
    engine.dispose()


@pytest.mark.parametrize("cut", range(1, 17))
def test_a_script_that_was_cut_off_anywhere_and_is_played_again_does_the_rest(town: Town, cut: int) -> None:
    """Played again, the first day's close closed the second day, and the day's last receipt was refused."""
    village = town.village
    clock = ScriptedClock(START)
    village.store.world = dataclasses.replace(village.store.world, clock=clock)
    steps = [step for step in two_days() if not isinstance(step, acts.Exchange)]
    player = acts.Player(village.store, clock, town.lists, lambda: None)
    for step in steps[:cut]:
        player.play(step)
    for step in steps:
        player.play(step)
    with village.store.ledger.reading() as connection:
        numbers = connection.execute(sa.text("SELECT number FROM entries ORDER BY position")).scalars().all()
        receipts = connection.execute(sa.text("SELECT number FROM receipts ORDER BY position")).scalars().all()
        days = connection.execute(sa.text("SELECT state, difference FROM till_days")).all()
    assert list(numbers) == [1, 2, 3, 4, 5, 6]
    assert list(receipts) == [1, 2, 3, 4, 5]
    assert [tuple(day) for day in days] == [("closed", 0), ("closed", 0)]
    assert verify_ledger(village.store.ledger)[0] == []
