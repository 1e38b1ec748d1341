"""A municipality for tests: real relay, centre and stations in one process; time stands in the test's hand.

town.village.register(subject="Сигнал за куче")   → Registered
town.village.exchange(); town.centre_exchange()     → the road, without a socket
"""

import dataclasses
import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from starlette.testclient import TestClient

from app import bootstrap, system
from app.domain.entries import Filing
from app.domain.facts import Correspondent, NoteCount, ReceiptLine
from app.domain.office_date import SOFIA
from app.domain.ports import HttpReply, Milestone, pass_by
from app.domain.terms import Channel, CorrespondentKind, ResultWay, Speed
from app.ledger.keyslots import Cost
from app.services import cash_desk, registration
from app.services.cash_desk import Closed, Issued, Payment, Voided
from app.services.nomenclatures import Nomenclatures
from app.services.registration import Registered
from app.store import station as stations
from app.store.station import StationStore
from sync import signatures
from sync.central import decisions
from sync.central import stations as enrolled
from sync.central import store as centre_store
from sync.central.docflow.embedded import EmbeddedDocflow
from sync.central.end import CentreEnd
from sync.central.stations import Village
from sync.ends import End
from sync.exchange import Round, exchange
from sync.intake import Taken, take
from sync.relay.app import Means, Relay
from sync.relay.doorkeeper import Trust
from sync.relay.store import RelayStore
from sync.transport.relay import Participant, RelayLink
from sync.village import VillageEnd

CHEAP = Cost(kibibytes=8, passes=1, lanes=1)
"""Argon2id at its least: tests open stores by the hundred."""

PASSWORD = "селска парола"
MUNICIPALITY = "BLG49"
START = datetime(2026, 11, 16, 9, 0, tzinfo=SOFIA)
PAID_SERVICE = 1997
"""Certificate of present address: paid, performed in a village, in the example tariff."""


class HandClock:
    """A clock that the test turns."""

    def __init__(self, start: datetime = START) -> None:
        self.moment = start

    def now(self) -> datetime:
        """Return the moment set."""
        return self.moment.astimezone(UTC)

    def tick(self, **length: float) -> None:
        """Let time pass: ``tick(minutes=5)``."""
        self.moment += timedelta(**length)


class CountedRandomness:
    """Random octets that are the same in every run: SHA-256 of a seed and a counter."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._count = 0

    def bytes(self, count: int) -> bytes:
        """Return ``count`` octets."""
        made = b""
        while len(made) < count:
            self._count += 1
            made += hashlib.sha256(self._seed + self._count.to_bytes(8, "big")).digest()
        return made[:count]


class AppHttp:
    """The HTTP port straight into an ASGI application: the real code on both sides, and no socket."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.sent: list[bytes] = []

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> HttpReply:
        """Return the application's answer."""
        self.sent.append(body)
        reply = self.client.request(method, url, headers=dict(headers), content=body)
        return HttpReply(reply.status_code, {k.lower(): v for k, v in reply.headers.items()}, reply.content)


