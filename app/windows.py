"""Puts the windows together (прозорците). Loads Qt and the door; all else comes on a worker behind it."""

from pathlib import Path
from typing import TYPE_CHECKING

from app import door
from app.services.nomenclatures import carried
from app.ui.application import OneWindow, tell_unexpected
from app.ui.village.office import Exchanged, Exported, Imported, Office
from app.ui.village.window import VillageWindow
from resources.speech import Speech

if TYPE_CHECKING:
    from app.store.station import StationStore
    from app.ui.village.beginning import Beginning

# ruff: noqa: PLC0415 - the store, the road and their libraries load behind the door


def village_office(folder: Path) -> Office:
    """Return the verbs that a village window is handed, over the store in ``folder``."""
    return Office(
        folder=folder,
        open=lambda password: door.open_whole(folder, password),
        check=lambda password: _check(folder, password),
        lists=carried,
        exchange=_exchange,
        export=_export,
        take_in=_take_in,
        verify=_verify,
        look=lambda password: door.look(folder, password),
        begun=door.has_store(folder),
        beginning=lambda: _beginning(folder),
    )


def _check(folder: Path, password: str) -> None:
    door.unlocked(folder, password)


def _exchange(store: "StationStore", bookkeeping: bool) -> Exchanged:  # noqa: FBT001 - as ``Office`` has it
    from app import office_verbs

    return office_verbs.exchange(store, bookkeeping)


def _export(store: "StationStore", folder: Path) -> Exported:
    from app import office_verbs

    return office_verbs.export(store, folder)


def _take_in(store: "StationStore", folder: Path) -> Imported:
    from app import office_verbs

    return office_verbs.take_in(store, folder)


def _beginning(folder: Path) -> "Beginning":
    from app.beginning_verbs import StoreBeginning

    return StoreBeginning(folder)


def _verify(key: bytes, label: bytes, message: bytes, signature: bytes) -> bool:
    from app import office_verbs

    return office_verbs.verify(key, label, message, signature)


def open_village(
    folder: Path, speech: Speech, *, password: str | None = None, exchanges: bool = True
) -> VillageWindow | None:
    """Open the village window; None where it stands open already and was brought to the front."""
    holder: list[VillageWindow] = []

    def raise_up() -> None:
        holder[0].raise_up()

    only = OneWindow(folder, raise_up)
    if not only.first():
        return None
    window = VillageWindow(speech, village_office(folder), exchanges=exchanges)
    holder.append(window)
    only.setParent(window)
    window.closing.connect(only.release)
    tell_unexpected(speech, window.fail_unexpectedly)
    window.appear_on_screen()
    if password is not None:
        window.unlock_with(password)
    return window
