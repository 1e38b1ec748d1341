"""A fee that is being taken (сметка): what is paid for, by whom, how much was given. Values only, kept as a draft."""

from datetime import date

import msgspec
import sqlalchemy as sa

from app.domain import cash
from app.domain.facts import Correspondent, ReceiptLine
from app.domain.nomenclature import TariffRow
from app.domain.terms import CorrespondentKind, CorrespondentRole, Speed
from app.services.cash_desk import FeeDue, Payment, fees_due
from app.services.nomenclatures import Nomenclatures
from app.ui.village.wording import service_name


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """Такса: a line of the receipt to come, with the number of its entry as told; empty where it has none."""

    line: ReceiptLine
    number: str = ""


class Bill(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken. ``receipt`` is the GUID of the receipt to come; ``entry`` is where the clerk came from."""

    receipt: bytes
    entry: bytes | None = None
    payer: Correspondent | None = None
    positions: tuple[Position, ...] = ()
    given: str = ""

    @property
    def due(self) -> int:
        """What is to be paid, in minor units."""
        return cash.total(one.line for one in self.positions)

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it that anybody chose or typed."""
        return not self.positions and not self.given and self.payer is None

    def pays_for(self, entry: bytes) -> bool:
        """Return whether one of the lines is the fee of this entry."""
        return any(one.line.entry == entry for one in self.positions)


def with_fees(bill: Bill, fees: tuple[FeeDue, ...], payer: Correspondent | None, lists: Nomenclatures) -> Bill:
    """Return the bill with what an entry still owes; the applicant pays unless somebody was named."""
    added = tuple(
        Position(line=_fee_line(one, lists), number=one.number) for one in fees if not bill.pays_for(one.entry)
    )
    named = bill.payer if bill.payer is not None else payer
    return msgspec.structs.replace(bill, positions=bill.positions + added, payer=named)


def _fee_line(fee: FeeDue, lists: Nomenclatures) -> ReceiptLine:
    owed = fee.cents - fee.paid_cents
    text = service_name(lists, fee.service) or fee.subject
    return ReceiptLine(fee.entry, fee.service, fee.speed, text, 1, owed, owed)


def with_service(bill: Bill, row: TariffRow, quantity: int, lists: Nomenclatures) -> Bill:
    """Return the bill with a service of the tariff that belongs to no entry."""
    text = service_name(lists, row.service)
    cents = quantity * row.price_cents
    line = ReceiptLine(None, row.service, Speed(row.speed), text, quantity, row.price_cents, cents)
    return msgspec.structs.replace(bill, positions=(*bill.positions, Position(line=line)))


def without(bill: Bill, place: int) -> Bill:
    """Return the bill without one of its lines."""
    return msgspec.structs.replace(bill, positions=bill.positions[:place] + bill.positions[place + 1 :])


def still_owed(connection: sa.Connection, bill: Bill) -> Bill:
    """Return a bill without the fees that were paid, or fell away, since it was kept."""
    owed = tuple(one for one in bill.positions if one.line.entry is None or fees_due(connection, one.line.entry))
    return msgspec.structs.replace(bill, positions=owed)


def applicant(people: tuple[Correspondent, ...]) -> Correspondent | None:
    """Return who pays for an entry: its payer where one is named, else the first correspondent with a name."""
    named_ones = [one for one in people if one.name]
    payers = [one for one in named_ones if one.role is CorrespondentRole.PAYER]
    found = (payers or named_ones)[:1]
    return as_payer(found[0]) if found else None


def as_payer(who: Correspondent) -> Correspondent:
    """Return a person or body as payer: name and identifier, nothing more (ЗСч чл. 6, ал. 1)."""
    return Correspondent(who.kind, who.name, CorrespondentRole.PAYER, who.identifier_kind, who.identifier)


def named(name: str) -> Correspondent | None:
    """Return a payer of whom only the name was typed, None for no name."""
    words = " ".join(name.split())
    return Correspondent(CorrespondentKind.PERSON, words, CorrespondentRole.PAYER) if words else None


def payment(bill: Bill, till: int, given: int) -> Payment:
    """Return what the cash desk is told; a payer who is not named is anonymous."""
    payer = bill.payer or Correspondent(CorrespondentKind.ANONYMOUS, "", CorrespondentRole.PAYER)
    return Payment(
        receipt=bill.receipt, till=till, payer=payer, lines=tuple(one.line for one in bill.positions), given=given
    )


def on_sale(lists: Nomenclatures, on: date) -> list[TariffRow]:
    """Return the rows of the tariff in force on a day that cost anything."""
    return [
        row
        for row in lists.tariff.rows
        if row.price_cents and row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)
    ]


def encoded(bill: Bill) -> bytes:
    """Return the bill as a draft keeps it."""
    return msgspec.msgpack.encode(bill)


def decoded(content: bytes) -> Bill | None:
    """Return a bill from its draft; None for one of another form, which an older program may have left."""
    try:
        return msgspec.msgpack.decode(content, type=Bill)
    except msgspec.MsgspecError:
        return None


def left(kept: list[tuple[bytes, bytes]]) -> list[Bill]:
    """Return the bills among the drafts kept, newest first."""
    return [bill for _, content in kept if (bill := decoded(content)) is not None]
