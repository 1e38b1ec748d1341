"""The registers as a desk reads them (книгата): lists, counts, search, history. Reading only.

Every function takes an open connection of ``store.ledger.reading()``. Lists are paged by position, newest first;
``before`` is the position of the last row shown. The statements are compiled once and each has its index
(``app.ledger.tables``): a key press waits for one of them over a hundred thousand entries.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain.numbering import SeriesKind, written
from app.domain.terms import BatchState, ReceiptKind, View
from app.ledger.prepared import Prepared
from app.ledger.tables import DUE, STOPPED, UNDECIDED, UNPAID, entries, outbox, receipts, series
from app.ledger.timeline import Change, Moment, timeline
from app.services.details import EntryDetails, Line, ReceiptDetails, details, filing_of, receipt_details
from app.services.recall import Acquaintance, last_filing, recall
from app.services.rows import (
    ENTRY_COLUMNS,
    RECEIPT_COLUMNS,
    Acknowledged,
    EntryRow,
    ReceiptRow,
    entry_rows,
    receipt_rows,
)
from app.store import search

__all__ = [
    "Acquaintance",
    "Change",
    "EntryDetails",
    "EntryRow",
    "Line",
    "Moment",
    "ReceiptDetails",
    "ReceiptRow",
    "Unacknowledged",
    "View",
    "awaits_clerk",
    "counts",
    "details",
    "filing_of",
    "find",
    "last_filing",
    "page",
    "recall",
    "receipt_details",
    "receipts_page",
    "timeline",
    "unacknowledged",
]

SOON = timedelta(days=7)
LATEST = 2**62
"""A position after every other."""

_e = entries.c
_HERE = (_e.register == sa.bindparam("register"),)
_BEFORE = _e.position < sa.bindparam("before")
_TODAY: sa.BindParameter[str] = sa.bindparam("today")
_CONDITIONS: Mapping[View, tuple[Any, ...]] = {
    View.ALL: (),
    View.TODAY: (_e.office_date == _TODAY,),
    View.DUE_SOON: (sa.text(DUE), _e.due_on >= _TODAY, _e.due_on <= sa.bindparam("soon")),
    # Hidden in a function, the date does not lead to the index of every due date there ever was.
    View.LATE: (sa.text(UNDECIDED), sa.func.coalesce(_e.due_on, "9999") < _TODAY),
    View.UNPAID: (sa.text(UNPAID),),
    View.WAITING: (_e.stream == sa.bindparam("stream"), _e.sequence > sa.bindparam("through")),
}
_ORDERS: Mapping[View, tuple[Any, ...]] = {
    View.ALL: (_e.office_date.desc(), _e.position.desc()),
    View.WAITING: (_e.sequence.desc(),),
}


_last_shown = entries.alias("last_shown")
_AFTER_LAST_SHOWN = sa.tuple_(_e.office_date, _e.position) < sa.tuple_(
    sa.func.coalesce(
        sa.select(_last_shown.c.office_date).where(_last_shown.c.position == sa.bindparam("before")).scalar_subquery(),
        "9999",
    ),
    sa.bindparam("before"),
)
"""The whole register is ordered by day: a page deep in it begins at the day of the last row, not at the newest one."""


def _page(view: View) -> Prepared:
    after = _AFTER_LAST_SHOWN if view is View.ALL else _BEFORE
    order = _ORDERS.get(view, (_e.position.desc(),))
    conditions = (*_HERE, after, *_CONDITIONS[view])
    if view is View.DUE_SOON:
        # Its index is by day: the newest must be sorted out, and else whole rows would be made of all of them first.
        newest = sa.select(_e.position).where(*conditions).order_by(*order).limit(sa.bindparam("limit"))
        return Prepared(sa.select(*ENTRY_COLUMNS).where(_e.position.in_(newest.correlate(None))).order_by(*order))
    return Prepared(sa.select(*ENTRY_COLUMNS).where(*conditions).order_by(*order).limit(sa.bindparam("limit")))


_PAGES = {view: _page(view) for view in View}
_COUNTS = {
    view: Prepared(
        sa.select(sa.func.count().label("count")).select_from(entries).where(*_HERE, _BEFORE, *_CONDITIONS[view])
    )
    for view in View
    if view is not View.ALL
}
_EVER = Prepared(
    sa.select(sa.func.sum(series.c.last).label("count")).where(
        series.c.kind == SeriesKind.REGISTER.value, series.c.number_index == sa.bindparam("register")
    )
)
"""Numbers run without gaps, so the series say how many entries there are."""

_DISPUTED = Prepared(
    sa.select(*ENTRY_COLUMNS)
    .where(*_HERE, _e.town == sa.literal_column("'disputed'"))
    .order_by(_e.position.desc())
    .limit(sa.bindparam("limit"))
)
_OVER = (
    sa.select(_e.position)
    .where(*_HERE, sa.text(STOPPED), _e.stopped > sa.literal_column("''"), _e.stopped < _TODAY)
    .order_by(_e.position.desc())
    .limit(sa.bindparam("limit"))
)
_NOT_MENDED = Prepared(
    # As with what is due soon: the index is by day, and whole rows are made of the newest only.
    sa.select(*ENTRY_COLUMNS).where(_e.position.in_(_OVER.correlate(None))).order_by(_e.position.desc())
)
_index = sa.table(search.TABLE, sa.column("rowid"), sa.column(search.TABLE))
_FIND = Prepared(
    sa.select(*ENTRY_COLUMNS)
    .select_from(_index.join(entries, _e.position == _index.c.rowid))
    .where(sa.column(search.TABLE).op("MATCH")(sa.bindparam("asked")), *_HERE)
    .order_by(_index.c.rowid.desc())
    .limit(sa.bindparam("limit"))
)
_RECEIPTS = Prepared(
    sa.select(*RECEIPT_COLUMNS)
    .where(receipts.c.till == sa.bindparam("till"), receipts.c.position < sa.bindparam("before"))
    .order_by(receipts.c.position.desc())
    .limit(sa.bindparam("limit"))
)


def _asked(connection: sa.Connection, stream: bytes, register: int, today: date) -> dict[str, Any]:
    """Return the values that the conditions of the views ask for."""
    through = Acknowledged(connection).through(stream)
    days = {"today": today.isoformat(), "soon": (today + SOON).isoformat()}
    return {"register": register, "stream": stream, "through": through, "before": LATEST, **days}


def page(  # noqa: PLR0913, PLR0917 - where, which and how far: a page has no fewer coordinates
    connection: sa.Connection,
    stream: bytes,
    register: int,
    view: View,
    today: date,
    before: int | None = None,
    limit: int = 100,
) -> list[EntryRow]:
    """Return a page of a register's list, newest first.

    Late is what is in force, past its due date, neither ended nor accepted by the town; due soon what is in force and
    due within seven days; unpaid what owes a fee without a receipt in force; waiting what the town did not acknowledge.
    """
    asked = _asked(connection, stream, register, today)
    asked |= {"limit": limit} if before is None else {"before": before, "limit": limit}
    return entry_rows(connection, _PAGES[view].all(connection, **asked))


def counts(connection: sa.Connection, stream: bytes, register: int, today: date) -> dict[View, int]:
    """Return how many entries each view of a register holds."""
    asked = _asked(connection, stream, register, today)
    found = {View.ALL: int(_EVER.value(connection, register=register) or 0)}
    return found | {view: int(count.value(connection, **asked) or 0) for view, count in _COUNTS.items()}


def find(connection: sa.Connection, stream: bytes, register: int, typed: str, limit: int = 100) -> list[EntryRow]:  # noqa: ARG001 - called as the other lists are
    """Return the entries of a register that hold every word typed, as the beginning of a word; newest first.

    Nothing is found where no letter or digit is typed.
    """
    asked = search.within(connection, search.question(connection, typed), register)
    if not asked:
        return []
    return entry_rows(connection, _FIND.all(connection, asked=asked, register=register, limit=limit))


def awaits_clerk(connection: sa.Connection, register: int, today: date, limit: int = 100) -> list[EntryRow]:
    """Return what waits for the clerk („Чака вас“): what the town disputes, what is late, and where nobody mended.

    Each newest first. The last are entries whose applicant was told what is wanting and let the time pass that he was
    given: whether the proceeding ends is the clerk's to say (АПК чл. 30, ал. 2).
    """
    asked = {"register": register, "today": today.isoformat(), "before": LATEST, "limit": limit}
    disputed = entry_rows(connection, _DISPUTED.all(connection, register=register, limit=limit))
    late = entry_rows(connection, _PAGES[View.LATE].all(connection, **asked))
    open_ = {"register": register, "today": today.isoformat(), "limit": limit}
    not_mended = entry_rows(connection, _NOT_MENDED.all(connection, **open_))
    return list({one.position: one for one in (*disputed, *late, *not_mended)}.values())[:limit]


def receipts_page(
    connection: sa.Connection, till: int, before: int | None = None, limit: int = 100
) -> list[ReceiptRow]:
    """Return a page of a till's receipts and stornos, newest first."""
    rows = _RECEIPTS.all(connection, till=till, before=LATEST if before is None else before, limit=limit)
    return receipt_rows(connection, rows)


