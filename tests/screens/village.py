"""The scenes of the village window (сцени): each brings the window into a state by keys and names it."""

from collections.abc import Iterator
from random import Random

from app.demonstration import people
from app.ui.village.window import VillageWindow
from tests.town import PASSWORD
from tests.ui.hands import press, settle, type_text, until
from tests.ui.shown import keyboard

PERSON = people.person(Random(5))  # noqa: S311 - it invents people
PAUSE = 0.6


def scenes(window: VillageWindow) -> Iterator[str]:
    """Go through every state of the window, one after the other; each name is a picture."""
    yield "unlock"
    type_text(window, "грешна")
    press(window, "Return")
    settle(1)
    yield "unlock-refused"
    type_text(window, PASSWORD)
    press(window, "Return")
    until(lambda: window.current.name == "entries", "for the register")
    settle(PAUSE)
    yield "entries"
    yield from _register(window)
    yield from _form(window)
    yield from _cash(window)
    yield from _rest(window)


def _register(window: VillageWindow) -> Iterator[str]:
    press(window, "Ctrl+F")
    type_text(window, "ива")
    settle(PAUSE)
    yield "entries-search"
    press(window, "Escape", "Ctrl+F")
    type_text(window, "лондон")
    settle(PAUSE)
    yield "entries-nothing"
    press(window, "Escape")
    settle(PAUSE)
    for _ in range(3):
        press(window, "Down")
    settle(PAUSE)
    yield "entries-details"
    press(window, "Ctrl+R")
    settle(PAUSE)
    if window.cover.sheet is not None:
        yield "answer"
        press(window, "Escape")
    press(window, "F1")
    settle(PAUSE)
    yield "keys"
    press(window, "Escape")


def _form(window: VillageWindow) -> Iterator[str]:
    press(window, "F2")
    settle(PAUSE)
    yield "form"
    press(window, "Ctrl+Return")
    settle(PAUSE)
    yield "form-errors"
    press(window, "Escape", "F2")
    settle(PAUSE)
    type_text(window, PERSON.egn[:-1] + str((int(PERSON.egn[-1]) + 1) % 10))
    press(window, "Return")
    type_text(window, PERSON.name)
    press(window, "Return", "Return", "Return")
    _to(window, "Услуга")
    type_text(window, "наследн")
    settle(PAUSE)
    yield "form-offers"
    press(window, "Return")
    type_text(window, "за наследниците на починалия")
    settle(PAUSE)
    yield "form-filled"
    press(window, "Ctrl+Return")
    settle(PAUSE)
    yield "check"
    press(window, "Return")
    until(lambda: window.current.name == "saved", "for the number")
    settle(1.5)
    yield "saved"


def _to(window: VillageWindow, name: str) -> None:
    """Go on to a field by Tab."""
    for _ in range(40):
        if keyboard(window) == name:
            return
        press(window, "Tab")


def _cash(window: VillageWindow) -> Iterator[str]:
    press(window, "F3")
    settle(1)
    yield "fee"
    type_text(window, "10")
    settle(PAUSE)
    yield "fee-change"
    press(window, "Return")
    settle(1.5)
    yield "receipt"
    press(window, "Escape", "Alt+2")
    settle(1)
    yield "till"
    press(window, "F8")
    settle(PAUSE)
    for count in ("", "1", "2", "1", "3", "", "4", "2"):
        type_text(window, count)
        press(window, "Return")
    settle(PAUSE)
    yield "day-close"
    press(window, "Escape", "Alt+2")
    settle(PAUSE)
    press(window, "F7")
    settle(PAUSE)
    yield "receipt-check"
    press(window, "Escape", "Ctrl+Delete")
    settle(PAUSE)
    yield "storno"
    press(window, "Escape")


def _rest(window: VillageWindow) -> Iterator[str]:
    press(window, "Alt+3")
    settle(PAUSE)
    yield "road"
    press(window, "F5")
    settle(1.5)
    yield "road-after"
    press(window, "Ctrl+L")
    settle(PAUSE)
    yield "locked"
