"""Drafts (чернови): what is typed, kept in the encrypted store until it is registered."""

from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.entries import Filing
from app.ledger.prepared import Prepared
from app.store.schema import drafts
from app.store.station import StationStore

_FILING = "filing"
_FORGET = Prepared(sa.delete(drafts).where(drafts.c.draft == sa.bindparam("draft")))


def save(store: StationStore, filing: Filing) -> None:
    """Keep a half-typed filing under its GUID; the one before is replaced."""
    row: dict[str, Any] = {
        "kind": _FILING,
        "saved_at": int(store.world.clock.now().timestamp()),
        "content": msgspec.msgpack.encode(filing),
    }
    with store.ledger.writing() as writing:
        forget(writing.connection, filing.entry)
        writing.connection.execute(sa.insert(drafts).values(draft=filing.entry, **row))
    store.world.milestone("after_draft")


def forget(connection: sa.Connection, draft: bytes) -> None:
    """Drop a draft, in the transaction that registers it."""
    _FORGET.run(connection, draft=draft)


def waiting(store: StationStore) -> list[Filing]:
    """Return the filings typed and not registered, oldest first."""
    query = sa.select(drafts.c.content).where(drafts.c.kind == _FILING).order_by(drafts.c.saved_at)
    with store.ledger.reading() as connection:
        return [msgspec.msgpack.decode(row[0], type=Filing) for row in connection.execute(query)]
