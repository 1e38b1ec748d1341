"""Draw in millimetres: paragraphs that wrap, lines, frames, QR squares; the same on paper, in a PDF and on screen."""

from collections.abc import Iterable

import segno
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTextLayout, QTextLine, QTextOption

from app.printing.fonts import SMALLEST, UNITS_PER_MM, Style, font

_RIGHT = Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignLeft


class Paragraph:
    """A text set in lines of a width in millimetres. A word that is wider than that breaks; nothing is cut."""

    def __init__(self, text: str, style: Style, width: float, *, right: bool = False) -> None:
        option = QTextOption(_RIGHT if right else _LEFT)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._style = style
        self._layout = QTextLayout(_one_line(text), font(style))
        self._layout.setTextOption(option)
        self._lines = list(self._set(width))

    @property
    def count(self) -> int:
        """Return the number of lines, at least one."""
        return len(self._lines)

    @property
    def pitch(self) -> float:
        """Return the height of one line in millimetres."""
        return self._lines[0].height() / UNITS_PER_MM

    @property
    def height(self) -> float:
        """Return the height of all lines in millimetres."""
        return self.count * self.pitch

    @property
    def ascent(self) -> float:
        """Return how far below the top of a line its baseline lies, in millimetres."""
        return self._lines[0].ascent() / UNITS_PER_MM

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw all lines with the top left corner at (x, y) in millimetres."""
        for number in range(self.count):
            self.draw_line(painter, number, x, y + number * self.pitch)

    def draw_line(self, painter: QPainter, number: int, x: float, y: float) -> None:
        """Draw one line with its top left corner at (x, y) in millimetres."""
        painter.setPen(QColor(self._style.colour))
        line = self._lines[number]
        line.draw(painter, QPointF(x * UNITS_PER_MM, y * UNITS_PER_MM - line.position().y()))

    def _set(self, width: float) -> Iterable[QTextLine]:
        """Break the text into lines, one under another."""
        self._layout.beginLayout()
        y = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width * UNITS_PER_MM)
            line.setPosition(QPointF(0, y))
            y += line.height()
            yield line
        self._layout.endLayout()


def _one_line(text: str) -> str:
    """Return the text without breaks of its own; an empty one still takes the height of a line."""
    return text.translate({ord(sign): " " for sign in "\n\r\t\u2028\u2029"}) or " "


def width_of(text: str, style: Style) -> float:
    """Return the width of a text on one line, in millimetres."""
    return QFontMetricsF(font(style)).horizontalAdvance(text) / UNITS_PER_MM


def cap_height(style: Style) -> float:
    """Return the height of figures and capitals, in millimetres."""
    return QFontMetricsF(font(style)).capHeight() / UNITS_PER_MM


def fitting(text: str, style: Style, width: float) -> Style:
    """Return the style, made smaller by whole points until the text fits a width, never below the smallest."""
    while style.points > SMALLEST and width_of(text, style) > width:
        style = style._replace(points=max(style.points - 1, SMALLEST))
    return style


def line(painter: QPainter, x: float, y: float, width: float, thickness: float) -> None:
    """Draw a black line to the right from (x, y); everything in millimetres."""
    painter.fillRect(_rectangle(x, y - thickness / 2, width, thickness), Qt.GlobalColor.black)


def dots(painter: QPainter, x: float, y: float, width: float) -> None:
    """Draw the dotted line on which one writes, to the right from (x, y) in millimetres."""
    pen = QPen(QColor("#606060"), 0.3 * UNITS_PER_MM, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([1, 2.2])
    painter.setPen(pen)
    painter.drawLine(QPointF(x, y) * UNITS_PER_MM, QPointF(x + width, y) * UNITS_PER_MM)


def dashes(painter: QPainter, x: float, y: float, height: float) -> None:
    """Draw the line along which a sheet is cut, downwards from (x, y) in millimetres."""
    pen = QPen(QColor("#808080"), 0.2 * UNITS_PER_MM, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([8, 8])
    painter.setPen(pen)
    top, bottom = QPointF(x, y) * UNITS_PER_MM, QPointF(x, y + height) * UNITS_PER_MM
    painter.drawLine(top, bottom)


def frame(painter: QPainter, x: float, y: float, width: float, height: float) -> None:
    """Draw an empty frame, in millimetres."""
    painter.setPen(QPen(Qt.GlobalColor.black, 0.35 * UNITS_PER_MM))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(_rectangle(x, y, width, height))


def qr(painter: QPainter, x: float, y: float, size: float, text: str) -> None:
    """Draw a QR of a size in millimetres, without its quiet zone; the caller leaves it four squares of white.

    All squares are one path, so that no renderer shows seams between them.
    """
    matrix = segno.make(text, error="m", micro=False).matrix
    square = size * UNITS_PER_MM / len(matrix)
    left, top = x * UNITS_PER_MM, y * UNITS_PER_MM
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for number, row in enumerate(matrix):
        for start, length in _runs(row):
            path.addRect(left + start * square, top + number * square, length * square, square)
    painter.fillPath(path, Qt.GlobalColor.black)


def _runs(row: bytes | bytearray | tuple[int, ...]) -> Iterable[tuple[int, int]]:
    """Return (start, length) of each run of dark squares in a row."""
    start = None
    for place, dark in enumerate((*row, 0)):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None


def _rectangle(x: float, y: float, width: float, height: float) -> QRectF:
    return QRectF(x * UNITS_PER_MM, y * UNITS_PER_MM, width * UNITS_PER_MM, height * UNITS_PER_MM)
