"""The pen's grouping: fewer statements, the same tables as one write after the other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from app.ledger import engine as engines
from app.ledger.projection import Insert, Update, Upsert, Write
from app.ledger.tables import accounts, metadata, series, tills
from app.ledger.writing import Pen

TABLES = (tills, series, accounts)


@cache
def _engine() -> sa.Engine:
    engine = engines.open_engine(None, None)
    metadata.create_all(engine, tables=list(TABLES))
    return engine


@contextmanager
def empty() -> Iterator[sa.Connection]:
    """Give an open transaction on an empty ledger; nothing of it stays."""
    with _engine().connect() as connection, connection.begin() as transaction:
        try:
            yield connection
        finally:
            transaction.rollback()


def after(writes: Sequence[Write], flush_each: int) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the tables hold after writes, put down every ``flush_each`` writes."""
    with empty() as connection:
        pen = Pen(connection)
        for place, write in enumerate(writes, start=1):
            pen.put([write])
            if place % flush_each == 0:
                pen.flush()
        pen.flush()
        return {one.name: [tuple(row) for row in connection.execute(by_key(one))] for one in TABLES}


def by_key(table: sa.Table) -> sa.Select[Any]:
    """Return the query for a table's rows in order."""
    return sa.select(table).order_by(*table.primary_key)


_few = st.integers(1, 3)
_amount = st.integers(0, 9)
_day = st.sampled_from([None, "2026-11-20", "2026-11-21"])
_TILL = {"station": b"s", "mayoralty": "BLG49-12", "gross": 0, "storno": 0, "balance": 0}


def _new_till(till: int) -> Write:
    return Insert("tills", {"till": till, **_TILL})


def _new_till_with_day(till: int) -> Write:
    return Insert("tills", {"till": till, **_TILL, "open_day": "2026-11-19"})


def _totals(till: int, gross: int, balance: int) -> Write:
    return Update("tills", {"till": till}, {"gross": gross, "balance": balance})


def _open(till: int, day: str | None) -> Write:
    return Update("tills", {"till": till}, {"open_day": day})


def _close(till: int, day: str | None, balance: int) -> Write:
    return Update("tills", {"till": till}, {"open_day": None, "last_day": day, "balance": balance})


def _number(book: int, last: int) -> Write:
    return Upsert("series", {"kind": "till", "number_index": book, "year": 2026}, {"last": last})


def _account(account: int, name: str) -> Write:
    row = {"name": name, "role": "clerk", "recovered": 0}
    return Upsert("accounts", {"stream": b"e", "account": account}, row)


def _recovered(account: int, sequence: int) -> Write:
    return Update("accounts", {"stream": b"e", "account": account}, {"recovered": sequence})


def _open_while(till: int, day: str, balance: int) -> Write:
    """A change that only a till with this last day takes."""
    return Update("tills", {"till": till}, {"balance": balance}, (("last_day", day),))


def _empty_all_of(day: str) -> Write:
    """A change that finds its rows by another column than their key."""
    return Update("tills", {"open_day": day}, {"open_day": None})


_certain = st.sampled_from(["2026-11-20", "2026-11-21"])
_write: st.SearchStrategy[Write] = st.one_of(
    st.builds(_new_till, _few),
    st.builds(_new_till_with_day, _few),
    st.builds(_totals, _few, _amount, _amount),
    st.builds(_open, _few, _day),
    st.builds(_close, _few, _day, _amount),
    st.builds(_open_while, _few, _certain, _amount),
    st.builds(_empty_all_of, _certain),
    st.builds(_number, _few, _amount),
    st.builds(_account, _few, st.sampled_from(["Анна", "Петя"])),
    st.builds(_recovered, _few, _amount),
)


def _once(writes: list[Write]) -> list[Write]:
    """Leave out a second new row under the same key: no two facts make one."""
    made: set[int] = set()
    kept: list[Write] = []
    for write in writes:
        if isinstance(write, Insert):
            if write.row["till"] in made:
                continue
            made.add(write.row["till"])
        kept.append(write)
    return kept


@given(st.lists(_write, max_size=25).map(_once), st.integers(2, 30))
def test_grouping_gives_the_same_tables_as_one_by_one(writes: list[Write], together: int) -> None:
    assert after(writes, together) == after(writes, 1)


def test_a_change_before_its_row_exists_changes_nothing_however_it_is_grouped() -> None:
    writes = [_totals(1, 5, 5), _new_till(1)]
    assert after(writes, 2) == after(writes, 1)
    assert after(writes, 2)["tills"][0][-3:] == (0, 0, 0)


def test_the_last_change_of_the_same_columns_counts() -> None:
    assert after([_new_till(1), _totals(1, 5, 5), _totals(1, 7, 6)], 3)["tills"][0][-3:] == (7, 0, 6)


def test_changes_of_other_columns_of_a_row_keep_their_order() -> None:
    rows = after([_new_till(1), _totals(1, 5, 5), _close(1, "2026-11-20", 4), _totals(1, 9, 9)], 4)["tills"]
    assert rows[0][3:] == (None, "2026-11-20", 9, 0, 9)


def test_a_conditional_change_sees_the_change_before_it_and_not_the_one_after() -> None:
    met = [_new_till(1), _close(1, "2026-11-20", 4), _open_while(1, "2026-11-20", 7), _close(1, "2026-11-21", 8)]
    assert after(met, 4)["tills"][0][-1] == 8
    missed = [_new_till(1), _close(1, "2026-11-20", 4), _open_while(1, "2026-11-21", 7)]
    assert after(missed, 3)["tills"][0][-1] == 4
    assert after([*missed[:2], _open_while(1, "2026-11-20", 7)], 3)["tills"][0][-1] == 7


def test_a_change_by_another_column_finds_the_rows_as_the_changes_before_it_left_them() -> None:
    writes = [_new_till(1), _new_till(2), _open(1, "2026-11-20"), _empty_all_of("2026-11-20"), _open(2, "2026-11-20")]
    assert [row[3] for row in after(writes, 5)["tills"]] == [None, "2026-11-20"]


def test_nothing_stands_in_the_tables_before_the_pen_is_flushed() -> None:
    with empty() as connection:
        pen = Pen(connection)
        pen.put([_new_till(1)])
        assert connection.execute(by_key(tills)).all() == []
        pen.flush()
        assert len(connection.execute(by_key(tills)).all()) == 1
        pen.flush()
        assert len(connection.execute(by_key(tills)).all()) == 1


def test_a_second_row_under_one_key_is_refused_by_the_database() -> None:
    with pytest.raises(dbapi2.IntegrityError):
        after([_new_till(1), _new_till(1)], 1)
