"""Where a village stands (състояние): what it holds, what the town has not acknowledged, what it decided.

Every count is asked of an index, or of the series: numbers run without gaps, so the last ones say how many there are.
"""

from typing import NamedTuple

import sqlalchemy as sa

from app.domain.numbering import SeriesKind
from app.domain.terms import TownState
from app.ledger import post
from app.ledger.prepared import Prepared
from app.ledger.tables import entries, series, tills
from app.services import road
from app.store.station import StationStore


class Status(NamedTuple):
    """Counts of entries unless the name says otherwise; amounts in minor units."""

    registered: int
    receipts: int
    sealed: int
    acknowledged: int
    accepted: int
    disputed: int
    findings: int
    cash_cents: int
    waiting_entries: int
    waiting_receipts: int
    waiting_since: int | None
    waiting_others: int = 0
    """Other acts of a clerk (``road.OTHER_ACTS``); their age counts in ``waiting_since`` too."""


_EVER = Prepared(
    sa.select(sa.func.coalesce(sa.func.sum(series.c.last), 0).label("count")).where(
        series.c.kind == sa.bindparam("kind")
    )
)
_AFTER = Prepared(
    sa.select(sa.func.count().label("count"))
    .select_from(entries)
    .where(entries.c.stream == sa.bindparam("stream"), entries.c.sequence > sa.bindparam("sequence"))
)
_IN_TOWN = Prepared(
    sa.select(sa.func.count().label("count")).select_from(entries).where(entries.c.town == sa.bindparam("town"))
)
_WITH_FINDINGS = Prepared(
    sa.select(sa.func.count().label("count")).select_from(entries).where(entries.c.noticed > sa.literal_column("0"))
)
_CASH = Prepared(sa.select(sa.func.coalesce(sa.func.sum(tills.c.gross - tills.c.storno), 0).label("cents")))


def of(store: StationStore) -> Status:
    """Return the state of a store, read back from its tables."""
    with store.ledger.reading() as connection:
        return read(connection, store.identity.epoch)


def read(connection: sa.Connection, stream: bytes) -> Status:
    """Return the state of the store whose own stream this is."""
    _, sealed = post.last_batch(connection, stream)
    newest = post.newest_acknowledgement(connection, stream)
    waiting = post.not_acknowledged(connection, stream)
    others = road.others(connection, stream, newest.sequence if newest else 0)

    def count(prepared: Prepared, **values: object) -> int:
        return int(prepared.value(connection, **values) or 0)

    registered = count(_EVER, kind=SeriesKind.REGISTER.value)
    undecided = sum(count(_IN_TOWN, town=town.value) for town in TownState if town is not TownState.ACCEPTED)
    return Status(
        registered=registered,
        receipts=count(_EVER, kind=SeriesKind.TILL.value),
        sealed=registered - count(_AFTER, stream=stream, sequence=sealed),
        acknowledged=registered - count(_AFTER, stream=stream, sequence=newest.sequence if newest else 0),
        accepted=registered - undecided,
        disputed=count(_IN_TOWN, town=TownState.DISPUTED.value),
        findings=count(_WITH_FINDINGS),
        cash_cents=count(_CASH),
        waiting_entries=waiting.entries,
        waiting_receipts=waiting.receipts,
        waiting_since=_since(waiting.since, others.since),
        waiting_others=others.how_many,
    )


def _since(*times: int | None) -> int | None:
    return min((one for one in times if one is not None), default=None)


class Notice(NamedTuple):
    """What the status line says, asked on every change: what the town has not acknowledged, and since when (UTC)."""

    waiting_entries: int
    waiting_receipts: int
    waiting_since: int | None
    disputed: int
    waiting_others: int = 0


def notice(connection: sa.Connection, stream: bytes) -> Notice:
    """Return what the status line says of a stream."""
    waiting = post.not_acknowledged(connection, stream)
    newest = post.newest_acknowledgement(connection, stream)
    others = road.others(connection, stream, newest.sequence if newest else 0)
    disputed = int(_IN_TOWN.value(connection, town=TownState.DISPUTED.value) or 0)
    since = _since(waiting.since, others.since)
    return Notice(waiting.entries, waiting.receipts, since, disputed, others.how_many)
