"""``window_hour``: an hour's acts in the real window, without the clerk's pauses, and the longest it stood still.

A watchdog ticks every few milliseconds on the GUI thread; the gap between two ticks is how long nothing is painted and
no key is heard: widgets, other threads that hold Python, and the garbage collector are all in it. The window goes to a
real relay meanwhile, which runs as a process of its own.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app import office_verbs, system
from app.demonstration import people
from app.demonstration.processes import Running, run
from app.store.station import StationStore
from app.ui.village import courier
from app.ui.village.office import Exchanged
from app.ui.village.window import VillageWindow
from sync import signatures
from sync.central import stations as enrolled
from sync.central import store as centre_store
from sync.transport.relay import Participant, RelayLink, RequestsHttp
from tests.benchmarks.big_register import Relay, fill_beside
from tests.benchmarks.figures import Result, Sizes
from tests.benchmarks.municipality import CHEAP, PASSWORD, free_port
from tests.benchmarks.window_search import open_register, register_page
from tests.ui.hands import press, settle, type_text, until
from tests.ui.shown import keyboard

GAP_BAR = 0.100
"""Seconds."""

TICK = 5
SOON = 0.5
"""Seconds after an act until the window goes to the relay: the hour is played faster than it is lived."""


class Gap(NamedTuple):
    """So many seconds without a tick, what was done meanwhile, and how long the GUI thread and all threads worked."""

    seconds: float
    act: str
    own: float
    all: float


class Watchdog:
    """Measures the gaps between its ticks, and remembers what was done in each."""

    def __init__(self) -> None:
        self.gaps: list[Gap] = []
        self.act = ""
        self._last = _clocks()
        self._timer = QTimer()
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = _clocks()
        wall, own, every = (after - before for after, before in zip(now, self._last, strict=True))
        self.gaps.append(Gap(wall, self.act, own, every))
        self._last = now

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()


def _clocks() -> tuple[float, float, float]:
    """Return wall clock, this thread's work and all threads' work, in seconds."""
    return time.perf_counter(), time.thread_time(), time.process_time()


class Road:
    """The way to a real relay, with a count of the rounds."""

    def __init__(self) -> None:
        self.rounds = 0
        self.held = 0

    def exchange(self, store: StationStore, bookkeeping: bool) -> Exchanged:  # noqa: FBT001 - as ``Office`` has it
        """Exchange as the program does."""
        done = office_verbs.exchange(store, bookkeeping)
        self.rounds += 1
        self.held += done.held
        return done


@contextmanager
def serving(folder: Path, entries: int) -> Iterator[Path]:
    """Fill a register whose station is known to a relay that serves as a process of its own; return its store."""
    place = folder / "relay"
    key = bytes.fromhex(run("relay", "init", "--dir", place)["relay_key"])
    relay = Relay(f"http://127.0.0.1:{free_port()}", key)
    store = fill_beside(folder, entries, relay)
    ports = (system.SystemClock(), system.SystemRandomness(), system.SystemDisk())
    with centre_store.open_store(store.with_name("centre"), PASSWORD, centre_store.World(*ports, cost=CHEAP)) as centre:
        keys = centre.secrets
        public = signatures.public_key(keys.signing_key).hex()
        run("relay", "trust", "--dir", place, "--municipality", keys.municipality, "--key", public)
        with Running("relay", "serve", "--dir", place, "--port", relay.url.rpartition(":")[2]) as process:
            process.first_line()
            who = Participant(keys.municipality, keys.centre, keys.signing_key)
            link = RelayLink(RequestsHttp(), relay.url, relay.key, who, ports[0], ports[1])
            link.publish_admission(enrolled.admission_list(centre))
            yield store


def window_hour(folder: Path, sizes: Sizes) -> list[Result]:
    """Register, take fees, search and page, ``sizes.visits`` times, and report the longest gap."""
    rng = Random(60)  # noqa: S311 - sample persons, no secrets
    road, soon = Road(), courier.SOON
    with serving(folder, sizes.register) as store, open_register(store, road.exchange) as window:
        courier.SOON = SOON  # type: ignore[assignment]  # half a second is no whole number, and it may be one
        watchdog = Watchdog()
        for place in range(sizes.visits):
            _visit(window, watchdog, people.person(rng), pays=place % 2 == 0)
        watchdog.stop()
        courier.SOON = soon
    return [_judged(watchdog.gaps, road, sizes)]


def _judged(gaps: list[Gap], road: Road, sizes: Sizes) -> Result:
    ordered = sorted(gaps)
    longest = ordered[-1]
    p99 = ordered[round(len(ordered) * 0.99) - 1].seconds
    over = sum(1 for one in gaps if one.seconds > GAP_BAR)
    worst = {one.act: one.seconds for one in ordered}
    by_act = ", ".join(f"{act} {seconds * 1000:.0f}" for act, seconds in worst.items())
    notes = (
        f"longest while: {longest.act}; p99 {p99 * 1000:.1f} ms; {over} of {len(gaps)} gaps above the bar",
        f"in it the window itself worked {longest.own * 1000:.0f} ms, with its workers {longest.all * 1000:.0f} ms",
        f"the longest of each act, ms: {by_act}",
        f"{sizes.visits} visits: register, fee, search, page, till, road, drafts kept; {sizes.register:,} entries",
        f"{road.rounds} rounds to a relay in its own process, {road.held} batches held by it",
    )
    holds = longest.seconds <= GAP_BAR and road.held > 0
    return Result("longest_gap", "s", longest.seconds, TICK / 1000, GAP_BAR, holds, notes)


def _visit(window: VillageWindow, watchdog: Watchdog, who: people.SamplePerson, *, pays: bool) -> None:
    watchdog.act = "form"
    press(window, "F2")
    until(lambda: window.current.name == "form", "for the form")
    settle(0.3)
    type_text(window, who.egn)
    press(window, "Return")
    type_text(window, who.name)
    while keyboard(window) != "Услуга":
        press(window, "Tab")
    watchdog.act = "service"
    type_text(window, "1997")
    press(window, "Return")
    type_text(window, "за банка")
    settle(0.9)
    watchdog.act = "check and save"
    press(window, "Ctrl+Return")
    until(lambda: window.cover.sheet is not None, "for the check")
    press(window, "Return")
    until(lambda: window.current.name == "saved", "for the number")
    settle(0.5)
    if pays:
        _pay(window, watchdog)
    watchdog.act = "search"
    press(window, "Alt+1", "Ctrl+F")
    for sign in who.name.partition(" ")[0]:
        type_text(window, sign)
        settle(0.1)
    press(window, "Escape")
    watchdog.act = "page"
    register_page(window).list.view.setFocus()
    for _ in range(4):
        press(window, "PgDown")
        settle(0.1)
    watchdog.act = "till and road"
    press(window, "Alt+2")
    settle(0.3)
    press(window, "Alt+3")
    settle(0.6)


def _pay(window: VillageWindow, watchdog: Watchdog) -> None:
    watchdog.act = "fee"
    press(window, "F3")
    until(lambda: window.current.name == "fee", "for the fee")
    settle(0.3)
    type_text(window, "5")
    press(window, "Return")
    until(lambda: window.cover.sheet is not None, "for the receipt")
    watchdog.act = "receipt"
    settle(0.5)
    press(window, "Escape")
    QApplication.processEvents()
