"""A till as it stands (каса): what is owed, what lies in it, what a storno or a close would do. Reading only.

The functions take an open connection of a store; the verbs of ``cash_desk`` ask them inside their transactions.
"""

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain import cash
from app.domain.errors import AlreadyVoided, DayIsClosed, NoOpenDay, UnknownEntry, UnknownReceipt, UnknownRegister
from app.domain.numbering import Series, SeriesKind, next_number, written
from app.domain.terms import IN_FORCE_STANDINGS, DayState, ReceiptKind, Speed, Standing
from app.ledger.prepared import Prepared
from app.ledger.tables import entries, receipt_lines, receipts, till_days, tills
from app.ledger.timeline import number_of
from app.services.book_rules import last_number
from app.services.rows import PAID, RECEIPT_COLUMNS, ReceiptRow, receipt_rows

_TILL = Prepared(sa.select(tills).where(tills.c.till == sa.bindparam("till")))
_RECEIPT = Prepared(sa.select(receipts).where(receipts.c.receipt == sa.bindparam("receipt")))
_OWED = Prepared(
    sa.select(
        *(entries.c.register, entries.c.number, entries.c.office_date, entries.c.service, entries.c.speed),
        *(entries.c.subject, entries.c.fee_cents, entries.c.fee_currency, entries.c.fee_article, entries.c.standing),
        PAID,
    ).where(entries.c.entry == sa.bindparam("entry"))
)
_DOCUMENTS = Prepared(
    sa.select(receipts.c.number, receipts.c.receipt, receipts.c.cents).where(
        receipts.c.till == sa.bindparam("till"), receipts.c.day == sa.bindparam("day")
    )
)
_OF_A_DAY = Prepared(
    sa.select(*RECEIPT_COLUMNS)
    .where(receipts.c.till == sa.bindparam("till"), receipts.c.day == sa.bindparam("day"))
    .order_by(receipts.c.position.desc())
)
_DAY = Prepared(
    sa.select(till_days).where(till_days.c.till == sa.bindparam("till"), till_days.c.day == sa.bindparam("day"))
)
_OPEN_DAYS = Prepared(
    sa.select(till_days)
    .where(till_days.c.till == sa.bindparam("till"), till_days.c.state == sa.literal_column("'open'"))
    .order_by(till_days.c.day)
)
_PAID_ENTRIES = Prepared(
    sa.select(receipt_lines.c.entry)
    .where(receipt_lines.c.position == sa.bindparam("position"), receipt_lines.c.entry.is_not(None))
    .order_by(receipt_lines.c.place)
)


class FeeDue(NamedTuple):
    """A fee that stands in an entry and is not paid whole, in minor units; ``number`` is the entry's, as told."""

    entry: bytes
    number: str
    service: int | None
    speed: Speed | None
    subject: str
    cents: int
    paid_cents: int
    currency: str
    article: str


def fees_due(connection: sa.Connection, entry: bytes) -> tuple[FeeDue, ...]:
    """Return what an entry still owes; nothing where it owes none, is paid, or is annulled.

    Raises:
        UnknownEntry: there is none of this GUID.

    """
    row = _OWED.first(connection, entry=entry)
    if row is None:
        raise UnknownEntry
    if row.standing not in IN_FORCE_STANDINGS or (row.fee_cents or 0) <= row.paid_cents:
        return ()
    number = written(row.register, row.number, date.fromisoformat(row.office_date))
    speed = Speed(row.speed) if row.speed else None
    money = (row.fee_cents, row.paid_cents, row.fee_currency, row.fee_article)
    return (FeeDue(entry, number, row.service, speed, row.subject, *money),)


def till_row(connection: sa.Connection, till: int) -> Any:  # noqa: ANN401 - a row of tills
    """Return a till with its totals.

    Raises:
        UnknownRegister: not a till of this station.

    """
    row = _TILL.first(connection, till=till)
    if row is None:
        raise UnknownRegister(till=till)
    return row


class TillToday(NamedTuple):
    """A till on one day; amounts in minor units.

    ``state`` is None where the day was not opened yet: the first receipt opens it. ``opening`` is what lay in the till
    before the day's documents, ``balance`` what lies in it now. ``left_open`` are earlier days that nobody closed.
    """

    till: int
    day: date
    state: DayState | None
    opening: int
    balance: int
    receipts: int
    taken: int
    voids: int
    paid_back: int
    documents: tuple[ReceiptRow, ...]
    left_open: tuple[date, ...]


