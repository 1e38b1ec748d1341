"""A municipality for measuring: real ports, stores on disk, and where it is asked for a relay in its own process."""

import hashlib
import shutil
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, NamedTuple, Self

from app import bootstrap, system
from app.demonstration import plan
from app.demonstration.acts import Receipt, Register
from app.demonstration.processes import Running, run
from app.domain.entries import Filing
from app.domain.facts import Correspondent, ReceiptLine
from app.domain.ports import HttpReply
from app.ledger.keyslots import Cost
from app.services import cash_desk, registration
from app.services.cash_desk import Issued, Payment
from app.services.nomenclatures import Nomenclatures
from app.services.registration import Registered
from app.store import station as stations
from app.store.station import StationStore
from sync import signatures
from sync.central import stations as enrolled
from sync.central import store as centre_store
from sync.central.docflow.embedded import EmbeddedDocflow
from sync.central.end import CentreEnd
from sync.central.stations import Village
from sync.transport.relay import Participant, RelayLink, RequestsHttp

CHEAP = Cost(kibibytes=8, passes=1, lanes=1)
"""Argon2id at its least: unlocking is no part of what is measured."""

PASSWORD = "селска парола"
NUMBER = 17
"""Register and till of Микрево."""

SETTLEMENT = "49686"
GIVEN = 100_000


def station_world() -> stations.World:
    """Return the real ports of a station, with cheap Argon2."""
    ports = (system.SystemClock(), system.SystemRandomness(), system.SystemDisk())
    return stations.World(*ports, signatures.sign, cost=CHEAP)


def open_station(folder: Path) -> StationStore:
    """Open a station's store."""
    return stations.open_store(folder, PASSWORD, station_world())


def key_of(folder: Path) -> bytes:
    """Return the database key of a station's store."""
    return stations.unlock(folder, PASSWORD, station_world())[1]


def copy_of(folder: Path, name: str) -> Path:
    """Copy a closed store."""
    return Path(shutil.copytree(folder, folder.with_name(name)))


class Visit(NamedTuple):
    """A person at the desk: what is registered, and whether a fee is paid."""

    filing: Filing
    pays: bool


class Visitors:
    """Plausible visits from the demonstration's plan, each one once."""

    def __init__(self, lists: Nomenclatures, seed: int) -> None:
        self._lists = lists
        self._seed = seed
        self._visits = self._drawn()

    def _drawn(self) -> Iterator[Visit]:
        book = plan.VillageBook(NUMBER, NUMBER, SETTLEMENT)
        today = system.SystemClock().now().date()
        part = 0
        while True:
            part += 1
            rng = Random(self._seed * 1_000 + part)  # noqa: S311 - invented work
            steps = plan.Planner(rng, self._lists, book).script(500, [today])
            paid = {step.entry for step in steps if isinstance(step, Receipt)}
            for step in steps:
                if isinstance(step, Register):
                    yield Visit(self._filing(step, f"{self._seed}/{part}/{step.label}"), step.label in paid)

    def _filing(self, step: Register, label: str) -> Filing:
        return Filing(
            entry=identity(label),
            register=step.register,
            kind=step.kind,
            channel=step.channel,
            correspondents=tuple(step.correspondents),
            subject=step.subject,
            service=step.service,
            speed=step.speed,
            sheets=step.sheets,
            signed=step.signed,
            result_way=step.result_way,
        )

    def next(self, count: int) -> list[Visit]:
        """Return the next visits."""
        return [next(self._visits) for _ in range(count)]

    def paying(self, count: int) -> list[Visit]:
        """Return the next visits with a fee; the others are passed over."""
        found: list[Visit] = []
        while len(found) < count:
            found += [visit for visit in self.next(1) if visit.pays]
        return found


def identity(label: str) -> bytes:
    """Return the id that a label stands for."""
    return hashlib.sha256(label.encode()).digest()[:16]


class Desk:
    """The verbs that are measured, on one store."""

    def __init__(self, store: StationStore, lists: Nomenclatures) -> None:
        self.store = store
        self._lists = lists

    def register(self, filing: Filing) -> Registered:
        """Register a filing."""
        return registration.register(self.store, self._lists, filing)

    def payment(self, filing: Filing, told: Registered) -> Payment:
        """Return the payment of an entry's fee, without looking into the store."""
        cents = told.fee.cents if told.fee is not None else 0
        line = ReceiptLine(filing.entry, filing.service, filing.speed, "Такса", 1, cents, cents)
        receipt = hashlib.sha256(filing.entry).digest()[:16]
        payer: Correspondent = filing.correspondents[0]
        return Payment(receipt=receipt, till=NUMBER, payer=payer, lines=(line,), given=GIVEN)

    def issue(self, payment: Payment) -> Issued:
        """Issue a receipt."""
        return cash_desk.issue(self.store, self._lists, payment)

    def annul(self, entry: bytes) -> None:
        """Annul an entry."""
        registration.annul(self.store, entry, "Вписано два пъти")

    def void(self, receipt: bytes) -> None:
        """Void a receipt."""
        cash_desk.void(self.store, receipt, hashlib.sha256(receipt).digest()[:16], "Погрешна услуга")

    def serve(self, visit: Visit) -> None:
        """Register a visitor's filing and take the fee where one is paid."""
        told = self.register(visit.filing)
        if visit.pays:
            self.issue(self.payment(visit.filing, told))


