"""The journal (дневник): facts appended to their chain in the same transaction as the tables they change."""

import dataclasses
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import NamedTuple, Self

import sqlalchemy as sa

from app.domain import canonical
from app.domain.errors import BadContent, Forked, StoreUnavailable, WrongChain
from app.domain.facts import Body, Fact, StationAdmitted, StationEnrolled
from app.domain.office_date import LastSeen, OfficeDate
from app.domain.ports import Milestone, pass_by
from app.ledger.engine import EXPLICIT, checkpoint, transaction, translated
from app.ledger.prepared import Prepared
from app.ledger.projection import Insert, Place, Update, writes
from app.ledger.tables import journal, streams
from app.ledger.writing import Pen


@dataclasses.dataclass(frozen=True)
class Head:
    """Where a stream stands: its last sequence, that fact's digest, and what the last fact knew of time."""

    stream: bytes
    station: bytes
    sequence: int
    digest: bytes
    recorded_at: int
    office_date: str

    def last_seen(self) -> LastSeen:
        """Return the stream's knowledge of time."""
        return LastSeen(self.recorded_at, date.fromisoformat(self.office_date))


SALT_BYTES = 16


class Stamp(NamedTuple):
    """Who states a fact, when by the clock, on which office date, and where its salt comes from."""

    actor: int
    at: datetime
    today: OfficeDate
    random: Callable[[int], bytes]


Listener = Callable[["Writing", Fact, Place], None]
"""Told of each fact that is projected, in the same transaction: the search index."""

_columns = streams.c
_HEAD = Prepared(
    sa.select(_columns.station, _columns.sequence, _columns.digest, _columns.recorded_at, _columns.office_date).where(
        _columns.stream == sa.bindparam("stream")
    )
)
_LAST_POSITION = Prepared(sa.select(sa.func.max(journal.c.position)))
_DIGEST = Prepared(
    sa.select(journal.c.digest).where(
        journal.c.stream == sa.bindparam("stream"), journal.c.sequence == sa.bindparam("sequence")
    )
)


class Ledger:
    """Streams, journal and tables of one store, behind one engine."""

    def __init__(
        self,
        engine: sa.Engine,
        *,
        milestone: Milestone = pass_by,
        listeners: Sequence[Listener] = (),
    ) -> None:
        self.engine = engine
        self.milestone = milestone
        self.listeners = tuple(listeners)
        self._one_writer = threading.Lock()
        self._writer: sa.Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the store and writes nothing."""
        with translated(), self.engine.connect() as pooled:
            connection = pooled.execution_options(**EXPLICIT)
            with transaction(connection, "BEGIN"):
                yield connection

    @contextmanager
    def writing(self) -> Iterator["Writing"]:
        """Give the one writing transaction; all of it stands after the block, or nothing."""
        with self._one_writer, translated():
            if self._writer is None:
                self._writer = self.engine.connect().execution_options(**EXPLICIT)
            with transaction(self._writer, "BEGIN IMMEDIATE"):
                act = Writing(self, self._writer)
                yield act
                act.finish()
                self.milestone("before_commit")
            self.milestone("after_commit")

    def close(self) -> None:
        """Let go of the store."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self.engine.dispose()


