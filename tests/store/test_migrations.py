"""Migrations make exactly the tables that the program speaks of, once, and from every released schema."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from app import bootstrap
from app.domain.errors import StoreDamaged, StoreTooNew
from app.ledger import engine as engines
from app.ledger import migrate as migrations
from app.ledger import tables
from app.ledger.journal import Ledger
from app.ledger.verify import verify_ledger
from app.store import schema as station_schema
from app.store import search
from app.store import station as stations
from app.store.station import StationStore
from sync import signatures
from sync.central import schema as centre_schema
from sync.central import store as centre_store
from sync.relay import store as relay_store
from sync.relay.verify import altered_envelopes
from tests.store.make_schema_dump import SCHEMAS
from tests.town import CHEAP, CountedRandomness, HandClock, Town

KEY = bytes(range(32))
LEDGER = (*tables.REPLAYED, *tables.POSTAL)
VERSIONS = {"ledger_version", "store_version", "centre_version", "relay_version"}


class Chain(NamedTuple):
    """One end's migrations: the tables they must make, and the indexes that each end adds for itself."""

    name: str
    tables: Sequence[sa.Table]
    own_indexes: dict[str, dict[str, tuple[tuple[str, ...], bool]]]
    migrate: Callable[[sa.Engine], None]
    open: Callable[[Path], sa.Engine]


def open_encrypted(folder: Path) -> sa.Engine:
    """Return an engine over an encrypted store."""
    return engines.open_engine(folder / "store.db", KEY)


def open_relay(folder: Path) -> sa.Engine:
    """Return an engine over a relay's database, as the relay opens it."""
    return relay_store.open_engine(folder / relay_store.DATABASE)


STATION = Chain(
    "station",
    (*LEDGER, *station_schema.STATION_ONLY),
    {
        "entries": {"entry_number_once": (("register", "year", "number"), True)},
        "receipts": {"receipt_number_once": (("till", "year", "number"), True)},
    },
    stations.migrate_all,
    open_encrypted,
)
CENTRE = Chain(
    "centre",
    (*LEDGER, *centre_schema.CENTRE_ONLY),
    {
        "entries": {"entries_by_number": (("register", "year", "number"), False)},
        "receipts": {"receipts_by_number": (("till", "year", "number"), False)},
    },
    centre_store.migrate_all,
    open_encrypted,
)
RELAY = Chain("relay", (relay_store.envelopes, relay_store.admissions), {}, relay_store._migrate, open_relay)
CHAINS = [pytest.param(chain, id=chain.name) for chain in (STATION, CENTRE, RELAY)]


