"""The slip of an entry (бележка за гражданина): what it says, printed, saved or shown."""

from functools import partial

import sqlalchemy as sa

from app.domain import slip_codes
from app.domain.office_date import moment
from app.domain.terms import Standing
from app.domain.working_days import AFTERNOON, MORNING
from app.printing import contents, sheets
from app.printing.contents import SlipContent
from app.services.details import EntryDetails, details
from app.services.rows import ReceiptRow
from app.services.slips import registration_digest
from app.ui.village.paper_out import Drawn, print_out, save_out
from app.ui.village.session import Session
from app.ui.village.term_words import term_length, term_runs
from app.ui.village.ways import Ways
from app.ui.village.wording import kind_name, service_name


def slip_content(session: Session, connection: sa.Connection, entry: bytes) -> SlipContent:
    """Return what the slip of an entry says now; its code is that of the registration, for ever.

    Raises:
        UnknownEntry: there is none of this GUID.

    """
    held = details(connection, entry)
    row, paid = held.row, receipt_in_force(held)
    digest = registration_digest(connection, entry)
    return SlipContent(
        office=office_of(session, held.actor),
        number=row.told,
        on=row.office_date,
        at=moment(row.recorded_at),
        submitters=tuple(one.name for one in held.correspondents if one.name),
        kind=kind_name(session.lists, row.kind, session.speech),
        subject=row.subject or service_name(session.lists, row.service),
        code=slip_codes.code(digest),
        qr=slip_codes.qr_text(row.register, row.number, row.office_date, digest),
        service=_service(session, held),
        sheets=held.sheets,
        due=_due(session, held),
        term=_term(session, held),
        result_way=held.result_way,
        fee=held.fee.cents if held.fee else None,
        currency=held.fee.currency if held.fee else "EUR",
        receipt=paid.told if paid else "",
        paid_at=moment(paid.recorded_at) if paid else None,
    )


def office_of(session: Session, clerk: str) -> contents.Office:
    """Return whose paper it is; ``clerk`` is who did the act."""
    place = session.place
    return contents.Office(
        municipality=place.municipality,
        mayoralty=place.mayoralty,
        clerk=clerk or place.clerk,
        hours=office_hours(session),
        practice=place.demonstration,
        example_tariff=session.lists.tariff.example,
    )


def office_hours(session: Session) -> str:
    """Return the hours of a mayoralty in words: ``понеделник – петък, 08:00–12:00 и 13:00–17:00``."""
    hours = {
        name: f"{at:%H:%M}"
        for name, at in zip(("open", "noon", "after_noon", "close"), (*MORNING, *AFTERNOON), strict=True)
    }
    return session.speech.say("village.slip.hours", **hours)


def _service(session: Session, held: EntryDetails) -> contents.ServiceName | None:
    found = session.lists.services.get(held.row.service or 0)
    return contents.ServiceName(number=found.number, name=found.name, speed=held.row.speed) if found else None


def _due(session: Session, held: EntryDetails) -> contents.Due | None:
    if held.due is None:
        return None
    row = held.row
    length = term_length(session.lists, session.speech, row.kind, row.service, row.speed, row.office_date)
    return contents.Due(on=held.due.on, length=length, article=held.due.article)


def _term(session: Session, held: EntryDetails) -> str:
    """Return how a term stands that has no date: from when it runs, or that it stands still."""
    if held.due is not None:
        return ""
    if held.term.stopped:
        return session.speech.say("village.term_act.stopped_paper")
    return term_runs(session.lists, session.speech, held.row.kind)


def receipt_in_force(held: EntryDetails) -> ReceiptRow | None:
    """Return the receipt that paid an entry's fee, None while none in force did."""
    if held.fee is None:
        return None
    return next((one for one in reversed(held.receipts) if one.standing is Standing.IN_FORCE and one.cents > 0), None)


def draw_slip(session: Session, entry: bytes) -> Drawn:
    """Read an entry and lay its slip out; for the papers' thread."""
    with session.store.ledger.reading() as connection:
        content = slip_content(session, connection, entry)
    return Drawn(sheets.slip(content, session.speech), content.number)


def print_slip(session: Session, ways: Ways, entry: bytes, number: str) -> None:
    """Print the slip of an entry whose number is ``number``."""
    print_out(session, ways, partial(draw_slip, session, entry), number)


def save_slip(session: Session, ways: Ways, entry: bytes, number: str) -> None:
    """Save the slip of an entry as PDF."""
    save_out(session, ways, partial(draw_slip, session, entry), number)
