"""What becomes of a term (ход на срока): begun by an event, extended with a notice, stopped by defects, run anew.

АПК чл. 30, чл. 57, ал. 7 и 8, чл. 118, чл. 121; ЗДОИ чл. 30, 31. A told date never moves by itself: each of these is an
act of the clerk, and the date told before stays in the journal.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.domain import deadlines, extensions
from app.domain.deadlines import Term
from app.domain.errors import NoDefectsNoticed, NoSuchExtension
from app.domain.facts import DefectsNoticed, DefectsRepaired, Due, TermExtended, TermStarted
from app.domain.nomenclature import DocumentKind, Extension
from app.domain.terms import TermAct
from app.domain.working_days import Calendar
from app.ledger.prepared import Prepared
from app.ledger.tables import term_acts
from app.services.book_rules import require_standing, require_words
from app.services.deriving import service_term, term_start
from app.services.details import details, filing_of
from app.services.nomenclatures import Nomenclatures
from app.store import drafts
from app.store.station import StationStore

STARTS: Mapping[str, Callable[[DocumentKind, date, Calendar], Due]] = {
    "access_to_data": deadlines.from_access,
    "assignment": deadlines.from_assignment,
}
"""Events other than the receipt from which a term of the office runs, and how it is counted."""

_ACTS = Prepared(
    sa.select(term_acts.c.act, term_acts.c.code, term_acts.c.told_on)
    .where(term_acts.c.entry == sa.bindparam("entry"))
    .order_by(term_acts.c.position)
)

# --- beginning -------------------------------------------------------------------------------------------------------


def starts_later(lists: Nomenclatures, kind: str) -> bool:
    """Return whether the term of a kind of document begins with an event that the clerk notes."""
    known = lists.kinds.get(kind)
    return known is not None and known.counts_from in STARTS


def started_due(connection: sa.Connection, lists: Nomenclatures, entry: bytes, on: date) -> Due:
    """Return the due date of a term that begins on this day: its effect, before the act.

    Raises:
        UnknownEntry: there is none of this GUID.
        NoSuchExtension: its term does not begin with an event, or runs already.

    """
    held = details(connection, entry)
    known = lists.kinds.get(held.row.kind)
    if known is None or known.counts_from not in STARTS or held.due is not None or held.term.stopped:
        raise NoSuchExtension
    return STARTS[known.counts_from](known, on, lists.calendar)


def start(
    store: StationStore,
    lists: Nomenclatures,
    entry: bytes,
    on: date,
    confirmed: date | None = None,
    draft: bytes | None = None,
) -> Due:
    """Note the event with which the term of an entry begins; return the due date told now.

    Raises:
        UnknownEntry, AlreadyAnnulled, NoSuchExtension: nothing was changed.
        ClockDoubtful: the date must be confirmed.

    """
    with store.act(confirmed) as act:
        require_standing(act.connection, entry)
        due = started_due(act.connection, lists, entry, on)
        act.record(TermStarted(entry, on, due))
        drafts.forget_one(act.connection, draft)
    return due


# --- extension --------------------------------------------------------------------------------------------------------


def extensions_of(lists: Nomenclatures, kind: str) -> tuple[Extension, ...]:
    """Return the extensions that the law knows for a kind of document."""
    return lists.extensions.get(kind, ())


def extended_due(
    connection: sa.Connection, lists: Nomenclatures, entry: bytes, code: str, until: date | None = None
) -> Due:
    """Return the due date that an extension would give: its effect, before the act. ``until`` where no law sets it.

    Raises:
        UnknownEntry: there is none of this GUID.
        NoSuchExtension: its kind knows no such extension, its term does not run or was extended so already, or
            ``until`` is no later date.

    """
    held, filing = details(connection, entry), filing_of(connection, entry)
    found = next((one for one in extensions_of(lists, held.row.kind) if one.code == code), None)
    used, restarted_on = _since_restart(connection, entry)
    if found is None or held.due is None or (code in used and found.length is not None):
        raise NoSuchExtension
    start = restarted_on or term_start(lists, filing, held.row.recorded_at, held.row.office_date)
    due = extensions.extended(found, held.due, start, lists.calendar, until)
    if due.on <= held.due.on:
        raise NoSuchExtension
    return due


def _since_restart(connection: sa.Connection, entry: bytes) -> tuple[frozenset[str], date | None]:
    """Return which extensions the running term has used already, and the day from which it runs anew, if it does.

    The law extends by so much at most: a second extension by the same article would be more.
    """
    used: set[str] = set()
    restarted_on = None
    for row in _ACTS.all(connection, entry=entry):
        if row.act == TermAct.RESTARTED:
            used, restarted_on = set(), date.fromisoformat(row.told_on)
        elif row.act == TermAct.EXTENDED:
            used.add(row.code)
    return frozenset(used), restarted_on


class Extending(NamedTuple):
    """What the clerk says of an extension: which, why, when the person was told in writing, and until when.

    ``until`` where the law sets no length, or for less than it allows.
    """

    code: str
    reason: str
    told_on: date | None = None
    until: date | None = None


def extend(
    store: StationStore,
    lists: Nomenclatures,
    entry: bytes,
    said: Extending,
    confirmed: date | None = None,
    draft: bytes | None = None,
) -> Due:
    """Extend the term of an entry; return the due date told now. The form's ``draft`` goes with it.

    Raises:
        ReasonRequired, UnknownEntry, AlreadyAnnulled, NoSuchExtension: nothing was changed.
        ClockDoubtful: the date must be confirmed.

    """
    require_words(said.reason)
    with store.act(confirmed) as act:
        require_standing(act.connection, entry)
        due = extended_due(act.connection, lists, entry, said.code, said.until)
        act.record(TermExtended(entry, said.code, due, said.reason.strip(), said.told_on))
        drafts.forget_one(act.connection, draft)
    return due


# --- defects ----------------------------------------------------------------------------------------------------------


class Noticing(NamedTuple):
    """What the clerk says of a notice of defects: what is wanting, and the day on which it reached the applicant."""

    defects: tuple[str, ...]
    told_on: date | None = None


def time_to_repair(kind: str) -> Term:
    """Return how long an applicant has to mend defects of a document of this kind, with the article."""
    return extensions.OTHER_REPAIRING.get(kind, extensions.REPAIRING)


def repaired_by(lists: Nomenclatures, kind: str, received: date) -> Due:
    """Return until when the applicant may mend what a notice received on this day asks for."""
    return extensions.to_repair(received, lists.calendar, lists.kinds.get(kind))


def notice_defects(
    store: StationStore,
    lists: Nomenclatures,
    entry: bytes,
    said: Noticing,
    confirmed: date | None = None,
    draft: bytes | None = None,
) -> Due | None:
    """Note that the applicant was told what is wanting; the office's term stands still. Return the applicant's term.

    Without the day of its receipt the notice is on its way and gives no term yet; it is noted again once received.

    Raises:
        ReasonRequired: nothing is wanting.
        UnknownEntry, AlreadyAnnulled: nothing was changed.
        ClockDoubtful: the date must be confirmed.

    """
    wanting = tuple(filter(None, (" ".join(one.split()) for one in said.defects)))
    require_words("".join(wanting))
    with store.act(confirmed) as act:
        require_standing(act.connection, entry)
        kind = details(act.connection, entry).row.kind
        until = repaired_by(lists, kind, said.told_on) if said.told_on is not None else None
        act.record(DefectsNoticed(entry, wanting, said.told_on, until))
        drafts.forget_one(act.connection, draft)
    return until


def restarted_due(connection: sa.Connection, lists: Nomenclatures, entry: bytes, on: date) -> Due | None:
    """Return the due date that a repair on this day would give: the whole term, anew.

    Raises:
        UnknownEntry: there is none of this GUID.

    """
    held, filing = details(connection, entry), filing_of(connection, entry)
    kind = lists.kinds.get(filing.kind)
    if kind is None:
        return None
    return extensions.restarted(kind, service_term(lists, filing, held.row.office_date), on, lists.calendar)


def repair(
    store: StationStore,
    lists: Nomenclatures,
    entry: bytes,
    on: date,
    confirmed: date | None = None,
    draft: bytes | None = None,
) -> Due | None:
    """Note that the defects are mended since a day; return the due date that runs from there.

    Raises:
        NoDefectsNoticed: no notice of defects is open.
        UnknownEntry, AlreadyAnnulled: nothing was changed.
        ClockDoubtful: the date must be confirmed.

    """
    with store.act(confirmed) as act:
        require_standing(act.connection, entry)
        if not details(act.connection, entry).term.stopped:
            raise NoDefectsNoticed
        due = restarted_due(act.connection, lists, entry, on)
        act.record(DefectsRepaired(entry, on, due))
        drafts.forget_one(act.connection, draft)
    return due
