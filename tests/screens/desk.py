"""The scenes of the desk's window (сцени): each brings the window into a state by keys and names it."""

from collections.abc import Iterator

from app.ui.central_desk.villages import VillagesPage
from app.ui.central_desk.window import DeskWindow
from tests.ui.hands import press, quiet, type_text, until
from tests.ui.shown import keyboard


def scenes(window: DeskWindow, token: str) -> Iterator[str]:
    """Go through every state of the desk, one after the other; each name is a picture."""
    yield "unlock"
    type_text(window, token)
    press(window, "Return")
    until(lambda: window.current.name == "villages", "for the villages")
    page = window.current
    assert isinstance(page, VillagesPage)
    until(page.list.current, "for the centre's answer")
    quiet(window)
    yield "villages"
    press(window, "Ctrl+Shift+A")
    quiet(window)
    yield "accept-clean"
    press(window, "Escape")
    yield from _lines(window)
    yield from _lists(window)
    press(window, "Alt+4", "Ctrl+L")
    quiet(window)
    yield "locked"


def _lines(window: DeskWindow) -> Iterator[str]:
    press(window, "Alt+2")
    quiet(window)
    yield "lines"
    press(window, "F6")
    quiet(window)
    yield "lines-all"
    press(window, "F6")
    while keyboard(window) != window.speech.say("desk.decision.reason").replace("&", ""):
        press(window, "Tab")
    press(window, "End", "Tab")
    type_text(window, "Приложете копие на квитанцията.")
    quiet(window)
    yield "lines-dispute"
    press(window, "Escape", "Escape", "Down", "Return")
    quiet(window)
    yield "lines-of-village"


def _lists(window: DeskWindow) -> Iterator[str]:
    for keys, name in (
        (("Alt+3",), "batches"),
        (("Return",), "batch"),
        (("Return",), "entry-of-batch"),
        (("Escape", "Escape", "Alt+4"), "entries"),
        (("Alt+5",), "receipts"),
        (("Alt+6",), "road"),
        (("F1",), "keys"),
    ):
        press(window, *keys)
        quiet(window)
        yield name
    press(window, "Escape")
