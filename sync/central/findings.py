"""What reconciliation finds beyond single entries (забележки): in series, day closes, batches and annulments.

This is the whole record gone through; the first screen asks ``reasons``, which looks at what is recent.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.domain import reconciliation
from app.domain.cash import Close, Document, close
from app.domain.facts import Finding
from app.domain.numbering import SeriesKind
from app.domain.reconciliation import DayLine
from app.domain.terms import DayState, FindingCode, Standing
from app.ledger.tables import entries, receipts, results, stations, till_days
from sync.central.schema import batch_checks
from sync.central.waiting import told_number

MOST_NUMBERS = 20
"""A person telephones about so many numbers; the rest shows when these are explained."""


class VillageFinding(NamedTuple):
    """What was noticed, and where: in which village, and the series, day, batch or entry.

    ``numbers`` are the first ones missing from a series, or given twice; ``cents`` is a difference in a till.
    """

    finding: Finding
    stream: bytes
    series: SeriesKind | None = None
    number_index: int | None = None
    year: int | None = None
    day: date | None = None
    batch: int | None = None
    entry: bytes | None = None
    number: str = ""
    numbers: tuple[int, ...] = ()
    cents: int | None = None


def village_findings(connection: sa.Connection) -> list[VillageFinding]:
    """Return what is wrong with series, day closes, batches and annulments of all villages."""
    return [
        *_series_findings(connection),
        *_day_findings(connection),
        *_batch_findings(connection),
        *_late_annulments(connection),
    ]


def _series_findings(connection: sa.Connection) -> Iterator[VillageFinding]:
    for kind, table, index in (
        (SeriesKind.REGISTER, entries, entries.c.register),
        (SeriesKind.OUTGOING, results, results.c.register),
        (SeriesKind.TILL, receipts, receipts.c.till),
    ):
        held: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        writers: dict[tuple[int, int], bytes] = {}
        # A result whose number is of a paper book is in no series; an entry or receipt of number 0 is a fault.
        numbered = table.c.number != 0 if table is results else sa.true()
        columns = (index, table.c.year, table.c.number, table.c.stream)
        query = sa.select(*columns).where(numbered).order_by(index, table.c.year)
        for number_index, year, number, stream in connection.execute(query):
            held[number_index, year].append(number)
            writers[number_index, year] = bytes(stream)
        for place, numbers in held.items():
            for code in reconciliation.series_findings(numbers):
                concerned = _numbers(code, numbers)
                yield VillageFinding(Finding(code), writers[place], kind, *place, numbers=concerned)


def _numbers(code: FindingCode, numbers: Sequence[int]) -> tuple[int, ...]:
    """Return the first numbers that a finding on a series means."""
    counted = Counter(numbers)
    if code is FindingCode.NUMBER_TWICE:
        found = (number for number in sorted(counted) if counted[number] > 1)
    else:
        found = (number for number in range(1, max(counted) + 1) if number not in counted)
    return tuple(number for number, _place in zip(found, range(MOST_NUMBERS), strict=False))


def _day_findings(connection: sa.Connection) -> Iterator[VillageFinding]:
    documents = _documents(connection)
    for day in connection.execute(sa.select(till_days).where(till_days.c.state == DayState.CLOSED)):
        stated = Close(day.receipts, day.taken, day.voids, day.paid_back, day.first, day.last, bytes(day.documents))
        recomputed = close(documents[day.till, day.day])
        line = DayLine(stated, recomputed, day.opening, day.computed, day.counted, day.difference)
        for finding in reconciliation.day_findings(line):
            on, cents = date.fromisoformat(day.day), day.difference
            where = (SeriesKind.TILL, day.till, on.year, on)
            yield VillageFinding(finding, bytes(day.stream), *where, cents=cents)


def _documents(connection: sa.Connection) -> defaultdict[tuple[int, str], list[Document]]:
    query = sa.select(receipts.c.till, receipts.c.day, receipts.c.number, receipts.c.receipt, receipts.c.cents)
    found: defaultdict[tuple[int, str], list[Document]] = defaultdict(list)
    for till, day, number, receipt, cents in connection.execute(query):
        found[till, day].append(Document(number, bytes(receipt), cents))
    return found


def _batch_findings(connection: sa.Connection) -> Iterator[VillageFinding]:
    query = (
        sa.select(batch_checks.c.stream, batch_checks.c.number)
        .join(stations, stations.c.epoch == batch_checks.c.stream)
        .where(batch_checks.c.stated != batch_checks.c.recomputed)
        .order_by(stations.c.name, batch_checks.c.number)
    )
    for stream, number in connection.execute(query):
        yield VillageFinding(Finding(FindingCode.TOTALS_DIFFER), bytes(stream), batch=number)


def _late_annulments(connection: sa.Connection) -> Iterator[VillageFinding]:
    query = sa.select(entries).where(entries.c.standing == Standing.ANNULLED, entries.c.central_number != "")
    for row in connection.execute(query):
        finding, number = Finding(FindingCode.ANNULLED_AFTER_NUMBER), told_number(row)
        yield VillageFinding(finding, bytes(row.stream), entry=bytes(row.entry), number=number)
