"""The centre's end of the road: the stations' streams come up, the answer streams go down, with letters beside them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa

from app.domain.errors import BadContent
from app.domain.facts import EntryAnnulled, Fact
from app.domain.terms import AcknowledgementKind
from app.ledger import post
from app.ledger.journal import Writing, digest_at
from app.ledger.tables import entries, stations, streams
from sync import batch as batches
from sync import envelope, frame, messages, signatures
from sync.batch import Checked
from sync.central import guard
from sync.central.docflow import Docflow
from sync.central.schema import batch_checks
from sync.central.store import Act, CentreStore, answer_stream
from sync.ends import Outlet, Own
from sync.envelope import Opened, Sender
from sync.messages import Letter
from sync.outgoing import seal_letter


class CentreKeyring:
    """The centre opens what its admitted stations sealed for it."""

    def __init__(self, connection: sa.Connection, own: Own) -> None:
        self._connection = connection
        self._own = own

    def identity(self) -> tuple[str, bytes, int]:
        """Return municipality, own id and the direction in which envelopes come here."""
        return self._own.municipality, self._own.participant, frame.UP

    def private_key(self, key_id: bytes) -> tuple[int, bytes] | None:
        """Return suite and private key."""
        mine = envelope.key_id(envelope.XWING, envelope.public_key(self._own.receiving_key))
        return (envelope.XWING, self._own.receiving_key) if key_id == mine else None

    def sender(self, participant: bytes) -> Sender | None:
        """Return an admitted station's keys."""
        row = self._connection.execute(sa.select(stations).where(stations.c.station == participant)).first()
        if row is None:
            return None
        return Sender(row.signing_key, row.epoch, row.revoked_from_batch, row.revoked_from_sequence)


class CentreEnd:
    """The centre on the road."""

    def __init__(self, store: CentreStore, docflow: Docflow) -> None:
        self.ledger = store.ledger
        self.own = store.own()
        self.clock = store.world.clock
        self.milestone = store.world.milestone
        self._store = store
        self._docflow = docflow

    @contextmanager
    def transaction(self) -> Iterator[Act]:
        """Give the transaction in which an envelope takes effect."""
        with self._store.act() as act:
            yield act

    def outlets(self, connection: sa.Connection) -> Sequence[Outlet]:
        """Return the answer stream of every station."""
        query = (
            sa.select(streams.c.stream, stations.c.station, stations.c.receiving_key, stations.c.epoch)
            .join(stations, stations.c.station == streams.c.station)
            .where(streams.c.author == "centre")
            .order_by(stations.c.name)
        )
        return [Outlet(*map(bytes, row)) for row in connection.execute(query)]

    def keyring(self, connection: sa.Connection) -> CentreKeyring:
        """Return whose envelopes open here."""
        return CentreKeyring(connection, self.own)

    def record(self, transaction: Act, opened: Opened, facts: Sequence[Checked]) -> None:
        """Record a batch: guard, journal and tables, control totals, and what the docflow must hear."""
        batch = opened.message
        if not isinstance(batch, messages.Batch):
            raise TypeError
        header, writing = opened.header, transaction.writing
        guard.check(writing.connection, header.sender, header.epoch, facts)
        with _fitting(writing):
            for one in facts:
                writing.record(header.epoch, one.canonical, one.fact)
            writing.pen.flush()
        self._note_totals(transaction, opened, batch, [one.fact for one in facts])
        self._tell_docflow(transaction, [one.fact for one in facts])
        answers = answer_stream(writing.connection, header.sender)
        for head in batch.heads:
            if (head.stream, head.digest) == (answers, digest_at(writing.connection, answers, head.sequence)):
                post.mark_received(writing.connection, answers, head.sequence, int(transaction.now.timestamp()))

    def _note_totals(self, transaction: Act, opened: Opened, batch: messages.Batch, facts: Sequence[Fact]) -> None:
        recomputed = batches.totals([fact.body for fact in facts])
        row = {
            "stream": opened.header.epoch,
            "number": opened.header.number,
            "stated": _written(batch.inner.totals),
            "recomputed": _written(recomputed),
            "sealed_at": batch.inner.sealed_at,
        }
        transaction.connection.execute(sa.insert(batch_checks).values(row))

    def _tell_docflow(self, transaction: Act, facts: Sequence[Fact]) -> None:
        for fact in facts:
            if isinstance(fact.body, EntryAnnulled):
                query = sa.select(entries.c.central_number).where(entries.c.entry == fact.body.entry)
                if transaction.connection.execute(query).scalar():
                    self._docflow.withdraw(transaction.connection, fact.body.entry, fact.body.reason)

    def answered(self, transaction: Act, opened: Opened) -> None:
        """Acknowledge a batch; the first signature made for it is sent again for every copy."""
        batch = opened.message
        if not isinstance(batch, messages.Batch):
            raise TypeError
        header, connection = opened.header, transaction.connection
        kind = AcknowledgementKind.RECEIVED
        if post.acknowledgement_of(connection, header.epoch, header.number, kind) is None:
            said = messages.acknowledgement_statement(
                kind, header.epoch, header.number, batch.inner.last, batch.inner.digest
            )
            signature = signatures.sign(self.own.signing_key, signatures.ACK, said)
            span = (batch.inner.last, batch.inner.digest, signature)
            post.acknowledge(connection, post.Acknowledgement(header.epoch, header.number, kind, *span))
        post.reply_later(connection, header.sender, header.epoch, header.number)

    def take_letter(self, _transaction: Act, _letter: Letter) -> None:
        """Refuse: a station writes no letters.

        Raises:
            BadContent: always.

        """
        raise BadContent(what="letter")

    def seal_letters(self) -> None:
        """Seal the acknowledgements that wait, one letter to each station."""
        with self.ledger.reading() as connection:
            if not post.has_replies(connection):
                return
        with self.ledger.writing() as writing:
            outlets = {outlet.recipient: outlet for outlet in self.outlets(writing.connection)}
            for recipient, found in post.take_replies(writing.connection).items():
                acknowledgements = [
                    messages.Acknowledgement(one.kind, one.stream, one.number, one.sequence, one.digest, one.signature)
                    for one in found
                ]
                seal_letter(self, writing.connection, outlets[recipient], acknowledgements)


@contextmanager
def _fitting(writing: Writing) -> Iterator[None]:
    """Set a batch aside whose facts the tables cannot hold, so that it holds up no other village.

    Raises:
        BadContent: a day opened twice, a till that another station keeps, a number larger than a database counts.

    """
    driver = writing.connection.dialect.loaded_dbapi
    try:
        yield
    except (driver.IntegrityError, driver.DataError, OverflowError) as error:
        raise BadContent(what="tables") from error


def _written(totals: messages.Totals) -> str:
    return f"{totals.entries},{totals.receipts},{totals.cents_in},{totals.cents_out}"
