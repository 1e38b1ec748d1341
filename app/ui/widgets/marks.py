"""Signs, icons and badges as widgets (знаци)."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.look.icons import paint_icon
from app.ui.look.signs import Sign, paint_sign
from app.ui.look.theme import look, theme
from app.ui.look.tokens import Measure
from app.ui.widgets.text import Role, Text


class Mark(QWidget):
    """A sign or an icon of a size of the design. It says nothing that a word beside it does not say."""

    def __init__(self, sign: Sign | None = None, size: int = 18, *, icon: str = "", colour: str = "text2") -> None:
        super().__init__()
        self._sign = sign
        self._icon = icon
        self._colour = colour
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        side = look().px(self._size)
        self.setFixedSize(QSize(side, side))
        self.update()

    def show_sign(self, sign: Sign) -> None:
        """Show another sign."""
        self._sign = sign
        self.update()

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self._sign is not None:
            paint_sign(painter, self._sign, area.adjusted(1, 1, -1, -1), look().tokens)
        elif self._icon:
            paint_icon(painter, self._icon, area, look().colour(self._colour))
        painter.end()


_TINTS = {"amber": "tint_amber", "red": "tint_red", "green": "tint_green", "grey": "panel"}
_ROLES = {"amber": Role.AMBER, "red": Role.RED, "green": Role.GREEN, "grey": Role.STRONG}


class Banner(QFrame):
    """A state that must not be missed (лента): sign, words and help on a tint."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = "amber"
        self._mark = Mark(Sign.WAITS, 20)
        self.title = Text("", Role.AMBER)
        self.help = Text("", Role.HELP)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.help)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        theme().changed.connect(self.update)

    def say(self, sign: Sign, title: str, help_text: str = "", colour: str = "amber") -> None:
        """Show a state; an empty title takes the banner away."""
        self._colour = colour
        self._mark.show_sign(sign)
        self.title.setText(title)
        self.title.set_role(_ROLES[colour])
        self.help.setText(help_text)
        self.help.setVisible(bool(help_text))
        if self.parentWidget() is not None or not title:
            # Shown before it stands on a page it would be a window of its own for a moment, and take the keyboard.
            self.setVisible(bool(title))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look().colour(_TINTS[self._colour])))
        radius = look().px(Measure.RADIUS_BUTTON)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.end()
