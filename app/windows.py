"""Puts the windows together (прозорците). Loads Qt and the door; all else comes on a worker behind it."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import StoreMissing
from app.ledger import keyslots
from app.ui.application import OneWindow, tell_unexpected
from app.ui.village.office import Exchanged, Exported, Imported, Office
from app.ui.village.window import VillageWindow
from resources.speech import Speech

if TYPE_CHECKING:
    from app.services.nomenclatures import Nomenclatures
    from app.store.station import StationStore
    from app.ui.village.beginning import Beginning

# ruff: noqa: PLC0415 - the store, the road and their libraries load behind the door

_KEYS, _NEXT_KEYS = "keys", "keys.next"
"""As ``app.store.station`` names them; a test holds the two together."""


def village_office(folder: Path) -> Office:
    """Return the verbs that a village window is handed, over the store in ``folder``."""
    return Office(
        folder=folder,
        open=lambda password: _open(folder, password),
        check=lambda password: _check(folder, password),
        lists=_lists,
        exchange=_exchange,
        export=_export,
        take_in=_take_in,
        verify=_verify,
        begun=(folder / _KEYS).exists() or (folder / _NEXT_KEYS).exists(),
        beginning=lambda: _beginning(folder),
    )


def _unlocked(folder: Path, password: str) -> tuple[str, bytes] | None:
    """Do the long step of a password; None where a change of key was cut off, which opening settles first."""
    try:
        octets = (folder / _KEYS).read_bytes()
    except FileNotFoundError as error:
        raise StoreMissing(place=folder.name) from error
    return None if (folder / _NEXT_KEYS).exists() else keyslots.unlock(keyslots.read(octets), password)


def _open(folder: Path, password: str) -> "StationStore":
    """Open the store: the password first, while the rest of the program loads on another thread."""
    key = _unlocked(folder, password)
    from app import office_verbs

    return office_verbs.open_store(folder, password, key)


def _check(folder: Path, password: str) -> None:
    _unlocked(folder, password)


def _lists() -> "Nomenclatures":
    from app import office_verbs

    return office_verbs.lists()


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
