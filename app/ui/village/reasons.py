"""A reason in words (основание): a line, and the usual reasons as chips; the arrow down walks them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.look.theme import look, theme
from app.ui.village.money_field import LARGE
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Field, Line, Tone
from app.ui.widgets.flow import Flow

MOST_SIGNS = 300


class _ReasonLine(Line):
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)


class ReasonField(QWidget):
    """Asks for a reason. ``changed`` says that it is another; ``roomy``: the note keeps its room while it is empty."""

    changed = Signal()

    def __init__(
        self, label: str, quick: Sequence[str], *, hint: str = "", aside: str = "", roomy: bool = False
    ) -> None:
        super().__init__()
        self._quick = list(quick)
        self.line = _ReasonLine(most=MOST_SIGNS)
        self.line.setPlaceholderText(hint)
        self.line.textChanged.connect(self._typed)
        self.line.stepped.connect(self._step)
        self.field = Field(label, self.line, "reason", aside=aside)
        self.chips = [Button(text, Kind.CHIP, run=partial(self.choose, text)) for text in self._quick]
        holder = QWidget()
        row = Flow()
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        for chip in self.chips:
            row.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for one in (self.field, holder, self.field.note):
            column.addWidget(one)
        theme().changed.connect(self._measure)
        self._measure()
        policy = self.field.note.sizePolicy()
        # Here the note stands under the line, not in the margin.
        policy.setVerticalPolicy(policy.Policy.Minimum)
        policy.setRetainSizeWhenHidden(roomy)
        self.field.note.setSizePolicy(policy)

    def _measure(self) -> None:
        """In very large text the label needs the room of the words beside it."""
        self.field.aside.setVisible(look().scale <= LARGE)

    def text(self) -> str:
        """Return the reason without spaces around it."""
        return " ".join(self.line.text().split())

    def put(self, reason: str) -> None:
        """Show a reason."""
        self.line.setText(reason)

    def choose(self, reason: str) -> None:
        """Take one of the usual reasons; more may be typed behind it."""
        self.line.setText(reason)
        self.line.setFocus()
        self.line.end(False)  # noqa: FBT003 - Qt's own "mark the text on the way"

    def wrong(self, sentence: str) -> None:
        """Say what is missing."""
        self.field.set_note(sentence, tone=Tone.WRONG)

    def _step(self, step: int) -> None:
        now = self.text()
        at = self._quick.index(now) + step if now in self._quick else (0 if step > 0 else -1)
        if self._quick and (not now or now in self._quick):
            self.choose(self._quick[at % len(self._quick)])

    def _typed(self, _text: str) -> None:
        self.field.clear_note()
        now = self.text()
        for chip, text in zip(self.chips, self._quick, strict=True):
            # An exclusive group keeps one marked; here none may be.
            chip.setAutoExclusive(False)
            chip.setChecked(text == now)
            chip.setAutoExclusive(True)
        self.changed.emit()
