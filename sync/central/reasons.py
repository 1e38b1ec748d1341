"""Why a village stands where it stands (състояние на кметството): one reason for each kind of thing that is wrong.

All functions answer for every village at once.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain.cash import Close, Document, close
from app.domain.errors import Forked, Gap
from app.domain.reconciliation import DayLine, day_findings
from app.domain.terms import DayState, FindingCode, VillageState
from app.ledger import post
from app.ledger.tables import entries, inbox, receipts, results, stations, till_days, tills
from sync.central.answers import VillageReason, Waiting
from sync.central.schema import batch_checks

SILENT_AFTER = 3 * 86_400
"""Seconds without a sign of a village after which somebody should telephone."""

OPEN = (post.WAITING, post.SET_ASIDE)
"""States of an envelope that is not recorded, said so that the index by state is used."""

Reasons = defaultdict[bytes, list[VillageReason]]


class Owners(NamedTuple):
    """Which station keeps a register or a till, by index."""

    registers: Mapping[int, bytes]
    tills: Mapping[int, bytes]


def of_all(connection: sa.Connection, owners: Owners, since: date) -> Reasons:
    """Return by station what its batches, series and, from ``since`` on, its cash days give reason to."""
    found: Reasons = defaultdict(list)
    for station, reason in itertools.chain(
        _of_arrivals(connection),
        _of_totals(connection),
        _of_series(connection, owners),
        _of_days(connection, owners, since),
    ):
        found[station].append(reason)
    return found


def of_lines(waiting: Waiting, oldest: Mapping[str, int]) -> Iterator[VillageReason]:
    """Return what the lines of a village give reason to; ``oldest`` is the time of the oldest of each way."""
    by_person = waiting.person + waiting.answered
    if by_person:
        since = min(oldest[way] for way in ("person", "answered") if way in oldest)
        yield VillageReason(state=VillageState.WAITS, count=by_person, since=since)
    if waiting.disputed:
        yield VillageReason(state=VillageState.DISPUTED, count=waiting.disputed, since=oldest["disputed"])
    if waiting.clean:
        yield VillageReason(state=VillageState.CLEAN_WAITING, count=waiting.clean, since=oldest["clean"])


def of_contact(station: Any, heard: int, now: int) -> Iterator[VillageReason]:  # noqa: ANN401 - a row
    """Return whether a station is revoked or silent; ``heard`` is its last contact or its admission."""
    if station.revoked_from_batch is not None:
        yield VillageReason(state=VillageState.REVOKED, batch=station.revoked_from_batch)
    elif now - heard > SILENT_AFTER:
        yield VillageReason(state=VillageState.SILENT, since=heard)


# --- batches -------------------------------------------------------------------------------------------------------


def _of_arrivals(connection: sa.Connection) -> Iterator[tuple[bytes, VillageReason]]:
    """Return forks, gaps and what was set aside; one that came again in good order is no reason any more."""
    later = inbox.alias()
    mended = sa.exists().where(
        later.c.stream == inbox.c.stream,
        later.c.number == inbox.c.number,
        later.c.state == post.RECORDED,
        later.c.place > inbox.c.place,
    )
    query = (
        sa.select(inbox.c.sender, inbox.c.number, inbox.c.state, inbox.c.code, inbox.c.arrived_at)
        .where(inbox.c.state.in_(OPEN), sa.or_(inbox.c.code == Forked.code, ~mended))
        .order_by(inbox.c.place)
    )
    groups: dict[tuple[bytes, VillageState], list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        groups[bytes(row.sender), _arrival_state(row)].append(row)
    expected = _next_batches(connection)
    for (sender, state), rows in groups.items():
        batch = expected.get(sender, 1) if state is VillageState.GAP else rows[-1].number
        yield (
            sender,
            VillageReason(state=state, count=len(rows), batch=batch, code=rows[-1].code, since=rows[0].arrived_at),
        )


def _arrival_state(row: Any) -> VillageState:  # noqa: ANN401 - a row
    if row.code == Forked.code:
        return VillageState.FORK
    return VillageState.GAP if row.code == Gap.code else VillageState.SET_ASIDE


def _next_batches(connection: sa.Connection) -> dict[bytes, int]:
    """Return by sender the number after the newest batch that is recorded."""
    query = (
        sa.select(inbox.c.sender, sa.func.max(inbox.c.number))
        .where(inbox.c.state == post.RECORDED, inbox.c.stream.is_not(None))
        .group_by(inbox.c.sender)
    )
    return {bytes(sender): newest + 1 for sender, newest in connection.execute(query)}


def _of_totals(connection: sa.Connection) -> Iterator[tuple[bytes, VillageReason]]:
    query = (
        sa.select(stations.c.station, sa.func.count(), sa.func.max(batch_checks.c.number))
        .join(stations, stations.c.epoch == batch_checks.c.stream)
        .where(batch_checks.c.stated != batch_checks.c.recomputed)
        .group_by(stations.c.station)
    )
    for station, count, batch in connection.execute(query):
        code = FindingCode.TOTALS_DIFFER
        yield bytes(station), VillageReason(state=VillageState.TOTALS, count=count, batch=batch, code=code)


# --- numbers -------------------------------------------------------------------------------------------------------


def _of_series(connection: sa.Connection, owners: Owners) -> Iterator[tuple[bytes, VillageReason]]:
    """Return the villages with series that do not run 1…n: something is missing, or was given twice."""
    faulty: dict[bytes, list[FindingCode]] = defaultdict(list)
    for table, index, kept_by in (
        (entries, entries.c.register, owners.registers),
        (results, results.c.register, owners.registers),
        (receipts, receipts.c.till, owners.tills),
    ):
        numbers = table.c.number
        counts = (sa.func.count(), sa.func.count(sa.distinct(numbers)), sa.func.min(numbers), sa.func.max(numbers))
        for number_index, _year, held, distinct, first, last in connection.execute(
            # A result whose number is of a paper book is in no series; an entry or receipt of number 0 is a fault.
            sa.select(index, table.c.year, *counts)
            .where(numbers != 0 if table is results else sa.true())
            .group_by(index, table.c.year)
        ):
            if number_index in kept_by and (held != distinct or first != 1 or last != distinct):
                code = FindingCode.NUMBER_TWICE if held != distinct else FindingCode.NUMBER_GAP
                faulty[kept_by[number_index]].append(code)
    for station, codes in faulty.items():
        yield station, VillageReason(state=VillageState.NUMBER_PROBLEM, count=len(codes), code=codes[0])


# --- cash ----------------------------------------------------------------------------------------------------------


def gathered_since(connection: sa.Connection) -> dict[int, date]:
    """Return by till the day from which on its money gathered: the last one that was opened with nothing in it."""
    query = (
        sa.select(till_days.c.till, sa.func.max(till_days.c.day))
        .join(tills, tills.c.till == till_days.c.till)
        .where(till_days.c.opening == 0, tills.c.balance != 0)
        .group_by(till_days.c.till)
    )
    return {till: date.fromisoformat(day) for till, day in connection.execute(query)}


def _of_days(connection: sa.Connection, owners: Owners, since: date) -> Iterator[tuple[bytes, VillageReason]]:
    """Return the villages with a closed day whose cash or documents are not what it says."""
    closed = _closed(owners, since)
    documents = _documents(connection, closed)
    faulty: dict[bytes, list[Any]] = defaultdict(list)
    for day in connection.execute(closed):
        found = {one.code for one in day_findings(_day_line(day, documents[day.till, day.day]))}
        if found and day.till in owners.tills:
            faulty[owners.tills[day.till]].append((day, found))
    for station, days in faulty.items():
        codes = set().union(*(found for _day, found in days))
        code = FindingCode.DAY_DIFFERS if FindingCode.DAY_DIFFERS in codes else FindingCode.CASH_DIFFERENCE
        cents, newest = sum(day.difference for day, _found in days), max(day.day for day, _found in days)
        state, on = VillageState.CASH_DIFFERENCE, date.fromisoformat(newest)
        yield station, VillageReason(state=state, count=len(days), cents=cents, day=on, code=code)


def _closed(owners: Owners, since: date) -> sa.Select[Any]:
    """Return the query of the closed days of every till; with the tills named, their key is used."""
    recent = sa.and_(till_days.c.till.in_(list(owners.tills)), till_days.c.day >= since.isoformat())
    return sa.select(till_days).where(recent, till_days.c.state == DayState.CLOSED)


def _documents(connection: sa.Connection, closed: sa.Select[Any]) -> Mapping[tuple[int, str], list[Document]]:
    """Return by till and day the cash documents of the days that are closed."""
    days = closed.subquery()
    query = sa.select(*(receipts.c.till, receipts.c.day, receipts.c.number, receipts.c.receipt, receipts.c.cents)).join(
        days, sa.and_(receipts.c.till == days.c.till, receipts.c.day == days.c.day)
    )
    found: defaultdict[tuple[int, str], list[Document]] = defaultdict(list)
    for till, day, number, receipt, cents in connection.execute(query):
        found[till, day].append(Document(number, bytes(receipt), cents))
    return found


def _day_line(day: Any, documents: list[Document]) -> DayLine:  # noqa: ANN401 - a row
    stated = Close(day.receipts, day.taken, day.voids, day.paid_back, day.first, day.last, bytes(day.documents))
    return DayLine(stated, close(documents), day.opening, day.computed, day.counted, day.difference)
