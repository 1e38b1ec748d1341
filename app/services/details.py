"""One entry, one receipt: everything that stands in the tables about it, with its types."""

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain.entries import Filing, Particulars
from app.domain.errors import UnknownEntry, UnknownReceipt
from app.domain.facts import Correspondent, Due, EarlierReceipt, Fee, Finding
from app.domain.terms import (
    BatchState,
    Channel,
    CorrespondentKind,
    CorrespondentRole,
    DecidedBy,
    FindingCode,
    IdentifierKind,
    ResultWay,
    Speed,
    TermAct,
)
from app.ledger.beside import particulars
from app.ledger.prepared import Prepared
from app.ledger.tables import accounts, entries, entry_correspondents, findings, receipt_lines, receipts, term_acts
from app.ledger.timeline import batch_of, number_of
from app.services.case_details import (
    Attachment,
    Ended,
    Result,
    attachments_of,
    ended,
    results_of,
)
from app.services.cases import Member, papers
from app.services.rows import (
    ENTRY_COLUMNS,
    RECEIPT_COLUMNS,
    Acknowledged,
    EntryRow,
    ReceiptRow,
    entry_row,
    receipt_row,
    receipt_rows,
)

_e = entries.c
_MORE = (
    *(_e.case_file, _e.channel, _e.clock_doubt, _e.actor, _e.sheets, _e.signed, _e.result_way, _e.sender_number),
    *(_e.sender_date, _e.received_on, _e.received_reason, _e.due_article, _e.due_rules, _e.fee_currency),
    *(_e.fee_tariff, _e.fee_article, _e.annulled_because, _e.replaced_by, _e.decided_by, _e.dispute_note),
    *(_e.decided_at, _e.content_at, _e.particulars_at, _e.before_closing),
)
_ENTRY = Prepared(sa.select(*ENTRY_COLUMNS, *_MORE).where(_e.entry == sa.bindparam("entry")))
_TERM = Prepared(
    sa.select(term_acts)
    .where(term_acts.c.entry == sa.bindparam("entry"))
    .order_by(term_acts.c.position.desc())
    .limit(1)
)
_CORRESPONDENTS = Prepared(
    sa.select(entry_correspondents)
    .where(entry_correspondents.c.position == sa.bindparam("position"))
    .order_by(entry_correspondents.c.place)
)
_FINDINGS = Prepared(
    sa.select(findings.c.code, findings.c.field)
    .where(findings.c.position == sa.bindparam("position"))
    .order_by(findings.c.place)
)
_PAYMENTS = Prepared(
    sa.select(*RECEIPT_COLUMNS)
    .where(
        receipts.c.position.in_(
            sa.select(receipt_lines.c.position).where(receipt_lines.c.entry == sa.bindparam("entry"))
        )
    )
    .order_by(receipts.c.position)
)
_ACTOR = Prepared(
    sa.select(accounts.c.name).where(
        accounts.c.stream == sa.bindparam("stream"), accounts.c.account == sa.bindparam("account")
    )
)
_r = receipts.c
_RECEIPT = Prepared(
    sa.select(
        *(*RECEIPT_COLUMNS, _r.payer_identifier_kind, _r.payer_identifier, _r.given, _r.change, _r.tariff, _r.actor)
    ).where(_r.receipt == sa.bindparam("receipt"))
)
_STORNO_OF = Prepared(
    sa.select(*RECEIPT_COLUMNS).where(_r.till == sa.bindparam("till"), _r.voids == sa.bindparam("receipt"))
)
_LINES = Prepared(
    sa.select(receipt_lines).where(receipt_lines.c.position == sa.bindparam("position")).order_by(receipt_lines.c.place)
)


class TermStands(NamedTuple):
    """How a term stands: ``act`` is the last act on it, None where it runs as told at registration.

    ``defects``, ``told_on`` and ``until`` are those of a notice of defects that is not mended, ``reason`` that of an
    extension.
    """

    act: TermAct | None = None
    defects: tuple[str, ...] = ()
    told_on: date | None = None
    until: date | None = None
    reason: str = ""

    @property
    def stopped(self) -> bool:
        """Whether the office's term stands still."""
        return self.act is TermAct.STOPPED


