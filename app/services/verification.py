"""Verify a station's store (проверка): the ledger, the search by its answers, three anchors for the head, the files."""

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from app.domain.errors import DiskFailed, FileDamaged, FileMissing
from app.domain.folding import words
from app.domain.terms import AcknowledgementKind, VerifyCode
from app.ledger import journal
from app.ledger.journal import Ledger
from app.ledger.tables import acknowledgements, attachments, entries, entry_correspondents
from app.ledger.verify import Discovery, Progress, quiet, strangers, verify_ledger
from app.store import head_slot, search
from app.store.station import StationStore

Verify = Callable[[bytes, bytes, bytes, bytes], bool]
"""(public key, label, message, signature) → genuine; ``sync.signatures.verify`` fits it."""

AcknowledgementStatement = Callable[[AcknowledgementKind, bytes, int, int, bytes], bytes]
"""(kind, stream, number, sequence, digest) → the octets that the centre signed."""

MOST_QUESTIONS = 2_000
_ACK = b"tefter/ack/1"


class Anchors:
    """What the head is held against: the station's own key, and the centre's."""

    def __init__(
        self, station_key: bytes, centre_key: bytes, verify: Verify, statement: AcknowledgementStatement
    ) -> None:
        self.station_key = station_key
        self.centre_key = centre_key
        self.verify = verify
        self.statement = statement


def verify_station(store: StationStore, anchors: Anchors, progress: Progress = quiet) -> list[Discovery]:
    """Return all that is wrong with a station's store; nothing when it is clean."""
    found, replayed = verify_ledger(store.ledger, (search.index,), search.create, progress)
    if replayed is None:
        return found
    with store.ledger.reading() as connection:
        found += _search_differences(connection, replayed)
        found += _head_slot(connection, store, anchors)
        found += _acknowledgements(connection, store.identity.epoch, anchors)
        found += _files(connection, store, progress)
    return found


def _questions(connection: sa.Connection) -> Iterator[str]:
    """Return what people would type: names, numbers, identifiers, first words of subjects, spread over the register."""
    query = sa.select(entries.c.content_at, entries.c.number, entries.c.subject).order_by(entries.c.position)
    rows = connection.execute(query).all()
    step = max(1, len(rows) // (MOST_QUESTIONS // 4))
    for row in rows[::step]:
        people = sa.select(entry_correspondents.c.name, entry_correspondents.c.identifier).where(
            entry_correspondents.c.position == row.content_at
        )
        yield str(row.number)
        yield from words(row.subject)[:1]
        for name, identifier in connection.execute(people):
            yield from (text for text in (name, identifier) if text)


def _search_differences(connection: sa.Connection, replayed: Ledger) -> list[Discovery]:
    found: list[Discovery] = []
    everything = 1_000_000
    with replayed.reading() as other:
        for place, asked in enumerate(dict.fromkeys(_questions(connection))):
            try:
                answered = search.positions(connection, asked, everything)
            except sa.exc.DBAPIError:
                return [*found, Discovery(VerifyCode.SEARCH_DIFFERS, "index")]
            if answered != search.positions(other, asked, everything):
                found.append(Discovery(VerifyCode.SEARCH_DIFFERS, f"question {place}"))
    return found


def _head_slot(connection: sa.Connection, store: StationStore, anchors: Anchors) -> Iterator[Discovery]:
    """Hold the head against the signature outside the store. A slot behind it is normal after a crash."""
    slot = head_slot.read(store.world.disk, head_slot.place(store.folder))
    if slot is None:
        return
    said = head_slot.statement(slot.station, slot.stream, slot.sequence, slot.digest)
    if not anchors.verify(anchors.station_key, head_slot.LABEL, said, slot.signature):
        yield Discovery(VerifyCode.HEAD_SIGNATURE_BAD, "slot")
        return
    head = journal.head_of(connection, slot.stream)
    if head is None or head.sequence < slot.sequence:
        yield Discovery(VerifyCode.HEAD_BEHIND_SLOT, f"{slot.stream.hex()[:8]}/{slot.sequence}")
    elif journal.digest_at(connection, slot.stream, slot.sequence) != slot.digest:
        yield Discovery(VerifyCode.HEAD_SIGNATURE_BAD, f"{slot.stream.hex()[:8]}/{slot.sequence}")


def _acknowledgements(connection: sa.Connection, stream: bytes, anchors: Anchors) -> Iterator[Discovery]:
    """Hold the journal against what the centre signed for."""
    for where in strangers(connection, acknowledgements):
        yield Discovery(VerifyCode.ACKNOWLEDGEMENT_BAD, where)
        return
    kept = sa.select(acknowledgements).where(acknowledgements.c.stream == stream)
    for row in connection.execute(kept.order_by(acknowledgements.c.sequence)):
        where = f"{stream.hex()[:8]}/{row.sequence}"
        said = anchors.statement(row.kind, stream, row.number, row.sequence, row.digest)
        if not anchors.verify(anchors.centre_key, _ACK, said, row.signature):
            yield Discovery(VerifyCode.ACKNOWLEDGEMENT_BAD, where)
        elif journal.digest_at(connection, stream, row.sequence) != row.digest:
            yield Discovery(VerifyCode.BEHIND_ACKNOWLEDGED, where)


def _files(connection: sa.Connection, store: StationStore, progress: Progress) -> Iterator[Discovery]:
    """Read every content that a fact names, whole; the same content lies there once and is read once."""
    named = attachments.c
    query = sa.select(named.digest, sa.func.min(named.attachment), sa.func.min(named.size)).group_by(named.digest)
    rows = connection.execute(query.order_by(sa.func.min(named.position))).all()
    for place, (digest, attachment, size) in enumerate(rows, start=1):
        where = f"attachment {bytes(attachment).hex()[:8]}"
        try:
            if sum(map(len, store.files.read(bytes(digest)))) != size:
                yield Discovery(VerifyCode.FILE_DAMAGED, where)
        except FileMissing:
            yield Discovery(VerifyCode.FILE_MISSING, where)
        except (FileDamaged, DiskFailed):
            yield Discovery(VerifyCode.FILE_DAMAGED, where)
        progress("files", place, len(rows))
