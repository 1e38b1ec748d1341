"""Lists and details for the desk: entries, lines that wait, receipts; pages by key, newest first."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain.numbering import SeriesKind, written
from app.domain.reconciliation import dispute_reason
from app.domain.terms import ArrivalState, DisputeReason, ReceiptKind, Road, Speed, Standing, TownState
from app.ledger import post
from app.ledger.journal import last_position
from app.ledger.tables import entries, entry_correspondents, inbox, receipts, registers, series, stations, tills
from sync.central import findings, history, waiting
from sync.central.answers import (
    Answered,
    Dispute,
    Entries,
    EntryRow,
    Findings,
    FoundInVillage,
    Line,
    Lines,
    NotRecorded,
    ReceiptRow,
    Receipts,
)


class Page(NamedTuple):
    """What a list is asked for: one station's stream or all, rows below a key, at most so many."""

    stream: bytes | None
    before: int | None
    limit: int


# --- entries -------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"^(?:(?P<index>\d{1,6})-)?0*(?P<number>\d{1,12})(?:/.*)?$")


_SHARED = sa.select(registers.c.station).group_by(registers.c.station).having(sa.func.count() > 1)
"""Stations that several villages share: theirs are named by the village, all others by the station."""
_OF_REGISTER = sa.func.coalesce(
    sa.select(registers.c.name)
    .where(registers.c.register == entries.c.register, registers.c.station.in_(_SHARED))
    .correlate(entries)
    .scalar_subquery(),
    stations.c.name,
).label("village")
_OF_TILL = sa.func.coalesce(
    sa.select(registers.c.name)
    .join(tills, tills.c.mayoralty == registers.c.mayoralty)
    .where(tills.c.till == receipts.c.till, registers.c.station.in_(_SHARED))
    .correlate(receipts)
    .limit(1)
    .scalar_subquery(),
    stations.c.name,
).label("village")


def entry_rows() -> sa.Select[Any]:
    """Return the query of entries with village and first correspondent, to be narrowed down."""
    first = sa.and_(entry_correspondents.c.position == entries.c.content_at, entry_correspondents.c.place == 0)
    return (
        sa.select(entries, stations.c.station, _OF_REGISTER, entry_correspondents.c.name.label("who"))
        .join(stations, stations.c.epoch == entries.c.stream)
        .outerjoin(entry_correspondents, first)
    )


def entry_row(row: Any) -> EntryRow:  # noqa: ANN401 - a row
    """Return an entry as a row of a list."""
    return EntryRow(
        position=row.position,
        entry=row.entry.hex(),
        station=row.station.hex(),
        village=row.village,
        register=row.register,
        number=waiting.told_number(row),
        office_date=date.fromisoformat(row.office_date),
        recorded_at=row.recorded_at,
        kind=row.kind,
        subject=row.subject,
        who=row.who or "",
        service=row.service,
        speed=Speed(row.speed) if row.speed else None,
        due_on=date.fromisoformat(row.due_on) if row.due_on else None,
        fee_cents=row.fee_cents,
        standing=Standing(row.standing),
        town=TownState(row.town),
        central_number=row.central_number,
        dispute_reason=DisputeReason(row.dispute_reason) if row.dispute_reason else None,
    )


def entries_page(connection: sa.Connection, page: Page, town: TownState | None, number: str) -> Entries:
    """Return a page of entries, newest arrival first.

    ``number`` is typed as people say it: ``42``, ``000042``, ``17-42`` or ``17-000042/20.11.2026``; what is no number
    finds nothing.
    """
    query = _paged(entry_rows(), entries, page)
    if town is not None:
        query = query.where(entries.c.town == town)
    if number:
        typed = _NUMBER.match(number.strip())
        if typed is None:
            return Entries(entries=(), before=None)
        query = query.where(entries.c.position.in_(_numbered(typed["index"], int(typed["number"]))))
    rows = connection.execute(query).all()
    shown = tuple(entry_row(row) for row in rows[: page.limit])
    return Entries(entries=shown, before=shown[-1].position if len(rows) > page.limit else None)


def _numbered(index: str | None, number: int) -> sa.Select[Any]:
    """Return the positions of the entries with a number; with every series named, the index by number is used."""
    registers = series.c.kind == SeriesKind.REGISTER
    indices = [int(index)] if index else sa.select(series.c.number_index).where(registers)
    years = sa.select(series.c.year).where(registers)
    return sa.select(entries.c.position).where(
        entries.c.register.in_(indices), entries.c.year.in_(years), entries.c.number == number
    )


def _paged(query: sa.Select[Any], table: sa.Table, page: Page) -> sa.Select[Any]:
    """Return the query for one page and one row more, which tells whether there is a next page."""
    if page.stream is None:
        below = table.c.position < page.before if page.before is not None else sa.true()
        return query.where(below).order_by(table.c.position.desc()).limit(page.limit + 1)
    # Within a stream sequence and position run alike, and the index by road holds the sequence.
    query = query.where(table.c.stream == page.stream)
    if page.before is not None:
        last = table.alias()
        query = query.where(
            table.c.sequence < sa.select(last.c.sequence).where(last.c.position == page.before).scalar_subquery()
        )
    return query.order_by(table.c.sequence.desc()).limit(page.limit + 1)


