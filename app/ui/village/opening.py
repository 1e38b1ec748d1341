"""Opening (отваряне): what a window knows when the door opens. The whole store may still be loading behind it."""

from collections.abc import Callable, Sequence
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
    """Whose desk this is: municipality, mayoralty with its register and till (None: none is kept), and the clerk."""

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
    """What opening brought, made on a worker's thread. ``first`` is the register's first page where a look saw it.

    ``places`` are the villages that are kept here, by register; ``place`` is the one at work.
    """

    store: "Later[StationStore]"
    lists: "Nomenclatures"
    places: tuple[Place, ...]
    place: Place
    clock: "Clock"
    randomness: "Randomness"
    first: Found | None = None


def opened_whole(store: "StationStore", lists: "Nomenclatures", left: int | None = None) -> Opened:
    """Return what an open store brings. ``left`` is the register at which the desk was left."""
    with store.ledger.reading() as connection:
        places = places_of(connection, store)
    return Opened(Later.of(store), lists, places, at_work(places, left), store.world.clock, store.world.randomness)


def opened_at_first(look: "Look", lists: "Nomenclatures", left: int | None = None) -> Opened:
    """Return what a look brings; the store is opened as a whole when somebody first asks for it."""
    seen = look.seen
    places = places_seen(seen)
    place = at_work(places, left)
    seen.choose(place.register)
    today = local(look.clock.now()).date()
    rows = seen.newest(PAGE)
    first = Found(seen.awaits_clerk(today, AWAITING), rows, more=len(rows) == PAGE)
    return Opened(Later(_then_closing(look)), lists, places, place, look.clock, look.randomness, first)


def at_work(places: Sequence[Place], left: int | None) -> Place:
    """Return the village at which the desk was left, the first where that is not kept here (any more)."""
    return next((one for one in places if one.register == left), places[0])


def _then_closing(look: "Look") -> "Callable[[], StationStore]":
    """Open the store, and only then close the look: the last connection that closes rewrites the database."""

    def whole() -> "StationStore":
        try:
            return look.open()
        finally:
            look.seen.close()

    return whole


def places_seen(seen: "FirstLook") -> tuple[Place, ...]:
    """Return the villages that a look sees."""
    me = seen.identity
    return tuple(
        Place(
            municipality=municipality_name(me.municipality),
            mayoralty=name,
            register=register,
            till=till,
            clerk=seen.clerk,
            stream=me.epoch,
            station=me.station,
            demonstration=me.demonstration,
        )
        for register, name, till in seen.villages or ((0, me.name, None),)
    )


def places_of(connection: "sa.Connection", store: "StationStore") -> tuple[Place, ...]:
    """Return the villages of an open store."""
    import sqlalchemy as sa

    from app.ledger.tables import accounts, registers, tills

    me, of = store.identity, registers.c
    till = sa.select(sa.func.min(tills.c.till)).where(tills.c.mayoralty == of.mayoralty).scalar_subquery()
    kept = connection.execute(sa.select(of.register, of.name, till).order_by(of.register)).all()
    named = sa.select(accounts.c.name).where(accounts.c.stream == me.epoch, accounts.c.account == store.account)
    clerk = connection.execute(named).scalar() or ""
    return tuple(
        Place(
            municipality=municipality_name(me.municipality),
            mayoralty=name,
            register=register,
            till=own_till,
            clerk=clerk,
            stream=me.epoch,
            station=me.station,
            demonstration=me.demonstration,
        )
        for register, name, own_till in kept or ((0, me.name, None),)
    )
