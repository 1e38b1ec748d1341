"""A register of many entries, filled once through the ledger and kept: what a village holds after years of work.

``fill(folder, 100_000)`` returns a station's folder (password ``municipality.PASSWORD``), made in a minute and found
again afterwards; a million takes ten minutes and two gigabytes. Its facts are those of the verbs, stated a day at a
time instead of one act at a time; answers and acknowledgements stand as if the road had brought them. So the store
verifies. Its town holds none of it.
``fill_beside`` does it in another process, for whoever measures a window in this one.
"""

import dataclasses
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec

from app import bootstrap, system
from app.demonstration.clock import ScriptedClock
from app.domain import canonical, cash
from app.domain.entries import Filing
from app.domain.facts import (
    AnswerApplied,
    Body,
    Correspondent,
    DayClosed,
    DayOpened,
    DefectsNoticed,
    DefectsRepaired,
    Due,
    EntryAccepted,
    EntryDisputed,
    EntryRegistered,
    Fact,
    NoteCount,
    ReceiptIssued,
    ReceiptLine,
    TillTotals,
)
from app.domain.office_date import SOFIA, OfficeDate, local
from app.domain.terms import AcknowledgementKind, DecidedBy, DisputeReason
from app.ledger import post
from app.ledger.journal import Head, Stamp
from app.services.deriving import content, derive
from app.services.nomenclatures import Nomenclatures
from app.store import station as stations
from app.store.station import Act, StationStore
from sync import enrolment, messages, signatures
from sync.central import stations as enrolled
from sync.central import store as centre_store
from sync.central.stations import Village
from tests.benchmarks.municipality import CHEAP, NUMBER, PASSWORD, Visit, Visitors, identity, station_world

A_DAY = 34
"""Entries of a working day."""

MOST_DAYS = 2_950
"""A register that would take more days (twelve years) has more entries a day: its lists of a day or a week grow too."""

OFFICE_HOURS = timedelta(hours=7, minutes=20)

RETURNING = 0.75
"""Share of visits of somebody who came before; a million entries are of more than 200,000 people."""

DISPUTED = 400
"""One entry of so many is disputed by the town."""

NOTICED_EVERY = 100
"""Of one entry of so many the person is told that something is wanting."""

OPEN_DAYS, UNANSWERED_DAYS = 2, 6
"""The last days, which the town has not acknowledged, and not decided on."""

_CACHE = 1_000_000
"""KiB at most of pages kept while filling; a village at work writes little and needs no more than SQLite's own."""

_ENVELOPE = 20_000
_FOR_EVER = date(1990, 1, 1)


class Relay(NamedTuple):
    """The relay that the station is enrolled with: its address, and its public key."""

    url: str
    key: bytes


NO_RELAY = Relay("http://127.0.0.1:9", signatures.public_key(bytes(32)))
"""Nothing answers there."""


def fill(folder: Path, entries: int, relay: Relay = NO_RELAY) -> Path:
    """Return the folder of a station that holds so many entries, up to today; made where it is not there yet.

    Beside it lies ``centre``, which knows the station and holds none of its entries.
    """
    today = local(system.SystemClock().now()).date()
    place = folder / f"register-{entries}-{today}"
    if not (place / "whole").exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        _Filling(place, entries, today, relay).run()
        (place / "whole").touch()
    return place / "station"


def fill_beside(folder: Path, entries: int, relay: Relay = NO_RELAY) -> Path:
    """Fill in a process of its own: what filling loads and leaves in memory is not the window's."""
    words = (str(folder), str(entries), relay.url, relay.key.hex())
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.big_register", *words], check=True, capture_output=True, text=True
    )
    return Path(told.stdout.strip())


def _working_days(last: date, count: int) -> list[date]:
    days: list[date] = []
    while len(days) < count:
        if last.isoweekday() <= 5:
            days.append(last)
        last -= timedelta(days=1)
    return days[::-1]


