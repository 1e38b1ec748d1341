"""``python -m tests.screens DIR [--only NAME]``: a PNG of every screen, in both sizes, both themes, 100 and 150 %."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.ui.central_desk.client import DeskClient
from app.ui.central_desk.window import DeskWindow
from app.ui.look.theme import theme
from app.ui.village.window import VillageWindow
from app.ui.widgets.frame import Frame
from resources.speech import Language, speech
from tests.screens import beginning, desk, shared, states, village
from tests.screens.municipality import Municipality, play, service
from tests.town import SharedTown, Town
from tests.ui import stage
from tests.ui.hands import settle
from tests.ui.village.new_computer import NewComputer
from tests.ui.village.office import office_of


class Variant(NamedTuple):
    """How a picture is taken: size, theme, text size in per cent."""

    width: int
    height: int
    dark: bool
    percent: int

    @property
    def name(self) -> str:
        """The variant in a file's name."""
        return f"{self.width}-{'dark' if self.dark else 'light'}-{self.percent}"


AnyFrame = TypeVar("AnyFrame", bound=Frame)
SIZES = ((1366, 768), (1920, 1080))
ALL = tuple(Variant(*size, dark, percent) for size, dark, percent in product(SIZES, (False, True), (100, 150)))


class Camera:
    """Takes pictures of a window in all variants; ``only`` names the scenes that are wanted."""

    def __init__(self, folder: Path, variants: tuple[Variant, ...], only: str) -> None:
        self._folder = folder
        self._variants = variants
        self._only = only
        self.taken = 0

    def wants(self, whose: str) -> bool:
        """Return whether pictures of the village's or of the desk's window are wanted."""
        return not self._only.startswith(("village", "desk")) or self._only.startswith(whose)

    def take(self, window: Frame, whose: str, scenes: Iterator[str]) -> None:
        """Go through the scenes; after each the window stands again as it was."""
        first = self._variants[0]
        self._wear(window, first)
        for scene in scenes:
            name = f"{whose}-{scene}"
            if self._only in name:
                for variant in self._variants:
                    self._wear(window, variant)
                    window.grab().save(str(self._folder / f"{name}-{variant.name}.png"))
                    self.taken += 1
                self._wear(window, first)

    @staticmethod
    def _wear(window: Frame, variant: Variant) -> None:
        if theme().look.dark is not variant.dark:
            theme().set_dark(variant.dark)
        theme().set_scale(variant.percent / 100)
        window.resize(variant.width, variant.height)
        settle(0.2)


def photograph(folder: Path, variants: tuple[Variant, ...], *, only: str, villages: int, language: Language) -> int:
    """Open both windows over towns made for it, and take every picture; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    camera = Camera(folder, variants, only)
    with tempfile.TemporaryDirectory(prefix="tefter-screens-") as place:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, place)
        stores = Path(place)
        if camera.wants("village"):
            _small_town(stores / "small", camera, language)
        _municipality(stores / "municipality", villages, camera, language)
    return camera.taken


def _municipality(folder: Path, villages: int, camera: Camera, language: Language) -> None:
    """Take the windows of a municipality at work."""
    folder.mkdir()
    with Municipality(folder, villages) as town:
        play(town)
        if camera.wants("village"):
            with _window(VillageWindow(speech(language), office_of(town.village), exchanges=False)) as window:
                camera.take(window, "village", village.scenes(window))
        if camera.wants("desk"):
            with service(town) as address, _window(DeskWindow(speech(language), DeskClient, address=address)) as window:
                camera.take(window, "desk", desk.scenes(window, town.centre.secrets.desk_token))


def _small_town(folder: Path, camera: Camera, language: Language) -> None:
    """Take what is seen rarely: a first run, an empty register, every state of an entry, faults."""
    (folder / "shared").mkdir(parents=True)
    with Town(folder, villages=2) as town:
        computer = NewComputer(town, folder, index=30)
        with _window(VillageWindow(speech(language), computer.office(), exchanges=False)) as window:
            camera.take(window, "village", beginning.scenes(window, computer))
        stage.fill(town)
        for at, scenes in ((1, states.empty), (0, partial(states.scenes, town=town, stick=folder))):
            with _window(VillageWindow(speech(language), office_of(town.villages[at]), exchanges=False)) as window:
                camera.take(window, "village", states.unlocked(window, scenes))
            town.villages[at].reopen()
    with SharedTown(folder / "shared") as both:
        shared.fill(both)
        with _window(VillageWindow(speech(language), office_of(both.village), exchanges=False)) as window:
            camera.take(window, "village", states.unlocked(window, shared.scenes))


@contextmanager
def _window(window: AnyFrame) -> Iterator[AnyFrame]:
    """Show a window, and close it afterwards."""
    window.show()
    window.activateWindow()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        settle()


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.screens")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="only scenes whose name holds this")
    parser.add_argument("--villages", type=int, default=24)
    parser.add_argument("--language", choices=("bg", "en"), default="bg")
    parser.add_argument("--quick", action="store_true", help="1366×768, light, 100 %% only")
    arguments = parser.parse_args()
    application = QApplication(sys.argv[:1])
    theme().start(application, dark=False, scale=1.0)
    variants = ALL[:1] if arguments.quick else ALL
    taken = photograph(
        arguments.folder,
        variants,
        only=arguments.only,
        villages=arguments.villages,
        language=arguments.language,
    )
    sys.stdout.write(f"{taken} pictures\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
