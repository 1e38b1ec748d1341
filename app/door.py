"""The door of a store (вратата): its password opens a look at once, and the store as a whole behind it.

Nothing here brings SQLAlchemy, the verbs or the road along; they are loaded where the store is opened as a whole.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from app import system
from app.demonstration import AFTER_PLAY
from app.demonstration.clock import ContinuedClock
from app.domain.errors import StoreMissing
from app.domain.office_date import moment
from app.ledger import keyslots
from app.services import first_look
from app.services.first_look import FirstLook
from app.ui.village.office import Look

if TYPE_CHECKING:
    from app.domain.ports import Clock
    from app.store.station import StationStore

# ruff: noqa: PLC0415 - the store, the road and their libraries load behind the door

KEYS, NEXT_KEYS = "keys", "keys.next"
"""As ``app.store.station`` names them; a test holds the two together."""


def has_store(folder: Path) -> bool:
    """Return whether there is a store behind the door."""
    return (folder / KEYS).exists() or (folder / NEXT_KEYS).exists()


def unlocked(folder: Path, password: str) -> tuple[str, bytes] | None:
    """Do the long step of a password; None where a change of key was cut off, which opening settles first.

    Raises:
        StoreMissing, StoreDamaged, WrongPassword: as they say.

    """
    try:
        octets = (folder / KEYS).read_bytes()
    except FileNotFoundError as error:
        raise StoreMissing(place=folder.name) from error
    return None if (folder / NEXT_KEYS).exists() else keyslots.unlock(keyslots.read(octets), password)


def look(folder: Path, password: str) -> Look | None:
    """Look into the store by a password; None where it must be opened as a whole first.

    Raises:
        StoreMissing, StoreDamaged, WrongPassword: as they say.

    """
    opened = unlocked(folder, password)
    seen = first_look.first_look(folder, int(opened[0]), opened[1]) if opened else None
    if seen is None:
        return None
    return Look(seen, _clock(seen), system.SystemRandomness(), lambda: _open(folder, password, opened))


def open_whole(folder: Path, password: str) -> "StationStore":
    """Open the store.

    Raises:
        StoreUnavailable, NotConfirmed: as they say.

    """
    return _open(folder, password, unlocked(folder, password))


def _open(folder: Path, password: str, opened: tuple[str, bytes] | None) -> "StationStore":
    from app import office_verbs

    return office_verbs.open_store(folder, password, opened)


def _clock(seen: FirstLook) -> "Clock":
    """Return the clock that the store will have when it is open as a whole."""
    real = system.SystemClock()
    if not seen.identity.demonstration or seen.recorded_at is None:
        return real
    return ContinuedClock(real, moment(seen.recorded_at) + AFTER_PLAY)
