"""What a person signs, as paper (протокол, заявления): filled in with what stands in the entry."""

from functools import partial

import sqlalchemy as sa

from app.domain.facts import Correspondent
from app.domain.office_date import moment
from app.domain.terms import Channel, PaperState
from app.printing.application import application, complex_application
from app.printing.contents import ServiceName
from app.printing.protocol import protocol
from app.printing.request import Applicant, RequestContent
from app.services.details import EntryDetails, details
from app.ui.own_words import paper_name
from app.ui.village.paper_out import Drawn
from app.ui.village.papers_slip import office_of, receipt_in_force
from app.ui.village.session import Session
from resources.speech import masked

ORAL_PROTOCOL, COMPLEX = "usten_protokol", "kao"
"""Kinds of documents with a paper of their own."""

_ATTACHED, _BODY, _TO_SEND = "attached", "competent_body", "to_send"
"""Their own fields, as ``resources/tables/kind_fields.csv`` names them."""

_NOT_ATTACHED = frozenset({"zayavlenie", "lichen_dokument"})
"""Of a service's papers: the application is this very paper; an identity document is looked at, never kept."""


def is_oral(entry: EntryDetails) -> bool:
    """Return whether an entry is an oral request: its protocol is due (АПК чл. 29, ал. 5)."""
    return entry.row.kind == ORAL_PROTOCOL or entry.channel is Channel.ORAL


def is_complex(entry: EntryDetails) -> bool:
    """Return whether an entry asks for complex administrative service (КАО)."""
    return entry.row.kind == COMPLEX


def names_service(entry: EntryDetails) -> bool:
    """Return whether an entry names a service, for which there is an application."""
    return entry.row.service is not None


def request_content(session: Session, connection: sa.Connection, entry: bytes, *, hidden: bool) -> RequestContent:
    """Return what stands in an entry as a request; ``hidden``: identifiers are masked.

    Raises:
        UnknownEntry: there is none of this GUID.

    """
    held = details(connection, entry)
    row, paid = held.row, receipt_in_force(held)
    return RequestContent(
        office=office_of(session, held.actor),
        number=row.told,
        on=row.office_date,
        at=moment(row.recorded_at),
        people=tuple(_applicant(session, one, hidden=hidden) for one in held.correspondents),
        subject=row.subject,
        service=_service(session, held),
        sheets=held.sheets,
        attached=_attached(session, held),
        result_way=held.result_way,
        receipt=paid.told if paid else "",
        body=held.particulars.value(_BODY),
        to_send=held.particulars.value(_TO_SEND),
    )


def _attached(session: Session, held: EntryDetails) -> tuple[str, ...]:
    """Return what came with a request: what was noted in words, and what of the service's papers was brought."""
    noted = [one for one in held.particulars.value(_ATTACHED).splitlines() if one]
    brought = {one.paper for one in held.particulars.papers if one.state is PaperState.PRESENT} - _NOT_ATTACHED
    known = session.lists.papers.get(held.row.service or 0, ())
    return (*noted, *(paper_name(one, session.speech)[0] for one in known if one.code in brought))


def _applicant(session: Session, one: Correspondent, *, hidden: bool) -> Applicant:
    place = session.settlement_name(one.settlement)
    return Applicant(
        name=one.name,
        role=one.role,
        identifier_kind=one.identifier_kind,
        identifier=masked(one.identifier) if hidden and one.identifier else one.identifier,
        address=", ".join(filter(None, (place, one.address))),
        phone=one.phone,
        e_mail=one.e_mail,
    )


def _service(session: Session, held: EntryDetails) -> ServiceName | None:
    """Return the service by its official name; one that the list does not hold has its number alone."""
    number = held.row.service
    if number is None:
        return None
    found = session.lists.services.get(number)
    return ServiceName(number=number, name=found.name if found else "", speed=held.row.speed)


def _read(session: Session, entry: bytes, *, hidden: bool) -> RequestContent:
    with session.store.ledger.reading() as connection:
        return request_content(session, connection, entry, hidden=hidden)


def draw_protocol(session: Session, entry: bytes) -> Drawn:
    """Read an entry and lay the protocol of an oral request out; for the papers' thread."""
    content = _read(session, entry, hidden=True)
    return Drawn(protocol(content, session.speech), content.number)


def draw_complex(session: Session, entry: bytes) -> Drawn:
    """Read an entry and lay the application for complex service out; for the papers' thread."""
    content = _read(session, entry, hidden=True)
    return Drawn(complex_application(content, session.speech), content.number)


def draw_application(session: Session, entry: bytes, *, hidden: bool = False) -> Drawn:
    """Read an entry and lay the application for its service out; for the papers' thread."""
    content = _read(session, entry, hidden=hidden)
    return Drawn(application(content, session.speech), content.number)


show_application = partial(draw_application, hidden=True)
"""The application as it may stand on a screen."""


def everybody(entry: EntryDetails) -> tuple[int, ...]:
    """Return the places of all correspondents that have an identifier: the application says them."""
    return tuple(place for place, one in enumerate(entry.correspondents) if one.identifier)
