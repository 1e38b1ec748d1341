"""Side by side (сравнение): what the village wrote, and what the centre's own lists say.

Colour marks the outcome: what stays when the line is accepted is framed and dark, what goes is grey.
"""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.domain.terms import ComparedField, IdentifierKind, Speed
from app.ui.look.signs import Sign
from app.ui.look.theme import look
from app.ui.look.tokens import Measure
from app.ui.widgets.marks import Mark
from app.ui.widgets.text import Role, Text
from resources import loading
from resources.speech import Speech
from sync.central import answers


class Box(QFrame):
    """One side of a compared field: framed where it stays, plain where it goes."""

    def __init__(self, text: str, *, stays: bool) -> None:
        super().__init__()
        self._stays = stays
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.addWidget(Text(text, Role.STRONG if stays else Role.QUIET))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame."""
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(now.colour("accent" if self._stays else "strong_hairline"), 1.5 if self._stays else 1))
            painter.setBrush(now.colour("selection" if self._stays else "panel"))
            radius = now.px(Measure.RADIUS_BUTTON)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class Comparison:
    """Says compared fields in words."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._ways: dict[ComparedField, Callable[[str], str]] = {
            ComparedField.FEE: lambda cents: speech.money(int(cents)),
            ComparedField.PAID: lambda cents: speech.money(int(cents)),
            ComparedField.REGISTERED_ON: lambda day: speech.long_date(date.fromisoformat(day)),
            ComparedField.DUE_ON: lambda day: speech.long_date(date.fromisoformat(day)),
            ComparedField.SERVICE: _service,
            ComparedField.KIND: _kind,
            ComparedField.SPEED: lambda speed: speech.label(Speed(speed)),
            ComparedField.SETTLEMENT: _settlement,
        }

    def value(self, field: ComparedField, value: int | str | None) -> str:
        """Return a value in words; nothing known is said so."""
        if value is None or value == "":
            return self._speech.say("desk.compare.nothing")
        say = self._ways.get(field)
        return say(str(value)) if say is not None else _identifier(self._speech, str(value))

    def grid(self, fields: Sequence[answers.Compared], *, accepts: bool) -> QWidget:
        """Return the rows; ``accepts``: the village's side stays."""
        say = self._speech.say
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for column, stretch in ((0, 2), (1, 4), (2, 0), (3, 4)):
            grid.setColumnStretch(column, stretch)
        grid.addWidget(Text(say("desk.compare.village"), Role.STRONG), 0, 1)
        grid.addWidget(Text(say("desk.compare.centre"), Role.STRONG), 0, 3)
        for at, one in enumerate(fields, start=1):
            label = self._speech.label(one.field)
            grid.addWidget(Text(label[:1].upper() + label[1:], Role.STRONG), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Box(self.value(one.field, one.village), stays=accepts), at, 1)
            grid.addWidget(Mark(Sign.FINDING if one.differs else Sign.DONE, 18), at, 2)
            grid.addWidget(Box(self.value(one.field, one.centre), stays=not accepts), at, 3)
        return holder


def _service(number: str) -> str:
    service = loading.services().get(int(number))
    return f"{number} · {service.name}" if service is not None else number


def _kind(code: str) -> str:
    kind = loading.document_kinds().get(code)
    return kind.name if kind is not None else code


def _settlement(ekatte: str) -> str:
    try:
        found = loading.settlement(ekatte)
    except KeyError:
        return ekatte
    return f"{found.type} {found.name}"


def _identifier(speech: Speech, value: str) -> str:
    """Return a code of an identifier's kind in words, and any other value as it is."""
    kinds = {kind.value for kind in IdentifierKind}
    return speech.label(IdentifierKind(value)) if value in kinds else value
