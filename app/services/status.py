"""Where a village stands (състояние): what it holds, what the town has not acknowledged, what it decided."""

from typing import NamedTuple

import sqlalchemy as sa

from app.domain.terms import TownState
from app.ledger import post
from app.ledger.tables import entries, findings, receipts
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


def of(store: StationStore) -> Status:
    """Return the state of a store, read back from its tables."""
    stream = store.identity.epoch
    with store.ledger.reading() as connection:
        _, sealed = post.last_batch(connection, stream)
        newest = post.newest_acknowledgement(connection, stream)
        waiting = post.not_acknowledged(connection, stream)
        count = sa.select(sa.func.count()).select_from(entries)

        def how_many(*conditions: sa.ColumnElement[bool]) -> int:
            return int(connection.execute(count.where(*conditions)).scalar_one())

        with_findings = sa.select(sa.func.count(sa.distinct(findings.c.subject))).where(
            findings.c.subject.in_(sa.select(entries.c.entry))
        )
        cash = sa.select(sa.func.coalesce(sa.func.sum(receipts.c.cents), 0))
        return Status(
            registered=how_many(),
            receipts=connection.execute(sa.select(sa.func.count()).select_from(receipts)).scalar_one(),
            sealed=how_many(entries.c.sequence <= sealed),
            acknowledged=how_many(entries.c.sequence <= (newest.sequence if newest else 0)),
            accepted=how_many(entries.c.town == TownState.ACCEPTED),
            disputed=how_many(entries.c.town == TownState.DISPUTED),
            findings=connection.execute(with_findings).scalar_one(),
            cash_cents=int(connection.execute(cash).scalar_one()),
            waiting_entries=waiting.entries,
            waiting_receipts=waiting.receipts,
            waiting_since=waiting.since,
        )
