"""The verbs that a village window is handed (глаголите на бюрото), on real stores, keys and roads.

Loaded on a worker while the door is shown: a window draws its first picture without them.
"""

import dataclasses
from pathlib import Path

from app import bootstrap
from app.demonstration import AFTER_PLAY
from app.demonstration.clock import ContinuedClock
from app.domain.errors import NotConfirmed
from app.domain.office_date import moment
from app.ledger.journal import head_of
from app.store import station as stations
from app.store.station import StationStore
from app.ui.village.office import Exchanged, Exported, Imported


def open_store(folder: Path, password: str, key: stations.Unlocked | None) -> StationStore:
    """Open a store; ``key`` is what the password opened already (the long step, taken before this was loaded).

    Raises:
        StoreUnavailable: as it says.
        NotConfirmed: the town has not confirmed this station yet.

    """
    store = bootstrap.open_station(folder, password, bootstrap.station_world(), key)
    try:
        bootstrap.require_confirmed(store)
    except NotConfirmed:
        store.close()
        raise
    if store.identity.demonstration:
        _continue_play(store)
    return store


def _continue_play(store: StationStore) -> None:
    """Let a demonstration's clock go on from its last act: the days that were played may end later than now."""
    with store.ledger.reading() as connection:
        head = head_of(connection, store.identity.epoch)
    if head is not None:
        clock = ContinuedClock(store.world.clock, moment(head.recorded_at) + AFTER_PLAY)
        store.world = dataclasses.replace(store.world, clock=clock)


def exchange(store: StationStore, bookkeeping: bool) -> Exchanged:  # noqa: FBT001 - as ``Office`` has it
    """Exchange with the relay."""
    done = bootstrap.exchange_village(store, bookkeeping=bookkeeping)
    refused = tuple(one.code for one in done.taken if one.code)
    return Exchanged(done.held, len(done.taken) - len(refused), refused, done.octets)


def export(store: StationStore, folder: Path) -> Exported:
    """Write what the town has not acknowledged into a folder."""
    return Exported(*bootstrap.export_village(store, folder))


def take_in(store: StationStore, folder: Path) -> Imported:
    """Take what a folder holds for this station."""
    taken = bootstrap.import_village(store, folder)
    refused = tuple(one.code for one in taken if one.code)
    return Imported(len(taken) - len(refused), refused)


def verify(key: bytes, label: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a signature over label and message is genuine."""
    return bootstrap.verify_signature(key, label, message, signature)
