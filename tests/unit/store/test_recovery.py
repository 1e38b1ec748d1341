"""The recovery code: it resets one account's password, is recorded, and rekeys the store."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from app import bootstrap
from app.domain import canonical
from app.domain.errors import StoreDamaged, UnknownAccount, WrongPassword
from app.domain.facts import AccountOpened, Fact, RecoveryUsed
from app.domain.terms import AccountRole
from app.ledger import engine as engines
from app.ledger import keyslots
from app.ledger.tables import accounts
from app.store import recovery
from app.store.station import DATABASE, KEYS, NEXT_KEYS, StationStore, World, migrate_all
from tests.faults.forging import held_facts
from tests.town import CHEAP, PASSWORD, Town

CODE = "11111-22222-33333-44444-55555-66666-77777-88888"
NEW = "нова парола"


class _Gone:
    """Stands where the village's open store was, for the town to close."""

    def close(self) -> None:
        """Do nothing: the test opens and closes the store itself."""


class Closed:
    """A village's closed store with one entry, a second account, and a recovery code that the test knows."""

    def __init__(self, town: Town) -> None:
        village = town.village
        self.entry = village.register().entry
        with village.store.act() as act:
            act.record(AccountOpened(2, "Кмет", AccountRole.MAYOR))
        village.close()
        self.folder: Path = village.store.folder
        self.world: World = village.store.world
        village.store = _Gone()  # type: ignore[assignment]
        file = keyslots.read(self.world.disk.read(str(self.folder / KEYS)))
        _, self.master = keyslots.unlock(file, PASSWORD)
        random = self.world.randomness.bytes
        for name, password in (("2", "парола на кмета"), (keyslots.RECOVERY, CODE)):
            file = keyslots.with_slot(file, name, password, self.master, random, CHEAP)
        self.world.disk.write(str(self.folder / KEYS), keyslots.write(file))

    def reset(self, code: str = CODE, account: int = 1) -> str:
        return recovery.reset_account(self.folder, code, account, NEW, self.world)

    def open(self, password: str) -> StationStore:
        return bootstrap.open_station(self.folder, password, self.world)

    def octets(self) -> dict[str, bytes]:
        return {one.name: one.read_bytes() for one in sorted(self.folder.iterdir())}


@pytest.fixture
def closed(town: Town) -> Closed:
    return Closed(town)


def test_the_new_password_opens_the_store_and_the_old_one_does_not(closed: Closed) -> None:
    closed.reset()
    with closed.open(NEW) as store:
        assert store.account == 1
    with pytest.raises(WrongPassword):
        closed.open(PASSWORD)


def test_a_used_code_is_worth_nothing_and_the_next_one_works(closed: Closed) -> None:
    following = closed.reset()
    assert following != CODE
    with pytest.raises(WrongPassword):
        closed.reset()
    closed.reset(following)
    with closed.open(NEW) as store:
        assert [one.kind for one in _facts(store)].count("RecoveryUsed") == 2


def test_the_other_account_keeps_its_password(closed: Closed) -> None:
    closed.reset()
    with closed.open("парола на кмета") as store:
        assert store.account == 2


def test_a_code_resets_the_account_that_is_named(closed: Closed) -> None:
    closed.reset(account=2)
    with closed.open(NEW) as store:
        assert store.account == 2
    with closed.open(PASSWORD) as store:
        assert store.account == 1


def _facts(store: StationStore) -> list[Fact]:
    recorded = held_facts(bootstrap.village_end(store), store.identity.epoch)
    return [canonical.decode(one.canonical) for one in recorded]


def test_the_use_of_the_code_stands_in_the_journal_and_beside_the_account(closed: Closed) -> None:
    closed.reset()
    with closed.open(NEW) as store:
        last = _facts(store)[-1]
        assert last.body == RecoveryUsed(1)
        with store.ledger.reading() as connection:
            rows = {row.account: row.recovered for row in connection.execute(accounts.select())}
        assert rows == {1: last.sequence, 2: 0}


def test_the_data_is_whole_after_a_recovery(closed: Closed) -> None:
    closed.reset()
    with closed.open(NEW) as store:
        assert bootstrap.verify_station_store(store) == []
        assert closed.entry in [getattr(fact.body, "entry", None) for fact in _facts(store)]


def test_the_old_database_key_opens_nothing_any_more(closed: Closed) -> None:
    closed.reset()
    engine = engines.open_engine(closed.folder / DATABASE, closed.master)
    with pytest.raises(StoreDamaged):
        migrate_all(engine)
    engine.dispose()


def test_an_old_key_file_put_back_opens_nothing(closed: Closed) -> None:
    old = (closed.folder / KEYS).read_bytes()
    closed.reset()
    (closed.folder / KEYS).write_bytes(old)
    with pytest.raises(StoreDamaged):
        closed.open(PASSWORD)


@pytest.mark.parametrize("code", ["", PASSWORD, "парола на кмета", CODE[:-1] + "0"])
def test_what_is_not_the_code_changes_nothing(closed: Closed, code: str) -> None:
    before = closed.octets()
    with pytest.raises(WrongPassword):
        closed.reset(code)
    assert closed.octets() == before


def test_an_account_that_is_not_there_is_not_reset(closed: Closed) -> None:
    before = closed.octets()
    with pytest.raises(UnknownAccount):
        closed.reset(account=3)
    assert closed.octets() == before


class CutOffError(Exception):
    """The process ended here."""


@pytest.mark.parametrize("point", ["before_rekey", "after_rekey"])
def test_the_other_account_opens_a_store_whose_recovery_was_cut_off(closed: Closed, point: str) -> None:
    def stop(reached: str) -> None:
        if reached == point:
            raise CutOffError

    with pytest.raises(CutOffError):
        recovery.reset_account(closed.folder, CODE, 1, NEW, dataclasses.replace(closed.world, milestone=stop))
    assert (closed.folder / NEXT_KEYS).exists()
    with closed.open("парола на кмета") as store:
        assert bootstrap.verify_station_store(store) == []
    assert not (closed.folder / NEXT_KEYS).exists()
    right = {"before_rekey": PASSWORD, "after_rekey": NEW}[point]
    with closed.open(right) as store:
        assert store.account == 1


def test_a_password_of_before_is_called_wrong_and_not_a_damage_after_the_rekey(closed: Closed) -> None:
    """It once said that the store was damaged: the old key file still opened with it, the database did not."""

    def stop(reached: str) -> None:
        if reached == "after_rekey":
            raise CutOffError

    with pytest.raises(CutOffError):
        recovery.reset_account(closed.folder, CODE, 1, NEW, dataclasses.replace(closed.world, milestone=stop))
    with pytest.raises(WrongPassword):
        closed.open(PASSWORD)
    with pytest.raises(WrongPassword):
        closed.reset()
    closed.open(NEW).close()


def test_a_copy_from_before_the_recovery_still_opens_with_the_old_password(closed: Closed, tmp_path: Path) -> None:
    """Whoever holds a copy and an old password holds what stood then: the rekey protects what comes after."""
    copied = tmp_path / "copied"
    shutil.copytree(closed.folder, copied)
    closed.reset()
    with bootstrap.open_station(copied, PASSWORD, closed.world) as store:
        assert _facts(store)[-1].body != RecoveryUsed(1)
