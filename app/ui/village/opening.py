"""Opening (отваряне): what a window knows when the door opens. The whole store may still be loading behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from app.domain.office_date import local
from app.ui.work import Later
from resources.loading import municipality_name

if TYPE_CHECKING:
    import sqlalchemy as sa

    from app.domain.ports import Clock, Randomness
    from app.services.first_look import FirstLook
    from app.services.list_rows import EntryRow
    from app.services.nomenclatures import Nomenclatures
    from app.store.station import StationStore
    from app.ui.village.office import Look

# ruff: noqa: PLC0415 - SQLAlchemy is loaded where a store is asked by it, never for the first picture

PAGE = 100
AWAITING = 20
"""So many rows at the most stand in the group of what awaits the clerk; the chip counts them all."""


@dataclass(frozen=True)
class Place:
    """Whose desk this is: municipality, mayoralty, the register and till that this window works on, and the clerk."""

    municipality: str
    mayoralty: str
    register: int
    till: int | None
    clerk: str
    stream: bytes
    station: bytes
    demonstration: bool


class Found(NamedTuple):
    """What a list shows: the rows that await the clerk, the rows asked for, and whether there are more."""

    awaiting: "list[EntryRow]"
    rows: "list[EntryRow]"
    more: bool


@dataclass(frozen=True)
class Opened:
    """What opening brought, made on a worker's thread. ``first`` is the register's first page where a look saw it."""

    store: "Later[StationStore]"
    lists: "Nomenclatures"
    place: Place
    clock: "Clock"
    randomness: "Randomness"
    first: Found | None = None


def opened_whole(store: "StationStore", lists: "Nomenclatures") -> Opened:
    """Return what an open store brings."""
    with store.ledger.reading() as connection:
        place = place_of(connection, store)
    return Opened(Later.of(store), lists, place, store.world.clock, store.world.randomness)


def opened_at_first(look: "Look", lists: "Nomenclatures") -> Opened:
    """Return what a look brings; the store is opened as a whole when somebody first asks for it."""
    seen = look.seen
    today = local(look.clock.now()).date()
    rows = seen.newest(PAGE)
    first = Found(seen.awaits_clerk(today, AWAITING), rows, more=len(rows) == PAGE)
    return Opened(Later(_then_closing(look)), lists, place_seen(seen), look.clock, look.randomness, first)


def _then_closing(look: "Look") -> "Callable[[], StationStore]":
    """Open the store, and only then close the look: the last connection that closes rewrites the database."""

    def whole() -> "StationStore":
        try:
            return look.open()
        finally:
            look.seen.close()

    return whole


def place_seen(seen: "FirstLook") -> Place:
    """Return whose desk a look sees."""
    me = seen.identity
    return Place(
        municipality=municipality_name(me.municipality),
        mayoralty=seen.mayoralty,
        register=seen.register or 0,
        till=seen.till,
        clerk=seen.clerk,
        stream=me.epoch,
        station=me.station,
        demonstration=me.demonstration,
    )


def place_of(connection: "sa.Connection", store: "StationStore") -> Place:
    """Return whose desk an open store is."""
    import sqlalchemy as sa

    from app.ledger.tables import accounts, registers, tills

    me = store.identity
    register = connection.execute(sa.select(registers).order_by(registers.c.register)).first()
    till = connection.execute(sa.select(tills.c.till).order_by(tills.c.till)).scalar()
    named = sa.select(accounts.c.name).where(accounts.c.stream == me.epoch, accounts.c.account == store.account)
    return Place(
        municipality=municipality_name(me.municipality),
        mayoralty=register.name if register else me.name,
        register=register.register if register else 0,
        till=till,
        clerk=connection.execute(named).scalar() or "",
        stream=me.epoch,
        station=me.station,
        demonstration=me.demonstration,
    )
