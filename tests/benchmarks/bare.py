"""The bare limit of an act: the statements that put down the same rows, run by the driver alone.

The rows come from what our own act wrote: its statements are recorded on one copy of a store and run again on another
with the values ready. Both copies must be equal in the end, row by row, or the comparison is void.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
from sqlalchemy.pool import base as pool_base
from sqlcipher3 import dbapi2

from app.ledger.tables import REPLAYED
from app.store.schema import SEARCH_TABLE

Statement = tuple[str, list[Any]]
"""SQL, and one row of values for each time it runs."""

WRITES = ("INSERT", "UPDATE", "DELETE")
WITHOUT_ROWS = "DELETE FROM drafts"
"""An act forgets its draft; there is none here, so that statement writes no row."""


class Unequal(RuntimeError):
    """Ours and the bare one did not write the same."""


class _RecordingCursor:
    """A cursor of the driver that notes what it writes."""

    def __init__(self, cursor: Any, written: list[Statement]) -> None:  # noqa: ANN401 - the driver publishes no types
        self._cursor = cursor
        self._written = written

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the driver's cursor has
        return getattr(self._cursor, name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401 - as the driver does
        self._note(sql, [values])
        return self._cursor.execute(sql, values)

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> Any:  # noqa: ANN401 - as the driver does
        self._note(sql, rows)
        return self._cursor.executemany(sql, rows)

    def _note(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        if sql.startswith(WRITES) and not sql.startswith(WITHOUT_ROWS):
            self._written.append((sql, [[_plain(value) for value in row] for row in rows]))


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of a column
    """Return a value that the driver takes without asking an adapter: a term's text instead of the term."""
    return str(value) if isinstance(value, str) else value


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Give the list into which all that is written meanwhile through any engine is recorded."""
    written: list[Statement] = []
    cursor_of: Any = pool_base._ConnectionFairy.cursor

    def cursor(self: Any, *arguments: Any, **options: Any) -> _RecordingCursor:  # noqa: ANN401 - SQLAlchemy's signature
        return _RecordingCursor(cursor_of(self, *arguments, **options), written)

    with patch.object(pool_base._ConnectionFairy, "cursor", cursor):
        yield written


def save(path: Path, acts: Sequence[tuple[str, list[Statement]]]) -> None:
    """Keep recorded acts, each with its verb, for another process."""
    path.write_bytes(msgspec.msgpack.encode(acts))


def load(path: Path) -> list[tuple[str, list[Statement]]]:
    """Return the recorded acts."""
    return msgspec.msgpack.decode(path.read_bytes(), type=list[tuple[str, list[Statement]]])


def connect(path: Path, key: bytes) -> Any:  # noqa: ANN401 - the driver publishes no types
    """Open a store with the driver alone and the settings of ``app.ledger.engine``."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def transact(connection: Any, statements: Sequence[Statement]) -> None:  # noqa: ANN401 - as above
    """Run one bare transaction."""
    execute = connection.execute
    execute("BEGIN IMMEDIATE")
    for sql, rows in statements:
        if len(rows) == 1:
            execute(sql, rows[0])
        else:
            connection.executemany(sql, rows)
    execute("COMMIT")


def checkpoint(connection: Any) -> None:  # noqa: ANN401 - as above
    """Carry the WAL over, between acts, as ours does."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def require_equal(one: Any, other: Any) -> int:  # noqa: ANN401 - as above
    """Accept two stores that hold the same rows and index the same entries; return how many rows.

    Raises:
        Unequal: naming the table.

    """
    count = 0
    for table in REPLAYED:
        key = ", ".join(column.name for column in table.primary_key)
        query = f'SELECT * FROM "{table.name}" ORDER BY {key}'  # noqa: S608 - names from the schema
        rows = one.execute(query).fetchall()
        if rows != other.execute(query).fetchall():
            raise Unequal(table.name)
        count += len(rows)
    query = f'SELECT rowid FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH \'"2026"* OR "1"*\''  # noqa: S608 - as above
    if one.execute(query).fetchall() != other.execute(query).fetchall():
        raise Unequal(SEARCH_TABLE)
    return count
