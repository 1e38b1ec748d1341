"""Drafts (чернови): what is typed, kept in the encrypted store until it is registered.

A form keeps its draft as octets of its own under an id: the GUID of what it will register or issue, or one made for it
where the act has none. The act that the form leads to forgets its draft in its own transaction.
"""

from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.entries import Filing
from app.ledger.prepared import Prepared
from app.store.schema import drafts
from app.store.station import StationStore

_FILING = "filing"
_FORGET = Prepared(sa.delete(drafts).where(drafts.c.draft == sa.bindparam("draft")))
_KEPT = Prepared(
    sa.select(drafts.c.draft, drafts.c.content)
    .where(drafts.c.kind == sa.bindparam("kind"))
    .order_by(drafts.c.saved_at.desc(), drafts.c.draft)
)


def keep(store: StationStore, draft: bytes, kind: str, content: bytes) -> None:
    """Keep a form's draft under an id; the one before is replaced. ``kind`` names the form.

    Raises:
        StoreUnavailable: it is not kept; the one before stands.

    """
    row: dict[str, Any] = {"kind": kind, "saved_at": int(store.world.clock.now().timestamp()), "content": content}
    with store.ledger.writing() as writing:
        forget(writing.connection, draft)
        writing.connection.execute(sa.insert(drafts).values(draft=draft, **row))
    store.world.milestone("after_draft")


def kept(store: StationStore, kind: str) -> list[tuple[bytes, bytes]]:
    """Return (id, content) of the drafts of a form, newest first."""
    with store.ledger.reading() as connection:
        return [(bytes(row.draft), bytes(row.content)) for row in _KEPT.all(connection, kind=kind)]


def discard(store: StationStore, draft: bytes) -> None:
    """Drop a draft that the clerk gave up."""
    with store.ledger.writing() as writing:
        forget(writing.connection, draft)


def forget(connection: sa.Connection, draft: bytes) -> None:
    """Drop a draft, in the transaction that registers it."""
    _FORGET.run(connection, draft=draft)


def forget_one(connection: sa.Connection, draft: bytes | None) -> None:
    """Drop the draft of an act that may have none."""
    if draft is not None:
        forget(connection, draft)


def save(store: StationStore, filing: Filing) -> None:
    """Keep a half-typed filing under its GUID; the one before is replaced."""
    keep(store, filing.entry, _FILING, msgspec.msgpack.encode(filing))


def waiting(store: StationStore) -> list[Filing]:
    """Return the filings typed and not registered, oldest first."""
    return [msgspec.msgpack.decode(content, type=Filing) for _, content in reversed(kept(store, _FILING))]