class TestVillage:
    """A station and its clerk."""

    __test__ = False

    def __init__(self, town: "Town", store: StationStore, register: int) -> None:
        self.town = town
        self.store = store
        self.number = register
        self._made = 0

    @property
    def lists(self) -> Nomenclatures:
        """The nomenclatures that travel with the program."""
        return self.town.lists

    def beside(self, register: int) -> "TestVillage":
        """Return another village of the same station (``SharedTown``), with ids of its own."""
        other = TestVillage(self.town, self.store, register)
        other._made = register * 1_000_000
        return other

    def new_id(self) -> bytes:
        """Return an id that no other act has."""
        self._made += 1
        return hashlib.sha256(self.store.identity.station + self._made.to_bytes(4, "big")).digest()[:16]

    def filing(self, **changes: Any) -> Filing:  # noqa: ANN401 - any field of a filing
        """Return a plausible filing: an application for a paid certificate, brought by a person."""
        fields: dict[str, Any] = {
            "entry": self.new_id(),
            "register": self.number,
            "kind": "zayavlenie_usluga",
            "channel": Channel.BY_HAND,
            "correspondents": (Correspondent(CorrespondentKind.PERSON, "Иван Стоянов Абаджиев", settlement="49686"),),
            "subject": "Удостоверение за настоящ адрес",
            "service": PAID_SERVICE,
            "speed": Speed.ORDINARY,
            "sheets": 1,
            "result_way": ResultWay.AT_DESK,
        }
        return Filing(**(fields | changes))

    def register(self, confirmed: date | None = None, **changes: Any) -> Registered:  # noqa: ANN401
        """Register a filing a minute later."""
        self.town.clock.tick(minutes=1)
        return registration.register(self.store, self.lists, self.filing(**changes), confirmed)

    def annul(self, entry: bytes, reason: str = "Вписано два пъти") -> None:
        """Annul an entry."""
        registration.annul(self.store, entry, reason)

    def pay(self, entry: bytes, given: int = 2000) -> Issued:
        """Take the fee of an entry."""
        self.town.clock.tick(minutes=1)
        line = cash_desk.line_for(self.store, entry, "Такса")
        return self.receive((line,), given)

    def receive(self, lines: tuple[ReceiptLine, ...], given: int, receipt: bytes | None = None) -> Issued:
        """Take money for lines."""
        payer = Correspondent(CorrespondentKind.PERSON, "Иван Стоянов Абаджиев")
        payment = Payment(receipt=receipt or self.new_id(), till=self.number, payer=payer, lines=lines, given=given)
        return cash_desk.issue(self.store, self.lists, payment)

    def void(self, receipt: bytes, reason: str = "Погрешна услуга") -> Voided:
        """Void a receipt."""
        return cash_desk.void(self.store, receipt, self.new_id(), reason)

    def close_day(self, off: int = 0, reason: str = "") -> Closed:
        """Close the oldest open day; ``off`` cents are found too many or too few."""
        amount = (cash_desk.expected(self.store, self.number) or 0) + off
        return cash_desk.close_day(self.store, self.number, (NoteCount(1, amount),), reason)

    def end(self) -> VillageEnd:
        """Return the station's end of the road."""
        return bootstrap.village_end(self.store)

    def exchange(self, *, bookkeeping: bool = False) -> Round:
        """Exchange with the relay."""
        me = self.store.identity
        who = Participant(me.municipality, me.station, me.signing_key)
        return exchange(self.end(), self.town.link(who), bookkeeping=bookkeeping)

    def close(self) -> None:
        """Close the store as it is now."""
        self.store.close()

    def reopen(self, milestone: Milestone = pass_by) -> None:
        """Close the store and open it again, as after a restart."""
        self.store.close()
        world = dataclasses.replace(self.store.world, milestone=milestone)
        self.store = bootstrap.open_station(self.store.folder, PASSWORD, world)


def granted(code: str, name: str, index: int) -> Village:
    """Return a mayoralty to enrol, its register and till under one index."""
    return Village(code, name, index, tuple(1000 * n + index for n in (1, 2, 3)), index)


