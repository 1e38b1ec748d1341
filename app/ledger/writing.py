"""Carries out writes inside one transaction: grouped by statement, so that a thousand facts cost few round trips."""

import importlib
from collections.abc import Callable, Iterable
from functools import cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from app.ledger import tables
from app.ledger.prepared import compiled
from app.ledger.projection import Insert, Update, Write

Key = tuple[tuple[str, Any], ...]
Group = tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]
"""Verb, table, names of the key, columns set, and what must hold beside the key."""


class Pen:
    """Gathers writes and puts them down in an order that gives the same tables as one by one.

    New rows first; then changes, of which only the last of the same columns of a row counts. A row that is changed in
    other columns or under another condition than before is put down in between; so is a change that came before its
    row, and meets nothing, and one that finds its rows by other columns: what waits may make or unmake them.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._inserts: dict[Group, list[dict[str, Any]]] = {}
        self._changes: dict[Group, dict[Key, dict[str, Any]]] = {}
        self._touched: dict[tuple[str, Key], Group] = {}
        self._keys: dict[str, set[tuple[str, ...]]] = {}

    def put(self, writes: Iterable[Write]) -> None:
        """Take writes; they stand in the tables after ``flush``."""
        for write in writes:
            if isinstance(write, Insert):
                if write.table in self._keys and self._is_touched(write):
                    self.flush()
                group: Group = ("insert", write.table, (), tuple(write.row), ())
                self._inserts.setdefault(group, []).append(dict(write.row))
            else:
                self._change("update" if isinstance(write, Update) else "upsert", write)

    def _is_touched(self, write: Insert) -> bool:
        """Return whether a change that waits names the row that is new only now."""
        return any(
            (write.table, tuple((name, write.row.get(name)) for name in names)) in self._touched
            for names in self._keys[write.table]
        )

    def _change(self, verb: str, write: Any) -> None:  # noqa: ANN401 - Update or Upsert: the same two fields
        key = tuple(write.key.items())
        only = write.only if isinstance(write, Update) else ()
        group: Group = (verb, write.table, tuple(write.key), tuple(write.row), only)
        other_columns = self._keys.get(write.table, _NONE) - {group[2]}
        if other_columns or self._touched.get((write.table, key), group) != group:
            self.flush()
        self._touched[write.table, key] = group
        self._keys.setdefault(write.table, set()).add(group[2])
        self._changes.setdefault(group, {})[key] = {**write.row, **_marked(write.key), **_wanted(only)}

    def flush(self) -> None:
        """Put everything down."""
        for group, rows in self._inserts.items():
            self._run(group, rows)
        for group, by_key in self._changes.items():
            self._run(group, list(by_key.values()))
        self._inserts, self._changes, self._touched, self._keys = {}, {}, {}, {}

    def _run(self, group: Group, rows: list[dict[str, Any]]) -> None:
        sql, in_order = _statement(group, self._connection.dialect)
        cursor = self._connection.connection.cursor()
        if len(rows) == 1:
            cursor.execute(sql, in_order(rows[0]))
        else:
            cursor.executemany(sql, list(map(in_order, rows)))
        cursor.close()


_NONE: frozenset[tuple[str, ...]] = frozenset()


def _marked(key: Any) -> dict[str, Any]:  # noqa: ANN401 - a row
    """Return the key's values under names that no column has."""
    return {f"key_{name}": value for name, value in key.items()}


def _wanted(only: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {f"only_{name}": value for name, value in only}


@cache
def _statement(group: Group, dialect: sa.Dialect) -> tuple[str, Callable[[dict[str, Any]], tuple[Any, ...]]]:
    """Return the SQL of a group, and what takes a row's values in the order of its places (always several)."""
    verb, table_name, key, columns, only = group
    table = tables.metadata.tables[table_name]
    statement: Any
    if verb == "insert":
        statement = sa.insert(table).values({name: sa.bindparam(name) for name in columns})
    elif verb == "update":
        conditions = [table.c[name] == sa.bindparam(f"key_{name}") for name in key]
        conditions += [table.c[name] == sa.bindparam(f"only_{name}") for name, _ in only]
        statement = sa.update(table).where(*conditions).values({name: sa.bindparam(name) for name in columns})
    else:
        insert = importlib.import_module(f"sqlalchemy.dialects.{dialect.name}").insert
        values: dict[str, Any] = {name: sa.bindparam(name) for name in columns}
        values |= {name: sa.bindparam(f"key_{name}") for name in key}
        fresh = insert(table).values(values)
        statement = fresh.on_conflict_do_update(
            index_elements=list(key), set_={name: fresh.excluded[name] for name in columns}
        )
    made = compiled(statement, dialect)
    return made.sql, itemgetter(*made.places)
