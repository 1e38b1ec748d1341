"""A municipality on disk whose parts run as real processes that can be killed, and what must hold of it afterwards."""

import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, Self

import sqlalchemy as sa

import app
from app import bootstrap, bootstrap_centre, cli
from app.demonstration import PASSWORD_BESIDE, acts, people
from app.demonstration.acts import Annul, Close, Exchange, Receipt, Register, Step, Void
from app.demonstration.clock import ScriptedClock
from app.domain.facts import Correspondent
from app.domain.office_date import SOFIA, local
from app.domain.terms import Channel, CorrespondentKind, IdentifierKind, ResultWay, Speed
from app.ledger.tables import entries, receipts
from app.services import status
from app.store import drafts
from app.system import CRASH_VARIABLE
from sync.central import decisions
from sync.central import store as centre_store
from sync.central.docflow.embedded import EmbeddedDocflow
from sync.central.findings import village_findings
from sync.exchange import exchange

ROOT = Path(app.__file__).parents[1]
PASSWORD = "парола за проби"
FIRST_DAY = date(2026, 11, 16)
SECOND_DAY = FIRST_DAY + timedelta(days=1)
REGISTER = TILL = 17
PAID_SERVICE = 1997
PATIENCE = 120
NOWHERE = "http://127.0.0.1:9"
"""An address at which nothing answers."""

ENTRIES = ("удостоверение-1", "сигнал-2", "сигнал-3", "удостоверение-4", "удостоверение-5", "сигнал-6")
RECEIPTS = ("квитанция-1", "квитанция-4", "сторно-4", "квитанция-4-отново", "квитанция-5")


class Ended(NamedTuple):
    """How a process ended."""

    code: int
    output: str
    words: str

    @property
    def killed(self) -> bool:
        """Whether it died by SIGKILL, itself or inside strace, which then dies the same way."""
        return self.code in {-signal.SIGKILL, 128 + signal.SIGKILL}

    @property
    def answer(self) -> dict[str, Any]:
        """Its JSON answer."""
        assert self.code == 0, self.words
        found: dict[str, Any] = json.loads(self.output)
        return found


def surroundings(**more: str) -> dict[str, str]:
    """Return the environment of a process: this one's, without a crash that was not asked for here."""
    return {name: text for name, text in os.environ.items() if name != CRASH_VARIABLE} | more


def start(*words: str | Path, crash: str = "", before: Sequence[str] = ()) -> "subprocess.Popen[str]":
    """Start ``tefter words… --json`` as an own process, killed where ``crash`` says, run by the words ``before``."""
    command = [*before, sys.executable, "-m", "app", *map(str, words), "--json"]
    more = {CRASH_VARIABLE: crash} if crash else {}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=surroundings(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: "subprocess.Popen[str]") -> Ended:
    """Wait for a process to end by itself."""
    output, words = process.communicate(timeout=PATIENCE)
    return Ended(process.returncode, output, words)


def call(*words: str | Path, crash: str = "", before: Sequence[str] = ()) -> Ended:
    """Run a command as an own process to its end."""
    return ended(start(*words, crash=crash, before=before))


def at_hand(*words: str | Path) -> Ended:
    """Run a command in this process: the same code, without the second that an interpreter takes to start."""
    output, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(said):
        code = cli.main([*map(str, words), "--json"])
    return Ended(code, output.getvalue(), said.getvalue())


