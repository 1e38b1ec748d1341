"""The comparison (сравнение) of one entry: what the village wrote beside what the centre recomputes by its own lists.

Pure: rows and lists in, compared fields out.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time
from typing import Any, NamedTuple, Protocol

from app.domain import deadlines, identifiers, particulars, tariffs
from app.domain.entries import NO_PARTICULARS, Particulars
from app.domain.errors import InvalidIdentifier
from app.domain.facts import Due
from app.domain.nomenclature import DocumentKind, Service, Tariff, TariffRow
from app.domain.office_date import local, moment
from app.domain.terms import Channel, ComparedField, IdentifierKind, Speed, Standing
from app.domain.working_days import Calendar
from sync.central.answers import Compared

PERSONAL = frozenset({IdentifierKind.EGN, IdentifierKind.LNCH})
_SHOWN = 4
_MORNING = time(9)


class Lists(Protocol):
    """The office's nomenclatures, as the centre holds them; bootstrap hands them in."""

    @property
    def kinds(self) -> Mapping[str, DocumentKind]:
        """Return the kinds of documents by code."""

    @property
    def services(self) -> Mapping[int, Service]:
        """Return the register of services by number."""

    @property
    def settlements(self) -> AbstractSet[str]:
        """Return the ЕКАТТЕ codes."""

    @property
    def calendar(self) -> Calendar:
        """Return the working days."""

    @property
    def tariff(self) -> Tariff:
        """Return the tariff in force."""


class Written(NamedTuple):
    """What is compared: the entry's row, its correspondents' rows, its written number, and two sums over other rows.

    ``same_number`` counts the entries that claim this number; ``paid_cents`` is what receipts in force paid.
    """

    row: Any
    correspondents: Sequence[Any]
    number: str
    same_number: int
    paid_cents: int
    term_told: bool = False
    """An act of the village told another term than the lists give: it stands as told."""
    said: Particulars = NO_PARTICULARS
    """What the kind asked for: the hour and days that a person gave decide the term too."""


def compare(written: Written, lists: Lists, *, identifiers_shown: bool) -> tuple[Compared, ...]:
    """Return the compared fields of an entry, in the order of the form."""
    return (
        *_of_the_book(written),
        *_of_the_lists(written.row, lists),
        *_of_the_term(written, lists),
        *_of_the_money(written, lists),
        *_of_the_people(written, lists, identifiers_shown=identifiers_shown),
    )


def masked(kind: IdentifierKind | None, identifier: str) -> str:
    """Return a personal identifier with only its last four signs; what is public stays as it is."""
    if kind not in PERSONAL:
        return identifier
    hidden = max(0, len(identifier) - _SHOWN)
    return "•" * hidden + identifier[hidden:]


def _both(field: ComparedField, village: int | str | None, centre: int | str | None) -> Compared:
    return Compared(field=field, village=village, centre=centre, differs=village != centre)


def _of_the_book(written: Written) -> Iterator[Compared]:
    alone = written.same_number == 1
    yield _both(ComparedField.NUMBER, written.number, written.number if alone else None)
    by_clock = local(moment(written.row.recorded_at)).date().isoformat()
    yield _both(ComparedField.REGISTERED_ON, written.row.office_date, by_clock)


def _of_the_lists(row: Any, lists: Lists) -> Iterator[Compared]:  # noqa: ANN401 - a row
    yield _both(ComparedField.KIND, row.kind, row.kind if row.kind in lists.kinds else None)
    if row.service is not None:
        known = row.service in lists.services
        yield _both(ComparedField.SERVICE, row.service, row.service if known else None)
    if row.service is not None and row.speed is not None:
        priced = _tariff_row(row, lists) is not None or _free(row, lists)
        yield _both(ComparedField.SPEED, row.speed, row.speed if priced else None)


def _free(row: Any, lists: Lists) -> bool:  # noqa: ANN401 - a row
    """Return whether no tariff is expected to hold a price for the service."""
    service = lists.services.get(row.service)
    return service is not None and service.payment != "paid"


def _of_the_term(written: Written, lists: Lists) -> Iterator[Compared]:
    row, due = written.row, recomputed_due(written.row, lists, written.said)
    on, article = (due.on.isoformat(), due.article) if due else (None, None)
    if written.term_told:
        on, article = row.due_on, row.due_article
    yield _both(ComparedField.DUE_ON, row.due_on, on)
    yield _both(ComparedField.DUE_ARTICLE, row.due_article, article)


def recomputed_due(row: Any, lists: Lists, said: Particulars) -> Due | None:  # noqa: ANN401 - a row
    """Return the due date by the centre's own lists, None where they give none or know no such kind."""
    kind = lists.kinds.get(row.kind)
    if kind is None:
        return None
    term = tariffs.service_term(_tariff_row(row, lists), lists.services.get(row.service or 0))
    arrived, early = _arrived(row), said.before_closing
    due = deadlines.due(kind, term, arrived, Channel(row.channel), lists.calendar, came_before_closing=early)
    return particulars.due(kind, said, due, arrived.date(), lists.calendar)


def _tariff_row(row: Any, lists: Lists) -> TariffRow | None:  # noqa: ANN401 - a row
    if row.service is None or row.speed is None:
        return None
    return tariffs.row_in_force(lists.tariff, row.service, Speed(row.speed), date.fromisoformat(row.office_date))


def _arrived(row: Any) -> datetime:  # noqa: ANN401 - a row
    """Return the local moment from which terms run, as the village counts it (``services/registration.py``)."""
    day = date.fromisoformat(row.office_date)
    if row.received_on is not None and date.fromisoformat(row.received_on) < day:
        return datetime.combine(date.fromisoformat(row.received_on), _MORNING)
    return datetime.combine(day, local(moment(row.recorded_at)).time())


def _of_the_money(written: Written, lists: Lists) -> Iterator[Compared]:
    row = written.row
    price = _tariff_row(row, lists)
    yield _both(ComparedField.FEE, row.fee_cents, price.price_cents if price else None)
    if row.fee_tariff is not None:
        yield _both(ComparedField.TARIFF, row.fee_tariff, lists.tariff.version)
    owed = row.fee_cents or 0 if row.standing != Standing.ANNULLED else 0
    yield _both(ComparedField.PAID, owed, written.paid_cents)


def _of_the_people(written: Written, lists: Lists, *, identifiers_shown: bool) -> Iterator[Compared]:
    on = date.fromisoformat(written.row.office_date)
    for one in written.correspondents:
        if one.identifier_kind is not None:
            kind = IdentifierKind(one.identifier_kind)
            shown = one.identifier if identifiers_shown else masked(kind, one.identifier)
            good = _passes(kind, one.identifier, on)
            yield Compared(
                field=ComparedField.IDENTIFIER,
                village=shown,
                centre=shown if good else None,
                differs=not good,
                place=one.place,
            )
        if one.settlement:
            known = one.settlement in lists.settlements
            yield Compared(
                field=ComparedField.SETTLEMENT,
                village=one.settlement,
                centre=one.settlement if known else None,
                differs=not known,
                place=one.place,
            )


def _passes(kind: IdentifierKind, identifier: str, on: date) -> bool:
    try:
        identifiers.check(kind, identifier, on)
    except InvalidIdentifier:
        return False
    return True
