"""The form's first line (заглавие): what it is, whether the draft is kept, and the way to throw it away."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from app.domain.errors import TefterError
from app.ui.look.signs import Sign
from app.ui.village.session import Session
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.marks import Mark
from app.ui.widgets.text import Elided, Role, Text

_MARGINS = (24, 14, 20, 4)


class FormHead(QWidget):
    """Title, state of the draft, and a button."""

    def __init__(self, session: Session, title: str, clear: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self.title = Text(title, Role.TITLE)
        self._mark, self.kept = Mark(Sign.DONE, 16), Elided("", Role.LABEL)
        self.clear = Button(session.speech.say("village.form.clear"), Kind.QUIET, key="F8", run=clear)
        self._state = QWidget()
        row = QHBoxLayout(self._state)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        for one in (self._mark, self.kept, self.clear):
            row.addWidget(one)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(*_MARGINS)
        self._box.setSpacing(8)
        self._box.addWidget(self.title)
        self._box.addWidget(self._state, 1)
        self.say_nothing()

    def minimumSizeHint(self) -> QSize:
        """Return the room of the wider part: the other goes under it."""
        words = max(self._wide(word) for word in self.title.text().split() or ("",))
        wide = max(words, self._state.minimumSizeHint().width())
        return QSize(wide + _MARGINS[0] + _MARGINS[2], super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one line where there is room for it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margins = _MARGINS[0] + _MARGINS[2] + 8
        title = self._wide(self.title.text())
        fits = title + self._state.minimumSizeHint().width() + margins <= self.width()
        line, column = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(line if fits else column)
        self.title.setMinimumWidth(title if fits else 0)

    def _wide(self, text: str) -> int:
        return self.title.fontMetrics().horizontalAdvance(text) + 2

    def name(self, title: str) -> None:
        """Say what it is, where that is known only later."""
        self.title.setText(title)
        self._arrange()

    def say_nothing(self) -> None:
        """Nothing was typed yet."""
        self._show(Sign.DONE, "")

    def say_kept(self) -> None:
        """The draft is kept."""
        speech = self._session.speech
        self._show(Sign.DONE, speech.say("village.form.kept", hour=speech.clock(self._session.now())))

    def say_not_kept(self, error: TefterError) -> None:
        """The draft could not be kept: say so at once, the next key tries again."""
        self._show(Sign.WRONG, self._session.speech.explain(error).partition(". ")[0])

    def _show(self, sign: Sign, text: str) -> None:
        self._mark.show_sign(sign)
        self.kept.setText(text)
        for widget in (self._mark, self.kept, self.clear):
            widget.setVisible(bool(text))
        self._arrange()
