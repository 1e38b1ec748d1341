"""Fixed keys, one enrolled station, its centre and both keyrings: what the tests of the road are made of."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.domain import canonical
from app.domain.facts import Fact
from app.domain.terms import AcknowledgementKind
from sync import batch, enrolment, envelope, frame, messages, signatures
from sync.batch import Recorded
from sync.ends import Own
from sync.envelope import Sender
from sync.frame import Header
from sync.village import VillageKeyring
from tests.unit.domain import samples


def octets(name: str, count: int) -> bytes:
    """Return octets that are the same in every run: a chain of SHA-256 from a name."""
    made, last = b"", name.encode()
    while len(made) < count:
        last = hashlib.sha256(last).digest()
        made += last
    return made[:count]


MUNICIPALITY = "BLG49"
STATION = samples.STATION
CENTRE = octets("centre", 16)
EPOCH = samples.EPOCH
ANSWERS = samples.ANSWERS
STATION_SIGNING, CENTRE_SIGNING, RELAY_SIGNING = (octets(f"{who} signs", 32) for who in ("station", "centre", "relay"))
STATION_RECEIVING, CENTRE_RECEIVING = (octets(f"{who} receives", 96) for who in ("station", "centre"))
STATION_PUBLIC, CENTRE_PUBLIC = envelope.public_key(STATION_RECEIVING), envelope.public_key(CENTRE_RECEIVING)
SEALED_AT = samples.MORNING + 3_600

ENROLMENT = enrolment.Enrolment(
    format=1,
    municipality=MUNICIPALITY,
    municipality_name="Струмяни",
    station=STATION,
    name="Микрево 1",
    registers=samples.REGISTERS,
    tills=samples.TILLS,
    centre=CENTRE,
    centre_signing_key=signatures.public_key(CENTRE_SIGNING),
    centre_receiving_key=CENTRE_PUBLIC,
    answers=ANSWERS,
    relay="https://relay.example",
    relay_key=signatures.public_key(RELAY_SIGNING),
    issued_on=date(2026, 11, 16),
    tariff=1,
    demonstration=False,
)
ENROLMENT_FILE = enrolment.encode(ENROLMENT)


def reply(**changes: Any) -> enrolment.Reply:  # noqa: ANN401 - any field of it
    """Return the station's signed reply; ``changes`` come before the signature."""
    fields: dict[str, Any] = {
        "format": 1,
        "station": STATION,
        "enrolment": enrolment.digest(ENROLMENT_FILE),
        "epoch": EPOCH,
        "signing_key": signatures.public_key(STATION_SIGNING),
        "receiving_key": STATION_PUBLIC,
        "recovery": octets("recovery", 1_200),
        "signature": b"",
    }
    unsigned = enrolment.Reply(**(fields | changes))
    signature = signatures.sign(STATION_SIGNING, signatures.ENROLMENT, unsigned.statement())
    return enrolment.Reply(**(fields | {"signature": signature} | changes))


def chain(facts: Sequence[Fact], previous: bytes) -> list[Recorded]:
    """Return the facts as a journal holds them."""
    recorded = []
    for fact in facts:
        written = canonical.encode(fact)
        previous = canonical.digest(previous, written)
        recorded.append(Recorded(fact.sequence, written, previous, fact.kind))
    return recorded


