"""What a station may say: only of itself, its own registers, tills, entries and receipts.

A batch is signed by its station, but a station may be stolen: what reaches for another village's record is refused
whole, before any effect.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from app.domain import facts as f
from app.domain.cash import MOST_CENTS
from app.domain.errors import BadContent
from app.ledger.tables import attachments, entries, receipts, results, till_days
from app.ledger.timeline import CaseBody
from sync.batch import Checked
from sync.central.store import answer_stream, first_fact

_CHUNK = 500


def check(connection: sa.Connection, station: bytes, stream: bytes, facts: Sequence[Checked]) -> None:
    """Accept facts that a station may write.

    Raises:
        BadContent: ``what`` names what it may not.

    """
    bodies = [one.fact.body for one in facts]
    if any(one.fact.kind in f.CENTRE_KINDS for one in facts):
        raise BadContent(what="author")
    granted = first_fact(connection, answer_stream(connection, station)).body
    if not isinstance(granted, f.StationAdmitted):
        raise BadContent(what="admission")
    _check_enrolment(facts, granted)
    _check_books(bodies, granted)
    _check_days(connection, bodies)
    _check_amounts(bodies)
    _check_ids(connection, stream, entries.c.entry, _new_entries(bodies), _named_entries(bodies))
    _check_ids(connection, stream, receipts.c.receipt, _new_receipts(bodies), _named_receipts(bodies))
    _check_ids(connection, stream, results.c.result, _new_results(bodies), _named_results(bodies))
    added = [body.attachment for body in bodies if isinstance(body, f.AttachmentAdded)]
    if len(set(added)) != len(added) or _held(connection, attachments.c.attachment, added):
        raise BadContent(what="id used before")


def _check_enrolment(facts: Sequence[Checked], granted: f.StationAdmitted) -> None:
    for one in facts:
        body = one.fact.body
        if isinstance(body, f.StationEnrolled):
            same = (body.enrolment, body.registers, body.tills) == (
                granted.enrolment,
                granted.registers,
                granted.tills,
            )
            if one.fact.sequence != 1 or body.station != granted.station or not same:
                raise BadContent(what="enrolment")


def _check_books(bodies: Iterable[f.Body], granted: f.StationAdmitted) -> None:
    registers = {index for one in granted.registers for index in (one.index, *one.spares)}
    tills = {one.index for one in granted.tills}
    for body in bodies:
        if isinstance(body, f.EntryRegistered | f.ResultIssued) and body.register not in registers:
            raise BadContent(what="register")
        if isinstance(body, _OF_A_TILL) and body.till not in tills:
            raise BadContent(what="till")


def _check_amounts(bodies: Iterable[f.Body]) -> None:
    """Amounts must be such that the database can sum them, or one station stops the desk of all."""
    for body in bodies:
        if not all(0 <= cents <= MOST_CENTS for cents in _amounts(body)):
            raise BadContent(what="amount")


def _amounts(body: f.Body) -> list[int]:
    if isinstance(body, f.ReceiptIssued):
        return [body.cents, *(line.cents for line in body.lines)]
    if isinstance(body, f.ReceiptVoided):
        return [body.cents]
    if isinstance(body, f.EntryRegistered | f.EntryCorrected) and body.fee is not None:
        return [body.fee.cents]
    return []


def _check_days(connection: sa.Connection, bodies: Sequence[f.Body]) -> None:
    """A day that was never opened cannot be closed: the tables would say nothing of it."""
    opened = {(body.till, body.day) for body in bodies if isinstance(body, f.DayOpened)}
    for body in bodies:
        if isinstance(body, f.DayClosed) and (body.till, body.day) not in opened:
            query = sa.select(till_days.c.till).where(
                till_days.c.till == body.till, till_days.c.day == body.day.isoformat()
            )
            if connection.execute(query).first() is None:
                raise BadContent(what="day never opened")


_OF_A_TILL = f.DayOpened | f.ReceiptIssued | f.ReceiptVoided | f.DayClosed


_OF_A_TERM = f.TermStarted | f.TermExtended | f.DefectsNoticed | f.DefectsRepaired
_OF_ITS_CONTENT = f.EntryCorrected | f.ParticularsNoted | f.IdentifierShown
_OF_AN_ENTRY = _OF_ITS_CONTENT | f.DisputeAnswered | f.EntryAnnulled | CaseBody | _OF_A_TERM
_OF_A_RESULT = f.ResultAnnulled | f.DeliveryNoted


def _new_entries(bodies: Iterable[f.Body]) -> list[bytes]:
    return [body.entry for body in bodies if isinstance(body, f.EntryRegistered)]


def _named_entries(bodies: Iterable[f.Body]) -> set[bytes]:
    named: set[bytes] = set()
    for body in bodies:
        if isinstance(body, _OF_AN_ENTRY):
            named.add(body.entry)
        if isinstance(body, f.EntryAnnulled) and body.replaced_by:
            named.add(body.replaced_by)
        elif isinstance(body, f.ReceiptIssued):
            named |= {line.entry for line in body.lines if line.entry is not None}
    return named


def _new_receipts(bodies: Iterable[f.Body]) -> list[bytes]:
    return [body.receipt for body in bodies if isinstance(body, f.ReceiptIssued | f.ReceiptVoided)]


def _named_receipts(bodies: Iterable[f.Body]) -> set[bytes]:
    return {body.voided for body in bodies if isinstance(body, f.ReceiptVoided)}


def _new_results(bodies: Iterable[f.Body]) -> list[bytes]:
    return [body.result for body in bodies if isinstance(body, f.ResultIssued)]


def _named_results(bodies: Iterable[f.Body]) -> set[bytes]:
    named = {body.result for body in bodies if isinstance(body, _OF_A_RESULT)}
    return named | {body.standing for body in bodies if isinstance(body, f.ResultAnnulled) and body.standing}


def _check_ids(
    connection: sa.Connection, stream: bytes, key: sa.Column[bytes], new: Sequence[bytes], named: set[bytes]
) -> None:
    """New ids must be new, and ids named must be of this stream."""
    if len(set(new)) != len(new) or _held(connection, key, new):
        raise BadContent(what="id used before")
    foreign = named - set(new)
    own = _held(connection, key, list(foreign), key.table.c.stream == stream)
    if own != foreign:
        raise BadContent(what="another station's record")


def _held(
    connection: sa.Connection,
    key: sa.Column[bytes],
    ids: Sequence[bytes],
    *conditions: sa.ColumnElement[bool],
) -> set[bytes]:
    found: set[bytes] = set()
    for at in range(0, len(ids), _CHUNK):
        query = sa.select(key).where(key.in_(ids[at : at + _CHUNK]), *conditions)
        found |= {bytes(row[0]) for row in connection.execute(query)}
    return found
