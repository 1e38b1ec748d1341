"""The service's list of papers in the form (необходими документи): one line until it is opened, then a row for each.

A clerk who ignores it loses no key: Enter goes past it while it is folded. Space tells how a paper stands.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain import particulars
from app.domain.desk_lists import Paper
from app.domain.terms import PaperState
from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.look.tokens import Measure
from app.ui.own_words import paper_name
from app.ui.village.form_draft import FormDraft
from app.ui.village.session import Session
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Field
from app.ui.widgets.flow import Flow
from app.ui.widgets.marks import Mark
from app.ui.widgets.panel import empty
from app.ui.widgets.text import Role, Text
from resources.speech import Speech

KEY = "F10"
_NEXT = {
    PaperState.PRESENT: PaperState.MISSING,
    PaperState.MISSING: PaperState.NOT_NEEDED,
    PaperState.NOT_NEEDED: PaperState.PRESENT,
}
_SIGNS = {PaperState.PRESENT: Sign.DONE, PaperState.MISSING: Sign.FINDING, PaperState.NOT_NEEDED: Sign.CLEAN}
_ROLES = {PaperState.PRESENT: Role.TEXT, PaperState.MISSING: Role.AMBER, PaperState.NOT_NEEDED: Role.QUIET}
_BY_ARROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class PaperRow(QAbstractButton):
    """One paper with its state; Space or a press gives it the next state, Enter and the arrows go on."""

    def __init__(self, paper: Paper, state: PaperState, speech: Speech) -> None:
        super().__init__()
        self.paper, self.state = paper, state
        self._speech = speech
        name, hint = paper_name(paper, speech)
        self._name = name
        self._mark = Mark(_SIGNS[state], 16)
        self._label, self._said = Text(name), Text("", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 8, 5)
        row.setSpacing(10)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._label)
        if hint:
            words.addWidget(Text(hint, Role.HELP))
        row.addLayout(words, 1)
        row.addWidget(self._said, 0, Qt.AlignmentFlag.AlignTop)
        self.setBackgroundRole(QPalette.ColorRole.Window)  # else its labels would be written in the ink of buttons
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._say()

    def give(self, state: PaperState) -> None:
        """Show another state."""
        self.state = state
        self._say()

    def _say(self) -> None:
        said = self._speech.label(self.state)
        self._mark.show_sign(_SIGNS[self.state])
        self._said.setText(said)
        self._said.set_role(_ROLES[self.state])
        self.setAccessibleName(f"{self._name}: {said}")

    def hasHeightForWidth(self) -> bool:
        """Return that a long name goes on in the next line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all its words at this width."""
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else super().heightForWidth(width)

    def sizeHint(self) -> QSize:
        """Return the room of its words."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter and the arrows, past the last row to what follows the list."""
        key = Qt.Key(event.key())
        step = 1 if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} else _BY_ARROWS.get(key, 0)
        parent = self.parentWidget()
        rows = parent.findChildren(PaperRow) if parent is not None else []
        at = rows.index(self) + step if self in rows else -1
        if step and 0 <= at < len(rows):
            rows[at].setFocus(Qt.FocusReason.TabFocusReason)
        elif step:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint its ground where the mouse is, and a frame where the keyboard is."""
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(now.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(now.colour("hover") if self.underMouse() else Qt.BrushStyle.NoBrush)
            radius = now.px(Measure.RADIUS_BUTTON)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class _Rows(QWidget):
    """Holds the rows; the keyboard that comes to it goes to the first."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 2, 0, 0)
        self.column.setSpacing(0)


