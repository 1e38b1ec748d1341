"""The form's first line (заглавие): what it is, whether the draft is kept, and the way to throw it away."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.errors import TefterError
from app.ui.look.signs import Sign
from app.ui.village.session import Session
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.marks import Mark
from app.ui.widgets.text import Elided, Role, Text


class FormHead(QWidget):
    """Title, state of the draft, and a button."""

    def __init__(self, session: Session, title: str, clear: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self.title = Text(title, Role.TITLE, wrap=False)
        self._mark, self.kept = Mark(Sign.DONE, 16), Elided("", Role.LABEL)
        self.clear = Button(session.speech.say("village.form.clear"), Kind.QUIET, key="F8", run=clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 14, 20, 4)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self._mark)
        row.addWidget(self.kept)
        row.addWidget(self.clear)
        self.say_nothing()

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
