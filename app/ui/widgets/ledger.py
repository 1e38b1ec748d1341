"""The list of a book (списък): rows of columns under heads of days, painted row by row, however many there are.

A row is plain values (``Row``); a head groups the rows after it. More rows are asked for when the end comes near.
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from app.ui.look.theme import look, theme
from app.ui.look.tokens import Measure
from app.ui.widgets.ledger_items import ITEM, Cell, Column, Head, Index, Item, Items, LedgerModel, Row, is_stop
from app.ui.widgets.ledger_rows import LedgerHeader, RowDelegate
from app.ui.widgets.scroll import keep_bar

__all__ = ["Cell", "Column", "Head", "Item", "Items", "LedgerList", "LedgerModel", "Row"]

_AHEAD = 40
"""So many rows before the end more are asked for."""


class _View(QListView):
    """The list view; it asks for more as its end comes near."""

    opened = Signal(object)

    def __init__(self, model: LedgerModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_bar(self)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.doubleClicked.connect(self._open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows anew: a narrow list gives each two lines."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows; a list without a row to stand on shows the keyboard around itself."""
        super().paintEvent(event)
        if self.hasFocus() and not self.currentIndex().isValid():
            with QPainter(self.viewport()) as painter:
                painter.setPen(QPen(look().colour("accent"), 2))
                painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - _AHEAD:
            self._model.want_more()

    def _open(self, index: Index) -> None:
        item = index.data(ITEM)
        if isinstance(item, Row | Head) and is_stop(item):
            self.opened.emit(item.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row; letters are not a search of the list's own, they belong to the page."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.text() and event.text().isprintable() and event.text() != " ":
            event.ignore()
        else:
            super().keyPressEvent(event)
            self._skip_head(up=event.key() in {Qt.Key.Key_Up, Qt.Key.Key_PageUp})

    def _skip_head(self, *, up: bool) -> None:
        at = self.currentIndex().row()
        items = self._model.items
        while 0 <= at < len(items) and not is_stop(items[at]):
            at += -1 if up else 1
        if not 0 <= at < len(items):
            at = next((place for place, one in enumerate(items) if is_stop(one)), -1)
        if at >= 0 and at != self.currentIndex().row():
            self.setCurrentIndex(self._model.index(at))


class LedgerList(QWidget):
    """Rows under headings. ``chosen`` says which is current (its key or None), ``opened`` which was opened.

    ``headed``: the headings stay where a row takes two lines.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, columns: Sequence[Column], *, row: int = Measure.ROW, headed: bool = False) -> None:
        super().__init__()
        self.model = LedgerModel(self)
        self.header = LedgerHeader(columns, always=headed)
        self.view = _View(self.model)
        # The model goes with its view, never before it: a view that still has the keyboard would choose in nothing.
        self.model.setParent(self.view)
        self.view.setAccessibleName(name)
        self.view.setItemDelegate(RowDelegate(self.view, columns, row))
        self.setFocusProxy(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.view, 1)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.view.opened.connect(self.opened)
        theme().changed.connect(self.view.doItemsLayout)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        item = current.data(ITEM) if current.isValid() else None
        if item is None or is_stop(item):
            self.chosen.emit(item.key if item is not None else None)

    def put(self, items: Sequence[Item], *, more: bool = False, keep: object = None) -> None:
        """Show other items; the row with the key ``keep`` (else the first) becomes the current one.

        Where that row was kept, the list stays scrolled as it was.
        """
        bar, scrolled = self.view.verticalScrollBar(), self.view.verticalScrollBar().value()
        self.model.put(items, more=more)
        at = self.model.place_of(keep) if keep is not None else -1
        kept = at >= 0
        if not kept:
            at = next((place for place, one in enumerate(items) if isinstance(one, Row)), -1)
        if at < 0:
            at = next((place for place, one in enumerate(items) if is_stop(one)), -1)
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at))
        else:
            self.chosen.emit(None)
        if kept:
            self.view.doItemsLayout()
            bar.setValue(scrolled)
            self.view.scrollTo(self.model.index(at))

    def current(self) -> object:
        """Return the key of the current row, None where there is none."""
        item = self.view.currentIndex().data(ITEM)
        return item.key if isinstance(item, Row | Head) else None

    def choose(self, key: object) -> None:
        """Make a row the current one."""
        at = self.model.place_of(key)
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at))
