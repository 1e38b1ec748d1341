"""Verify a ledger: pages, chains, and a replay into an empty ledger that must give every table row by row.

A check answers with findings, numbered for an auditor; it never stops at the first.
"""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.domain import canonical
from app.domain.errors import Malformed, StoreUnavailable, Tampered
from app.domain.facts import AnswerApplied
from app.domain.terms import VerifyCode
from app.ledger import engine as engines
from app.ledger.journal import Ledger, Listener, digest_at
from app.ledger.prepared import Prepared
from app.ledger.tables import REPLAYED, journal, metadata, streams

MOST_FINDINGS = 200
_BULK = 2_000

Progress = Callable[[str, int, int], None]
"""Told (step, done, of)."""


@dataclasses.dataclass(frozen=True)
class Discovery:
    """One numbered finding: what, and where. Never personal data."""

    code: VerifyCode
    where: str


def quiet(_step: str, _done: int, _of: int) -> None:
    """Tell nobody."""


def verify_ledger(
    ledger: Ledger,
    listeners: Sequence[Listener] = (),
    prepare: Callable[[sa.Engine], None] | None = None,
    progress: Progress = quiet,
) -> tuple[list[Discovery], Ledger | None]:
    """Return what is wrong with a ledger, and the replayed ledger for further comparison.

    ``listeners`` and ``prepare`` make in the empty ledger what the store keeps beside the tables (the search index).
    """
    found: list[Discovery] = []
    try:
        with engines.translated():
            bad_pages = engines.check_pages(ledger.engine)
        found += [Discovery(VerifyCode.PAGE_DAMAGED, text[:80]) for text in bad_pages[:MOST_FINDINGS]]
        with ledger.reading() as connection:
            strange = [one for table in REPLAYED for one in strangers(connection, table)]
            if strange:
                found += [Discovery(VerifyCode.ROW_DIFFERS, where) for where in strange]
                return found[:MOST_FINDINGS], None
            found += _chains(connection, progress)
            replayed = empty_ledger(listeners, prepare)
            found += replay(connection, replayed, progress)
            for table in REPLAYED:
                found += compare(connection, replayed, table)
    except StoreUnavailable as error:
        return [*found, Discovery(VerifyCode.STORE_UNREADABLE, error.code)], None
    return found[:MOST_FINDINGS], replayed


def empty_ledger(listeners: Sequence[Listener] = (), prepare: Callable[[sa.Engine], None] | None = None) -> Ledger:
    """Return an empty ledger in memory."""
    engine = engines.open_engine(None, None)
    metadata.create_all(engine, tables=list(REPLAYED))
    if prepare is not None:
        prepare(engine)
    return Ledger(engine, listeners=listeners)


_STORED_AS = {sa.LargeBinary: "blob", sa.Integer: "integer", sa.BigInteger: "integer", sa.Text: "text"}


def strangers(connection: sa.Connection, table: sa.Table) -> Iterator[str]:
    """Return which columns hold a value of another kind than theirs; SQLite keeps any, and nothing could compare it."""
    if connection.dialect.name != "sqlite":
        return
    row = _strangers_in(table).first(connection)
    yield from (f"{table.name} {column.name}" for column, count in zip(table.columns, row or (), strict=True) if count)


@cache
def _strangers_in(table: sa.Table) -> Prepared:
    """Return the question how many values of each column are of another kind than theirs."""
    counts = []
    for column in table.columns:
        kind: sa.ColumnElement[str] = sa.literal_column(f"typeof({column.name})")
        other: sa.ColumnElement[bool] = kind != sa.literal_column(f"'{_STORED_AS[type(column.type)]}'")
        if column.nullable:
            other = sa.and_(other, kind != sa.literal_column("'null'"))
        counts.append(sa.func.total(other).label(column.name))
    return Prepared(sa.select(*counts).select_from(table))


def _facts(connection: sa.Connection) -> Iterator[Any]:
    columns = (journal.c.position, journal.c.stream, journal.c.sequence, journal.c.kind, journal.c.digest)
    query = sa.select(*columns, journal.c.canonical).order_by(journal.c.position)
    return iter(connection.execute(query.execution_options(yield_per=_BULK)))


