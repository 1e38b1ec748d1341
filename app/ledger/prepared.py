"""Statements compiled once from the Core tables and run on the driver's own cursor.

An act is a dozen short statements in one transaction; building and compiling each anew cost more than the act itself
(2.4 of 4.2 ms when measured). What is asked or written seldom goes through SQLAlchemy as usual.
"""

from collections import namedtuple
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import sqlalchemy as sa


class Compiled(NamedTuple):
    """The driver's SQL, the names of its places in order, and the values that the statement itself brings."""

    sql: str
    places: tuple[str, ...]
    own: dict[str, Any]


def compiled(statement: Any, dialect: sa.Dialect) -> Compiled:  # noqa: ANN401 - any Core statement
    """Return a statement for the driver; the engine's parameter style is positional."""
    made = statement.compile(dialect=dialect)
    own = {name: value for name, value in made.params.items() if value is not None}
    return Compiled(str(made), tuple(made.positiontup or ()), own)


class Prepared:
    """A statement with ``sa.bindparam`` places, for both databases.

    Rows come back as named tuples in the order of its columns; octets and numbers as the driver gives them.
    """

    def __init__(self, statement: Any) -> None:  # noqa: ANN401 - any Core statement
        self._statement = statement
        self._compiled: dict[str, Compiled] = {}

    @cached_property
    def _row(self) -> Any:  # noqa: ANN401 - a type that is known only here
        """Return the type of a row; made when it is first asked for, as a start needs few of them."""
        return namedtuple("Row", [column.name for column in self._statement.selected_columns])  # noqa: PYI024 - as above

    def _run(self, connection: sa.Connection, values: dict[str, Any]) -> Any:  # noqa: ANN401 - the driver's cursor
        name = connection.dialect.name
        if name not in self._compiled:
            self._compiled[name] = compiled(self._statement, connection.dialect)
        sql, places, own = self._compiled[name]
        given = own | values
        cursor = connection.connection.cursor()
        cursor.execute(sql, tuple(given[place] for place in places))
        return cursor

    def run(self, connection: sa.Connection, **values: object) -> None:
        """Run a statement that answers nothing."""
        self._run(connection, values).close()

    def first(self, connection: sa.Connection, **values: object) -> Any | None:  # noqa: ANN401 - a row
        """Return the first row, None where there is none."""
        cursor = self._run(connection, values)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else self._row._make(row)

    def value(self, connection: sa.Connection, **values: object) -> Any | None:  # noqa: ANN401 - a column's value
        """Return the first column of the first row, None where there is none."""
        cursor = self._run(connection, values)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else row[0]

    def all(self, connection: sa.Connection, **values: object) -> Sequence[Any]:
        """Return every row."""
        cursor = self._run(connection, values)
        rows = [self._row._make(row) for row in cursor.fetchall()]
        cursor.close()
        return rows
