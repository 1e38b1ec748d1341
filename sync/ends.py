"""The ends of the road as the loop sees them: who an end is, which streams it seals, what it does with what comes."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol, TypeVar

import sqlalchemy as sa

from app.domain.ports import Clock, Milestone
from app.ledger.journal import Ledger, Writing
from sync import messages
from sync.batch import Checked
from sync.envelope import Keyring, Opened


class Outlet(NamedTuple):
    """A stream that is sealed here, and for whom. ``peer_stream`` is the stream that comes back from there."""

    stream: bytes
    recipient: bytes
    recipient_key: bytes
    peer_stream: bytes


class HasWriting(Protocol):
    """A transaction of an end."""

    @property
    def writing(self) -> Writing:
        """Return the open transaction of the ledger."""


Transaction = TypeVar("Transaction", bound=HasWriting)


class Own(NamedTuple):
    """Who this end is, with its private keys."""

    municipality: str
    participant: bytes
    signing_key: bytes
    receiving_key: bytes
    direction_out: int


class End(Protocol[Transaction]):
    """What the loop needs of a station or the centre."""

    ledger: Ledger
    own: Own
    clock: Clock
    milestone: Milestone

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Give the one writing transaction in which an envelope takes effect."""

    def outlets(self, connection: sa.Connection) -> Sequence[Outlet]:
        """Return the streams to seal."""

    def keyring(self, connection: sa.Connection) -> Keyring:
        """Return whose envelopes open here."""

    def record(self, transaction: Transaction, opened: Opened, facts: Sequence[Checked]) -> None:
        """Give a batch's new facts their effect."""

    def answered(self, transaction: Transaction, opened: Opened) -> None:
        """Answer a batch that stands recorded, now or since before."""

    def take_letter(self, transaction: Transaction, letter: messages.Letter) -> None:
        """Take the acknowledgements of a letter."""

    def seal_letters(self) -> None:
        """Seal the acknowledgements that wait."""
