"""The village's end of the road: its own stream goes up, the town's answers come down and are applied."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple, Protocol

import sqlalchemy as sa

from app.domain.errors import BadContent
from app.domain.facts import CENTRE_KINDS, Fact
from app.domain.ports import Clock, Milestone
from app.domain.terms import AcknowledgementKind
from app.ledger import post
from app.ledger.journal import Ledger, Writing
from sync import envelope, frame, messages, signatures
from sync.batch import Checked
from sync.ends import Outlet, Own
from sync.enrolment import Enrolment
from sync.envelope import Opened, Sender


class ActLike(Protocol):
    """A transaction of the store in which answers are applied."""

    @property
    def writing(self) -> Writing:
        """Return the open transaction of the ledger."""

    def apply_answers(self, stream: bytes, answers: Sequence[tuple[Fact, bytes]]) -> None:
        """Append the town's facts, project them and note in the own stream how far they are applied."""


class Village(Protocol):
    """What this end needs of the station's store."""

    @property
    def ledger(self) -> Ledger:
        """Return the store's ledger."""

    def bookkeeping(self) -> AbstractContextManager[ActLike]:
        """Give an act that no doubt about the clock holds up."""


class VillageKeyring(NamedTuple):
    """A station opens what its own centre sealed for it."""

    own: Own
    enrolment: Enrolment

    def identity(self) -> tuple[str, bytes, int]:
        """Return municipality, own id and the direction in which envelopes come here."""
        return self.own.municipality, self.own.participant, frame.DOWN

    def private_key(self, key_id: bytes) -> tuple[int, bytes] | None:
        """Return suite and private key."""
        mine = envelope.key_id(envelope.XWING, envelope.public_key(self.own.receiving_key))
        return (envelope.XWING, self.own.receiving_key) if key_id == mine else None

    def sender(self, participant: bytes) -> Sender | None:
        """Return the centre's keys."""
        if participant != self.enrolment.centre:
            return None
        return Sender(self.enrolment.centre_signing_key, self.enrolment.answers)


class VillageEnd:
    """A station on the road."""

    def __init__(
        self,
        village: Village,
        own: Own,
        epoch: bytes,
        enrolment: Enrolment,
        clock: Clock,
        milestone: Milestone,
    ) -> None:
        self.ledger = village.ledger
        self.own = own
        self.clock = clock
        self.milestone = milestone
        self._village = village
        self._epoch = epoch
        self._enrolment = enrolment

    @contextmanager
    def transaction(self) -> Iterator[ActLike]:
        """Give the transaction in which an envelope takes effect."""
        with self._village.bookkeeping() as act:
            yield act

    def outlets(self, _connection: sa.Connection) -> Sequence[Outlet]:
        """Return the one stream that goes up."""
        centre = self._enrolment
        return (Outlet(self._epoch, centre.centre, centre.centre_receiving_key, centre.answers),)

    def keyring(self, _connection: sa.Connection) -> VillageKeyring:
        """Return whose envelopes open here."""
        return VillageKeyring(self.own, self._enrolment)

    def record(self, transaction: ActLike, opened: Opened, facts: Sequence[Checked]) -> None:
        """Apply the town's answers.

        Raises:
            BadContent: a fact that a centre does not write.

        """
        if any(one.fact.kind not in CENTRE_KINDS for one in facts):
            raise BadContent(what="author")
        transaction.apply_answers(opened.header.epoch, [(one.fact, one.canonical) for one in facts])
        self.milestone("in_apply")

    def answered(self, _transaction: ActLike, _opened: Opened) -> None:
        """Do nothing: what is applied stands in the own stream and needs no letter."""

    def take_letter(self, transaction: ActLike, letter: messages.Letter) -> None:
        """Keep the acknowledgements that the centre signed for the own stream.

        Raises:
            BadContent: an acknowledgement that is not the centre's, or not of what was sent.

        """
        connection = transaction.writing.connection
        for one in letter.acknowledgements:
            said = messages.acknowledgement_statement(one.kind, one.stream, one.number, one.sequence, one.digest)
            genuine = signatures.verify(self._enrolment.centre_signing_key, signatures.ACK, said, one.signature)
            if not genuine or one.stream != self._epoch:
                raise BadContent(what="acknowledgement")
            kind = AcknowledgementKind(one.kind)
            post.acknowledge(
                connection,
                post.Acknowledgement(one.stream, one.number, kind, one.sequence, one.digest, one.signature),
            )
            post.mark_received(connection, one.stream, one.sequence, int(self.clock.now().timestamp()))

    def seal_letters(self) -> None:
        """Do nothing: a station acknowledges by its own facts."""
