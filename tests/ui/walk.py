"""A walk through every screen of both windows (обход): each state of ``tests.screens``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from app.ui.village.window import VillageWindow
from app.ui.widgets.frame import Frame
from resources.speech import Language, speech
from tests.screens import beginning, desk, shared, states, village
from tests.town import SharedTown, TestVillage, Town
from tests.ui import stage
from tests.ui.central_desk.desk import door, served
from tests.ui.hands import settle
from tests.ui.village.new_computer import NewComputer, started
from tests.ui.village.office import office_of


class Seen(NamedTuple):
    """One screen: the name of its scene and the window that shows it."""

    name: str
    window: Frame


def villages(town: Town, folder: Path, language: Language) -> Iterator[Seen]:
    """Go through the village's window. ``town`` has two villages that have not begun."""
    computer = NewComputer(town, folder, index=30)
    with started(computer, language) as window:
        yield from _named(window, beginning.scenes(window, computer))
    with _opened(town.villages[1], language) as window:
        yield from _named(window, states.unlocked(window, states.empty))
    stage.fill(town)
    with _opened(town.village, language) as window:
        yield from _named(window, states.unlocked(window, partial(states.scenes, town=town, stick=folder)))
    town.village.reopen()
    with _opened(town.village, language) as window:
        yield from _named(window, village.scenes(window))
    (folder / "shared").mkdir()
    with SharedTown(folder / "shared") as both:
        shared.fill(both)
        with _opened(both.village, language) as window:
            yield from _named(window, states.unlocked(window, shared.scenes))


def desks(town: Town, folder: Path, language: Language) -> Iterator[Seen]:
    """Go through the desk's window."""
    stage.fill(town)
    town.centre_exchange()
    with served(town) as address, door(address, folder, language) as window:
        yield from _named(window, desk.scenes(window, town.centre.secrets.desk_token))


def _named(window: Frame, scenes: Iterator[str]) -> Iterator[Seen]:
    for scene in scenes:
        yield Seen(scene, window)


@contextmanager
def _opened(one: TestVillage, language: Language) -> Iterator[VillageWindow]:
    window = VillageWindow(speech(language), office_of(one), exchanges=False)
    window.resize(1366, 696)
    window.show()
    window.activateWindow()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        settle()


Walk = Callable[[Town, Path, Language], Iterator[Seen]]
