"""A masked identifier is shown whole by a recorded act (показване на идентификатор): the journal keeps who looked."""

from datetime import date

from app.domain.errors import UnknownEntry
from app.domain.facts import IdentifierShown
from app.services.details import details
from app.store.station import StationStore


def show(store: StationStore, entry: bytes, place: int, confirmed: date | None = None) -> str:
    """Return the whole identifier of a correspondent, after it was recorded that it is shown.

    Raises:
        UnknownEntry: there is no such entry, or it has no such correspondent.
        ClockDoubtful: the date must be confirmed.

    """
    with store.act(confirmed) as act:
        people = details(act.connection, entry).correspondents
        if not 0 <= place < len(people):
            raise UnknownEntry
        act.record(IdentifierShown(entry, place))
    return people[place].identifier


def show_all(store: StationStore, entry: bytes, confirmed: date | None = None) -> None:
    """Record that all identifiers of an entry are shown whole, on a paper that says them.

    Raises:
        UnknownEntry: there is no such entry.
        ClockDoubtful: the date must be confirmed.

    """
    with store.act(confirmed) as act:
        for place, one in enumerate(details(act.connection, entry).correspondents):
            if one.identifier:
                act.record(IdentifierShown(entry, place))
