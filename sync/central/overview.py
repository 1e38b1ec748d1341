"""The desk's first screen: the office in numbers, and every village with its state, worst first.

One grouped query for each kind of thing, whatever the number of villages.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain import canonical
from app.domain.facts import RegisterGrant, StationAdmitted
from app.domain.office_date import local
from app.domain.terms import Road, TownState, VillageState
from app.ledger import post
from app.ledger.journal import last_position
from app.ledger.tables import entries, inbox, journal, receipts, stations, streams, tills
from sync.central import reasons
from sync.central.answers import DAYS, Office, RegisterShown, Village, VillageReason, Villages, Waiting
from sync.central.store import CentreStore
from sync.central.waiting import waiting_lines


def revision(connection: sa.Connection) -> str:
    """Return a text that is another one after every fact and every arrival."""
    arrived = connection.execute(sa.select(sa.func.max(inbox.c.place))).scalar()
    return f"{last_position(connection)}.{arrived or 0}"


class Exchanges(NamedTuple):
    """How the road stands: the last exchange that came through (UTC seconds), and why the last one did not."""

    at: int | None
    failure: str | None


def office(connection: sa.Connection, store: CentreStore, exchanges: Exchanges) -> Office:
    """Return the office in numbers, counted over indices only."""
    by_town = sa.select(entries.c.town, sa.func.count()).group_by(entries.c.town)
    town = {row[0]: row[1] for row in connection.execute(by_town)}
    open_envelopes = inbox.c.state.in_(reasons.OPEN)

    def how_many(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
        query = sa.select(sa.func.count()).select_from(table).where(*conditions)
        return int(connection.execute(query).scalar_one())

    return Office(
        municipality=store.secrets.municipality,
        name=store.secrets.municipality_name,
        demonstration=store.secrets.demonstration,
        now=int(store.world.clock.now().timestamp()),
        revision=revision(connection),
        villages=how_many(stations),
        entries=sum(town.values()),
        undecided=town.get(TownState.NEW, 0) + town.get(TownState.ANSWERED, 0),
        disputed=town.get(TownState.DISPUTED, 0),
        receipts=how_many(receipts),
        not_recorded=how_many(inbox, open_envelopes),
        exchanged_at=exchanges.at,
        exchange_failure=exchanges.failure,
    )


class _Station(NamedTuple):
    row: Any
    admitted: StationAdmitted
    admitted_at: int

    @property
    def stream(self) -> bytes:
        return bytes(self.row.epoch)


def villages(connection: sa.Connection, now: datetime) -> Villages:
    """Return all villages, worst first and then by name."""
    today = local(now).date()
    admitted = list(_stations(connection))
    gathered = _Gathered(connection, _owners(admitted), today)
    rows = [_village(one, gathered, int(now.timestamp())) for one in admitted]
    rows.sort(key=lambda one: (_ORDER[one.state], one.name))
    seen = last_position(connection)
    return Villages(revision=revision(connection), seen=seen, today=today, villages=tuple(rows))


_ORDER = {state: place for place, state in enumerate(VillageState)}


def _stations(connection: sa.Connection) -> Iterator[_Station]:
    rows = {bytes(row.station): row for row in connection.execute(sa.select(stations))}
    answer_streams = sa.select(streams.c.stream).where(streams.c.author == "centre")
    query = sa.select(journal.c.canonical).where(journal.c.stream.in_(answer_streams), journal.c.sequence == 1)
    for (octets,) in connection.execute(query):
        fact = canonical.decode(bytes(octets))
        if isinstance(fact.body, StationAdmitted):
            yield _Station(rows[fact.body.station], fact.body, fact.recorded_at)


def _owners(admitted: Sequence[_Station]) -> reasons.Owners:
    """Return who keeps which books; where a revoked station had them before, the one that has them now."""
    in_turn = sorted(admitted, key=lambda one: (one.row.revoked_from_batch is None, one.admitted_at))
    registers = {index: bytes(one.row.station) for one in in_turn for index in _indices(one.admitted)}
    return reasons.Owners(
        registers, {till.index: bytes(one.row.station) for one in in_turn for till in one.admitted.tills}
    )


def _indices(admitted: StationAdmitted) -> list[int]:
    return [index for grant in admitted.registers for index in (grant.index, *grant.spares)]


class _Contact(NamedTuple):
    at: int
    road: Road
    batch: int


class _Gathered:
    """What the grouped queries found, by stream, station or till."""

    def __init__(self, connection: sa.Connection, owners: reasons.Owners, today: date) -> None:
        self.contacts = _contacts(connection)
        self.entries = _counts(connection, entries)
        self.receipts = _counts(connection, receipts)
        self.facts = _facts(connection)
        self.balances = _balances(connection)
        self.since = reasons.gathered_since(connection)
        self.days = _days(connection, owners, today)
        self.waiting, self.oldest = _waiting(connection)
        self.reasons = reasons.of_all(connection, owners, today - timedelta(days=DAYS - 1))


def _village(one: _Station, gathered: _Gathered, now: int) -> Village:
    contact = gathered.contacts.get(bytes(one.row.station))
    own_tills = tuple(till.index for till in one.admitted.tills)
    waiting = Waiting(**gathered.waiting[one.stream])
    found = [
        *gathered.reasons[bytes(one.row.station)],
        *reasons.of_lines(waiting, gathered.oldest[one.stream]),
        *reasons.of_contact(one.row, contact.at if contact else one.admitted_at, now),
    ]
    found.sort(key=lambda reason: _ORDER[reason.state])
    worst = found or [VillageReason(state=VillageState.CLEAN)]
    balance = sum(gathered.balances.get(till, 0) for till in own_tills)
    return Village(
        station=one.row.station.hex(),
        name=one.row.name,
        registers=tuple(_register(grant, one.admitted, gathered.balances) for grant in one.admitted.registers),
        tills=own_tills,
        admitted_at=one.admitted_at,
        last_contact=contact.at if contact else None,
        last_road=contact.road if contact else None,
        last_batch=contact.batch if contact else None,
        revoked=one.row.revoked_from_batch is not None,
        state=worst[0].state,
        reasons=tuple(worst),
        waiting=waiting,
        entries=gathered.entries.get(one.stream, 0),
        receipts=gathered.receipts.get(one.stream, 0),
        facts=gathered.facts.get(one.stream, 0),
        till_cents=balance,
        till_since=min((gathered.since[till] for till in own_tills if till in gathered.since), default=None),
        days=_bars(gathered.days, one.admitted),
    )


def _register(grant: RegisterGrant, admitted: StationAdmitted, balances: Mapping[int, int]) -> RegisterShown:
    own = [balances.get(till.index, 0) for till in admitted.tills if till.mayoralty == grant.mayoralty]
    return RegisterShown(
        index=grant.index,
        spares=grant.spares,
        mayoralty=grant.mayoralty,
        name=grant.name,
        till_cents=sum(own) if own else None,
    )


def _bars(days: Mapping[int, Sequence[int]], admitted: StationAdmitted) -> tuple[int, ...]:
    own = [days[index] for index in _indices(admitted) if index in days]
    return tuple(map(sum, zip([0] * DAYS, *own, strict=True)))


def _contacts(connection: sa.Connection) -> dict[bytes, _Contact]:
    """Return the last envelope of each sender that proved to be the sender's own."""
    newest = sa.select(sa.func.max(inbox.c.place)).where(inbox.c.state != post.SET_ASIDE).group_by(inbox.c.sender)
    query = sa.select(inbox.c.sender, inbox.c.arrived_at, inbox.c.road, inbox.c.number).where(inbox.c.place.in_(newest))
    return {bytes(sender): _Contact(at, Road(road), number) for sender, at, road, number in connection.execute(query)}


