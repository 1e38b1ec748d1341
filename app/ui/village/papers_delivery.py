"""The protocol with which a result is handed over, as paper: of the newest result that stands."""

from functools import partial

from app.domain.errors import UnknownResult
from app.printing.delivery import Handed, delivery_protocol
from app.services.case_details import Result
from app.services.details import EntryDetails, details
from app.ui.village.paper_out import Drawn
from app.ui.village.papers_request import request_content
from app.ui.village.session import Session
from app.ui.village.wording import capital
from resources.speech import Speech, masked


def has_result(entry: EntryDetails) -> bool:
    """Return whether a result stands that somebody takes."""
    return any(one.in_force for one in entry.results)


def who_takes(entry: EntryDetails) -> tuple[int, ...]:
    """Return the places of the correspondents whose identifier the protocol says: of whoever takes the result."""
    said = {one.delivery.identifier for one in entry.results if one.in_force and one.delivery is not None} - {""}
    return tuple(place for place, one in enumerate(entry.correspondents) if one.identifier in said)


def handed_of(speech: Speech, issued: Result, *, hidden: bool) -> Handed:
    """Return what the protocol says of a result; ``hidden``: the receiver's identifier is masked."""
    known = issued.delivery
    identifier = known.identifier if known is not None else ""
    return Handed(
        number=issued.told,
        title=issued.title,
        outcome=capital(speech.label(issued.outcome)),
        copies=issued.copies,
        sheets=issued.sheets,
        receiver=known.receiver if known is not None else "",
        identifier=masked(identifier) if hidden and identifier else identifier,
        on=known.on if known is not None else None,
        note=known.note if known is not None else "",
    )


def draw_delivery(session: Session, entry: bytes, *, hidden: bool = False) -> Drawn:
    """Read an entry and lay the protocol of its newest result out; for the papers' thread.

    Raises:
        UnknownEntry: there is none of this GUID.
        UnknownResult: nothing stands that somebody takes.

    """
    with session.store.ledger.reading() as connection:
        content = request_content(session, connection, entry, hidden=True)
        standing = [one for one in details(connection, entry).results if one.in_force]
    if not standing:
        raise UnknownResult
    handed = handed_of(session.speech, standing[-1], hidden=hidden)
    return Drawn(delivery_protocol(content, handed, session.speech), content.number)


show_delivery = partial(draw_delivery, hidden=True)
"""The protocol as it may stand on a screen."""
