"""Side by side (сравнение): what the village wrote, and what the centre's own lists say.

Colour marks the outcome, not the side: what stays by the decision that is weighed is framed and dark, what goes is
grey.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.domain.terms import ComparedField
from app.ui.central_desk import values
from app.ui.central_desk.decision import ACCEPT, DISPUTE, NEXT
from app.ui.central_desk.wording import capital
from app.ui.look.signs import Sign
from app.ui.look.theme import look
from app.ui.look.tokens import Measure
from app.ui.widgets.marks import Mark
from app.ui.widgets.text import Role, Text
from resources.speech import Speech
from sync.central import answers

VILLAGE, CENTRE = "village", "centre"
_MONEY = {VILLAGE: "owed", CENTRE: "paid"}


class Box(QFrame):
    """One side of a compared field: framed where it stays, plain where it goes."""

    def __init__(self, text: str, role: Role, *, framed: bool) -> None:
        super().__init__()
        self._framed = framed
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.addWidget(Text(text, role))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame."""
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = "accent" if self._framed else "strong_hairline"
            painter.setPen(QPen(now.colour(edge), 1.5 if self._framed else 1))
            painter.setBrush(now.colour("selection" if self._framed else "panel"))
            radius = now.px(Measure.RADIUS_BUTTON)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class Comparison:
    """Says compared fields in words."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._ways = values.compared_ways(speech)

    def value(self, one: answers.Compared, side: str) -> str:
        """Return what a side says, in words; nothing known is said so."""
        value = one.village if side == VILLAGE else one.centre
        if value is None or value == "":
            return self._speech.say("desk.compare.nothing")
        if one.field is ComparedField.PAID:
            # The village's side is what it asked for: only receipts tell what was paid.
            return self._speech.say(f"desk.compare.{_MONEY[side]}", money=self._speech.money(int(value)))
        say = self._ways.get(one.field)
        return say(str(value)) if say is not None else str(value)

    def grid(self, fields: Sequence[answers.Compared], weighed: str) -> QWidget:
        """Return the rows as they stand after the decision that is weighed."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for column, stretch in ((0, 2), (1, 4), (2, 0), (3, 4)):
            grid.setColumnStretch(column, stretch)
        grid.addLayout(self._head(VILLAGE, "stays" if weighed == ACCEPT else "none"), 0, 1)
        grid.addLayout(self._head(CENTRE, "sent" if weighed == DISPUTE else "none"), 0, 3)
        for at, one in enumerate(fields, start=1):
            label = Text(capital(self._speech.label(one.field)), Role.STRONG)
            label.setContentsMargins(0, 9, 0, 0)
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._box(one, VILLAGE, weighed, stays=ACCEPT), at, 1)
            grid.addWidget(Mark(Sign.FINDING if one.differs else Sign.DONE, 18), at, 2)
            grid.addWidget(self._box(one, CENTRE, weighed, stays=DISPUTE), at, 3)
        return holder

    def _head(self, side: str, outcome: str) -> QVBoxLayout:
        """Return a side's heading over what becomes of it; both lines are always there, so that nothing moves."""
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Text(self._speech.say(f"desk.compare.{side}"), Role.STRONG))
        column.addWidget(Text(self._speech.say(f"desk.compare.{outcome}"), Role.LABEL))
        return column

    def _box(self, one: answers.Compared, side: str, weighed: str, *, stays: str) -> Box:
        framed = one.differs and weighed == stays
        plain = not one.differs or weighed == NEXT
        role = Role.STRONG if framed else Role.TEXT if plain else Role.QUIET
        return Box(self.value(one, side), role, framed=framed)
