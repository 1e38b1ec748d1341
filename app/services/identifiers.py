"""A masked identifier is shown whole by a recorded act (показване на идентификатор): the journal keeps who looked."""

from collections.abc import Collection
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


def show_on_paper(store: StationStore, entry: bytes, places: Collection[int], confirmed: date | None = None) -> None:
    """Record that the identifiers of these correspondents are shown whole, on a paper that says them.

    Raises:
        UnknownEntry: there is no such entry, or it has no such correspondent.
        ClockDoubtful: the date must be confirmed.

    """
    with store.act(confirmed) as act:
        people = details(act.connection, entry).correspondents
        if not all(0 <= place < len(people) for place in places):
            raise UnknownEntry
        for place in places:
            act.record(IdentifierShown(entry, place))
