"""The centre's store: its ledger, its keys under a passphrase, and acts that append to a station's answer stream."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
import sqlalchemy as sa

from app.domain import canonical
from app.domain.errors import StoreExists, StoreMissing, UnknownStation
from app.domain.facts import Body, Fact
from app.domain.office_date import OfficeDate, local
from app.domain.ports import Clock, Disk, Milestone, Randomness, pass_by
from app.ledger import engine as engines
from app.ledger import keyslots
from app.ledger.journal import Ledger, OpenStore, Stamp, Writing
from app.ledger.migrate import LEDGER, Chain, migrate
from app.ledger.tables import journal
from sync import envelope, frame
from sync.ends import Own

DATABASE = "centre.db"
KEYS = "keys"
SLOT = "service"
CENTRE = Chain(Path(__file__).parent / "migrations", "centre_version", "0002")


class Secrets(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The centre's private keys and settings, sealed in its key file."""

    municipality: str
    municipality_name: str
    centre: bytes
    signing_key: bytes
    receiving_key: bytes
    relay: str
    relay_key: bytes
    desk_token: str
    demonstration: bool


@dataclasses.dataclass(frozen=True)
class World:
    """The ports a centre needs."""

    clock: Clock
    randomness: Randomness
    disk: Disk
    milestone: Milestone = pass_by
    cost: keyslots.Cost = keyslots.STRONG


class Act:
    """One transaction of the centre: facts go into the answer stream of the station they concern."""

    def __init__(self, writing: Writing, store: "CentreStore", actor: int, now: datetime) -> None:
        self.writing = writing
        self.connection = writing.connection
        self.actor = actor
        self.now = now
        self._store = store

    def record(self, answers: bytes, body: Body) -> Fact:
        """Append a fact with this body to an answer stream and project it."""
        today = OfficeDate(local(self.now).date(), doubt=False)
        stamp = Stamp(self.actor, self.now, today, self._store.world.randomness.bytes)
        return self.writing.state(answers, body, stamp)


class CentreStore(OpenStore):
    """An open store of a centre."""

    def __init__(self, folder: Path, engine: sa.Engine, secrets: Secrets, world: World) -> None:
        self.folder = folder
        self.secrets = secrets
        self.world = world
        self.ledger = Ledger(engine, milestone=world.milestone)

    @contextmanager
    def act(self, actor: int = 0) -> Iterator[Act]:
        """Give one transaction of the centre."""
        with self.ledger.writing() as writing:
            yield Act(writing, self, actor, self.world.clock.now())

    def own(self) -> Own:
        """Return who the centre is on the road."""
        keys = self.secrets
        return Own(keys.municipality, keys.centre, keys.signing_key, keys.receiving_key, frame.DOWN)


def create(folder: Path, secrets: Secrets, passphrase: str, world: World) -> CentreStore:
    """Make a new centre.

    Raises:
        StoreExists: there is one at that place.

    """
    if (folder / KEYS).exists():
        raise StoreExists(place=folder.name)
    random = world.randomness.bytes
    master = random(keyslots.KEY_BYTES)
    engine = engines.open_engine(folder / DATABASE, master)
    migrate_all(engine)
    file = keyslots.create(master, msgspec.msgpack.encode(secrets), random)
    file = keyslots.with_slot(file, SLOT, passphrase, master, random, world.cost)
    world.disk.write(str(folder / KEYS), keyslots.write(file))
    return CentreStore(folder, engine, secrets, world)


def open_store(folder: Path, passphrase: str, world: World) -> CentreStore:
    """Open a centre by its passphrase.

    Raises:
        StoreMissing, WrongPassword, StoreDamaged, StoreTooNew: the store is as it was.

    """
    try:
        file = keyslots.read(world.disk.read(str(folder / KEYS)))
    except FileNotFoundError as error:
        raise StoreMissing(place=folder.name) from error
    _, master = keyslots.unlock(file, passphrase)
    secrets = msgspec.msgpack.decode(keyslots.payload(file, master), type=Secrets)
    engines.require_database(folder / DATABASE)
    engine = engines.open_engine(folder / DATABASE, master)
    migrate_all(engine)
    return CentreStore(folder, engine, secrets, world)


def migrate_all(engine: sa.Engine) -> None:
    """Bring all tables of a centre to their newest schema."""
    migrate(engine, (LEDGER, CENTRE))


def new_secrets(
    world: World, municipality: str, name: str, relay: str, relay_key: bytes, *, demonstration: bool
) -> Secrets:
    """Return the keys of a new centre."""
    random = world.randomness.bytes
    return Secrets(
        municipality=municipality,
        municipality_name=name,
        centre=random(16),
        signing_key=random(32),
        receiving_key=envelope.new_private_key(random(96)),
        relay=relay,
        relay_key=relay_key,
        desk_token=random(24).hex(),
        demonstration=demonstration,
    )


def answer_stream(connection: sa.Connection, station: bytes) -> bytes:
    """Return the answer stream of a station.

    Raises:
        UnknownStation: none is admitted under that id.

    """
    streams = sa.table("streams", sa.column("stream"), sa.column("station"), sa.column("author"))
    query = sa.select(streams.c.stream).where(streams.c.station == station, streams.c.author == "centre")
    found = connection.execute(query).scalar()
    if found is None:
        raise UnknownStation
    return bytes(found)


def first_fact(connection: sa.Connection, stream: bytes) -> Fact:
    """Return the first fact of a stream."""
    query = sa.select(journal.c.canonical).where(journal.c.stream == stream, journal.c.sequence == 1)
    return canonical.decode(bytes(connection.execute(query).scalar_one()))
