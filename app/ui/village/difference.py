"""The difference of a count (разлика): in words, large, never hidden and never rounded."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.look.tokens import Measure
from app.ui.village.figures import Figure
from app.ui.widgets.marks import Mark
from app.ui.widgets.text import Role, Text
from resources.speech import Speech


class DifferenceBox(QWidget):
    """Says how the count stands against the book."""

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self._colour = ""
        self._mark = Mark(Sign.DONE, 20)
        self.words = Text("", Role.SECTION)
        self.amount = Figure(Role.DIFFERENCE)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._mark)
        head.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.amount)
        theme().changed.connect(self.update)

    def show_difference(self, cents: int | None, *, began: bool) -> None:
        """Show surplus (+) or shortage (−); nothing before a count began or where there is no day."""
        say = self._speech.say
        if cents is None or not began:
            self._put(Sign.OPEN, "", say("village.day_close.to_count"), Role.QUIET)
        elif cents == 0:
            self._put(Sign.DONE, "green", say("village.day_close.agrees"), Role.GREEN)
        else:
            key = "less" if cents < 0 else "more"
            self._put(Sign.WRONG, "red", say(f"village.day_close.{key}"), Role.RED)
        shown = bool(cents) and began
        self.amount.setVisible(shown)
        self.amount.say(self._speech.money(abs(cents or 0)) if shown else "", Role.DIFFERENCE)
        self.setAccessibleName(" ".join(filter(None, (self.words.text(), self.amount.text))))

    def _put(self, sign: Sign, colour: str, words: str, role: Role) -> None:
        self._mark.show_sign(sign)
        self._colour = colour
        self.words.setText(words)
        self.words.set_role(role)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tint, with its border."""
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(now.colour(f"sign_{self._colour}" if self._colour else "hairline"), 1))
            painter.setBrush(now.colour(f"tint_{self._colour}" if self._colour else "surface"))
            radius = now.px(Measure.RADIUS_PANEL)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
