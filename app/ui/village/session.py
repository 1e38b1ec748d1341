"""A session (работа с отворено хранилище): the open store, its workers, and what changed. Pages ask, and never wait."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.domain import office_date
from app.domain.errors import ClockDoubtful, TefterError
from app.ui.village.office import Office
from app.ui.village.opening import Found, Opened, Place
from app.ui.village.workers import Workers
from app.ui.work import Failed, Ticket, Worker
from resources.loading import settlement
from resources.speech import Speech

if TYPE_CHECKING:
    import sqlalchemy as sa

    from app.store.station import StationStore

# ruff: noqa: PLC0415 - what only an open store needs is loaded with it, on a worker

Answer = TypeVar("Answer")

ENTRIES, RECEIPTS, ROAD, DRAFTS = "entries", "receipts", "road", "drafts"
"""What a verb may have changed (``changed`` carries a set of them)."""


@dataclass(frozen=True)
class Kept:
    """A draft found at the start: its id, its kind and what the page wrote into it."""

    draft: bytes
    kind: str
    content: bytes


class _Heard(QObject):
    """What all villages of one store hear together."""

    changed = Signal(object)
    doubted = Signal(object, object)
    rested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._acts: list[Ticket] = []

    def begin(self, act: Ticket) -> Ticket:
        """Hear of an act that was asked for."""
        self._acts = [one for one in self._acts if not one.over]
        self._acts.append(act)
        return act

    @property
    def acting(self) -> bool:
        """Whether an act is asked for, and its page has not heard the answer."""
        return not all(one.over for one in self._acts)


class Session:
    """An open store and who asks it, at the desk of one village.

    Where the store keeps several villages each has a session of its own (``beside``), and all share the store, its
    workers and what is heard: what one changes, the others read anew when they are shown.
    """

    def __init__(
        self, office: Office, opened: Opened, speech: Speech, workers: Workers, *, heard: _Heard | None = None
    ) -> None:
        self.office = office
        self._opened = opened
        self._first = opened.first
        self.lists = opened.lists
        self.places = opened.places
        """The villages that are kept in this store, by register."""
        self.place = opened.place
        """The village whose desk this is."""
        self.speech = speech
        self._workers = workers
        self.left_at_scanner: set[tuple[str, int]] = set()
        """Scans that were attached, and whose originals the clerk wants to keep: they are not offered again."""
        self._heard = heard or _Heard()

    def beside(self, place: Place) -> "Session":
        """Return the session of another village of this store."""
        opened = replace(self._opened, place=place, first=None)
        other = Session(self.office, opened, self.speech, self._workers, heard=self._heard)
        other.left_at_scanner = self.left_at_scanner  # one computer has one scanner
        return other

    def village_of(self, *, register: int | None = None, till: int | None = None) -> Place | None:
        """Return the village that keeps this register or this till, None where none here does."""
        return next(
            (one for one in self.places if one.register == register or (till is not None and one.till == till)), None
        )

    def marked(self, place: Place | None, words: str) -> str:
        """Return words with the village that they are of in front, where several are kept here."""
        return f"{place.mayoralty} · {words}" if place is not None and len(self.places) > 1 else words

    # --- what is heard ---

    @property
    def changed(self) -> SignalInstance:
        """Tells pages what to read anew: a set of ``ENTRIES``, ``RECEIPTS``, ``ROAD``, ``DRAFTS``."""
        return self._heard.changed

    @property
    def doubted(self) -> SignalInstance:
        """(ClockDoubtful, retry: Callable[[date], None]): the clerk confirms the day, then the act runs again."""
        return self._heard.doubted

    @property
    def rested(self) -> SignalInstance:
        """Tells that an act was answered."""
        return self._heard.rested

    @property
    def acting(self) -> bool:
        """Whether an act is under way, in whichever village: its answer belongs to the page that asked for it."""
        return self._heard.acting

    # --- the store ---

    @property
    def store(self) -> "StationStore":
        """The open store. Until it is ``whole`` only workers ask for it: whoever is first opens it.

        Raises:
            StoreUnavailable: it cannot be opened as a whole.

        """
        return self._opened.store.get()

    @property
    def whole(self) -> bool:
        """Whether the store is open, not only looked into."""
        return self._opened.store.made

    def take_first(self) -> Found | None:
        """Return the first page of the register where a look saw it, once."""
        first, self._first = self._first, None
        return first

    def make_whole(self, then: Callable[[], None], failed: Failed) -> None:
        """Open the store as a whole on the writing thread, unless somebody who asked for it has done so."""
        self._workers.writer.ask(lambda: self.store, lambda _store: then(), failed)

    # --- time ---

    def now(self) -> datetime:
        """Return the store's present moment, in UTC."""
        return (self.store.world.clock if self.whole else self._opened.clock).now()

    def today(self) -> date:
        """Return the date on the wall clock of Sofia; the office date of an act is decided by the act."""
        return office_date.local(self.now()).date()

    # --- asking ---

    def read(
        self, question: "Callable[[sa.Connection], Answer]", then: Callable[[Answer], None], failed: Failed
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
            self.rested.emit()

        def refused(error: TefterError) -> None:
            if isinstance(error, ClockDoubtful):
                self.doubted.emit(error, again)
            failed(error)
            self.rested.emit()

        def again(confirmed: date) -> None:
            self._heard.begin(self._workers.writer.ask(lambda: verb(confirmed), done, refused))

        return self._heard.begin(self._workers.writer.ask(lambda: verb(None), done, refused))

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

    def newest_drawer(self) -> Worker:
        """Return the worker that draws papers, for pictures of which only the newest counts."""
        return self._workers.papers

    def newest_picture(self) -> Worker:
        """Return the worker that waits for pictures of files, of which only the newest counts."""
        return self._workers.pictures

    def tidy_files(self) -> None:
        """Let go of files that no act names, on the writing thread; what cannot be removed waits for the next start."""

        def tidy() -> None:
            from app.services import attachments

            attachments.tidy(self.store)

        self._workers.writer.ask(tidy, _nothing, _ignore)

    # --- drafts ---

    def _of_here(self, kind: str) -> str:
        """Return a kind of draft as the store knows it: what is typed belongs to the village in which it was begun.

        In the first village, for most the only one, it is the form's own name.
        """
        return kind if self.place == self.places[0] else f"{kind}/{self.place.register}"

    def keep(self, draft: bytes, kind: str, content: bytes, then: Callable[[], None], failed: Failed) -> None:
        """Keep what is typed, on the writing thread; ``then`` is told once the store has it."""

        def keep() -> None:
            from app.store import drafts

            drafts.keep(self.store, draft, self._of_here(kind), content)

        self._workers.writer.ask(keep, lambda _kept: then(), failed)

    def forget(self, draft: bytes, failed: Failed) -> None:
        """Drop a draft that the clerk threw away."""

        def forget() -> None:
            from app.store import drafts

            drafts.discard(self.store, draft)

        self._workers.writer.ask(forget, _nothing, failed)

    def kept(self, kind: str, then: Callable[[list[tuple[bytes, bytes]]], None], failed: Failed) -> None:
        """Ask for the drafts of a kind, newest first."""

        def kept() -> list[tuple[bytes, bytes]]:
            from app.store import drafts

            return drafts.kept(self.store, self._of_here(kind))

        self._workers.writer.ask(kept, then, failed)

    def read_beside_drafts(
        self,
        kind: str,
        question: "Callable[[sa.Connection, list[tuple[bytes, bytes]]], Answer]",
        then: Callable[[Answer], None],
        failed: Failed,
    ) -> None:
        """Ask a question that needs the drafts of a kind too: both as they are after all that was kept or forgotten.

        The reading thread would overtake the writing one and bring back what was thrown away just now.
        """

        def found(kept: list[tuple[bytes, bytes]]) -> None:
            self.read(lambda connection: question(connection, kept), then, failed)

        self.kept(kind, found, failed)

    def settlement_name(self, ekatte: str) -> str:
        """Return ``с. Микрево`` for a settlement's code, the code itself where the list does not hold it."""
        try:
            found = settlement(ekatte) if ekatte else None
        except KeyError:
            return ekatte
        return f"{found.type} {found.name}" if found else ""

    def last_seen(self, connection: "sa.Connection") -> date | None:
        """Return the date of the last act, None before the first."""
        from app.ledger.journal import head_of

        head = head_of(connection, self.place.stream)
        return head.last_seen().office_date if head else None

    def new_id(self) -> bytes:
        """Return a new GUID (16 octets)."""
        return self._opened.randomness.bytes(16)

    def close(self) -> None:
        """Close the store on its own thread, after all that was asked of it."""
        self._workers.writer.ask(self._close, _nothing, _ignore)

    def _close(self) -> None:
        self.store.close()


def _nothing(_answer: object) -> None:
    """Take an answer that says nothing."""


def _ignore(_error: TefterError) -> None:
    """Nothing is to be said: the store closes, or tidies, as well as it can; what is committed stands."""
