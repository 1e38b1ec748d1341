"""What a window does before it is asked (напред): it loads and makes what will be wanted while nobody waits for it.

At the door, while the password is typed, what opens a store; behind the first picture the store as a whole; then the
modules of the pages, one at a time; then the pages themselves, one in each rest of the keyboard.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.ui.village import loading
from app.ui.village.workers import Workers

if TYPE_CHECKING:
    from app.ui.village.session import Session
    from app.ui.village.window import VillageWindow

PAGES = ("form", "saved", "fee", "till", "road")
"""Pages that are made while nobody touches the keyboard, so that their keys answer at once."""
REST_MILLISECONDS = 300
"""Nobody touches anything for so long: then one of them is made."""
DOOR_MILLISECONDS = 300
"""A clerk who has not given the password by then is typing it: time to load what the store needs."""
PAINTED_MILLISECONDS = 30
"""The first picture goes before the opening of the store as a whole."""


class Ahead(QObject):
    """Loads and makes ahead for one window."""

    def __init__(self, window: "VillageWindow", workers: Workers) -> None:
        super().__init__(window)
        self._window, self._workers = window, workers
        self._to_load: list[str] = []
        self._ready = False
        self._rest = self._once(self._make_next_page)
        self._at_door = self._once(self._load_the_store)
        self._painted = self._once(self._make_whole)
        self._loads = self._once(self._load_next)

    def _once(self, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer

    def wait_at_the_door(self) -> None:
        """Begin: the window shows its door."""
        self._load(loading.REGISTER)
        self._at_door.start(DOOR_MILLISECONDS)

    def password_given(self) -> None:
        """Leave the store to the password that opens it."""
        self._at_door.stop()

    def first_picture(self) -> None:
        """Go on behind the first picture of an open store."""
        self._painted.start(PAINTED_MILLISECONDS)

    def touched(self) -> None:
        """Somebody is there: what is made ahead waits for a rest."""
        if self._rest.isActive():
            self._rest.start()

    def next_desk(self) -> None:
        """Make the pages of the desk that is at work now, once all that they stand on is loaded."""
        if self._ready:
            self._rest.start(REST_MILLISECONDS)

    def stop(self) -> None:
        """Make no more pages: the store is closed."""
        self._ready = False
        self._rest.stop()

    def _load_the_store(self) -> None:
        self._workers.reader.ask(loading.load_the_store, lambda _loaded: None, self._window.fail)

    def _load(self, modules: Sequence[str]) -> None:
        """Load modules of the window, one at a time: it paints and hears keys in between."""
        self._to_load = list(modules)
        self._loads.start(PAINTED_MILLISECONDS)

    def _load_next(self) -> None:
        if self._to_load:
            loading.load(self._to_load.pop(0))
            self._loads.start(0)

    def _make_whole(self) -> None:
        """Open the store as a whole; where a look was not enough it is open already."""
        session = self._window.session
        if session is not None:
            session.make_whole(self._whole, self._window.not_whole)

    def _whole(self) -> None:
        """Say what the whole store knows; load what the other pages need."""
        from app.ui.village.session import DRAFTS  # noqa: PLC0415 - loaded with the store

        session: Session | None = self._window.session
        if session is not None:
            session.changed.emit(frozenset({DRAFTS}))
            session.tidy_files()
            self._workers.reader.ask(partial(loading.load_for_pages, session), self._made_ready, self._window.fail)

    def _made_ready(self, _loaded: None) -> None:
        self._load(loading.PAGES)
        self._ready = True
        self.next_desk()

    def _make_next_page(self) -> None:
        window = self._window
        missing = next((name for name in PAGES if not window.has_page(name)), "")
        if window.session is not None and missing:
            window.page(missing)
            self.next_desk()
