"""``tefter verify`` finds whatever somebody with the database key does to a store, and nothing in honest ones."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from app import bootstrap, cli
from app.domain.terms import AttachmentSource, VerifyCode
from app.ledger.journal import Ledger
from app.ledger.tables import REPLAYED
from app.ledger.verify import Discovery, verify_ledger
from app.services import attachments
from app.services.attachments import Adding
from app.store import head_slot
from app.store.station import StationStore
from sync.central.schema import docflow_register
from sync.central.store import CentreStore
from sync.central.verify import verify_centre
from tests.properties.attacks import (
    another,
    copied_centre,
    copied_station,
    cut_last_entry,
    of_another_kind,
    rewrite_last_entry,
    run,
    take_centre,
    take_station,
)
from tests.store.make_schema_dump import live
from tests.town import PASSWORD, Town

FLIPS = int(os.environ.get("TEFTER_FLIPS", "40"))
"""How many single bits of a database are turned."""

TABLES = [pytest.param(table, id=table.name) for table in REPLAYED]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A municipality after some life; attacks are made on copies of its stores."""
    with Town(tmp_path_factory.mktemp("lived")) as town:
        live(town)
        _attach(town)
        yield town


def _attach(town: Town) -> None:
    """Let an entry have a file, and the town hear of it; of the entry after it the town has heard nothing yet."""
    village = town.village
    scan = town.folder / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 one sheet")
    entry = village.register().entry
    stored = attachments.store_file(village.store, entry, scan)
    attachments.add(village.store, entry, stored, Adding(village.new_id(), 1, AttachmentSource.SCAN))
    town.settle()
    village.register()


@pytest.fixture
def station(lived: Town, tmp_path: Path) -> Iterator[StationStore]:
    """A copy of the station, open."""
    with copied_station(lived.village, tmp_path / "station") as store:
        yield store


@pytest.fixture
def centre(lived: Town, tmp_path: Path) -> Iterator[CentreStore]:
    """A copy of the centre, open."""
    with copied_centre(lived, tmp_path / "centre") as store:
        yield store


def codes(found: list[Discovery]) -> set[VerifyCode]:
    """Return the codes of what was found."""
    return {one.code for one in found}


def of_station(store: StationStore) -> set[VerifyCode]:
    """Return the codes of what is wrong with a station."""
    return codes(bootstrap.verify_station_store(store))


def test_honest_stores_have_no_finding(station: StationStore, centre: CentreStore, lived: Town) -> None:
    assert bootstrap.verify_station_store(station) == []
    assert verify_centre(centre) == []
    assert cli.main(["verify", str(lived.folder / "relay")]) == 0


# --- rows ---------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["station", "centre"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """The ledger of either side."""
    store = request.getfixturevalue(request.param)
    assert isinstance(store, StationStore | CentreStore)
    return store.ledger


def one_row(ledger: Ledger, table: sa.Table) -> dict[str, Any]:
    """Return the last row of a table; an attack needs one."""
    with ledger.reading() as connection:
        row = connection.execute(sa.select(table).order_by(*(one.desc() for one in table.primary_key))).first()
    assert row is not None, f"{table.name} is empty in the lived town"
    return dict(row._mapping)


def where_row(table: sa.Table, row: dict[str, Any]) -> sa.ColumnElement[bool]:
    """Return the condition that a row's key makes."""
    return sa.and_(*(column == row[column.name] for column in table.primary_key))


@pytest.mark.parametrize("table", TABLES)
def test_a_deleted_row_is_found(ledger: Ledger, table: sa.Table) -> None:
    row = one_row(ledger, table)
    with ledger.engine.begin() as connection:
        connection.execute(sa.delete(table).where(where_row(table, row)))
    expected = VerifyCode.HEAD_DIFFERS if table.name == "journal" else VerifyCode.ROW_MISSING
    assert expected in codes(verify_ledger(ledger)[0])


@pytest.mark.parametrize("table", TABLES)
def test_an_added_row_is_found(ledger: Ledger, table: sa.Table) -> None:
    row = one_row(ledger, table)
    once = {column.name for column in table.primary_key}
    once |= {column.name for one in table.constraints if isinstance(one, sa.UniqueConstraint) for column in one.columns}
    once |= {"number"} & row.keys()
    added = {name: another(value) if name in once else value for name, value in row.items()}
    with ledger.engine.begin() as connection:
        connection.execute(sa.insert(table).values(added))
    expected = VerifyCode.CHAIN_BROKEN if table.name == "journal" else VerifyCode.ROW_EXTRA
    assert expected in codes(verify_ledger(ledger)[0])


