"""The decision on a line (решение): a reason, a note, and the keys A, R and N by their place on the keyboard.

What was typed for a line stays until that line is decided, wherever the person goes meanwhile.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.terms import DisputeReason
from app.operating_system import key_place
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Choice, Field, Line, Tone
from app.ui.widgets.text import Role, Text
from app.ui.widgets.wrap_row import WrapRow
from resources.speech import Speech

PLACES = {30: "a", 19: "r", 49: "n"}
"""The keys by their place on the keyboard, which no layout changes."""
LETTERS = {"a": ("a", "а", "ь"), "r": ("r", "р", "и"), "n": ("n", "н", "х")}
"""What they give in Latin, in phonetic Cyrillic and in БДС, where the window system tells no place."""
MOST_NOTE = 500
_NOTE_LINES = 3

ACCEPT, DISPUTE, NEXT = "accept", "dispute", "next"


class Decision(QWidget):
    """Reason and note, and three cards; ``accepted``, ``disputed`` and ``passed`` say what was pressed.

    ``weighed`` names the decision that has the keyboard, so that its outcome can be shown.
    """

    accepted = Signal()
    disputed = Signal()
    passed = Signal()
    weighed = Signal(str)

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self._line = ""
        self._proposed = DisputeReason.OTHER.value
        self._kept: dict[str, tuple[str, str]] = {}
        self.weighs = ACCEPT
        self.reason = Choice([(one.value, speech.label(one)) for one in DisputeReason])
        self.note = Line(most=MOST_NOTE)
        self.reason_field = Field(speech.say("desk.decision.reason"), self.reason, "reason")
        self.note_field = Field(speech.say("desk.decision.note"), self.note, "note")
        self.cards = {
            ACCEPT: self._card(ACCEPT, "A", self.accepted.emit),
            DISPUTE: self._card(DISPUTE, "R", self.disputed.emit),
            NEXT: self._card(NEXT, "N", self.passed.emit),
        }
        self._compose()
        for widget in (self.reason, self.note, *self.cards.values()):
            widget.installEventFilter(self)
        self._weigh(ACCEPT)

    def _compose(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Text(self._speech.say("desk.decision.title"), Role.SECTION))
        # A long reason must not make the window wider: the list of reasons shows it whole.
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setMinimumContentsLength(14)
        column.addWidget(WrapRow([self.reason_field, self.note_field]))
        column.addWidget(self.note_field.note)
        column.addWidget(WrapRow(list(self.cards.values())))

    def _card(self, name: str, key: str, run: Callable[[], None]) -> Button:
        card = Button(self._speech.say(f"desk.decision.{name}"), Kind.CARD, key=key, run=run)
        card.note_lines = _NOTE_LINES
        card.set_note(self._speech.say(f"desk.decision.{name}_note"))
        return card

    # --- which line, and what was typed for it ---

    def take(self, line: str, proposed: DisputeReason | None) -> None:
        """Decide on another line: what was typed for it before, else the reason that its findings propose."""
        self._keep()
        self._line, self._proposed = line, (proposed or DisputeReason.OTHER).value
        reason, note = self._kept.get(line, (self._proposed, ""))
        self.reason.choose(reason)
        self.note.setText(note)
        self.note_field.clear_note()

    def _keep(self) -> None:
        typed = (self.reason.value(), self.note.text())
        if self._line and typed != (self._proposed, ""):
            self._kept[self._line] = typed
        else:
            self._kept.pop(self._line, None)

    def forget(self) -> None:
        """Forget what was typed for this line: it is decided."""
        self._kept.pop(self._line, None)
        self._line = ""
        self.note.clear()

    def chosen(self) -> tuple[DisputeReason, str]:
        """Return the reason and the note."""
        return DisputeReason(self.reason.value()), self.note.text().strip()

    def needs_note(self) -> None:
        """Say that this reason needs words."""
        self.note_field.set_note(self._speech.say("desk.decision.needs_note"), "", Tone.WRONG)
        self.note.setFocus()

    # --- what is weighed ---

    def rest_on(self, widget: QWidget) -> None:
        """While this widget has the keyboard, accepting is what is weighed."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice which decision has the keyboard; reason and note belong to a dispute."""
        if event.type() == QEvent.Type.FocusIn:
            card = next((name for name, one in self.cards.items() if one is watched), None)
            self._weigh(card or (DISPUTE if watched in {self.reason, self.note} else ACCEPT))
        return False

    def _weigh(self, name: str) -> None:
        for one, card in self.cards.items():
            card.kind = Kind.CARD_PRIMARY if one == name else Kind.CARD
            card.update()
        if name != self.weighs:
            self.weighs = name
            self.weighed.emit(name)

    # --- keys ---

    def by_letter(self, event: QKeyEvent, focus: QWidget | None) -> bool:
        """Do what a letter key says; False where it says nothing, or a text has the keyboard."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if held or event.isAutoRepeat() or isinstance(focus, QLineEdit | QPlainTextEdit | QComboBox):
            return False
        acts = {"a": self.accepted, "r": self.disputed, "n": self.passed}
        key = _letter(event)
        if key:
            acts[key].emit()
        return bool(key)


def _letter(event: QKeyEvent) -> str:
    place = key_place(event.nativeScanCode())
    if place:
        return PLACES.get(place, "")
    typed = event.text().lower()
    return next((key for key, letters in LETTERS.items() if typed and typed in letters), "")