def numbered(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts with the sequence numbers 1, 2, 3 …."""
    return [
        Fact(
            number,
            one.kind,
            one.version,
            one.recorded_at,
            one.office_date,
            one.clock_doubt,
            one.actor,
            one.salt,
            one.body,
        )
        for number, one in enumerate(facts, start=1)
    ]


CENTRE_WRITES = frozenset({"StationAdmitted", "EntryAccepted", "EntryDisputed", "StationRevoked"})
UP_GENESIS = canonical.genesis(STATION, EPOCH, enrolment.digest(ENROLMENT_FILE))
DOWN_GENESIS = canonical.genesis(STATION, ANSWERS, enrolment.digest(ENROLMENT_FILE))
_SEALED = samples.FACTS[: samples.IN_THE_FIRST_ENVELOPES]
UP_FACTS = chain(numbered([one for one in _SEALED if one.kind not in CENTRE_WRITES]), UP_GENESIS)
DOWN_FACTS = chain(numbered([one for one in _SEALED if one.kind in CENTRE_WRITES]), DOWN_GENESIS)


def header(**changes: Any) -> Header:  # noqa: ANN401 - any field of it
    """Return the outer header of the station's first batch."""
    fields: dict[str, Any] = {
        "suite": envelope.XWING,
        "direction": frame.UP,
        "content": frame.BATCH,
        "municipality": MUNICIPALITY,
        "sender": STATION,
        "recipient": CENTRE,
        "recipient_key": envelope.key_id(envelope.XWING, CENTRE_PUBLIC),
        "epoch": EPOCH,
        "number": 1,
    }
    return Header(**(fields | changes))


def header_down(**changes: Any) -> Header:  # noqa: ANN401 - any field of it
    """Return the outer header of the centre's first batch of answers."""
    key = envelope.key_id(envelope.XWING, STATION_PUBLIC)
    fields = {"direction": frame.DOWN, "sender": CENTRE, "recipient": STATION, "recipient_key": key, "epoch": ANSWERS}
    return header(**(fields | changes))


def cover(**changes: Any) -> batch.Cover:  # noqa: ANN401 - any field of it
    """Return the cover of the station's batches."""
    head = DOWN_FACTS[-1]
    heads = (messages.PeerHead(ANSWERS, head.sequence, head.digest),)
    fields: dict[str, Any] = {
        "header": header(),
        "recipient_public": CENTRE_PUBLIC,
        "signing_key": STATION_SIGNING,
        "heads": heads,
        "sealed_at": SEALED_AT,
    }
    return batch.Cover(**(fields | changes))


def cover_down() -> batch.Cover:
    """Return the cover of the centre's answers."""
    return batch.Cover(header_down(), STATION_PUBLIC, CENTRE_SIGNING, (), SEALED_AT)


def acknowledgement() -> messages.Acknowledgement:
    """Return the centre's signed word for the station's first batch."""
    last = UP_FACTS[-1]
    kind = AcknowledgementKind.RECEIVED
    said = messages.acknowledgement_statement(kind, EPOCH, 1, last.sequence, last.digest)
    signature = signatures.sign(CENTRE_SIGNING, signatures.ACK, said)
    return messages.Acknowledgement(kind, EPOCH, 1, last.sequence, last.digest, signature)


def letter() -> messages.Letter:
    """Return a letter that acknowledges the station's first batch; its outer digest is still empty."""
    return messages.Letter(bytes(32), SEALED_AT, (acknowledgement(),))


class StationsKeyring:
    """The centre's keyring over a table in memory; ``sync.central.end.CentreKeyring`` reads the same from its store."""

    def __init__(self, senders: Mapping[bytes, Sender] | None = None, suite: int = envelope.XWING) -> None:
        self.senders = senders
        self.suite = suite

    def identity(self) -> tuple[str, bytes, int]:
        """Return municipality, own id and the direction in which envelopes come here."""
        return MUNICIPALITY, CENTRE, frame.UP

    def private_key(self, key_id: bytes) -> tuple[int, bytes] | None:
        """Return suite and private key."""
        mine = envelope.key_id(envelope.XWING, CENTRE_PUBLIC)
        return (self.suite, CENTRE_RECEIVING) if key_id == mine else None

    def sender(self, participant: bytes) -> Sender | None:
        """Return the one enrolled station, or who the test says."""
        known = {STATION: Sender(signatures.public_key(STATION_SIGNING), EPOCH)}
        return (known if self.senders is None else self.senders).get(participant)


STATION_OWN = Own(MUNICIPALITY, STATION, STATION_SIGNING, STATION_RECEIVING, frame.UP)
VILLAGE_KEYRING = VillageKeyring(STATION_OWN, ENROLMENT)
