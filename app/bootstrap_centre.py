"""Puts the centre's parts together: its ports, its end of the road, its way to the relay."""

from app import system
from sync.central import store as centre_store
from sync.central.docflow.embedded import EmbeddedDocflow
from sync.central.end import CentreEnd
from sync.central.store import CentreStore
from sync.transport.relay import Participant, RelayLink, RequestsHttp


def world() -> centre_store.World:
    """Return the real ports of a centre."""
    return centre_store.World(
        clock=system.SystemClock(),
        randomness=system.SystemRandomness(),
        disk=system.SystemDisk(),
        milestone=system.milestone_from_environment(),
    )


def end(store: CentreStore) -> CentreEnd:
    """Return the centre's end of the road, with the embedded docflow."""
    return CentreEnd(store, EmbeddedDocflow())


def link(store: CentreStore) -> RelayLink:
    """Return the centre's way to its relay."""
    keys = store.secrets
    participant = Participant(keys.municipality, keys.centre, keys.signing_key)
    world = store.world
    return RelayLink(RequestsHttp(), keys.relay, keys.relay_key, participant, world.clock, world.randomness)
