"""A computer without a store, enrolled through the first run: for its tests, and for pictures of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from app import bootstrap, system
from app.beginning_verbs import StoreBeginning
from app.demonstration.people import person
from app.domain.errors import NotConfirmed
from app.store import station as stations
from app.store.station import StationStore
from app.ui.village.office import Office
from app.ui.village.window import VillageWindow
from resources.speech import Language, speech
from sync import signatures
from sync.central import stations as enrolled
from sync.central.stations import Village
from tests.town import CHEAP, CountedRandomness, Town
from tests.ui.hands import until
from tests.ui.village.office import office_of

CLERK, PASSWORD = person(Random(21)).name, "синьо куче на двора"  # noqa: S311 - it invents people


class NewComputer:
    """A computer without a store, and the town that expects it."""

    def __init__(self, town: Town, folder: Path, index: int = 18, *more: Village) -> None:
        self.town = town
        self.store = folder / "store"
        self.file = folder / "илинденци.enrolment"
        self.reply = folder / "илинденци.reply"
        spares = tuple(1000 * n + index for n in (1, 2, 3))
        village = Village("BLG49-07", "Илинденци", index, spares, index)
        file = enrolled.enrol(town.centre, [village, *more], "Илинденци", town.lists.tariff.version)
        self.file.write_bytes(file)
        self._random = CountedRandomness("new computer")

    def world(self) -> stations.World:
        """Return the ports of the computer; passwords are stretched little."""
        disk = system.SystemDisk()
        return stations.World(self.town.clock, self._random, disk, signatures.sign, cost=CHEAP)

    def open(self, password: str) -> StationStore:
        """Open the store, as the window does."""
        store = bootstrap.open_station(self.store, password, self.world())
        try:
            bootstrap.require_confirmed(store)
        except NotConfirmed:
            store.close()
            raise
        return store

    def office(self) -> Office:
        """Return the verbs of the window."""
        return replace(
            office_of(self.town.village),
            folder=self.store,
            open=self.open,
            begun=(self.store / stations.KEYS).exists(),
            beginning=lambda: StoreBeginning(self.store, self.world),
        )

    def admit(self, code: str) -> str:
        """Let the town take the reply in and compare the code; return the code that it reads out."""
        reply = self.reply.read_bytes()
        own = enrolled.expected_code(self.town.centre, reply)
        enrolled.admit(self.town.centre, reply, code)
        return own


@contextmanager
def started(computer: NewComputer, language: Language = "bg") -> Iterator[VillageWindow]:
    """Start the program."""
    window = VillageWindow(speech(language), computer.office(), exchanges=False)
    window.resize(1366, 696)
    window.show()
    window.activateWindow()
    until(window.isActiveWindow, "for the window to come to the front")
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
