"""The number just given (входящ номер): as large as fits, with its date smaller behind it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look.theme import BOLD, look, theme
from app.ui.look.tokens import Points

_DATE_SHARE = 0.42
_SMALLEST = 0.4


class BigNumber(QWidget):
    """Paints ``17-000042/20.11.2026``; where the room is small it shrinks, and is never cut."""

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    @property
    def text(self) -> str:
        """The whole number."""
        return self._number

    def say(self, number: str) -> None:
        """Show a number."""
        self._number = number
        self.setAccessibleName(number)
        self.updateGeometry()
        self.update()

    def _fonts(self, share: float) -> tuple[QFont, QFont]:
        points = Points.NUMBER * share
        return look().font(points, BOLD), look().font(points * _DATE_SHARE)

    def _parts(self) -> tuple[str, str]:
        number, slash, day = self._number.partition("/")
        return number, slash + day

    def _width(self, share: float) -> float:
        large, small = self._fonts(share)
        number, day = self._parts()
        return QFontMetricsF(large).horizontalAdvance(number) + QFontMetricsF(small).horizontalAdvance(day)

    def _share(self) -> float:
        full = self._width(1.0)
        return max(_SMALLEST, min(1.0, (self.width() - 4) / full)) if full else 1.0

    def sizeHint(self) -> QSize:
        """Return the room at full size."""
        return QSize(round(self._width(1.0)) + 4, look().px(100))

    def minimumSizeHint(self) -> QSize:
        """Return the room at the smallest size."""
        return QSize(round(self._width(_SMALLEST)) + 4, look().px(100))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint number and date on one line."""
        large, small = self._fonts(self._share())
        number, day = self._parts()
        metrics = QFontMetricsF(large)
        line = (self.height() + metrics.capHeight()) / 2
        with QPainter(self) as painter:
            painter.setPen(look().colour("text"))
            painter.setFont(large)
            painter.drawText(
                QRectF(0, line - metrics.ascent(), self.width(), metrics.height()), Qt.AlignmentFlag.AlignLeft, number
            )
            painter.setPen(look().colour("text2"))
            painter.setFont(small)
            left = metrics.horizontalAdvance(number)
            ascent = QFontMetricsF(small).ascent()
            painter.drawText(
                QRectF(left, line - ascent, self.width() - left, metrics.height()), Qt.AlignmentFlag.AlignLeft, day
            )
