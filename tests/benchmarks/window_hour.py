"""``window_hour``: an hour's acts in the real window, without the clerk's pauses, and the longest it stood still.

A watchdog ticks every few milliseconds on the GUI thread; the gap between two ticks is how long nothing is painted.
"""

import time
from pathlib import Path
from random import Random

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.demonstration import people
from app.ui.village.window import VillageWindow
from tests.benchmarks.figures import Result, Sizes
from tests.benchmarks.window_search import open_register, register_page
from tests.ui.hands import press, settle, type_text, until
from tests.ui.shown import keyboard

GAP_BAR = 0.100
"""Seconds."""

TICK = 5


class Watchdog:
    """Measures the gaps between its ticks, and remembers what was done in each."""

    def __init__(self) -> None:
        self.gaps: list[tuple[float, str]] = []
        self.act = ""
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last, self.act))
        self._last = now

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()


def window_hour(folder: Path, sizes: Sizes) -> list[Result]:
    """Register, take fees, search and page, ``sizes.visits`` times, and report the longest gap."""
    rng = Random(60)  # noqa: S311 - sample persons, no secrets
    with open_register(folder, sizes.register) as window:
        watchdog = Watchdog()
        for place in range(sizes.visits):
            _visit(window, watchdog, people.person(rng), pays=place % 2 == 0)
        watchdog.stop()
    gaps = sorted(watchdog.gaps)
    longest, act = gaps[-1]
    p99 = gaps[round(len(gaps) * 0.99) - 1][0]
    over = sum(1 for gap, _act in gaps if gap > GAP_BAR)
    notes = (
        f"longest while: {act}; p99 {p99 * 1000:.1f} ms; {over} of {len(gaps)} gaps above the bar",
        f"{sizes.visits} visits: register, fee, search, page; {sizes.register:,} entries",
    )
    return [Result("longest_gap", "s", longest, TICK / 1000, GAP_BAR, longest <= GAP_BAR, notes)]


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
    settle(0.3)
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
    type_text(window, who.name.partition(" ")[0])
    settle(0.3)
    press(window, "Escape")
    watchdog.act = "page"
    register_page(window).list.view.setFocus()
    for _ in range(4):
        press(window, "PgDown")
        settle(0.05)


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
