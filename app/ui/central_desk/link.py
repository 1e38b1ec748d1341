"""The desk's link to the centre (връзка с центъра): asks on workers, polls one small answer, says what changed.

Reading and acting have a worker and a client each, so that a slow decision holds up no list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import TefterError
from app.ui.central_desk.client import DeskClient
from app.ui.work import Failed, Ticket, Worker
from sync.central import answers

Answer = TypeVar("Answer")
Connect = Callable[[str, str], DeskClient]
"""(address, access code) → a client; each worker makes its own."""

POLL_MILLISECONDS = 3_000
STALE_SECONDS = 300
"""After so long the villages are read anew though no fact came: silence, too, is told by them."""


@dataclass(frozen=True)
class LinkState:
    """How the link stands: when the centre last answered, since when it does not, and why. Times are aware, UTC."""

    answered_at: datetime | None = None
    failing_since: datetime | None = None
    error: TefterError | None = None


class Link(QObject):
    """A desk that is signed in. ``changed`` tells that the centre holds something new; ``moved`` that the link did.

    When ``changed`` comes, ``office`` and ``villages`` are those of the change.
    """

    changed = Signal()
    moved = Signal()

    def __init__(self, connect: Connect, url: str, token: str) -> None:
        super().__init__()
        self.office: answers.Office | None = None
        self.villages: answers.Villages | None = None
        self.state = LinkState()
        self._learned_at = 0
        self._again = False
        self._reading, self._acting = connect(url, token), connect(url, token)
        self._reader, self._actor = Worker("desk-reader"), Worker("desk-actor")
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MILLISECONDS)
        self._timer.timeout.connect(self.poll)
        self._asked: Ticket | None = None

    # --- asking ---

    def read(self, question: Callable[[DeskClient], Answer], then: Callable[[Answer], None], failed: Failed) -> Ticket:
        """Ask the centre; what fails is also the link's own state."""

        def refused(error: TefterError) -> None:
            self._note(error)
            failed(error)

        return self._reader.ask(lambda: question(self._reading), then, refused)

    def act(self, decision: Callable[[DeskClient], Answer], then: Callable[[Answer], None], failed: Failed) -> Ticket:
        """Decide; afterwards everything is read anew."""

        def done(answer: Answer) -> None:
            then(answer)
            self.poll()

        return self._actor.ask(lambda: decision(self._acting), done, failed)

    def reader(self) -> Worker:
        """Return the reading worker, for questions of which only the newest counts."""
        return self._reader

    def reading(self) -> DeskClient:
        """Return the reading worker's client; it is used on that worker only."""
        return self._reading

    # --- polling ---

    def start(self, office: answers.Office) -> None:
        """Begin, signed in: the centre's first answer is known."""
        self._timer.start()
        self._answered(office)

    def poll(self) -> None:
        """Ask whether there is anything new; where a question is under way, ask once more after it."""
        if self._asked is None:
            self._asked = self._reader.ask(self._reading.office, self._answered, self._silent)
        else:
            self._again = True

    def _answered(self, office: answers.Office) -> None:
        self._asked = None
        known = self.villages.revision if self.villages is not None else ""
        stale = office.now - self._learned_at >= STALE_SECONDS
        back = self.state.error is not None
        self.office = office
        self._note(None)
        if office.revision != known or stale or back:
            self._asked = self._reader.ask(self._reading.villages, self._learned, self._silent)
        else:
            self._rest()

    def _learned(self, found: answers.Villages) -> None:
        self._asked = None
        self.villages = found
        self._learned_at = self.office.now if self.office is not None else 0
        self.changed.emit()
        self._rest()

    def _rest(self) -> None:
        if self._again:
            self._again = False
            self.poll()

    def _silent(self, error: TefterError) -> None:
        self._asked, self._again = None, False
        self._note(error)

    def _note(self, error: TefterError | None) -> None:
        now = datetime.now(UTC)
        if error is None:
            self.state = LinkState(answered_at=now)
        else:
            since = self.state.failing_since or now
            self.state = LinkState(self.state.answered_at, since, error)
        self.moved.emit()

    def waiting_for_person(self, station: str | None = None) -> int:
        """Return how many lines need a person, of one village or of all."""
        villages = self.villages.villages if self.villages is not None else ()
        chosen = [one.waiting for one in villages if station in {None, one.station}]
        return sum(one.person + one.answered for one in chosen)

    def village_name(self, station: str | None) -> str:
        """Return the name of a village; nothing for none."""
        villages = self.villages.villages if self.villages is not None else ()
        return next((one.name for one in villages if one.station == station), "")

    def close(self) -> None:
        """End both workers and let go of the connections."""
        self._timer.stop()
        for worker, client in ((self._reader, self._reading), (self._actor, self._acting)):
            worker.close()
            client.close()
