"""The steps of enrolment on a real store (въвеждане на работно място), for the window of a first run."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from app import bootstrap
from app.domain.errors import StoreMissing
from app.store import station as stations
from app.ui.village.beginning import Begun, Invitation

REPLY = "enrolment.reply"
"""The reply for the town, kept beside the store until it is confirmed: it holds public keys and a sealed code only."""


class StoreBeginning:
    """Makes the store of one folder; ``world`` gives its ports."""

    def __init__(self, folder: Path, world: Callable[[], stations.World] = bootstrap.station_world) -> None:
        self._folder = folder
        self._world = world

    def invited(self, file: Path) -> Invitation:
        """Read an enrolment file."""
        return Invitation(*bootstrap.read_enrolment(_read(file)))

    def enrol(self, file: Path, clerk: str, password: str) -> Begun:
        """Make the store, and keep the reply beside it."""
        world = self._world()
        made = bootstrap.enrol_station(self._folder, _read(file), clerk, password, world)
        world.disk.write(str(self._folder / REPLY), made.reply)
        return Begun(made.code, made.recovery)

    def save_reply(self, where: Path) -> None:
        """Write the reply into a file."""
        self._world().disk.write(str(where), _read(self._folder / REPLY))

    def code(self, password: str) -> str:
        """Return the station's own code."""
        with bootstrap.open_station(self._folder, password, self._world()) as store:
            return bootstrap.own_code(store)

    def confirm(self, password: str, code: str, day: date | None) -> None:
        """Open the journal, and keep the reply no longer."""
        world = self._world()
        with bootstrap.open_station(self._folder, password, world) as store:
            bootstrap.confirm_station(store, code, day)
        world.disk.remove(str(self._folder / REPLY))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise StoreMissing(place=file.name) from error
