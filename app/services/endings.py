"""How an entry ends without a result (приключване), how it is opened again, and what is noted on it later.

АПК чл. 31, 56, 111, ал. 4, 112; ЗДОИ чл. 32. Everything that came is registered; that there is no proceeding, or that
the paper went elsewhere, is an act of the clerk which stands beside it.
"""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.domain import extensions
from app.domain.errors import AlreadyEnded, DetailRequired, NoDefectsNoticed, NotEnded
from app.domain.facts import Due, EntryEnded, EntryReopened, NoteAdded
from app.domain.terms import CorrespondentKind, Ending
from app.services.book_rules import require_standing, require_words
from app.services.deriving import term_start
from app.services.details import EntryDetails, details, filing_of
from app.services.nomenclatures import Nomenclatures
from app.store import drafts
from app.store.station import StationStore

GO_ELSEWHERE = frozenset({Ending.FORWARDED, Ending.SENT_ON, Ending.GIVEN_BACK})
"""Endings with which the paper leaves the office: somebody is named who gets it."""

NEED_WORDS = frozenset({Ending.OFFENSIVE, Ending.TOO_OLD, Ending.WITHDRAWN})
"""Endings that a person judges: why stands beside them."""

OF_A_CALL = frozenset({"signal", "predlozhenie"})
"""Kinds that АПК чл. 111, ал. 4 speaks of."""


def endings_of(held: EntryDetails) -> tuple[Ending, ...]:
    """Return how an entry may end without a result now, the likeliest first."""
    found = []
    if held.term.stopped:
        found.append(Ending.NOT_MENDED)
    if any(one.kind is CorrespondentKind.ANONYMOUS for one in held.correspondents):
        found.append(Ending.ANONYMOUS)
    found += [Ending.FORWARDED, Ending.WITHDRAWN]
    if held.row.kind in OF_A_CALL:
        found.append(Ending.TOO_OLD)
    return (*found, Ending.SENT_ON, Ending.GIVEN_BACK, Ending.OFFENSIVE)


def forward_by(connection: sa.Connection, lists: Nomenclatures, entry: bytes) -> Due | None:
    """Return until when a paper that another body must decide is to be forwarded; None for an unknown kind.

    Raises:
        UnknownEntry: there is none of this GUID.

    """
    held, filing = details(connection, entry), filing_of(connection, entry)
    kind = lists.kinds.get(held.row.kind)
    if kind is None:
        return None
    start = term_start(lists, filing, held.row.recorded_at, held.row.office_date)
    return extensions.to_forward(kind, start, lists.calendar)


class EndingSaid(NamedTuple):
    """What the clerk says of an ending: where the paper went, with its envelope or not, when the sender was told."""

    ending: Ending
    addressee: str = ""
    with_envelope: bool = False
    told_on: date | None = None
    reason: str = ""


def end(
    store: StationStore, entry: bytes, said: EndingSaid, confirmed: date | None = None, draft: bytes | None = None
) -> None:
    """End an entry without a result. Said again with the day on which the sender was told, that day is added.

    Raises:
        DetailRequired: nobody is named who gets the paper.
        ReasonRequired: this ending needs words.
        NoDefectsNoticed: nothing waits to be mended.
        UnknownEntry, AlreadyAnnulled, AlreadyEnded: nothing was changed.
        ClockDoubtful: the date must be confirmed.

    """
    if said.ending in GO_ELSEWHERE and not said.addressee.strip():
        raise DetailRequired
    if said.ending in NEED_WORDS:
        require_words(said.reason)
    with store.act(confirmed) as act:
        require_standing(act.connection, entry)
        held = details(act.connection, entry)
        only_told = held.ended is not None and held.ended.ending is said.ending and held.ended.told_on is None
        if held.ended is not None and not (only_told and said.told_on is not None):
            raise AlreadyEnded
        if said.ending is Ending.NOT_MENDED and not held.term.stopped:
            raise NoDefectsNoticed
        addressee, reason = " ".join(said.addressee.split()), said.reason.strip()
        act.record(EntryEnded(entry, said.ending, addressee, said.with_envelope, said.told_on, reason))
        drafts.forget_one(act.connection, draft)


def reopen(
    store: StationStore, entry: bytes, reason: str, confirmed: date | None = None, draft: bytes | None = None
) -> None:
    """Open an entry again that ended without a result; a result is annulled instead.

    Raises:
        ReasonRequired, UnknownEntry, AlreadyAnnulled, NotEnded: nothing was changed.
        ClockDoubtful: the date must be confirmed.

    """
    require_words(reason)
    with store.act(confirmed) as act:
        require_standing(act.connection, entry)
        held = details(act.connection, entry)
        if held.ended is None or held.ended.ending is Ending.RESULTED:
            raise NotEnded
        act.record(EntryReopened(entry, reason.strip()))
        drafts.forget_one(act.connection, draft)


def note(
    store: StationStore, entry: bytes, text: str, confirmed: date | None = None, draft: bytes | None = None
) -> None:
    """Add a note to an entry (допълнение): nothing that stands is changed by it.

    Raises:
        ReasonRequired: there are no words.
        UnknownEntry: there is none of this GUID.
        ClockDoubtful: the date must be confirmed.

    """
    require_words(text)
    with store.act(confirmed) as act:
        details(act.connection, entry)
        act.record(NoteAdded(entry, text.strip()))
        drafts.forget_one(act.connection, draft)
