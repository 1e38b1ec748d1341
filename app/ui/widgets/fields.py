"""Fields of a form (полета): a label with its mnemonic above, the input, and the finding in the margin beside it."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPointF, QRegularExpression, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.look.tokens import Measure
from app.ui.widgets.button import Segment
from app.ui.widgets.marks import Mark
from app.ui.widgets.text import Role, Text, restyle
from app.ui.widgets.wrap_row import WrapRow


class Tone(StrEnum):
    """How grave a note in the margin is."""

    ADVICE = "advice"
    FINDING = "finding"
    WRONG = "wrong"


_SIGNS = {Tone.FINDING: Sign.FINDING, Tone.WRONG: Sign.WRONG}
_ROLES = {Tone.ADVICE: Role.STRONG, Tone.FINDING: Role.AMBER, Tone.WRONG: Role.RED}
_WENT_ON = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.MouseFocusReason}
_FRAMES = {Tone.FINDING: "amber", Tone.WRONG: "red"}


class Line(QLineEdit):
    """A line of text (ред). Enter is left to the form, which goes on to the next field."""

    def __init__(self, *, pattern: str = "", most: int = 0) -> None:
        super().__init__()
        if pattern:
            self.setValidator(QRegularExpressionValidator(QRegularExpression(pattern), self))
        if most:
            self.setMaxLength(most)
        self.textChanged.connect(self._show_beginning)

    def _show_beginning(self) -> None:
        """Show how a long text begins, unless somebody is typing at its end."""
        # Not ``hasFocus``: in a window that is not the active one nothing has it, and keys may come all the same.
        if self.window().focusWidget() is not self:
            self.home(False)  # noqa: FBT003 - Qt's own "mark the text on the way"

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the beginning of a long text on show, not its end; a window that only loses the screen leaves all."""
        super().focusOutEvent(event)
        if event.reason() in _WENT_ON:
            self.home(False)  # noqa: FBT003 - the same


class Choice(QComboBox):
    """One of a short closed list (избор); the wheel does not change it unasked."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.offer(options)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer another list, codes with their words; the first of it is chosen."""
        self.clear()
        for value, text in options:
            self.addItem(text, value)

    def value(self) -> str:
        """Return the code chosen, empty for none."""
        return str(self.currentData() or "")

    def choose(self, value: str) -> None:
        """Choose by code."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, and an arrow of our own."""
        super().paintEvent(event)
        now = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(now.colour("text2"), 1.6))
        x, y, arm = self.width() - now.px(20), self.height() / 2 - now.px(2), now.px(5)
        painter.drawPolyline([QPointF(x - arm, y), QPointF(x, y + arm), QPointF(x + arm, y)])
        painter.end()


class Segments(WrapRow):
    """A few choices side by side (сегменти); where there is no room for all, one under another."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        self._buttons = {value: Segment(text) for value, text in options}
        super().__init__(list(self._buttons.values()), gap=4)
        self._group = QButtonGroup(self)
        for button in self._buttons.values():
            self._group.addButton(button)
        self._values = list(self._buttons)
        self._group.buttons()[0].setChecked(True)
        self._group.buttonToggled.connect(self._toggled)
        self.setFocusProxy(self._group.buttons()[0])

    def _toggled(self, button: QAbstractButton, on: bool) -> None:  # noqa: FBT001 - Qt's own signature
        if on:
            self.setFocusProxy(button)
            self.changed.emit()

    def value(self) -> str:
        """Return the code chosen."""
        return next(value for value, button in self._buttons.items() if button.isChecked())

    def choose(self, value: str) -> None:
        """Choose by code."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)

    def offer_only(self, values: Sequence[str]) -> None:
        """Offer some of the choices; where the one chosen is not among them, the first of them is chosen."""
        self.show_only([self._buttons[value] for value in values])
        if self.value() not in values:
            self.choose(values[0])

    def set_note(self, value: str, note: str) -> None:
        """Say something small beside a choice."""
        self._buttons[value].set_note(note)


class Area(QPlainTextEdit):
    """A few lines of text (текст). Tab goes on, as everywhere."""

    def __init__(self, rows: int = 3) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._rows = rows
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(look().px(24) * self._rows + look().px(12))


