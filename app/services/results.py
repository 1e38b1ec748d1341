"""Results that leave the village (издадени резултати): issued with an outgoing number, delivered, annulled.

АПК чл. 59, 61; НОДА чл. 148; НИУРН чл. 7. The outgoing series is the register's own, from 1 each year; where the
village numbers its papers in a book, the number is typed from there and the series does not move.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.domain import extensions, numbering
from app.domain.errors import (
    DeliveryDayWrong,
    DeliveryOver,
    DetailRequired,
    NumberTaken,
    ResultNotInForce,
    UnknownResult,
)
from app.domain.facts import DeliveryNoted, Due, ResultAnnulled, ResultIssued
from app.domain.numbering import Series, SeriesKind
from app.domain.terms import DeliveryState, DeliveryWay, Outcome, Standing
from app.ledger.prepared import Prepared
from app.ledger.tables import results
from app.services.book_rules import last_number, require_standing, require_words
from app.services.case_details import Result, result_of, results_of
from app.services.details import details
from app.services.nomenclatures import Nomenclatures
from app.store import drafts
from app.store.station import Act, StationStore

_r = results.c
_LAST = Prepared(
    sa.select(_r.number, _r.book_number)
    .where(_r.register == sa.bindparam("register"))
    .order_by(_r.position.desc())
    .limit(1)
)
_TAKEN = Prepared(
    sa.select(_r.result).where(
        _r.register == sa.bindparam("register"),
        _r.year == sa.bindparam("year"),
        _r.number == 0,
        _r.book_number == sa.bindparam("book_number"),
    )
)

NEXT: Mapping[DeliveryState | None, tuple[DeliveryState, ...]] = {
    None: (DeliveryState.HANDED, DeliveryState.SENT),
    DeliveryState.SENT: (DeliveryState.DELIVERED, DeliveryState.RETURNED),
    DeliveryState.RETURNED: (DeliveryState.HANDED, DeliveryState.SENT),
    DeliveryState.HANDED: (),
    DeliveryState.DELIVERED: (),
}
"""What may be noted of a result after where it is now; nothing where somebody holds it."""


class Issuing(NamedTuple):
    """What the clerk says of a result. ``result`` is its id, made where the clerk begins.

    Without ``book_number`` the outgoing number is the next of the register's own series. ``reason`` is needed for a
    refusal (АПК чл. 59, ал. 2, т. 4).
    """

    result: bytes
    entry: bytes
    outcome: Outcome
    title: str
    reason: str = ""
    copies: int = 1
    sheets: int = 1
    book_number: str = ""


class NextOutgoing(NamedTuple):
    """Which outgoing number comes next in the own series, and the last one from the paper book if that was used last.

    What a village did last it does again: ``book`` is empty where its last result took a number of the own series.
    """

    number: str
    book: str


def next_outgoing(connection: sa.Connection, register: int, on: date) -> NextOutgoing:
    """Return which outgoing number a result of this day would get."""
    number = numbering.next_number(last_number(connection, Series(SeriesKind.OUTGOING, register, on.year)))
    last = _LAST.first(connection, register=register)
    book = last.book_number if last is not None and not last.number else ""
    return NextOutgoing(numbering.written(register, number, on), book)


def issue(store: StationStore, said: Issuing, confirmed: date | None = None, draft: bytes | None = None) -> str:
    """Issue a result; return its outgoing number as told. The same result twice is issued once.

    Raises:
        DetailRequired, ReasonRequired, NumberTaken, UnknownEntry, AlreadyAnnulled: nothing was changed.
        ClockDoubtful: the date must be confirmed.

    """
    with store.act(confirmed) as act:
        number = give_out(act, said)
        drafts.forget_one(act.connection, draft)
    return number


def give_out(act: Act, said: Issuing) -> str:
    """Issue a result inside an act; one that was issued before is answered the same.

    Raises:
        DetailRequired, ReasonRequired, NumberTaken, UnknownEntry, AlreadyAnnulled, ClockDoubtful: as ``issue``.

    """
    if not said.title.strip():
        raise DetailRequired
    if said.outcome is Outcome.REFUSAL:
        require_words(said.reason)
    held = result_of(act.connection, said.result)
    if held is not None:
        return held.told
    body = _decide(act, said)
    act.record(body)
    return numbering.written(body.register, body.number, act.today.on) if body.number else body.book_number


def _decide(act: Act, said: Issuing) -> ResultIssued:
    require_standing(act.connection, said.entry)
    register = details(act.connection, said.entry).row.register
    year, book = act.today.on.year, " ".join(said.book_number.split())
    if book and _TAKEN.first(act.connection, register=register, year=year, book_number=book) is not None:
        raise NumberTaken(number=book)
    last = last_number(act.connection, Series(SeriesKind.OUTGOING, register, year))
    return ResultIssued(
        result=said.result,
        entry=said.entry,
        register=register,
        year=year,
        number=0 if book else numbering.next_number(last),
        book_number=book,
        outcome=said.outcome,
        title=" ".join(said.title.split()),
        reason=said.reason.strip(),
        copies=said.copies,
        sheets=said.sheets,
    )


def annul(
    store: StationStore, result: bytes, reason: str, confirmed: date | None = None, draft: bytes | None = None
) -> None:
    """Annul a result: its number stays used, and the entry is open again where no other result stands.

    Raises:
        ReasonRequired, UnknownResult, ResultNotInForce: nothing was changed.
        ClockDoubtful: the date must be confirmed.

    """
    require_words(reason)
    with store.act(confirmed) as act:
        held = _in_force(act.connection, result)
        others = [one.result for one in results_of(act.connection, held.entry) if one.in_force and one.result != result]
        act.record(ResultAnnulled(result, held.entry, reason.strip(), others[-1] if others else None))
        drafts.forget_one(act.connection, draft)


def _in_force(connection: sa.Connection, result: bytes) -> Result:
    held = result_of(connection, result)
    if held is None:
        raise UnknownResult
    if held.standing is not Standing.IN_FORCE:
        raise ResultNotInForce
    return held


class Delivering(NamedTuple):
    """What the clerk says of a delivery (връчване). ``on`` is a local day, ``tracking`` the parcel's number."""

    result: bytes
    state: DeliveryState
    way: DeliveryWay
    on: date
    receiver: str
    identifier: str = ""
    tracking: str = ""
    note: str = ""


