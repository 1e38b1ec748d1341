"""The courier (куриер): when the window exchanges with the town. It tries by itself and never troubles the clerk.

After an act it goes soon; without one it asks every few minutes. A failure makes it wait longer each time, with jitter,
up to half an hour; the clerk's key or a success starts anew.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import TefterError
from app.ui.village.office import Exchanged
from app.ui.village.session import ENTRIES, RECEIPTS, ROAD, Session

SOON, CALM = 3, 120
"""Seconds: after an act, and between two rounds when nothing happens."""
FIRST_RETRY, LONGEST = 15, 1_800
BOOKKEEPING_EVERY = timedelta(days=1)


def pause_after(failures: int, share: Callable[[], float] = random.random) -> float:
    """Return the seconds to wait after so many failures in a row: doubling, capped, with a quarter of jitter."""
    if failures == 0:
        return float(CALM)
    length: float = min(LONGEST, FIRST_RETRY * 2 ** min(failures - 1, 16))
    return min(LONGEST, length * (1 + share() / 4))


@dataclass(frozen=True)
class RoadState:
    """How the road stood when it was last tried: times are aware, UTC."""

    running: bool = False
    tried_at: datetime | None = None
    succeeded_at: datetime | None = None
    failing_since: datetime | None = None
    error: TefterError | None = None
    refused: tuple[str, ...] = ()
    next_at: datetime | None = None


class Courier(QObject):
    """Goes to the relay and back."""

    moved = Signal()
    """The state of the road changed."""

    def __init__(self, session: Session, parent: QObject, *, active: bool = True) -> None:
        super().__init__(parent)
        self._session = session
        self._active = active
        self._failures = 0
        self._again = False
        self._bookkept: datetime | None = None
        self.state = RoadState()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go)
        session.changed.connect(self._something_changed)

    def start(self) -> None:
        """Begin: the first round comes soon after the window."""
        if self._active:
            self._wait(SOON)

    def stop(self) -> None:
        """Go no more."""
        self._active = False
        self._timer.stop()

    def _something_changed(self, changes: frozenset[str]) -> None:
        if self._active and ROAD not in changes and self._failures == 0:
            self._wait(SOON)

    def _wait(self, seconds: float) -> None:
        self._timer.start(round(seconds * 1000))
        self._set(next_at=_clock() + timedelta(seconds=seconds))

    def go(self) -> None:
        """Exchange now; a round under way is followed by another."""
        if self.state.running:
            self._again = True
            return
        self._timer.stop()
        self._set(running=True, tried_at=_clock(), next_at=None)
        session, bookkeeping = self._session, self._bookkeeping_is_due()
        session.travel(lambda: session.office.exchange(session.store, bookkeeping), self._came_back, self._failed)

    def go_by_key(self) -> None:
        """Exchange now because the clerk asked: the waiting starts anew."""
        self._failures = 0
        self.go()

    def _bookkeeping_is_due(self) -> bool:
        now = _clock()
        due = self._bookkept is None or now - self._bookkept >= BOOKKEEPING_EVERY
        if due:
            self._bookkept = now
        return due

    def _came_back(self, done: Exchanged) -> None:
        self._failures = 0
        self._set(running=False, succeeded_at=_clock(), error=None, failing_since=None, refused=done.refused)
        changes = {ROAD} | ({ENTRIES, RECEIPTS} if done.taken or done.held else set())
        self._session.changed.emit(frozenset(changes))
        self._next()

    def _failed(self, error: TefterError) -> None:
        self._failures += 1
        since = self.state.failing_since or _clock()
        self._set(running=False, error=error, failing_since=since)
        self._session.changed.emit(frozenset({ROAD}))
        self._next()

    def _next(self) -> None:
        if self._again:
            self._again = False
            self.go()
        elif self._active:
            self._wait(pause_after(self._failures))

    def _set(self, **fields: object) -> None:
        self.state = RoadState(**(vars(self.state) | fields))
        self.moved.emit()


def _clock() -> datetime:
    """Return the computer's own time: the road's waiting is real even where a demonstration plays another day."""
    return datetime.now().astimezone()
