"""What goes out: facts into sealed batches, acknowledgements into letters. Kept before the first attempt to send."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.domain.facts import BOOKKEEPING
from app.ledger import journal, post
from app.ledger.journal import Writing
from sync import batch as batches
from sync import envelope, frame, messages
from sync.batch import Recorded
from sync.ends import End, Outlet, Own, Transaction
from sync.frame import Header
from sync.messages import PeerHead


def seal_waiting(end: End[Transaction], *, bookkeeping: bool = False) -> int:
    """Seal every fact that no batch holds yet; return how many batches that made.

    Facts of bookkeeping alone wait for the next business fact, unless ``bookkeeping`` asks for them (once a day).
    """
    made = 0
    with end.ledger.reading() as connection:
        waiting = [outlet for outlet in end.outlets(connection) if has_waiting(connection, outlet, bookkeeping)]
    for outlet in waiting:
        with end.ledger.writing() as writing:
            made += _seal_stream(end, writing, outlet)
    if made:
        end.milestone("after_seal")
    return made


def has_waiting(connection: sa.Connection, outlet: Outlet, bookkeeping: bool) -> bool:  # noqa: FBT001 - passed on
    """Return whether a stream holds facts that a batch should carry now."""
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
