"""What a kind's own fields and a service's list of papers mean (собствени полета, необходими документи): pure rules.

A field is text in the journal; a date among them is written as ``2026-11-20``. Three codes have a meaning beside what
they say: ``until`` is a term that a person sets, ``assigned_on`` the day on which the term of a task begins,
``happened_on`` the day of the breach that a signal tells of.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.domain import deadlines
from app.domain.desk_lists import Paper
from app.domain.entries import Particulars
from app.domain.facts import Due, PaperSeen
from app.domain.nomenclature import DocumentKind
from app.domain.terms import Channel, CorrespondentRole, PaperState
from app.domain.working_days import Calendar

UNTIL, ASSIGNED, HAPPENED, LAW = "until", "assigned_on", "happened_on", "law"
OUR_NUMBER = "our_number"
"""„Ваш №“: the number of ours that a paper names, as it was written; a field of every kind."""
YEARS = range(1900, 2200)
TOO_OLD_MONTHS = 24
"""A breach of more than two years ago begins no proceeding (АПК чл. 111, ал. 4)."""

ORAL_KIND = "usten_protokol"
APPLICATION = "zayavlenie"
PROXY = CorrespondentRole.REPRESENTATIVE
"""In which role somebody files for another."""
_DEFAULTS = {"always": PaperState.PRESENT, "by_proxy": PaperState.PRESENT, "in_case": PaperState.NOT_NEEDED}


def day_of(said: Particulars, name: str) -> date | None:
    """Return the date in a field that can be counted from, None where it holds none: a year far away is a slip."""
    on = day(said.value(name))
    return on if on is not None and on.year in YEARS else None


def day(text: str) -> date | None:
    """Return the date that a field holds, None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def of_term(said: Particulars) -> tuple[bool, str, str, str]:
    """Return what of it decides a term: while that is as it was, a term that was told stays as told."""
    return said.before_closing, said.value(UNTIL), said.value(LAW), said.value(ASSIGNED)


def due(kind: DocumentKind, said: Particulars, ruled: Due | None, received: date, calendar: Calendar) -> Due | None:
    """Return the due date after what the kind's own fields say; ``ruled`` is what the law alone gives.

    A task runs from its assignment (вътрешни правила (Ветово) чл. 75, ал. 2). A day set by a person stands where the
    law gives none, and goes before it where it is earlier: safe for the office. One before the receipt is no term.
    """
    assigned = day_of(said, ASSIGNED)
    if kind.counts_from == "assignment" and assigned is not None:
        ruled = deadlines.from_assignment(kind, assigned, calendar)
    until = day_of(said, UNTIL)
    if until is None or until < received or kind.binds == "citizen" or (ruled is not None and ruled.on <= until):
        return ruled
    return Due(until, said.value(LAW) or kind.law or kind.name, deadlines.RULES)


def too_old(happened: date, received: date) -> bool:
    """Return whether a breach lies more than two years before the receipt (АПК чл. 111, ал. 4)."""
    return deadlines.add_months(happened, TOO_OLD_MONTHS) < received


# --- papers of a service ------------------------------------------------------------------------------------------


class Filed(NamedTuple):
    """How something is filed, as far as it decides about papers: by a ``proxy``, or ``oral``, with a protocol."""

    proxy: bool = False
    oral: bool = False


def filed(kind: str, channel: Channel, roles: Iterable[CorrespondentRole]) -> Filed:
    """Return how something of this kind is filed by people in these roles."""
    return Filed(PROXY in roles, kind == ORAL_KIND or channel is Channel.ORAL)


def asked(papers: Iterable[Paper], how: Filed, chosen: Collection[str] = ()) -> list[Paper]:
    """Return the papers that a citizen is asked for.

    A power of attorney is asked of a proxy only, and no application of who asks orally: the protocol stands for it
    (АПК чл. 29, ал. 5). What was ``chosen`` of them before stays in the list.
    """
    return [one for one in papers if one.when != "collected" and (one.code in chosen or _wanted(one, how))]


def _wanted(paper: Paper, how: Filed) -> bool:
    if paper.code == APPLICATION:
        return not how.oral
    return how.proxy or paper.when != "by_proxy"


def usual(paper: Paper) -> PaperState:
    """Return how a paper stands while the clerk says nothing: brought, or not needed where it depends on a case."""
    return _DEFAULTS.get(paper.when, PaperState.NOT_NEEDED)


def seen(papers: Iterable[Paper], how: Filed, chosen: Mapping[str, PaperState]) -> tuple[PaperSeen, ...]:
    """Return the whole list as it is recorded; nothing where the clerk said nothing about a paper of it.

    What nobody looked at is not recorded as seen.
    """
    listed = asked(papers, how, chosen)
    if not any(one.code in chosen for one in listed):
        return ()
    return tuple(PaperSeen(one.code, chosen.get(one.code, usual(one))) for one in listed)


def missing(papers: Sequence[PaperSeen]) -> tuple[str, ...]:
    """Return the codes of the papers that are wanting."""
    return tuple(one.paper for one in papers if one.state is PaperState.MISSING)
