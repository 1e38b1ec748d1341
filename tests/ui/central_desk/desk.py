"""The real desk over a town in this process: its API on a real socket, its window driven by keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings

from app.ui.central_desk.client import DeskClient
from app.ui.central_desk.window import DeskWindow
from resources.speech import Language, speech
from sync.central.api import Centre, application
from tests.central.serving import TownRoad, serving
from tests.town import Town
from tests.ui.hands import press, settle, type_text, until


@contextmanager
def served(town: Town) -> Iterator[str]:
    """Serve the centre's API; give its address."""
    with serving(application(Centre(town.centre, town.docflow, town.lists, TownRoad(town)))) as address:
        yield address


@contextmanager
def door(address: str, settings: Path, language: Language = "bg") -> Iterator[DeskWindow]:
    """Show the desk's door."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(settings))
    window = DeskWindow(speech(language), DeskClient, address=address)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    until(window.isActiveWindow, "for the window to come to the front")
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        settle()


@contextmanager
def signed_in(town: Town, settings: Path, language: Language = "bg") -> Iterator[DeskWindow]:
    """Show the desk, signed in by keys."""
    with served(town) as address, door(address, settings, language) as window:
        type_text(window, town.centre.secrets.desk_token)
        press(window, "Return")
        until(lambda: window.current.name == "villages", "for the villages")
        yield window
