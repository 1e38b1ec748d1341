"""The lines that wait for the town (редове за решение), each with what stands between it and acceptance."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain import reconciliation
from app.domain.numbering import written
from app.domain.reconciliation import EntryLine
from app.domain.terms import FindingCode, ReceiptKind, Standing, TownState
from app.ledger.tables import entries, findings, receipt_lines, receipts

WAITING = (TownState.NEW, TownState.ANSWERED)
"""Entries in these states wait for the town."""


class Line(NamedTuple):
    """An entry that waits for a decision, with what stands between it and acceptance."""

    row: Any
    found: tuple[FindingCode, ...]
    paid_cents: int

    @property
    def clean(self) -> bool:
        """Return whether the rule proposes it. What a person disputed, a person judges again."""
        return not self.found and self.row.town == TownState.NEW


_DECIDED_BY = [
    *(entries.c.position, entries.c.entry, entries.c.stream, entries.c.recorded_at, entries.c.standing, entries.c.town),
    *(entries.c.register, entries.c.number, entries.c.office_date, entries.c.kind, entries.c.subject),
    entries.c.fee_cents,
]
"""What a decision needs of an entry; a line is read by the thousand."""


def waiting_lines(connection: sa.Connection, stream: bytes | None = None, after: int = 0) -> Iterator[Line]:
    """Return the undecided and the answered entries, in order of arrival, each with its findings.

    ``stream`` asks for one village's; ``after`` for those behind a position.
    """
    conditions = [entries.c.town.in_(WAITING), entries.c.position > after]
    if stream is not None:
        conditions.append(entries.c.stream == stream)
    paid, noticed = _paid(connection, conditions), _serious(connection, conditions)
    # The positions first: whole rows are then read in order, and no more of them than are asked for.
    positions = sa.select(entries.c.position).where(*conditions)
    query = sa.select(*_DECIDED_BY).where(entries.c.position.in_(positions)).order_by(entries.c.position)
    for row in connection.execute(query):
        yield _line(row, paid, noticed)


def line_of(connection: sa.Connection, row: Any) -> Line:  # noqa: ANN401 - a row
    """Return one entry as a line, decided or not."""
    only = [entries.c.entry == row.entry]
    return _line(row, _paid(connection, only), _serious(connection, only))


def _line(row: Any, paid: Mapping[bytes, int], noticed: Mapping[bytes, list[FindingCode]]) -> Line:  # noqa: ANN401
    entry = bytes(row.entry)
    own = tuple(noticed.get(entry, ()))
    line = EntryLine(entry, Standing(row.standing), row.fee_cents, paid.get(entry, 0), own)
    return Line(row, reconciliation.entry_findings(line), line.paid_cents)


_Conditions = Sequence[sa.ColumnElement[bool]]
"""Which entries are asked for."""


def _paid(connection: sa.Connection, which: _Conditions) -> dict[bytes, int]:
    """Return what receipts in force paid for each of these entries, in minor units."""
    query = (
        sa.select(receipt_lines.c.entry, sa.func.sum(receipt_lines.c.cents))
        .join(receipts, receipts.c.position == receipt_lines.c.position)
        .where(
            receipt_lines.c.entry.in_(sa.select(entries.c.entry).where(*which)),
            receipts.c.standing == Standing.IN_FORCE,
            receipts.c.kind == ReceiptKind.SALE,
        )
        .group_by(receipt_lines.c.entry)
    )
    return {bytes(entry): int(cents) for entry, cents in connection.execute(query)}


def _serious(connection: sa.Connection, which: _Conditions) -> dict[bytes, list[FindingCode]]:
    """Return what the village noticed on each of these entries, as they stand, that a person must look at."""
    noticed: dict[bytes, list[FindingCode]] = {}
    query = sa.select(findings.c.subject, findings.c.code).where(
        findings.c.position.in_(sa.select(entries.c.content_at).where(*which)),
        findings.c.code.in_(sorted(reconciliation.SERIOUS)),
    )
    for subject, code in connection.execute(query.order_by(findings.c.position, findings.c.place)):
        noticed.setdefault(bytes(subject), []).append(FindingCode(code))
    return noticed


def told_number(row: Any) -> str:  # noqa: ANN401 - a row
    """Return the number that the citizen was told for an entry."""
    return written(row.register, row.number, date.fromisoformat(row.office_date))
