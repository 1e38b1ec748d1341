"""Puts the windows together (прозорците): Qt, the office and the road. Loaded only where a window is asked for."""

import dataclasses
from datetime import timedelta
from pathlib import Path

from app import bootstrap
from app.demonstration.clock import ContinuedClock
from app.domain.office_date import moment
from app.ledger.journal import head_of
from app.store import station as stations
from app.store.station import StationStore
from app.ui.application import OneWindow, tell_unexpected
from app.ui.village.office import Exchanged, Exported, Imported, Office
from app.ui.village.window import VillageWindow
from resources.speech import Speech


def village_office(folder: Path) -> Office:
    """Return the verbs that a village window is handed, over the store in ``folder``."""
    world = bootstrap.station_world()
    return Office(
        folder=folder,
        open=lambda password: _open(folder, password, world),
        check=lambda password: _check(folder, password, world),
        lists=bootstrap.nomenclatures,
        exchange=_exchange,
        export=_export,
        take_in=_take_in,
        verify=bootstrap.verify_signature,
    )


def _open(folder: Path, password: str, world: stations.World) -> StationStore:
    store = bootstrap.open_station(folder, password, world)
    bootstrap.require_confirmed(store)
    if store.identity.demonstration:
        _continue_play(store)
    return store


def _continue_play(store: StationStore) -> None:
    """Let a demonstration's clock go on from its last act: the days that were played may end later than now."""
    with store.ledger.reading() as connection:
        head = head_of(connection, store.identity.epoch)
    if head is not None:
        clock = ContinuedClock(store.world.clock, moment(head.recorded_at) + timedelta(minutes=1))
        store.world = dataclasses.replace(store.world, clock=clock)


def _check(folder: Path, password: str, world: stations.World) -> None:
    stations.unlock(folder, password, world)


def _exchange(store: StationStore, bookkeeping: bool) -> Exchanged:  # noqa: FBT001 - as ``Office`` has it
    done = bootstrap.exchange_village(store, bookkeeping=bookkeeping)
    refused = tuple(one.code for one in done.taken if one.code)
    return Exchanged(done.held, len(done.taken) - len(refused), refused, done.octets)


def _export(store: StationStore, folder: Path) -> Exported:
    return Exported(*bootstrap.export_village(store, folder))


def _take_in(store: StationStore, folder: Path) -> Imported:
    taken = bootstrap.import_village(store, folder)
    refused = tuple(one.code for one in taken if one.code)
    return Imported(len(taken) - len(refused), refused)


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
    window.show()
    if password is not None:
        window.unlock_with(password)
    return window
