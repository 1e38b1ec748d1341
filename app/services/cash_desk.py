"""Issue a receipt, void a receipt, close the day (квитанция, сторно, дневно приключване)."""

from datetime import date
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from app.domain import cash, numbering
from app.domain.errors import (
    AnotherVillage,
    BadAmount,
    DayIsClosed,
    NoOpenDay,
    UnknownEntry,
    UnknownReceipt,
)
from app.domain.facts import (
    Correspondent,
    DayClosed,
    DayOpened,
    Finding,
    NoteCount,
    ReceiptIssued,
    ReceiptLine,
    ReceiptVoided,
    TillTotals,
)
from app.domain.numbering import SeriesKind
from app.domain.terms import FindingCode, Speed
from app.ledger.prepared import Prepared
from app.ledger.tables import entries, receipts, registers, tills
from app.services.book_rules import last_number, require_words
from app.services.nomenclatures import Nomenclatures
from app.services.till import (
    ClosePreview,
    FeeDue,
    TillToday,
    VoidEffect,
    close_preview,
    fees_due,
    till_row,
    till_today,
    void_effect,
    voidable,
)
from app.store import drafts
from app.store.station import Act, StationStore

__all__ = [
    "CURRENCY",
    "ClosePreview",
    "Closed",
    "FeeDue",
    "Issued",
    "Payment",
    "TillToday",
    "VoidEffect",
    "Voided",
    "close_day",
    "close_preview",
    "expected",
    "fees_due",
    "issue",
    "line_for",
    "receipt_by_number",
    "till_today",
    "void",
    "void_effect",
]

CURRENCY = "EUR"

_RECEIPT = Prepared(sa.select(receipts).where(receipts.c.receipt == sa.bindparam("receipt")))
_FEE = Prepared(
    sa.select(entries.c.service, entries.c.speed, entries.c.fee_cents).where(entries.c.entry == sa.bindparam("entry"))
)

_ELSEWHERE = Prepared(
    sa.select(sa.func.count().label("count"))
    .select_from(entries.join(registers, registers.c.register == entries.c.register))
    .join(tills, tills.c.till == sa.bindparam("till"))
    .where(entries.c.entry == sa.bindparam("entry"), tills.c.mayoralty != registers.c.mayoralty)
)


class Payment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is paid at the till. ``receipt`` is the GUID made where the clerk begins; ``given`` the cash handed over."""

    receipt: bytes
    till: int
    payer: Correspondent
    lines: tuple[ReceiptLine, ...]
    given: int


class Issued(NamedTuple):
    """What the clerk is told after the commit; amounts in minor units."""

    receipt: bytes
    number: str
    cents: int
    change: int


def line_for(store: StationStore, entry: bytes, text: str) -> ReceiptLine:
    """Return the receipt line for the fee that stands in an entry.

    Raises:
        UnknownEntry: no such entry.
        BadAmount: the entry owes nothing.

    """
    with store.ledger.reading() as connection:
        row = _FEE.first(connection, entry=entry)
    if row is None:
        raise UnknownEntry
    if not row.fee_cents:
        raise BadAmount(field="fee")
    speed = Speed(row.speed) if row.speed else None
    return ReceiptLine(entry, row.service, speed, text, 1, row.fee_cents, row.fee_cents)


def issue(store: StationStore, lists: Nomenclatures, payment: Payment, confirmed: date | None = None) -> Issued:
    """Issue a receipt; the first one of a day opens the till's day with the carried balance.

    The same payment twice (same GUID) is taken once and answered the same; a draft under it goes with it.

    Raises:
        UnknownRegister, UnknownEntry, AnotherVillage, BadAmount, DayIsClosed, ClockDoubtful: nothing was taken.
        StoreUnavailable: nothing was written.

    """
    with store.act(confirmed) as act:
        return take(act, lists, payment)


def take(act: Act, lists: Nomenclatures, payment: Payment) -> Issued:
    """Take a payment inside an act; one that was taken before is answered the same.

    Raises:
        UnknownRegister, UnknownEntry, AnotherVillage, BadAmount, DayIsClosed, ClockDoubtful: as ``issue``.

    """
    cents = cash.total(payment.lines)
    change = cash.change(cents, payment.given)
    drafts.forget(act.connection, payment.receipt)
    already = _issued(act.connection, payment.receipt)
    if already is not None:
        return already
    totals = _open_day(act, payment.till)
    year = act.today.on.year
    number = _next(act, payment.till, year)
    act.record(
        ReceiptIssued(
            receipt=payment.receipt,
            till=payment.till,
            year=year,
            number=number,
            day=act.today.on,
            payer=payment.payer,
            lines=payment.lines,
            currency=CURRENCY,
            cents=cents,
            given=payment.given,
            change=change,
            tariff=lists.tariff.version,
            totals=cash.after_receipt(totals, cents),
            findings=_findings(act, payment),
        )
    )
    return Issued(payment.receipt, numbering.written(payment.till, number, act.today.on), cents, change)


def _next(act: Act, till: int, year: int) -> int:
    return numbering.next_number(last_number(act.connection, numbering.Series(SeriesKind.TILL, till, year)))


def _issued(connection: sa.Connection, receipt: bytes) -> Issued | None:
    row = _RECEIPT.first(connection, receipt=receipt)
    if row is None:
        return None
    number = numbering.written(row.till, row.number, date.fromisoformat(row.office_date))
    return Issued(receipt, number, row.cents, row.change)


def _findings(act: Act, payment: Payment) -> tuple[Finding, ...]:
    """Return where a line parts from the fee that stands in its entry; the entry must be of the till's village."""
    found = []
    for place, line in enumerate(payment.lines):
        if line.entry is None:
            continue
        fee = _FEE.first(act.connection, entry=line.entry)
        if fee is None:
            raise UnknownEntry
        if _ELSEWHERE.value(act.connection, entry=line.entry, till=payment.till):
            raise AnotherVillage
        if fee.fee_cents != line.cents:
            found.append(Finding(FindingCode.PRICE_BY_HAND, f"lines.{place}"))
    if act.today.doubt:
        found.append(Finding(FindingCode.CLOCK_DOUBT))
    return tuple(found)


