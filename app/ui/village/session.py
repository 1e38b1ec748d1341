"""A session (работа с отворено хранилище): the open store, its workers, and what changed. Pages ask, and never wait."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

from app.domain import office_date
from app.domain.errors import ClockDoubtful, TefterError
from app.ledger.journal import head_of
from app.ledger.tables import accounts, registers, tills
from app.services.nomenclatures import Nomenclatures
from app.store import drafts
from app.store.station import StationStore
from app.ui.village.office import Office
from app.ui.village.workers import Workers
from app.ui.work import Failed, Ticket, Worker
from resources.loading import municipality_name, settlement
from resources.speech import Speech

Answer = TypeVar("Answer")

ENTRIES, RECEIPTS, ROAD, DRAFTS = "entries", "receipts", "road", "drafts"
"""What a verb may have changed (``changed`` carries a set of them)."""


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


@dataclass(frozen=True)
class Kept:
    """A draft found at the start: its id, its kind and what the page wrote into it."""

    draft: bytes
    kind: str
    content: bytes


class Opened:
    """What opening brought, made on the store's thread."""

    def __init__(self, store: StationStore, lists: Nomenclatures) -> None:
        self.store = store
        self.lists = lists
        with store.ledger.reading() as connection:
            self.place = place_of(connection, store)


def place_of(connection: sa.Connection, store: StationStore) -> Place:
    """Return whose desk an open store is."""
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


class Session(QObject):
    """An open store and who asks it. ``changed`` tells pages what to read anew; ``doubted`` asks for a date."""

    changed = Signal(object)
    doubted = Signal(object, object)
    """(ClockDoubtful, retry: Callable[[date], None]): the clerk confirms the day, then the act runs again."""

    def __init__(self, office: Office, opened: Opened, speech: Speech, workers: Workers) -> None:
        super().__init__()
        self.office = office
        self.store = opened.store
        self.lists = opened.lists
        self.place = opened.place
        self.speech = speech
        self._workers = workers

    # --- time ---

    def now(self) -> datetime:
        """Return the store's present moment, in UTC."""
        return self.store.world.clock.now()

    def today(self) -> date:
        """Return the date on the wall clock of Sofia; the office date of an act is decided by the act."""
        return office_date.local(self.now()).date()

    # --- asking ---

    def read(
        self, question: Callable[[sa.Connection], Answer], then: Callable[[Answer], None], failed: Failed
    ) -> Ticket:
        """Ask a question of the store's tables; the answer comes on the GUI thread."""

        def ask() -> Answer:
            with self.store.ledger.reading() as connection:
                return question(connection)

        return self._workers.reader.ask(ask, then, failed)

    def act(
        self,
        verb: Callable[[date | None], Answer],
        then: Callable[[Answer], None],
        failed: Failed,
        changes: frozenset[str],
    ) -> Ticket:
        """Do an act on the store's one writing thread; ``verb`` takes the confirmed date (None: the clock's).

        Where the clock is in doubt the clerk is asked for the date, and the act runs again with it.
        """

        def done(answer: Answer) -> None:
            then(answer)
            self.changed.emit(changes)

        def refused(error: TefterError) -> None:
            if isinstance(error, ClockDoubtful):
                self.doubted.emit(error, again)
            failed(error)

        def again(confirmed: date) -> None:
            self._workers.writer.ask(lambda: verb(confirmed), done, refused)

        return self._workers.writer.ask(lambda: verb(None), done, refused)

    def travel(self, verb: Callable[[], Answer], then: Callable[[Answer], None], failed: Failed) -> Ticket:
        """Do something on the road's thread: exchange, write to a stick, read from it."""
        return self._workers.road.ask(verb, then, failed)

    def draw(self, verb: Callable[[], Answer], then: Callable[[Answer], None], failed: Failed) -> Ticket:
        """Draw, print or save a paper, on a thread of its own: road and printer may keep one waiting."""
        return self._workers.papers.ask(verb, then, failed)

    def look_around(self, verb: Callable[[], Answer], then: Callable[[Answer], None], failed: Failed) -> Ticket:
        """Look at drives and folders, on a thread of its own: one that does not answer holds up nothing else."""
        return self._workers.drives.ask(verb, then, failed)

    def newest_reader(self) -> Worker:
        """Return the reading worker, for questions of which only the newest counts (``work.Newest``)."""
        return self._workers.reader

    # --- drafts ---

    def keep(self, draft: bytes, kind: str, content: bytes, failed: Failed) -> None:
        """Keep what is typed, on the writing thread."""
        self._workers.writer.ask(lambda: drafts.keep(self.store, draft, kind, content), _nothing, failed)

    def forget(self, draft: bytes, failed: Failed) -> None:
        """Drop a draft that the clerk threw away."""
        self._workers.writer.ask(lambda: drafts.discard(self.store, draft), _nothing, failed)

    def kept(self, kind: str, then: Callable[[list[tuple[bytes, bytes]]], None], failed: Failed) -> None:
        """Ask for the drafts of a kind, newest first."""
        self._workers.writer.ask(lambda: drafts.kept(self.store, kind), then, failed)

    def settlement_name(self, ekatte: str) -> str:
        """Return ``с. Микрево`` for a settlement's code, the code itself where the list does not hold it."""
        try:
            found = settlement(ekatte) if ekatte else None
        except KeyError:
            return ekatte
        return f"{found.type} {found.name}" if found else ""

    def last_seen(self, connection: sa.Connection) -> date | None:
        """Return the date of the last act, None before the first."""
        head = head_of(connection, self.place.stream)
        return head.last_seen().office_date if head else None

    def new_id(self) -> bytes:
        """Return a new GUID (16 octets)."""
        return self.store.world.randomness.bytes(16)

    def close(self) -> None:
        """Close the store on its own thread, after all that was asked of it."""
        self._workers.writer.ask(self.store.close, _nothing, _ignore)


def _nothing(_answer: object) -> None:
    """Take an answer that says nothing."""


def _ignore(_error: TefterError) -> None:
    """The store closes as well as it can; what is committed stands."""
