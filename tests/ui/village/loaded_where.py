"""One window as its own process: prints how much its workers loaded, and the modules of it that make classes of Qt.

``python -m tests.ui.village.loaded_where FOLDER PASSWORD``. What is loaded on which thread can only be seen in a
process that has loaded nothing yet.
"""

# ruff: noqa: PLC0415 - what is loaded when is what is watched

import sys
import threading
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

BESIDE: list[str] = []


class Recorder:
    """Stands first where Python looks for modules; finds none, and notes what a worker asks for."""

    @staticmethod
    def find_spec(name: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        """Note the module where the thread is not the window's."""
        if threading.current_thread() is not threading.main_thread():
            BESIDE.append(name)
        return None


def classes_of_qt() -> list[str]:
    """Return the modules that a worker loaded and that make classes of Qt."""
    from PySide6.QtCore import QObject

    def made(name: str) -> bool:
        loaded = vars(sys.modules[name]).values() if name in sys.modules else ()
        return any(isinstance(one, type) and issubclass(one, QObject) and one.__module__ == name for one in loaded)

    return sorted(name for name in set(BESIDE) if made(name))


def use(folder: Path, password: str) -> None:
    """Unlock, wait until all pages are made, and go through them by keys."""
    from PySide6.QtWidgets import QApplication

    from app import windows
    from app.ui import application
    from app.ui.village.ahead import PAGES
    from resources.speech import speech
    from tests.ui.hands import press, quiet, type_text, until

    running = application.start(dark=False, scale=1.0)
    window = windows.open_village(folder, speech("bg"), exchanges=False)
    assert window is not None
    until(window.isActiveWindow, "for the window")
    type_text(window, password)
    press(window, "Return")
    until(lambda: window.current.name == "entries", "for the register")
    until(lambda: len(window._by_name) == 2 + len(PAGES), "for the pages")
    for keys in (("F2",), ("Ctrl+Return",), ("Escape",), ("F3",), ("Alt+2",), ("Alt+3",), ("Alt+1", "Down")):
        press(window, *keys)
        quiet(window)
    window.close()
    assert running is QApplication.instance()


if __name__ == "__main__":
    sys.meta_path.insert(0, Recorder)
    use(Path(sys.argv[1]), sys.argv[2])
    sys.stdout.write(f"{len(BESIDE)} {classes_of_qt()}\n")