def _open_day(act: Act, till: int) -> TillTotals:
    """Return the till's totals; open today's day with the carried balance where it is not open yet.

    A yesterday that nobody closed stays open beside it and is closed later.

    Raises:
        UnknownRegister: not a till of this station.
        DayIsClosed: today is closed already.

    """
    row = till_row(act.connection, till)
    today = act.today.on.isoformat()
    if row.open_day != today:
        if row.last_day is not None and row.last_day >= today:
            raise DayIsClosed(day=act.today.on)
        act.record(DayOpened(till, act.today.on, row.balance, CURRENCY))
    return TillTotals(row.gross, row.storno, row.balance)


class Voided(NamedTuple):
    """What the clerk is told after a storno."""

    receipt: bytes
    number: str
    cents: int


def void(store: StationStore, receipt: bytes, storno: bytes, reason: str, confirmed: date | None = None) -> Voided:
    """Void a receipt by a storno with the GUID ``storno``; the money goes back from the till on the same day.

    A draft under that GUID goes with it.

    Raises:
        ReasonRequired, UnknownReceipt, AlreadyVoided: nothing was changed.
        DayIsClosed: its day is closed; later only the town pays back.

    """
    require_words(reason)
    with store.act(confirmed) as act:
        drafts.forget(act.connection, storno)
        already = _issued(act.connection, storno)
        if already is not None:
            return Voided(storno, already.number, -already.cents)
        row = voidable(act.connection, receipt)
        till = till_row(act.connection, row.till)
        year = act.today.on.year
        number = _next(act, row.till, year)
        totals = cash.after_storno(TillTotals(till.gross, till.storno, till.balance), row.cents)
        day = date.fromisoformat(row.day)
        act.record(ReceiptVoided(storno, row.till, year, number, day, receipt, row.cents, row.currency, reason, totals))
    return Voided(storno, numbering.written(row.till, number, act.today.on), row.cents)


class Closed(NamedTuple):
    """What the clerk is told after the close; amounts in minor units."""

    day: date
    computed: int
    counted: int
    difference: int


def close_day(
    store: StationStore,
    till: int,
    notes: tuple[NoteCount, ...],
    reason: str = "",
    confirmed: date | None = None,
    draft: bytes | None = None,
) -> Closed:
    """Close the oldest open day of a till with the count of its notes and coins. The form's ``draft`` goes with it.

    Raises:
        NoOpenDay: every day is closed.
        DifferenceUnexplained: count and book differ and there is no reason; nothing was closed.

    """
    with store.act(confirmed) as act:
        row = till_row(act.connection, till)
        preview = close_preview(act.connection, till)
        counted = cash.counted(notes)
        difference = cash.difference(preview.computed, counted, reason)
        act.record(
            DayClosed(
                till=till,
                day=preview.day,
                currency=preview.currency,
                opening=preview.opening,
                computed=preview.computed,
                counted=counted,
                notes=notes,
                difference=difference,
                reason=reason,
                totals=TillTotals(row.gross, row.storno, row.balance + difference),
                **preview.close._asdict(),
            )
        )
        drafts.forget_one(act.connection, draft)
    return Closed(preview.day, preview.computed, counted, difference)


def expected(store: StationStore, till: int) -> int | None:
    """Return what must lie in the till for its oldest open day, in minor units; None where every day is closed."""
    with store.ledger.reading() as connection:
        try:
            return close_preview(connection, till).computed
        except NoOpenDay:
            return None


def receipt_by_number(connection: sa.Connection, till: int, year: int, number: int) -> bytes:
    """Return the GUID of the cash document with this number.

    Raises:
        UnknownReceipt: there is none.

    """
    query = sa.select(receipts.c.receipt).where(
        receipts.c.till == till, receipts.c.year == year, receipts.c.number == number
    )
    found = connection.execute(query).scalar()
    if found is None:
        raise UnknownReceipt
    return bytes(found)
