"""The receipt as paper (квитанцията на хартия): its content from the store, signed by the station."""

import sqlalchemy as sa

from app.domain import receipt_codes
from app.domain.office_date import moment
from app.domain.receipt_codes import ReceiptClaim, Statement
from app.printing import sheets
from app.printing.contents import PaidLine, Payer, ReceiptContent, ServiceName
from app.services.details import Line, receipt_details
from app.services.rows import ReceiptRow
from app.ui.village.paper_out import Drawn, print_out, save_out
from app.ui.village.papers_slip import office_of
from app.ui.village.session import Session
from app.ui.village.ways import Ways


def receipt_content(
    session: Session, connection: sa.Connection, receipt: bytes, *, duplicate: bool = False
) -> ReceiptContent:
    """Return what a receipt or storno says on paper, with its signed QR. A storno shows the lines it pays back.

    Raises:
        UnknownReceipt: there is none of this GUID.

    """
    held = receipt_details(connection, receipt)
    voided = receipt_details(connection, held.row.voids) if held.row.voids is not None else None
    paid = voided or held
    row = held.row
    return ReceiptContent(
        office=office_of(session, held.actor),
        kind=row.kind,
        number=row.told,
        on=row.office_date,
        at=moment(row.recorded_at),
        payer=Payer(name=paid.row.payer, identifier_kind=paid.identifier_kind, identifier=paid.identifier),
        lines=tuple(_line(session, one) for one in paid.lines),
        cents=abs(row.cents),
        qr=receipt_codes.qr_text(claim_of(session, row)),
        given=held.given,
        change=held.change,
        currency=row.currency,
        voids=voided.row.told if voided else "",
        reason=row.reason,
        duplicate=duplicate,
    )


def _line(session: Session, one: Line) -> PaidLine:
    service = session.lists.services.get(one.service or 0)
    return PaidLine(
        text=one.text,
        quantity=one.quantity,
        unit_cents=one.unit_cents,
        cents=one.cents,
        service=ServiceName(number=service.number, name=service.name, speed=one.speed) if service else None,
        entry=one.entry_number,
    )


def claim_of(session: Session, row: ReceiptRow) -> ReceiptClaim:
    """Return what this station states of a cash document, signed with its key (Ed25519, RFC 8032)."""
    store = session.store
    statement = Statement(
        session.place.station, row.till, row.number, row.office_date, abs(row.cents), row.currency, row.kind
    )
    return receipt_codes.signed(statement, store.identity.signing_key, store.world.sign)


def draw_receipt(session: Session, receipt: bytes, *, duplicate: bool = False) -> Drawn:
    """Read a receipt and lay out both its copies; for the papers' thread."""
    with session.store.ledger.reading() as connection:
        content = receipt_content(session, connection, receipt, duplicate=duplicate)
    return Drawn(sheets.both_copies(content, session.speech), content.number)


def print_again(session: Session, ways: Ways, receipt: bytes, number: str) -> None:
    """Print a receipt once more, marked as a duplicate."""
    print_out(session, ways, lambda: draw_receipt(session, receipt, duplicate=True), number)


def save_again(session: Session, ways: Ways, receipt: bytes, number: str) -> None:
    """Save a receipt as PDF once more, marked as a duplicate."""
    save_out(session, ways, lambda: draw_receipt(session, receipt, duplicate=True), number)
