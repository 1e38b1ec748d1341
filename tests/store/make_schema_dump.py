"""Write what a release's stores look like, as SQL, so that every later program is tested up from it.

``python -m tests.store.make_schema_dump 0002`` plays a small history and writes the tables, rows and indexes of a
station, a centre and a relay to ``tests/store/schemas``. Run it once for a release; a dump is never made anew.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
import sqlalchemy as sa

from app.domain.entries import Particulars
from app.domain.facts import PaperSeen, Particular
from app.domain.terms import (
    AttachmentSource,
    DeliveryState,
    DeliveryWay,
    DisputeReason,
    Ending,
    Outcome,
    PaperState,
)
from app.ledger.verify import empty_ledger, replay
from app.services import attachments, book, endings, identifiers, proceedings, registration, results
from app.store import search
from app.store.schema import SEARCH_TABLE
from sync.central import decisions
from tests.town import TestVillage, Town

SCHEMAS = Path(__file__).parent / "schemas"
_INDEX_PARTS = f"{SEARCH_TABLE}_%"


def dump(engine: sa.Engine) -> Iterator[str]:
    """Return the statements that make a database again. The search index is filled anew, row by row."""
    with engine.connect() as connection:
        query = (
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE ? ORDER BY type = 'index', rowid"
        )
        objects = connection.exec_driver_sql(query, (_INDEX_PARTS,)).all()
        yield from (f"{sql};" for _, _, sql in objects)
        for kind, name, _ in objects:
            if kind == "table" and name != SEARCH_TABLE:
                for row in connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY 1'):  # noqa: S608
                    yield f"INSERT INTO {name} VALUES ({', '.join(map(_literal, row))});"  # noqa: S608
        if SEARCH_TABLE in {name for _, name, _ in objects}:
            for values in _indexed(connection):
                yield f"INSERT INTO {SEARCH_TABLE} (rowid, number, who, identifier, subject) VALUES ({values});"  # noqa: S608


def _indexed(connection: sa.Connection) -> list[str]:
    """Return the rows of the search index, as a replay puts them there; the index itself does not tell them."""
    rows: dict[int, str] = {}

    def note(statement: str, values: tuple[Any, ...]) -> None:
        if statement.startswith("INSERT INTO entry_search"):
            rows[values[0]] = ", ".join(map(_literal, values))

    with mock.patch.object(search, "_put", lambda _writing, statement, values: note(statement, values)):
        replay(connection, empty_ledger((search.index,)))
    return list(rows.values())


def _literal(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)


def live(town: Town) -> None:
    """Let a municipality live a little: one act of every kind, decided and undecided."""
    village = town.village
    first = village.register()
    receipt = village.pay(first.entry)
    village.void(receipt.receipt)
    village.pay(first.entry)
    signal = village.register(kind="signal", subject="Счупена чешма на площада", service=None, speed=None, sheets=0)
    doubled = village.register()
    village.annul(doubled.entry)
    _acts_on_terms(village)
    _cases(village)
    identifiers.show(village.store, first.entry, 0)
    village.close_day(-5, "Дребните не стигнаха")
    village.exchange()
    town.centre_exchange()
    decisions.dispute(town.centre, signal.entry, DisputeReason.IDENTITY_UNCLEAR, "Кой е подал сигнала?", 1)
    town.settle()
    registration.answer_dispute(village.store, signal.entry, "Подаден е анонимно")
    with village.store.ledger.reading() as connection:
        filing = msgspec.structs.replace(book.filing_of(connection, first.entry), sheets=2, sender_number="А-1")
    registration.correct(village.store, village.lists, first.entry, filing, "Пропуснат лист")
    village.register()
    village.exchange()


def _acts_on_terms(village: TestVillage) -> None:
    """Begin, extend, stop and restart terms."""
    store, lists, today = village.store, village.lists, village.town.clock.now().date()
    complex_service = village.register(kind="kao", service=None, speed=None)
    proceedings.start(store, lists, complex_service.entry, today)
    asked = village.register(kind="zayavlenie_akt", service=None, speed=None)
    proceedings.extend(store, lists, asked.entry, proceedings.Extending("consent", "Иска се съгласие", today))
    proceedings.notice_defects(store, lists, asked.entry, proceedings.Noticing(("подпис", "скица"), today))
    proceedings.repair(store, lists, asked.entry, today)


def _cases(village: TestVillage) -> None:
    """Note what a kind and a service ask for, attach, issue, deliver, annul, end, reopen."""
    store, today = village.store, village.town.clock.now().date()
    said = Particulars(
        before_closing=True,
        values=(Particular("act_number", "РД-09-12"),),
        papers=(PaperSeen("identity", PaperState.PRESENT),),
    )
    entry = village.register(kind="vazrazhenie", service=None, speed=None, particulars=said).entry
    sketch = village.town.folder / "скица.pdf"
    sketch.write_bytes(b"%PDF-1.7 a sketch")
    stored = attachments.store_file(store, entry, sketch)
    attachments.add(store, entry, stored, attachments.Adding(village.new_id(), 2, AttachmentSource.SCAN))
    one, other = (results.Issuing(village.new_id(), entry, Outcome.DOCUMENT, title) for title in ("Отговор", "Препис"))
    for issuing in (one, other):
        results.issue(store, issuing)
    results.annul(store, other.result, "Сбъркано име")
    way = DeliveryWay.POST
    results.deliver(store, results.Delivering(one.result, DeliveryState.SENT, way, today, "Еленка Бъчварова"))
    elsewhere = village.register(kind="signal", service=None, speed=None).entry
    endings.end(store, elsewhere, endings.EndingSaid(Ending.FORWARDED, "Община Струмяни"))
    endings.reopen(store, elsewhere, "Върнато като некомпетентно")
    endings.note(store, elsewhere, "Донесе скица")


def main(revision: str) -> None:
    """Write the three dumps of a revision."""
    SCHEMAS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Town(Path(folder), villages=2) as town:
        live(town)
        engines = {
            "station": town.village.store.ledger.engine,
            "centre": town.centre.ledger.engine,
            "relay": town.relay_store._engine,
        }
        for name, engine in engines.items():
            (SCHEMAS / f"{name}-{revision}.sql").write_text("\n".join(dump(engine)) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
