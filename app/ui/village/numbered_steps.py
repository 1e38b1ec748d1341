"""One step of a few (стъпка): its number in a disc, what to do, and the button that does it."""

from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.look.icons import paint_icon
from app.ui.look.theme import BOLD, look, theme
from app.ui.look.tokens import Points
from app.ui.widgets.button import Button
from app.ui.widgets.text import Role, Text

_SIDE = 28


class StepState(StrEnum):
    """Whether a step is done, comes now, or comes later."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


class _Number(QWidget):
    """A number in a disc: filled where the step comes now, with a tick where it is done."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.state = StepState.LATER
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedSize(look().px(_SIDE), look().px(_SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the disc."""
        now = look()
        filled = self.state is StepState.NOW
        ink = now.colour("on_accent" if filled else "text2")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(now.colour("accent" if filled else "field_border"), 1.5))
            painter.setBrush(now.colour("accent" if filled else "panel"))
            painter.drawEllipse(area)
            if self.state is StepState.DONE:
                inset = now.px(7)
                paint_icon(painter, "check", area.adjusted(inset, inset, -inset, -inset), ink)
                return
            painter.setPen(ink)
            painter.setFont(now.font(Points.TEXT, BOLD))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(self._number))


class NumberedStep(QWidget):
    """A step with its words."""

    def __init__(self, number: int, title: str, help_text: str, button: Button | None = None) -> None:
        super().__init__()
        self._disc = _Number(number)
        self._title = Text(title, Role.STRONG)
        self._help = Text(help_text, Role.HELP)
        words = QVBoxLayout()
        words.setSpacing(2)
        for widget in (self._title, self._help):
            words.addWidget(widget)
        if button is not None:
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            words.addSpacing(4)
            words.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def set_help(self, text: str) -> None:
        """Say something else under the title."""
        self._help.setText(text)

    def set_state(self, state: StepState) -> None:
        """Say whether the step is done, comes now or later."""
        self._disc.state = state
        self._disc.update()
