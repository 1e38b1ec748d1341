"""Several villages on one computer (няколко кметства): each has a desk of its own, and one key goes to the next.

A desk is a session with its pages, so register, till, numbers and whatever is half typed belong to the village in which
they were begun, and stand there again as they were left. The store, its workers and the road are shared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from shiboken6 import isValid

from app.ui.village.opening import Place
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.flow import Flow
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key
from app.ui.widgets.text import Role, Text
from resources.speech import Speech

if TYPE_CHECKING:
    from app.ui.village.session import Session
    from app.ui.village.window import VillageWindow

MOST_KEYS = 9
"""Ctrl+1 to Ctrl+9; more villages are reached by the mouse only, and nobody keeps as many."""
_LEFT_AT = "left_at"


def left_at(station: bytes) -> int | None:
    """Return the register at which the desk of a station was left the last time; for a worker."""
    kept = str(QSettings().value(f"{_LEFT_AT}/{station.hex()}", ""))
    return int(kept) if kept.isdecimal() else None


def leave_at(place: Place) -> None:
    """Remember the village at work for the next start; for a worker."""
    QSettings().setValue(f"{_LEFT_AT}/{place.station.hex()}", place.register)


@dataclass
class Desk:
    """The desk of one village: its session, how its pages are made and those that are, and where it was left."""

    session: "Session"
    makers: dict[str, Callable[[], Page]]
    pages: dict[str, Page]
    _left: str = ""
    _keyboard: QWidget | None = None
    _cursor: int = 0

    @property
    def place(self) -> Place:
        """Whose desk it is."""
        return self.session.place

    def leave(self, window: "VillageWindow") -> None:
        """Keep what is typed and remember where the clerk was, to the letter."""
        for page in self.pages.values():
            page.keep_now()
        self._left, self._keyboard = window.current.name, window.focusWidget()
        self._cursor = self._keyboard.cursorPosition() if isinstance(self._keyboard, QLineEdit) else 0

    def come_back(self, window: "VillageWindow") -> None:
        """Show what was left, with the keyboard where it was; the register the first time."""
        window.go(self._left or "entries")
        keyboard = self._keyboard
        if keyboard is None or not isValid(keyboard) or not keyboard.isVisible():
            return
        keyboard.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(keyboard, QLineEdit):
            keyboard.setCursorPosition(self._cursor)  # a line that is left goes back to its beginning


class VillageBar(QWidget):
    """Says above every page which village is at work, and the key of each. Hidden where there is only one."""

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self.setObjectName("villages")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.chips: dict[int, Button] = {}
        label = Text(speech.say("village.villages.label"), Role.LABEL, wrap=False)
        self._flow = Flow()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 24, 6)
        row.setSpacing(12)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._flow, 1)
        self.hide()

    def put(self, places: tuple[Place, ...], go_to: Callable[[int], object]) -> None:
        """Show the villages, once."""
        for at, place in enumerate(places, start=1):
            key = f"Ctrl+{at}" if at <= MOST_KEYS else ""
            chip = Button(place.mayoralty, Kind.CHIP, key=key, icon="house", run=partial(go_to, place.register))
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays where one types; each has its key
            self.chips[place.register] = chip
            self._flow.addWidget(chip)

    def mark(self, register: int) -> None:
        """Mark the village at work."""
        if register in self.chips:
            self.chips[register].setChecked(True)


class Villages(QObject):
    """The desks of one open store, and which of them is at work."""

    def __init__(self, window: "VillageWindow") -> None:
        super().__init__(window)
        self._window = window
        self.bar = VillageBar(window.speech)
        self.desks: dict[int, Desk] = {}
        self._at: int = 0
        self._wanted: tuple[int, Callable[[], object]] | None = None

    @property
    def at_work(self) -> Desk:
        """The desk at work."""
        return self.desks[self._at]

    @property
    def several(self) -> bool:
        """Whether there is more than one: with one village nothing of all this is seen."""
        return len(self.desks) > 1

    def open(self, session: "Session", makers: "Callable[[Session], dict[str, Callable[[], Page]]]") -> None:
        """Set up the desks of an open store; that of the session is at work."""
        common = self._window.common_pages()
        for place in session.places:
            own = session if place == session.place else session.beside(place)
            self.desks[place.register] = Desk(own, makers(own), dict(common))
        self._at = session.place.register
        if self.several and not self.bar.chips:
            self.bar.put(session.places, self._pressed)
        # Queued: the page that asked for an act is done with its answer by then.
        session.rested.connect(self._go_where_wanted, Qt.ConnectionType.QueuedConnection)
        self._window.use_desk(self.at_work)
        self.bar.mark(self._at)

    def close(self) -> list[Page]:
        """Give the desks up, with their store; return their pages."""
        made = [page for desk in self.desks.values() for page in desk.pages.values()]
        self.desks, self._wanted = {}, None
        return made

    def pages(self) -> list[Page]:
        """Return the pages of all desks."""
        return [page for desk in self.desks.values() for page in desk.pages.values()]

    def village_keys(self, when_in: Callable[[Callable[[], object]], Callable[[], None]]) -> list[Key]:
        """Return the keys that go to each village; ``when_in`` lets an act be heard only where it may be."""
        if not self.several:
            return []
        say = self._window.speech.say
        return [
            Key(
                f"Ctrl+{at}",
                say("village.villages.go", village=desk.place.mayoralty),
                when_in(partial(self.go_to, one)),
            )
            for at, (one, desk) in enumerate(self.desks.items(), start=1)
            if at <= MOST_KEYS
        ]

    def _pressed(self, register: int) -> None:
        self.bar.mark(self._at)  # the press marked it already; it is at work once it is
        self.go_to(register)

    def go_to(self, register: int, then: Callable[[], object] = lambda: None) -> None:
        """Go to the desk of a village, as it was left; ``then`` is done there.

        An act that is under way is waited for: what it gave belongs to the page that asked for it.
        """
        if register not in self.desks:
            return
        self._wanted = (register, then)
        if not self.at_work.session.acting:
            self._go_where_wanted()

    def _go_where_wanted(self) -> None:
        if self._wanted is None or not self.desks or self._window.cover.sheet is not None:
            self._wanted = None
            return
        register, then = self._wanted
        self._wanted = None
        if register != self._at:
            self._change(register)
        then()

    def _change(self, register: int) -> None:
        window = self._window
        self.at_work.leave(window)
        self._at = register
        self.bar.mark(register)
        window.use_desk(self.at_work)
        self.at_work.come_back(window)
        window.remember(self.at_work.place)
