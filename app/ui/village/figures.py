"""Amounts to be read from afar (суми): large figures, notes and coins to give back, and sums one under another."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.domain.cash import DENOMINATIONS
from app.ui.look.theme import BOLD, look, theme
from app.ui.look.tokens import Points
from app.ui.village.money_field import large_points
from app.ui.widgets.text import STYLES, Hairline, Role, Text
from resources.speech import Speech

SMALLEST_NOTE, LARGEST_BACK = 500, 5_000
"""In minor units; larger notes than fifty are not given back."""
_APART = 3
"""So many of one kind are drawn one by one; more as one with its count."""


class Piece(NamedTuple):
    """A note or coin to give back: its worth in minor units, and how many where they are drawn as one."""

    worth: int
    times: int = 1


def pieces_of(cents: int) -> list[Piece]:
    """Return the fewest notes and coins of an amount, the largest first."""
    found: list[Piece] = []
    for worth in DENOMINATIONS:
        if worth > LARGEST_BACK:
            continue
        count, cents = divmod(cents, worth)
        found += [Piece(worth)] * count if count <= _APART else [Piece(worth, count)]
    return found


def worth_text(worth: int, speech: Speech) -> str:
    """Return what stands on a note or coin: ``5`` or ``0,20``."""
    return str(worth // 100) if worth >= 100 else speech.amount(worth)  # noqa: PLR2004 - a whole euro


class Figure(QWidget):
    """An amount at the right edge in the largest size that fits, with its sign for a screen reader."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        self._role = role
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    @property
    def text(self) -> str:
        """The figures shown."""
        return self._text

    def say(self, text: str, role: Role) -> None:
        """Show figures in a role."""
        self._text, self._role = text, role
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room at full size."""
        font = look().font(large_points(STYLES[self._role].points), BOLD)
        metrics = QFontMetricsF(font)
        figures = metrics.tightBoundingRect("0,").height()
        return QSize(round(metrics.horizontalAdvance(self._text)) + 8, round(figures) + look().px(28))

    def minimumSizeHint(self) -> QSize:
        """Return less: the figures shrink before they are cut."""
        return QSize(look().px(80), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the figures."""
        style = STYLES[self._role]
        points = large_points(style.points)
        while points > Points.FACT and self._wide(points) > self.width():
            points -= 1
        with QPainter(self) as painter:
            painter.setFont(look().font(points, BOLD))
            painter.setPen(look().colour(style.colour))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._text)

    def _wide(self, points: float) -> float:
        return QFontMetricsF(look().font(points, BOLD)).horizontalAdvance(self._text)


_NOTE, _COIN, _HEIGHT, _GAP = 72, 44, 46, 8


class Pieces(QWidget):
    """Notes and coins to give back, drawn as they look; what does not fit goes on in the next line."""

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self._pieces: list[Piece] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._measure)

    def show_change(self, cents: int) -> None:
        """Show what to give back."""
        self._pieces = pieces_of(cents)
        said = (f"{one.times} × {worth_text(one.worth, self._speech)}" for one in self._pieces)
        self.setAccessibleName("; ".join(said))
        self._measure()

    def _measure(self) -> None:
        lines = max(1, len(self._lines()))
        self.setFixedHeight(lines * look().px(_HEIGHT) + (lines - 1) * look().px(_GAP))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._measure()

    def _width_of(self, piece: Piece) -> float:
        now = look()
        wide = float(now.px(_NOTE if piece.worth >= SMALLEST_NOTE else _COIN))
        if piece.times > 1:
            wide += QFontMetricsF(now.font(Points.SECTION, BOLD)).horizontalAdvance(f" × {piece.times}")
        return wide

    def _lines(self) -> list[list[Piece]]:
        lines: list[list[Piece]] = []
        left = 0.0
        for one in self._pieces:
            wide = self._width_of(one) + look().px(_GAP)
            if not lines or left < wide:
                lines.append([])
                left = float(self.width() + look().px(_GAP))
            lines[-1].append(one)
            left -= wide
        return lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint them, ending at the right edge."""
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, line in enumerate(self._lines()):
                top = number * (now.px(_HEIGHT) + now.px(_GAP))
                left = self.width() - sum(self._width_of(one) + now.px(_GAP) for one in line) + now.px(_GAP)
                for one in line:
                    self._paint_piece(painter, left, top, one)
                    left += self._width_of(one) + now.px(_GAP)

    def _paint_piece(self, painter: QPainter, left: float, top: float, piece: Piece) -> None:
        now = look()
        note = piece.worth >= SMALLEST_NOTE
        area = QRectF(left + 1, top + 1, now.px(_NOTE if note else _COIN) - 2, now.px(_HEIGHT) - 2)
        painter.setPen(QPen(now.colour("field_border"), 1.2))
        painter.setBrush(now.colour("surface"))
        if note:
            painter.drawRoundedRect(area.adjusted(0, now.px(2), 0, -now.px(2)), now.px(4), now.px(4))
        else:
            radius = (area.width() - 2) / 2
            painter.drawEllipse(area.center(), radius, radius)
            painter.setPen(QPen(now.colour("strong_hairline"), 1))
            painter.drawEllipse(area.center(), radius - now.px(3), radius - now.px(3))
        painter.setPen(now.colour("text"))
        painter.setFont(now.font(Points.SECTION if note else Points.HELP, BOLD))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, worth_text(piece.worth, self._speech))
        if piece.times > 1:
            painter.setFont(now.font(Points.SECTION, BOLD))
            painter.drawText(QPointF(area.right() + now.px(4), area.center().y() + now.px(6)), f"× {piece.times}")


class SumRow(NamedTuple):
    """A line of a sum: its words and its amount as text; the total has a line above it."""

    label: str
    amount: str
    total: bool = False


def sums(rows: Sequence[SumRow]) -> QWidget:
    """Return amounts one under another, right-aligned on their comma."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    at = 0
    for row in rows:
        if row.total:
            grid.addWidget(Hairline(strong=True), at, 0, 1, 2)
            at += 1
        grid.addWidget(Text(row.label, Role.STRONG if row.total else Role.QUIET), at, 0)
        amount = Text(row.amount, Role.SECTION if row.total else Role.TEXT, wrap=False)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(amount, at, 1)
        at += 1
    return holder
