"""A station whose key is in strange hands: batches with a good signature over facts that no Tefter would write."""

import hashlib
from collections.abc import Sequence

import msgspec

from app.domain import canonical, office_date
from app.domain.facts import Body, Correspondent, EntryRegistered, Fact, ReceiptIssued, ReceiptLine, TillTotals
from app.domain.terms import Channel, CorrespondentKind
from sync import batch, envelope, frame, messages, outgoing
from sync.intake import Taken
from sync.messages import PeerHead, Totals
from tests.town import TestVillage

PERSON = Correspondent(CorrespondentKind.PERSON, "Иван Стоянов Абаджиев")


def new_id(name: str) -> bytes:
    """Return an id that follows from a name."""
    return hashlib.sha256(name.encode()).digest()[:16]


def entry(register: int, number: int, name: str, year: int = 2026) -> EntryRegistered:
    """Return an entry with whatever number."""
    return EntryRegistered(
        entry=new_id(name),
        case_file=new_id(name),
        register=register,
        year=year,
        number=number,
        kind="zayavlenie",
        channel=Channel.BY_HAND,
        correspondents=(PERSON,),
        subject=name,
        service=None,
        speed=None,
        sheets=1,
        signed=True,
        result_way=None,
        sender_number="",
        sender_date=None,
        received=None,
        due=None,
        fee=None,
        findings=(),
    )


def receipt(village: TestVillage, number: int, name: str, cents: int = 500, pays: bytes | None = None) -> ReceiptIssued:
    """Return a receipt of today with whatever number and amount."""
    return ReceiptIssued(
        receipt=new_id(name),
        till=village.number,
        year=2026,
        number=number,
        day=office_date.local(village.town.clock.now()).date(),
        payer=PERSON,
        lines=(ReceiptLine(pays, None, None, name, 1, cents, cents),),
        currency="EUR",
        cents=cents,
        given=cents,
        change=0,
        tariff=1,
        totals=TillTotals(cents, 0, cents),
        findings=(),
    )


class Forger:
    """Seals what it likes with a village's own keys, going on where the centre holds the village's stream."""

    def __init__(self, village: TestVillage) -> None:
        village.exchange()
        village.town.centre_exchange()
        me = village.store.identity
        with village.town.centre.ledger.writing() as writing:
            head = writing.head(me.epoch)
        assert head is not None
        self.village = village
        self.sequence, self.digest = head.sequence, head.digest
        self.number = 100

    def batch(self, *bodies: Body, totals: Totals | None = None, heads: tuple[PeerHead, ...] = ()) -> bytes:
        """Return a sealed batch that continues the stream with these bodies."""
        now = self.village.town.clock.now()
        facts = []
        previous, first = self.digest, self.sequence + 1
        for body in bodies:
            self.sequence += 1
            fact = Fact(
                sequence=self.sequence,
                kind=type(body).__name__,
                version=body.version,
                recorded_at=int(now.timestamp()),
                office_date=office_date.local(now).date(),
                clock_doubt=False,
                actor=1,
                salt=bytes(16) if body.personal else b"",
                body=body,
            )
            facts.append(canonical.encode(fact))
            self.digest = canonical.digest(self.digest, facts[-1])
        return self._sealed(first, previous, facts, totals or batch.totals(bodies), heads)

    def _sealed(
        self, first: int, previous: bytes, facts: Sequence[bytes], totals: Totals, heads: tuple[PeerHead, ...]
    ) -> bytes:
        end = self.village.end()
        with end.ledger.reading() as connection:
            [outlet] = end.outlets(connection)
        self.number += 1
        header = outgoing.header_to(end.own, outlet, frame.BATCH, outlet.stream, self.number)
        inner = messages.Inner(
            outer=bytes(32),
            first=first,
            last=self.sequence,
            previous=previous,
            digest=self.digest,
            count=len(facts),
            totals=totals,
            sealed_at=int(end.clock.now().timestamp()),
            features=(),
        )
        message = messages.Batch(inner, heads, tuple(msgspec.Raw(one) for one in facts))
        packed = batch.pack_bound(message, header)
        return envelope.seal(header, packed, outlet.recipient_key, end.own.signing_key)

    def give(self, *bodies: Body, totals: Totals | None = None, heads: tuple[PeerHead, ...] = ()) -> Taken:
        """Hand such a batch to the centre."""
        octets = self.batch(*bodies, totals=totals, heads=heads)
        taken: Taken = self.village.town.carry(octets, self.village.town.centre_end())
        return taken
