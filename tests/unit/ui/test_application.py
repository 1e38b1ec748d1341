"""One window to a store; a second start raises the first and ends."""

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.ui.application import OneWindow

SECOND = """
import os, sys, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.ui.application import OneWindow
application = QApplication([])
print(OneWindow(Path(sys.argv[1]), lambda: None).first())
"""


def second_start(folder: Path) -> "subprocess.Popen[str]":
    """Start another window for a store, as an own process."""
    return subprocess.Popen([sys.executable, "-c", SECOND, str(folder)], stdout=subprocess.PIPE, text=True)


def said_by(process: "subprocess.Popen[str]", qtbot: QtBot) -> str:
    """Wait for a process while this one's window lives."""
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
    output, _ = process.communicate()
    return output.strip()


def test_a_second_start_raises_the_first_window_even_right_after_it(qtbot: QtBot, tmp_path: Path) -> None:
    raised: list[int] = []
    first = OneWindow(tmp_path / "store", lambda: raised.append(1))
    assert first.first()
    process = second_start(tmp_path / "store")
    assert said_by(process, qtbot) == "False"
    qtbot.waitUntil(lambda: raised == [1])
    first.release()


def test_another_store_and_one_that_was_closed_have_windows_of_their_own(qtbot: QtBot, tmp_path: Path) -> None:
    first = OneWindow(tmp_path / "store", lambda: None)
    assert first.first()
    assert said_by(second_start(tmp_path / "other"), qtbot) == "True"
    first.release()
    assert said_by(second_start(tmp_path / "store"), qtbot) == "True"