class _Filling:
    """Plays the years of one village."""

    def __init__(self, place: Path, entries: int, today: date, relay: Relay) -> None:
        self._place = place
        self._relay = relay
        self._entries = entries
        self._a_day = max(A_DAY, -(-entries // MOST_DAYS))
        self._days = _working_days(today, -(-entries // self._a_day))
        self._rng = Random(1899)  # noqa: S311 - invented work
        lists = bootstrap.nomenclatures()
        rows = tuple(msgspec.structs.replace(row, valid_from=_FOR_EVER, valid_to=None) for row in lists.tariff.rows)
        self._lists: Nomenclatures = dataclasses.replace(lists, tariff=msgspec.structs.replace(lists.tariff, rows=rows))
        self._clock = ScriptedClock(datetime.combine(self._days[0], time(8), SOFIA))
        self._known: list[tuple[Correspondent, ...]] = []
        self._numbers: dict[tuple[str, int], int] = {}
        self._totals = TillTotals(0, 0, 0)

    def run(self) -> None:
        """Enrol, then fill day by day; a month is one transaction."""
        centre = self._enrol()
        visits = self._visits()
        world = dataclasses.replace(station_world(), clock=self._clock, build=self._days[0])
        with stations.open_store(self._place / "station", PASSWORD, world) as store:
            for at in range(0, len(self._days), 20):
                with store.ledger.writing() as writing:
                    writing.connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE}")
                    act = Act(writing, store, None)
                    for place in range(at, min(at + 20, len(self._days))):
                        self._day(_Day(act, store, centre, place), visits)
                store.tidy()

    def _enrol(self) -> "_Centre":
        ports = (self._clock, system.SystemRandomness(), system.SystemDisk())
        world = centre_store.World(*ports, cost=CHEAP)
        secrets = centre_store.new_secrets(world, "BLG49", "Струмяни", *self._relay, demonstration=True)
        (self._place / "centre").mkdir()
        here = dataclasses.replace(station_world(), clock=self._clock, build=self._days[0])
        with centre_store.create(self._place / "centre", secrets, PASSWORD, world) as centre:
            village = Village("BLG49-12", "Микрево", NUMBER, (1017, 2017, 3017), NUMBER)
            file = enrolled.enrol(centre, [village], "Микрево", self._lists.tariff.version, self._days[0])
            made = bootstrap.enrol_station(self._place / "station", file, "Служител", PASSWORD, here)
            code = enrolled.expected_code(centre, made.reply)
            enrolled.admit(centre, made.reply, made.code)
            with stations.open_store(self._place / "station", PASSWORD, here) as store:
                bootstrap.confirm_station(store, code)
            with centre.ledger.reading() as connection:
                first = canonical.encode(centre_store.first_fact(connection, enrolment.decode(file).answers))
        return _Centre(secrets.centre, secrets.signing_key, first)

    def _visits(self) -> Iterator[Visit]:
        drawn = Visitors(self._lists, seed=7)
        for _ in range(self._entries):
            (visit,) = drawn.next(1)
            if self._known and self._rng.random() < RETURNING:
                again = self._rng.choice(self._known)
                filing = msgspec.structs.replace(visit.filing, correspondents=again)
                visit = visit._replace(filing=filing)
            else:
                self._known.append(visit.filing.correspondents)
            yield visit

    def _day(self, day: "_Day", visits: Iterator[Visit]) -> None:
        on = self._days[day.place]
        first = day.head().sequence + 1
        held: list[bytes] = []
        documents: list[cash.Document] = []
        opening = self._totals.balance
        step = OFFICE_HOURS / self._a_day
        for place, visit in enumerate(islice(visits, self._a_day)):
            at = datetime.combine(on, time(8, 5), SOFIA) + step * place
            fee = self._register(day, visit.filing, at)
            held.append(visit.filing.entry)
            if visit.pays and fee:
                if not documents:
                    day.state(DayOpened(NUMBER, on, opening, "EUR"), at)
                documents.append(self._pay(day, visit.filing, fee, at + step / 4))
        evening = datetime.combine(on, time(16, 45), SOFIA)
        if documents:
            day.state(self._closed(on, opening, documents), evening)
        if day.place < len(self._days) - OPEN_DAYS:
            day.send(first, evening, self._rng.randbytes(_ENVELOPE))
        if day.place < len(self._days) - UNANSWERED_DAYS:
            day.answer([self._decided(entry) for entry in held], evening + timedelta(minutes=30))

    def _next(self, kind: str, year: int) -> int:
        self._numbers[kind, year] = self._numbers.get((kind, year), 0) + 1
        return self._numbers[kind, year]

    def _register(self, day: "_Day", filing: Filing, at: datetime) -> int:
        """State an entry; return its fee in minor units."""
        derived = derive(self._lists, filing, at, OfficeDate(at.date(), doubt=False))
        body = EntryRegistered(
            entry=filing.entry,
            case_file=filing.entry,
            register=NUMBER,
            year=at.year,
            number=self._next("register", at.year),
            **content(filing),
            **derived._asdict(),
        )
        day.state(body, at)
        if body.number % NOTICED_EVERY == 0:
            self._notice(day, body, at)
        return derived.fee.cents if derived.fee else 0

    @staticmethod
    def _notice(day: "_Day", body: EntryRegistered, at: datetime) -> None:
        """State that something was wanting; nine in ten mend it at once, the tenth lets its time pass."""
        until = Due(at.date() + timedelta(days=3), "АПК чл.30(2)", body.due.rules if body.due else 1)
        day.state(DefectsNoticed(body.entry, ("няма подпис",), at.date(), until), at)
        if body.number % (10 * NOTICED_EVERY):
            day.state(DefectsRepaired(body.entry, at.date(), body.due), at)

    def _pay(self, day: "_Day", filing: Filing, cents: int, at: datetime) -> cash.Document:
        self._totals = cash.after_receipt(self._totals, cents)
        line = ReceiptLine(filing.entry, filing.service, filing.speed, "Такса", 1, cents, cents)
        receipt = identity(f"receipt {filing.entry.hex()}")
        number = self._next("till", at.year)
        body = ReceiptIssued(
            receipt=receipt,
            till=NUMBER,
            year=at.year,
            number=number,
            day=at.date(),
            payer=filing.correspondents[0],
            lines=(line,),
            currency="EUR",
            cents=cents,
            given=cents,
            change=0,
            tariff=self._lists.tariff.version,
            totals=self._totals,
            findings=(),
        )
        day.state(body, at)
        return cash.Document(number, receipt, cents)

    def _closed(self, on: date, opening: int, documents: list[cash.Document]) -> DayClosed:
        closed = cash.close(documents)
        computed = opening + closed.taken
        return DayClosed(
            till=NUMBER,
            day=on,
            currency="EUR",
            opening=opening,
            receipts=closed.receipts,
            taken=closed.taken,
            voids=0,
            paid_back=0,
            computed=computed,
            counted=computed,
            notes=(NoteCount(1, computed),),
            difference=0,
            reason="",
            first=closed.first,
            last=closed.last,
            documents=closed.documents,
            totals=self._totals,
        )

    def _decided(self, entry: bytes) -> Body:
        if self._rng.randrange(DISPUTED) == 0:
            return EntryDisputed(entry, DisputeReason.FEE_MISSING, "")
        return EntryAccepted(entry, f"94-{entry.hex()[:6]}", DecidedBy.PERSON)


@dataclasses.dataclass(frozen=True)
class _Centre:
    """What the town's side of the road is made from: its id, its signing key, and the first fact of its answers."""

    centre: bytes
    signing_key: bytes
    first_answer: bytes


@dataclasses.dataclass(frozen=True)
class _Day:
    """One day of the village in an open transaction."""

    act: Act
    store: StationStore
    centre: _Centre
    place: int

    def head(self) -> Head:
        """Return where the village's stream stands."""
        head = self.act.writing.head(self.store.identity.epoch)
        if head is None:
            raise RuntimeError("not confirmed")
        return head

    def state(self, body: Body, at: datetime) -> None:
        """State a fact of the village."""
        stamp = Stamp(1, at, OfficeDate(at.date(), doubt=False), system.SystemRandomness().bytes)
        self.act.writing.state(self.store.identity.epoch, body, stamp)

    def send(self, first: int, at: datetime, sealed: bytes) -> None:
        """Put the day into a batch that the town has acknowledged."""
        connection, head, number = self.act.connection, self.head(), self.place + 1
        first = 1 if number == 1 else first
        envelope, sealed_at = hashlib.sha256(sealed).digest(), int(at.timestamp())
        span = (number, first, head.sequence, head.digest, sealed, sealed_at)
        post.keep(connection, post.Outgoing(envelope, self.centre.centre, head.stream, *span))
        post.mark_received(connection, head.stream, head.sequence, sealed_at + 60)
        kind = AcknowledgementKind.RECEIVED
        said = messages.acknowledgement_statement(kind, head.stream, number, head.sequence, head.digest)
        signature = signatures.sign(self.centre.signing_key, signatures.ACK, said)
        held = (head.stream, number, kind, head.sequence, head.digest, signature)
        post.acknowledge(connection, post.Acknowledgement(*held))

    def answer(self, bodies: list[Body], at: datetime) -> None:
        """Let the town decide, and note it in the village's stream."""
        writing, stream = self.act.writing, self.store.identity.answers
        if writing.head(stream) is None:
            writing.record(stream, self.centre.first_answer)
        for body in bodies:
            head = writing.head(stream)
            sequence = (head.sequence if head else 0) + 1
            salt = system.SystemRandomness().bytes(16) if body.personal else b""
            now, on = int(at.timestamp()), at.date()
            said = Fact(sequence, type(body).__name__, body.version, now, on, False, 1, salt, body)  # noqa: FBT003
            writing.record(stream, canonical.encode(said), said)
        head = writing.head(stream)
        if head is not None:
            self.state(AnswerApplied(stream, head.sequence, head.digest), at)


if __name__ == "__main__":
    into, how_many, url, key = sys.argv[1:]
    sys.stdout.write(f"{fill(Path(into), int(how_many), Relay(url, bytes.fromhex(key)))}\n")
