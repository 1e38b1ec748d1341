"""Hands over a sheet of acts (term, case): an act chosen by keys, and the entry as it stands."""

from collections.abc import Callable

from app.services import book
from app.ui.village.acts_sheet import ActsSheet
from app.ui.village.window import VillageWindow
from app.ui.widgets.button import Segment
from tests.town import Town
from tests.ui.hands import press
from tests.ui.shown import keyboard

MOST_STOPS = 16


def choose(window: VillageWindow, sheet: ActsSheet, act: str) -> None:
    """Choose an act by keys: back to the acts, along them, and on to its first field."""
    walk_to(window, "Shift+Tab", lambda: window.focusWidget() in sheet.what.findChildren(Segment))
    for _ in sheet.parts:
        if sheet.what.value() == act:
            break
        press(window, "Right")
    walk_to(window, "Tab", lambda: window.focusWidget() is sheet.part.first)


def walk_to(window: VillageWindow, key: str, there: Callable[[], bool]) -> None:
    """Press a key until the keyboard is there."""
    seen = [keyboard(window)]
    for _ in range(MOST_STOPS):
        if there():
            return
        press(window, key)
        seen.append(keyboard(window))
    raise AssertionError(seen)


def held(town: Town) -> book.EntryDetails:
    """Return the only entry."""
    store = town.village.store
    with store.ledger.reading() as connection:
        (row,) = book.page(
            connection, store.identity.epoch, town.village.number, book.View.ALL, town.clock.now().date(), None, 2
        )
        return book.details(connection, row.entry)
