"""Due dates (срокове), each with its article.

АПК чл. 25, 29 ал. 6, 57; ЗДОИ чл. 28; the counting rule of ЗЗД чл. 72: the day of the event is not counted; a
term in days ends with its last day, one in months on the same number or the last day of a shorter month; a last day
that is no working day moves to the next one. What becomes of a term later stands in ``extensions.py``.
"""

import calendar as month_lengths
from datetime import date, datetime, timedelta
from typing import NamedTuple

from app.domain.facts import Due
from app.domain.nomenclature import CountsFrom, DocumentKind
from app.domain.terms import Channel
from app.domain.working_days import Calendar

RULES = 1
"""Version of these rules; it stands in every due date that they gave."""

REMOTE = frozenset({Channel.POST, Channel.COURIER, Channel.E_MAIL, Channel.FAX})
IN_PERSON = frozenset({Channel.BY_HAND, Channel.ORAL})
HOURS_A_DAY = 24


class Term(NamedTuple):
    """Срок as a length: ``unit`` is days, months, hours or at_once."""

    length: int
    unit: str
    article: str


class Counting(NamedTuple):
    """Начин на броене: what the texts leave open and a municipality may settle otherwise.

    АПК чл. 29, ал. 6 counts "from the next working day". Read as day one, that day gives the earlier date, so no office
    is late who follows it; read as the day of the event (day zero), it gives a date one day later.
    """

    next_day_is_first: bool = True


SAFE = Counting()
"""The reading in force: the one that is safe for the office."""


def add_months(day: date, months: int) -> date:
    """Return the same number ``months`` later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = month_lengths.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def at_work(arrived: datetime, channel: Channel, calendar: Calendar, *, came_before_closing: bool = False) -> date:
    """Return the first day on which the office works on it.

    For what comes by post, courier, e-mail or fax, or out of hours, that is the next working day (АПК чл. 29, ал. 6).
    Who came before closing and was served after it counts on that day (вътрешни правила (Ветово) чл. 4, ал. 7).
    """
    day = arrived.date()
    waited = came_before_closing and channel in IN_PERSON and calendar.still_serves(arrived)
    in_time = channel not in REMOTE and (waited or calendar.in_hours(arrived))
    return day if in_time else calendar.after(day)


def counted_from(
    arrived: datetime,
    channel: Channel,
    calendar: Calendar,
    counting: Counting = SAFE,
    *,
    came_before_closing: bool = False,
) -> date:
    """Return the day before day one.

    Where the next working day counts, it is itself day one: the reading that is safe for the office, unless
    ``counting`` settles it otherwise.
    """
    day = arrived.date()
    first = at_work(arrived, channel, calendar, came_before_closing=came_before_closing)
    return first - timedelta(days=1) if first != day and counting.next_day_is_first else first


def last_day(start: date, term: Term) -> date:
    """Return the last day of a term whose day of the event is ``start``, be it a working day or not."""
    if term.unit == "at_once":
        return start
    if term.unit == "hours":
        return start + timedelta(days=-(-term.length // HOURS_A_DAY))
    if term.unit == "months":
        return add_months(start, term.length)
    return start + timedelta(days=term.length)


def ends(start: date, term: Term, calendar: Calendar) -> date:
    """Return the day on which a term ends whose day of the event is ``start`` (ЗЗД чл. 72): a working day."""
    return calendar.this_or_next(last_day(start, term))


def due(  # noqa: PLR0913 - what it is, how it came, how one counts; only the first five are needed
    kind: DocumentKind,
    service_term: Term | None,
    arrived: datetime,
    channel: Channel,
    calendar: Calendar,
    counting: Counting = SAFE,
    *,
    came_before_closing: bool = False,
) -> Due | None:
    """Return the due date of an entry, or None where the office has none that can be computed.

    ``arrived`` is the local moment of receipt. A term that binds the citizen (жалба, протест) is never a due date. The
    term of a service goes before that of its kind. ЗДОИ alone counts from the day of registration (чл. 28); what
    counts from a later event gets its date then (``from_access``, ``from_assignment``).
    """
    if kind.binds == "citizen":
        return None
    start = counted_from(arrived, channel, calendar, counting, came_before_closing=came_before_closing)
    if service_term is not None:
        on = ends(start, service_term, calendar)
        # "At once" has no day one of its own: it is the first day at work, not the evening on which a letter came.
        first = at_work(arrived, channel, calendar, came_before_closing=came_before_closing)
        return Due(max(on, first), service_term.article, RULES)
    term = own_term(kind)
    if term is None or kind.counts_from not in {"receipt", "registration"}:
        return None
    if kind.counts_from == "registration":
        start = arrived.date()
    return Due(ends(start, term, calendar), term.article, RULES)


def own_term(kind: DocumentKind) -> Term | None:
    """Return the term that the law gives a kind of document, None where it gives none."""
    return Term(kind.term, kind.unit, kind.law) if kind.term is not None else None


def from_access(kind: DocumentKind, access: date, calendar: Calendar) -> Due:
    """Return the due date of комплексно обслужване (КАО), which runs from access to the data (АПК чл. 57, ал. 9).

    Raises:
        ValueError: the term of the kind runs from something else.

    """
    return _from_event(kind, "access_to_data", access, calendar)


def from_assignment(kind: DocumentKind, assigned: date, calendar: Calendar) -> Due:
    """Return the due date of a задача, which runs from its assignment (вътрешни правила (Ветово) чл. 75, ал. 2).

    Raises:
        ValueError: the term of the kind runs from something else.

    """
    return _from_event(kind, "assignment", assigned, calendar)


def _from_event(kind: DocumentKind, event: CountsFrom, day: date, calendar: Calendar) -> Due:
    term = own_term(kind)
    if term is None or kind.counts_from != event:
        raise ValueError(f"the term of {kind.code} does not run from {event}")
    return Due(ends(day, term, calendar), term.article, RULES)
