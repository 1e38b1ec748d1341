"""The database driver itself (драйверът на базата): SQLite under SQLCipher without SQLAlchemy, which loads slowly."""

from pathlib import Path

from sqlcipher3 import dbapi2

from app.domain.errors import LibraryTooOld

OLDEST_SQLITE = (3, 51, 3)
"""SQLite 3.7.0–3.51.2 may corrupt a WAL that two connections write or checkpoint (sqlite.org/wal.html)."""


def check_library(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse a SQLite with the WAL-reset corruption.

    Raises:
        LibraryTooOld: naming the version found.

    """
    if tuple(version) < OLDEST_SQLITE:
        raise LibraryTooOld(found=".".join(map(str, version)))


def connect(database: Path, key: bytes) -> dbapi2.Connection:
    """Return a connection that the raw 256-bit key opens; nothing is begun on it.

    Raises:
        dbapi2.DatabaseError: not a database of this key.

    """
    connection = dbapi2.connect(str(database), isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection
