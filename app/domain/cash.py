"""Cash (каса): change, running totals, the close of a day. All amounts are integer minor units."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.domain.errors import BadAmount, DifferenceUnexplained
from app.domain.facts import NoteCount, ReceiptLine, TillTotals

DENOMINATIONS = (50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
"""Euro notes and coins, in cents."""

MOST_CENTS = 10**12
"""No sum of a receipt or a count is larger: what a whole batch adds up must still be a number that the town reads."""


def total(lines: Iterable[ReceiptLine]) -> int:
    """Return the sum of the lines.

    Raises:
        BadAmount: a line that is negative or not quantity × unit price, or a sum that cannot be.

    """
    amount = 0
    for line in lines:
        if line.quantity < 1 or line.unit_cents < 0 or line.cents != line.quantity * line.unit_cents:
            raise BadAmount(field="line")
        amount += line.cents
    return _believable(amount, "line")


def _believable(amount: int, field: str) -> int:
    if amount > MOST_CENTS:
        raise BadAmount(field=field)
    return amount


def change(due: int, given: int) -> int:
    """Return what goes back (ресто).

    Raises:
        BadAmount: nothing is due, less was given than is due, or more than anybody carries.

    """
    if due <= 0 or given < due:
        raise BadAmount(field="given")
    return _believable(given, "given") - due


def after_receipt(before: TillTotals, cents: int) -> TillTotals:
    """Return the till's totals after a receipt."""
    return TillTotals(before.gross + cents, before.storno, before.balance + cents)


def after_storno(before: TillTotals, cents: int) -> TillTotals:
    """Return the till's totals after a storno paid back from the till."""
    return TillTotals(before.gross, before.storno + cents, before.balance - cents)


def counted(notes: Iterable[NoteCount]) -> int:
    """Return the sum of a count by note and coin.

    Raises:
        BadAmount: a denomination that does not exist, a negative count, or a sum that cannot be.

    """
    amount = 0
    for note in notes:
        if note.denomination not in DENOMINATIONS or note.count < 0:
            raise BadAmount(field="notes")
        amount += note.denomination * note.count
    return _believable(amount, "notes")


class Document(NamedTuple):
    """A cash document of a day, as the close lists it: number, GUID and signed amount."""

    number: int
    receipt: bytes
    cents: int


class Close(NamedTuple):
    """What a day close states of its documents."""

    receipts: int
    taken: int
    voids: int
    paid_back: int
    first: int
    last: int
    documents: bytes


def close(documents: Sequence[Document]) -> Close:
    """Return the close of exactly these documents: counts, sums, number range and digest (by number, not by time)."""
    in_order = sorted(documents)
    listing = b"".join(
        one.number.to_bytes(8, "big") + one.receipt + one.cents.to_bytes(8, "big", signed=True) for one in in_order
    )
    taken = [one.cents for one in in_order if one.cents >= 0]
    returned = [-one.cents for one in in_order if one.cents < 0]
    return Close(
        receipts=len(taken),
        taken=sum(taken),
        voids=len(returned),
        paid_back=sum(returned),
        first=in_order[0].number if in_order else 0,
        last=in_order[-1].number if in_order else 0,
        documents=hashlib.sha256(b"tefter/day/1" + listing).digest(),
    )


def difference(computed: int, in_till: int, reason: str) -> int:
    """Return surplus (+) or shortage (−).

    Raises:
        DifferenceUnexplained: there is one and no reason for it.

    """
    if in_till != computed and not reason.strip():
        raise DifferenceUnexplained(cents=in_till - computed)
    return in_till - computed