# --- lines that wait -----------------------------------------------------------------------------------------------


def lines(connection: sa.Connection, stream: bytes | None, after: int, limit: int, *, clean: bool | None) -> Lines:
    """Return a page of the lines that wait, in order of arrival; ``clean`` asks for one sort of them only."""
    wanted = (line for line in waiting.waiting_lines(connection, stream, after) if clean is None or line.clean is clean)
    found = list(islice(wanted, limit + 1))
    rows = _rows_of(connection, found[:limit])
    ids = sa.select(entries.c.entry).where(entries.c.town == TownState.ANSWERED)
    answers = history.answers(connection, ids)
    shown = tuple(_line(line, rows[line.row.position], answers) for line in found[:limit])
    last = found[limit - 1].row.position if len(found) > limit else None
    return Lines(seen=last_position(connection), lines=shown, after=last)


def _rows_of(connection: sa.Connection, found: Sequence[waiting.Line]) -> dict[int, Any]:
    query = entry_rows().where(entries.c.position.in_([line.row.position for line in found]))
    return {row.position: row for row in connection.execute(query)}


def _line(line: waiting.Line, row: Any, answers: Mapping[bytes, Answered]) -> Line:  # noqa: ANN401 - a row
    return Line(
        row=entry_row(row),
        paid_cents=line.paid_cents,
        clean=line.clean,
        findings=line.found,
        proposed_reason=dispute_reason(line.found) if line.found else None,
        dispute=dispute_of(row),
        answer=answers.get(bytes(row.entry)),
    )


def dispute_of(row: Any) -> Dispute | None:  # noqa: ANN401 - a row
    """Return the dispute that stands on an entry, or that its village answered."""
    if row.dispute_reason is None:
        return None
    return Dispute(reason=DisputeReason(row.dispute_reason), note=row.dispute_note or "", at=row.decided_at)


# --- receipts ------------------------------------------------------------------------------------------------------


def receipt_rows() -> sa.Select[Any]:
    """Return the query of receipts with their village, to be narrowed down."""
    return sa.select(receipts, stations.c.station, _OF_TILL).join(stations, stations.c.epoch == receipts.c.stream)


def receipt_row(row: Any) -> ReceiptRow:  # noqa: ANN401 - a row
    """Return a receipt as a row of a list."""
    return ReceiptRow(
        position=row.position,
        receipt=row.receipt.hex(),
        station=row.station.hex(),
        village=row.village,
        till=row.till,
        number=receipt_number(row),
        kind=ReceiptKind(row.kind),
        day=date.fromisoformat(row.day),
        recorded_at=row.recorded_at,
        payer=row.payer,
        cents=row.cents,
        currency=row.currency,
        standing=Standing(row.standing),
    )


def receipt_number(row: Any) -> str:  # noqa: ANN401 - a row
    """Return the number that stands on a receipt."""
    return written(row.till, row.number, date.fromisoformat(row.office_date))


def receipts_page(connection: sa.Connection, page: Page) -> Receipts:
    """Return a page of receipts, newest arrival first."""
    rows = connection.execute(_paged(receipt_rows(), receipts, page)).all()
    shown = tuple(receipt_row(row) for row in rows[: page.limit])
    return Receipts(receipts=shown, before=shown[-1].position if len(rows) > page.limit else None)


# --- findings ------------------------------------------------------------------------------------------------------


def all_findings(connection: sa.Connection) -> Findings:
    """Return what the reconciliation of everything found, and which envelopes are not recorded."""
    villages = {bytes(row.epoch): row for row in connection.execute(sa.select(stations))}
    return Findings(
        villages=tuple(_found(one, villages[one.stream]) for one in findings.village_findings(connection)),
        envelopes=tuple(_not_recorded(connection)),
    )


def _not_recorded(connection: sa.Connection) -> Iterator[NotRecorded]:
    query = (
        sa.select(inbox.c.envelope, inbox.c.state, inbox.c.code, inbox.c.number, inbox.c.road, inbox.c.arrived_at)
        .add_columns(stations.c.name.label("village"))
        .outerjoin(stations, stations.c.station == inbox.c.sender)
        .where(inbox.c.state != post.RECORDED)
        .order_by(inbox.c.place)
    )
    for row in connection.execute(query):
        yield NotRecorded(
            envelope=row.envelope.hex(),
            state=ArrivalState(row.state),
            code=row.code,
            village=row.village,
            number=row.number,
            road=Road(row.road),
            arrived_at=row.arrived_at,
        )


def _found(one: findings.VillageFinding, village: Any) -> FoundInVillage:  # noqa: ANN401 - a row
    return FoundInVillage(
        code=one.finding.code,
        station=village.station.hex(),
        village=village.name,
        series=one.series,
        index=one.number_index,
        year=one.year,
        day=one.day,
        batch=one.batch,
        entry=one.entry.hex() if one.entry else None,
        number=one.number,
        numbers=one.numbers,
        cents=one.cents,
    )
