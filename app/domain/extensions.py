"""What becomes of a term (ход на срока): it is extended, runs anew after a repair, or gives others a term of their own.

АПК чл. 30, 31, 57 ал. 7, 61, 87, 112, 118, 121, 123; ЗДОИ чл. 28 – 32. All count as ``deadlines.ends`` does.
"""

from collections.abc import Mapping
from datetime import date

from app.domain.deadlines import RULES, Term, ends, last_day, own_term
from app.domain.facts import Due
from app.domain.nomenclature import DocumentKind, Extension
from app.domain.working_days import Calendar

# Which article goes for a kind of document. A kind that is in none of these lists follows the general one.

CONFIRMING = Term(3, "days", "АПК чл.30(1)")
REPAIRING = Term(3, "days", "АПК чл.30(2)")
OTHER_REPAIRING: Mapping[str, Term] = {
    "zdoi": Term(30, "days", "ЗДОИ чл.29(2)"),
    "zhalba": Term(7, "days", "АПК чл.87(1)"),
    "protest": Term(7, "days", "АПК чл.87(1)"),
}
RESTARTING = "АПК чл.30(3)"
OTHER_RESTARTING: Mapping[str, str] = {"zdoi": "ЗДОИ чл.29(1)"}
FORWARDING = Term(0, "at_once", "АПК чл.31(2)")
OTHER_FORWARDING: Mapping[str, Term] = {
    "signal": Term(7, "days", "АПК чл.112"),
    "predlozhenie": Term(7, "days", "АПК чл.112"),
    "zdoi": Term(14, "days", "ЗДОИ чл.32(1)"),
}
TELLING = Term(3, "days", "АПК чл.61(1)")
OTHER_TELLING: Mapping[str, Term | None] = {
    "signal": Term(7, "days", "АПК чл.123(1)"),
    "predlozhenie": Term(7, "days", "АПК чл.118(1)"),
    # The decision is told within the term for taking it (ЗДОИ чл. 28, ал. 2).
    "zdoi": None,
}


def extended(extension: Extension, due: Due, start: date, calendar: Calendar, until: date | None = None) -> Due:
    """Return the due date after an extension (удължаване): АПК чл. 57, ал. 7, чл. 118, 121; ЗДОИ чл. 30, 31.

    ``due`` is the date told before, ``start`` the day before day one of the original term. The articles give lengths
    that may not be exceeded, so ``until`` may name an earlier day, and where there is no length it must name one. Where
    that leaves nothing later than the told date, the told date comes back as it was.

    What is ``more`` runs on from the told date, after its shift. A term whose last day is no working day ends on the
    next one (ЗЗД чл. 72, ал. 2), and what prolongs a term runs from its end; for the courts ГПК чл. 60, ал. 6 and
    чл. 63, ал. 2 say both, АПК says nothing else. It is the date that the citizen holds, and the town counts the same
    with the journal alone.
    """
    days = [day for day in (_longest(extension, due.on, start), until) if day is not None]
    if not days:
        return due
    on = calendar.this_or_next(min(days))
    return Due(on, extension.article, RULES) if on > due.on else due


def _longest(extension: Extension, told: date, start: date) -> date | None:
    """Return the last day that the article allows, before it moves to a working day; None where it names no length."""
    if extension.length is None:
        return None
    counted = start if extension.mode == "in_all" else told
    return last_day(counted, Term(extension.length, extension.unit, extension.article))


def to_confirm(received: date, calendar: Calendar) -> Due:
    """Return until when the applicant may confirm an unsigned or doubtful request (потвърждаване, АПК чл. 30, ал. 1).

    ``received`` is the day on which the notice reached the applicant, whom the term binds.
    """
    return _due(received, CONFIRMING, calendar)


def to_repair(received: date, calendar: Calendar, kind: DocumentKind | None = None) -> Due:
    """Return until when the applicant may mend defects (отстраняване на недостатъци, АПК чл. 30, ал. 2).

    ``received`` is the day on which the notice reached the applicant, whom the term binds. By ``kind``, an unclear
    request for public information has thirty days (ЗДОИ чл. 29, ал. 2), a жалба or протест seven (АПК чл. 87, ал. 1).
    """
    term = OTHER_REPAIRING.get(kind.code, REPAIRING) if kind is not None else REPAIRING
    return _due(received, term, calendar)


def restarted(kind: DocumentKind, service_term: Term | None, repaired: date, calendar: Calendar) -> Due | None:
    """Return the due date after a repair: the whole term runs anew from that day.

    АПК чл. 30, ал. 3; ЗДОИ чл. 29, ал. 1. The day of repair is the day of the event and is not counted. None where
    the office had no due date either: the term binds the citizen, runs from another event, or there is none.
    """
    counted = kind.counts_from in {"receipt", "registration"}
    term = service_term or (own_term(kind) if counted else None)
    if term is None or kind.binds == "citizen":
        return None
    article = f"{term.article}; {OTHER_RESTARTING.get(kind.code, RESTARTING)}"
    return _due(repaired, term._replace(article=article), calendar)


def to_forward(kind: DocumentKind, received: date, calendar: Calendar) -> Due:
    """Return until when the office forwards what another body must decide (препращане по компетентност).

    A signal or proposal in seven days (АПК чл. 112), a request for public information in fourteen (ЗДОИ чл. 32), all
    else at once (АПК чл. 31, ал. 2).
    """
    return _due(received, OTHER_FORWARDING.get(kind.code, FORWARDING), calendar)


def to_tell(kind: DocumentKind, decided: date, calendar: Calendar) -> Due | None:
    """Return until when the person is told of a decision (съобщаване), None where no article gives that a term.

    An individual act, or the refusal of one, in three days (АПК чл. 61, ал. 1), a decision on a signal or proposal in
    seven (чл. 123, ал. 1, чл. 118, ал. 1). An act is what silence would refuse (чл. 58).
    """
    term = OTHER_TELLING.get(kind.code, TELLING if kind.passing == "silent_refusal" else None)
    return _due(decided, term, calendar) if term is not None else None


def _due(start: date, term: Term, calendar: Calendar) -> Due:
    return Due(ends(start, term, calendar), term.article, RULES)