@pytest.mark.parametrize("table", TABLES)
def test_every_altered_column_is_found(ledger: Ledger, table: sa.Table) -> None:
    row = one_row(ledger, table)
    for column in table.columns:
        value = row[column.name]
        changed = {column.name: another(value) if value is not None else another(_some(column))}
        alter(ledger, table, row, changed)
        found = codes(verify_ledger(ledger)[0])
        key = {VerifyCode.ROW_MISSING, VerifyCode.ROW_EXTRA, VerifyCode.SEQUENCE_HOLE}
        assert found & (key if column.primary_key else {VerifyCode.ROW_DIFFERS, VerifyCode.CHAIN_BROKEN}), column
        alter(ledger, table, row | changed, {column.name: value})
    assert verify_ledger(ledger)[0] == []


@pytest.mark.parametrize("table", TABLES)
def test_a_value_of_another_kind_is_found_and_stops_nothing(ledger: Ledger, table: sa.Table) -> None:
    row = one_row(ledger, table)
    for column in table.columns:
        if column.primary_key and isinstance(column.type, sa.Integer) and len(table.primary_key) == 1:
            continue  # the row's own id: SQLite itself refuses anything but a number
        value = row[column.name]
        changed = {column.name: of_another_kind(value if value is not None else _some(column))}
        alter(ledger, table, row, changed)
        assert VerifyCode.ROW_DIFFERS in codes(verify_ledger(ledger)[0]), column
        alter(ledger, table, row | changed, {column.name: value})


def _some(column: sa.Column[Any]) -> Any:  # noqa: ANN401 - a value of the column's kind
    if isinstance(column.type, sa.LargeBinary):
        return b"\0" * 16
    return 1 if isinstance(column.type, sa.Integer) else "х"


def alter(ledger: Ledger, table: sa.Table, row: dict[str, Any], changed: dict[str, Any]) -> None:
    """Alter columns of one row, past everything that SQLAlchemy knows of them."""
    places = ", ".join(f'"{name}" = ?' for name in changed)
    keys = [column.name for column in table.primary_key]
    condition = " AND ".join(f'"{name}" = ?' for name in keys)
    values = (*changed.values(), *(row[name] for name in keys))
    with ledger.engine.begin() as connection:
        result = connection.exec_driver_sql(f'UPDATE "{table.name}" SET {places} WHERE {condition}', values)  # noqa: S608
        assert result.rowcount == 1


def test_an_emptied_table_is_found(ledger: Ledger) -> None:
    run(ledger, "DELETE FROM receipts")
    assert VerifyCode.ROW_MISSING in codes(verify_ledger(ledger)[0])


def test_a_dropped_table_is_found(ledger: Ledger) -> None:
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE receipts")
    assert codes(verify_ledger(ledger)[0]) == {VerifyCode.STORE_UNREADABLE}


# --- the chain ----------------------------------------------------------------------------------------------------

LAST = "(SELECT max(position) FROM journal)"
MIDDLE = "(SELECT position FROM journal WHERE kind = 'ReceiptIssued' ORDER BY position LIMIT 1)"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        pytest.param(
            "UPDATE journal SET canonical = CAST(substr(canonical, 1, 60) || x'00' || substr(canonical, 62) AS BLOB)"
            " WHERE position = {MIDDLE}",
            VerifyCode.CHAIN_BROKEN,
            id="canonical bytes altered",
        ),
        pytest.param(
            "UPDATE journal SET canonical = x'c1' WHERE position = {LAST}",
            VerifyCode.FACT_UNREADABLE,
            id="no fact any more",
        ),
        pytest.param(
            "UPDATE journal SET digest = zeroblob(32) WHERE position = {MIDDLE}",
            VerifyCode.CHAIN_BROKEN,
            id="digest altered",
        ),
        pytest.param(
            "UPDATE journal SET kind = 'DayClosed' WHERE position = {MIDDLE}",
            VerifyCode.NOT_CANONICAL,
            id="kind altered",
        ),
        pytest.param("DELETE FROM journal WHERE position = {LAST}", VerifyCode.HEAD_DIFFERS, id="last fact deleted"),
        pytest.param(
            "DELETE FROM journal WHERE position = {MIDDLE}", VerifyCode.SEQUENCE_HOLE, id="middle fact deleted"
        ),
        pytest.param(
            "UPDATE journal SET sequence = sequence + 1000 WHERE position = {LAST}",
            VerifyCode.SEQUENCE_HOLE,
            id="fact renumbered",
        ),
        pytest.param(
            "UPDATE streams SET digest = zeroblob(32) WHERE author = 'village'",
            VerifyCode.HEAD_DIFFERS,
            id="head altered",
        ),
        pytest.param(
            "UPDATE entries SET number = number + 700 WHERE number = 3", VerifyCode.ROW_DIFFERS, id="entry renumbered"
        ),
        pytest.param(
            "DELETE FROM journal WHERE stream IN (SELECT stream FROM streams WHERE author = 'centre')",
            VerifyCode.ANSWER_MISSING,
            id="answers deleted",
        ),
    ],
)
def test_an_attack_on_the_chain_is_found(station: StationStore, statement: str, expected: VerifyCode) -> None:
    run(station.ledger, statement.format(LAST=LAST, MIDDLE=MIDDLE))
    assert expected in of_station(station)


