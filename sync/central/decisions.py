"""Reconcile and decide (равнение, решения): what is clean is accepted at a stroke, the rest is decided one by one."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain import reconciliation
from app.domain.cash import Close, Document, close
from app.domain.errors import AlreadyDecided, UnknownEntry
from app.domain.facts import EntryAccepted, EntryDisputed, Finding
from app.domain.numbering import SeriesKind, written
from app.domain.office_date import local
from app.domain.reconciliation import DayLine, EntryLine
from app.domain.terms import DecidedBy, DisputeReason, FindingCode, ReceiptKind, Standing, TownState
from app.ledger.tables import entries, findings, inbox, receipt_lines, receipts, series, stations, till_days
from sync.central.docflow import Docflow, Filing
from sync.central.schema import batch_checks
from sync.central.store import Act, CentreStore, answer_stream


class Line(NamedTuple):
    """An entry that waits for a decision, with what stands between it and acceptance."""

    row: Any
    found: tuple[FindingCode, ...]


def waiting_lines(connection: sa.Connection) -> Iterator[Line]:
    """Return the entries not decided yet, in order of arrival, each with its findings."""
    paid = _paid(connection)
    noticed: dict[int, list[FindingCode]] = {}
    for position, code in connection.execute(sa.select(findings.c.position, findings.c.code)):
        noticed.setdefault(position, []).append(FindingCode(code))
    query = sa.select(entries).where(entries.c.town == TownState.NEW).order_by(entries.c.position)
    for row in connection.execute(query):
        own = tuple(noticed.get(row.position, ()))
        line = EntryLine(row.entry, Standing(row.standing), row.fee_cents, paid.get(bytes(row.entry), 0), own)
        yield Line(row, reconciliation.entry_findings(line))


def _paid(connection: sa.Connection) -> dict[bytes, int]:
    """Return what receipts in force paid for each entry, in minor units."""
    query = (
        sa.select(receipt_lines.c.entry, sa.func.sum(receipt_lines.c.cents))
        .join(receipts, receipts.c.position == receipt_lines.c.position)
        .where(
            receipt_lines.c.entry.is_not(None),
            receipts.c.standing == Standing.IN_FORCE,
            receipts.c.kind == ReceiptKind.SALE,
        )
        .group_by(receipt_lines.c.entry)
    )
    return {bytes(entry): int(cents) for entry, cents in connection.execute(query)}


def accept_clean(store: CentreStore, docflow: Docflow, actor: int, by: DecidedBy = DecidedBy.PERSON) -> int:
    """Accept every entry that is clean, one fact each; return how many."""
    with store.act(actor) as act:
        clean = [line for line in waiting_lines(act.connection) if not line.found]
        streams: dict[bytes, bytes] = {}
        for line in clean:
            stream = bytes(line.row.stream)
            if stream not in streams:
                streams[stream] = _answers_of(act.connection, stream)
            _accept(act, docflow, streams[stream], line.row, by)
    return len(clean)


def accept(store: CentreStore, docflow: Docflow, entry: bytes, actor: int) -> str:
    """Accept one entry whatever was found, by a person; return its central number.

    Raises:
        UnknownEntry, AlreadyDecided: nothing was decided.

    """
    with store.act(actor) as act:
        row = _undecided(act.connection, entry)
        return _accept(act, docflow, _answers_of(act.connection, row.stream), row, DecidedBy.PERSON)


def _accept(act: Act, docflow: Docflow, answers: bytes, row: Any, by: DecidedBy) -> str:  # noqa: ANN401 - a row
    number = ""
    if row.standing == Standing.IN_FORCE:
        today = local(act.now).date().isoformat()
        filing = Filing(row.entry, row.kind, row.subject, told_number(row), today)
        number = docflow.register(act.connection, filing)
    act.record(answers, EntryAccepted(bytes(row.entry), number, by))
    return number


def dispute(store: CentreStore, entry: bytes, reason: DisputeReason, note: str, actor: int) -> None:
    """Dispute one entry with a coded reason.

    Raises:
        UnknownEntry, AlreadyDecided: nothing was decided.

    """
    with store.act(actor) as act:
        row = _undecided(act.connection, entry)
        act.record(_answers_of(act.connection, row.stream), EntryDisputed(entry, reason, note))


def _undecided(connection: sa.Connection, entry: bytes) -> Any:  # noqa: ANN401 - a row
    row = connection.execute(sa.select(entries).where(entries.c.entry == entry)).first()
    if row is None:
        raise UnknownEntry
    if row.town == TownState.ACCEPTED:
        raise AlreadyDecided
    return row


def _answers_of(connection: sa.Connection, stream: bytes) -> bytes:
    query = sa.select(stations.c.station).where(stations.c.epoch == stream)
    return answer_stream(connection, connection.execute(query).scalar_one())


class VillageFinding(NamedTuple):
    """What reconciliation noticed beyond single entries: where, and what."""

    where: str
    finding: Finding


def village_findings(connection: sa.Connection) -> list[VillageFinding]:
    """Return what is wrong with series, day closes, batches and envelopes of all villages."""
    return [
        *_series_findings(connection),
        *_day_findings(connection),
        *_batch_findings(connection),
        *_late_annulments(connection),
    ]


def _series_findings(connection: sa.Connection) -> Iterator[VillageFinding]:
    for kind, index, year in connection.execute(
        sa.select(series.c.kind, series.c.number_index, series.c.year).order_by(series.c.kind, series.c.number_index)
    ):
        table, column = (entries, entries.c.register) if kind == SeriesKind.REGISTER else (receipts, receipts.c.till)
        query = sa.select(table.c.number).where(column == index, table.c.year == year)
        for code in reconciliation.series_findings(row[0] for row in connection.execute(query)):
            yield VillageFinding(f"{kind} {index}/{year}", Finding(code))


def _day_findings(connection: sa.Connection) -> Iterator[VillageFinding]:
    for day in connection.execute(sa.select(till_days).where(till_days.c.state == "closed")):
        query = sa.select(receipts.c.number, receipts.c.receipt, receipts.c.cents).where(
            receipts.c.till == day.till, receipts.c.day == day.day
        )
        documents = [Document(row[0], bytes(row[1]), row[2]) for row in connection.execute(query)]
        stated = Close(day.receipts, day.taken, day.voids, day.paid_back, day.first, day.last, bytes(day.documents))
        line = DayLine(stated, close(documents), day.opening, day.computed, day.counted, day.difference)
        for finding in reconciliation.day_findings(line):
            yield VillageFinding(f"till {day.till} {day.day}", finding)


def _batch_findings(connection: sa.Connection) -> Iterator[VillageFinding]:
    query = (
        sa.select(stations.c.name, batch_checks.c.number)
        .join(stations, stations.c.epoch == batch_checks.c.stream)
        .where(batch_checks.c.stated != batch_checks.c.recomputed)
    )
    for name, number in connection.execute(query):
        yield VillageFinding(f"{name} batch {number}", Finding(FindingCode.TOTALS_DIFFER))


def _late_annulments(connection: sa.Connection) -> Iterator[VillageFinding]:
    query = sa.select(entries).where(entries.c.standing == Standing.ANNULLED, entries.c.central_number != "")
    for row in connection.execute(query):
        yield VillageFinding(told_number(row), Finding(FindingCode.ANNULLED_AFTER_NUMBER))


def set_aside(connection: sa.Connection) -> list[tuple[bytes, str, str]]:
    """Return (envelope id, state, code) of what was set aside or waits for an earlier batch."""
    query = sa.select(inbox.c.envelope, inbox.c.state, inbox.c.code).where(inbox.c.state != "recorded")
    return [(bytes(row[0]), row[1], row[2]) for row in connection.execute(query.order_by(inbox.c.place))]


def told_number(row: Any) -> str:  # noqa: ANN401 - a row
    """Return the number that the citizen was told for an entry."""
    return written(row.register, row.number, date.fromisoformat(row.office_date))


class Status(NamedTuple):
    """What a centre holds; counts of entries unless the name says otherwise, cash in minor units."""

    entries: int
    receipts: int
    accepted: int
    disputed: int
    cash_cents: int
    set_aside: int
    village_findings: int


def status(connection: sa.Connection) -> Status:
    """Return what the centre's tables hold."""
    count = sa.select(sa.func.count()).select_from(entries)
    cash = sa.select(sa.func.coalesce(sa.func.sum(receipts.c.cents), 0))
    return Status(
        entries=connection.execute(count).scalar_one(),
        receipts=connection.execute(sa.select(sa.func.count()).select_from(receipts)).scalar_one(),
        accepted=connection.execute(count.where(entries.c.town == TownState.ACCEPTED)).scalar_one(),
        disputed=connection.execute(count.where(entries.c.town == TownState.DISPUTED)).scalar_one(),
        cash_cents=int(connection.execute(cash).scalar_one()),
        set_aside=len(set_aside(connection)),
        village_findings=len(village_findings(connection)),
    )
