"""``window_search``: from a key to the paint of the rows that it asks for, in the real window over many years."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.demonstration.clock import ContinuedClock
from app.domain.office_date import local
from app.store.station import StationStore
from app.system import SystemClock
from app.ui.application import collect_from_now_on
from app.ui.collecting import Collector
from app.ui.look.theme import theme
from app.ui.village.entries import EntriesPage
from app.ui.village.office import Exchanged, Office
from app.ui.village.window import VillageWindow
from resources.speech import speech
from tests.benchmarks.big_register import fill_beside
from tests.benchmarks.figures import Result, Sizes, median_of, spread
from tests.benchmarks.municipality import PASSWORD
from tests.ui.hands import press, settle, type_text, until

PAINT_BAR = 0.030
"""Seconds, p95."""

TYPED = ("иванов", "петров стоян", "удостоверение", "000187", "ivanov", "91", "сигнал", "я")
PATIENCE = 5.0


class PaintWatch(QObject):
    """Notes when the list is painted with rows that came after ``arm``."""

    def __init__(self, page: EntriesPage) -> None:
        super().__init__()
        self._fresh = False
        self.painted = False
        page.list.model.modelReset.connect(self._reset)
        page.list.view.viewport().installEventFilter(self)
        page.empty.installEventFilter(self)

    def arm(self) -> None:
        """Forget what was painted before."""
        self._fresh = self.painted = False

    def _reset(self) -> None:
        self._fresh = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note the first paint after new rows."""
        self.painted |= event.type() == QEvent.Type.Paint and self._fresh
        return False


def _no_road(*_any: object) -> NoReturn:
    raise AssertionError


@contextmanager
def open_register(
    store: Path, exchange: Callable[[StationStore, bool], Exchanged] | None = None
) -> Iterator[VillageWindow]:
    """Show the real window over a register, unlocked by keys; with ``exchange`` it goes to its relay unasked."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme().start(application, dark=False, scale=1.0)
    world = bootstrap.station_world(_the_morning_after())
    office = Office(
        folder=store,
        open=lambda password: bootstrap.open_station(store, password, world),
        check=lambda _password: None,
        lists=bootstrap.nomenclatures,
        exchange=exchange or _no_road,
        export=_no_road,
        take_in=_no_road,
        verify=bootstrap.verify_signature,
    )
    window = VillageWindow(speech("bg"), office, exchanges=exchange is not None)
    window.resize(1366, 768)
    try:
        window.show()
        window.activateWindow()
        until(window.isActiveWindow, "for the window")
        type_text(window, PASSWORD)
        press(window, "Return")
        until(lambda: window.current.name == "entries" and register_page(window).list.model.items, "for the register")
        settle(0.5)
        collect_from_now_on(Collector(application))
        yield window
    finally:
        window.close()
        window.deleteLater()
        settle()


def _the_morning_after() -> ContinuedClock:
    """The register's last entries are of this evening; what the clerk does now comes after them."""
    real = SystemClock()
    morning = local(real.now()).replace(hour=8, minute=0) + timedelta(days=1)
    return ContinuedClock(real, morning)


def register_page(window: VillageWindow) -> EntriesPage:
    """Return the page of the register."""
    page = window.page("entries")
    assert isinstance(page, EntriesPage)
    return page


def window_search(folder: Path, sizes: Sizes) -> list[Result]:
    """Type searches letter by letter and measure each letter."""
    with open_register(fill_beside(folder, sizes.register)) as window:
        page = register_page(window)
        watch = PaintWatch(page)
        press(window, "Ctrl+F")
        seconds = [
            one for _ in range(max(1, sizes.rounds // 3)) for text in TYPED for one in _type(window, watch, text)
        ]
        bare = [_timed(page.list.view.viewport().repaint) for _ in range(20)]
    p95 = sorted(seconds)[round(len(seconds) * 0.95) - 1]
    notes = (f"{spread(seconds)}", f"a bare repaint of the list {spread(bare)}", f"{sizes.register:,} entries")
    return [Result("key_to_paint", "s", p95, median_of(bare), PAINT_BAR, p95 <= PAINT_BAR, notes)]


def _type(window: VillageWindow, watch: PaintWatch, text: str) -> list[float]:
    """Type a text letter by letter; return the seconds from each key until its rows are painted to the end."""
    seconds = []
    for sign in text.replace(" ", ""):
        watch.arm()
        began = time.perf_counter()
        type_text(window, sign)
        while not watch.painted:
            assert time.perf_counter() - began < PATIENCE, f"a letter of {text} brought no rows"
            time.sleep(0.0002)
            QApplication.processEvents()  # comes back when the whole window is painted
        seconds.append(time.perf_counter() - began)
        settle(0.03)
    press(window, "Escape", "Ctrl+F")
    settle(0.4)
    return seconds


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
