"""Register an entry, correct it, answer for it, annul it (вписване, поправка, обяснение, анулиране)."""

from datetime import date

from app.domain import numbering
from app.domain.entries import Filing, require
from app.domain.facts import EntryAnnulled, EntryRegistered
from app.domain.particulars import OUR_NUMBER
from app.services import cases
from app.services.book_rules import (
    Registered,
    entry_by_number,
    last_number,
    next_number,
    require_register,
    require_standing,
    require_words,
    told,
)
from app.services.correction import answer_dispute, correct, derive_correction
from app.services.deriving import Derived, content, derive, particulars_fact
from app.services.nomenclatures import Nomenclatures
from app.store import drafts
from app.store.station import Act, StationStore

__all__ = [
    "Derived",
    "Registered",
    "annul",
    "answer_dispute",
    "correct",
    "derive",
    "derive_correction",
    "entry_by_number",
    "last_number",
    "next_number",
    "register",
    "require_register",
]


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
        return enter(act, lists, filing)


def enter(act: Act, lists: Nomenclatures, filing: Filing) -> Registered:
    """Register a filing inside an act; one that was registered before is answered the same.

    Raises:
        UnknownKind, UnknownRegister, ClockDoubtful: as ``register``.

    """
    drafts.forget(act.connection, filing.entry)
    already = told(act.connection, filing.entry)
    if already is not None:
        return already
    body = _decide(act, lists, filing)
    act.record(body)
    beside = particulars_fact(filing)
    if beside is not None:
        act.record(beside)
    number = numbering.written(body.register, body.number, act.today.on)
    return Registered(body.entry, number, body.due, body.fee, body.findings)


def _decide(act: Act, lists: Nomenclatures, filing: Filing) -> EntryRegistered:
    lists.kind(filing.kind)
    require_register(act.connection, filing.register)
    year = act.today.on.year
    derived = derive(lists, filing, act.now, act.today)
    return EntryRegistered(
        entry=filing.entry,
        case_file=_case_of(act, filing, year) or filing.entry,
        register=filing.register,
        year=year,
        number=next_number(act.connection, filing.register, year),
        **content(filing),
        **derived._asdict(),
    )


def _case_of(act: Act, filing: Filing, year: int) -> bytes | None:
    """Return the case that a paper belongs to: the one it was begun in, or that of the number of ours that it names."""
    if filing.case_file is not None:
        return filing.case_file
    found = cases.find(act.connection, filing.register, filing.particulars.value(OUR_NUMBER), year)
    return found.case_file if found is not None else None


def annul(
    store: StationStore,
    entry: bytes,
    reason: str,
    replaced_by: bytes | None = None,
    confirmed: date | None = None,
    draft: bytes | None = None,
) -> None:
    """Annul an entry: its number stays used and visible. The form's ``draft`` goes with it.

    Raises:
        ReasonRequired, UnknownEntry, AlreadyAnnulled: nothing was changed.

    """
    require_words(reason)
    with store.act(confirmed) as act:
        for one in filter(None, (entry, replaced_by)):
            require_standing(act.connection, one)
        act.record(EntryAnnulled(entry, reason, replaced_by))
        drafts.forget_one(act.connection, draft)
