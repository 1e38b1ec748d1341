"""The list of a book (списък): rows of columns under heads of days, painted row by row, however many there are.

A row is plain values (``Row``); a head groups the rows after it. More rows are asked for when the end comes near.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.look.signs import Sign, paint_sign
from app.ui.look.theme import BOLD, NORMAL, look, theme
from app.ui.look.tokens import Measure, Points

Index = QModelIndex | QPersistentModelIndex
_ITEM = Qt.ItemDataRole.UserRole
_AHEAD = 40
"""So many rows before the end more are asked for."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in pixels of the design (0 takes what is left), and whether it is a number.

    In a narrow list a row has two lines; ``below`` says which columns stand in the second.
    """

    heading: str
    width: int
    right: bool = False
    below: bool = False
    spare: bool = False
    """Left out where even two lines have no room for it."""


@dataclass(frozen=True)
class Cell:
    """What stands in a column: words, a smaller note after them, a sign before them, and how they look."""

    text: str
    note: str = ""
    sign: Sign | None = None
    colour: str = "text"
    bold: bool = False
    struck: bool = False
    spark: tuple[int, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row: its key for the page that owns the list, its cells, and what a screen reader says of it."""

    key: object
    cells: tuple[Cell, ...]
    spoken: str
    tall: bool = False


@dataclass(frozen=True)
class Head:
    """The head of a group: a day, or what awaits the person."""

    text: str
    note: str = ""
    sign: Sign | None = None
    key: object = None


Item = Row | Head


@dataclass
class Items:
    """What a page of a list brought: items to add, and whether there are more."""

    items: list[Item] = field(default_factory=list)
    more: bool = False


class LedgerModel(QAbstractListModel):
    """Holds the items; asks for more by a signal and never waits."""

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []
        self._more = False
        self._asked = False

    def put(self, items: Sequence[Item], *, more: bool = False) -> None:
        """Show other items."""
        self.beginResetModel()
        self.items = list(items)
        self._more, self._asked = more, False
        self.endResetModel()

    def add(self, items: Sequence[Item], *, more: bool = False) -> None:
        """Add items at the end."""
        self._more, self._asked = more, False
        if items:
            self.beginInsertRows(QModelIndex(), len(self.items), len(self.items) + len(items) - 1)
            self.items.extend(items)
            self.endInsertRows()

    def want_more(self) -> None:
        """Ask for more, once."""
        if self._more and not self._asked:
            self._asked = True
            self.wanted.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many items are held."""
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return an item, or what is spoken of it."""
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return item.spoken if isinstance(item, Row) else f"{item.text} {item.note}".strip()
        return item if role == _ITEM else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are read, not chosen."""
        if index.isValid() and isinstance(self.items[index.row()], Head):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def place_of(self, key: object) -> int:
        """Return the place of a row by its key, −1 where it is not held."""
        return next((at for at, one in enumerate(self.items) if isinstance(one, Row) and one.key == key), -1)


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Return the widths of the columns in pixels; the one of width 0 takes what is left."""
    now = look()
    fixed = [now.px(one.width) for one in columns]
    left = max(now.px(40), room - sum(fixed) - now.px(_EDGE) - now.px(12))
    return [wide or left for wide in fixed]


def is_narrow(columns: Sequence[Column], room: int) -> bool:
    """Return whether the columns do not fit side by side: each row then takes two lines."""
    if not any(one.below for one in columns):
        return False
    now = look()
    return room < sum(now.px(one.width) for one in columns) + now.px(_STRETCH_LEAST + _EDGE)


_STRETCH_LEAST = 200


_EDGE = 24
_GAP, _RIGHT_GAP = 8, 20
"""Between columns; numbers stand further from what follows them."""
_SECOND_LINE = 24
_BAR = 10
"""The scroll bar keeps its room, so that headings and rows stand under one another."""


