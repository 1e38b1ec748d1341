"""The station's store (хранилище): opened by a password, written by one act at a time."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path

import msgspec
import sqlalchemy as sa

from app import BUILD_DATE
from app.domain import office_date
from app.domain.errors import StoreExists, StoreMissing, StoreUnavailable
from app.domain.facts import AnswerApplied, Body, Fact
from app.domain.office_date import OfficeDate
from app.domain.ports import Clock, Disk, Milestone, Randomness, pass_by
from app.ledger import engine as engines
from app.ledger import keyslots
from app.ledger.journal import Ledger, OpenStore, Stamp, Writing, head_of
from app.ledger.migrate import LEDGER, Beside, Chain, migrate
from app.store import head_slot, identity_table, search
from app.store.files import Vault
from app.store.files_secret import FilesSecret
from app.store.identity import Identity

DATABASE = "store.db"
KEYS = "keys"
NEXT_KEYS = "keys.next"
STORE = Chain(Path(__file__).parent / "migrations", "store_version", "0002")
SEARCH = Beside((search.index,), search.empty)

Unlocked = tuple[str, bytes]
"""(slot name, database key): what a password opened."""

Sign = Callable[[bytes, bytes, bytes], bytes]
"""(private key, label, message) → Ed25519 signature; ``sync.signatures.sign`` fits it."""


@dataclasses.dataclass(frozen=True)
class World:
    """The ports a store needs."""

    clock: Clock
    randomness: Randomness
    disk: Disk
    sign: Sign
    milestone: Milestone = pass_by
    build: date = BUILD_DATE
    cost: keyslots.Cost = keyslots.STRONG


class Act:
    """One business act: what it records stands whole or not at all."""

    def __init__(self, writing: Writing, store: "StationStore", confirmed: date | None) -> None:
        self.writing = writing
        self.connection = writing.connection
        self.identity = store.identity
        self.actor = store.account
        self.now = store.world.clock.now()
        self._world = store.world
        self._confirmed = confirmed

    @cached_property
    def today(self) -> OfficeDate:
        """The office date of this act; decided only where it is needed, so that a repeated act is answered in any case.

        Raises:
            ClockDoubtful: the date must be confirmed first.

        """
        head = self.writing.head(self.identity.epoch)
        return office_date.decide(self.now, head.last_seen() if head else None, self._world.build, self._confirmed)

    def record(self, body: Body) -> Fact:
        """Append a fact with this body to the station's own stream and project it."""
        stamp = Stamp(self.actor, self.now, self.today, self._world.randomness.bytes)
        return self.writing.state(self.identity.epoch, body, stamp)

    def put_down(self) -> None:
        """Put what was recorded into the tables now, so that the rest of this act can read it."""
        self.writing.pen.flush()

    def apply_answers(self, stream: bytes, answers: Sequence[tuple[Fact, bytes]]) -> None:
        """Append and project the town's facts; one own fact says how far they are applied."""
        for fact, octets in answers:
            self.writing.record(stream, octets, fact)
        head = self.writing.head(stream)
        if head is not None:
            self.record(AnswerApplied(stream, head.sequence, head.digest))


class StationStore(OpenStore):
    """An open store. ``account`` is the number of the account that opened it, ``files`` hold what is attached."""

    def __init__(self, folder: Path, engine: sa.Engine, account: int, world: World) -> None:
        self.folder = folder
        self.world = world
        self.account = account
        self.ledger = Ledger(engine, milestone=world.milestone, listeners=SEARCH.listeners)
        with self.ledger.reading() as connection:
            self.identity = identity_table.load(connection)
        self._slot = head_slot.Slot(world.disk, head_slot.place(folder))
        self.files = Vault(folder, world.disk, world.randomness, FilesSecret(self.ledger, world.randomness))
        self.world = dataclasses.replace(world, build=max(world.build, self.identity.issued_on))

    def close(self) -> None:
        """Let go of the file, and of the head slot."""
        super().close()
        self._slot.close()

    def tidy(self) -> None:
        """Carry the WAL over into the database; between acts, when the desk is idle."""
        engines.checkpoint(self.ledger.engine)

    @contextmanager
    def act(self, confirmed: date | None = None) -> Iterator[Act]:
        """Give one act on the office date of now; ``confirmed`` is the clerk's date where the clock is in doubt.

        Raises:
            ClockDoubtful: the date must be confirmed first.

        """
        with self.ledger.writing() as writing:
            yield Act(writing, self, confirmed)
        self._sign_head(writing)

    @contextmanager
    def bookkeeping(self) -> Iterator[Act]:
        """Give an act of the program itself: where the clock is in doubt it takes the last act's date."""
        with self.ledger.reading() as connection:
            head = head_of(connection, self.identity.epoch)
        with self.act(head.last_seen().office_date if head else None) as act:
            yield act

    def _sign_head(self, writing: Writing) -> None:
        me = self.identity
        head = writing.appended.get(me.epoch)
        if head is None:
            return
        said = head_slot.statement(me.station, head.stream, head.sequence, head.digest)
        signature = self.world.sign(me.signing_key, head_slot.LABEL, said)
        signed = head_slot.SignedHead(me.station, head.stream, head.sequence, head.digest, signature)
        # The act stands already: a slot that stays behind is normal, an error here would say that it does not.
        with suppress(StoreUnavailable):
            self._slot.write(signed)

    def confirm(self, act: Act) -> None:
        """Keep, within an act, that the enrolment was compared on both sides."""
        self.identity = msgspec.structs.replace(self.identity, confirmed=True)
        identity_table.save(act.connection, self.identity)


def create(folder: Path, identity: Identity, passwords: dict[str, str], world: World) -> sa.Engine:
    """Make a new store with a slot for each of ``passwords`` (slot name → password); return its engine.

    Raises:
        StoreExists: there is one at that place; it is not touched.

    """
    if (folder / KEYS).exists():
        raise StoreExists(place=folder.name)
    random = world.randomness.bytes
    master = random(keyslots.KEY_BYTES)
    engine = engines.open_engine(folder / DATABASE, master)
    migrate_all(engine)
    with engines.translated(), engine.begin() as connection:
        identity_table.save(connection, identity)
    file = keyslots.create(master, b"", random)
    for name, password in passwords.items():
        file = keyslots.with_slot(file, name, password, master, random, world.cost)
    world.disk.write(str(folder / KEYS), keyslots.write(file))
    return engine


def migrate_all(engine: sa.Engine) -> None:
    """Bring all tables of a station to their newest schema."""
    migrate(engine, (LEDGER, STORE), SEARCH)


def unlock(folder: Path, password: str, world: World, slot: str | None = None) -> tuple[str, bytes]:
    """Return (slot name, database key).

    Raises:
        StoreMissing, StoreDamaged, WrongPassword: as they say.

    """
    try:
        file = keyslots.read(world.disk.read(str(folder / KEYS)))
    except FileNotFoundError as error:
        raise StoreMissing(place=folder.name) from error
    return keyslots.unlock(file, password, slot)


def open_store(folder: Path, password: str, world: World, unlocked: Unlocked | None = None) -> StationStore:
    """Open a store by the password of one of its accounts.

    Raises:
        StoreMissing, WrongPassword, StoreDamaged, StoreTooNew: the store is as it was.

    """
    slot, master = unlocked or unlock(folder, password, world)
    engines.require_database(folder / DATABASE)
    engine = engines.open_engine(folder / DATABASE, master)
    migrate_all(engine)
    return StationStore(folder, engine, int(slot), world)
