"""Register an entry, annul an entry (вписване, анулиране)."""

from datetime import date, datetime, time
from typing import NamedTuple

import sqlalchemy as sa

from app.domain import checks, deadlines, numbering, office_date, tariffs
from app.domain.entries import Filing, require
from app.domain.errors import AlreadyAnnulled, ReasonRequired, UnknownEntry, UnknownRegister
from app.domain.facts import Due, EntryAnnulled, EntryRegistered, Fee, Finding
from app.domain.nomenclature import TariffRow
from app.domain.numbering import SeriesKind
from app.domain.terms import FindingCode, Standing
from app.ledger.prepared import Prepared
from app.ledger.tables import entries, findings, registers, series
from app.services.nomenclatures import Nomenclatures
from app.store import drafts
from app.store.station import Act, StationStore

_ENTRY = Prepared(
    sa.select(
        *(entries.c.register, entries.c.number, entries.c.office_date),
        *(entries.c.due_on, entries.c.due_article, entries.c.due_rules),
        *(entries.c.fee_cents, entries.c.fee_currency, entries.c.fee_tariff, entries.c.fee_article),
    ).where(entries.c.entry == sa.bindparam("entry"))
)
_NOTICED = Prepared(
    sa.select(findings.c.code, findings.c.field)
    .where(findings.c.subject == sa.bindparam("entry"))
    .order_by(findings.c.position, findings.c.place)
)
_REGISTER = Prepared(sa.select(registers.c.register).where(registers.c.register == sa.bindparam("register")))
_LAST_NUMBER = Prepared(
    sa.select(series.c.last).where(
        series.c.kind == sa.bindparam("kind"),
        series.c.number_index == sa.bindparam("number_index"),
        series.c.year == sa.bindparam("year"),
    )
)


class Registered(NamedTuple):
    """What the clerk is told after the commit."""

    entry: bytes
    number: str
    due: Due | None
    fee: Fee | None
    findings: tuple[Finding, ...]


def register(store: StationStore, lists: Nomenclatures, filing: Filing, confirmed: date | None = None) -> Registered:
    """Register a filing and return its number.

    The same filing twice (same GUID) is registered once and answered the same.

    Raises:
        MissingRequired, UnknownKind, UnknownRegister: the clerk can mend it.
        ClockDoubtful: the date must be confirmed.
        StoreUnavailable: nothing was written; the draft stands.

    """
    require(filing)
    with store.act(confirmed) as act:
        already = _told(act, filing.entry)
        if already is not None:
            drafts.forget(act.connection, filing.entry)
            return already
        body = _decide(act, lists, filing)
        act.record(body)
        drafts.forget(act.connection, filing.entry)
    number = numbering.written(body.register, body.number, act.today.on)
    return Registered(body.entry, number, body.due, body.fee, body.findings)


def _decide(act: Act, lists: Nomenclatures, filing: Filing) -> EntryRegistered:
    kind = lists.kind(filing.kind)
    require_register(act.connection, filing.register)
    today = act.today.on
    service = lists.services.get(filing.service or 0)
    row = _tariff_row(lists, filing, today)
    desk = checks.Desk(today, act.today.doubt, kind, lists.services, lists.settlements, row)
    year = today.year
    last = last_number(act.connection, numbering.Series(SeriesKind.REGISTER, filing.register, year))
    term = tariffs.service_term(row, service)
    return EntryRegistered(
        entry=filing.entry,
        case_file=filing.case_file or filing.entry,
        register=filing.register,
        year=year,
        number=numbering.next_number(last),
        kind=filing.kind,
        channel=filing.channel,
        correspondents=filing.correspondents,
        subject=filing.subject,
        service=filing.service,
        speed=filing.speed,
        sheets=filing.sheets,
        signed=filing.signed,
        result_way=filing.result_way,
        sender_number=filing.sender_number,
        sender_date=filing.sender_date,
        received=filing.received,
        due=deadlines.due(kind, term, _arrived(act, filing), filing.channel, lists.calendar),
        fee=_fee(row, lists.tariff.version),
        findings=checks.findings(filing, desk),
    )


def _tariff_row(lists: Nomenclatures, filing: Filing, on: date) -> TariffRow | None:
    if filing.service is None or filing.speed is None:
        return None
    return tariffs.row_in_force(lists.tariff, filing.service, filing.speed, on)


def _fee(row: TariffRow | None, tariff: int) -> Fee | None:
    return Fee(row.price_cents, row.currency, tariff, row.article) if row is not None else None


def _arrived(act: Act, filing: Filing) -> datetime:
    """Return the local moment from which terms run: now, or the typed earlier day taken at its morning."""
    now = office_date.local(act.now).replace(tzinfo=None)
    if filing.received is not None and filing.received.on < act.today.on:
        return datetime.combine(filing.received.on, time(9))
    return datetime.combine(act.today.on, now.time())


def _told(act: Act, entry: bytes) -> Registered | None:
    """Return what was told when this GUID was registered, None where it was not."""
    row = _ENTRY.first(act.connection, entry=entry)
    if row is None:
        return None
    due = Due(date.fromisoformat(row.due_on), row.due_article, row.due_rules) if row.due_on else None
    fee = None
    if row.fee_cents is not None:
        fee = Fee(row.fee_cents, row.fee_currency, row.fee_tariff, row.fee_article)
    number = numbering.written(row.register, row.number, date.fromisoformat(row.office_date))
    noticed = tuple(Finding(FindingCode(one.code), one.field) for one in _NOTICED.all(act.connection, entry=entry))
    return Registered(entry, number, due, fee, noticed)


def annul(
    store: StationStore,
    entry: bytes,
    reason: str,
    replaced_by: bytes | None = None,
    confirmed: date | None = None,
) -> None:
    """Annul an entry: its number stays used and visible.

    Raises:
        ReasonRequired, UnknownEntry, AlreadyAnnulled: nothing was changed.

    """
    if not reason.strip():
        raise ReasonRequired
    with store.act(confirmed) as act:
        for one in filter(None, (entry, replaced_by)):
            standing = act.connection.execute(sa.select(entries.c.standing).where(entries.c.entry == one)).scalar()
            if standing is None:
                raise UnknownEntry
            if standing == Standing.ANNULLED:
                raise AlreadyAnnulled
        act.record(EntryAnnulled(entry, reason, replaced_by))


def require_register(connection: sa.Connection, register: int) -> None:
    """Accept a register that this station keeps.

    Raises:
        UnknownRegister: it does not.

    """
    if _REGISTER.value(connection, register=register) is None:
        raise UnknownRegister(register=register)


def last_number(connection: sa.Connection, of: numbering.Series) -> int:
    """Return the last number used in a series, 0 where there is none yet."""
    last = _LAST_NUMBER.value(connection, kind=of.kind, number_index=of.number_index, year=of.year)
    return int(last or 0)


def entry_by_number(connection: sa.Connection, register: int, year: int, number: int) -> bytes:
    """Return the GUID of the entry with this number.

    Raises:
        UnknownEntry: there is none.

    """
    query = sa.select(entries.c.entry).where(
        entries.c.register == register, entries.c.year == year, entries.c.number == number
    )
    found = connection.execute(query).scalar()
    if found is None:
        raise UnknownEntry
    return bytes(found)
