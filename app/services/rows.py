"""Rows of the registers as lists show them (редове): read by statements that are compiled once."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from app.ledger import post
from app.ledger.tables import entries, entry_correspondents, receipt_lines, receipts
from app.services.list_rows import EntryRow, ReceiptRow, entry_row, receipt_row

__all__ = [
    "ENTRY_COLUMNS",
    "PAID",
    "RECEIPT_COLUMNS",
    "Acknowledged",
    "EntryRow",
    "ReceiptRow",
    "entry_row",
    "entry_rows",
    "receipt_row",
    "receipt_rows",
]

_WHO = (
    sa.select(entry_correspondents.c.name)
    .where(entry_correspondents.c.position == entries.c.content_at, entry_correspondents.c.place == 0)
    .correlate(entries)
    .scalar_subquery()
    .label("who")
)
PAID = (
    sa.select(sa.func.coalesce(sa.func.sum(receipt_lines.c.cents), 0))
    .select_from(receipt_lines.join(receipts, receipts.c.position == receipt_lines.c.position))
    .where(receipt_lines.c.entry == entries.c.entry, receipts.c.standing == sa.literal_column("'in_force'"))
    .correlate(entries)
    .scalar_subquery()
    .label("paid_cents")
)
ENTRY_COLUMNS: tuple[Any, ...] = (
    *(entries.c.position, entries.c.entry, entries.c.register, entries.c.number, entries.c.year),
    *(entries.c.recorded_at, entries.c.office_date, _WHO, entries.c.subject, entries.c.kind, entries.c.service),
    *(
        entries.c.speed,
        entries.c.due_on,
        entries.c.standing,
        entries.c.town,
        entries.c.fee_cents,
        PAID,
        entries.c.noticed,
    ),
    *(entries.c.central_number, entries.c.dispute_reason, entries.c.stream, entries.c.sequence),
    *(entries.c.stopped, entries.c.ended),
)
RECEIPT_COLUMNS: tuple[Any, ...] = (
    *(receipts.c.position, receipts.c.receipt, receipts.c.till, receipts.c.year, receipts.c.number),
    *(receipts.c.kind, receipts.c.recorded_at, receipts.c.office_date, receipts.c.day, receipts.c.payer),
    *(receipts.c.cents, receipts.c.currency, receipts.c.standing, receipts.c.voids, receipts.c.reason),
    *(receipts.c.stream, receipts.c.sequence),
)


class Acknowledged:
    """Up to which fact each stream is acknowledged, asked once for each stream."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._through: dict[bytes, int] = {}

    def through(self, stream: bytes) -> int:
        """Return the last sequence of a stream that the other side acknowledged."""
        if stream not in self._through:
            newest = post.newest_acknowledgement(self._connection, stream)
            self._through[stream] = newest.sequence if newest else 0
        return self._through[stream]


def entry_rows(connection: sa.Connection, rows: Iterable[Any]) -> list[EntryRow]:
    """Return rows of ``ENTRY_COLUMNS`` with their types."""
    known = Acknowledged(connection)
    return [entry_row(row, known) for row in rows]


def receipt_rows(connection: sa.Connection, rows: Iterable[Any]) -> list[ReceiptRow]:
    """Return rows of ``RECEIPT_COLUMNS`` with their types."""
    known = Acknowledged(connection)
    return [receipt_row(row, known) for row in rows]
