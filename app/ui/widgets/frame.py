"""The frame of both windows (рамка): rail at the left, the page in the middle, the status sentence at the bottom."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.ui.look.signs import Sign
from app.ui.look.theme import BOLD, look, theme
from app.ui.look.tokens import Measure, Points
from app.ui.widgets.button import Button, Kind, rail_px
from app.ui.widgets.keys import Key, bind
from app.ui.widgets.marks import Mark
from app.ui.widgets.panel import Panel
from app.ui.widgets.sheet import Cover, KeySheet, Sheet
from app.ui.widgets.text import Elided, Role, Text
from resources.speech import Speech


class Page(QWidget):
    """One page: the middle and, mostly, a panel at the right. ``name`` names it for the rail and for pictures."""

    name = "page"

    def __init__(self, *, panel_width: int = Measure.VILLAGE_DETAILS) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.middle = QVBoxLayout()
        self.middle.setContentsMargins(0, 0, 0, 0)
        self.middle.setSpacing(0)
        holder = QWidget()
        holder.setObjectName("middle")
        holder.setLayout(self.middle)
        self.panel = Panel(panel_width)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(holder, 1)
        row.addWidget(self.panel)
        self._keys: tuple[Key, ...] = ()

    def use_keys(self, keys: Sequence[Key]) -> None:
        """Declare the keys of this page; call it once."""
        self._keys = tuple(keys)
        bind(self, keys)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys that are valid here."""
        return self._keys

    def put_in_the_middle(self, holder: QWidget) -> None:
        """Put a narrow column of a fixed width into the middle of the page, a little above its centre."""
        row = QHBoxLayout()  # not an alignment: Qt would then not ask how tall the words are in this width
        row.addStretch(1)
        row.addWidget(holder)
        row.addStretch(1)
        self.middle.addStretch(2)
        self.middle.addLayout(row)
        self.middle.addStretch(3)

    def first_focus(self) -> QWidget:
        """Return where the keyboard goes when the page appears."""
        return self

    def appear(self) -> None:
        """Called each time the page is shown; a page reads anew what it shows."""

    def keep_now(self) -> None:
        """Keep what is typed: the window locks or closes. A page without a draft has nothing to keep."""

    def current_entry(self) -> bytes | None:
        """Return the entry that the page is about, for the window's keys; None where it is about none."""
        return None

    def find_here(self) -> bool:
        """Put the keyboard into the page's search; False where it has none."""
        return False

    def print_paper(self) -> None:
        """Print the paper of what is shown; a page without a paper does nothing."""

    def save_paper(self) -> None:
        """Save that paper as PDF."""


class StatusLine(QWidget):
    """The sentence at the bottom (състояние): a sign, what waits and since when; at the right whose desk this is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark = Mark(Sign.WAITS, 18)
        self.sentence = Elided("", Role.TEXT)
        self.place = Text("", Role.LABEL, wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(_STATUS_EDGE, 0, _STATUS_EDGE, 0)
        row.setSpacing(_STATUS_GAP)
        row.addWidget(self._mark)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.place)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(look().px(Measure.STATUS))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sentence its room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Show whose desk this is only where the whole sentence has room beside it; the window's title tells it too."""
        words = self.sentence.fontMetrics().horizontalAdvance(self.sentence.text()) + self.place.sizeHint().width()
        around = 2 * (_STATUS_EDGE + _STATUS_GAP) + self._mark.width()
        self.place.setVisible(words + around <= self.width())

    def say(self, sign: Sign, sentence: str) -> None:
        """Say how things stand."""
        self._mark.show_sign(sign)
        self.sentence.setText(sentence)
        self.sentence.setToolTip(sentence)
        self.setAccessibleName(sentence)
        self._make_room()


_STATUS_EDGE, _STATUS_GAP = 24, 8
_RAIL_AROUND, _RAIL_GAP = 50, 4
"""Pixels in height around logo and places, and between two of them."""


