"""What follows from a filing: term, fee, findings. One rule for the register, a correction, and a form as one types."""

from datetime import date, datetime, time
from typing import Any, NamedTuple

from app.domain import checks, deadlines, office_date, particulars, tariffs
from app.domain.entries import Filing
from app.domain.facts import Due, EntryCorrected, Fee, Finding, ParticularsNoted
from app.domain.nomenclature import TariffRow
from app.domain.office_date import OfficeDate
from app.services.nomenclatures import Nomenclatures

CONTENT = frozenset(EntryCorrected.__struct_fields__) & frozenset(Filing.__struct_fields__) - {"entry"}
"""The fields that a filing shares with the facts of an entry."""

TERM_FIELDS = ("kind", "channel", "service", "speed", "received")
FEE_FIELDS = ("service", "speed")
"""What decides a term and a fee: while these are as they were, a term or fee that was told stays as told."""


def decides_term(filing: Filing) -> tuple[object, ...]:
    """Return all of a filing that decides its term: while it is as it was, a term that was told stays as told."""
    return *(getattr(filing, name) for name in TERM_FIELDS), *particulars.of_term(filing.particulars)


def particulars_fact(filing: Filing) -> ParticularsNoted | None:
    """Return the fact with what the kind and the service of a filing ask for, None where there is nothing to say."""
    said = filing.particulars
    if said.empty:
        return None
    return ParticularsNoted(filing.entry, said.before_closing, said.values, said.papers)


def content(filing: Filing) -> dict[str, Any]:
    """Return the fields that a filing shares with the facts of an entry."""
    return {name: getattr(filing, name) for name in CONTENT}


class Derived(NamedTuple):
    """What follows from a filing: due date, fee, and what the checks notice."""

    due: Due | None
    fee: Fee | None
    findings: tuple[Finding, ...]


def derive(lists: Nomenclatures, filing: Filing, now: datetime, today: OfficeDate) -> Derived:
    """Return what follows from a filing that came at ``now`` (aware) and is registered on ``today``.

    One rule for the register, a correction and the strip that updates while one types: it takes half a filing as well,
    asks no database and raises nothing.
    """
    kind = lists.kinds.get(filing.kind)
    service = lists.services.get(filing.service or 0)
    row = _tariff_row(lists, filing, today.on)
    due = None
    if kind is not None:
        term = tariffs.service_term(row, service)
        arrived = _arrived(filing, now, today.on)
        early = filing.particulars.before_closing
        due = deadlines.due(kind, term, arrived, filing.channel, lists.calendar, came_before_closing=early)
        due = particulars.due(kind, filing.particulars, due, arrived.date(), lists.calendar)
    fee = Fee(row.price_cents, row.currency, lists.tariff.version, row.article) if row is not None else None
    desk = checks.Desk(today.on, today.doubt, lists.services, lists.settlements, row)
    return Derived(due, fee, checks.findings(filing, desk))


def service_term(lists: Nomenclatures, filing: Filing, on: date) -> deadlines.Term | None:
    """Return the term of the filing's service on a day, None where it has none of its own."""
    return tariffs.service_term(_tariff_row(lists, filing, on), lists.services.get(filing.service or 0))


def term_start(lists: Nomenclatures, filing: Filing, recorded_at: int, on: date) -> date:
    """Return the day before day one of the term of an entry that was registered at ``recorded_at`` (UTC) on ``on``."""
    arrived = _arrived(filing, office_date.moment(recorded_at), on)
    kind = lists.kinds.get(filing.kind)
    if kind is not None and kind.counts_from == "registration":
        return arrived.date()
    early = filing.particulars.before_closing
    return deadlines.counted_from(arrived, filing.channel, lists.calendar, came_before_closing=early)


def _tariff_row(lists: Nomenclatures, filing: Filing, on: date) -> TariffRow | None:
    if filing.service is None or filing.speed is None:
        return None
    return tariffs.row_in_force(lists.tariff, filing.service, filing.speed, on)


def _arrived(filing: Filing, now: datetime, today: date) -> datetime:
    """Return the local moment from which terms run: now, or the typed earlier day taken at its morning."""
    if filing.received is not None and filing.received.on < today:
        return datetime.combine(filing.received.on, time(9))
    return datetime.combine(today, office_date.local(now).replace(tzinfo=None).time())
