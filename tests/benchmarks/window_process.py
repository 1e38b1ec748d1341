"""One start of a window as its own process.

``python -m tests.benchmarks.window_process bare`` is the limit. ``… STORE PASSWORD-FILE SECONDS`` is the real
``tefter window``, then used for so long by keys. Lines of JSON say when the window could be used, by the wall clock,
and what Argon2id took of that; then its memory after use, and when the store was open as a whole.
"""

# ruff: noqa: E402, PLC0415 - what is imported when is what is measured

import gc

gc.disable()  # as ``tefter window`` does while it starts

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.ui.village.entries import EntriesPage
    from app.ui.village.window import VillageWindow

MEMORY = "VmRSS:"
GLANCE = 1
"""Milliseconds between two looks at the window."""

TYPED = ("иван", "петр", "удост", "000187", "я")


def resident() -> float:
    """Return the resident memory of this process in megabytes."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith(MEMORY)).split()[1]) / 1024


def tell(**facts: float) -> None:
    """Say something to whoever started this process."""
    sys.stdout.write(json.dumps(facts | {"rss_mb": resident()}) + "\n")
    sys.stdout.flush()


def bare() -> None:
    """Show a bare window with a list, SQLAlchemy and the driver imported: the least that any such program does."""
    import sqlalchemy  # noqa: F401
    from PySide6.QtCore import QStringListModel
    from PySide6.QtWidgets import QApplication, QListView, QMainWindow
    from sqlcipher3 import dbapi2  # noqa: F401

    application = QApplication([])
    window, view = QMainWindow(), QListView()
    view.setModel(QStringListModel([f"17-{number:06d}" for number in range(100)]))
    window.setCentralWidget(view)
    window.resize(1366, 768)
    window.show()
    application.processEvents()
    view.viewport().repaint()
    tell(usable_at=time.time(), argon=0.0)


class Watch:
    """Looks at the starting window until it shows the register and a key has moved in it; then uses it."""

    def __init__(self, application: "QApplication", stretched: list[float], seconds: float) -> None:
        from PySide6.QtCore import QTimer

        self._application = application
        self._stretched = stretched
        self._seconds = seconds
        self._timer = QTimer(application)
        self._timer.setInterval(GLANCE)
        self._timer.timeout.connect(self._glance)
        self._timer.start()

    def _window(self) -> "VillageWindow | None":
        shown = [one for one in self._application.topLevelWidgets() if one.isVisible()]
        return shown[0] if shown else None  # type: ignore[return-value]  # there is no other

    def _glance(self) -> None:
        window = self._window()
        page = window.current if window is not None else None
        if window is None or page is None or page.name != "entries" or not _rows(page):  # type: ignore[arg-type]  # by name
            return
        self._timer.stop()
        self._used(window, page)  # type: ignore[arg-type]  # by its name

    def _used(self, window: "VillageWindow", page: "EntriesPage") -> None:
        page.list.view.viewport().repaint()
        before = page.current_entry()
        self._press_down()
        assert page.current_entry() != before, "the list does not hear the keyboard"
        tell(usable_at=time.time(), argon=sum(self._stretched))
        from tests.ui.hands import until

        session = window.open_session()
        until(lambda: session.whole, "for the store")
        whole_at = time.time()
        _use(window, self._seconds)
        tell(whole_at=whole_at)
        window.close()

    def _press_down(self) -> None:
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent

        focused = self._application.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        self._application.sendEvent(focused, key)


def _rows(page: "EntriesPage") -> bool:
    return bool(page.list.model.items)


def _use(window: "VillageWindow", seconds: float) -> None:
    """Search, page, and open form and till for so long, so that the memory told is that of a window in use."""
    from tests.ui.hands import press, settle, type_text

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for text in TYPED:
            press(window, "Ctrl+F")
            type_text(window, text)
            settle(0.2)
            press(window, "Escape", "Escape", "PgDown", "PgDown", "PgDown")
        press(window, "F2")
        settle(0.3)
        type_text(window, "1890")
        press(window, "Alt+2")
        settle(0.3)
        press(window, "Alt+3")
        settle(0.3)
        press(window, "Alt+1")


def ours(store: str, password_file: str, seconds: float) -> int:
    """Run ``tefter window`` over a store, the password given at once, until it has been used for so long."""
    from app import cli
    from app.ledger import keyslots
    from app.ui import application

    stretched: list[float] = []
    stretch, start = keyslots._stretch, application.start

    def timed(password: str, salt: bytes, cost: keyslots.Cost) -> bytes:
        began = time.perf_counter()
        key = stretch(password, salt, cost)
        stretched.append(time.perf_counter() - began)
        return key

    def watched(*, dark: bool | None = None, scale: float | None = None) -> "QApplication":
        running = start(dark=dark, scale=scale)
        running.setProperty("watch", Watch(running, stretched, seconds))
        return running

    keyslots._stretch, application.start = timed, watched
    words = ("--store", store, "--password-file", password_file, "--theme", "light", "--text-size", "1.0")
    return cli.main(["window", *words, "--no-exchange"])


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        sys.exit(ours(sys.argv[1], sys.argv[2], float(sys.argv[3])))
