"""The database behind a store: encrypted, in WAL, waiting for the disk; and its errors as those of the taxonomy."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from app.domain.errors import DiskFailed, DiskFull, LibraryTooOld, StoreBusy, StoreDamaged, StoreUnavailable
from app.domain.facts import Correspondent
from app.domain.terms import CorrespondentKind
from app.ledger import driver
from app.ledger import engine as engines
from app.store import drafts
from tests.town import Town

KEY = bytes(range(32))
SURNAME = "Щърбанов"


def _pragma(engine: sa.Engine, name: str) -> object:
    raw = engine.raw_connection()
    try:
        return raw.cursor().execute(f"PRAGMA {name}").fetchone()[0]
    finally:
        raw.close()


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    made = engines.open_engine(tmp_path / "one.db", KEY)
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE words (word TEXT)")
    return made


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("wal_autocheckpoint", 0), ("temp_store", 2)],
)
def test_a_store_is_opened_with_the_settings_that_durability_needs(town: Town, name: str, value: object) -> None:
    assert _pragma(town.village.store.ledger.engine, name) == value
    assert _pragma(town.centre.ledger.engine, name) == value


def test_the_relay_waits_for_its_disk_too(town: Town) -> None:
    assert _pragma(town.relay_store._engine, "journal_mode") == "wal"
    assert _pragma(town.relay_store._engine, "synchronous") == 2


def test_a_second_connection_has_the_same_settings(engine: sa.Engine) -> None:
    first, second = engine.raw_connection(), engine.raw_connection()
    for one in (first, second):
        assert one.cursor().execute("PRAGMA synchronous").fetchone()[0] == 2
        assert one.cursor().execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        one.close()


def test_the_file_begins_like_no_database(engine: sa.Engine, tmp_path: Path) -> None:
    engines.checkpoint(engine)
    assert not (tmp_path / "one.db").read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("key", [bytes(32), KEY[::-1]])
def test_another_key_opens_nothing(engine: sa.Engine, tmp_path: Path, key: bytes) -> None:
    engine.dispose()
    other = engines.open_engine(tmp_path / "one.db", key)
    with pytest.raises(StoreDamaged), engines.translated(), other.begin():
        pass
    other.dispose()


def test_no_surname_stands_in_any_file_of_any_side_after_a_full_run(town: Town) -> None:
    """Neither in the stores nor at the relay, in no encoding of it: names travel and rest only sealed."""
    person = Correspondent(CorrespondentKind.PERSON, f"Иван {SURNAME}", settlement="49686", address=SURNAME)
    village = town.village
    drafts.save(village.store, village.filing(correspondents=(person,), subject=f"Недовършено от {SURNAME}"))
    done = village.register(correspondents=(person,), subject=f"Молба от {SURNAME}")
    village.pay(done.entry)
    village.annul(village.register(correspondents=(person,)).entry, f"Поискано от {SURNAME}")
    town.settle()
    searched = 0
    for path in town.folder.rglob("*"):
        if path.is_file():
            octets = path.read_bytes()
            searched += len(octets)
            for text in (SURNAME, SURNAME.lower(), SURNAME.upper()):
                for encoding in ("utf-8", "utf-16-le", "cp1251"):
                    assert text.encode(encoding) not in octets, path.name
    assert searched > 100_000
    names = {path.name for path in town.folder.rglob("*") if path.is_file()}
    assert {"store.db", "store.db-wal", "centre.db", "relay.db", "keys"} <= names


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51, 2)])
def test_a_library_that_may_corrupt_a_wal_is_refused_by_name(version: tuple[int, ...]) -> None:
    with pytest.raises(LibraryTooOld) as refused:
        driver.check_library(version)
    assert refused.value.facts == {"found": ".".join(map(str, version))}


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (4, 0, 0)])
def test_a_newer_library_is_taken(version: tuple[int, ...]) -> None:
    driver.check_library(version)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("database or disk is full", DiskFull),
        ("file is not a database", StoreDamaged),
        ("database disk image is malformed", StoreDamaged),
        ("disk I/O error", DiskFailed),
        ("unable to open database file", DiskFailed),
        ("attempt to write a readonly database", DiskFailed),
        ("database is locked", StoreBusy),
        ("something that nobody foresaw", StoreUnavailable),
    ],
)
def test_the_drivers_words_become_errors_of_the_taxonomy(words: str, kind: type[StoreUnavailable]) -> None:
    with pytest.raises(StoreUnavailable) as told, engines.translated():
        raise dbapi2.OperationalError(words)
    assert type(told.value) is kind


def test_a_checkpoint_carries_everything_into_the_database_file(engine: sa.Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO words VALUES ('тефтер')")
    assert (tmp_path / "one.db-wal").stat().st_size > 0
    engines.checkpoint(engine)
    (tmp_path / "alone.db").write_bytes((tmp_path / "one.db").read_bytes())
    alone = engines.open_engine(tmp_path / "alone.db", KEY)
    with alone.begin() as connection:
        assert connection.exec_driver_sql("SELECT word FROM words").scalar() == "тефтер"
    alone.dispose()


def test_sound_pages_have_no_findings_and_a_changed_one_is_damage(engine: sa.Engine, tmp_path: Path) -> None:
    engines.checkpoint(engine)
    assert engines.check_pages(engine) == []
    engine.dispose()
    octets = bytearray((tmp_path / "one.db").read_bytes())
    octets[4096 + 100] ^= 1
    (tmp_path / "one.db").write_bytes(octets)
    again = engines.open_engine(tmp_path / "one.db", KEY)
    with pytest.raises(StoreDamaged), engines.translated():
        engines.check_pages(again)
    again.dispose()
