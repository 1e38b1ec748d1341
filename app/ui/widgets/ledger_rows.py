"""How a list looks (изглед на редовете): columns in one line or two, heads, sparks, headings."""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.look.icons import paint_icon
from app.ui.look.signs import paint_sign
from app.ui.look.theme import BOLD, NORMAL, look, theme
from app.ui.look.tokens import Measure, Points
from app.ui.widgets.ledger_items import ITEM, Cell, Column, Head, Index, Row

Lines = tuple[tuple[int, ...], ...]
"""For each line of a row the places of the columns that stand in it."""


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Return the widths of the columns in pixels; those of width 0 share what is left."""
    now = look()
    fixed = [now.px(one.width) for one in columns]
    left = max(now.px(40), room - sum(fixed) - now.px(_EDGE) - now.px(12))
    share = left // max(1, fixed.count(0))
    return [wide or share for wide in fixed]


def lines_of(columns: Sequence[Column], room: int) -> Lines:
    """Return which columns stand in which line of a row: all in one, else all but the wide ones, else two lines."""
    every = tuple(range(len(columns)))
    kept = tuple(at for at in every if not columns[at].wide)
    if _fit(columns, every, room) or not any(one.below for one in columns):
        return (every,)
    if len(kept) < len(every) and _fit(columns, kept, room):
        return (kept,)
    above = tuple(at for at in every if not columns[at].below)
    below = tuple(at for at in every if columns[at].below)
    return _without_spare(columns, above, room), _without_spare(columns, below, room)


def _without_spare(columns: Sequence[Column], places: Sequence[int], room: int) -> tuple[int, ...]:
    """Return the columns of a line without the spare ones, where not all have room."""
    least = _STRETCH_LEAST if any(not columns[at].width for at in places) else 0
    fits = sum(look().px(columns[at].width) for at in places) + look().px(least + _EDGE) <= room
    return tuple(at for at in places if fits or not columns[at].spare)


def _fit(columns: Sequence[Column], places: Sequence[int], room: int) -> bool:
    stretched = max(1, sum(1 for at in places if not columns[at].width))
    fixed = sum(look().px(columns[at].width) for at in places)
    return room >= fixed + look().px(stretched * _STRETCH_LEAST + _EDGE)


def is_narrow(columns: Sequence[Column], room: int) -> bool:
    """Return whether the columns do not fit side by side: each row then takes two lines."""
    return len(lines_of(columns, room)) > 1


_STRETCH_LEAST = 200


_EDGE = 24
_GAP, _RIGHT_GAP = 8, 20
"""Between columns; numbers stand further from what follows them."""
_SECOND_LINE = 24
_BAR = 10
"""The scroll bar keeps its room, so that headings and rows stand under one another."""


class RowDelegate(QStyledItemDelegate):
    """Paints rows and heads."""

    def __init__(self, parent: QObject, columns: Sequence[Column], height: int) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._height = height
        self._lines: dict[tuple[int, float], Lines] = {}

    def _lines_in(self, room: int) -> Lines:
        """Return the lines of a row; every row asks, to be measured and to be painted."""
        asked = (room, look().scale)
        if asked not in self._lines:
            self._lines = {asked: lines_of(self.columns, room)}
        return self._lines[asked]

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row or a head."""
        item = index.data(ITEM)
        tall = isinstance(item, Head) or (isinstance(item, Row) and item.tall)
        height = self._height + (4 if tall and self._height < Measure.ROW else 0)
        if isinstance(item, Row) and len(self._lines_in(self._room())) > 1:
            height += _SECOND_LINE
        return QSize(100, look().px(height))

    def _room(self) -> int:
        # The viewport is asked for anew: PySide6 takes an object that was kept for gone once a sheet was taken away.
        view = self.parent()
        return view.viewport().width() if isinstance(view, QListView) else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row or a head over its line."""
        item = index.data(ITEM)
        area: QRect = option.rect
        if isinstance(item, Head):
            self._paint_head(painter, option, item)
        elif isinstance(item, Row):
            self._paint_row(painter, option, item)
        painter.setPen(QPen(look().colour("hairline"), 1))
        painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, head: Head) -> None:
        now, area = look(), option.rect
        painter.fillRect(area, now.colour("panel"))
        if head.key is not None:
            self._paint_ground(painter, option, "panel")
            self._paint_fold(painter, area, head)
        left = area.left() + now.px(_EDGE)
        if head.sign is not None:
            size = now.px(16)
            paint_sign(painter, head.sign, QRectF(left, area.center().y() - size / 2 + 1, size, size), now.tokens)
            left += now.px(24)
        left = _write(painter, left, area, _words(head.text, Points.TEXT, BOLD), "text")
        _write(painter, left + now.px(12), area, _words(head.note, Points.HELP), "text2")

    @staticmethod
    def _paint_fold(painter: QPainter, area: QRect, head: Head) -> None:
        """Paint at the right how a head stands: opened or closed."""
        now = look()
        size = now.px(16)
        place = QRectF(area.right() - size - now.px(12), area.center().y() - size / 2 + 1, size, size)
        paint_icon(painter, "chevron_down" if head.opened else "chevron_right", place, now.colour("text2"))

    @staticmethod
    def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, plain: str) -> None:
        """Paint what lies under the words: chosen, under the mouse, or ``plain``; and the frame of the keyboard."""
        now, state, area = look(), option.state, option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(area, now.colour("selection" if chosen else "hover" if hovered else plain))
        if chosen:
            painter.fillRect(QRect(area.left(), area.top(), now.px(4), area.height()), now.colour("accent"))
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(now.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -2, -2))

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        self._paint_ground(painter, option, "surface")
        self._paint_cells(painter, option.rect, row)

    def _paint_cells(self, painter: QPainter, area: QRect, row: Row) -> None:
        lines = self._lines_in(area.width())
        half = (area.height() + look().px(4)) // 2 if len(lines) > 1 else area.height()
        for at, places in enumerate(lines):
            top = area.top() + at * (half - look().px(4))
            pairs = [(self.columns[place], row.cells[place]) for place in places if place < len(row.cells)]
            self._paint_cells_in(painter, QRect(area.left(), top, area.width(), half), pairs)

    @staticmethod
    def _paint_cells_in(painter: QPainter, area: QRect, pairs: Sequence[tuple[Column, Cell]]) -> None:
        now = look()
        left = area.left() + now.px(_EDGE)
        columns = [column for column, _ in pairs]
        for (column, cell), wide in zip(pairs, widths(columns, area.width()), strict=True):
            room = wide - now.px(_RIGHT_GAP if column.right else _GAP)
            paint_cell(painter, QRect(left, area.top(), room, area.height()), cell, right=column.right)
            left += wide


def paint_cell(painter: QPainter, area: QRect, cell: Cell, *, right: bool = False) -> None:
    """Paint one cell; what does not fit ends in three dots."""
    now = look()
    if cell.spark:
        _paint_spark(painter, area, cell.spark, cell.silent)
        return
    left = area.left()
    if cell.sign is not None:
        size = now.px(16)
        paint_sign(painter, cell.sign, QRectF(left, area.center().y() - size / 2 + 1, size, size), now.tokens)
        left += now.px(24)
    words, note = _text_and_note(cell, area.right() - left)
    note_wide = note.wide + now.px(_GAP) if note.text else 0
    if right:
        left = round(area.right() - words.wide - note_wide)
    if cell.struck:
        struck = QFont(words.font)
        struck.setStrikeOut(True)
        words = words._replace(font=struck)
    end = _write(painter, left, area, words, cell.colour)
    _write(painter, end + now.px(_GAP), area, note, _quieter(cell.colour))


def _text_and_note(cell: Cell, room: float) -> tuple["_Words", "_Words"]:
    """Return a cell's words; the note goes where both have no room: it explains what must be read."""
    weight = BOLD if cell.bold else NORMAL
    note = _words(cell.note, Points.HELP)
    if cell.note:
        whole = _words(cell.text, Points.TEXT, weight)
        if whole.wide + look().px(_GAP) + note.wide <= room:
            return whole, note
    return _words(cell.text, Points.TEXT, weight, room), note._replace(text="", wide=0)


