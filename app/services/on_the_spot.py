"""„Заяви-получи“: one visit registers, takes the fee, issues the document and hands it over. One transaction.

Each step is the fact that it would be by itself; a power cut leaves all of them or none.
"""

from datetime import date
from typing import NamedTuple

from app.domain.entries import Filing, require
from app.domain.facts import ReceiptLine
from app.domain.terms import DeliveryState, DeliveryWay, Outcome
from app.services import cash_desk, registration, results
from app.services.book_rules import Registered
from app.services.case_details import result_of
from app.services.cash_desk import Issued, Payment
from app.services.nomenclatures import Nomenclatures
from app.services.results import Delivering, Issuing
from app.store import drafts
from app.store.station import Act, StationStore


class Serving(NamedTuple):
    """What the clerk says of a service on the spot. ``receipt`` and ``result`` are ids made where the clerk begins.

    ``given`` is the cash handed over in minor units; it counts only where a fee is owed. ``condition`` in words is what
    was asked of the person (the event is of after that year) and stands as the note of the delivery.
    """

    filing: Filing
    receipt: bytes
    till: int
    given: int
    result: bytes
    title: str
    copies: int = 1
    book_number: str = ""
    condition: str = ""


class Served(NamedTuple):
    """What the clerk is told after the commit: the entry, the receipt (None where nothing was owed), the result."""

    registered: Registered
    paid: Issued | None
    number: str


def serve(
    store: StationStore, lists: Nomenclatures, said: Serving, confirmed: date | None = None, draft: bytes | None = None
) -> Served:
    """Register, take the fee, issue and hand over. The same service twice (same GUIDs) is done once.

    Raises:
        MissingRequired, UnknownKind, UnknownRegister, BadAmount, DayIsClosed, DetailRequired, NumberTaken: nothing was
            recorded at all.
        ClockDoubtful: the date must be confirmed.

    """
    require(said.filing)
    with store.act(confirmed) as act:
        registered = registration.enter(act, lists, said.filing)
        act.put_down()
        paid = _take(act, lists, said, registered)
        issuing = Issuing(said.result, said.filing.entry, Outcome.DOCUMENT, said.title, "", said.copies)
        number = results.give_out(act, issuing._replace(book_number=said.book_number))
        act.put_down()
        held = result_of(act.connection, said.result)
        if held is not None and held.delivery is None:
            receiver = said.filing.correspondents[0].name
            handed = Delivering(said.result, DeliveryState.HANDED, DeliveryWay.BY_HAND, act.today.on, receiver)
            results.hand_on(act, handed._replace(note=said.condition))
        drafts.forget_one(act.connection, draft)
    return Served(registered, paid, number)


def _take(act: Act, lists: Nomenclatures, said: Serving, registered: Registered) -> Issued | None:
    """Take the fee that the entry owes, if it owes one."""
    fee, filing = registered.fee, said.filing
    if fee is None or not fee.cents:
        return None
    line = ReceiptLine(filing.entry, filing.service, filing.speed, said.title, 1, fee.cents, fee.cents)
    payer = filing.correspondents[0]
    payment = Payment(receipt=said.receipt, till=said.till, payer=payer, lines=(line,), given=said.given)
    return cash_desk.take(act, lists, payment)
