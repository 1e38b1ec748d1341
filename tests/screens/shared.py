"""The scenes of a station that two villages share (две кметства): which one is at work, and what is marked with it."""

from collections.abc import Iterator

from app.ui.village.window import VillageWindow
from tests.town import SECOND, SharedTown
from tests.ui import stage
from tests.ui.hands import press, quiet, type_text


def fill(town: SharedTown) -> None:
    """Let both villages have something: the first more than the second."""
    for at in range(3):
        town.village.register(correspondents=(stage.somebody(at),))
    other = town.village.beside(SECOND)
    other.pay(other.register(correspondents=(stage.somebody(5),)).entry)


def scenes(window: VillageWindow) -> Iterator[str]:
    """Go from one village to the other and back, half a form in each."""
    yield "two-villages"
    press(window, "F2")
    quiet(window)
    type_text(window, stage.somebody(7).identifier)
    press(window, "Ctrl+2")
    quiet(window)
    yield "two-villages-second"
    press(window, "Alt+2")
    quiet(window)
    yield "two-villages-till"
    press(window, "Ctrl+1")
    quiet(window)
    yield "two-villages-form"
    press(window, "Alt+3")
    quiet(window)
    yield "two-villages-road"
    press(window, "F1")
    quiet(window)
    yield "two-villages-keys"
    press(window, "Escape", "Alt+1")
    quiet(window)