TCP_INFO_ACKED, TCP_INFO_RECEIVED = 120, 128
"""Where Linux keeps ``tcpi_bytes_acked`` and ``tcpi_bytes_received`` in ``struct tcp_info``."""


def octets_through(connection: socket.socket) -> int:
    """Return how many octets went through a TCP connection, both ways, HTTP headers included."""
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
    acked: int = struct.unpack_from("=Q", info, TCP_INFO_ACKED)[0]
    received: int = struct.unpack_from("=Q", info, TCP_INFO_RECEIVED)[0]
    return acked + received


class CountingHttp:
    """The real HTTP port, with a count of its turns and of what went through its socket."""

    def __init__(self) -> None:
        self._http = RequestsHttp()
        self.turns = 0

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> HttpReply:
        """Return the answer."""
        self.turns += 1
        return self._http.send(method, url, headers, body)

    def octets(self) -> int:
        """Return the octets both ways, as the kernel counted them."""
        return sum(octets_through(one) for one in self._sockets())

    def _sockets(self) -> Iterator[socket.socket]:
        pools: Any = self._http._session.get_adapter("http://").poolmanager.pools  # type: ignore[attr-defined]
        for key in pools.keys():  # noqa: SIM118 - urllib3's container cannot be iterated
            for connection in pools[key].pool.queue:
                if connection is not None and connection.sock is not None:
                    yield connection.sock

    def close(self) -> None:
        """Let go of the connection."""
        self._http._session.close()


class Municipality:
    """Община Струмяни with one village; ``relay`` says whether its relay really runs."""

    def __init__(self, folder: Path, *, relay: bool) -> None:
        self.folder = folder
        self.lists = bootstrap.nomenclatures()
        self._with_relay = relay
        self._closing = ExitStack()
        self.url = "http://127.0.0.1:9"
        self.relay_key = signatures.public_key(bytes(32))

    def __enter__(self) -> Self:
        """Build everything."""
        with ExitStack() as building:
            building.push(self._closing)
            if self._with_relay:
                self.url = f"http://127.0.0.1:{free_port()}"
                self.relay_key = bytes.fromhex(run("relay", "init", "--dir", self.folder / "relay")["relay_key"])
            self._make_centre()
            if self._with_relay:
                self._start_relay()
            self._enrol()
            if self._with_relay:
                self.centre_link(CountingHttp()).publish_admission(enrolled.admission_list(self.centre))
            building.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything."""
        self._closing.close()

    def _make_centre(self) -> None:
        ports = (system.SystemClock(), system.SystemRandomness(), system.SystemDisk())
        world = centre_store.World(*ports, cost=CHEAP)
        secrets = centre_store.new_secrets(world, "BLG49", "Струмяни", self.url, self.relay_key, demonstration=True)
        (self.folder / "centre").mkdir()
        self.centre = centre_store.create(self.folder / "centre", secrets, PASSWORD, world)
        self._closing.callback(self.centre.close)

    def _start_relay(self) -> None:
        folder = self.folder / "relay"
        key = signatures.public_key(self.centre.secrets.signing_key).hex()
        run("relay", "trust", "--dir", folder, "--municipality", "BLG49", "--key", key)
        serving = Running("relay", "serve", "--dir", folder, "--port", self.url.rpartition(":")[2])
        self._closing.enter_context(serving).first_line()

    def _enrol(self) -> None:
        village = Village("BLG49-12", "Микрево", NUMBER, (1017, 2017, 3017), NUMBER)
        file = enrolled.enrol(self.centre, [village], "Микрево", self.lists.tariff.version)
        self.station_folder = self.folder / "station"
        made = bootstrap.enrol_station(self.station_folder, file, "Служител", PASSWORD, station_world())
        code = enrolled.expected_code(self.centre, made.reply)
        enrolled.admit(self.centre, made.reply, made.code)
        with open_station(self.station_folder) as store:
            bootstrap.confirm_station(store, code)

    def link(self, who: Participant, http: CountingHttp) -> RelayLink:
        """Return a participant's way to the relay."""
        self._closing.callback(http.close)
        ports = (system.SystemClock(), system.SystemRandomness())
        return RelayLink(http, self.url, self.relay_key, who, *ports)

    def village_link(self, store: StationStore, http: CountingHttp) -> RelayLink:
        """Return the station's way to the relay."""
        me = store.identity
        return self.link(Participant(me.municipality, me.station, me.signing_key), http)

    def centre_link(self, http: CountingHttp) -> RelayLink:
        """Return the centre's way to the relay."""
        keys = self.centre.secrets
        return self.link(Participant(keys.municipality, keys.centre, keys.signing_key), http)

    def centre_end(self) -> CentreEnd:
        """Return the centre's end of the road."""
        return CentreEnd(self.centre, EmbeddedDocflow())


def free_port() -> int:
    """Return a port of this computer that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
