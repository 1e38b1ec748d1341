"""Rows of the registers as lists show them (редове): plain values, read by statements that are compiled once."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain.numbering import written
from app.domain.terms import DisputeReason, ReceiptKind, Speed, Standing, TownState
from app.ledger import post
from app.ledger.tables import entries, entry_correspondents, receipt_lines, receipts


class EntryRow(NamedTuple):
    """An entry in a list. ``who`` is its first correspondent, empty for an anonymous one; amounts are minor units.

    ``paid_cents`` is what receipts in force took for it, ``findings`` how many checks noticed something.
    """

    position: int
    entry: bytes
    register: int
    number: int
    year: int
    recorded_at: int
    office_date: date
    who: str
    subject: str
    kind: str
    service: int | None
    speed: Speed | None
    due_on: date | None
    standing: Standing
    town: TownState
    acknowledged: bool
    fee_cents: int | None
    paid_cents: int
    findings: int
    central_number: str
    dispute_reason: DisputeReason | None

    @property
    def told(self) -> str:
        """The number as told and printed, ``17-000042/20.11.2026``."""
        return written(self.register, self.number, self.office_date)


class ReceiptRow(NamedTuple):
    """A cash document in a list; a storno's ``cents`` are negative and ``voids`` names its receipt."""

    position: int
    receipt: bytes
    till: int
    year: int
    number: int
    kind: ReceiptKind
    recorded_at: int
    office_date: date
    day: date
    payer: str
    cents: int
    currency: str
    standing: Standing
    voids: bytes | None
    reason: str
    acknowledged: bool

    @property
    def told(self) -> str:
        """The number as told and printed."""
        return written(self.till, self.number, self.office_date)


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


def entry_row(row: Any, known: Acknowledged) -> EntryRow:  # noqa: ANN401 - a row of ENTRY_COLUMNS, and more behind it
    """Return one row of ``ENTRY_COLUMNS`` with its types."""
    return EntryRow(
        row.position,
        row.entry,
        row.register,
        row.number,
        row.year,
        row.recorded_at,
        date.fromisoformat(row.office_date),
        row.who or "",
        row.subject,
        row.kind,
        row.service,
        Speed(row.speed) if row.speed else None,
        date.fromisoformat(row.due_on) if row.due_on else None,
        Standing(row.standing),
        TownState(row.town),
        row.sequence <= known.through(bytes(row.stream)),
        row.fee_cents,
        row.paid_cents,
        row.noticed,
        row.central_number,
        DisputeReason(row.dispute_reason) if row.dispute_reason else None,
    )


def receipt_rows(connection: sa.Connection, rows: Iterable[Any]) -> list[ReceiptRow]:
    """Return rows of ``RECEIPT_COLUMNS`` with their types."""
    known = Acknowledged(connection)
    return [receipt_row(row, known) for row in rows]


def receipt_row(row: Any, known: Acknowledged) -> ReceiptRow:  # noqa: ANN401 - a row of RECEIPT_COLUMNS, and more
    """Return one row of ``RECEIPT_COLUMNS`` with its types."""
    return ReceiptRow(
        row.position,
        row.receipt,
        row.till,
        row.year,
        row.number,
        ReceiptKind(row.kind),
        row.recorded_at,
        date.fromisoformat(row.office_date),
        date.fromisoformat(row.day),
        row.payer,
        row.cents,
        row.currency,
        Standing(row.standing),
        row.voids,
        row.reason or "",
        row.sequence <= known.through(bytes(row.stream)),
    )
