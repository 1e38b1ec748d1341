"""The postal tables: sealed envelopes out and in, acknowledgements, and what the relay may forget.

All functions work on an open connection, so that an envelope's effect and its memory are one transaction.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain.terms import AcknowledgementKind, BatchState
from app.ledger.prepared import Prepared
from app.ledger.tables import acknowledgements, entries, inbox, outbox, receipts, releases, replies

RECORDED, WAITING, SET_ASIDE = "recorded", "waiting", "set_aside"
RELAY, FILE = "relay", "file"
NEWEST_LETTERS = 20
"""Letters are answered by nothing; this many of the newest go along on a stick."""


class Outgoing(NamedTuple):
    """A sealed envelope to keep before it is sent. A letter (acknowledgements only) has no stream."""

    envelope: bytes
    recipient: bytes
    stream: bytes | None
    number: int
    first: int
    last: int
    digest: bytes | None
    sealed: bytes
    sealed_at: int


class Acknowledgement(NamedTuple):
    """Потвърждение: the centre signed that it holds this batch of this stream up to this fact."""

    stream: bytes
    number: int
    kind: AcknowledgementKind
    sequence: int
    digest: bytes
    signature: bytes


def keep(connection: sa.Connection, outgoing: Outgoing) -> None:
    """Keep a sealed envelope."""
    row = outgoing._asdict() | {"state": BatchState.SEALED, "attempts": 0, "changed_at": outgoing.sealed_at}
    connection.execute(sa.insert(outbox).values(row))


def last_batch(connection: sa.Connection, stream: bytes) -> tuple[int, int]:
    """Return (number, last sequence) of the newest batch sealed for a stream, (0, 0) before the first."""
    query = (
        sa.select(outbox.c.number, outbox.c.last)
        .where(outbox.c.stream == stream)
        .order_by(outbox.c.number.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return (row[0], row[1]) if row else (0, 0)


def last_letter(connection: sa.Connection) -> int:
    """Return the number of the newest letter sealed here."""
    query = sa.select(sa.func.max(outbox.c.number)).where(outbox.c.stream.is_(None))
    return int(connection.execute(query).scalar() or 0)


def to_send(connection: sa.Connection, limit: int) -> list[tuple[bytes, bytes]]:
    """Return (envelope id, sealed bytes) of what no relay holds yet, oldest first, at most ``limit`` bytes but one."""
    query = (
        sa.select(outbox.c.envelope, outbox.c.sealed)
        .where(outbox.c.state == BatchState.SEALED)
        .order_by(outbox.c.place)
    )
    chosen: list[tuple[bytes, bytes]] = []
    total = 0
    for row in connection.execute(query):
        total += len(row[1])
        if chosen and total > limit:
            break
        chosen.append((bytes(row[0]), bytes(row[1])))
    return chosen


def unacknowledged(connection: sa.Connection) -> list[tuple[bytes, bytes]]:
    """Return (recipient, sealed bytes) for the stick: batches not acknowledged yet, and the newest letters."""
    states = (BatchState.SEALED, BatchState.HELD)
    columns = (outbox.c.recipient, outbox.c.sealed)
    open_batches = sa.select(*columns).where(outbox.c.stream.is_not(None), outbox.c.state.in_(states))
    letters = sa.select(*columns).where(outbox.c.stream.is_(None)).order_by(outbox.c.place.desc()).limit(NEWEST_LETTERS)
    found = [*connection.execute(open_batches.order_by(outbox.c.place)), *connection.execute(letters)]
    return [(bytes(row[0]), bytes(row[1])) for row in found]


def count_attempt(connection: sa.Connection, envelopes: Iterable[bytes]) -> None:
    """Count one attempt to send each of these envelopes, whether it came through or not."""
    tried = sa.update(outbox).where(outbox.c.envelope.in_(list(envelopes)))
    connection.execute(tried.values(attempts=outbox.c.attempts + 1))


def mark_held(connection: sa.Connection, envelopes: Iterable[bytes], at: int) -> None:
    """Note that the relay signed for these envelopes; ``at`` is the time of the change, UTC seconds."""
    query = sa.update(outbox).where(outbox.c.envelope.in_(list(envelopes)), outbox.c.state == BatchState.SEALED)
    connection.execute(query.values(state=BatchState.HELD, changed_at=at))


def mark_received(connection: sa.Connection, stream: bytes, sequence: int, at: int) -> None:
    """Note that the other side holds a stream up to ``sequence``; ``at`` is the time of the change, UTC seconds."""
    states = (BatchState.SEALED, BatchState.HELD)
    query = sa.update(outbox).where(outbox.c.stream == stream, outbox.c.last <= sequence, outbox.c.state.in_(states))
    connection.execute(query.values(state=BatchState.RECEIVED, changed_at=at))


def seen(connection: sa.Connection, envelope: bytes) -> str | None:
    """Return the state in which an envelope lies in the inbox, None where it never came."""
    query = sa.select(inbox.c.state).where(inbox.c.envelope == envelope)
    return connection.execute(query).scalar()


class Arrival(NamedTuple):
    """How an envelope was taken. ``sealed`` is kept while it waits or as evidence, None once it is recorded."""

    envelope: bytes
    sender: bytes
    stream: bytes | None
    number: int
    first: int | None
    last: int | None
    digest: bytes | None
    state: str
    code: str | None
    road: str
    arrived_at: int
    sealed: bytes | None


def note_arrival(connection: sa.Connection, arrival: Arrival) -> None:
    """Remember an envelope for ever, in the state in which it was taken."""
    connection.execute(sa.delete(inbox).where(inbox.c.envelope == arrival.envelope))
    connection.execute(sa.insert(inbox).values(arrival._asdict()))


def batch_digest(connection: sa.Connection, stream: bytes, number: int) -> bytes | None:
    """Return the last digest of the batch recorded under this number, None where none is."""
    query = sa.select(inbox.c.digest).where(
        inbox.c.stream == stream, inbox.c.number == number, inbox.c.state == RECORDED
    )
    row = connection.execute(query).first()
    return bytes(row[0]) if row and row[0] is not None else None


def waiting(connection: sa.Connection, code: str | None = None) -> list[tuple[bytes, bytes, str]]:
    """Return (envelope id, sealed bytes, road) of what waits, in order; for one reason only where ``code`` names it."""
    query = (
        sa.select(inbox.c.envelope, inbox.c.sealed, inbox.c.road)
        .where(inbox.c.state == WAITING)
        .order_by(inbox.c.stream, inbox.c.number)
    )
    if code is not None:
        query = query.where(inbox.c.code == code)
    return [(bytes(row[0]), bytes(row[1]), row[2]) for row in connection.execute(query)]


def release(connection: sa.Connection, envelope: bytes) -> None:
    """Let the relay forget an envelope that is recorded or kept here."""
    if connection.execute(sa.select(releases).where(releases.c.envelope == envelope)).first() is None:
        connection.execute(sa.insert(releases).values(envelope=envelope))


def released(connection: sa.Connection, limit: int = 2_000) -> list[bytes]:
    """Return the envelopes that the relay may forget and was not told of yet."""
    return [bytes(row[0]) for row in connection.execute(sa.select(releases.c.envelope).limit(limit))]


def forget_releases(connection: sa.Connection, envelopes: Iterable[bytes]) -> None:
    """Forget releases that the relay has heard."""
    connection.execute(sa.delete(releases).where(releases.c.envelope.in_(list(envelopes))))


def acknowledge(connection: sa.Connection, acknowledgement: Acknowledgement) -> None:
    """Keep an acknowledgement; the first one of its batch and kind stands."""
    key = acknowledgements.c
    query = sa.select(key.number).where(
        key.stream == acknowledgement.stream,
        key.number == acknowledgement.number,
        key.kind == acknowledgement.kind,
    )
    if connection.execute(query).first() is None:
        connection.execute(sa.insert(acknowledgements).values(acknowledgement._asdict()))


def acknowledgement_of(
    connection: sa.Connection, stream: bytes, number: int, kind: AcknowledgementKind
) -> Acknowledgement | None:
    """Return the stored original acknowledgement of a batch."""
    key = acknowledgements.c
    query = sa.select(acknowledgements).where(key.stream == stream, key.number == number, key.kind == kind)
    row = connection.execute(query).first()
    return _acknowledgement(row) if row else None


_NEWEST = Prepared(
    sa.select(acknowledgements)
    .where(acknowledgements.c.stream == sa.bindparam("stream"))
    .order_by(acknowledgements.c.number.desc())
)
"""Batches are recorded in the order of their numbers, so the highest number reaches furthest; the key finds it."""


def newest_acknowledgement(connection: sa.Connection, stream: bytes) -> Acknowledgement | None:
    """Return the acknowledgement that reaches furthest in a stream."""
    row = _NEWEST.first(connection, stream=stream)
    return _acknowledgement(row) if row else None


def _acknowledgement(row: sa.Row[Any]) -> Acknowledgement:
    kind = AcknowledgementKind(row.kind)
    return Acknowledgement(row.stream, row.number, kind, row.sequence, row.digest, row.signature)


class Waiting(NamedTuple):
    """What the other side has not acknowledged: counts of entries and receipts, and the oldest one's time."""

    entries: int
    receipts: int
    since: int | None