class EntryDetails(NamedTuple):
    """An entry with all that stands about it. ``road`` is the state of its batch, None where it is not sealed yet.

    ``receipts`` are those that name it, in force or voided; ``replaced_by_number`` is the told number of the entry that
    stands instead of an annulled one. ``results`` are all that were issued, annulled ones too; ``ended`` is None while
    the office owes something; ``case`` are the other papers of the same case.
    """

    row: EntryRow
    case_file: bytes
    channel: Channel
    correspondents: tuple[Correspondent, ...]
    sheets: int
    signed: bool
    result_way: ResultWay | None
    sender_number: str
    sender_date: date | None
    received: EarlierReceipt | None
    due: Due | None
    term: TermStands
    fee: Fee | None
    findings: tuple[Finding, ...]
    receipts: tuple[ReceiptRow, ...]
    actor: str
    clock_doubt: bool
    annulled_because: str
    replaced_by: bytes | None
    replaced_by_number: str
    dispute_note: str
    decided_by: DecidedBy | None
    decided_at: int | None
    road: BatchState | None
    particulars: Particulars
    attachments: tuple[Attachment, ...]
    results: tuple[Result, ...]
    ended: Ended | None
    case: tuple[Member, ...]


def details(connection: sa.Connection, entry: bytes) -> EntryDetails:
    """Return an entry.

    Raises:
        UnknownEntry: there is none of this GUID.

    """
    row = _ENTRY.first(connection, entry=entry)
    if row is None:
        raise UnknownEntry
    stream = bytes(row.stream)
    batch = batch_of(connection, stream, row.sequence)
    return EntryDetails(
        row=entry_row(row, Acknowledged(connection)),
        case_file=bytes(row.case_file),
        channel=Channel(row.channel),
        correspondents=correspondents(connection, row.content_at),
        sheets=row.sheets,
        signed=bool(row.signed),
        result_way=ResultWay(row.result_way) if row.result_way else None,
        sender_number=row.sender_number,
        sender_date=_day(row.sender_date),
        received=EarlierReceipt(date.fromisoformat(row.received_on), row.received_reason) if row.received_on else None,
        due=Due(date.fromisoformat(row.due_on), row.due_article, row.due_rules) if row.due_on else None,
        term=_term(connection, entry),
        fee=_fee(row),
        findings=_findings(connection, row.content_at),
        receipts=tuple(receipt_rows(connection, _PAYMENTS.all(connection, entry=entry))),
        actor=_actor(connection, row),
        clock_doubt=bool(row.clock_doubt),
        annulled_because=row.annulled_because or "",
        replaced_by=row.replaced_by,
        replaced_by_number=number_of(connection, row.replaced_by) if row.replaced_by else "",
        dispute_note=row.dispute_note or "",
        decided_by=DecidedBy(row.decided_by) if row.decided_by else None,
        decided_at=row.decided_at,
        road=batch.state if batch else None,
        particulars=particulars(connection, row.particulars_at, before_closing=bool(row.before_closing)),
        attachments=attachments_of(connection, entry),
        results=results_of(connection, entry),
        ended=ended(connection, entry, row.ended),
        case=tuple(one for one in papers(connection, bytes(row.case_file)) if one.entry != entry),
    )


def _term(connection: sa.Connection, entry: bytes) -> TermStands:
    row = _TERM.first(connection, entry=entry)
    if row is None:
        return TermStands()
    if row.act != TermAct.STOPPED:
        return TermStands(TermAct(row.act), told_on=_day(row.told_on), reason=row.text)
    return TermStands(TermAct.STOPPED, tuple(row.text.split("\n")), _day(row.told_on), _day(row.due_on))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _fee(row: Any) -> Fee | None:  # noqa: ANN401 - a row
    return None if row.fee_cents is None else Fee(row.fee_cents, row.fee_currency, row.fee_tariff, row.fee_article)


