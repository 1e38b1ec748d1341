"""The write–read loop of both ends: collect, seal, send, fetch, take; by a relay, or by a folder or stick.

Record, then release: sealed octets are kept before the first attempt, an envelope's effect and its memory are one
transaction, a second delivery changes nothing.
"""

from pathlib import Path
from typing import NamedTuple

from app.domain.errors import ExchangeFailed
from app.domain.ports import Disk
from app.ledger import post
from sync.ends import End, Transaction
from sync.intake import Taken, take, take_after_update
from sync.outgoing import has_waiting, seal_waiting
from sync.transport import folder
from sync.transport.relay import RelayLink

TURN_BYTES = 786_432
"""At most this much goes out in one request."""


class Round(NamedTuple):
    """What one round did: envelopes held by the relay, envelopes taken, and octets both ways."""

    held: int
    taken: list[Taken]
    octets: int


def exchange(end: End[Transaction], link: RelayLink, *, bookkeeping: bool = False, rounds: int = 50) -> Round:
    """Exchange with the relay until nothing is left to send or fetch.

    A silent end asks once and is done. What the relay may forget rides on the next request.

    Raises:
        ExchangeFailed: the relay is out of reach or answers badly; everything sealed stays kept.

    """
    held, octets = 0, 0
    taken = take_after_update(end)
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
    try:
        reply = link.exchange([sealed for _, sealed in outgoing], forget)
    except ExchangeFailed:
        if outgoing:
            with end.ledger.writing() as writing:
                post.count_attempt(writing.connection, [one for one, _ in outgoing])
        raise
    end.milestone("after_send")
    receipts = {receipt.envelope for receipt in reply.receipts}
    if outgoing or forget:
        with end.ledger.writing() as writing:
            post.count_attempt(writing.connection, [one for one, _ in outgoing])
            held = [one for one, _ in outgoing if one in receipts]
            post.mark_held(writing.connection, held, int(end.clock.now().timestamp()))
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
        return any(has_waiting(connection, outlet, bookkeeping) for outlet in end.outlets(connection))


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
    return take_after_update(end) + [
        take(end, octets, post.FILE) for octets in folder.read(disk, where, end.own.participant)
    ]