class Service:
    """A process that goes on until it is stopped or killed; ``address`` is where it listens."""

    def __init__(self, *words: str | Path, crash: str = "", before: Sequence[str] = ()) -> None:
        self.process = start(*words, crash=crash, before=before)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.address = str(json.loads(line)["listening"]) if line else ""

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it as an operator would; one that is dead already stays so."""
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE)

    def await_end(self) -> Ended:
        """Wait until it dies by itself."""
        return ended(self.process)


class Municipality:
    """The folders of relay, centre and one village (Микрево)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.relay, self.centre, self.village = folder / "relay", folder / "centre", folder / "mikrevo"

    @classmethod
    def found(cls, folder: Path) -> "Municipality":
        """Make relay, centre and an enrolled village, all of a demonstration: scripts set their time."""
        self = cls(folder)
        key = self._make_relay()
        with Service("relay", "serve", "--dir", self.relay, "--port", "0") as relay:
            self._make_centre(relay.address, key, "--demonstration")
        self._enrol()
        with self.relay_serving():
            assert call("centre", "publish", self.centre).code == 0
        return self

    @classmethod
    def found_today(cls, folder: Path) -> "Municipality":
        """Make relay, centre and a village enrolled today, that live by the computer's own clock."""
        self = cls(folder)
        key = self._make_relay()
        with Service("relay", "serve", "--dir", self.relay, "--port", "0") as relay:
            self._make_centre(relay.address, key)
        self._enrol(local(datetime.now(UTC)).date())
        with self.relay_serving():
            assert call("centre", "publish", self.centre).code == 0
        return self

    @classmethod
    def found_without_line(cls, folder: Path) -> "Municipality":
        """Make centre and an enrolled village that live by the computer's own clock; their relay does not run."""
        self = cls(folder)
        self._make_centre(NOWHERE, self._make_relay())
        self._enrol()
        return self

    def _make_relay(self) -> str:
        self.folder.mkdir(parents=True)
        for store in (self.centre, self.village):
            store.with_name(f"{store.name}.{PASSWORD_BESIDE}").write_text(PASSWORD + "\n", "utf-8")
        return str(at_hand("relay", "init", "--dir", self.relay).answer["relay_key"])

    def _make_centre(self, address: str, relay_key: str, *more: str) -> None:
        (self.folder / "address").write_text(address, "ascii")
        words = ("--municipality", "BLG49", "--relay", address, "--relay-key", relay_key, *more)
        made = at_hand("centre", "create", self.centre, *words).answer
        at_hand("relay", "trust", "--dir", self.relay, "--municipality", "BLG49", "--key", made["centre_key"])

    def _enrol(self, issued_on: date = FIRST_DAY) -> None:
        file, reply = self.folder / "enrolment", self.folder / "reply"
        what = ("--name", "Микрево", "--village", f"BLG49-12:{REGISTER}:{TILL}", "--issued-on", issued_on.isoformat())
        at_hand("centre", "enrol", self.centre, "--out", file, *what)
        words = ("--enrolment", file, "--account", "Служител", "--reply", reply)
        shown = at_hand("station", "enrol", self.village, *words).answer
        (self.folder / "recovery code").write_text(shown["recovery_code"], "ascii")
        own = at_hand("centre", "admit", self.centre, "--reply", reply).answer["code"]
        at_hand("centre", "admit", self.centre, "--reply", reply, "--code", shown["code"])
        assert at_hand("station", "confirm", self.village, "--code", own).code == 0

    def copy(self, folder: Path) -> "Municipality":
        """Return a copy: stores, keys, head slot, passwords and all."""
        shutil.copytree(self.folder, folder)
        return Municipality(folder)

    def relay_serving(self, *, crash: str = "", before: Sequence[str] = ()) -> Service:
        """Start the relay where everybody expects it."""
        port = (self.folder / "address").read_text("ascii").rpartition(":")[2]
        words = ("relay", "serve", "--dir", self.relay, "--port", port)
        return Service(*words, crash=crash, before=before)

    def script(self) -> Path:
        """Write the work of two days and return the file."""
        file = self.folder / "two days.acts"
        file.write_bytes(acts.write(two_days()))
        return file

    def work(self, crash: str = "", before: Sequence[str] = ()) -> Ended:
        """Let the clerk work the two days, in an own process; again goes on where it was cut off."""
        return call("station", "work", self.village, "--acts", self.script(), crash=crash, before=before)

    def decide(self) -> int:
        """Accept what is clean, at the centre."""
        with self.open_centre() as store:
            return decisions.accept_clean(store, EmbeddedDocflow(), 1)

    def open_centre(self) -> centre_store.CentreStore:
        """Open the centre's store here."""
        return centre_store.open_store(self.centre, PASSWORD, bootstrap_centre.world())

    def village_books(self) -> "Books":
        """Read what stands in the village's store, from a copy, so that the store itself stays as it was left."""
        with self._copied_village() as folder:
            return read_village(folder)

    @contextlib.contextmanager
    def _copied_village(self) -> Iterator[Path]:
        look = self.folder / "look"
        look.mkdir()
        shutil.copytree(self.village, look / self.village.name)
        yield look / self.village.name
        shutil.rmtree(look)

    def exchange_until_settled(self) -> None:
        """Let both ends exchange, the centre decide, and both hear of it."""
        with (
            self.open_centre() as centre,
            bootstrap.open_station(self.village, PASSWORD, bootstrap.station_world()) as station,
        ):
            village, town = bootstrap.village_end(station), bootstrap_centre.end(centre)
            up, down = bootstrap.village_link(station), bootstrap_centre.link(centre)
            for _ in range(2):
                exchange(village, up)
                exchange(town, down)
                decisions.accept_clean(centre, EmbeddedDocflow(), 1)
            exchange(town, down)
            exchange(village, up, bookkeeping=True)
            exchange(town, down)
            exchange(village, up)


