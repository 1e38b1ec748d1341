"""One entry or one receipt with everything that both sides know of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.domain.entries import Particulars
from app.domain.errors import UnknownEntry, UnknownReceipt
from app.domain.reconciliation import dispute_reason
from app.domain.terms import (
    Channel,
    CorrespondentKind,
    CorrespondentRole,
    DecidedBy,
    FindingCode,
    IdentifierKind,
    ResultWay,
    Speed,
    Standing,
)
from app.ledger.beside import particulars
from app.ledger.journal import last_position
from app.ledger.tables import (
    accounts,
    entries,
    entry_correspondents,
    findings,
    mentions,
    receipt_lines,
    receipts,
    term_acts,
)
from sync.central import comparison, history, reading, waiting
from sync.central.answers import (
    CorrespondentShown,
    EntryDetails,
    EntryReceipt,
    FindingShown,
    PaperShown,
    ParticularShown,
    ReceiptDetails,
    ReceiptLineShown,
)
from sync.central.comparison import Lists, Written


def entry(connection: sa.Connection, lists: Lists, entry_id: bytes, *, identifiers: bool) -> EntryDetails:
    """Return everything of an entry; personal identifiers are masked unless they are asked for.

    Raises:
        UnknownEntry: there is none of that id.

    """
    row = connection.execute(reading.entry_rows().where(entries.c.entry == entry_id)).first()
    if row is None:
        raise UnknownEntry
    line = waiting.line_of(connection, row)
    people = _people(connection, row.content_at)
    told = _term_told(connection, entry_id)
    own = particulars(connection, row.particulars_at, before_closing=bool(row.before_closing))
    same = _same_number(connection, row)
    said = Written(row, people, waiting.told_number(row), same, line.paid_cents, told, own)
    only = sa.select(entries.c.entry).where(entries.c.entry == entry_id)
    return EntryDetails(
        seen=last_position(connection),
        row=reading.entry_row(row),
        **_content(row),
        **_own(own),
        **_decision(row),
        registered_by=_clerk(connection, row),
        paid_cents=line.paid_cents,
        answer=history.answers(connection, only).get(entry_id),
        correspondents=tuple(_person(one, identifiers=identifiers) for one in people),
        findings=(*_noticed(connection, row.content_at), *_reconciled(line)),
        proposed_reason=dispute_reason(line.found) if line.found else None,
        receipts=_receipts(connection, entry_id),
        compare=comparison.compare(said, lists, identifiers_shown=identifiers),
        timeline=history.timeline(connection, entry_id),
    )


def _content(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row
    return {
        "case_file": row.case_file.hex(),
        "channel": Channel(row.channel),
        "clock_doubt": bool(row.clock_doubt),
        "sheets": row.sheets,
        "signed": bool(row.signed),
        "result_way": ResultWay(row.result_way) if row.result_way else None,
        "sender_number": row.sender_number,
        "sender_date": date.fromisoformat(row.sender_date) if row.sender_date else None,
        "received_on": date.fromisoformat(row.received_on) if row.received_on else None,
        "received_reason": row.received_reason or "",
        "due_article": row.due_article or "",
        "fee_article": row.fee_article or "",
        "fee_tariff": row.fee_tariff,
    }


def _own(said: Particulars) -> dict[str, Any]:
    return {
        "before_closing": said.before_closing,
        "particulars": tuple(ParticularShown(name=one.name, value=one.value) for one in said.values),
        "papers": tuple(PaperShown(paper=one.paper, state=one.state) for one in said.papers),
    }


def _decision(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row
    return {
        "annulled_because": row.annulled_because or "",
        "replaced_by": row.replaced_by.hex() if row.replaced_by else None,
        "decided_by": DecidedBy(row.decided_by) if row.decided_by else None,
        "decided_at": row.decided_at,
        "dispute": reading.dispute_of(row),
    }


def _clerk(connection: sa.Connection, row: Any) -> str:  # noqa: ANN401 - a row
    query = sa.select(accounts.c.name).where(accounts.c.stream == row.stream, accounts.c.account == row.actor)
    return str(connection.execute(query).scalar() or "")


def _people(connection: sa.Connection, position: int) -> Sequence[Any]:
    query = sa.select(entry_correspondents).where(entry_correspondents.c.position == position)
    return connection.execute(query.order_by(entry_correspondents.c.place)).all()


def _person(one: Any, *, identifiers: bool) -> CorrespondentShown:  # noqa: ANN401 - a row
    kind = IdentifierKind(one.identifier_kind) if one.identifier_kind else None
    return CorrespondentShown(
        kind=CorrespondentKind(one.kind),
        role=CorrespondentRole(one.role),
        name=one.name,
        identifier_kind=kind,
        identifier=one.identifier if identifiers else comparison.masked(kind, one.identifier),
        settlement=one.settlement,
        address=one.address,
        phone=one.phone,
        e_mail=one.e_mail,
    )


def _same_number(connection: sa.Connection, row: Any) -> int:  # noqa: ANN401 - a row
    query = sa.select(sa.func.count()).where(
        entries.c.register == row.register, entries.c.year == row.year, entries.c.number == row.number
    )
    return int(connection.execute(query).scalar_one())


def _term_told(connection: sa.Connection, entry_id: bytes) -> bool:
    """Return whether an act of the village extended, stopped or restarted the term."""
    query = sa.select(term_acts.c.position).where(term_acts.c.entry == entry_id).limit(1)
    return connection.execute(query).first() is not None


def _noticed(connection: sa.Connection, position: int) -> tuple[FindingShown, ...]:
    """Return what the village itself noticed with the fact at this position."""
    query = sa.select(findings.c.code, findings.c.field).where(findings.c.position == position)
    rows = connection.execute(query.order_by(findings.c.place))
    return tuple(FindingShown(code=FindingCode(code), field=field, by_village=True) for code, field in rows)


def _reconciled(line: waiting.Line) -> tuple[FindingShown, ...]:
    """Return what only the centre noticed: what money and entry say to each other."""
    own = (FindingCode.FEE_MISSING, FindingCode.FEE_DIFFERS)
    return tuple(FindingShown(code=code, field="fee", by_village=False) for code in line.found if code in own)


def _receipts(connection: sa.Connection, entry_id: bytes) -> tuple[EntryReceipt, ...]:
    query = (
        sa.select(receipts, sa.func.sum(receipt_lines.c.cents).label("paid"))
        .join(receipt_lines, receipt_lines.c.position == receipts.c.position)
        .where(receipt_lines.c.entry == entry_id)
        .group_by(receipts.c.position)
        .order_by(receipts.c.position)
    )
    return tuple(
        EntryReceipt(
            receipt=row.receipt.hex(),
            number=reading.receipt_number(row),
            recorded_at=row.recorded_at,
            cents=int(row.paid),
            standing=Standing(row.standing),
        )
        for row in connection.execute(query)
    )


# --- a receipt -----------------------------------------------------------------------------------------------------


def receipt(connection: sa.Connection, receipt_id: bytes, *, identifiers: bool) -> ReceiptDetails:
    """Return everything of a receipt; a personal identifier is masked unless it is asked for.

    Raises:
        UnknownReceipt: there is none of that id.

    """
    row = connection.execute(reading.receipt_rows().where(receipts.c.receipt == receipt_id)).first()
    if row is None:
        raise UnknownReceipt
    kind = IdentifierKind(row.payer_identifier_kind) if row.payer_identifier_kind else None
    voided_by = _voided_by(connection, receipt_id)
    return ReceiptDetails(
        row=reading.receipt_row(row),
        issued_by=_clerk(connection, row),
        given_cents=row.given,
        change_cents=row.change,
        tariff=row.tariff,
        reason=row.reason or "",
        voids=row.voids.hex() if row.voids else None,
        voided_by=voided_by.hex() if voided_by else None,
        payer_identifier_kind=kind,
        payer_identifier=row.payer_identifier if identifiers else comparison.masked(kind, row.payer_identifier),
        findings=_noticed(connection, row.position),
        lines=_lines(connection, row.position),
        timeline=history.timeline(connection, receipt_id),
    )


def _voided_by(connection: sa.Connection, receipt_id: bytes) -> bytes | None:
    """Return the storno of a receipt, looked for only among the facts that mention the receipt."""
    mentioned = sa.select(mentions.c.position).where(mentions.c.subject == receipt_id)
    query = sa.select(receipts.c.receipt).where(receipts.c.position.in_(mentioned), receipts.c.voids == receipt_id)
    return connection.execute(query).scalar()


def _lines(connection: sa.Connection, position: int) -> tuple[ReceiptLineShown, ...]:
    query = (
        sa.select(receipt_lines, entries.c.register, entries.c.number, entries.c.office_date)
        .outerjoin(entries, entries.c.entry == receipt_lines.c.entry)
        .where(receipt_lines.c.position == position)
        .order_by(receipt_lines.c.place)
    )
    return tuple(
        ReceiptLineShown(
            entry=row.entry.hex() if row.entry else None,
            entry_number=waiting.told_number(row) if row.register is not None else "",
            service=row.service,
            speed=Speed(row.speed) if row.speed else None,
            text=row.text,
            quantity=row.quantity,
            unit_cents=row.unit_cents,
            cents=row.cents,
        )
        for row in connection.execute(query)
    )