class Note(QFrame):
    """A note in the margin (забележка): a bar, a sign, what, and what to do. Hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = Tone.ADVICE
        self._mark = Mark(Sign.FINDING, 16)
        self._title = Text("", Role.AMBER)
        self._help = Text("", Role.HELP)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._help)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.lies_over(over=True)
        self.hide()

    def lies_over(self, *, over: bool) -> None:
        """Lie over a margin and move nothing, or take room of its own while something is said."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(over)
        policy.setVerticalPolicy(QSizePolicy.Policy.Ignored if over else QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)

    @property
    def title(self) -> str:
        """What the note says, empty while it says nothing."""
        return self._title.text() if not self.isHidden() else ""

    def say(self, title: str, help_text: str = "", tone: Tone = Tone.FINDING) -> None:
        """Show a note; an empty title takes it away."""
        self._tone = tone
        self._title.setText(title)
        self._title.set_role(_ROLES[tone])
        self._help.setText(help_text)
        self._help.setVisible(bool(help_text))
        sign = _SIGNS.get(tone)
        self._mark.setVisible(sign is not None)
        if sign is not None:
            self._mark.show_sign(sign)
        self.setVisible(bool(title))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar at the left."""
        super().paintEvent(event)
        token = {Tone.ADVICE: "strong_hairline", Tone.FINDING: "sign_amber", Tone.WRONG: "sign_red"}[self._tone]
        painter = QPainter(self)
        painter.fillRect(0, 0, look().px(3), self.height(), look().colour(token))
        painter.end()


class Field(QWidget):
    """Label, input and margin (поле). ``name`` is the field's name in findings, such as ``subject``."""

    def __init__(self, label: str, widget: QWidget, name: str = "", *, aside: str = "") -> None:
        super().__init__()
        self.name = name
        self.input = widget
        self._said = ("", "", Tone.FINDING)
        self.note = Note()
        self.note.setParent(self)  # until a form places it: what has no parent may die while Qt walks all widgets
        self.label = Text(label, Role.QUIET, wrap=False)
        self.label.setText(label)
        self.label.setBuddy(widget)
        self.aside = Text(aside, Role.LABEL, wrap=False)
        widget.setAccessibleName(label.replace("&", ""))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.label)
        head.addStretch(1)
        head.addWidget(self.aside)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Measure.LABEL_GAP)
        column.addLayout(head)
        column.addWidget(widget)

    def rename(self, label: str) -> None:
        """Ask for something else in the same input."""
        self.label.setText(label)
        self.input.setAccessibleName(label.replace("&", ""))

    def keep_note(self) -> None:
        """Hold the note under the input: there is no margin for it."""
        shown = bool(self.note.title)
        self._column.addWidget(self.note)
        self.note.lies_over(over=False)
        self.note.setVisible(shown)

    def lend_note(self, margin: QWidget) -> None:
        """Hand the note to the margin of a form, which places it."""
        shown = bool(self.note.title)
        self._column.removeWidget(self.note)
        self.note.setParent(margin)
        self.note.lies_over(over=True)
        self.note.setVisible(shown)

    def set_note(self, title: str, help_text: str = "", tone: Tone = Tone.FINDING) -> None:
        """Say something about this field in the margin; nothing moves."""
        if (title, help_text, tone) == self._said:
            return
        self._said = (title, help_text, tone)
        self.note.say(title, help_text, tone)
        self._frame(tone if title else None)
        self.input.setAccessibleDescription(title)

    def demand(self, *, on: bool) -> None:
        """Frame the input as one that holds up the act while it is empty; words of its own go before."""
        if not self._said[0]:
            self._frame(Tone.WRONG if on else None)

    def _frame(self, tone: Tone | None) -> None:
        frame = _FRAMES.get(tone, "") if tone is not None else ""
        self.input.setProperty("finding", frame or None)
        restyle(self.input)

    def clear_note(self) -> None:
        """Say nothing."""
        self.set_note("", "", Tone.FINDING)


class EnterGoesOn(QObject):
    """Lets Enter go on to the next input of a form, past the buttons between them; a text of many lines keeps it.

    After the last input ``last`` is called; without it Enter stays there.
    """

    def __init__(self, form: QWidget, last: Callable[[], object] | None = None) -> None:
        super().__init__(form)
        self._inputs: list[QWidget] = []
        self._last = last

    def watch(self, *widgets: QWidget) -> None:
        """Take Enter in these inputs, which follow one another."""
        for widget in widgets:
            self._inputs.append(widget)
            for one in (widget, *widget.findChildren(Segment)):
                one.installEventFilter(self)

    def go_on(self, widget: QWidget) -> None:
        """Put the keyboard into the next input that can be seen."""
        at = next(place for place, one in enumerate(self._inputs) if one is widget or one.isAncestorOf(widget))
        following = [one for one in self._inputs[at + 1 :] if one.isVisible() and one.isEnabled()]
        if following:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif self._last is not None:
            self._last()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn a plain Enter into the next field; offers that are shown take it first."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, QWidget):
            return False
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}  # type: ignore[attr-defined]  # a QKeyEvent
        if not plain or event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:  # type: ignore[attr-defined]  # a QKeyEvent
            return False
        if getattr(watched, "offering", False):
            return False
        own_way = getattr(watched, "go_on", None)
        if own_way is not None:
            own_way()
        else:
            self.go_on(watched)
        return True


def label_for(label: QLabel) -> str:
    """Return a label's words without its mnemonic."""
    return label.text().replace("&", "")
