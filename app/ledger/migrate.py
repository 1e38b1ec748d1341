"""Migrations, from the first table on. Alembic is loaded only where there is something to migrate."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.domain.errors import StoreTooNew
from app.ledger.engine import translated

LEDGER = Path(__file__).parent / "migrations"
LEDGER_HEAD = "0001"


def migrate(engine: sa.Engine, scripts: Path, version_table: str, head: str) -> None:
    """Bring one set of tables to ``head``.

    Raises:
        StoreTooNew: a newer program wrote this store.

    """
    with translated():
        if _current(engine, version_table) != head:
            _upgrade(engine, scripts, version_table)


def _current(engine: sa.Engine, version_table: str) -> str | None:
    with engine.begin() as connection:
        if not sa.inspect(connection).has_table(version_table):
            return None
        versions = sa.table(version_table, sa.column("version_num", sa.Text))
        return connection.execute(sa.select(versions.c.version_num)).scalar()


def _upgrade(engine: sa.Engine, scripts: Path, version_table: str, target: str = "head") -> None:
    from alembic.config import Config  # noqa: PLC0415 - 60 ms that a start without migration saves
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    script = ScriptDirectory(str(scripts), version_locations=[str(scripts / "versions")])

    def steps(revision: Any, _context: Any) -> Any:  # noqa: ANN401 - alembic's own types
        return script._upgrade_revs(target, revision)  # noqa: SLF001 - as env.py does

    with (
        EnvironmentContext(Config(), script, fn=steps) as environment,
        engine.begin() as connection,
    ):
        environment.configure(
            connection=connection, version_table=version_table, transactional_ddl=True, target_metadata=None
        )
        try:
            environment.run_migrations()
        except CommandError as error:
            raise StoreTooNew from error


def migrate_ledger(engine: sa.Engine) -> None:
    """Bring the tables of ``app.ledger.tables`` to their newest schema."""
    migrate(engine, LEDGER, "ledger_version", LEDGER_HEAD)
