"""Batches for the desk (пакети): a page of what arrived, and one with its facts."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain import canonical
from app.domain import facts as f
from app.domain.errors import UnknownBatch
from app.domain.numbering import written
from app.domain.terms import AcknowledgementKind, ArrivalState, Road
from app.ledger import post
from app.ledger.journal import facts_after
from app.ledger.tables import acknowledgements, entries, inbox, replies, stations
from app.ledger.timeline import CaseBody, TermBody
from sync.central import history
from sync.central.answers import AcknowledgementShown, Batch, BatchDetails, Batches, BatchLine, Totals
from sync.central.schema import batch_checks
from sync.central.waiting import told_number


def page(connection: sa.Connection, station: bytes | None, before: int | None, limit: int) -> Batches:
    """Return a page of arrivals, newest first, of one station or of all."""
    query = _arrivals().order_by(inbox.c.place.desc()).limit(limit + 1)
    if station is not None:
        query = query.where(inbox.c.sender == station)
    if before is not None:
        query = query.where(inbox.c.place < before)
    rows = connection.execute(query).all()
    shown = _shown(connection, rows[:limit])
    return Batches(batches=tuple(shown), before=shown[-1].place if len(rows) > limit else None)


def details(connection: sa.Connection, envelope: bytes) -> BatchDetails:
    """Return one batch with its facts.

    Raises:
        UnknownBatch: no such envelope arrived.

    """
    rows = connection.execute(_arrivals().where(inbox.c.envelope == envelope)).all()
    if not rows:
        raise UnknownBatch
    [batch] = _shown(connection, rows)
    return BatchDetails(batch=batch, lines=_lines(connection, rows[0]))


def _arrivals() -> sa.Select[Any]:
    checks = sa.and_(batch_checks.c.stream == inbox.c.stream, batch_checks.c.number == inbox.c.number)
    recorded = sa.and_(checks, inbox.c.state == post.RECORDED)
    columns = [column for column in inbox.c if column is not inbox.c.sealed]
    return (
        sa.select(*columns, stations.c.name.label("village"))
        .add_columns(batch_checks.c.stated, batch_checks.c.recomputed, batch_checks.c.sealed_at)
        .outerjoin(stations, stations.c.station == inbox.c.sender)
        .outerjoin(batch_checks, recorded)
    )


def _shown(connection: sa.Connection, rows: Sequence[Any]) -> list[Batch]:
    made = _acknowledged(connection, rows)
    return [
        Batch(
            place=row.place,
            envelope=row.envelope.hex(),
            station=row.sender.hex() if row.village is not None else None,
            village=row.village,
            number=row.number,
            first=row.first,
            last=row.last,
            facts=row.last - row.first + 1 if row.last is not None else 0,
            road=Road(row.road),
            sealed_at=row.sealed_at,
            arrived_at=row.arrived_at,
            state=ArrivalState(row.state),
            code=row.code,
            stated=_totals(row.stated),
            recomputed=_totals(row.recomputed),
            acknowledgement=made.get((row.stream, row.number)) if row.state == post.RECORDED else None,
        )
        for row in rows
    ]


def _totals(text: str | None) -> Totals | None:
    if text is None:
        return None
    counted, receipts_counted, cents_in, cents_out = map(int, text.split(","))
    return Totals(entries=counted, receipts=receipts_counted, cents_in=cents_in, cents_out=cents_out)


def _acknowledged(connection: sa.Connection, rows: Sequence[Any]) -> dict[tuple[bytes, int], AcknowledgementShown]:
    """Return what was acknowledged of these batches; a later kind (durable) stands for the earlier one."""
    key = sa.tuple_(acknowledgements.c.stream, acknowledgements.c.number)
    waits = sa.and_(replies.c.stream == acknowledgements.c.stream, replies.c.number == acknowledgements.c.number)
    query = (
        sa.select(acknowledgements, replies.c.number.label("waits"))
        .outerjoin(replies, waits)
        .where(key.in_([(row.stream, row.number) for row in rows if row.stream is not None]))
    )
    order = list(AcknowledgementKind)
    found = sorted(connection.execute(query), key=lambda row: order.index(AcknowledgementKind(row.kind)))
    return {
        (row.stream, row.number): AcknowledgementShown(kind=AcknowledgementKind(row.kind), waits=row.waits is not None)
        for row in found
    }


# --- the facts of one batch ----------------------------------------------------------------------------------------


def _lines(connection: sa.Connection, row: Any) -> tuple[BatchLine, ...]:  # noqa: ANN401 - a row
    if row.state != post.RECORDED or row.first is None:
        return ()
    recorded = facts_after(connection, row.stream, row.first - 1, row.last - row.first + 1)
    facts = [canonical.decode(octets) for _sequence, octets, _digest, _kind in recorded]
    numbers = _numbers(connection, facts)
    return tuple(_line(fact, numbers) for fact in facts)


class _Said(NamedTuple):
    """What a fact says in one row."""

    number: str = ""
    text: str = ""
    cents: int | None = None
    entry: bytes | None = None
    receipt: bytes | None = None


def _line(fact: f.Fact, numbers: dict[bytes, str]) -> BatchLine:
    said = _said(fact)
    subject = said.entry or said.receipt
    return BatchLine(
        sequence=fact.sequence,
        kind=fact.kind,
        recorded_at=fact.recorded_at,
        number=said.number or (numbers.get(subject, "") if subject else ""),
        text=said.text,
        cents=said.cents,
        entry=said.entry.hex() if said.entry else None,
        receipt=said.receipt.hex() if said.receipt else None,
    )


def _said(fact: f.Fact) -> _Said:  # noqa: PLR0911 - one answer for each kind of fact
    body = fact.body
    if isinstance(body, f.EntryRegistered):
        fee = body.fee.cents if body.fee else None
        return _Said(written(body.register, body.number, fact.office_date), body.subject, fee, body.entry)
    if isinstance(body, f.EntryCorrected | f.EntryAnnulled):
        return _Said(text=body.reason, entry=body.entry)
    if isinstance(body, TermBody):
        return _Said(text=history.term_words(body), entry=body.entry)
    if isinstance(body, CaseBody):
        return _Said(text=history.case_words(fact, body), entry=body.entry)
    if isinstance(body, f.ParticularsNoted):
        return _Said(entry=body.entry)
    if isinstance(body, f.DisputeAnswered):
        return _Said(text=body.text, entry=body.entry)
    return _said_of_cash(fact)


def _said_of_cash(fact: f.Fact) -> _Said:
    body = fact.body
    if isinstance(body, f.ReceiptIssued):
        number, text = written(body.till, body.number, fact.office_date), body.lines[0].text if body.lines else ""
        return _Said(number, text, body.cents, receipt=body.receipt)
    if isinstance(body, f.ReceiptVoided):
        number = written(body.till, body.number, fact.office_date)
        return _Said(number, body.reason, -body.cents, receipt=body.receipt)
    if isinstance(body, f.DayOpened):
        return _Said(f"{body.till}/{body.day:%d.%m.%Y}", cents=body.opening)
    if isinstance(body, f.DayClosed):
        return _Said(f"{body.till}/{body.day:%d.%m.%Y}", body.reason, body.counted)
    return _Said()


def _numbers(connection: sa.Connection, facts: Sequence[f.Fact]) -> dict[bytes, str]:
    """Return the written numbers of the entries that facts name by their ids alone."""
    named = [_said(fact) for fact in facts]
    wanted = [one.entry for one in named if one.entry and not one.number]
    query = sa.select(entries.c.entry, entries.c.register, entries.c.number, entries.c.office_date)
    return {bytes(row.entry): told_number(row) for row in connection.execute(query.where(entries.c.entry.in_(wanted)))}