class OpenStore:
    """A store that is open; used in a ``with`` block it is closed afterwards."""

    ledger: Ledger

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Carry the WAL over and let go of the file; on a full disk it stays, and what is committed stands in it."""
        with suppress(StoreUnavailable):
            checkpoint(self.ledger.engine)
        self.ledger.close()


class Writing:
    """One open transaction: reads through ``connection``, appends facts, writes through ``pen``.

    ``appended`` holds the new heads of the streams that grew; it may be read after the commit.
    """

    def __init__(self, ledger: Ledger, connection: sa.Connection) -> None:
        self.connection = connection
        self.pen = Pen(connection)
        self._ledger = ledger
        self.appended: dict[bytes, Head] = {}
        self._heads: dict[bytes, Head | None] = {}
        self._position: int | None = None

    def finish(self) -> None:
        """Put everything down, with the new heads of the streams that grew."""
        for head in self.appended.values():
            grown = {"sequence": head.sequence, "digest": head.digest, "recorded_at": head.recorded_at}
            row = {**grown, "office_date": head.office_date}
            self.pen.put([Update("streams", {"stream": head.stream}, row)])
        self.pen.flush()

    def head(self, stream: bytes) -> Head | None:
        """Return the head of a stream, with what this transaction appended; None where it has no fact yet."""
        if stream not in self._heads:
            self._heads[stream] = head_of(self.connection, stream)
        return self._heads[stream]

    def position(self) -> int:
        """Return the last local position used."""
        if self._position is None:
            self._position = last_position(self.connection)
        return self._position

    def state(self, stream: bytes, body: Body, stamp: Stamp) -> Fact:
        """Make a new fact with this body, the next of its stream, and record it."""
        head = self.head(stream)
        fact = Fact(
            sequence=(head.sequence if head else 0) + 1,
            kind=type(body).__name__,
            version=body.version,
            recorded_at=int(stamp.at.timestamp()),
            office_date=stamp.today.on,
            clock_doubt=stamp.today.doubt,
            actor=stamp.actor,
            salt=stamp.random(SALT_BYTES) if body.personal else b"",
            body=body,
        )
        return self.record(stream, canonical.compose(fact), fact)

    def append(self, stream: bytes, bytes_of_fact: bytes, fact: Fact | None = None) -> Fact:
        """Append one fact to its chain; what it says is projected unless it waits to be applied.

        Raises:
            BadContent, UnknownFact: not a fact in canonical bytes.
            WrongChain: its sequence is not the next one.

        """
        fact = fact or canonical.decode(bytes_of_fact)
        head = self.head(stream)
        if fact.sequence != (head.sequence if head else 0) + 1:
            raise WrongChain(expected=(head.sequence if head else 0) + 1, found=fact.sequence)
        station, previous = (head.station, head.digest) if head else self._open(stream, fact)
        digest = canonical.digest(previous, bytes_of_fact)
        place = Place(self.position() + 1, stream, station)
        self._position = place.position
        # A doubtful fact's clock is no evidence: one that ran years ahead must not leave every later act in doubt.
        believed = head.recorded_at if fact.clock_doubt and head else fact.recorded_at
        new_head = Head(stream, station, fact.sequence, digest, believed, fact.office_date.isoformat())
        self._heads[stream] = self.appended[stream] = new_head
        row = {"position": place.position, "stream": stream, "sequence": fact.sequence}
        self.pen.put([Insert("journal", {**row, "kind": fact.kind, "digest": digest, "canonical": bytes_of_fact})])
        return fact

    def project(self, stream: bytes, fact: Fact, position: int | None = None) -> None:
        """Write into the tables what a fact says."""
        head = self.head(stream)
        if head is None:
            raise WrongChain(expected=1, found=fact.sequence)
        place = Place(position or self.position(), stream, head.station)
        self.pen.put(writes(fact, place))
        for listener in self._ledger.listeners:
            listener(self, fact, place)

    def record(self, stream: bytes, bytes_of_fact: bytes, fact: Fact | None = None) -> Fact:
        """Append a fact and project it at once."""
        fact = self.append(stream, bytes_of_fact, fact)
        self.project(stream, fact)
        return fact

    def _open(self, stream: bytes, first: Fact) -> tuple[bytes, bytes]:
        """Open a stream with its first fact; return (station, genesis digest)."""
        body = first.body
        if not isinstance(body, StationEnrolled | StationAdmitted):
            raise BadContent(what="first fact")
        author = "village" if isinstance(body, StationEnrolled) else "centre"
        genesis = canonical.genesis(body.station, stream, body.enrolment)
        row = {"stream": stream, "station": body.station, "author": author, "genesis": genesis}
        start = {"sequence": 0, "digest": genesis, "recorded_at": 0, "office_date": ""}
        self.pen.put([Insert("streams", {**row, **start})])
        return body.station, genesis

    def check_continues(self, stream: bytes, first: int, previous: bytes) -> int:
        """Return how many facts of a run that starts at ``first`` stand here already.

        Raises:
            Forked: the run's predecessor has another digest here.

        """
        head = self.head(stream)
        held = head.sequence if head else 0
        if head is not None and first <= held + 1:
            if first == 1:
                known: bytes | None = genesis_of(self.connection, stream)
            else:
                known = digest_at(self.connection, stream, first - 1)
            if known != previous:
                raise Forked(sequence=first - 1)
        return max(0, held - first + 1)


def head_of(connection: sa.Connection, stream: bytes) -> Head | None:
    """Return the stored head of a stream."""
    row = _HEAD.first(connection, stream=stream)
    return Head(stream, *row) if row else None


def last_position(connection: sa.Connection) -> int:
    """Return the last local position in the journal, 0 where it is empty."""
    return int(_LAST_POSITION.value(connection) or 0)


def digest_at(connection: sa.Connection, stream: bytes, sequence: int) -> bytes | None:
    """Return the digest of one fact held here."""
    found = _DIGEST.value(connection, stream=stream, sequence=sequence)
    return bytes(found) if found is not None else None


def genesis_of(connection: sa.Connection, stream: bytes) -> bytes:
    """Return the digest before the first fact of a stream held here."""
    found = connection.execute(sa.select(streams.c.genesis).where(streams.c.stream == stream)).scalar_one()
    return bytes(found)


def has_other_than(connection: sa.Connection, stream: bytes, sequence: int, kinds: Collection[str]) -> bool:
    """Return whether a fact after ``sequence`` is of another kind than these."""
    query = sa.select(journal.c.sequence).where(
        journal.c.stream == stream, journal.c.sequence > sequence, journal.c.kind.not_in(kinds)
    )
    return connection.execute(query.limit(1)).first() is not None


def facts_after(
    connection: sa.Connection, stream: bytes, sequence: int, limit: int = 100_000
) -> list[tuple[int, bytes, bytes, str]]:
    """Return (sequence, canonical bytes, digest, kind) of the facts after ``sequence``, in order."""
    query = (
        sa.select(journal.c.sequence, journal.c.canonical, journal.c.digest, journal.c.kind)
        .where(journal.c.stream == stream, journal.c.sequence > sequence)
        .order_by(journal.c.sequence)
        .limit(limit)
    )
    return [(row[0], bytes(row[1]), bytes(row[2]), row[3]) for row in connection.execute(query)]
