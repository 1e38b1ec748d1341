"""The door (вход): the password of the store; what waits outside says nothing of what is inside."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.errors import TefterError
from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.text import Role, Text
from resources.speech import Speech

WIDTH = 420


class UnlockPage(Page):
    """Asks for the password: at the start, and after a lock."""

    name = "unlock"

    def __init__(self, speech: Speech, place: str, unlock: Callable[[str], None]) -> None:
        super().__init__()
        self._speech = speech
        self._unlock = unlock
        self.panel.hide()
        self.password = Line()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.field = Field(speech.say("village.unlock.password"), self.password, "password")
        self.button = Button(speech.say("village.unlock.open"), Kind.PRIMARY, key="Return", run=self.go)
        self.banner = Banner()
        self.title = Text(speech.say("village.unlock.title"), Role.TITLE)
        self._compose(place)
        self.use_keys([Key("Return", speech.say("village.unlock.open"), self.go)])

    def _compose(self, place: str) -> None:
        self._holder = holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.title)
        column.addWidget(Text(place, Role.LEAD))
        column.addWidget(self.field)
        column.addWidget(self.banner)
        column.addWidget(self.button)
        self.banner.hide()
        self.put_in_the_middle(holder)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._holder.setFixedWidth(look().px(WIDTH))

    def first_focus(self) -> QWidget:
        """Return the password's line."""
        return self.password

    def locked(self) -> None:
        """Say that the window is locked and that what was typed is kept."""
        self.title.setText(self._speech.say("village.unlock.locked"))
        self.banner.say(Sign.DONE, self._speech.say("village.unlock.kept"), "", "green")

    def go(self) -> None:
        """Try the password that is typed."""
        if not self.button.isEnabled():
            return
        if not self.password.text():
            self.banner.say(Sign.WRONG, self._speech.say("village.unlock.empty"), "", "red")
            return
        self.button.setEnabled(False)
        self.banner.say(Sign.WAITS, self._speech.say("village.unlock.opening"), "", "grey")
        self._unlock(self.password.text())

    def opened(self) -> None:
        """Forget what was typed: the door is open."""
        self.password.clear()
        self.button.setEnabled(True)
        self.banner.hide()

    def refused(self, error: TefterError) -> None:
        """Say why it did not open."""
        self.button.setEnabled(True)
        code = self._speech.say("frame.error.code", code=error.code)
        self.banner.say(Sign.WRONG, self._speech.explain(error), code, "red")
        self.password.setFocus()
        self.password.selectAll()