class Books(NamedTuple):
    """Register and cash book of one side: rows by id, with what both sides must agree on."""

    entries: Mapping[bytes, tuple[Any, ...]]
    receipts: Mapping[bytes, tuple[Any, ...]]
    cash: int
    drafts: int


_ENTRY = (entries.c.register, entries.c.year, entries.c.number, entries.c.subject, entries.c.standing)
_RECEIPT = (receipts.c.till, receipts.c.year, receipts.c.number, receipts.c.kind, receipts.c.cents, receipts.c.standing)


def read_books(connection: sa.Connection, waiting: int = 0) -> Books:
    """Return the books of a store."""
    entered = connection.execute(sa.select(entries.c.entry, *_ENTRY)).all()
    taken = connection.execute(sa.select(receipts.c.receipt, *_RECEIPT)).all()
    return Books(
        {bytes(row[0]): tuple(row[1:]) for row in entered},
        {bytes(row[0]): tuple(row[1:]) for row in taken},
        sum(row.cents for row in taken),
        waiting,
    )


def read_village(folder: Path) -> Books:
    """Return the books of a village's store."""
    with bootstrap.open_station(folder, PASSWORD, bootstrap.station_world()) as store:
        waiting = len(drafts.waiting(store))
        with store.ledger.reading() as connection:
            return read_books(connection, waiting)


def assert_nothing_lost_nothing_doubled(town: Municipality, before: Books | None = None) -> None:
    """Hold every store against the script that was played, and against what stood right after the kill."""
    with bootstrap.open_station(town.village, PASSWORD, bootstrap.station_world()) as store:
        said = status.of(store)
        player = acts.Player(store, ScriptedClock(datetime.now(SOFIA)), bootstrap.nomenclatures(), lambda: None)
        expected = [player.identity(label) for label in ENTRIES]
        documents = [player.identity(label) for label in RECEIPTS]
        with store.ledger.reading() as connection:
            village = read_books(connection, len(drafts.waiting(store)))
            central_village = _central_numbers(connection)
    with town.open_centre() as centre, centre.ledger.reading() as connection:
        town_books = read_books(connection)
        central_town = _central_numbers(connection)
        assert decisions.set_aside(connection) == []
        assert village_findings(connection) == []
    assert [row[2] for row in village.entries.values()] == list(range(1, len(ENTRIES) + 1))
    assert list(village.entries) == expected
    assert [row[2] for row in village.receipts.values()] == list(range(1, len(RECEIPTS) + 1))
    assert list(village.receipts) == documents
    assert village.drafts == 0
    assert (town_books.entries, town_books.receipts) == (village.entries, village.receipts)
    assert town_books.cash == village.cash == said.cash_cents > 0
    assert said.registered == said.acknowledged == said.accepted == len(ENTRIES)
    assert (said.waiting_entries, said.waiting_receipts) == (0, 0)
    assert central_village == central_town
    assert sorted(number for number in central_town.values() if number) == sorted(set(central_town.values()) - {""})
    if before is not None:
        assert {entry: row[:4] for entry, row in before.entries.items()}.items() <= {
            entry: row[:4] for entry, row in village.entries.items()
        }.items()
        assert {one: row[:5] for one, row in before.receipts.items()}.items() <= {
            one: row[:5] for one, row in village.receipts.items()
        }.items()
    for folder in (town.village, town.centre, town.relay):
        checked = at_hand("verify", folder)
        assert checked.code == 0, (folder.name, checked.output)