def tell_by(connection: sa.Connection, lists: Nomenclatures, held: Result) -> Due | None:
    """Return until when the person is to be told of a result (съобщаване, АПК чл. 61); None where no article says.

    Raises:
        UnknownEntry: its entry is not here.

    """
    kind = lists.kinds.get(details(connection, held.entry).row.kind)
    return extensions.to_tell(kind, held.issued_on, lists.calendar) if kind is not None else None


def next_states(held: Result) -> tuple[DeliveryState, ...]:
    """Return what may be noted of a result now."""
    return NEXT[held.delivery.state if held.delivery is not None else None] if held.in_force else ()


def deliver(store: StationStore, said: Delivering, confirmed: date | None = None, draft: bytes | None = None) -> None:
    """Note that a result was handed over, sent, delivered or came back.

    Raises:
        DetailRequired: nobody is named who takes it.
        UnknownResult, ResultNotInForce, DeliveryOver: nothing was changed.
        DeliveryDayWrong: the day is before the result was issued, or after today.
        ClockDoubtful: the date must be confirmed.

    """
    with store.act(confirmed) as act:
        hand_on(act, said)
        drafts.forget_one(act.connection, draft)


def hand_on(act: Act, said: Delivering) -> None:
    """Note a delivery inside an act.

    Raises:
        DetailRequired, UnknownResult, ResultNotInForce, DeliveryOver, DeliveryDayWrong, ClockDoubtful: as ``deliver``.

    """
    held = _in_force(act.connection, said.result)
    if not held.issued_on <= said.on <= act.today.on:
        raise DeliveryDayWrong
    act.record(_noted(held, said))


def _noted(held: Result, said: Delivering) -> DeliveryNoted:
    if not said.receiver.strip():
        raise DetailRequired
    if said.state not in next_states(held):
        raise DeliveryOver
    words = (" ".join(one.split()) for one in (said.receiver, said.identifier, said.tracking, said.note))
    return DeliveryNoted(said.result, held.entry, said.state, said.way, said.on, *words)
