"""A sheet (лист) over the page: an act that needs a reason, a check before saving, the keys. No window of its own.

While a sheet lies there, the page under it takes no keys; Tab goes round inside the sheet; Esc takes it away.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.look.theme import look
from app.ui.widgets.button import Button
from app.ui.widgets.keys import Key, bind
from app.ui.widgets.scroll import InSight
from app.ui.widgets.text import Hairline, Role, Text

WIDTH = 620


class Sheet(QFrame):
    """What lies on the page: a title, a body and buttons. ``width`` in pixels of the design."""

    grew = Signal()
    """Something came to its body or left it: a finding, a line."""

    def __init__(self, title: str, *, width: int = WIDTH) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.setAccessibleName(title)
        self._design_width = width
        self.title = Text(title, Role.TITLE)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(12)
        inside = QWidget()
        inside.setLayout(self.body)
        self.body.setContentsMargins(0, 0, 8, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        InSight(self._scroll)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(16)
        column.addWidget(self.title)
        column.addWidget(self._scroll, 1)
        column.addWidget(Hairline())
        column.addLayout(self.buttons)
        self._inside = inside
        inside.installEventFilter(self)
        self.keys: tuple[Key, ...] = ()
        self.on_dismiss: Callable[[], object] | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that there is more to show than before."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.grew.emit()
        return False

    def add_buttons(self, *buttons: Button) -> None:
        """Put the buttons at the bottom right, the one that acts first in the order of Tab."""
        self.buttons.addStretch(1)
        for button in buttons:
            self.buttons.addWidget(button)

    def use_keys(self, keys: Sequence[Key]) -> None:
        """Declare the sheet's own keys."""
        self.keys = tuple(keys)
        bind(self, keys)

    def first_focus(self) -> QWidget:
        """Return where the keyboard goes when the sheet appears; a sheet says otherwise by overriding it."""
        return self

    def keep_now(self) -> None:
        """Keep what is typed: the window locks or closes. A sheet without a draft has nothing to keep."""

    def fitted(self, room: QWidget) -> tuple[int, int]:
        """Return width and height in this room."""
        now = look()
        width = min(now.px(self._design_width), room.width() - 32)
        self.setFixedWidth(width)
        self._column.activate()
        inner = self.body.heightForWidth(width - 72) if self.body.hasHeightForWidth() else -1
        content = max(inner, self._inside.sizeHint().height())
        rest = self.sizeHint().height() - self._scroll.sizeHint().height()
        title_more = self.title.heightForWidth(width - 56) - self.title.sizeHint().height()
        return width, min(rest + max(0, title_more) + content + 8, room.height() - 32)


class Cover(QWidget):
    """Covers the page while a sheet lies on it: dims it, keeps the keyboard inside, gives the focus back after."""

    changed = Signal()
    """A sheet was laid or taken away: other keys are valid."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._sheet: Sheet | None = None
        self._before: QWidget | None = None
        window.installEventFilter(self)
        self.hide()

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that lies on the page, None where there is none."""
        return self._sheet

    def lay(self, sheet: Sheet) -> None:
        """Lay a sheet on the page; the one before is taken away."""
        if self._sheet is not None:
            self._remove()
        else:
            self._before = self.window().focusWidget()
        self._sheet = sheet
        sheet.setParent(self)
        sheet.grew.connect(self._grow)
        self._place()
        self.show()
        self.raise_()
        sheet.show()
        sheet.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def take_away(self) -> None:
        """Take the sheet away; the keyboard goes back to where it was."""
        if self._sheet is None:
            return
        self._remove()
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.changed.emit()

    def dismiss(self) -> None:
        """Take the sheet away as the person does by Esc."""
        told = self._sheet.on_dismiss if self._sheet is not None else None
        self.take_away()
        if told is not None:
            told()

    def _remove(self) -> None:
        if self._sheet is not None:
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None

    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        if self._sheet is not None:
            width, height = self._sheet.fitted(self)
            self._sheet.setGeometry((self.width() - width) // 2, max(16, (self.height() - height) // 3), width, height)

    def _grow(self) -> None:
        """Give a sheet the height that it needs now; it never shrinks under the eyes."""
        if self._sheet is not None and self._sheet.isVisible():
            height = self._sheet.fitted(self)[1]
            if height > self._sheet.height():
                self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Go round inside the sheet."""
        if self._sheet is None:
            return super().focusNextPrevChild(forward)
        stops = [
            one
            for one in _in_order(self._sheet)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
        ]
        if stops:
            current = self.window().focusWidget()
            place = stops.index(current) if current in stops else (-1 if forward else 0)
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the sheet away; no other key reaches the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what lies under the sheet."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(0, 0, 0, 90))


def _in_order(root: QWidget) -> list[QWidget]:
    """Return the widgets inside ``root`` in the order of Tab."""
    found: list[QWidget] = []
    one = root.nextInFocusChain()
    while one is not None and one is not root:
        if root.isAncestorOf(one) and not one.focusProxy():
            found.append(one)
        one = one.nextInFocusChain()
    return found


class KeySheet(Sheet):
    """The keys that are valid here (помощ, F1)."""

    def __init__(self, title: str, groups: Sequence[tuple[str, Sequence[Key]]]) -> None:
        super().__init__(title)
        for heading, keys in groups:
            if not keys:
                continue
            self.body.addWidget(Text(heading, Role.SECTION))
            for key in keys:
                row = QHBoxLayout()
                row.setSpacing(16)
                printed = Text(key.printed, Role.STRONG, wrap=False)
                printed.setFixedWidth(look().px(170))
                row.addWidget(printed)
                row.addWidget(Text(key.words, Role.TEXT), 1)
                self.body.addLayout(row)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
