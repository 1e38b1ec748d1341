"""Correct an entry, answer a dispute (поправка, обяснение). The value before stays in the journal and is shown."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.domain import office_date
from app.domain.entries import Filing, require
from app.domain.errors import NotDisputed
from app.domain.facts import DisputeAnswered, EntryCorrected
from app.domain.office_date import OfficeDate
from app.domain.terms import TownState
from app.services.book_rules import Registered, require_standing, require_words
from app.services.deriving import CONTENT, FEE_FIELDS, Derived, content, decides_term, derive, particulars_fact
from app.services.details import details, filing_of
from app.services.nomenclatures import Nomenclatures
from app.store import drafts
from app.store.station import StationStore


class _Correction(NamedTuple):
    """What a correction would leave: told number, derived values, and the fact, None where nothing changes."""

    number: str
    derived: Derived
    body: EntryCorrected | None


def derive_correction(connection: sa.Connection, lists: Nomenclatures, entry: bytes, filing: Filing) -> Derived:
    """Return what would follow from an entry with the content of a filing, for the strip beside the form.

    A term or fee that was told stays as told while nothing that decides it is changed.

    Raises:
        UnknownEntry: there is none of this GUID.

    """
    return _correction(connection, lists, entry, filing, "").derived


def _correction(
    connection: sa.Connection, lists: Nomenclatures, entry: bytes, filing: Filing, reason: str
) -> _Correction:
    held, was = details(connection, entry), filing_of(connection, entry)
    then = OfficeDate(held.row.office_date, held.clock_doubt)
    derived = derive(lists, filing, office_date.moment(held.row.recorded_at), then)
    if held.term.stopped or decides_term(was) == decides_term(filing):
        derived = derived._replace(due=held.due)  # while defects wait for their repair there is none
    if _same(was, filing, FEE_FIELDS):
        derived = derived._replace(fee=held.fee)
    body = None
    if not _same(was, filing, (*CONTENT, "particulars")):
        body = EntryCorrected(entry=entry, reason=reason, **content(filing), **derived._asdict())
    return _Correction(held.row.told, derived, body)


def _same(one: Filing, other: Filing, fields: Iterable[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def correct(  # noqa: PLR0913, PLR0917 - what, by which lists, to what, why, on which day, from which draft
    store: StationStore,
    lists: Nomenclatures,
    entry: bytes,
    filing: Filing,
    reason: str,
    confirmed: date | None = None,
    draft: bytes | None = None,
) -> Registered:
    """Give an entry the content of a filing; number, date, register and case stay. Return what stands now.

    A correction that changes nothing is answered and not recorded, so that one sent twice is recorded once. The form's
    ``draft`` goes with it.

    Raises:
        ReasonRequired, MissingRequired, UnknownKind, UnknownEntry, AlreadyAnnulled: nothing was changed.
        ClockDoubtful: the date must be confirmed.

    """
    require_words(reason)
    require(filing)
    lists.kind(filing.kind)
    with store.act(confirmed) as act:
        require_standing(act.connection, entry)
        correction = _correction(act.connection, lists, entry, filing, reason)
        if correction.body is not None:
            act.record(correction.body)
            beside = particulars_fact(filing)
            if beside is not None:
                act.record(beside)
        drafts.forget_one(act.connection, draft)
    return Registered(entry, correction.number, *correction.derived)


def answer_dispute(
    store: StationStore, entry: bytes, text: str, confirmed: date | None = None, draft: bytes | None = None
) -> None:
    """Explain an entry that the town disputes; it is judged again. The form's ``draft`` goes with it.

    Raises:
        ReasonRequired, UnknownEntry, AlreadyAnnulled, NotDisputed: nothing was changed.
        ClockDoubtful: the date must be confirmed.

    """
    require_words(text)
    with store.act(confirmed) as act:
        if require_standing(act.connection, entry) is not TownState.DISPUTED:
            raise NotDisputed
        act.record(DisputeAnswered(entry, text))
        drafts.forget_one(act.connection, draft)