def test_a_consistent_rewriting_without_the_signing_key_is_told_by_the_head_slot(station: StationStore) -> None:
    rewrite_last_entry(station, "Удостоверение за наследници")
    assert of_station(station) == {VerifyCode.HEAD_SIGNATURE_BAD}


def test_a_consistent_rewriting_of_what_is_acknowledged_is_told_by_the_acknowledgement(
    lived: Town, tmp_path: Path
) -> None:
    lived.settle()
    with copied_station(lived.village, tmp_path / "station") as store:
        rewrite_last_entry(store, "Удостоверение за наследници")
        head_slot.place(store.folder).unlink()
        assert of_station(store) == {VerifyCode.BEHIND_ACKNOWLEDGED}


def test_a_tail_cut_off_without_a_trace_is_told_by_the_head_slot(town: Town, tmp_path: Path) -> None:
    town.village.register()
    town.village.register()
    with copied_station(town.village, tmp_path / "station") as store:
        cut_last_entry(store)
        assert verify_ledger(store.ledger)[0] == []
        assert of_station(store) == {VerifyCode.HEAD_BEHIND_SLOT}


def test_a_head_slot_that_another_key_signed_is_found(station: StationStore) -> None:
    place = head_slot.place(station.folder)
    octets = bytearray(place.read_bytes())
    octets[-1] ^= 1
    place.write_bytes(octets)
    assert of_station(station) == {VerifyCode.HEAD_SIGNATURE_BAD}


# --- rolled back --------------------------------------------------------------------------------------------------


def test_an_older_copy_of_the_folder_is_told_by_the_head_slot_beside_it(town: Town, tmp_path: Path) -> None:
    town.village.register()
    take_station(town.village, tmp_path / "old")
    town.village.register()
    shutil.copy(head_slot.place(town.village.store.folder), head_slot.place(tmp_path / "old"))
    with bootstrap.open_station(tmp_path / "old", PASSWORD, town.village.store.world) as store:
        assert of_station(store) == {VerifyCode.HEAD_BEHIND_SLOT}


def test_an_older_copy_with_its_slot_is_told_by_a_later_acknowledgement(town: Town, tmp_path: Path) -> None:
    town.village.register()
    take_station(town.village, tmp_path / "old")
    town.village.register()
    town.settle()
    with town.village.store.ledger.reading() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM acknowledgements").all()
    with bootstrap.open_station(tmp_path / "old", PASSWORD, town.village.store.world) as store:
        assert of_station(store) == set()
        with store.ledger.engine.begin() as connection:
            for row in kept:
                connection.exec_driver_sql("INSERT INTO acknowledgements VALUES (?, ?, ?, ?, ?, ?)", tuple(row))
        assert of_station(store) == {VerifyCode.BEHIND_ACKNOWLEDGED}


def test_a_slot_behind_the_store_as_after_a_crash_is_no_finding(town: Town, tmp_path: Path) -> None:
    town.village.register()
    place = head_slot.place(town.village.store.folder)
    before = place.read_bytes()
    town.village.register()
    place.write_bytes(before)
    assert of_station(town.village.store) == set()
    place.write_bytes(before[:70])
    assert of_station(town.village.store) == set(), "torn by a power cut, the slot says nothing"
    place.unlink()
    assert of_station(town.village.store) == set()
    assert tmp_path.is_dir()