class _RowDelegate(QStyledItemDelegate):
    """Paints rows and heads."""

    def __init__(self, parent: QObject, columns: Sequence[Column], height: int) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._height = height

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        item = index.data(_ITEM)
        tall = isinstance(item, Head) or (isinstance(item, Row) and item.tall)
        height = self._height + (4 if tall and self._height < Measure.ROW else 0)
        if isinstance(item, Row) and is_narrow(self.columns, self._room()):
            height += _SECOND_LINE
        return QSize(100, look().px(height))

    def _room(self) -> int:
        view = self.parent()
        return view.viewport().width() if isinstance(view, QListView) else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(_ITEM)
        area: QRect = option.rect
        if isinstance(item, Head):
            self._paint_head(painter, area, item)
        elif isinstance(item, Row):
            self._paint_row(painter, option, area, item)
        painter.setPen(QPen(look().colour("hairline"), 1))
        painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())

    def _paint_head(self, painter: QPainter, area: QRect, head: Head) -> None:
        now = look()
        painter.fillRect(area, now.colour("panel"))
        left = area.left() + now.px(_EDGE)
        if head.sign is not None:
            size = now.px(16)
            paint_sign(painter, head.sign, QRectF(left, area.center().y() - size / 2 + 1, size, size), now.tokens)
            left += now.px(24)
        font = now.font(Points.TEXT, BOLD)
        left = _write(painter, left, area, head.text, font, "text")
        _write(painter, left + now.px(12), area, head.note, now.font(Points.HELP), "text2")

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, row: Row) -> None:
        now = look()
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(area, now.colour("selection" if chosen else "hover" if hovered else "surface"))
        if chosen:
            painter.fillRect(QRect(area.left(), area.top(), now.px(4), area.height()), now.colour("accent"))
        self._paint_cells(painter, area, row)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(now.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -2, -2))

    def _paint_cells(self, painter: QPainter, area: QRect, row: Row) -> None:
        pairs = list(zip(self.columns, row.cells, strict=False))
        if not is_narrow(self.columns, area.width()):
            self._paint_cells_in(painter, area, pairs)
            return
        half = (area.height() + look().px(4)) // 2
        above = [one for one in pairs if not one[0].below]
        self._paint_cells_in(painter, QRect(area.left(), area.top(), area.width(), half), above)
        lower = QRect(area.left(), area.top() + half - look().px(4), area.width(), half)
        self._paint_cells_in(painter, lower, [one for one in pairs if one[0].below])

    @staticmethod
    def _paint_cells_in(painter: QPainter, area: QRect, pairs: Sequence[tuple[Column, Cell]]) -> None:
        now = look()
        left = area.left() + now.px(_EDGE)
        if sum(now.px(column.width) for column, _ in pairs) > area.width() - left:
            pairs = [one for one in pairs if not one[0].spare]
        columns = [column for column, _ in pairs]
        for (column, cell), wide in zip(pairs, widths(columns, area.width()), strict=True):
            room = wide - now.px(_RIGHT_GAP if column.right else _GAP)
            paint_cell(painter, QRect(left, area.top(), room, area.height()), cell, right=column.right)
            left += wide


def paint_cell(painter: QPainter, area: QRect, cell: Cell, *, right: bool = False) -> None:
    """Paint one cell; what does not fit ends in three dots."""
    now = look()
    if cell.spark:
        _paint_spark(painter, area, cell.spark)
        return
    left = area.left()
    if cell.sign is not None:
        size = now.px(16)
        paint_sign(painter, cell.sign, QRectF(left, area.center().y() - size / 2 + 1, size, size), now.tokens)
        left += now.px(24)
    font = QFont(now.font(Points.TEXT, BOLD if cell.bold else NORMAL))
    font.setStrikeOut(cell.struck)
    metrics = QFontMetricsF(font)
    note_wide = QFontMetricsF(now.font(Points.HELP)).horizontalAdvance(cell.note) + now.px(8) if cell.note else 0
    room = area.right() - left - note_wide
    text = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, room)
    if right:
        left = round(area.right() - metrics.horizontalAdvance(text) - note_wide)
    end = _write(painter, left, area, text, font, cell.colour)
    _write(painter, end + now.px(8), area, cell.note, now.font(Points.HELP), _quieter(cell.colour))


def _quieter(colour: str) -> str:
    return "text2" if colour.startswith("text") else colour