class Unacknowledged(NamedTuple):
    """Непотвърдено: an entry, receipt or storno that the town has not acknowledged.

    ``kind`` is "entry" or a ``ReceiptKind``; ``since`` UTC seconds; ``where`` the state of its batch, None where it is
    not sealed yet.
    """

    kind: str
    subject: bytes
    number: str
    text: str
    since: int
    where: BatchState | None
    service: int | None = None
    book: int = 0
    """The register of an entry, the till of a receipt."""


_WAITING = Prepared(
    sa.union_all(
        sa.select(
            *(sa.literal_column("'entry'").label("kind"), _e.entry.label("subject"), _e.register.label("book")),
            *(_e.number, _e.office_date, _e.subject.label("text"), _e.recorded_at, _e.sequence, _e.service),
        ).where(_e.stream == sa.bindparam("stream"), _e.sequence > sa.bindparam("through")),
        sa.select(
            *(receipts.c.kind, receipts.c.receipt.label("subject"), receipts.c.till.label("book")),
            *(receipts.c.number, receipts.c.office_date, receipts.c.payer.label("text")),
            *(receipts.c.recorded_at, receipts.c.sequence, sa.null().label("service")),
        ).where(receipts.c.stream == sa.bindparam("stream"), receipts.c.sequence > sa.bindparam("through")),
    )
    .order_by(sa.text("sequence"))
    .limit(sa.bindparam("limit"))
)
_OPEN_BATCHES = Prepared(
    sa.select(outbox.c.first, outbox.c.last, outbox.c.state).where(
        outbox.c.stream == sa.bindparam("stream"), outbox.c.last > sa.bindparam("through")
    )
)


def unacknowledged(connection: sa.Connection, stream: bytes, limit: int = 200) -> list[Unacknowledged]:
    """Return what the town has not acknowledged of a stream, oldest first."""
    through = Acknowledged(connection).through(stream)
    states = {
        sequence: BatchState(row.state)
        for row in _OPEN_BATCHES.all(connection, stream=stream, through=through)
        for sequence in range(row.first, row.last + 1)
    }
    rows = _WAITING.all(connection, stream=stream, through=through, limit=limit)
    return [
        Unacknowledged(
            str(ReceiptKind(row.kind)) if row.kind != "entry" else "entry",
            bytes(row.subject),
            written(row.book, row.number, date.fromisoformat(row.office_date)),
            row.text,
            row.recorded_at,
            states.get(row.sequence),
            row.service,
            row.book,
        )
        for row in rows
    ]
