"""The scenes of the village window (сцени): each brings the window into a state by keys and names it."""

from collections.abc import Iterator
from random import Random

from app.demonstration import people
from app.ui.village.window import VillageWindow
from tests.town import PASSWORD
from tests.ui.hands import press, quiet, type_text, until
from tests.ui.shown import keyboard

PERSON = people.person(Random(5))  # noqa: S311 - it invents people


def scenes(window: VillageWindow) -> Iterator[str]:
    """Go through every state of the window, one after the other; each name is a picture."""
    yield "unlock"
    type_text(window, "грешна")
    press(window, "Return")
    quiet(window)
    yield "unlock-refused"
    type_text(window, PASSWORD)
    press(window, "Return")
    until(lambda: window.current.name == "entries", "for the register")
    quiet(window)
    yield "entries"
    yield from _register(window)
    yield from _form(window)
    yield from _cash(window)
    yield from _rest(window)


def _register(window: VillageWindow) -> Iterator[str]:
    press(window, "Ctrl+F")
    type_text(window, "ива")
    quiet(window)
    yield "entries-search"
    press(window, "Escape", "Ctrl+F")
    type_text(window, "лондон")
    quiet(window)
    yield "entries-nothing"
    press(window, "Escape")
    quiet(window)
    for _ in range(3):
        press(window, "Down")
    quiet(window)
    yield "entries-details"
    press(window, "F1")
    quiet(window)
    yield "keys"
    press(window, "Escape")


def _form(window: VillageWindow) -> Iterator[str]:
    press(window, "F2")
    quiet(window)
    yield "form"
    type_text(window, PERSON.egn[:-1] + str((int(PERSON.egn[-1]) + 1) % 10))
    press(window, "Return")
    type_text(window, PERSON.name)
    press(window, "Return", "Return", "Return")
    _to(window, window.speech.say("village.form.service").replace("&", ""))
    type_text(window, "наследн")
    quiet(window)
    yield "form-offers"
    press(window, "Return")
    type_text(window, "за наследниците на починалия")
    quiet(window)
    yield "form-filled"
    press(window, "F10", "Down", "Space")
    quiet(window)
    yield "form-papers"
    press(window, "F9")
    quiet(window)
    yield "form-service"
    press(window, "Escape", "Space", "Space", "F10")
    press(window, "F8")
    quiet(window)
    yield "form-clear"
    press(window, "Escape")
    press(window, "Ctrl+Return")
    quiet(window)
    yield "check"
    press(window, "Return")
    until(lambda: window.current.name == "saved", "for the number")
    quiet(window)
    yield "saved"


def _to(window: VillageWindow, name: str) -> None:
    """Go on to a field by Tab."""
    for _ in range(40):
        if keyboard(window) == name:
            return
        press(window, "Tab")


def _cash(window: VillageWindow) -> Iterator[str]:
    press(window, "F3")
    quiet(window)
    yield "fee"
    type_text(window, "10")
    quiet(window)
    yield "fee-change"
    press(window, "Return")
    quiet(window)
    yield "receipt"
    press(window, "Escape", "Alt+2")
    quiet(window)
    yield "till"
    press(window, "F8")
    quiet(window)
    for count in ("", "1", "2", "1", "3", "", "4", "2"):
        type_text(window, count)
        press(window, "Return")
    quiet(window)
    yield "day-close"
    press(window, "Escape", "Alt+2")
    quiet(window)
    press(window, "F7")
    quiet(window)
    yield "receipt-check"
    press(window, "Escape", "Ctrl+Delete")
    quiet(window)
    yield "storno"
    press(window, "Escape")


def _rest(window: VillageWindow) -> Iterator[str]:
    press(window, "F2")
    quiet(window)
    _to(window, f"{window.speech.say('village.form.change')}: {window.speech.say('village.form.document')}")
    press(window, "Return", "Ctrl+A")
    type_text(window, "жалба")
    quiet(window)
    press(window, "Return")
    quiet(window)
    yield "form-kind"
    press(window, "Ctrl+Return")
    quiet(window)
    yield "form-errors"
    press(window, "Escape")
    press(window, "Alt+3")
    quiet(window)
    yield "road"
    press(window, "F5")
    quiet(window)
    yield "road-after"
    press(window, "Ctrl+L")
    quiet(window)
    yield "locked"