# --- beside the ledger --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("INSERT INTO entry_search (entry_search) VALUES ('delete-all')", id="emptied"),
        pytest.param("DELETE FROM entry_search WHERE rowid = (SELECT max(position) FROM entries)", id="one left out"),
        pytest.param(
            "INSERT INTO entry_search (rowid, number, who, identifier, subject) VALUES (99999, '1', 'иван', '', '')",
            id="one too many",
        ),
        pytest.param("DELETE FROM entry_search_data WHERE id > 10", id="torn inside"),
        pytest.param("DROP TABLE entry_search", id="dropped"),
    ],
)
def test_a_damaged_search_index_is_found(station: StationStore, statement: str) -> None:
    with station.ledger.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    found = of_station(station)
    assert VerifyCode.SEARCH_DIFFERS in found
    assert found <= {VerifyCode.SEARCH_DIFFERS, VerifyCode.PAGE_DAMAGED}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE acknowledgements SET signature = zeroblob(64) WHERE number = 1",
        "UPDATE acknowledgements SET digest = zeroblob(32) WHERE number = 1",
        "UPDATE acknowledgements SET sequence = sequence + 1 WHERE number = 1",
        "UPDATE acknowledgements SET kind = 'durable' WHERE number = 1",
        "UPDATE acknowledgements SET kind = 'other' WHERE number = 1",
        "UPDATE acknowledgements SET number = 77 WHERE number = 1",
        "UPDATE acknowledgements SET signature = 'думи' WHERE number = 1",
    ],
)
def test_an_altered_acknowledgement_is_found_on_both_sides(
    station: StationStore, centre: CentreStore, statement: str
) -> None:
    for ledger in (station.ledger, centre.ledger):
        run(ledger, statement)
    assert of_station(station) == {VerifyCode.ACKNOWLEDGEMENT_BAD}
    assert codes(verify_centre(centre)) == {VerifyCode.ACKNOWLEDGEMENT_BAD}


def test_an_older_altered_acknowledgement_is_found_beside_a_genuine_newer_one(town: Town) -> None:
    for _ in range(2):
        town.village.register()
        town.settle()
    run(town.village.store.ledger, "UPDATE acknowledgements SET signature = zeroblob(64) WHERE number = 1")
    assert of_station(town.village.store) == {VerifyCode.ACKNOWLEDGEMENT_BAD}


@pytest.mark.parametrize("column", [column.name for column in docflow_register.columns])
def test_every_altered_column_of_the_docflow_register_is_found(centre: CentreStore, column: str) -> None:
    row = one_row(centre.ledger, docflow_register)
    value = row[column]
    changed = "2026-01-01" if column == "registered_on" else another(value if value is not None else "х")
    alter(centre.ledger, docflow_register, row, {column: changed})
    assert codes(verify_centre(centre)) == {VerifyCode.DOCFLOW_DIFFERS}


def test_a_row_of_the_docflow_register_deleted_or_added_is_found(centre: CentreStore) -> None:
    row = one_row(centre.ledger, docflow_register)
    run(centre.ledger, f"DELETE FROM docflow_register WHERE number = {row['number']}")  # noqa: S608
    assert codes(verify_centre(centre)) == {VerifyCode.DOCFLOW_DIFFERS}
    added = row | {"entry": another(row["entry"])}
    with centre.ledger.engine.begin() as connection:
        connection.execute(sa.insert(docflow_register).values(added))
    assert codes(verify_centre(centre)) == {VerifyCode.DOCFLOW_DIFFERS}


def test_a_withdrawal_that_was_undone_in_the_docflow_register_is_found(town: Town) -> None:
    entry = town.village.register(kind="signal", service=None, speed=None).entry
    town.settle()
    town.village.annul(entry)
    town.settle()
    assert verify_centre(town.centre) == []
    run(town.centre.ledger, "UPDATE docflow_register SET withdrawn_because = NULL")
    assert codes(verify_centre(town.centre)) == {VerifyCode.DOCFLOW_DIFFERS}


# --- as the command tells it --------------------------------------------------------------------------------------


def verified(place: Path, capsys: pytest.CaptureFixture[str], password: str = PASSWORD) -> tuple[int, dict[str, Any]]:
    """Run ``tefter verify --json``; return its exit code and what it printed."""
    file = place.parent / "password"
    file.write_text(password + "\n", "utf-8")
    capsys.readouterr()
    code = cli.main(["verify", "--json", "--password-file", str(file), str(place)])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else {}


Copy = Callable[[Town, Path], None]


def copy_station(town: Town, folder: Path) -> None:
    """Copy the first village's station."""
    take_station(town.village, folder)