def not_acknowledged(connection: sa.Connection, stream: bytes) -> Waiting:
    """Return what the status line tells (``protocol.md``: it counts entries and receipts)."""
    newest = newest_acknowledgement(connection, stream)
    asked = {"stream": stream, "through": newest.sequence if newest else 0}
    counts = [int(_COUNT[table].value(connection, **asked) or 0) for table in (entries, receipts)]
    oldest = [_OLDEST[table].value(connection, **asked) for table in (entries, receipts)]
    return Waiting(counts[0], counts[1], min((one for one in oldest if one is not None), default=None))


def _beyond(table: sa.Table) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return table.c.stream == sa.bindparam("stream"), table.c.sequence > sa.bindparam("through")


_COUNT = {
    table: Prepared(sa.select(sa.func.count().label("count")).select_from(table).where(*_beyond(table)))
    for table in (entries, receipts)
}
_OLDEST = {
    table: Prepared(sa.select(table.c.recorded_at).where(*_beyond(table)).order_by(table.c.sequence))
    for table in (entries, receipts)
}
"""The oldest is the first by sequence: one step in the index by road, and no table is read to count."""


def reply_later(connection: sa.Connection, recipient: bytes, stream: bytes, number: int) -> None:
    """Put the acknowledgement of a batch into the next letter to ``recipient``."""
    key = replies.c
    query = sa.select(key.number).where(key.stream == stream, key.number == number)
    if connection.execute(query).first() is None:
        connection.execute(sa.insert(replies).values(recipient=recipient, stream=stream, number=number))


def has_replies(connection: sa.Connection) -> bool:
    """Return whether acknowledgements wait for a letter."""
    return connection.execute(sa.select(replies.c.number).limit(1)).first() is not None


def take_replies(connection: sa.Connection) -> dict[bytes, list[Acknowledgement]]:
    """Return the acknowledgements that wait, by recipient; they wait no longer."""
    joined = sa.and_(replies.c.stream == acknowledgements.c.stream, replies.c.number == acknowledgements.c.number)
    query = sa.select(replies.c.recipient, acknowledgements).join(acknowledgements, joined)
    found: dict[bytes, list[Acknowledgement]] = {}
    for recipient, *row in connection.execute(query.order_by(acknowledgements.c.number)):
        stream, number, kind, sequence, digest, signature = row
        one = Acknowledgement(stream, number, AcknowledgementKind(kind), sequence, digest, signature)
        found.setdefault(recipient, []).append(one)
    connection.execute(sa.delete(replies))
    return found
