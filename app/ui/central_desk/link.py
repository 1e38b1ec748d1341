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


@dataclass(frozen=True)
class LinkState:
    """How the link stands: when the centre last answered, since when it does not, and why. Times are aware, UTC."""

    answered_at: datetime | None = None
    failing_since: datetime | None = None
    error: TefterError | None = None


class Link(QObject):
    """A desk that is signed in. ``changed`` tells that the centre holds something new; ``moved`` that the link did."""

    changed = Signal()
    moved = Signal()

    def __init__(self, connect: Connect, url: str, token: str) -> None:
        super().__init__()
        self.office: answers.Office | None = None
        self.state = LinkState()
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
        self.office = office
        self._note(None)
        self._timer.start()

    def poll(self) -> None:
        """Ask whether there is anything new."""
        if self._asked is None:
            self._asked = self._reader.ask(self._reading.office, self._answered, self._silent)

    def _answered(self, office: answers.Office) -> None:
        self._asked = None
        new = self.office is None or office.revision != self.office.revision
        back = self.state.error is not None
        self.office = office
        self._note(None)
        if new or back:
            self.changed.emit()

    def _silent(self, error: TefterError) -> None:
        self._asked = None
        self._note(error)

    def _note(self, error: TefterError | None) -> None:
        now = datetime.now(UTC)
        if error is None:
            self.state = LinkState(answered_at=now)
        else:
            since = self.state.failing_since or now
            self.state = LinkState(self.state.answered_at, since, error)
        self.moved.emit()

    def close(self) -> None:
        """End both workers and let go of the connections."""
        self._timer.stop()
        for worker, client in ((self._reader, self._reading), (self._actor, self._acting)):
            worker.close()
            client.close()