def _write(painter: QPainter, left: float, area: QRect, text: str, font: QFont, colour: str) -> int:
    """Write in the middle of the row's height; return where the words end."""
    if not text:
        return round(left)
    painter.setFont(font)
    painter.setPen(look().colour(colour))
    wide = QFontMetricsF(font).horizontalAdvance(text)
    place = QRectF(left, area.top(), wide + 4, area.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    return round(left + wide)


def _paint_spark(painter: QPainter, area: QRect, values: Sequence[int]) -> None:
    """Paint a count for each day as a small bar; a silent day is a dot on the ground line."""
    now = look()
    step = max(2, min(now.px(6), area.width() // max(1, len(values))))
    floor = area.bottom() - now.px(7)
    room = area.height() - now.px(14)
    most = max(SPARK_SCALE, *values)
    for at, value in enumerate(values):
        height = max(1, round(room * min(value, most) / most)) if value else 1
        colour = now.colour("spark" if value else "strong_hairline")
        painter.fillRect(QRect(area.left() + at * step, floor - height, max(1, step - 2), height), colour)


SPARK_SCALE = 6
"""Bars of all villages share one scale: so many entries a day fill it."""


class LedgerHeader(QWidget):
    """The headings of the columns."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        narrow = is_narrow(self.columns, self.width() - look().px(_BAR))
        self.setFixedHeight(1 if narrow else look().px(32))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the headings away where a row takes two lines."""
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the headings over a line."""
        now = look()
        with QPainter(self) as painter:
            painter.setFont(now.font(Points.HELP))
            painter.setPen(now.colour("text2"))
            left = now.px(_EDGE)
            shown = self.columns if self.height() > 1 else ()
            for column, wide in zip(shown, widths(shown, self.width() - now.px(_BAR)), strict=True):
                side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
                room = wide - now.px(_RIGHT_GAP if column.right else _GAP)
                place = QRectF(left, 0, room, self.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | side, column.heading)
                left += wide
            painter.setPen(QPen(now.colour("strong_hairline"), 1))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


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
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.doubleClicked.connect(self._open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows anew: a narrow list gives each two lines."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - _AHEAD:
            self._model.want_more()

    def _open(self, index: Index) -> None:
        item = index.data(_ITEM)
        if isinstance(item, Row):
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
        while 0 <= at < len(items) and isinstance(items[at], Head):
            at += -1 if up else 1
        if not 0 <= at < len(items):
            at = next((place for place, one in enumerate(items) if isinstance(one, Row)), -1)
        if at >= 0 and at != self.currentIndex().row():
            self.setCurrentIndex(self._model.index(at))


class LedgerList(QWidget):
    """Rows under headings. ``chosen`` says which row is current (its key or None), ``opened`` which was opened."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, columns: Sequence[Column], *, row: int = Measure.ROW) -> None:
        super().__init__()
        self.model = LedgerModel(self)
        self.header = LedgerHeader(columns)
        self.view = _View(self.model)
        # The model goes with its view, never before it: a view that still has the keyboard would choose in nothing.
        self.model.setParent(self.view)
        self.view.setAccessibleName(name)
        self.view.setItemDelegate(_RowDelegate(self.view, columns, row))
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
        item = current.data(_ITEM) if current.isValid() else None
        if not isinstance(item, Head):
            self.chosen.emit(item.key if isinstance(item, Row) else None)

    def put(self, items: Sequence[Item], *, more: bool = False, keep: object = None) -> None:
        """Show other items; the row with the key ``keep`` (else the first) becomes the current one."""
        self.model.put(items, more=more)
        at = self.model.place_of(keep) if keep is not None else -1
        if at < 0:
            at = next((place for place, one in enumerate(items) if isinstance(one, Row)), -1)
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at))
        else:
            self.chosen.emit(None)

    def current(self) -> object:
        """Return the key of the current row, None where there is none."""
        item = self.view.currentIndex().data(_ITEM)
        return item.key if isinstance(item, Row) else None

    def choose(self, key: object) -> None:
        """Make a row the current one."""
        at = self.model.place_of(key)
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at))
