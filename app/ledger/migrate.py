"""Migrations, from the first table on, and the rebuilding of what the facts say.

A store that is up to date opens with one question for each chain. One that is not is brought up in one transaction:
the schema, and then every projected table made again from the journal by today's projection. So a journal of every
released version, replayed by new code, is the migrated store; a crash in the middle leaves the store as it was.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain import canonical
from app.domain.errors import Malformed, StoreDamaged, StoreTooNew
from app.ledger.engine import EXPLICIT, checkpoint, translated
from app.ledger.journal import Ledger, Listener, Writing
from app.ledger.tables import PROJECTED, journal


class Chain(NamedTuple):
    """One set of migrations: its scripts, where its version stands, and the newest one."""

    scripts: Path
    version_table: str
    head: str


LEDGER = Chain(Path(__file__).parent / "migrations", "ledger_version", "0004")
"""The tables of ``app.ledger.tables``; it goes before a store's own chain."""

_BULK = 1_000


class Beside(NamedTuple):
    """What a store keeps beside the tables: told of each fact again, after it was emptied."""

    listeners: tuple[Listener, ...] = ()
    empty: Callable[[sa.Connection], None] | None = None


def migrate(engine: sa.Engine, chains: Sequence[Chain], beside: Beside = Beside()) -> None:  # noqa: B008 - immutable
    """Bring every chain to its head, and rebuild what stood before.

    Raises:
        StoreTooNew: a newer program wrote this store.
        StoreDamaged: a fact of the journal cannot be read.

    """
    with translated():
        with engine.connect().execution_options(**EXPLICIT) as connection:
            versions = [_version(connection, chain) for chain in chains]
        if versions == [chain.head for chain in chains]:
            return
        with engine.begin() as connection:
            for chain in chains:
                _upgrade(connection, chain)
            if any(versions):
                rebuild(connection, beside)
    checkpoint(engine)


def _version(connection: sa.Connection, chain: Chain) -> str | None:
    """Return a chain's version without reflection, which costs a start more than all other questions."""
    if not connection.dialect.has_table(connection, chain.version_table):
        return None
    query = f"SELECT version_num FROM {chain.version_table}"  # noqa: S608 - a name of ours
    found = connection.exec_driver_sql(query).scalar()
    return None if found is None else str(found)


def _upgrade(connection: sa.Connection, chain: Chain) -> None:
    from alembic.config import Config  # noqa: PLC0415 - 60 ms that a start without migration saves
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    script = ScriptDirectory(str(chain.scripts), version_locations=[str(chain.scripts / "versions")])

    def steps(revision: Any, _context: Any) -> Any:  # noqa: ANN401 - alembic's own types
        return script._upgrade_revs("head", revision)  # noqa: SLF001 - as env.py does

    with EnvironmentContext(Config(), script, fn=steps) as environment:
        environment.configure(
            connection=connection, version_table=chain.version_table, transactional_ddl=True, target_metadata=None
        )
        try:
            environment.run_migrations()
        except CommandError as error:
            raise StoreTooNew from error


def rebuild(connection: sa.Connection, beside: Beside) -> None:
    """Make every projected table again from the journal, in the open transaction; portions keep memory bounded.

    Raises:
        StoreDamaged: a fact of the journal cannot be read.

    """
    for table in PROJECTED:
        connection.execute(sa.delete(table))
    if beside.empty is not None:
        beside.empty(connection)
    writing = Writing(Ledger(connection.engine, listeners=beside.listeners), connection)
    last = 0
    while rows := _facts_after(connection, last):
        for position, stream, octets in rows:
            try:
                writing.project(bytes(stream), canonical.decode(bytes(octets)), position)
            except Malformed as error:
                raise StoreDamaged(what="journal") from error
        writing.pen.flush()
        last = rows[-1][0]


def _facts_after(connection: sa.Connection, position: int) -> Sequence[Any]:
    columns = (journal.c.position, journal.c.stream, journal.c.canonical)
    query = sa.select(*columns).where(journal.c.position > position).order_by(journal.c.position)
    return connection.execute(query.limit(_BULK)).all()
