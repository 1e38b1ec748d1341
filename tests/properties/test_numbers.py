"""Numbers of entries and cash documents run 1…n in every book and year, whoever races, falls or turns the year."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from app import bootstrap, system
from app.domain.errors import ClockDoubtful
from app.domain.facts import Correspondent, NoteCount, ReceiptLine
from app.domain.office_date import local
from app.domain.reconciliation import series_findings
from app.domain.terms import CorrespondentKind
from app.ledger.tables import entries, receipts, series
from app.services import cash_desk, registration
from app.store import station as stations
from app.store.station import StationStore
from sync import signatures
from sync.central import stations as enrolled
from sync.central.stations import Village
from tests.properties.histories import DECEMBER, PowerCutError, hurried
from tests.properties.racing_writer import NEW_YEAR
from tests.town import CHEAP, PASSWORD, CountedRandomness, TestVillage, Town

WRITERS = 4
ACTS = int(os.environ.get("TEFTER_RACING_ACTS", "60"))
"""How many acts each of the racing programs does."""

KILLS = int(os.environ.get("TEFTER_RACING_KILLS", "8"))
LONGEST = 240
"""Seconds after which a race has failed."""


def numbers_run_from_one(store: StationStore) -> dict[tuple[str, int, int], int]:
    """Check every series of a store; return how far each runs."""
    found: dict[tuple[str, int, int], int] = {}
    with store.ledger.reading() as connection:
        for kind, table, index in (
            ("register", entries, entries.c.register),
            ("till", receipts, receipts.c.till),
        ):
            books: dict[tuple[int, int], list[int]] = {}
            query = sa.select(index, table.c.year, table.c.number, table.c.office_date).order_by(table.c.position)
            for book, year, number, day in connection.execute(query):
                assert day.startswith(str(year))
                books.setdefault((book, year), []).append(number)
            for (book, year), numbers in books.items():
                assert series_findings(numbers) == ()
                assert numbers == sorted(numbers), "numbers are given in the order of the facts"
                found[kind, book, year] = numbers[-1]
        kept = {(row.kind, row.number_index, row.year): row.last for row in connection.execute(sa.select(series))}
    assert kept == found
    return found


# --- four programs ------------------------------------------------------------------------------------------------


class Race:
    """Four programs at one store. Some are killed, some fall at a milestone; each that fell is started again."""

    def __init__(self, store: Path, told: Path, midnight: Path) -> None:
        self._store, self._told, self._midnight = store, told, midnight
        self._began = time.time()
        self._random = Random(4)  # noqa: S311 - who falls, and when
        self._starts, self._killed, self._next_kill = 0, 0, 10
        self.fallen = 0

    def _start(self, crash_at: str = "") -> subprocess.Popen[bytes]:
        self._starts += 1
        words = (self._store, self._told / f"{self._starts}", self._starts, ACTS, self._midnight, self._began)
        return subprocess.Popen(
            [sys.executable, "-m", "tests.properties.racing_writer", *map(str, words)],
            env=os.environ | {system.CRASH_VARIABLE: crash_at},
            cwd=Path(__file__).parents[2],
            stderr=subprocess.PIPE,
        )

    def run(self) -> None:
        """Let them race until four have done all their acts."""
        until = time.monotonic() + LONGEST
        running = [self._start() for _ in range(WRITERS)]
        try:
            while running:
                assert time.monotonic() < until, "the race does not end"
                told = len(self.told())
                self._maybe_kill(running, told)
                if told > WRITERS * ACTS // 2:
                    self._midnight.touch()
                for one in list(running):
                    if self._ended(one):
                        running.remove(one)
                        if one.returncode != 0:
                            self.fallen += 1
                            running.append(self._start(self._next_crash()))
        finally:
            for one in running:
                one.kill()
                one.communicate()

    def _next_crash(self) -> str:
        if self.fallen >= KILLS:
            return ""
        return self._random.choice(["", f"before_commit:{self._random.randint(1, 20)}", "after_commit:7"])

    def _maybe_kill(self, running: Sequence[subprocess.Popen[bytes]], told: int) -> None:
        """Kill one of them, at a moment that nothing in it knows of, each time some more acts are done."""
        if self._killed < KILLS and told >= self._next_kill:
            self._random.choice(running).kill()
            self._killed += 1
            self._next_kill += self._random.randint(5, 25)

    @staticmethod
    def _ended(one: subprocess.Popen[bytes]) -> bool:
        try:
            _, errors = one.communicate(timeout=0.01)
        except subprocess.TimeoutExpired:
            return False
        assert one.returncode in {0, -9}, errors.decode()
        return True

    def told(self) -> list[tuple[str, bytes, str]]:
        """Return (table, id, number) of everything that a clerk was told; a line cut off by a kill was not told."""
        lines = [line for file in self._told.iterdir() for line in file.read_text("utf-8").splitlines(keepends=True)]
        whole = [line.split() for line in lines if line.endswith("\n")]
        return [(table, bytes.fromhex(identity), number) for table, identity, number in whole]


@pytest.mark.processes
def test_numbers_stay_gapless_and_unique_under_four_racing_programs_kills_and_a_new_year(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.clock.moment = NEW_YEAR - timedelta(hours=1)
    with town:
        store = town.village.store
        store.close()
        (tmp_path / "told").mkdir()
        race = Race(store.folder, tmp_path / "told", tmp_path / "midnight")
        race.run()
        town.clock.moment = NEW_YEAR + timedelta(hours=1)
        town.village.store = bootstrap.open_station(store.folder, PASSWORD, store.world)
        reach = numbers_run_from_one(town.village.store)
        assert {year for _, _, year in reach} == {2026, 2027}, "the year turned while they raced"
        assert race.fallen >= KILLS
        told = race.told()
        for table, identity, number in told:
            assert held_number(town.village.store, table, identity) == number
        assert len(told) <= sum(reach.values()) <= len(told) + race.fallen, (
            "at most one act of each that fell is untold"
        )
        assert bootstrap.verify_station_store(town.village.store) == []


def held_number(store: StationStore, table: str, identity: bytes) -> str:
    """Return the number under which an id stands, as it is told."""
    key, index = ("entry", "register") if table == "entries" else ("receipt", "till")
    query = f"SELECT {index}, number, office_date FROM {table} WHERE {key} = ?"  # noqa: S608 - names of ours
    with store.ledger.reading() as connection:
        book, number, day = connection.exec_driver_sql(query, (identity,)).one()
    year, month, day_of_month = day.split("-")
    return f"{book}-{number:06d}/{day_of_month}.{month}.{year}"


# --- many threads, books and years in one program -----------------------------------------------------------------

BOOKS = (31, 32, 33)


class Act(NamedTuple):
    """What one clerk does: register, or take money, in one of the books; ``cut`` at a milestone or not."""

    book: int
    what: str
    cut: str


acts = st.builds(
    Act,
    st.sampled_from(BOOKS),
    st.sampled_from(["register", "receipt", "void"]),
    st.sampled_from(["", "", "", "", "before_commit", "after_commit"]),
)
phases = st.lists(
    st.tuples(st.lists(acts, min_size=4, max_size=16), st.sampled_from([0, 1, 3, 40, 366])), min_size=1, max_size=4
)


def station_with_books(town: Town) -> TestVillage:
    """Enrol a station that keeps three registers and tills."""
    villages = [Village(f"BLG49-{book}", f"Село {book}", book, (book * 100,), book) for book in BOOKS]
    file = enrolled.enrol(town.centre, villages, "three books", town.lists.tariff.version)
    randomness = CountedRandomness("three books")
    world = stations.World(town.clock, randomness, system.SystemDisk(), signatures.sign, cost=CHEAP)
    made = bootstrap.enrol_station(town.folder / "books", file, "Служител", PASSWORD, world)
    code = enrolled.expected_code(town.centre, made.reply)
    enrolled.admit(town.centre, made.reply, made.code)
    store = bootstrap.open_station(town.folder / "books", PASSWORD, world)
    bootstrap.confirm_station(store, code)
    return TestVillage(town, store, BOOKS[0])


class Clerks:
    """Four clerks at one store, each a thread."""

    def __init__(self, village: TestVillage) -> None:
        self._village = village
        self._store = village.store
        self._local = threading.local()
        self._lock = threading.Lock()
        self._store.ledger.milestone = self._milestone
        self.unexpected: list[BaseException] = []

    def _milestone(self, name: str) -> None:
        if name == getattr(self._local, "cut", ""):
            self._local.cut = ""
            raise PowerCutError(name)

    def work(self, acts: Sequence[Act]) -> None:
        """Let four threads share the acts."""
        threads = [threading.Thread(target=self._all, args=(acts[at::WRITERS],)) for at in range(WRITERS)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    def _all(self, acts: Sequence[Act]) -> None:
        try:
            for act in acts:
                self._one(act)
        except Exception as error:  # noqa: BLE001 - told by the thread that looks
            self.unexpected.append(error)

    def _one(self, act: Act) -> None:
        with self._lock:
            identity, other = self._village.new_id(), self._village.new_id()
        self._local.cut = act.cut
        try:
            self._do(act, identity, other)
        except PowerCutError:
            # The clerk tries again with the same id, as after a restart.
            self._do(act, identity, other)

    def _do(self, act: Act, identity: bytes, other: bytes) -> None:
        today = local(self._village.town.clock.now()).date()
        lists = self._village.lists
        if act.what == "register":
            filing = self._village.filing(entry=identity, register=act.book)
            try:
                registration.register(self._store, lists, filing)
            except ClockDoubtful:
                registration.register(self._store, lists, filing, today)
            return
        line = ReceiptLine(None, None, None, "Копие", 1, 50, 50)
        payer = Correspondent(CorrespondentKind.PERSON, "Надежда Ангелова")
        payment = cash_desk.Payment(receipt=identity, till=act.book, payer=payer, lines=(line,), given=50)
        cash_desk.issue(self._store, lists, payment, today)
        if act.what == "void":
            cash_desk.void(self._store, identity, other, "Грешка", today)


@settings(max_examples=25)
@given(phases)
def test_numbers_stay_gapless_over_threads_books_years_and_cuts(phases: list[tuple[list[Act], int]]) -> None:
    with hurried(), tempfile.TemporaryDirectory() as folder:
        town = Town(Path(folder), villages=0)
        town.clock.moment = DECEMBER
        with town:
            village = station_with_books(town)
            with village.store as store:
                clerks = Clerks(village)
                for acts, days in phases:
                    clerks.work(acts)
                    town.clock.tick(days=days, minutes=1)
                assert clerks.unexpected == []
                reach = numbers_run_from_one(store)
                wanted = sum(1 + (act.what == "void") for acts, _ in phases for act in acts)
                assert sum(reach.values()) == wanted
                assert bootstrap.verify_station_store(store) == []


def test_a_book_begins_again_at_one_in_the_new_year_and_the_old_one_stays(town: Town) -> None:
    town.clock.moment = DECEMBER
    village = town.village
    confirmed = local(town.clock.now()).date()
    village.register(confirmed)
    village.register(confirmed)
    town.clock.tick(days=3)
    assert village.register().number == "17-000001/02.01.2027"
    assert numbers_run_from_one(village.store) == {("register", 17, 2026): 2, ("register", 17, 2027): 1}


def test_a_storno_after_midnight_of_new_year_is_the_first_number_of_the_new_year(town: Town) -> None:
    """The day of its receipt is still open, so it may be voided; its number is of the year in which it is given."""
    town.clock.moment = DECEMBER
    village = town.village
    line = ReceiptLine(None, None, None, "Копие", 1, 50, 50)
    payer = Correspondent(CorrespondentKind.PERSON, "Надежда Ангелова")
    payment = cash_desk.Payment(receipt=village.new_id(), till=17, payer=payer, lines=(line,), given=50)
    issued = cash_desk.issue(village.store, village.lists, payment, local(town.clock.now()).date())
    town.clock.tick(days=3)
    assert issued.number == "17-000001/30.12.2026"
    assert village.void(issued.receipt).number == "17-000001/02.01.2027"
    cash_desk.close_day(village.store, 17, (NoteCount(1, 0),))
    assert bootstrap.verify_station_store(village.store) == []