def _central_numbers(connection: sa.Connection) -> dict[bytes, str]:
    query = sa.select(entries.c.entry, entries.c.central_number, entries.c.town)
    rows = connection.execute(query).all()
    assert {row[2] for row in rows} == {"accepted"}
    return {bytes(row[0]): row[1] for row in rows}


def two_days() -> list[Step]:
    """Return the work of two days: paid certificates, signals, an annulment, a storno, two closes, two exchanges."""
    person = people.person(Random(17))  # noqa: S311 - an invented person
    citizen = Correspondent(
        CorrespondentKind.PERSON,
        person.name,
        identifier_kind=IdentifierKind.EGN,
        identifier=person.egn,
        settlement="49686",
    )
    morning = datetime.combine(FIRST_DAY, time(9), SOFIA)
    next_morning = datetime.combine(SECOND_DAY, time(9), SOFIA)

    def at(minutes: int) -> datetime:
        return morning + timedelta(minutes=minutes)

    def signal_of(label: str, when: datetime) -> Register:
        return Register(
            at=when,
            label=label,
            register=REGISTER,
            kind="signal",
            channel=Channel.BY_HAND,
            correspondents=[citizen],
            subject="Сигнал за неосветена улица",
        )

    def certificate(label: str, when: datetime) -> Register:
        return Register(
            at=when,
            label=label,
            register=REGISTER,
            kind="zayavlenie_usluga",
            channel=Channel.BY_HAND,
            correspondents=[citizen],
            subject="Удостоверение за настоящ адрес",
            service=PAID_SERVICE,
            speed=Speed.ORDINARY,
            result_way=ResultWay.AT_DESK,
        )

    def receipt(label: str, entry: str, when: datetime) -> Receipt:
        return Receipt(at=when, label=label, entry=entry, till=TILL, payer=citizen, text="Такса")

    return [
        certificate(ENTRIES[0], at(0)),
        receipt(RECEIPTS[0], ENTRIES[0], at(1)),
        signal_of(ENTRIES[1], at(5)),
        signal_of(ENTRIES[2], at(10)),
        Annul(at=at(11), entry=ENTRIES[2], reason="Вписано два пъти"),
        certificate(ENTRIES[3], at(20)),
        receipt(RECEIPTS[1], ENTRIES[3], at(21)),
        Void(at=at(22), label=RECEIPTS[2], receipt=RECEIPTS[1], reason="Погрешен платец"),
        receipt(RECEIPTS[3], ENTRIES[3], at(23)),
        Close(at=at(460), till=TILL),
        Exchange(at=at(465)),
        certificate(ENTRIES[4], next_morning),
        receipt(RECEIPTS[4], ENTRIES[4], next_morning + timedelta(minutes=1)),
        signal_of(ENTRIES[5], next_morning + timedelta(minutes=5)),
        Close(at=next_morning + timedelta(minutes=460), till=TILL),
        Exchange(at=next_morning + timedelta(minutes=465)),
    ]