def _counts(connection: sa.Connection, table: sa.Table) -> dict[bytes, int]:
    query = sa.select(table.c.stream, sa.func.count()).group_by(table.c.stream)
    return {bytes(stream): count for stream, count in connection.execute(query)}


def _facts(connection: sa.Connection) -> dict[bytes, int]:
    query = sa.select(streams.c.stream, streams.c.sequence)
    return {bytes(stream): sequence for stream, sequence in connection.execute(query)}


def _balances(connection: sa.Connection) -> dict[int, int]:
    query = sa.select(tills.c.till, tills.c.balance)
    return {row[0]: row[1] for row in connection.execute(query)}


def _days(connection: sa.Connection, owners: reasons.Owners, today: date) -> dict[int, list[int]]:
    """Return the entries of each of the last thirty office dates, oldest first, by register index."""
    start = today - timedelta(days=DAYS - 1)
    query = (
        sa.select(entries.c.register, entries.c.office_date, sa.func.count())
        .where(entries.c.register.in_(list(owners.registers)))
        .where(entries.c.office_date >= start.isoformat(), entries.c.office_date <= today.isoformat())
        .group_by(entries.c.register, entries.c.office_date)
    )
    found: dict[int, list[int]] = defaultdict(lambda: [0] * DAYS)
    for register, day, count in connection.execute(query):
        found[register][(date.fromisoformat(day) - start).days] = count
    return found


def _waiting(connection: sa.Connection) -> tuple[defaultdict[bytes, Counter[str]], defaultdict[bytes, dict[str, int]]]:
    """Return by stream how many lines wait in which way, and since when the oldest of each does."""
    counts: defaultdict[bytes, Counter[str]] = defaultdict(Counter)
    oldest: defaultdict[bytes, dict[str, int]] = defaultdict(dict)
    for stream, way, at in _ways(connection):
        counts[stream][way] += 1
        oldest[stream][way] = min(at, oldest[stream].get(way, at))
    return counts, oldest


def _ways(connection: sa.Connection) -> Iterable[tuple[bytes, str, int]]:
    for line in waiting_lines(connection):
        answered = line.row.town == TownState.ANSWERED
        way = "answered" if answered else "clean" if line.clean else "person"
        yield bytes(line.row.stream), way, line.row.recorded_at
    query = sa.select(entries.c.stream, entries.c.decided_at).where(entries.c.town == TownState.DISPUTED)
    for stream, at in connection.execute(query):
        yield bytes(stream), "disputed", at or 0
