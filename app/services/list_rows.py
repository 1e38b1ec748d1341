"""What lists show of entries and receipts (редове на списъка): plain values, whoever asked the tables for them."""

from datetime import date
from typing import Any, NamedTuple, Protocol

from app.domain.numbering import written
from app.domain.terms import DisputeReason, Ending, ReceiptKind, Speed, Standing, TownState


class EntryRow(NamedTuple):
    """An entry in a list. ``who`` is its first correspondent, empty for an anonymous one; amounts are minor units.

    ``paid_cents`` is what receipts in force took for it, ``findings`` how many checks noticed something. ``stopped``:
    a notice of defects stopped its term, and the applicant mends what is wanting until ``mend_by`` (none while the
    notice did not reach him). ``ended`` says why the office owes nothing more, none while it does.
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
    stopped: bool = False
    mend_by: date | None = None
    ended: Ending | None = None

    def is_late(self, today: date) -> bool:
        """Return whether the office owes something since a day that has passed (``View.LATE``)."""
        in_force = self.standing is not Standing.ANNULLED and self.ended is None
        return in_force and self.town is not TownState.ACCEPTED and self.due_on is not None and self.due_on < today

    def is_not_mended(self, today: date) -> bool:
        """Return whether the time passed that a notice of defects gave (АПК чл. 30, ал. 2)."""
        in_force = self.standing is not Standing.ANNULLED and self.ended is None
        return in_force and self.mend_by is not None and self.mend_by < today

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


class Known(Protocol):
    """Knows up to which fact each stream is acknowledged."""

    def through(self, stream: bytes) -> int:
        """Return the last sequence of a stream that the other side acknowledged, 0 where there is none."""


def entry_row(row: Any, known: Known) -> EntryRow:  # noqa: ANN401 - a row of ENTRY_COLUMNS, and maybe more
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
        row.stopped is not None,
        date.fromisoformat(row.stopped) if row.stopped else None,
        Ending(row.ended) if row.ended else None,
    )


def receipt_row(row: Any, known: Known) -> ReceiptRow:  # noqa: ANN401 - a row of RECEIPT_COLUMNS, and maybe more
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
