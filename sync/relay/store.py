"""What the relay keeps: sealed octets by id, and the lists of participants that the centres signed.

One writer thread drains a queue and commits what it found in one transaction (group commit); a request is answered
after its own commit.
"""

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import event
from sqlcipher3 import dbapi2

metadata = sa.MetaData()

envelopes = sa.Table(
    "envelopes",
    metadata,
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("envelope", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("sender", sa.LargeBinary, nullable=False),
    sa.Column("recipient", sa.LargeBinary, nullable=False),
    sa.Column("stored_at", sa.BigInteger, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=True),
    sa.Index("envelopes_by_recipient", "municipality", "recipient", "place"),
)
"""``sealed`` is dropped once the recipient has recorded it; id and time stay, so that a late copy gets its receipt."""

admissions = sa.Table(
    "admissions",
    metadata,
    sa.Column("municipality", sa.Text, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("signed", sa.LargeBinary, nullable=False),
)

OLDEST_SQLITE = (3, 51, 3)
"""Older ones may corrupt a WAL (sqlite.org/wal.html)."""

DATABASE = "relay.db"
MIGRATIONS = Path(__file__).parent / "migrations"
_GROUP = 256


class StoreTooNew(Exception):
    """A newer relay wrote this database; it is left as it is."""


class Deposit(NamedTuple):
    """An envelope to keep."""

    envelope: bytes
    municipality: str
    sender: bytes
    recipient: bytes
    sealed: bytes


class Errand(NamedTuple):
    """What one request asks of the writer: envelopes to keep and to forget; answered with the time of each kept."""

    municipality: str
    participant: bytes
    deposits: Sequence[Deposit]
    releases: Sequence[bytes]
    now: int
    done: "Future[dict[bytes, int]]"


def open_engine(path: Path) -> sa.Engine:
    """Return an engine over the relay's database: WAL, ``synchronous=FULL``, ``BEGIN IMMEDIATE`` for writing.

    Raises:
        RuntimeError: the SQLite library is too old.
        StoreTooNew: a newer relay wrote this database.

    """
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(dbapi2.sqlite_version)
    engine = sa.create_engine(
        f"sqlite:///{path}", module=dbapi2, connect_args={"check_same_thread": False}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own untyped connection
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA busy_timeout = 10000")

    @event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    _migrate(engine)
    return engine


def _migrate(engine: sa.Engine) -> None:
    from alembic.config import Config  # noqa: PLC0415 - only the relay's start needs it
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    script = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS / "versions")])

    def steps(revision: Any, _context: Any) -> Any:  # noqa: ANN401 - alembic's own types
        return script._upgrade_revs("head", revision)  # noqa: SLF001 - as alembic's own env.py does

    with EnvironmentContext(Config(), script, fn=steps) as environment, engine.begin() as connection:
        environment.configure(connection=connection, version_table="relay_version", target_metadata=None)
        try:
            environment.run_migrations()
        except CommandError as error:
            raise StoreTooNew from error


class RelayStore:
    """The relay's database with its one writer."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._engine = open_engine(folder / DATABASE)
        self._reading = self._engine.execution_options(reading=True)
        self._errands: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_forever, name="relay-writer", daemon=True)
        self._writer.start()

    def close(self) -> None:
        """Finish what is queued and close."""
        self._errands.put(None)
        self._writer.join()
        self._engine.dispose()

    def run(
        self,
        municipality: str,
        participant: bytes,
        deposits: Sequence[Deposit],
        releases: Sequence[bytes],
        now: int,
    ) -> "Future[dict[bytes, int]]":
        """Queue an errand; the future holds the time of storing of each deposit, after the commit."""
        done: Future[dict[bytes, int]] = Future()
        if not deposits and not releases:
            done.set_result({})
        else:
            self._errands.put(Errand(municipality, participant, deposits, releases, now, done))
        return done

    def _write_forever(self) -> None:
        while True:
            errand = self._errands.get()
            if errand is None:
                return
            group = [errand]
            while len(group) < _GROUP and not self._errands.empty():
                further = self._errands.get()
                if further is None:
                    self._errands.put(None)
                    break
                group.append(further)
            self._commit(group)

    def _commit(self, group: Sequence[Errand]) -> None:
        try:
            with self._engine.begin() as connection:
                results = [_carry_out(connection, errand) for errand in group]
        except sa.exc.DBAPIError as error:
            for errand in group:
                errand.done.set_exception(error)
            return
        for errand, result in zip(group, results, strict=True):
            errand.done.set_result(result)

    def waiting(self, municipality: str, participant: bytes, limit: int) -> tuple[list[bytes], bool]:
        """Return a participant's envelopes in order of arrival, at most ``limit`` octets but one; whether more wait."""
        columns = envelopes.c
        query = (
            sa.select(columns.sealed)
            .where(
                columns.municipality == municipality,
                columns.recipient == participant,
                columns.sealed.is_not(None),
            )
            .order_by(columns.place)
        )
        chosen: list[bytes] = []
        total = 0
        with self._reading.begin() as connection:
            for row in connection.execute(query):
                total += len(row[0])
                if chosen and total > limit:
                    return chosen, True
                chosen.append(bytes(row[0]))
        return chosen, False

    def admission(self, municipality: str) -> bytes | None:
        """Return the signed list of a municipality."""
        query = sa.select(admissions.c.signed).where(admissions.c.municipality == municipality)
        with self._reading.begin() as connection:
            found = connection.execute(query).scalar()
        return bytes(found) if found is not None else None

    def keep_admission(self, municipality: str, version: int, signed: bytes) -> bool:
        """Keep a list; return whether it is newer than the one before (a version never goes back)."""
        with self._engine.begin() as connection:
            query = sa.select(admissions.c.version).where(admissions.c.municipality == municipality)
            before = connection.execute(query).scalar()
            if before is not None and before > version:
                return False
            connection.execute(sa.delete(admissions).where(admissions.c.municipality == municipality))
            row = {"municipality": municipality, "version": version, "signed": signed}
            connection.execute(sa.insert(admissions).values(row))
        return True

    def counts(self) -> tuple[int, int]:
        """Return (envelopes ever stored, envelopes waiting)."""
        with self._reading.begin() as connection:
            stored = connection.execute(sa.select(sa.func.count()).select_from(envelopes)).scalar_one()
            held = sa.select(sa.func.count()).where(envelopes.c.sealed.is_not(None))
            return stored, connection.execute(held).scalar_one()


def _carry_out(connection: sa.Connection, errand: Errand) -> dict[bytes, int]:
    times: dict[bytes, int] = {}
    for deposit in errand.deposits:
        query = sa.select(envelopes.c.stored_at).where(envelopes.c.envelope == deposit.envelope)
        stored_at = connection.execute(query).scalar()
        if stored_at is None:
            stored_at = errand.now
            connection.execute(sa.insert(envelopes).values(**deposit._asdict(), stored_at=stored_at))
        times[deposit.envelope] = stored_at
    if errand.releases:
        forgotten = sa.update(envelopes).where(
            envelopes.c.envelope.in_(list(errand.releases)),
            envelopes.c.recipient == errand.participant,
            envelopes.c.municipality == errand.municipality,
        )
        connection.execute(forgotten.values(sealed=None))
    return times