def _quieter(colour: str) -> str:
    return "text2" if colour.startswith("text") else colour


class _Words(NamedTuple):
    """Words, how wide they are in pixels, and their font."""

    text: str
    wide: float
    font: QFont


def _words(text: str, points: float, weight: QFont.Weight = NORMAL, room: float = inf) -> _Words:
    """Return words measured once; what has no room ends in three dots."""
    now = look()
    metrics = now.metrics(points, weight)
    wide = metrics.horizontalAdvance(text) if text else 0
    if wide > room:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        wide = metrics.horizontalAdvance(text)
    return _Words(text, wide, now.font(points, weight))


def _write(painter: QPainter, left: float, area: QRect, words: _Words, colour: str) -> int:
    """Write in the middle of the row's height; return where the words end."""
    if not words.text:
        return round(left)
    painter.setFont(words.font)
    painter.setPen(look().colour(colour))
    place = QRectF(left, area.top(), words.wide + 4, area.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words.text)
    return round(left + words.wide)


def _paint_spark(painter: QPainter, area: QRect, values: Sequence[int], silent: int) -> None:
    """Paint a count for each day as a small bar; an empty day is a dot, silence stands on a tint."""
    now = look()
    step = max(2, min(now.px(6), area.width() // max(1, len(values))))
    floor = area.bottom() - now.px(7)
    room = area.height() - now.px(14)
    most = max(SPARK_SCALE, *values)
    quiet_from = len(values) - silent
    if silent > 0:
        tint = QRect(area.left() + quiet_from * step, floor - room, silent * step, room + 2)
        painter.fillRect(tint, now.colour("tint_amber"))
    for at, value in enumerate(values):
        height = max(1, round(room * min(value, most) / most)) if value else 1
        colour = now.colour("spark" if value else "strong_hairline" if at < quiet_from else "sign_amber")
        painter.fillRect(QRect(area.left() + at * step, floor - height, max(1, step - 2), height), colour)


SPARK_SCALE = 6
"""Bars of all villages share one scale: so many entries a day fill it."""


class LedgerHeader(QWidget):
    """The headings of the columns; ``always``: over the first line too where a row takes two."""

    def __init__(self, columns: Sequence[Column], *, always: bool = False) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._always = always
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        narrow = is_narrow(self.columns, self.width() - look().px(_BAR))
        self.setFixedHeight(1 if narrow and not self._always else look().px(32))
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
            room = self.width() - now.px(_BAR)
            shown = [self.columns[at] for at in lines_of(self.columns, room)[0]] if self.height() > 1 else []
            for column, wide in zip(shown, widths(shown, room), strict=True):
                side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
                gap = now.px(_RIGHT_GAP if column.right else _GAP)
                place = QRectF(left, 0, wide - gap, self.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | side, column.heading)
                left += wide
            painter.setPen(QPen(now.colour("strong_hairline"), 1))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