def _chains(connection: sa.Connection, progress: Progress) -> Iterator[Discovery]:
    """Recompute every digest of every stream, and compare the heads."""
    heads: dict[bytes, tuple[int, bytes]] = {}
    for row in connection.execute(sa.select(streams.c.stream, streams.c.genesis)):
        heads[bytes(row.stream)] = (0, bytes(row.genesis))
    of = connection.execute(sa.select(sa.func.count()).select_from(journal)).scalar_one()
    for place, row in enumerate(_facts(connection), start=1):
        stream = bytes(row.stream)
        where = f"{stream.hex()[:8]}/{row.sequence}"
        sequence, previous = heads.get(stream, (0, b""))
        if row.position != place:
            yield Discovery(VerifyCode.SEQUENCE_HOLE, f"position {row.position}")
        if row.sequence != sequence + 1:
            yield Discovery(VerifyCode.SEQUENCE_HOLE, where)
        digest = canonical.digest(previous, bytes(row.canonical))
        if digest != bytes(row.digest):
            yield Discovery(VerifyCode.CHAIN_BROKEN, where)
        heads[stream] = (row.sequence, bytes(row.digest))
        if place % _BULK == 0:
            progress("chain", place, of)
    for row in connection.execute(sa.select(streams)):
        if heads[bytes(row.stream)] != (row.sequence, bytes(row.digest)):
            yield Discovery(VerifyCode.HEAD_DIFFERS, bytes(row.stream).hex()[:8])


def replay(connection: sa.Connection, into: Ledger, progress: Progress = quiet) -> list[Discovery]:
    """Replay every fact, in the order in which it was recorded, into an empty ledger."""
    found: list[Discovery] = []
    with into.writing() as writing:
        for place, row in enumerate(_facts(connection), start=1):
            stream = bytes(row.stream)
            where = f"{stream.hex()[:8]}/{row.sequence}"
            try:
                fact = writing.record(stream, bytes(row.canonical))
            except (Malformed, Tampered) as error:
                found.append(Discovery(VerifyCode.FACT_UNREADABLE, f"{where} {error.code}"))
                break
            if (fact.sequence, fact.kind) != (row.sequence, row.kind):
                found.append(Discovery(VerifyCode.NOT_CANONICAL, where))
            if isinstance(fact.body, AnswerApplied):
                # The town's stream may have grown by the time it hears how far the village is.
                writing.pen.flush()
                if digest_at(writing.connection, fact.body.stream, fact.body.sequence) != fact.body.digest:
                    found.append(Discovery(VerifyCode.ANSWER_MISSING, where))
            if place % _BULK == 0:
                writing.pen.flush()
                progress("replay", place, place)
    return found


def compare(connection: sa.Connection, replayed: Ledger, table: sa.Table) -> list[Discovery]:
    """Compare one table row by row with the replayed one."""
    found: list[Discovery] = []
    key_length = len(table.primary_key.columns)
    columns = [*table.primary_key.columns, *(one for one in table.columns if not one.primary_key)]
    query = sa.select(*columns).order_by(*table.primary_key.columns)
    with replayed.reading() as other:
        expected = iter(other.execute(query.execution_options(yield_per=_BULK)))
        actual = iter(connection.execute(query.execution_options(yield_per=_BULK)))
        mine, theirs = next(actual, None), next(expected, None)
        while (mine is not None or theirs is not None) and len(found) < MOST_FINDINGS:
            key_mine = tuple(mine[:key_length]) if mine is not None else None
            key_theirs = tuple(theirs[:key_length]) if theirs is not None else None
            if key_theirs is None or (key_mine is not None and key_mine < key_theirs):
                found.append(Discovery(VerifyCode.ROW_EXTRA, _where(table, key_mine)))
                mine = next(actual, None)
            elif key_mine is None or key_theirs < key_mine:
                found.append(Discovery(VerifyCode.ROW_MISSING, _where(table, key_theirs)))
                theirs = next(expected, None)
            else:
                if mine != theirs:
                    found.append(Discovery(VerifyCode.ROW_DIFFERS, _where(table, key_mine)))
                mine, theirs = next(actual, None), next(expected, None)
    return found


def _where(table: sa.Table, key: tuple[Any, ...] | None) -> str:
    parts = [one.hex()[:8] if isinstance(one, bytes) else str(one) for one in key or ()]
    return f"{table.name} {'/'.join(parts)}"
