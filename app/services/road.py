"""How the road stands as the store remembers it (връзка): what lies where, and when the far ends were last heard.

The relay and the town are never asked here: what is told of them is the last that was heard, with its time.
"""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from app.domain import canonical
from app.domain.facts import (
    AttachmentAdded,
    Body,
    DayClosed,
    DefectsNoticed,
    DefectsRepaired,
    DeliveryNoted,
    DisputeAnswered,
    EntryAnnulled,
    EntryCorrected,
    EntryEnded,
    EntryReopened,
    NoteAdded,
    ResultAnnulled,
    ResultIssued,
    TermExtended,
    TermStarted,
)
from app.domain.terms import BatchState
from app.ledger import post
from app.ledger.prepared import Prepared
from app.ledger.tables import entries, inbox, journal, outbox, receipts

_OF_A_TERM = (TermStarted, TermExtended, DefectsNoticed, DefectsRepaired)
_OF_A_CASE = (
    *(AttachmentAdded, NoteAdded, ResultIssued, ResultAnnulled),
    *(DeliveryNoted, EntryEnded, EntryReopened),
)
_OF_AN_ENTRY = (EntryCorrected, DisputeAnswered, EntryAnnulled, *_OF_A_TERM, *_OF_A_CASE)
OTHER_ACTS = (*_OF_AN_ENTRY, DayClosed)
"""Acts of a clerk that wait for the town too and are neither an entry nor a receipt."""

_KINDS = ", ".join(f"'{kind.__name__}'" for kind in OTHER_ACTS)
_OTHERS = (
    journal.c.stream == sa.bindparam("stream"),
    journal.c.sequence > sa.bindparam("through"),
    sa.text(f"journal.kind IN ({_KINDS})"),
)
_COUNT_OTHERS = Prepared(sa.select(sa.func.count().label("count")).select_from(journal).where(*_OTHERS))
_OTHER_FACTS = Prepared(
    sa.select(journal.c.sequence, journal.c.canonical)
    .where(*_OTHERS)
    .order_by(journal.c.sequence)
    .limit(sa.bindparam("limit"))
)


class Others(NamedTuple):
    """Other acts that the town has not acknowledged: how many, and the oldest one's time (UTC seconds)."""

    how_many: int
    since: int | None


def others(connection: sa.Connection, stream: bytes, through: int) -> Others:
    """Return the other acts of a stream after the fact ``through``."""
    count = int(_COUNT_OTHERS.value(connection, stream=stream, through=through) or 0)
    if not count:
        return Others(0, None)
    oldest = _OTHER_FACTS.first(connection, stream=stream, through=through, limit=1)
    return Others(count, canonical.decode(bytes(oldest.canonical)).recorded_at if oldest else None)


class OtherAct(NamedTuple):
    """One of them: the kind of its fact, the entry and its number where it is about one, and when it was done.

    ``where`` is the state of its batch, None where it is not sealed yet; ``register`` or ``till`` says whose it is.
    """

    kind: type[Body]
    entry: bytes | None
    number: str
    at: int
    where: BatchState | None
    register: int | None = None
    till: int | None = None


def other_acts(connection: sa.Connection, stream: bytes, limit: int = 50) -> list[OtherAct]:
    """Return the other acts that the town has not acknowledged, oldest first."""
    through = _through(connection, stream)
    rows = _OTHER_FACTS.all(connection, stream=stream, through=through, limit=limit)
    return [_other_act(connection, stream, row.sequence, bytes(row.canonical)) for row in rows]


def _other_act(connection: sa.Connection, stream: bytes, sequence: int, octets: bytes) -> OtherAct:
    fact = canonical.decode(octets)
    where = _state_of(connection, stream, sequence)
    body = fact.body
    entry = body.entry if isinstance(body, _OF_AN_ENTRY) else None
    if entry is None:
        till = body.till if isinstance(body, DayClosed) else None
        return OtherAct(type(body), None, "", fact.recorded_at, where, till=till)
    of = entries.c
    row = connection.execute(sa.select(of.register, of.number).where(of.entry == entry)).one()
    return OtherAct(type(body), entry, f"{row[0]}-{row[1]:06d}", fact.recorded_at, where, register=row[0])


