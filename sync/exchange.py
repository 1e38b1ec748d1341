"""The write–read loop of both ends: collect, seal, send, fetch, take.

An ``End`` is a station or the centre. Record, then release: sealed octets are kept before the first attempt, an
envelope's effect and its memory are one transaction, a second delivery changes nothing.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import sqlalchemy as sa

from app.domain.errors import Forked, Gap, Misdirected, Replayed, RevokedStation, SetAside, UnknownFact, WrongChain
from app.domain.facts import BOOKKEEPING
from app.domain.ports import Clock, Disk, Milestone
from app.ledger import journal, post
from app.ledger.journal import Ledger, Writing
from sync import batch as batches
from sync import envelope, frame, messages
from sync.batch import Checked, Recorded
from sync.envelope import Keyring, Opened
from sync.frame import Header
from sync.messages import PeerHead
from sync.transport import folder
from sync.transport.relay import RelayLink

TURN_BYTES = 786_432
"""At most this much goes out in one request."""


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


class Taken(NamedTuple):
    """What became of an envelope: its state in the inbox, and the code of the error that set it aside."""

    envelope: bytes
    state: str
    code: str | None


class Round(NamedTuple):
    """What one round did: envelopes held by the relay, envelopes taken, and octets both ways."""

    held: int
    taken: list[Taken]
    octets: int


# --- out --------------------------------------------------------------------------------------------------------


def seal_waiting(end: End[Transaction], *, bookkeeping: bool = False) -> int:
    """Seal every fact that no batch holds yet; return how many batches that made.

    Facts of bookkeeping alone wait for the next business fact, unless ``bookkeeping`` asks for them (once a day).
    """
    made = 0
    with end.ledger.reading() as connection:
        waiting = [outlet for outlet in end.outlets(connection) if _has_waiting(connection, outlet, bookkeeping)]
    for outlet in waiting:
        with end.ledger.writing() as writing:
            made += _seal_stream(end, writing, outlet)
    if made:
        end.milestone("after_seal")
    return made


def _has_waiting(connection: sa.Connection, outlet: Outlet, bookkeeping: bool) -> bool:  # noqa: FBT001 - passed on
    head = journal.head_of(connection, outlet.stream)
    _, last = post.last_batch(connection, outlet.stream)
    if head is None or head.sequence == last:
        return False
    return bookkeeping or journal.has_other_than(connection, outlet.stream, last, BOOKKEEPING)


def _seal_stream(end: End[Transaction], writing: Writing, outlet: Outlet) -> int:
    connection = writing.connection
    number, last = post.last_batch(connection, outlet.stream)
    facts = [Recorded(*row) for row in journal.facts_after(connection, outlet.stream, last)]
    if not facts:
        return 0
    previous = journal.digest_at(connection, outlet.stream, last) or journal.genesis_of(connection, outlet.stream)
    cover = batches.Cover(
        header=header_to(end.own, outlet, frame.BATCH, outlet.stream, number + 1),
        recipient_public=outlet.recipient_key,
        signing_key=end.own.signing_key,
        heads=_peer_heads(connection, outlet),
        sealed_at=int(end.clock.now().timestamp()),
    )
    made = 0
    for sealed in batches.seal_all(facts, previous, cover):
        identity = frame.envelope_id(sealed.octets)
        span = (sealed.number, sealed.first, sealed.last, sealed.digest, sealed.octets, cover.sealed_at)
        post.keep(connection, post.Outgoing(identity, outlet.recipient, outlet.stream, *span))
        made += 1
    return made


def header_to(own: Own, outlet: Outlet, content: int, epoch: bytes, number: int) -> Header:
    """Return the outer header of an envelope from this end."""
    return Header(
        suite=envelope.XWING,
        direction=own.direction_out,
        content=content,
        municipality=own.municipality,
        sender=own.participant,
        recipient=outlet.recipient,
        recipient_key=envelope.key_id(envelope.XWING, outlet.recipient_key),
        epoch=epoch,
        number=number,
    )


def _peer_heads(connection: sa.Connection, outlet: Outlet) -> tuple[PeerHead, ...]:
    head = journal.head_of(connection, outlet.peer_stream)
    return (PeerHead(head.stream, head.sequence, head.digest),) if head else ()


def seal_letter(
    end: End[Transaction],
    connection: sa.Connection,
    outlet: Outlet,
    acknowledgements: Sequence[messages.Acknowledgement],
) -> None:
    """Seal a letter to one recipient and keep it."""
    number = post.last_letter(connection) + 1
    header = header_to(end.own, outlet, frame.LETTER, outlet.stream, number)
    now = int(end.clock.now().timestamp())
    packed = batches.pack_bound(messages.Letter(bytes(32), now, tuple(acknowledgements)), header)
    octets = envelope.seal(header, packed, outlet.recipient_key, end.own.signing_key)
    span = (number, 0, 0, None, octets, now)
    post.keep(connection, post.Outgoing(frame.envelope_id(octets), outlet.recipient, None, *span))


# --- in ---------------------------------------------------------------------------------------------------------


def take(end: End[Transaction], octets: bytes, road: str) -> Taken:
    """Take one envelope: open, check, record and remember it in one transaction.

    What is refused is set aside with its evidence before any effect; what comes too early waits visibly. Neither holds
    up another envelope.
    """
    taken = _take_one(end, octets, road)
    while taken.state == post.RECORDED and _one_that_waited(end):
        pass
    return taken


def _take_one(end: End[Transaction], octets: bytes, road: str) -> Taken:
    identity = frame.envelope_id(octets)
    try:
        with end.transaction() as transaction:
            state = _take(end, transaction, octets, road)
            end.milestone("in_import")
    except SetAside as refusal:
        # A missing batch may still come, and an update may teach this program the new kind of fact.
        state = post.WAITING if isinstance(refusal, Gap | UnknownFact) else post.SET_ASIDE
        _keep_evidence(end, octets, road, state, refusal.code)
        return Taken(identity, state, refusal.code)
    return Taken(identity, state, None)


def _take(end: End[Transaction], transaction: Transaction, octets: bytes, road: str) -> str:
    writing = transaction.writing
    opened = envelope.open_(octets, end.keyring(writing.connection))
    again = post.seen(writing.connection, opened.envelope) == post.RECORDED
    if isinstance(opened.message, messages.Letter):
        if not again:
            end.take_letter(transaction, opened.message)
            _remember(end, writing, opened, road)
        return post.RECORDED
    if not again:
        _record_batch(end, transaction, opened)
        _remember(end, writing, opened, road)
    post.release(writing.connection, opened.envelope)
    end.milestone("before_acknowledgement")
    end.answered(transaction, opened)
    return post.RECORDED


def _record_batch(end: End[Transaction], transaction: Transaction, opened: Opened) -> None:
    batch = opened.message
    if not isinstance(batch, messages.Batch):
        raise TypeError
    header, inner, writing = opened.header, batch.inner, transaction.writing
    if header.epoch != opened.sender.epoch:
        raise Misdirected(what="stream")
    cut = opened.sender.revoked_from_sequence
    if cut is not None and inner.last >= cut:
        raise RevokedStation
    known = post.batch_digest(writing.connection, header.epoch, header.number)
    if known is not None and known != inner.digest:
        raise Forked(batch=header.number)
    head = writing.head(header.epoch)
    held = head.sequence if head else 0
    if inner.first > held + 1:
        raise Gap(missing_from=held + 1)
    if known is None and inner.last <= held:
        raise Replayed(batch=header.number)
    new = _continuing(writing, header.epoch, batches.check_chain(batch), inner)
    if new:
        end.record(transaction, opened, new)
        recorded = writing.head(header.epoch)
        if recorded is None or recorded.digest != inner.digest:
            raise WrongChain(last=inner.last)


def _continuing(writing: Writing, stream: bytes, facts: Sequence[Checked], inner: messages.Inner) -> Sequence[Checked]:
    """Return the facts that are new here; those held already must be the same."""
    held = writing.check_continues(stream, inner.first, inner.previous)
    for one in facts[:held]:
        if journal.digest_at(writing.connection, stream, one.fact.sequence) != one.digest:
            raise Forked(sequence=one.fact.sequence)
    return facts[held:]


def _remember(end: End[Transaction], writing: Writing, opened: Opened, road: str) -> None:
    message, header = opened.message, opened.header
    span: tuple[int | None, int | None, bytes | None] = (None, None, None)
    if isinstance(message, messages.Batch):
        span = (message.inner.first, message.inner.last, message.inner.digest)
    is_batch = header.content == frame.BATCH
    post.note_arrival(
        writing.connection,
        post.Arrival(
            opened.envelope,
            header.sender,
            header.epoch if is_batch else None,
            header.number,
            *span,
            post.RECORDED,
            None,
            road,
            int(end.clock.now().timestamp()),
            None,
        ),
    )
    post.release(writing.connection, opened.envelope)


def _keep_evidence(end: End[Transaction], octets: bytes, road: str, state: str, code: str) -> None:
    """Remember an envelope that had no effect. It stays with its octets; the relay may forget it."""
    identity = frame.envelope_id(octets)
    try:
        header: Header | None = frame.parse(octets).header
    except frame.FrameError:
        header = None
    sender = header.sender if header else b""
    stream = header.epoch if header and header.content == frame.BATCH else None
    with end.ledger.writing() as writing:
        if post.seen(writing.connection, identity) == post.RECORDED:
            return
        now = int(end.clock.now().timestamp())
        kept = octets[: frame.MAX_ENVELOPE]
        arrival = post.Arrival(
            identity,
            sender,
            stream,
            header.number if header else 0,
            None,
            None,
            None,
            state,
            code,
            road,
            now,
            kept,
        )
        post.note_arrival(writing.connection, arrival)
        post.release(writing.connection, identity)


def _one_that_waited(end: End[Transaction]) -> bool:
    """Try again what waits for an earlier batch; return whether one of them could be recorded now."""
    with end.ledger.reading() as connection:
        early = post.waiting(connection)
    return any(_take_one(end, octets, road).state == post.RECORDED for _, octets, road in early)


def _take_after_update(end: End[Transaction]) -> list[Taken]:
    """Try again what waits for a program that knows its facts; return those that this one could record."""
    with end.ledger.reading() as connection:
        unknown = post.waiting(connection, UnknownFact.code)
    tried = [take(end, octets, road) for _, octets, road in unknown]
    return [one for one in tried if one.state == post.RECORDED]


# --- a round ----------------------------------------------------------------------------------------------------


def exchange(end: End[Transaction], link: RelayLink, *, bookkeeping: bool = False, rounds: int = 50) -> Round:
    """Exchange with the relay until nothing is left to send or fetch.

    A silent end asks once and is done. What the relay may forget rides on the next request.

    Raises:
        ExchangeFailed: the relay is out of reach or answers badly; everything sealed stays kept.

    """
    held, octets = 0, 0
    taken = _take_after_update(end)
    for _ in range(rounds):
        one, more = _turn(end, link, bookkeeping=bookkeeping)
        held, octets, taken = held + one.held, octets + one.octets, taken + one.taken
        if not more:
            break
    return Round(held, taken, octets)


def _turn(end: End[Transaction], link: RelayLink, *, bookkeeping: bool) -> tuple[Round, bool]:
    outgoing = _outgoing(end)
    if not outgoing:
        # What an earlier try could not send goes first; what came since then is sealed after it, as few as can be.
        seal_waiting(end, bookkeeping=bookkeeping)
        end.seal_letters()
        outgoing = _outgoing(end)
    with end.ledger.reading() as connection:
        forget = post.released(connection)
    reply = link.exchange([sealed for _, sealed in outgoing], forget)
    end.milestone("after_send")
    receipts = {receipt.envelope for receipt in reply.receipts}
    if outgoing or forget:
        with end.ledger.writing() as writing:
            post.mark_held(writing.connection, [one for one, _ in outgoing if one in receipts])
            post.forget_releases(writing.connection, forget)
        end.milestone("after_hold")
    taken = [take(end, one, post.RELAY) for one in reply.envelopes]
    one = Round(len(receipts), taken, reply.octets)
    return one, bool(reply.more or _outgoing(end, 1) or _has_letters(end) or _has_batches(end, bookkeeping))


def _outgoing(end: End[Transaction], limit: int = TURN_BYTES) -> list[tuple[bytes, bytes]]:
    with end.ledger.reading() as connection:
        return post.to_send(connection, limit)


def _has_batches(end: End[Transaction], bookkeeping: bool) -> bool:  # noqa: FBT001 - passed on
    with end.ledger.reading() as connection:
        return any(_has_waiting(connection, outlet, bookkeeping) for outlet in end.outlets(connection))


def _has_letters(end: End[Transaction]) -> bool:
    with end.ledger.reading() as connection:
        return post.has_replies(connection)


# --- by folder or stick -----------------------------------------------------------------------------------------


class Written(NamedTuple):
    """What an export wrote."""

    files: int
    octets: int


def export_to(end: End[Transaction], disk: Disk, where: Path) -> Written:
    """Write every envelope that is not acknowledged into a folder; the same octets that the relay gets.

    Raises:
        StickFailed: not all of it stands there; nothing is lost here.

    """
    seal_waiting(end)
    end.seal_letters()
    with end.ledger.reading() as connection:
        envelopes = [sealed for _, sealed in post.unacknowledged(connection)]
    return Written(folder.write(disk, where, envelopes), sum(map(len, envelopes)))


def import_from(end: End[Transaction], disk: Disk, where: Path) -> list[Taken]:
    """Take every envelope in a folder that is for this end.

    Raises:
        StickFailed: a file cannot be read.

    """
    return _take_after_update(end) + [
        take(end, octets, post.FILE) for octets in folder.read(disk, where, end.own.participant)
    ]
