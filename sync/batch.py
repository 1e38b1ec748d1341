"""A batch (пакет): how facts become one, how its chain is checked, and its life as a transition table.

::

    sealed ──held by the relay──▶ held ──acknowledged──▶ received ──after the centre's backup──▶ durable
       └───────────────acknowledged (by stick)──────────────▲
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from app.domain import canonical
from app.domain.errors import EnvelopeTooLarge, WrongChain
from app.domain.facts import Body, Fact, ReceiptIssued, ReceiptVoided
from app.domain.terms import BatchState
from sync import envelope, messages
from sync.frame import Header
from sync.messages import Inner, PeerHead, Totals

TRANSITIONS: dict[tuple[BatchState, str], BatchState] = {
    (BatchState.SEALED, "held"): BatchState.HELD,
    (BatchState.SEALED, "received"): BatchState.RECEIVED,
    (BatchState.HELD, "held"): BatchState.HELD,
    (BatchState.HELD, "received"): BatchState.RECEIVED,
    (BatchState.RECEIVED, "held"): BatchState.RECEIVED,
    (BatchState.RECEIVED, "received"): BatchState.RECEIVED,
    (BatchState.RECEIVED, "durable"): BatchState.DURABLE,
}
"""(state, event) → state; what is not here cannot happen."""

MAX_FACTS = 2_000
_FIRST_GUESS = 700
_MOST_OCTETS = envelope.MAX_PLAINTEXT - envelope.MAX_PADDED


class Recorded(NamedTuple):
    """A fact as the journal holds it: sequence, canonical bytes, digest, kind."""

    sequence: int
    canonical: bytes
    digest: bytes
    kind: str


class Sealed(NamedTuple):
    """A sealed batch."""

    number: int
    first: int
    last: int
    digest: bytes
    octets: bytes


CASH_DOCUMENTS = frozenset({"ReceiptIssued", "ReceiptVoided"})


def totals(bodies: Sequence[Body]) -> Totals:
    """Return the control totals of a run of facts, in minor units."""
    return _totals([type(body).__name__ for body in bodies], bodies)


def _totals(kinds: Sequence[str], documents: Sequence[Body]) -> Totals:
    """Return the totals from kinds and the bodies of the cash documents alone: entries need not be read for it."""
    return Totals(
        entries=sum(kind == "EntryRegistered" for kind in kinds),
        receipts=sum(kind in CASH_DOCUMENTS for kind in kinds),
        cents_in=sum(body.cents for body in documents if isinstance(body, ReceiptIssued)),
        cents_out=sum(body.cents for body in documents if isinstance(body, ReceiptVoided)),
    )


class Cover(NamedTuple):
    """All that sealing needs beside the facts."""

    header: Header
    recipient_public: bytes
    signing_key: bytes
    heads: tuple[PeerHead, ...]
    sealed_at: int


def seal_all(facts: Sequence[Recorded], previous: bytes, cover: Cover) -> Iterator[Sealed]:
    """Seal consecutive facts as batches numbered from ``cover.header.number`` on, as few as their size allows."""
    number, at, guess = cover.header.number, 0, _FIRST_GUESS
    while at < len(facts):
        run = _within_plaintext(facts[at : at + min(guess, MAX_FACTS)])
        header = cover.header._replace(number=number)
        packed = _pack(run, previous, cover, header)
        while len(packed) > envelope.MAX_PADDED:
            if len(run) == 1:
                raise EnvelopeTooLarge
            guess = max(1, min(len(run) - 1, int(len(run) * envelope.MAX_PADDED / len(packed) * 0.97)))
            run = facts[at : at + guess]
            packed = _pack(run, previous, cover, header)
        octets = envelope.seal(header, packed, cover.recipient_public, cover.signing_key)
        last = run[-1]
        yield Sealed(number, run[0].sequence, last.sequence, last.digest, octets)
        previous, at, number = last.digest, at + len(run), number + 1


def _within_plaintext(run: Sequence[Recorded]) -> Sequence[Recorded]:
    """Return as many facts as a recipient unfolds, at least one: text that repeats packs into next to nothing."""
    total = 0
    for place, one in enumerate(run):
        total += len(one.canonical)
        if total > _MOST_OCTETS and place:
            return run[:place]
    return run


def _pack(run: Sequence[Recorded], previous: bytes, cover: Cover, header: Header) -> bytes:
    """Return the packed plaintext; the outer header states its length, so it is packed until the two agree."""
    documents = [canonical.decode(one.canonical).body for one in run if one.kind in CASH_DOCUMENTS]
    inner = Inner(
        outer=bytes(32),
        first=run[0].sequence,
        last=run[-1].sequence,
        previous=previous,
        digest=run[-1].digest,
        count=len(run),
        totals=_totals([one.kind for one in run], documents),
        sealed_at=cover.sealed_at,
        features=(),
    )
    batch = messages.Batch(inner, cover.heads, tuple(msgspec.Raw(one.canonical) for one in run))
    return pack_bound(batch, header)


def pack_bound(message: messages.Batch | messages.Letter, header: Header) -> bytes:
    """Return a message packed with the digest of its own outer header inside.

    The header states the packed length, and the digest changes the compressed length by a few octets, which may cross a
    size class. So the size only grows from try to try: two classes could lead to each other for ever.
    """
    packed = envelope.pack(messages.encode(_bound(message, bytes(range(32)))))
    while True:
        plaintext = messages.encode(_bound(message, envelope.outer_digest(header, packed)))
        bound = envelope.pack(plaintext, least=len(packed))
        if len(bound) == len(packed):
            return bound
        packed = bound


def _bound(message: messages.Batch | messages.Letter, outer: bytes) -> messages.Batch | messages.Letter:
    if isinstance(message, messages.Letter):
        return msgspec.structs.replace(message, outer=outer)
    return msgspec.structs.replace(message, inner=msgspec.structs.replace(message.inner, outer=outer))


class Checked(NamedTuple):
    """A fact of a batch whose chain was recomputed."""

    fact: Fact
    canonical: bytes
    digest: bytes


def check_chain(batch: messages.Batch) -> list[Checked]:
    """Return the facts of a batch with their digests recomputed.

    Raises:
        WrongChain: sequence or last digest are not those of the inner header.
        UnknownFact, BadContent: a fact cannot be read.

    """
    previous = batch.inner.previous
    checked = []
    for place, raw in enumerate(batch.facts):
        octets = bytes(raw)
        fact = canonical.decode(octets)
        if fact.sequence != batch.inner.first + place:
            raise WrongChain(found=fact.sequence)
        previous = canonical.digest(previous, octets)
        checked.append(Checked(fact, octets, previous))
    if previous != batch.inner.digest:
        raise WrongChain(last=batch.inner.last)
    return checked
