"""The real village window over a village of ``tests.town``: opened by its password, closed with its store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app import bootstrap
from app.domain.errors import WrongPassword
from app.store.station import StationStore
from app.ui.village.office import Exchanged, Exported, Imported, Office
from app.ui.village.window import VillageWindow
from app.ui.widgets.sheet import Sheet
from resources.speech import Language, speech
from tests.town import PASSWORD, TestVillage
from tests.ui.hands import press, type_text, until


def office_of(village: TestVillage) -> Office:
    """Return the verbs of a desk over a store that is open already; the road is the town's, without sockets."""

    def check(password: str) -> None:
        if password != PASSWORD:
            raise WrongPassword

    def opened(password: str) -> Any:  # noqa: ANN401 - a StationStore
        check(password)
        return village.store

    def exchange(_store: object, bookkeeping: bool) -> Exchanged:  # noqa: FBT001 - as ``Office`` has it
        done = village.exchange(bookkeeping=bookkeeping)
        return Exchanged(done.held, len(done.taken), (), 0)

    def export(store: StationStore, folder: Path) -> Exported:
        return Exported(*bootstrap.export_village(store, folder))

    def take_in(store: StationStore, folder: Path) -> Imported:
        taken = bootstrap.import_village(store, folder)
        refused = tuple(one.code for one in taken if one.code)
        return Imported(len(taken) - len(refused), refused)

    return Office(
        folder=village.store.folder,
        open=opened,
        check=check,
        lists=lambda: village.lists,
        exchange=exchange,
        export=export,
        take_in=take_in,
        verify=bootstrap.verify_signature,
    )


@contextmanager
def open_window(village: TestVillage, language: Language = "bg") -> Iterator[VillageWindow]:
    """Show the window of a village, unlocked by keys; afterwards its store is open again for the test."""
    window = VillageWindow(speech(language), office_of(village), exchanges=False)
    window.resize(1366, 696)
    window.show()
    window.activateWindow()
    until(window.isActiveWindow, "for the window to come to the front")
    type_text(window, PASSWORD)
    press(window, "Return")
    until(lambda: window.current.name == "entries", "for the register")
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        village.store = bootstrap.open_station(village.store.folder, PASSWORD, village.store.world)


def laid(window: VillageWindow) -> Sheet:
    """Return the sheet that lies on the page, once there is one."""
    until(lambda: window.cover.sheet, "for a sheet")
    sheet = window.cover.sheet
    assert sheet is not None
    return sheet
