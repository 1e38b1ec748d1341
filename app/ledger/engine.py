"""The database engine: SQLite under SQLCipher through SQLAlchemy Core, with the settings that durability needs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlcipher3 import dbapi2

from app.domain.errors import (
    ContentTooLong,
    DiskFailed,
    DiskFull,
    StoreBusy,
    StoreDamaged,
    StoreUnavailable,
)
from app.ledger.driver import check_library

BUSY_MILLISECONDS = 10_000
_PAGE, _INDEX = 4_096, 32_768
EXPLICIT = {"isolation_level": "AUTOCOMMIT", "tefter_explicit": True}
"""Options of connections whose transactions the ledger begins and ends itself."""


def require_database(path: Path) -> None:
    """Accept a database of at least one page: SQLite would begin a new one in the place of one that is lost.

    Raises:
        StoreDamaged: there is none, or less than a page of it.

    """
    if not path.is_file() or path.stat().st_size < _PAGE:
        raise StoreDamaged(what="database")


def open_engine(path: Path | None, key: bytes | None) -> sa.Engine:
    """Return an engine over the encrypted file at ``path`` (in memory where there is none).

    ``key`` is the raw 256-bit database key; None leaves the file in clear (only for what is sealed already). WAL,
    ``synchronous=FULL``; writing transactions are ``BEGIN IMMEDIATE``. Checkpoints are not automatic: see
    ``checkpoint``, so that an act costs one group of fsyncs.
    """
    check_library()
    url = "sqlite://" if path is None else f"sqlite:///{path}"
    extra: dict[str, Any] = {"poolclass": sa.StaticPool} if path is None else {}
    engine = sa.create_engine(
        url,
        module=dbapi2,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # they hold names; an error must not carry them into a log
        **extra,
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own untyped connection
        connection.isolation_level = None
        if key is not None:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        if path is not None:
            _use_wal(connection, path)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")

    @event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        if not connection.get_execution_options().get("tefter_explicit", False):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _use_wal(connection: Any, path: Path) -> None:  # noqa: ANN401 - the driver's own untyped connection
    """Switch to WAL. Its index is made here; without room for it SQLite says no more than "disk I/O error"."""
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except dbapi2.OperationalError as error:
        if shutil.disk_usage(path.parent).free < _INDEX:
            raise DiskFull from error
        raise


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into those of the taxonomy, by SQLite's own words for them."""
    try:
        yield
    except OverflowError as error:  # a number beyond 63 bits, which no table holds
        raise ContentTooLong(what="number") from error
    except (sa.exc.DBAPIError, dbapi2.Error) as error:
        raise _translation(str(getattr(error, "orig", error)).lower()) from error


def _translation(text: str) -> StoreUnavailable:
    for words, kind in _WORDS:
        if words in text:
            return kind()
    return StoreUnavailable(words=text[:80])


_WORDS: tuple[tuple[str, type[StoreUnavailable]], ...] = (
    ("full", DiskFull),
    ("not a database", StoreDamaged),
    ("malformed", StoreDamaged),
    ("i/o error", DiskFailed),
    ("unable to open", DiskFailed),
    ("readonly", DiskFailed),
    ("locked", StoreBusy),
    ("busy", StoreBusy),
)


@contextmanager
def transaction(connection: sa.Connection, begin: str) -> Iterator[None]:
    """Begin and end a transaction on the driver itself; a tenth of the cost of the pool's and events' way."""
    cursor = connection.connection.cursor()
    cursor.execute(begin)
    try:
        yield
        cursor.execute("COMMIT")
    except BaseException:  # whatever ended the act, an interrupt too: it stands whole or not at all
        with suppress(dbapi2.Error):  # a full disk may have rolled back already; the first error is the one to tell
            cursor.execute("ROLLBACK")
        raise
    finally:
        cursor.close()


def checkpoint(engine: sa.Engine) -> None:
    """Carry the WAL over into the database file, as far as nobody reads from it; called between acts."""
    with translated():
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            raw.close()


def check_pages(engine: sa.Engine) -> list[str]:
    """Return what SQLCipher's page authentication and SQLite's structure check find wrong; nothing when clean."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        bad = [str(row[0]) for row in cursor.execute("PRAGMA cipher_integrity_check").fetchall()]
        structure = [str(row[0]) for row in cursor.execute("PRAGMA integrity_check").fetchall()]
    finally:
        raw.close()
    return bad + [line for line in structure if line != "ok"]