def till_today(connection: sa.Connection, till: int, today: date) -> TillToday:
    """Return a till on a day, its documents newest first.

    Raises:
        UnknownRegister: not a till of this station.

    """
    balance, day = till_row(connection, till).balance, today.isoformat()
    row = _DAY.first(connection, till=till, day=day)
    closed = cash.close(documents(connection, till, day))
    return TillToday(
        till=till,
        day=today,
        state=DayState(row.state) if row else None,
        opening=row.opening if row else balance,
        balance=balance,
        receipts=closed.receipts,
        taken=closed.taken,
        voids=closed.voids,
        paid_back=closed.paid_back,
        documents=tuple(receipt_rows(connection, _OF_A_DAY.all(connection, till=till, day=day))),
        left_open=tuple(date.fromisoformat(one.day) for one in _OPEN_DAYS.all(connection, till=till) if one.day < day),
    )


def documents(connection: sa.Connection, till: int, day: str) -> list[cash.Document]:
    """Return the documents of a till's day as its close lists them."""
    rows = _DOCUMENTS.all(connection, till=till, day=day)
    return [cash.Document(row.number, bytes(row.receipt), row.cents) for row in rows]


def voidable(connection: sa.Connection, receipt: bytes) -> Any:  # noqa: ANN401 - a row of receipts
    """Return a receipt that may be voided now.

    Raises:
        UnknownReceipt, AlreadyVoided: it is not here, voided, or itself a storno.
        NoOpenDay, DayIsClosed: its day is not open; later only the town pays back.

    """
    row = _RECEIPT.first(connection, receipt=receipt)
    if row is None:
        raise UnknownReceipt
    if row.kind == ReceiptKind.STORNO or row.standing == Standing.VOIDED:
        raise AlreadyVoided
    day = _DAY.first(connection, till=row.till, day=row.day)
    if day is None:
        raise NoOpenDay(till=row.till)
    if day.state == DayState.CLOSED:
        raise DayIsClosed(day=date.fromisoformat(row.day))
    return row


class VoidEffect(NamedTuple):
    """What a storno would do: its number, the money that goes back, and the entries that are unpaid again (as told)."""

    receipt: bytes
    number: str
    storno_number: str
    till: int
    cents: int
    currency: str
    balance_before: int
    balance_after: int
    unpaid_again: tuple[str, ...]


def void_effect(connection: sa.Connection, receipt: bytes, today: date) -> VoidEffect:
    """Return what voiding a receipt today would do; the storno's number is the next one if nothing comes between.

    Raises:
        UnknownReceipt, AlreadyVoided, NoOpenDay, DayIsClosed: it may not be voided now.

    """
    row = voidable(connection, receipt)
    last = last_number(connection, Series(SeriesKind.TILL, row.till, today.year))
    paid = _PAID_ENTRIES.all(connection, position=row.position)
    balance = till_row(connection, row.till).balance
    return VoidEffect(
        receipt=receipt,
        number=written(row.till, row.number, date.fromisoformat(row.office_date)),
        storno_number=written(row.till, next_number(last), today),
        till=row.till,
        cents=row.cents,
        currency=row.currency,
        balance_before=balance,
        balance_after=balance - row.cents,
        unpaid_again=tuple(dict.fromkeys(number_of(connection, one.entry) for one in paid)),
    )


class ClosePreview(NamedTuple):
    """What a close of the oldest open day would state before the count; amounts in minor units."""

    till: int
    day: date
    currency: str
    opening: int
    computed: int
    close: cash.Close


def close_preview(connection: sa.Connection, till: int) -> ClosePreview:
    """Return what the close of a till's oldest open day states; ``computed`` is what must lie in the till.

    Raises:
        UnknownRegister: not a till of this station.
        NoOpenDay: every day is closed.

    """
    balance = till_row(connection, till).balance
    open_days = _OPEN_DAYS.all(connection, till=till)
    if not open_days:
        raise NoOpenDay(till=till)
    day = open_days[0]
    closed = cash.close(documents(connection, till, day.day))
    opening = _carried(connection, till, balance)
    computed = opening + closed.taken - closed.paid_back
    return ClosePreview(till, date.fromisoformat(day.day), day.currency, opening, computed, closed)


_IN_OPEN_DAYS = Prepared(
    sa.select(sa.func.coalesce(sa.func.sum(receipts.c.cents), 0).label("cents"))
    .select_from(
        till_days.join(receipts, sa.and_(till_days.c.till == receipts.c.till, till_days.c.day == receipts.c.day))
    )
    .where(till_days.c.till == sa.bindparam("till"), till_days.c.state == sa.literal_column("'open'"))
)


def _carried(connection: sa.Connection, till: int, balance: int) -> int:
    """Return what lay in the till before the oldest open day: its balance without the documents of all open days.

    It is the balance with which the day opened, but for a difference found, or a storno given, for the day before it
    after it was opened: a day that nobody closed before midnight.
    """
    return balance - int(_IN_OPEN_DAYS.value(connection, till=till) or 0)
