"""One start of a window as its own process: ``python -m tests.benchmarks.window_process ours|bare [STORE PASSWORD]``.

It prints a line of JSON when the window can be used: the wall clock, what Argon2id took; then its memory when used.
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
    from app.ui.village.window import VillageWindow

MEMORY = "VmRSS:"


def resident() -> float:
    """Return the resident memory of this process in megabytes."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith(MEMORY)).split()[1]) / 1024


def tell(argon: float) -> None:
    """Say that the window can be used now."""
    facts = {"usable_at": time.time(), "argon": argon, "rss_mb": resident()}
    sys.stdout.write(json.dumps(facts) + "\n")
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
    tell(0.0)


def ours(store: Path, password: str) -> None:
    """Open the real window over a store, the password given at once, until the register is painted."""
    from app import windows
    from app.ledger import keyslots
    from app.ui import application
    from resources.speech import speech

    spent: list[float] = []
    stretch = keyslots._stretch

    def timed(*words: object) -> bytes:
        began = time.perf_counter()
        key = stretch(*words)  # type: ignore[arg-type]  # handed on
        spent.append(time.perf_counter() - began)
        return key

    keyslots._stretch = timed  # type: ignore[assignment]  # measured on its way
    running = application.start(dark=False, scale=1.0)
    window = windows.open_village(store, speech("bg"), password=password, exchanges=False)
    assert window is not None
    while not _has_rows(window):
        running.processEvents()
        time.sleep(0.0005)
    window.current.list.view.viewport().repaint()  # type: ignore[attr-defined]  # the register's page
    tell(sum(spent))
    _use(window)
    sys.stdout.write(json.dumps({"rss_mb": resident()}) + "\n")
    window.close()


def _has_rows(window: "VillageWindow") -> bool:
    shown = getattr(window.current, "list", None)
    return window.session is not None and shown is not None and bool(shown.model.items)


def _use(window: "VillageWindow") -> None:
    """Search a little, so that the memory told is that of a window in use."""
    from tests.ui.hands import press, settle, type_text

    press(window, "Ctrl+F")
    for text in ("иван", "петр", "удост"):
        type_text(window, text)
        settle(0.3)
        press(window, "Escape", "Ctrl+F")


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(Path(sys.argv[2]), sys.argv[3])
