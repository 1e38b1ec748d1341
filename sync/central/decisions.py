"""Reconcile and decide (равнение, решения): what is clean is accepted at a stroke, the rest is decided one by one."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain.errors import AlreadyDecided, LineChanged, ReasonRequired, UnknownEntry, UnknownStation
from app.domain.facts import CENTRE_KINDS, EntryAccepted, EntryDisputed
from app.domain.office_date import local
from app.domain.terms import DecidedBy, DisputeReason, Standing, TownState
from app.ledger.tables import entries, inbox, receipts, stations
from sync.central import history
from sync.central.docflow import Docflow, Filing
from sync.central.findings import village_findings
from sync.central.store import Act, CentreStore, answer_stream
from sync.central.waiting import WAITING, told_number, waiting_lines


class Stroke(NamedTuple):
    """What accepting all that is clean did: how many it accepted, and which entries stay because they changed."""

    accepted: int
    changed: tuple[bytes, ...]


def accept_clean(store: CentreStore, docflow: Docflow, actor: int, by: DecidedBy = DecidedBy.PERSON) -> int:
    """Accept every entry that is clean, one fact each; return how many."""
    return accept_seen(store, docflow, actor, by=by).accepted


def accept_seen(
    store: CentreStore,
    docflow: Docflow,
    actor: int,
    *,
    seen: int | None = None,
    station: bytes | None = None,
    by: DecidedBy = DecidedBy.PERSON,
) -> Stroke:
    """Accept the entries that are clean, of one station or of all, one fact each.

    Entries that a fact after the position ``seen`` concerns stay: nobody looked at them as they are now.

    Raises:
        UnknownStation: nothing was decided.

    """
    with store.act(actor) as act:
        stream = station_stream(act.connection, station) if station is not None else None
        clean = [line.row for line in waiting_lines(act.connection, stream) if line.clean]
        changed = _changed(act.connection, seen)
        streams: dict[bytes, bytes] = {}
        for row in clean:
            if bytes(row.entry) not in changed:
                if row.stream not in streams:
                    streams[row.stream] = _answers_of(act.connection, row.stream)
                _accept(act, docflow, streams[row.stream], row, by)
    stay = tuple(bytes(row.entry) for row in clean if bytes(row.entry) in changed)
    return Stroke(len(clean) - len(stay), stay)


def _changed(connection: sa.Connection, seen: int | None) -> frozenset[bytes]:
    if seen is None:
        return frozenset()
    return history.changed_since(connection, sa.select(entries.c.entry).where(entries.c.town.in_(WAITING)), seen)


def accept(store: CentreStore, docflow: Docflow, entry: bytes, actor: int, seen: int | None = None) -> str:
    """Accept one entry whatever was found, by a person; return its central number.

    An entry that is accepted already stays as it is and gives its number again.

    Raises:
        UnknownEntry: nothing was decided.
        AlreadyDecided, LineChanged: a fact after the position ``seen`` decided it or changed it.

    """
    with store.act(actor) as act:
        row = _row_of(act.connection, entry)
        if row.town == TownState.ACCEPTED:
            return str(row.central_number)
        _require_seen(act.connection, entry, seen)
        return _accept(act, docflow, _answers_of(act.connection, row.stream), row, DecidedBy.PERSON)


def _accept(act: Act, docflow: Docflow, answers: bytes, row: Any, by: DecidedBy) -> str:  # noqa: ANN401 - a row
    number = ""
    if row.standing != Standing.ANNULLED:
        today = local(act.now).date().isoformat()
        filing = Filing(row.entry, row.kind, row.subject, told_number(row), today)
        number = docflow.register(act.connection, filing)
    act.record(answers, EntryAccepted(bytes(row.entry), number, by))
    return number


def dispute(
    store: CentreStore, entry: bytes, reason: DisputeReason, note: str, actor: int, seen: int | None = None
) -> None:
    """Dispute one entry with a coded reason; the same dispute again is no change.

    Raises:
        UnknownEntry, ReasonRequired: nothing was decided; ``other`` needs a note.
        AlreadyDecided: it is accepted, or somebody decided after the position ``seen``.
        LineChanged: the village changed it after the position ``seen``.

    """
    with store.act(actor) as act:
        row = _row_of(act.connection, entry)
        if row.town == TownState.ACCEPTED:
            raise AlreadyDecided
        if (row.town, row.dispute_reason, row.dispute_note) == (TownState.DISPUTED, reason, note):
            return
        _require_seen(act.connection, entry, seen)
        if reason is DisputeReason.OTHER and not note.strip():
            raise ReasonRequired
        act.record(_answers_of(act.connection, row.stream), EntryDisputed(entry, reason, note))


def _row_of(connection: sa.Connection, entry: bytes) -> Any:  # noqa: ANN401 - a row
    row = connection.execute(sa.select(entries).where(entries.c.entry == entry)).first()
    if row is None:
        raise UnknownEntry
    return row


def _require_seen(connection: sa.Connection, entry: bytes, seen: int | None) -> None:
    """Accept a decision on an entry as it was at a position of the journal; None was read in this transaction."""
    newer = history.newest_kind_after(connection, entry, seen) if seen is not None else None
    if newer in CENTRE_KINDS:
        raise AlreadyDecided
    if newer is not None:
        raise LineChanged


def station_stream(connection: sa.Connection, station: bytes) -> bytes:
    """Return the stream that a station writes.

    Raises:
        UnknownStation: none is admitted under that id.

    """
    found = connection.execute(sa.select(stations.c.epoch).where(stations.c.station == station)).scalar()
    if found is None:
        raise UnknownStation
    return bytes(found)


def _answers_of(connection: sa.Connection, stream: bytes) -> bytes:
    query = sa.select(stations.c.station).where(stations.c.epoch == stream)
    return answer_stream(connection, connection.execute(query).scalar_one())


def set_aside(connection: sa.Connection) -> list[tuple[bytes, str, str]]:
    """Return (envelope id, state, code) of what was set aside or waits for an earlier batch."""
    query = sa.select(inbox.c.envelope, inbox.c.state, inbox.c.code).where(inbox.c.state != "recorded")
    return [(bytes(row[0]), row[1], row[2]) for row in connection.execute(query.order_by(inbox.c.place))]


class Status(NamedTuple):
    """What a centre holds; counts of entries unless the name says otherwise, cash in minor units."""

    entries: int
    receipts: int
    accepted: int
    disputed: int
    cash_cents: int
    set_aside: int
    village_findings: int


def status(connection: sa.Connection) -> Status:
    """Return what the centre's tables hold."""
    count = sa.select(sa.func.count()).select_from(entries)
    cash = sa.select(sa.func.coalesce(sa.func.sum(receipts.c.cents), 0))
    return Status(
        entries=connection.execute(count).scalar_one(),
        receipts=connection.execute(sa.select(sa.func.count()).select_from(receipts)).scalar_one(),
        accepted=connection.execute(count.where(entries.c.town == TownState.ACCEPTED)).scalar_one(),
        disputed=connection.execute(count.where(entries.c.town == TownState.DISPUTED)).scalar_one(),
        cash_cents=int(connection.execute(cash).scalar_one()),
        set_aside=len(set_aside(connection)),
        village_findings=len(village_findings(connection)),
    )