class Town:
    """Relay, centre and villages. ``town.village`` is the first village, Микрево, register and till 17."""

    def __init__(self, folder: Path, villages: int = 1) -> None:
        self.folder = folder
        self.clock = HandClock()
        self.lists = bootstrap.nomenclatures()
        self.docflow = EmbeddedDocflow()
        self._closing = ExitStack()
        self._count = villages

    def __enter__(self) -> Self:
        """Build everything."""
        random = CountedRandomness("relay")
        self.relay_key = random.bytes(32)
        self.relay_store = RelayStore(self.folder / "relay")
        self._closing.callback(self.relay_store.close)
        world = centre_store.World(self.clock, CountedRandomness("centre"), system.SystemDisk(), cost=CHEAP)
        public = signatures.public_key(self.relay_key)
        secrets = centre_store.new_secrets(world, MUNICIPALITY, "Струмяни", "http://relay", public, demonstration=True)
        (self.folder / "centre").mkdir()
        self.centre = centre_store.create(self.folder / "centre", secrets, PASSWORD, world)
        self._closing.callback(self.centre.close)
        trust = Trust(MUNICIPALITY, signatures.public_key(secrets.signing_key))
        means = Means(self.relay_store, self.relay_key, {MUNICIPALITY: trust}, self._seconds, random.bytes, pass_by)
        client = self._closing.enter_context(TestClient(Relay(means).app(), base_url="http://relay"))
        self.http = AppHttp(client)
        self.villages = [self.enrol(number) for number in range(self._count)]
        self.publish()
        return self

    def _seconds(self) -> int:
        return int(self.clock.now().timestamp())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything."""
        self._closing.close()

    @property
    def village(self) -> TestVillage:
        """The first village."""
        return self.villages[0]

    def mayoralty(self, _number: int) -> tuple[str, str]:
        """Return code and name of the mayoralty of a village."""
        return "BLG49-12", "Микрево"

    def station_name(self, number: int) -> str:
        """Return the name of a village's station."""
        return f"station {17 + number}"

    def granted(self, number: int) -> list[Village]:
        """Return the mayoralties that a station is enrolled for."""
        return [granted(*self.mayoralty(number), 17 + number)]

    def enrol(self, number: int) -> TestVillage:
        """Enrol a village with register and till 17 + number."""
        index = 17 + number
        granted = self.granted(number)
        file = enrolled.enrol(self.centre, granted, self.station_name(number), self.lists.tariff.version)
        world = stations.World(
            self.clock,
            CountedRandomness(f"station {index}"),
            system.SystemDisk(),
            signatures.sign,
            cost=CHEAP,
        )
        folder = self.folder / f"village{index}"
        made = bootstrap.enrol_station(folder, file, "Служител", PASSWORD, world)
        code = enrolled.expected_code(self.centre, made.reply)
        enrolled.admit(self.centre, made.reply, made.code)
        store = bootstrap.open_station(folder, PASSWORD, world)
        bootstrap.confirm_station(store, code)
        village_at_work = TestVillage(self, store, index)
        self._closing.callback(village_at_work.close)
        return village_at_work

    def link(self, who: Participant) -> RelayLink:
        """Return a way to the relay for one participant."""
        public = signatures.public_key(self.relay_key)
        return RelayLink(self.http, "http://relay", public, who, self.clock, CountedRandomness(f"{self.clock.moment}"))

    def centre_link(self) -> RelayLink:
        """Return the centre's way to the relay."""
        keys = self.centre.secrets
        return self.link(Participant(keys.municipality, keys.centre, keys.signing_key))

    def publish(self) -> None:
        """Give the relay the list of participants."""
        self.centre_link().publish_admission(enrolled.admission_list(self.centre))

    def centre_end(self) -> CentreEnd:
        """Return the centre's end of the road."""
        return CentreEnd(self.centre, self.docflow)

    def centre_exchange(self) -> Round:
        """Let the centre exchange with the relay."""
        self.clock.tick(seconds=1)
        return exchange(self.centre_end(), self.centre_link())

    def carry(self, octets: bytes, to: End[Any]) -> Taken:
        """Give an envelope to an end as if it came by stick."""
        return take(to, octets, "file")

    def accept_clean(self) -> int:
        """Accept what is clean, by a person."""
        return decisions.accept_clean(self.centre, self.docflow, 1)

    def settle(self) -> None:
        """Exchange until everything is acknowledged, decided where clean, and applied."""
        for village in self.villages:
            village.exchange()
        self.centre_exchange()
        self.accept_clean()
        self.centre_exchange()
        for village in self.villages:
            self.clock.tick(seconds=1)
            village.exchange()


SECOND = 18
"""Register and till of the second village of a shared station."""


class SharedTown(Town):
    """One station for two villages: Микрево (17) and Цапарево (18), both enrolled by one file."""

    def granted(self, number: int) -> list[Village]:
        """Return both villages."""
        return [*super().granted(number), granted("BLG49-17", "Цапарево", SECOND)]
