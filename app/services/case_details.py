"""What was added to an entry, issued on it, delivered, and how it ended (преписка): rows with their types."""

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain.numbering import written
from app.domain.terms import AttachmentSource, DeliveryState, DeliveryWay, Ending, Outcome, Standing
from app.ledger.prepared import Prepared
from app.ledger.tables import attachments, endings, results

_ATTACHMENTS = Prepared(
    sa.select(attachments).where(attachments.c.entry == sa.bindparam("entry")).order_by(attachments.c.position)
)
_RESULTS = Prepared(sa.select(results).where(results.c.entry == sa.bindparam("entry")).order_by(results.c.position))
_RESULT = Prepared(sa.select(results).where(results.c.result == sa.bindparam("result")))
_ENDING = Prepared(
    sa.select(endings).where(endings.c.entry == sa.bindparam("entry")).order_by(endings.c.position.desc()).limit(1)
)


class Attachment(NamedTuple):
    """Приложение: its id, the SHA-256 of its content, name, type, size in octets, and when it was added (UTC)."""

    attachment: bytes
    digest: bytes
    name: str
    media: str
    size: int
    sheets: int
    source: AttachmentSource
    added_at: int


class Delivery(NamedTuple):
    """Връчване: where a result is. ``on`` is the day on which it was handed over, sent, delivered or came back."""

    state: DeliveryState
    way: DeliveryWay
    on: date
    receiver: str
    identifier: str
    tracking: str
    note: str


class Result(NamedTuple):
    """Издаден резултат: ``told`` is its outgoing number, of our own series or of the paper book.

    ``delivery`` is the newest that is known, None while it lies here.
    """

    result: bytes
    entry: bytes
    told: str
    outcome: Outcome
    title: str
    reason: str
    copies: int
    sheets: int
    issued_on: date
    standing: Standing
    annulled_because: str
    delivery: Delivery | None

    @property
    def in_force(self) -> bool:
        """Whether it was not annulled."""
        return self.standing is Standing.IN_FORCE


class Ended(NamedTuple):
    """Приключване: why the office owes nothing more. What follows it is empty where a result ended the entry.

    ``told_on`` is the day on which the sender was told, ``on`` that of the act.
    """

    ending: Ending
    addressee: str = ""
    with_envelope: bool = False
    told_on: date | None = None
    reason: str = ""
    on: date | None = None


def attachments_of(connection: sa.Connection, entry: bytes) -> tuple[Attachment, ...]:
    """Return the attachments of an entry, in the order in which they were added."""
    return tuple(
        Attachment(
            bytes(row.attachment),
            bytes(row.digest),
            row.name,
            row.media,
            row.size,
            row.sheets,
            AttachmentSource(row.source),
            row.recorded_at,
        )
        for row in _ATTACHMENTS.all(connection, entry=entry)
    )


def results_of(connection: sa.Connection, entry: bytes) -> tuple[Result, ...]:
    """Return the results issued on an entry, annulled ones too, in order."""
    return tuple(_result(row) for row in _RESULTS.all(connection, entry=entry))


def result_of(connection: sa.Connection, result: bytes) -> Result | None:
    """Return a result by its id, None where there is none."""
    row = _RESULT.first(connection, result=result)
    return _result(row) if row is not None else None


def _result(row: Any) -> Result:  # noqa: ANN401 - a row of results
    issued = date.fromisoformat(row.office_date)
    return Result(
        result=bytes(row.result),
        entry=bytes(row.entry),
        told=written(row.register, row.number, issued) if row.number else row.book_number,
        outcome=Outcome(row.outcome),
        title=row.title,
        reason=row.reason,
        copies=row.copies,
        sheets=row.sheets,
        issued_on=issued,
        standing=Standing(row.standing),
        annulled_because=row.annulled_because or "",
        delivery=_delivery(row) if row.state else None,
    )


def _delivery(row: Any) -> Delivery:  # noqa: ANN401 - a row of results
    on = date.fromisoformat(row.moved_on)
    said = (row.receiver, row.identifier, row.tracking, row.note)
    return Delivery(DeliveryState(row.state), DeliveryWay(row.way), on, *said)


def ended(connection: sa.Connection, entry: bytes, code: str | None) -> Ended | None:
    """Return how an entry ended by the code in its row, None where the office still owes something."""
    if code is None:
        return None
    row = _ENDING.first(connection, entry=entry) if code != Ending.RESULTED else None
    if row is None:
        return Ended(Ending(code))
    told_on = date.fromisoformat(row.told_on) if row.told_on else None
    on = date.fromisoformat(row.office_date)
    return Ended(Ending(code), row.addressee, bool(row.with_envelope), told_on, row.reason, on)