@pytest.mark.parametrize(("kind", "copy"), [("station", copy_station), ("centre", take_centre)])
def test_verify_answers_0_for_a_clean_store_and_1_with_numbered_findings(
    lived: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, copy: Copy
) -> None:
    place = tmp_path / "store"
    copy(lived, place)
    assert verified(place, capsys) == (0, {"store": "store", "kind": kind, "clean": True, "findings": []})
    if kind == "station":
        with bootstrap.open_station(place, PASSWORD, lived.village.store.world) as store:
            run(store.ledger, "UPDATE entries SET subject = 'друго' WHERE number = 1")
    else:
        (place / "centre.db").write_bytes((place / "centre.db").read_bytes()[:-3000])
    code, told = verified(place, capsys)
    assert (code, told["clean"]) == (1, False)
    assert [one["number"] for one in told["findings"]] == list(range(1, len(told["findings"]) + 1))
    assert all(one["code"] in set(VerifyCode) and one["what"] and one["where"] for one in told["findings"])


def test_verify_answers_2_where_it_cannot_verify(
    lived: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified(tmp_path / "nowhere", capsys) == (2, {})
    take_station(lived.village, tmp_path / "station")
    assert verified(tmp_path / "station", capsys, "не тази парола") == (2, {})
    assert verified(tmp_path / "station", capsys)[0] == 0


def test_an_altered_envelope_at_the_relay_is_found(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town.village.register()
    town.village.exchange()
    place = tmp_path / "relay"
    assert verified(place, capsys)[0] == 0
    with town.relay_store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE envelopes SET sealed = CAST(substr(sealed, 1, 200) || zeroblob(4) AS BLOB)")
    code, told = verified(place, capsys)
    assert (code, {one["code"] for one in told["findings"]}) == (1, {VerifyCode.ENVELOPE_ALTERED})


def test_an_envelope_of_another_kind_at_the_relay_is_found(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town.village.register()
    town.village.exchange()
    with town.relay_store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE envelopes SET sealed = 'думи', envelope = CAST(envelope AS TEXT)")
    code, told = verified(tmp_path / "relay", capsys)
    assert (code, {one["code"] for one in told["findings"]}) == (1, {VerifyCode.ENVELOPE_ALTERED})


def test_a_torn_database_of_a_relay_is_told_as_unreadable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "relay"
    place.mkdir()
    (place / "relay.db").write_bytes(b"no database" * 1_000)
    code, told = verified(place, capsys)
    assert (code, [one["code"] for one in told["findings"]]) == (1, [VerifyCode.STORE_UNREADABLE])


@pytest.mark.parametrize("name", ["station", "centre"])
def test_every_turned_bit_of_a_database_is_found(
    lived: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    place = tmp_path / name
    (copy_station if name == "station" else take_centre)(lived, place)
    database = place / ("store.db" if name == "station" else "centre.db")
    honest = database.read_bytes()
    random = Random(name)  # noqa: S311 - which bits
    for at in [0, 15, 16, len(honest) - 1, *(random.randrange(len(honest)) for _ in range(FLIPS))]:
        turned = bytearray(honest)
        turned[at] ^= 1 << random.randrange(8)
        database.write_bytes(turned)
        for rest in ("-wal", "-shm"):
            database.with_name(database.name + rest).unlink(missing_ok=True)
        code, told = verified(place, capsys)
        assert code == 1, at
        found = {one["code"] for one in told["findings"]}
        assert found & {VerifyCode.STORE_UNREADABLE, VerifyCode.PAGE_DAMAGED}, at


def test_a_store_without_its_identity_is_told_as_damaged(
    lived: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with copied_station(lived.village, tmp_path / "station") as store:
        run(store.ledger, "UPDATE secrets SET content = x'00' WHERE name = 'identity'")
    code, told = verified(tmp_path / "station", capsys)
    assert (code, [one["code"] for one in told["findings"]]) == (1, [VerifyCode.STORE_UNREADABLE])


def test_a_store_whose_signing_key_was_exchanged_is_found(lived: Town, tmp_path: Path) -> None:
    with copied_station(lived.village, tmp_path / "station") as store, store.ledger.engine.begin() as connection:
        octets = connection.exec_driver_sql("SELECT content FROM secrets WHERE name = 'identity'").scalar_one()
        turned = octets.replace(store.identity.signing_key, bytes(32))
        connection.exec_driver_sql("UPDATE secrets SET content = ? WHERE name = 'identity'", (turned,))
    with bootstrap.open_station(tmp_path / "station", PASSWORD, lived.village.store.world) as store:
        assert of_station(store) == {VerifyCode.HEAD_SIGNATURE_BAD}
