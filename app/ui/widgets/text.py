"""Words on the screen (надписи): always plain text, in a size and colour of the design."""

from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.ui.look.theme import BOLD, NORMAL, look, theme
from app.ui.look.tokens import Points


class Style(NamedTuple):
    """Size in points, weight and colour token."""

    points: float
    weight: QFont.Weight
    colour: str


class Role(StrEnum):
    """What a text is; its style follows."""

    TITLE = "title"
    SECTION = "section"
    STRONG = "strong"
    TEXT = "text"
    QUIET = "quiet"
    HELP = "help"
    LABEL = "label"
    FACT = "fact"
    LEAD = "lead"
    NUMBER = "number"
    NUMBER_TO_COME = "number_to_come"
    HUGE = "huge"
    DUE = "due"
    CHANGE = "change"
    DIFFERENCE = "difference"
    AMBER = "amber"
    RED = "red"
    GREEN = "green"
    DONE = "done"


STYLES: dict[Role, Style] = {
    Role.TITLE: Style(Points.TITLE, BOLD, "text"),
    Role.SECTION: Style(Points.SECTION, BOLD, "text"),
    Role.STRONG: Style(Points.TEXT, BOLD, "text"),
    Role.TEXT: Style(Points.TEXT, NORMAL, "text"),
    Role.QUIET: Style(Points.TEXT, NORMAL, "text2"),
    Role.HELP: Style(Points.HELP, NORMAL, "text2"),
    Role.LABEL: Style(Points.HELP, NORMAL, "text3"),
    Role.FACT: Style(Points.FACT, BOLD, "text"),
    Role.LEAD: Style(Points.SECTION, NORMAL, "text2"),
    Role.NUMBER: Style(Points.NUMBER_TO_COME - 2, BOLD, "text"),
    Role.NUMBER_TO_COME: Style(Points.NUMBER_TO_COME, NORMAL, "text3"),
    Role.HUGE: Style(Points.NUMBER, BOLD, "text"),
    Role.DUE: Style(Points.DUE, BOLD, "text"),
    Role.CHANGE: Style(Points.CHANGE, BOLD, "accent"),
    Role.DIFFERENCE: Style(Points.DIFFERENCE, BOLD, "red"),
    Role.AMBER: Style(Points.TEXT, BOLD, "amber"),
    Role.RED: Style(Points.TEXT, BOLD, "red"),
    Role.GREEN: Style(Points.TEXT, BOLD, "green"),
    Role.DONE: Style(Points.FACT, BOLD, "green"),
}


class Text(QLabel):
    """A text in a role. Long texts wrap unless ``wrap`` is off."""

    def __init__(self, text: str = "", role: Role = Role.TEXT, *, wrap: bool = True) -> None:
        super().__init__(text)
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_role(self, role: Role) -> None:
        """Let it be another kind of text."""
        self._role = role
        self._restyle()

    def _restyle(self) -> None:
        style = STYLES[self._role]
        self.setFont(look().font(style.points, style.weight))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, look().colour(style.colour))
        self.setPalette(palette)


class Elided(Text):
    """A sentence in one line that ends in three dots where there is no room; the whole is in its tool tip."""

    def __init__(self, text: str = "", role: Role = Role.TEXT) -> None:
        super().__init__(text, role, wrap=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Return the room of a few words."""
        return QSize(look().px(120), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        with QPainter(self) as painter:
            painter.setFont(self.font())
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class Hairline(QFrame):
    """A line of one pixel."""

    def __init__(self, *, strong: bool = False) -> None:
        super().__init__()
        self.setObjectName("strong_hairline" if strong else "hairline")
        self.setFixedHeight(1)


def restyle(widget: QWidget) -> None:
    """Let a widget take on the style sheet anew, after a property that it asks for has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
