"""Due dates (срокове), each with its article.

АПК чл. 25, 29 ал. 6, 57; ЗДОИ чл. 28; the counting rule of ЗЗД чл. 72: the day of the event is not counted; a
term in days ends with its last day, one in months on the same number or the last day of a shorter month; a last day
that is no working day moves to the next one.
"""

import calendar as month_lengths
from datetime import date, datetime, timedelta
from typing import NamedTuple

from app.domain.facts import Due
from app.domain.nomenclature import DocumentKind
from app.domain.terms import Channel
from app.domain.working_days import Calendar

RULES = 1
"""Version of these rules; it stands in every due date that they gave."""

REMOTE = frozenset({Channel.POST, Channel.COURIER, Channel.E_MAIL, Channel.FAX})
HOURS_A_DAY = 24


class Term(NamedTuple):
    """Срок as a length: ``unit`` is days, months, hours or at_once."""

    length: int
    unit: str
    article: str


def add_months(day: date, months: int) -> date:
    """Return the same number ``months`` later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = month_lengths.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def at_work(arrived: datetime, channel: Channel, calendar: Calendar) -> date:
    """Return the first day on which the office works on it.

    For what comes by post, courier, e-mail or fax, or out of hours, that is the next working day (АПК чл. 29, ал. 6).
    """
    day = arrived.date()
    return calendar.after(day) if channel in REMOTE or not calendar.in_hours(arrived) else day


def counted_from(arrived: datetime, channel: Channel, calendar: Calendar) -> date:
    """Return the day before day one.

    Where the next working day counts, it is itself day one: the reading that is safe for the office.
    """
    day, first = arrived.date(), at_work(arrived, channel, calendar)
    return day if first == day else first - timedelta(days=1)


def ends(start: date, term: Term, calendar: Calendar) -> date:
    """Return the last day of a term whose day of the event is ``start``."""
    if term.unit == "at_once":
        last = start
    elif term.unit == "hours":
        last = start + timedelta(days=-(-term.length // HOURS_A_DAY))
    elif term.unit == "months":
        last = add_months(start, term.length)
    else:
        last = start + timedelta(days=term.length)
    return calendar.this_or_next(last)


def due(
    kind: DocumentKind, service_term: Term | None, arrived: datetime, channel: Channel, calendar: Calendar
) -> Due | None:
    """Return the due date of an entry, or None where the office has none that can be computed.

    ``arrived`` is the local moment of receipt. A term that binds the citizen (жалба, протест) is never a due date. The
    term of a service goes before that of its kind. ЗДОИ alone counts from the day of registration (чл. 28).
    """
    if kind.binds == "citizen":
        return None
    if service_term is not None:
        on = ends(counted_from(arrived, channel, calendar), service_term, calendar)
        # "At once" has no day one of its own: it is the first day at work, not the evening on which a letter came.
        return Due(max(on, at_work(arrived, channel, calendar)), service_term.article, RULES)
    if kind.term is None or kind.counts_from not in {"receipt", "registration"}:
        return None
    term = Term(kind.term, kind.unit, kind.law)
    start = arrived.date() if kind.counts_from == "registration" else counted_from(arrived, channel, calendar)
    return Due(ends(start, term, calendar), kind.law, RULES)
