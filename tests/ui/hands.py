"""A clerk's hands (ръце): keys pressed on a window, and waiting for what follows. No slot is called, no mouse moves."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import shown

PATIENCE = 10.0
"""Seconds after which what is waited for is missing."""
LOOK, STILL = 0.03, 0.12
"""Seconds between two looks at a window, and for how long it must show the same to be quiet."""


def press(window: QWidget, *keys: str) -> None:
    """Press keys by their names: ``press(window, "F3", "Down", "Ctrl+Return")``; shortcuts hear them too."""
    for name in keys:
        handle = window.window().windowHandle()
        assert handle is not None, "the window is not shown"
        QTest.keySequence(handle, QKeySequence(name))
        QApplication.processEvents()


def type_text(window: QWidget, text: str) -> None:
    """Type text, in any alphabet, into what has the keyboard."""
    for sign in text:
        target = window.window().focusWidget()
        assert target is not None, "nothing has the keyboard"
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))
    QApplication.processEvents()


def until(condition: Callable[[], object], what: str = "") -> None:
    """Let the window live until something holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain {what}".strip()
        _live()


def settle(seconds: float = 0.05) -> None:
    """Let the window live for a moment."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        _live()


def quiet(window: QWidget) -> None:
    """Let the window live until its words stand still: what was asked is answered, what was typed is looked up."""
    end = time.monotonic() + PATIENCE
    before, since = shown.texts(window), time.monotonic()
    while time.monotonic() - since < STILL:
        assert time.monotonic() < end, "the window never rests"
        settle(LOOK)
        now = shown.texts(window)
        if now != before:
            before, since = now, time.monotonic()


def _live() -> None:
    """Let Qt work, then the other threads: Qt's own waiting would keep Python to itself."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    time.sleep(0.003)
