"""What the verbs of the register share: what stands of an entry, what an act needs, which number comes next."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.domain import numbering
from app.domain.errors import AlreadyAnnulled, ReasonRequired, UnknownEntry, UnknownRegister
from app.domain.facts import Due, Fee, Finding
from app.domain.numbering import SeriesKind
from app.domain.terms import IN_FORCE_STANDINGS, FindingCode, TownState
from app.ledger.prepared import Prepared
from app.ledger.tables import entries, findings, registers, series

_ENTRY = Prepared(
    sa.select(
        *(entries.c.register, entries.c.number, entries.c.office_date),
        *(entries.c.due_on, entries.c.due_article, entries.c.due_rules),
        *(entries.c.fee_cents, entries.c.fee_currency, entries.c.fee_tariff, entries.c.fee_article),
    ).where(entries.c.entry == sa.bindparam("entry"))
)
_NOTICED = Prepared(
    sa.select(findings.c.code, findings.c.field)
    .join(entries, entries.c.content_at == findings.c.position)
    .where(entries.c.entry == sa.bindparam("entry"))
    .order_by(findings.c.place)
)
_STANDING = Prepared(sa.select(entries.c.standing, entries.c.town).where(entries.c.entry == sa.bindparam("entry")))
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


def told(connection: sa.Connection, entry: bytes) -> Registered | None:
    """Return what an entry says now of number, term, fee and findings; None where this GUID was not registered."""
    row = _ENTRY.first(connection, entry=entry)
    if row is None:
        return None
    due = Due(date.fromisoformat(row.due_on), row.due_article, row.due_rules) if row.due_on else None
    fee = None
    if row.fee_cents is not None:
        fee = Fee(row.fee_cents, row.fee_currency, row.fee_tariff, row.fee_article)
    number = numbering.written(row.register, row.number, date.fromisoformat(row.office_date))
    noticed = tuple(Finding(FindingCode(one.code), one.field) for one in _NOTICED.all(connection, entry=entry))
    return Registered(entry, number, due, fee, noticed)


def require_standing(connection: sa.Connection, entry: bytes) -> TownState:
    """Accept an entry that is in force; return what the town decided about it.

    Raises:
        UnknownEntry, AlreadyAnnulled: it is not here, or no longer in force.

    """
    row = _STANDING.first(connection, entry=entry)
    if row is None:
        raise UnknownEntry
    if row.standing not in IN_FORCE_STANDINGS:
        raise AlreadyAnnulled
    return TownState(row.town)


def require_words(text: str) -> None:
    """Accept a reason or explanation in words.

    Raises:
        ReasonRequired: there are none.

    """
    if not text.strip():
        raise ReasonRequired


def require_register(connection: sa.Connection, register: int) -> None:
    """Accept a register that this station keeps.

    Raises:
        UnknownRegister: it does not.

    """
    if _REGISTER.value(connection, register=register) is None:
        raise UnknownRegister(register=register)


def next_number(connection: sa.Connection, register: int, year: int) -> int:
    """Return the number that the next entry of a register gets in a year."""
    return numbering.next_number(last_number(connection, numbering.Series(SeriesKind.REGISTER, register, year)))


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