class Rail(QWidget):
    """The places of a window (лента за навигация)."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._logo = QLabel("Т")
        self._logo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._top, self._bottom = QVBoxLayout(), QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 14, 4, 8)
        column.setSpacing(4)
        column.addWidget(self._logo, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        column.addLayout(self._top)
        column.addStretch(1)
        column.addLayout(self._bottom)
        self.buttons: dict[str, Button] = {}
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        now = look()
        self.setFixedWidth(rail_px(Measure.RAIL))
        self._logo.setFixedSize(now.px(36), now.px(36))
        self._logo.setFont(now.font(Points.FACT, BOLD))
        self._logo.setStyleSheet(
            f"background: {now.tokens.accent}; color: {now.tokens.on_accent}; border-radius: {now.px(7)}px;"
        )
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share what height there is, so that all places are alike on a low screen."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        around = self._logo.height() + _RAIL_AROUND + _RAIL_GAP * len(self.buttons)
        share = (self.height() - around) // max(1, len(self.buttons))
        for button in self.buttons.values():
            button.setMaximumHeight(max(button.minimumSizeHint().height(), min(share, button.sizeHint().height())))

    def add(self, name: str, text: str, icon: str, run: Callable[[], object], *, bottom: bool = False) -> Button:
        """Add a place; those at the bottom are acts, not places."""
        button = Button(text, Kind.RAIL, icon=icon, run=run)
        if bottom:
            button.setAutoExclusive(False)
            button.setCheckable(False)
        (self._bottom if bottom else self._top).addWidget(button)
        self.buttons[name] = button
        self._share()
        return button

    def mark(self, name: str) -> None:
        """Mark the place where one is."""
        if name in self.buttons and self.buttons[name].isCheckable():
            self.buttons[name].setChecked(True)


class Frame(QMainWindow):
    """A window of Tefter: one window, its pages, and sheets over them."""

    closing = Signal()

    def __init__(self, speech: Speech, title: str) -> None:
        super().__init__()
        self.speech = speech
        self.setWindowTitle(title)
        self.rail = Rail()
        self.status = StatusLine()
        self.pages = QStackedWidget()
        self._by_name: dict[str, Page] = {}
        self._keys: tuple[Key, ...] = ()
        self._actions: list[QAction] = []
        self._compose()
        self.cover = Cover(self)
        self.cover.changed.connect(self._yield_keys)
        self.on_close: Callable[[], bool] | None = None
        self.resize(1366, 768)

    def _compose(self) -> None:
        body = QWidget()
        self._work = QWidget()
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        self._over = QVBoxLayout()
        self._over.setSpacing(0)
        self._over.addWidget(self.pages, 1)
        row.addLayout(self._over, 1)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._work, 1)
        column.addWidget(self.status)
        self.setCentralWidget(body)

    def put_above(self, widget: QWidget) -> None:
        """Put something above every page."""
        self._over.insertWidget(0, widget)

    # --- pages ---

    def add_page(self, page: Page) -> None:
        """Add a page under its name."""
        self._by_name[page.name] = page
        self.pages.addWidget(page)

    def page(self, name: str) -> Page:
        """Return a page by its name."""
        return self._by_name[name]

    def go(self, name: str, *, place: str = "") -> None:
        """Show a page; ``place`` is the rail's name for it where that is another."""
        page = self._by_name[name]
        self.pages.setCurrentWidget(page)
        self._yield_keys()
        self.rail.mark(place or name)
        page.appear()
        page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def current(self) -> Page:
        """The page shown."""
        page = self.pages.currentWidget()
        if not isinstance(page, Page):
            raise TypeError
        return page

    def bare(self, *, bare: bool) -> None:
        """Show no rail and no status: the window is locked, or there is no store yet."""
        self.rail.setVisible(not bare)
        self.status.setVisible(not bare)

    # --- keys and sheets ---

    def use_keys(self, keys: Sequence[Key]) -> None:
        """Declare the keys that are valid on every page."""
        for action in self._actions:
            self.removeAction(action)
        self._keys = (*keys, *self._own_keys())
        self._actions = bind(self, self._keys)

    def _yield_keys(self) -> None:
        """Let the keys of sheet and page go before the window's: two shortcuts of one key would both be silent."""
        page = self.pages.currentWidget()
        own = (*(self.cover.sheet.keys if self.cover.sheet else ()), *(page.keys if isinstance(page, Page) else ()))
        taken = {key.sequence for key in own if key.run is not None}
        for action in self._actions:
            action.setEnabled(not any(one.toString() in taken for one in action.shortcuts()))

    def _own_keys(self) -> tuple[Key, ...]:
        say = self.speech.say
        return (
            Key("F1", say("frame.keys.help"), self.show_keys),
            Key("Ctrl+=", say("frame.keys.larger"), theme().larger),
            Key("Ctrl+-", say("frame.keys.smaller"), theme().smaller),
        )

    def show_keys(self) -> None:
        """Show the keys that are valid here."""
        say = self.speech.say
        if isinstance(self.cover.sheet, KeySheet):
            self.cover.take_away()
            return
        here = self.cover.sheet.keys if self.cover.sheet is not None else self.current.keys
        always = self._keys if self.rail.isVisible() else self._own_keys()
        sheet = KeySheet(say("frame.keys.title"), ((say("frame.keys.here"), here), (say("frame.keys.always"), always)))
        close = Button(say("frame.keys.close"), key="Esc", run=self.cover.take_away)
        sheet.add_buttons(close)
        self.lay(sheet)

    def lay(self, sheet: Sheet) -> None:
        """Lay a sheet over the page."""
        self.cover.lay(sheet)

    # --- the window itself ---

    def appear_on_screen(self) -> None:
        """Show the window in its size, or over the whole screen where that is smaller."""
        room = self.screen().availableGeometry()
        if room.width() <= self.width() or room.height() <= self.height():
            self.showMaximized()
        else:
            self.show()

    def raise_up(self) -> None:
        """Come to the front: somebody started the program a second time."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, once what is typed is kept."""
        if self.on_close is not None and not self.on_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
