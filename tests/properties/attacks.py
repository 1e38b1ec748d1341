"""What somebody who has the database key can do to a store, with nothing but SQL and the file system."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from app import bootstrap
from app.domain import canonical
from app.domain.facts import EntryRegistered, Fact
from app.ledger import engine as engines
from app.ledger.journal import Ledger
from app.ledger.tables import entries, journal, streams
from app.store import head_slot
from app.store.station import StationStore
from sync.central import store as centre_store
from sync.central.store import CentreStore
from tests.town import PASSWORD, TestVillage, Town


@contextmanager
def copied_station(village: TestVillage, folder: Path) -> Iterator[StationStore]:
    """Give a copy of a station with its head slot, open."""
    take_station(village, folder)
    with bootstrap.open_station(folder, PASSWORD, village.store.world) as store:
        yield store


def take_station(village: TestVillage, folder: Path) -> None:
    """Copy a station's folder and its head slot."""
    village.store.tidy()
    shutil.copytree(village.store.folder, folder)
    shutil.copy(head_slot.place(village.store.folder), head_slot.place(folder))


@contextmanager
def copied_centre(town: Town, folder: Path) -> Iterator[CentreStore]:
    """Give a copy of a centre, open."""
    take_centre(town, folder)
    with centre_store.open_store(folder, PASSWORD, town.centre.world) as store:
        yield store


def take_centre(town: Town, folder: Path) -> None:
    """Copy a centre's folder."""
    engines.checkpoint(town.centre.ledger.engine)
    shutil.copytree(town.centre.folder, folder)


def run(ledger: Ledger, *statements: str) -> None:
    """Run SQL against a store, each statement as it stands; constraints and triggers of the file hold for it too."""
    with ledger.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount != 0, "an attack that changes nothing shows nothing"
        connection.commit()


def another(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return another value of the same kind."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).digest()[: len(value) or 1]
    return value + 1 if isinstance(value, int) else f"{value}х"


def of_another_kind(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return a value of a kind that the column does not hold; SQLite keeps it all the same."""
    return b"\xff\xfe" if isinstance(value, str | int) else "думи"


def facts_of(connection: sa.Connection, stream: bytes) -> list[tuple[int, bytes]]:
    """Return (position, canonical bytes) of a stream in order."""
    query = sa.select(journal.c.position, journal.c.canonical).where(journal.c.stream == stream)
    return [(row[0], row[1]) for row in connection.execute(query.order_by(journal.c.sequence))]


def rewrite_last_entry(store: StationStore, subject: str) -> None:
    """Rewrite the subject of the last entry and everything after it, consistently, but without the signing key."""
    stream = store.identity.epoch
    with store.ledger.engine.begin() as connection:
        digest = connection.execute(sa.select(streams.c.genesis).where(streams.c.stream == stream)).scalar_one()
        last = connection.execute(sa.select(sa.func.max(entries.c.position))).scalar_one()
        for position, octets in facts_of(connection, stream):
            fact = canonical.decode(octets)
            if position == last:
                octets = canonical.encode(_with_subject(fact, subject))  # noqa: PLW2901 - the forger's fact
            digest = canonical.digest(digest, octets)
            here = sa.update(journal).where(journal.c.position == position)
            connection.execute(here.values(canonical=octets, digest=digest))
        connection.execute(sa.update(streams).where(streams.c.stream == stream).values(digest=digest))
        connection.execute(sa.update(entries).where(entries.c.position == last).values(subject=subject))


def _with_subject(fact: Fact, subject: str) -> Fact:
    assert isinstance(fact.body, EntryRegistered)
    return msgspec.structs.replace(fact, body=msgspec.structs.replace(fact.body, subject=subject))


def cut_last_entry(store: StationStore) -> None:
    """Take the last fact, which registered an entry, out of journal and tables as if it had never been."""
    stream = store.identity.epoch
    with store.ledger.engine.begin() as connection:
        held = facts_of(connection, stream)
        position, octets = held[-1]
        body = canonical.decode(octets).body
        assert isinstance(body, EntryRegistered)
        for table in ("journal", "entries", "entry_correspondents", "findings", "mentions"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE position = ?", (position,))  # noqa: S608
        connection.exec_driver_sql("DELETE FROM entry_search WHERE rowid = ?", (position,))
        connection.exec_driver_sql(
            "UPDATE series SET last = last - 1 WHERE kind = 'register' AND number_index = ? AND year = ?",
            (body.register, body.year),
        )
        before = canonical.decode(held[-2][1])
        columns = (journal.c.sequence, journal.c.digest)
        row = connection.execute(sa.select(*columns).where(journal.c.position == held[-2][0])).one()
        stood = {"sequence": row.sequence, "digest": row.digest, "recorded_at": before.recorded_at}
        head = sa.update(streams).where(streams.c.stream == stream)
        connection.execute(head.values(**stood, office_date=before.office_date.isoformat()))
