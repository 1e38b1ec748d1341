"""The scenes of the desk's window (сцени): each brings the window into a state by keys and names it."""

from collections.abc import Iterator

from app.ui.central_desk.window import DeskWindow
from tests.ui.hands import press, settle, type_text, until

PAUSE = 0.9


def scenes(window: DeskWindow, token: str) -> Iterator[str]:
    """Go through every state of the desk, one after the other; each name is a picture."""
    yield "unlock"
    type_text(window, token)
    press(window, "Return")
    until(lambda: window.current.name == "villages", "for the villages")
    settle(PAUSE)
    yield "villages"
    press(window, "Ctrl+Shift+A")
    settle(PAUSE)
    yield "accept-clean"
    press(window, "Escape", "Alt+2")
    settle(PAUSE)
    yield "lines"
    press(window, "F6")
    settle(PAUSE)
    yield "lines-all"
    press(window, "F6", "Alt+3")
    settle(PAUSE)
    yield "batches"
    press(window, "Alt+4")
    settle(PAUSE)
    yield "entries"
    press(window, "Alt+5")
    settle(PAUSE)
    yield "receipts"
    press(window, "Alt+6")
    settle(PAUSE)
    yield "road"
    press(window, "F1")
    settle(PAUSE)
    yield "keys"
    press(window, "Escape")
