"""The count of a till (преброяване): a row for each note and coin, by keyboard, with what each row comes to."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.cash import DENOMINATIONS
from app.domain.facts import NoteCount
from app.ui.look.theme import look, theme
from app.ui.village.figures import SMALLEST_NOTE, worth_text
from app.ui.village.money_field import LARGE
from app.ui.widgets.fields import Line
from app.ui.widgets.text import Hairline, Role, Text
from resources.speech import Speech

FIELD = 72
RARE = 50_000
"""The note of five hundred: no longer printed, hidden until somebody has one."""


class Picture(QWidget):
    """A small note or coin."""

    def __init__(self, *, note: bool) -> None:
        super().__init__()
        self._note = note
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedSize(look().px(28), look().px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(now.colour("field_border"), 1.2))
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            centre = area.center()
            if self._note:
                painter.drawRoundedRect(area.adjusted(0, now.px(2), 0, -now.px(2)), 2, 2)
                painter.drawEllipse(centre, now.px(3), now.px(3))
            else:
                painter.drawEllipse(centre, now.px(9), now.px(9))
                painter.drawEllipse(centre, now.px(6), now.px(6))


class CountGrid(QWidget):
    """Counts some denominations. ``changed`` says that a number was typed."""

    changed = Signal()

    def __init__(self, title: str, speech: Speech, worths: tuple[int, ...]) -> None:
        super().__init__()
        self._speech = speech
        self.fields: dict[int, Line] = {}
        self._sums: dict[int, Text] = {}
        self._rows: dict[int, list[QWidget]] = {}
        self.total = Text("", Role.SECTION, wrap=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(3, 1)
        self._grid.setColumnStretch(6, 1)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._grid.addWidget(Text(title, Role.SECTION), 0, 0, 1, 4)
        self._grid.addWidget(self.total, 0, 5, 1, 2, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(Hairline(strong=True), 1, 0, 1, 7)
        for at, worth in enumerate(worths):
            self._row(2 + 2 * at, worth)
        theme().changed.connect(self._measure)
        self._measure()
        self.show_rare(shown=False)

    def _row(self, at: int, worth: int) -> None:
        field = Line(pattern=r"\d{0,5}")
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setAccessibleName(self._speech.money(worth))
        field.textChanged.connect(self._typed)
        name = Text(worth_text(worth, self._speech), Role.SECTION, wrap=False)
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        amount = Text("", Role.TEXT, wrap=False)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = [
            Picture(note=worth >= SMALLEST_NOTE),
            name,
            Text("EUR", Role.LABEL, wrap=False),
            Text("×", Role.LABEL, wrap=False),
            field,
            amount,
        ]
        for place, one in zip((0, 1, 2, 4, 5, 6), row, strict=True):
            self._grid.addWidget(one, at, place)
        rule = Hairline()
        self._grid.addWidget(rule, at + 1, 0, 1, 7)
        self.fields[worth], self._sums[worth], self._rows[worth] = field, amount, [*row, rule]

    def _measure(self) -> None:
        for worth, field in self.fields.items():
            field.setFixedWidth(look().px(FIELD))
            self._rows[worth][1].setMinimumWidth(look().px(48))
            self._rows[worth][0].setVisible(look().scale <= LARGE and not field.isHidden())
        self._grid.setColumnMinimumWidth(6, look().px(72))

    def show_rare(self, *, shown: bool) -> None:
        """Show or hide the row of the note that hardly anybody has."""
        for one in self._rows.get(RARE, []):
            one.setVisible(shown)

    # --- counting ---

    def _typed(self, _text: str) -> None:
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Show what each row and all of them come to."""
        for worth, field in self.fields.items():
            count = int(field.text() or "0")
            text = self._speech.amount(worth * count) if count else self._speech.say("village.fee.none")
            self._sums[worth].setText(text)
        self.total.setText(self._speech.amount(self.cents))

    @property
    def cents(self) -> int:
        """What is counted, in minor units."""
        return sum(note.denomination * note.count for note in self.notes())

    def notes(self) -> tuple[NoteCount, ...]:
        """Return the count; rows of none are left out."""
        counted = ((worth, int(field.text() or "0")) for worth, field in self.fields.items())
        return tuple(NoteCount(worth, count) for worth, count in counted if count)

    def put(self, notes: tuple[NoteCount, ...]) -> None:
        """Show a count."""
        held = {note.denomination: note.count for note in notes}
        for worth, field in self.fields.items():
            field.setText(str(held.get(worth) or ""))
        if held.get(RARE):
            self.show_rare(shown=True)
        self.refresh()


NOTES = tuple(worth for worth in DENOMINATIONS if worth >= SMALLEST_NOTE)
COINS = tuple(worth for worth in DENOMINATIONS if worth < SMALLEST_NOTE)
