"""Work off the GUI thread (работа извън прозореца). The only module of the windows that knows threads.

A worker is one thread. What it is asked runs there; answer or error come back on the GUI thread through one queued
signal. Everything else in ``app.ui`` is plain functions and widgets.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.errors import TefterError

Answer = TypeVar("Answer")

AFTER_PAINT = 40
"""Milliseconds that a drawing waits for the picture of its page: both would fight over Python, and the page lose."""

Failed = Callable[[TefterError], None]
"""Told on the GUI thread what went wrong, when it is of the taxonomy; anything else is a bug and is raised there."""


class Later(Generic[Answer]):
    """Something that is made when it is first asked for, on the thread that asks; whoever else asks waits for it.

    Before it is made only workers ask: the window never waits. What making it raised, every asking raises.
    """

    def __init__(self, make: Callable[[], Answer]) -> None:
        self._make = make
        self._made: list[Answer] = []
        self._error: TefterError | None = None
        self._one_hand = threading.Lock()

    @classmethod
    def of(cls, made: Answer) -> "Later[Answer]":
        """Return something that is there already."""
        later = cls(lambda: made)
        later.get()
        return later

    @property
    def made(self) -> bool:
        """Whether it is there."""
        return bool(self._made)

    def get(self) -> Answer:
        """Return it; make it if need be.

        Raises:
            TefterError: what making it raised.

        """
        if not self._made:
            with self._one_hand:
                self._make_once()
        return self._made[0]

    def _make_once(self) -> None:
        if self._error is not None:
            raise self._error
        if not self._made:
            try:
                self._made.append(self._make())
            except TefterError as error:
                self._error = error
                raise


class Ticket:
    """A question under way. ``drop`` forgets it: neither answer nor error is heard any more."""

    def __init__(self, then: Callable[[Any], None], failed: Failed) -> None:
        self._then = then
        self._failed = failed
        self._dropped = False
        self.over = False
        """Whether it was answered, and whoever asked is done with the answer."""
        self.future: Future[Any] | None = None

    def drop(self) -> None:
        """Do not listen any more; what has not begun is not begun."""
        self._dropped = True
        if self.future is not None:
            self.future.cancel()

    def hear(self, future: Future[Any]) -> None:
        """Pass the result on; on the GUI thread."""
        try:
            if not self._dropped and not future.cancelled():
                self._pass_on(future)
        finally:
            self.over = True

    def _pass_on(self, future: Future[Any]) -> None:
        error = future.exception()
        if error is None:
            self._then(future.result())
        elif isinstance(error, TefterError):
            self._failed(error)
        else:
            raise error


class Worker(QObject):
    """One thread that does what it is asked, in order."""

    _over = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._over.connect(self._heard)
        self._open = 0
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether something is under way or waits."""
        return self._open > 0

    def ask(self, work: Callable[[], Answer], then: Callable[[Answer], None], failed: Failed) -> Ticket:
        """Do ``work`` on the thread, then call one of the two on the GUI thread; a closed worker does nothing."""
        ticket = Ticket(then, failed)
        if self._closed:  # a timer of a page that is going asked once more
            return ticket
        self._open += 1
        ticket.future = self._thread.submit(work)
        # The callback runs on the worker's thread, or here where the work is done already; the signal is queued.
        ticket.future.add_done_callback(lambda future: self._over.emit(ticket, future))
        return ticket

    @Slot(object, object)
    def _heard(self, ticket: Ticket, future: Future[Any]) -> None:
        self._open -= 1
        if not self._closed:
            ticket.hear(future)

    def close(self, *, finish: bool = False) -> None:
        """End the thread after what is under way; what has not begun is done only where ``finish`` asks for it.

        No answer is heard any more: who asked may be gone.
        """
        self._closed = True
        self._thread.shutdown(wait=True, cancel_futures=not finish)


class Newest:
    """Questions of which only the newest counts: search as one types. An older answer is dropped."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._asked: Ticket | None = None

    def ask(self, work: Callable[[], Answer], then: Callable[[Answer], None], failed: Failed) -> None:
        """Ask, and forget the question before."""
        self.drop()
        self._asked = self._worker.ask(work, then, failed)

    def drop(self) -> None:
        """Forget the question under way."""
        if self._asked is not None:
            self._asked.drop()
            self._asked = None
