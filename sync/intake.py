"""What comes in: an envelope opened, checked, recorded and remembered in one transaction, or set aside, or waiting."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.errors import (
    Forked,
    Gap,
    Misdirected,
    Replayed,
    RevokedStation,
    SetAside,
    UnknownFact,
    WrongChain,
)
from app.ledger import journal, post
from app.ledger.journal import Writing
from sync import batch as batches
from sync import envelope, frame, messages
from sync.batch import Checked
from sync.ends import End, Transaction
from sync.envelope import Opened
from sync.frame import Header


class Taken(NamedTuple):
    """What became of an envelope: its state in the inbox, and the code of the error that set it aside."""

    envelope: bytes
    state: str
    code: str | None


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


def take_after_update(end: End[Transaction]) -> list[Taken]:
    """Try again what waits for a program that knows its facts; return those that this one could record."""
    with end.ledger.reading() as connection:
        unknown = post.waiting(connection, UnknownFact.code)
    tried = [take(end, octets, road) for _, octets, road in unknown]
    return [one for one in tried if one.state == post.RECORDED]
