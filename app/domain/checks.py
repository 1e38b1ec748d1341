"""The table of checks over a filing: each a small function that answers with a finding or nothing.

A check never refuses: what is odd or missing stands as a finding beside the entry (law 4).
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from app.domain import identifiers, particulars
from app.domain.entries import Filing
from app.domain.errors import InvalidIdentifier, UnknownService
from app.domain.facts import Finding
from app.domain.nomenclature import Service, TariffRow
from app.domain.terms import Channel, CorrespondentKind, FindingCode, IdentifierKind

SERVICE_KIND = "zayavlenie_usluga"
SIGNAL_KIND = "signal"
HEIRS_SERVICE = 2016
"""Certificate of heirs: it may not be asked for orally (НИУРН чл. 6)."""
_ANONYMOUS_OK = frozenset({"signal", "predlozhenie"})
_IDENTIFIER_FINDING = {
    IdentifierKind.EGN: FindingCode.INVALID_EGN,
    IdentifierKind.LNCH: FindingCode.INVALID_LNCH,
    IdentifierKind.EIK: FindingCode.INVALID_EIK,
    IdentifierKind.BULSTAT: FindingCode.INVALID_BULSTAT,
}


class Desk(NamedTuple):
    """What the checks know beside the filing: the nomenclatures, the day and the price."""

    today: date
    clock_doubt: bool
    services: Mapping[int, Service]
    settlements: AbstractSet[str]
    row: TariffRow | None


def service_of(filing: Filing, services: Mapping[int, Service]) -> Service | None:
    """Return the filing's service, None where it names none.

    Raises:
        UnknownService: the number is not in the register of services.

    """
    if filing.service is None:
        return None
    service = services.get(filing.service)
    if service is None:
        raise UnknownService(number=filing.service)
    return service


def _identifiers(filing: Filing, desk: Desk) -> Iterator[Finding]:
    for place, one in enumerate(filing.correspondents):
        if one.identifier_kind is None:
            continue
        try:
            identifiers.check(one.identifier_kind, one.identifier, desk.today)
        except InvalidIdentifier:
            yield Finding(_IDENTIFIER_FINDING[one.identifier_kind], f"correspondents.{place}.identifier")


def _service(filing: Filing, desk: Desk) -> Iterator[Finding]:
    try:
        service = service_of(filing, desk.services)
    except UnknownService:
        yield Finding(FindingCode.UNKNOWN_SERVICE, "service")
        return
    if service is None:
        if filing.kind == SERVICE_KIND:
            yield Finding(FindingCode.SERVICE_MISSING, "service")
    elif service.village_role == "centre":
        yield Finding(FindingCode.SERVICE_NOT_HERE, "service")
    elif service.payment == "paid" and desk.row is None and service.village_role == "performs":
        yield Finding(FindingCode.TARIFF_MISSING, "service")


def _oral(filing: Filing, _desk: Desk) -> Iterator[Finding]:
    if particulars.filed(filing.kind, filing.channel, ()).oral and filing.service == HEIRS_SERVICE:
        yield Finding(FindingCode.ORAL_HEIRS, "channel")


def _result_way(filing: Filing, _desk: Desk) -> Iterator[Finding]:
    if filing.kind == SERVICE_KIND and filing.result_way is None:
        yield Finding(FindingCode.RESULT_WAY_MISSING, "result_way")


def _subject(filing: Filing, _desk: Desk) -> Iterator[Finding]:
    if not filing.subject.strip():
        yield Finding(FindingCode.SUBJECT_MISSING, "subject")


def _addresses(filing: Filing, desk: Desk) -> Iterator[Finding]:
    for place, one in enumerate(filing.correspondents):
        if one.kind is CorrespondentKind.ANONYMOUS:
            continue
        if not one.settlement and not one.address:
            yield Finding(FindingCode.ADDRESS_MISSING, f"correspondents.{place}.address")
        elif one.settlement and one.settlement not in desk.settlements:
            yield Finding(FindingCode.UNKNOWN_SETTLEMENT, f"correspondents.{place}.settlement")


def _signature(filing: Filing, _desk: Desk) -> Iterator[Finding]:
    anonymous = all(one.kind is CorrespondentKind.ANONYMOUS for one in filing.correspondents)
    if not filing.signed and not (anonymous and filing.kind in _ANONYMOUS_OK):
        yield Finding(FindingCode.SIGNATURE_MISSING, "signed")


def _sheets(filing: Filing, _desk: Desk) -> Iterator[Finding]:
    if filing.sheets < 1 and filing.channel is not Channel.TELEPHONE:
        yield Finding(FindingCode.SHEETS_MISSING, "sheets")


def _dates(filing: Filing, desk: Desk) -> Iterator[Finding]:
    if filing.received is not None:
        future = filing.received.on > desk.today
        yield Finding(FindingCode.RECEIVED_IN_FUTURE if future else FindingCode.RECEIVED_EARLIER, "received")
    if desk.clock_doubt:
        yield Finding(FindingCode.CLOCK_DOUBT)


def _papers(filing: Filing, _desk: Desk) -> Iterator[Finding]:
    if particulars.missing(filing.particulars.papers):
        yield Finding(FindingCode.PAPER_MISSING, "papers")


def _happened(filing: Filing, desk: Desk) -> Iterator[Finding]:
    happened = particulars.day_of(filing.particulars, particulars.HAPPENED)
    received = min(desk.today, filing.received.on) if filing.received is not None else desk.today
    if filing.kind == SIGNAL_KIND and happened is not None and particulars.too_old(happened, received):
        yield Finding(FindingCode.EVENT_TOO_OLD, f"particulars.{particulars.HAPPENED}")


CHECKS: tuple[Callable[[Filing, Desk], Iterator[Finding]], ...] = (
    _subject,
    _service,
    _oral,
    _result_way,
    _identifiers,
    _addresses,
    _signature,
    _sheets,
    _dates,
    _happened,
    _papers,
)


def findings(filing: Filing, desk: Desk) -> tuple[Finding, ...]:
    """Return what all checks noticed, in the order of the table."""
    return tuple(finding for check in CHECKS for finding in check(filing, desk))