class PaperList(QWidget):
    """The line with its summary and buttons, and the rows under it while it is open."""

    changed = Signal()

    def __init__(self, session: Session, tell: Callable[[], object]) -> None:
        super().__init__()
        self._speech = speech = session.speech
        self._lists = session.lists
        self._chosen: dict[str, PaperState] = {}
        self._shown: tuple[int | None, tuple[str, ...]] = (None, ())
        self.rows: list[PaperRow] = []
        self.summary = Text("", Role.QUIET, wrap=False)
        self.change = Button(speech.say("village.form.change"), Kind.QUIET, key=KEY, run=self.toggle)
        self.tell = Button(speech.say("village.service_info.button"), Kind.QUIET, key="F9", run=tell)
        self.holder = _Rows()
        self.holder.hide()
        line, flow = QWidget(), Flow(gap=8)
        flow.setContentsMargins(0, 0, 0, 0)
        line.setLayout(flow)
        for one in (self.summary, self.change, self.tell):
            flow.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addWidget(self.holder)
        self.setFocusProxy(self.change)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """Let the words stand in the middle of the line of its buttons."""
        self.summary.setFixedHeight(max(self.change.sizeHint().height(), self.summary.sizeHint().height()))

    @property
    def is_open(self) -> bool:
        """Whether the rows are shown."""
        return not self.holder.isHidden()

    def toggle(self) -> None:
        """Open the list with the keyboard in it, or fold it again."""
        if not self.rows:
            return
        self.set_open(on=not self.is_open)
        to = self.rows[0] if self.is_open else self.change
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_open(self, *, on: bool) -> None:
        """Show the rows, or the line alone."""
        self.holder.setVisible(on)
        key = "village.form.papers_fold" if on else "village.form.change"
        self.change.set_text(self._speech.say(key))
        self.change.setAccessibleName(f"{self._speech.say(key)}: {self._speech.say('village.form.papers')}")

    # --- between widgets and draft ---

    def fill(self, draft: FormDraft) -> None:
        """Show what a draft says; a list of which something was said stands open."""
        self._chosen = dict(draft.papers)
        self._shown = (None, ())
        self.follow(draft)
        self.set_open(on=bool(self._chosen) and bool(self.rows))

    def write(self, draft: FormDraft) -> None:
        """Write what the clerk said into a draft."""
        draft.papers = dict(self._chosen)

    def follow(self, draft: FormDraft) -> None:
        """Show the papers of the service that a draft names, for whoever files."""
        papers = self._lists.papers.get(draft.service or 0, ())
        how = particulars.filed(draft.kind, draft.channel, [one.role for one in draft.people])
        asked = particulars.asked(papers, how, self._chosen)
        shown = (draft.service, tuple(one.code for one in asked))
        if shown != self._shown:
            self._shown = shown
            self._lay(asked)
        self._say()

    def _lay(self, papers: Sequence[Paper]) -> None:
        empty(self.holder.column)
        for row in self.rows:
            row.setParent(None)
        self.rows = [PaperRow(one, self._chosen.get(one.code, particulars.usual(one)), self._speech) for one in papers]
        before: QWidget = self.change
        for row in self.rows:
            self.holder.column.addWidget(row)
            row.clicked.connect(self._press(row))
            QWidget.setTabOrder(before, row)
            before = row
        QWidget.setTabOrder(before, self.tell)
        self.change.setVisible(bool(self.rows))
        if self.rows:
            self.holder.setFocusProxy(self.rows[0])
        else:
            self.set_open(on=False)

    def _press(self, row: PaperRow) -> Callable[..., None]:
        def pressed(*_checked: object) -> None:
            row.give(_NEXT[row.state])
            self._chosen[row.paper.code] = row.state
            self._say()
            self.changed.emit()

        return pressed

    def _say(self) -> None:
        """Say in one line how the papers stand."""
        missing = sum(row.state is PaperState.MISSING for row in self.rows)
        if not self.rows:
            self.summary.setText(self._speech.say("village.form.papers_none"))
        elif missing:
            self.summary.setText(self._speech.count("village.form.papers_missing", missing))
        else:
            self.summary.setText(self._speech.say("village.form.papers_all"))
        self.summary.set_role(Role.AMBER if missing else Role.QUIET)


class PapersField(Field):
    """The list among the fields of the form: its line says what it is, so it needs no label above."""

    def __init__(self, session: Session, tell: Callable[[], object]) -> None:
        self.list = PaperList(session, tell)
        super().__init__(session.speech.say("village.form.papers"), self.list, "papers")
        self.label.hide()
        self.aside.hide()
