"""The decision on a line (решение): a reason, a note, and the keys A, R and N by their place on the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.terms import DisputeReason
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Choice, Field, Line, Tone
from app.ui.widgets.text import Role, Text
from app.ui.widgets.wrap_row import WrapRow
from resources.speech import Speech

LETTERS = {"a": ("a", "а", "ь"), "r": ("r", "р", "и"), "n": ("n", "н", "х")}
"""What the keys A, R and N give in Latin, in phonetic Cyrillic and in БДС: letter keys go by their place."""


class Decision(QWidget):
    """Reason and note, and three cards; ``accepted``, ``disputed`` and ``passed`` say what was pressed."""

    accepted = Signal()
    disputed = Signal()
    passed = Signal()

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        say = speech.say
        self._speech = speech
        self.reason = Choice([(one.value, speech.label(one)) for one in DisputeReason])
        self.note = Line(most=500)
        self.reason_field = Field(say("desk.decision.reason"), self.reason, "reason")
        self.note_field = Field(say("desk.decision.note"), self.note, "note")
        self.accept = self._card("accept", Kind.CARD_PRIMARY, "A", "check", self.accepted.emit)
        self.dispute = self._card("dispute", Kind.CARD, "R", "note", self.disputed.emit)
        self.next = self._card("next", Kind.CARD, "N", "arrow_right", self.passed.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Text(say("desk.decision.title"), Role.SECTION))
        # A long reason must not make the window wider: the list of reasons shows it whole.
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setMinimumContentsLength(14)
        column.addWidget(WrapRow([self.reason_field, self.note_field]))
        column.addWidget(self.note_field.note)
        column.addWidget(WrapRow([self.accept, self.dispute, self.next]))

    def _card(self, name: str, kind: Kind, key: str, icon: str, run: Callable[[], None]) -> Button:
        card = Button(self._speech.say(f"desk.decision.{name}"), kind, key=key, icon=icon, run=run)
        card.set_note(self._speech.say(f"desk.decision.{name}_note"))
        return card

    def chosen(self) -> tuple[DisputeReason, str]:
        """Return the reason and the note."""
        return DisputeReason(self.reason.value()), self.note.text().strip()

    def propose(self, reason: DisputeReason | None) -> None:
        """Choose the reason that the findings propose; the note begins empty."""
        self.reason.choose((reason or DisputeReason.OTHER).value)
        self.note.clear()
        self.note_field.clear_note()

    def needs_note(self) -> None:
        """Say that this reason needs words."""
        self.note_field.set_note(self._speech.say("desk.decision.needs_note"), "", Tone.WRONG)
        self.note.setFocus()

    def by_letter(self, event: QKeyEvent, focus: QWidget | None) -> bool:
        """Do what a letter key says; False where it says nothing, or a text has the keyboard."""
        if isinstance(focus, QLineEdit | QPlainTextEdit | QComboBox):
            return False
        typed = event.text().lower()
        acts = {"a": self.accepted, "r": self.disputed, "n": self.passed}
        for key, letters in LETTERS.items():
            if typed and typed in letters:
                acts[key].emit()
                return True
        return False