def described(engine: sa.Engine) -> dict[str, dict[str, Any]]:
    """Return what reflection finds of every table but the search index and alembic's own."""
    inspector = sa.inspect(engine)
    return {
        name: {
            "columns": {
                column["name"]: (affinity(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(name)
            },
            "order": [column["name"] for column in inspector.get_columns(name)],
            "key": inspector.get_pk_constraint(name)["constrained_columns"],
            "unique": sorted(tuple(one["column_names"]) for one in inspector.get_unique_constraints(name)),
            "indexes": {
                one["name"]: (tuple(one["column_names"]), bool(one["unique"])) for one in inspector.get_indexes(name)
            },
        }
        for name in inspector.get_table_names()
        if name not in VERSIONS and not name.startswith(station_schema.SEARCH_TABLE)
    }


def affinity(kind: sa.types.TypeEngine[Any]) -> str:
    """Return the name of SQLite's type for a column."""
    return str(kind.compile())


def wanted(chain: Chain) -> dict[str, dict[str, Any]]:
    """Return what the program's own tables look like, made straight from their description."""
    engine = engines.open_engine(None, None)
    chain.tables[0].metadata.create_all(engine, tables=list(chain.tables))
    found = described(engine)
    engine.dispose()
    for table, indexes in chain.own_indexes.items():
        found[table]["indexes"] |= indexes
    return found


@pytest.mark.parametrize("chain", CHAINS)
def test_migrations_make_exactly_the_tables_of_the_program(chain: Chain, tmp_path: Path) -> None:
    engine = chain.open(tmp_path)
    chain.migrate(engine)
    made = described(engine)
    engine.dispose()
    expected = wanted(chain)
    assert made.keys() == expected.keys()
    for name in expected:
        assert made[name] == expected[name], name


@pytest.mark.parametrize("chain", CHAINS)
def test_migrating_again_changes_nothing(chain: Chain, tmp_path: Path) -> None:
    engine = chain.open(tmp_path)
    chain.migrate(engine)
    once = whole_schema(engine)
    chain.migrate(engine)
    assert whole_schema(engine) == once
    engine.dispose()


def whole_schema(engine: sa.Engine) -> list[tuple[Any, ...]]:
    """Return SQLite's own list of everything in the database, with the schema versions."""
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM sqlite_master ORDER BY name, type")]
        versions = sorted(VERSIONS & set(sa.inspect(connection).get_table_names()))
        for name in versions:
            found += [(name, *row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]  # noqa: S608
    return found


@pytest.mark.parametrize("table", ["ledger_version", "store_version"])
def test_a_station_that_a_newer_program_wrote_is_refused_and_left_alone(town: Town, table: str) -> None:
    store = town.village.store
    grow_old(store.ledger.engine, table)
    before = whole_schema(store.ledger.engine)
    with pytest.raises(StoreTooNew):
        bootstrap.open_station(store.folder, "селска парола", store.world)
    assert whole_schema(store.ledger.engine) == before


@pytest.mark.parametrize("table", ["ledger_version", "centre_version"])
def test_a_centre_that_a_newer_program_wrote_is_refused_and_left_alone(town: Town, table: str) -> None:
    grow_old(town.centre.ledger.engine, table)
    before = whole_schema(town.centre.ledger.engine)
    with pytest.raises(StoreTooNew):
        centre_store.open_store(town.centre.folder, "селска парола", town.centre.world)
    assert whole_schema(town.centre.ledger.engine) == before


def test_a_relay_that_a_newer_program_wrote_is_refused(tmp_path: Path) -> None:
    engine = open_relay(tmp_path)
    grow_old(engine, "relay_version")
    engine.dispose()
    with pytest.raises(relay_store.StoreTooNew):
        open_relay(tmp_path)


def grow_old(engine: sa.Engine, table: str) -> None:
    """Make a store look as if a program of the future had written it."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET version_num = '9999'")  # noqa: S608 - a name of ours


# --- from every released schema up --------------------------------------------------------------------------------

ENTRIES = {"0001": 4, "0002": 4, "0003": 6}
"""Entries in the dumps of schemas whose programs knew no acts on a term."""

RELEASED = sorted({path.stem.partition("-")[2] for path in SCHEMAS.glob("*.sql")})


def test_the_first_schema_is_among_those_kept() -> None:
    assert "0001" in RELEASED
    for revision in RELEASED:
        assert {path.name for path in SCHEMAS.glob(f"*-{revision}.sql")} == {
            f"{name}-{revision}.sql" for name in ("station", "centre", "relay")
        }


def load(engine: sa.Engine, name: str, revision: str) -> None:
    """Put a kept store into an empty database."""
    raw = engine.raw_connection()
    raw.cursor().executescript((SCHEMAS / f"{name}-{revision}.sql").read_text("utf-8"))
    raw.close()


@pytest.mark.parametrize("revision", RELEASED)
def test_a_released_station_opens_with_all_that_it_held(revision: str, tmp_path: Path) -> None:
    folder = tmp_path / "station"
    folder.mkdir()
    engine = open_encrypted(folder)
    load(engine, "station", revision)
    before = counts(engine)
    stations.migrate_all(engine)
    assert described(engine) == wanted(STATION)
    randomness = CountedRandomness("migrated")
    world = stations.World(HandClock(), randomness, bootstrap.station_world().disk, signatures.sign, cost=CHEAP)
    with StationStore(folder, engine, 1, world) as store:
        assert bootstrap.verify_station_store(store) == []
        with store.ledger.reading() as connection:
            assert len(search.positions(connection, "чешма")) == 1
        after = counts(engine)
        assert {name: after[name] for name in before} == before
        assert after["entries"] == ENTRIES.get(revision, 8)


@pytest.mark.parametrize("revision", RELEASED)
def test_a_released_centre_opens_with_all_that_it_held(revision: str, tmp_path: Path) -> None:
    engine = open_encrypted(tmp_path)
    load(engine, "centre", revision)
    before = counts(engine)
    centre_store.migrate_all(engine)
    assert described(engine) == wanted(CENTRE)
    assert verify_ledger(Ledger(engine))[0] == []
    after = counts(engine)
    assert {name: after[name] for name in before} == before
    assert after["docflow_register"] > 0
    engine.dispose()


@pytest.mark.parametrize("revision", RELEASED)
def test_a_released_relay_opens_with_all_that_it_held(revision: str, tmp_path: Path) -> None:
    bare = sa.create_engine(f"sqlite:///{tmp_path / relay_store.DATABASE}", module=dbapi2)
    load(bare, "relay", revision)
    before = counts(bare)
    bare.dispose()
    engine = open_relay(tmp_path)
    assert described(engine) == wanted(RELAY)
    after = counts(engine)
    assert {name: after[name] for name in before} == before
    engine.dispose()
    assert after["envelopes"] > 0
    assert list(altered_envelopes(tmp_path)) == []


def counts(engine: sa.Engine) -> dict[str, int]:
    """Return how many rows each table holds, apart from alembic's and the search index's own."""
    with engine.connect() as connection:
        names = [
            name
            for name in sa.inspect(connection).get_table_names()
            if name not in VERSIONS and not name.startswith(station_schema.SEARCH_TABLE)
        ]
        return {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()  # noqa: S608
            for name in names
        }


# --- the journal is what counts ------------------------------------------------------------------------------------


@pytest.fixture
def first_station(tmp_path: Path) -> sa.Engine:
    """Give a station of the first schema."""
    engine = open_encrypted(tmp_path)
    load(engine, "station", "0001")
    return engine


def test_a_migration_cut_off_leaves_the_store_as_it_was_and_is_done_at_the_next_start(
    first_station: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, rows = whole_schema(first_station), counts(first_station)

    class PowerCutError(Exception):
        """The process ends."""

    def cut(_writing: Any, fact: Any, _place: Any) -> None:  # noqa: ANN401 - a listener
        if fact.kind == "ReceiptIssued":
            raise PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(stations, "SEARCH", migrations.Beside((search.index, cut), search.empty))
        with pytest.raises(PowerCutError):
            stations.migrate_all(first_station)
    assert (whole_schema(first_station), counts(first_station)) == (before, rows)
    stations.migrate_all(first_station)
    assert described(first_station) == wanted(STATION)
    assert verify_ledger(Ledger(first_station), (search.index,), search.create)[0] == []
    first_station.dispose()


def test_tables_that_an_older_program_left_wrong_are_right_after_a_migration(first_station: sa.Engine) -> None:
    with first_station.begin() as connection:
        connection.exec_driver_sql("UPDATE series SET last = last + 5")
        connection.exec_driver_sql("DELETE FROM findings")
    stations.migrate_all(first_station)
    assert verify_ledger(Ledger(first_station), (search.index,), search.create)[0] == []
    first_station.dispose()


def test_a_journal_that_cannot_be_read_is_told_and_nothing_is_changed(first_station: sa.Engine) -> None:
    with first_station.begin() as connection:
        connection.exec_driver_sql("UPDATE journal SET canonical = x'00' WHERE kind = 'ReceiptIssued'")
    before = whole_schema(first_station)
    with pytest.raises(StoreDamaged):
        stations.migrate_all(first_station)
    assert whole_schema(first_station) == before
    first_station.dispose()


def test_what_was_on_the_road_stays_there_without_a_time_that_nobody_wrote_down(first_station: sa.Engine) -> None:
    columns = "envelope, state, sealed_at, attempts"
    with first_station.connect() as connection:
        before = connection.exec_driver_sql(f"SELECT {columns} FROM outbox ORDER BY place").all()  # noqa: S608 - ours
    stations.migrate_all(first_station)
    with first_station.connect() as connection:
        assert connection.exec_driver_sql(f"SELECT {columns} FROM outbox ORDER BY place").all() == before  # noqa: S608
        assert {row[0] for row in connection.exec_driver_sql("SELECT changed_at FROM outbox")} == {None}
    assert before
    first_station.dispose()


def test_a_corrected_entry_and_an_answered_dispute_come_over_too(tmp_path: Path) -> None:
    engine = open_encrypted(tmp_path)
    load(engine, "station", "0002")
    stations.migrate_all(engine)
    with engine.connect() as connection:
        held = connection.exec_driver_sql(
            "SELECT standing, town, count(*) FROM entries GROUP BY 1, 2 ORDER BY 1, 2"
        ).all()
        known = connection.exec_driver_sql("SELECT count(*) FROM known_stations").scalar_one()
    assert ("corrected", "accepted", 1) in [tuple(row) for row in held]
    assert ("in_force", "answered", 1) in [tuple(row) for row in held]
    assert known == 2
    engine.dispose()


def test_an_up_to_date_store_opens_without_the_tools_of_migration(town: Town) -> None:
    """Loading them would cost a third of a start."""
    folder = town.village.store.folder
    town.village.store.tidy()
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from app import bootstrap\n"
        "from tests.town import CHEAP, PASSWORD\n"
        f"bootstrap.open_station(Path({str(folder)!r}), PASSWORD, bootstrap.station_world()).close()\n"
        "print('alembic' in sys.modules)\n"
    )
    root = Path(__file__).parents[2]
    words = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