def _actor(connection: sa.Connection, row: Any) -> str:  # noqa: ANN401 - a row
    return str(_ACTOR.value(connection, stream=row.stream, account=row.actor) or "")


def correspondents(connection: sa.Connection, position: int) -> tuple[Correspondent, ...]:
    """Return the correspondents that the fact at a position names."""
    return tuple(correspondent(row) for row in _CORRESPONDENTS.all(connection, position=position))


def correspondent(row: Any) -> Correspondent:  # noqa: ANN401 - a row of entry_correspondents
    """Return a correspondent from its row."""
    return Correspondent(
        CorrespondentKind(row.kind),
        row.name,
        CorrespondentRole(row.role),
        IdentifierKind(row.identifier_kind) if row.identifier_kind else None,
        row.identifier,
        row.settlement,
        row.address,
        row.phone,
        row.e_mail,
    )


def _findings(connection: sa.Connection, position: int) -> tuple[Finding, ...]:
    rows = _FINDINGS.all(connection, position=position)
    return tuple(Finding(FindingCode(row.code), row.field) for row in rows)


def filing_of(connection: sa.Connection, entry: bytes) -> Filing:
    """Return an entry's content as a filing under the same GUID: what a correction begins with.

    Raises:
        UnknownEntry: there is none of this GUID.

    """
    held = details(connection, entry)
    row = held.row
    return Filing(
        entry=row.entry,
        register=row.register,
        kind=row.kind,
        channel=held.channel,
        correspondents=held.correspondents,
        subject=row.subject,
        service=row.service,
        speed=row.speed,
        sheets=held.sheets,
        signed=held.signed,
        result_way=held.result_way,
        sender_number=held.sender_number,
        sender_date=held.sender_date,
        received=held.received,
        case_file=held.case_file,
        particulars=held.particulars,
    )


class Line(NamedTuple):
    """A line of a receipt, with the told number of the entry that it pays for."""

    entry: bytes | None
    entry_number: str
    service: int | None
    speed: Speed | None
    text: str
    quantity: int
    unit_cents: int
    cents: int


class ReceiptDetails(NamedTuple):
    """A cash document with all that stands about it; ``storno`` is the one that voids it, amounts are minor units."""

    row: ReceiptRow
    identifier_kind: IdentifierKind | None
    identifier: str
    given: int
    change: int
    tariff: int | None
    actor: str
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    storno: ReceiptRow | None
    road: BatchState | None


def receipt_details(connection: sa.Connection, receipt: bytes) -> ReceiptDetails:
    """Return a cash document.

    Raises:
        UnknownReceipt: there is none of this GUID.

    """
    row = _RECEIPT.first(connection, receipt=receipt)
    if row is None:
        raise UnknownReceipt
    known = Acknowledged(connection)
    storno = _STORNO_OF.first(connection, till=row.till, receipt=receipt)
    batch = batch_of(connection, bytes(row.stream), row.sequence)
    return ReceiptDetails(
        row=receipt_row(row, known),
        identifier_kind=IdentifierKind(row.payer_identifier_kind) if row.payer_identifier_kind else None,
        identifier=row.payer_identifier,
        given=row.given,
        change=row.change,
        tariff=row.tariff,
        actor=_actor(connection, row),
        lines=tuple(_line(connection, one) for one in _LINES.all(connection, position=row.position)),
        findings=_findings(connection, row.position),
        storno=receipt_row(storno, known) if storno else None,
        road=batch.state if batch else None,
    )


def _line(connection: sa.Connection, row: Any) -> Line:  # noqa: ANN401 - a row of receipt_lines
    number = number_of(connection, row.entry) if row.entry is not None else ""
    speed = Speed(row.speed) if row.speed else None
    return Line(row.entry, number, row.service, speed, row.text, row.quantity, row.unit_cents, row.cents)
