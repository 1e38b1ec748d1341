"""A window in its own process, driven by keys only: ``python -m tests.ui.driven window --store … < commands``.

The program's own start-up runs; beside it a reader of standard input presses keys, types text, and tells what is shown.
Each command is one line of JSON, each answer too. No slot is called and no mouse is moved.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from app import cli
from app.ui import application
from app.ui.village.draft_keeper import DraftKeeper
from tests.ui import hands, shown

LOOK_AGAIN = 20
"""Milliseconds between two looks at a window that is waited for."""


def window() -> QMainWindow:
    """Return the program's window, shown."""
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMainWindow) and one.isVisible()]
    return found


class Driver(QObject):
    """Reads commands and does them on the GUI thread."""

    def __init__(self) -> None:
        super().__init__()
        self._rest = b""
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def _read(self) -> None:
        octets = os.read(sys.stdin.fileno(), 65_536)
        if not octets:
            self._notifier.setEnabled(False)
            return
        *lines, self._rest = (self._rest + octets).split(b"\n")
        for line in lines:
            self._do(json.loads(line))

    def _do(self, command: dict[str, Any]) -> None:
        match command:
            case {"press": keys}:
                hands.press(window(), *keys)
                self._answer()
            case {"type": text}:
                hands.type_text(window(), text)
                self._answer()
            case {"wait": words, "seconds": seconds}:
                self._wait(words, time.monotonic() + seconds)
            case {"kept": _}:
                self._wait_until_kept()
            case {"look": _}:
                self._answer()
            case _:
                raise ValueError(command)

    def _wait(self, words: str, until: float) -> None:
        seen = any(words in text for text in shown.texts(window()))
        if seen or time.monotonic() > until:
            self._answer(found=seen)
        else:
            QTimer.singleShot(LOOK_AGAIN, self._again(words, until))

    def _wait_until_kept(self) -> None:
        if any(keeper.pending for keeper in window().findChildren(DraftKeeper)):
            QTimer.singleShot(LOOK_AGAIN, self._wait_until_kept)
        else:
            self._answer()

    def _again(self, words: str, until: float) -> Callable[[], None]:
        return lambda: self._wait(words, until)

    def _answer(self, **more: object) -> None:
        now = window()
        facts = {"page": shown.page(now), "keyboard": shown.keyboard(now), "texts": shown.texts(now), **more}
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def main() -> int:
    """Run the program with a driver beside it."""
    begin = application.start
    kept: list[Driver] = []

    def start(**options: Any) -> QApplication:  # noqa: ANN401 - handed on
        made = begin(**options)
        kept.append(Driver())
        return made

    application.start = start
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