def _state_of(connection: sa.Connection, stream: bytes, sequence: int) -> BatchState | None:
    """Return the state of the batch that carries a fact; the index finds the first that ends with it or later."""
    of = outbox.c
    query = sa.select(of.first, of.state).where(of.stream == stream, of.last >= sequence).order_by(of.last).limit(1)
    row = connection.execute(query).first()
    return BatchState(row[1]) if row and row[0] <= sequence else None


class Load(NamedTuple):
    """What lies at one place of the road."""

    entries: int = 0
    receipts: int = 0
    others: int = 0


class SetAside(NamedTuple):
    """An envelope that was refused and kept as evidence: the code of why, and when (UTC seconds)."""

    code: str
    at: int


class RoadMemory(NamedTuple):
    """What the store remembers of the road; times are UTC seconds, None for never.

    ``at_relay`` is what the relay signed for and the town has not acknowledged; ``confirmed`` how many entries the town
    acknowledged in all; ``by_file`` when an envelope last came by stick or folder.
    """

    at_relay: Load
    confirmed: int
    relay_heard: int | None
    town_heard: int | None
    by_file: int | None
    set_aside: tuple[SetAside, ...]

    def with_relay_heard(self, at: datetime | None) -> "RoadMemory":
        """Return the same with the relay heard at ``at`` too: a round without envelopes leaves no trace here."""
        if at is None:
            return self
        return self._replace(relay_heard=_later(self.relay_heard, int(at.timestamp())))


def remember(connection: sa.Connection, stream: bytes) -> RoadMemory:
    """Return what the store of this stream remembers."""
    through = _through(connection, stream)
    arrived = {road: _newest(connection, inbox.c.arrived_at, inbox.c.road == road) for road in (post.RELAY, post.FILE)}
    handed = _newest(connection, outbox.c.changed_at, outbox.c.state == BatchState.HELD)
    return RoadMemory(
        at_relay=Load(
            _held(connection, entries, stream, through),
            _held(connection, receipts, stream, through),
            _held(connection, journal, stream, through, sa.text(f"journal.kind IN ({_KINDS})")),
        ),
        confirmed=_confirmed(connection, stream, through),
        relay_heard=_later(arrived[post.RELAY], handed),
        town_heard=_later(*arrived.values()),
        by_file=arrived[post.FILE],
        set_aside=_set_aside(connection),
    )


def _through(connection: sa.Connection, stream: bytes) -> int:
    newest = post.newest_acknowledgement(connection, stream)
    return newest.sequence if newest else 0


def _held(connection: sa.Connection, table: sa.Table, stream: bytes, through: int, *which: sa.TextClause) -> int:
    """Return how many rows of a table, or such of them, lie in batches that the relay holds."""
    batch = sa.and_(outbox.c.stream == table.c.stream, table.c.sequence.between(outbox.c.first, outbox.c.last))
    query = (
        sa.select(sa.func.count())
        .select_from(table.join(outbox, batch))
        .where(table.c.stream == stream, table.c.sequence > through, outbox.c.state == BatchState.HELD, *which)
    )
    return int(connection.execute(query).scalar() or 0)


def _confirmed(connection: sa.Connection, stream: bytes, through: int) -> int:
    query = sa.select(sa.func.count()).select_from(entries)
    return int(connection.execute(query.where(entries.c.stream == stream, entries.c.sequence <= through)).scalar() or 0)


def _newest(
    connection: sa.Connection, time: sa.ColumnElement[int | None], condition: sa.ColumnElement[bool]
) -> int | None:
    found: int | None = connection.execute(sa.select(sa.func.max(time)).where(condition)).scalar()
    return found


def _later(*times: int | None) -> int | None:
    return max((one for one in times if one is not None), default=None)


def _set_aside(connection: sa.Connection, limit: int = 20) -> tuple[SetAside, ...]:
    query = (
        sa.select(inbox.c.code, inbox.c.arrived_at)
        .where(inbox.c.state == post.SET_ASIDE)
        .order_by(inbox.c.place.desc())
        .limit(limit)
    )
    return tuple(SetAside(row[0] or "", row[1]) for row in connection.execute(query))
