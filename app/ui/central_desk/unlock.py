"""The desk's door (вход в бюрото): the address of the centre's service and the access code."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.errors import TefterError
from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import EnterGoesOn, Field, Line
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.text import Role, Text
from resources.speech import Speech

WIDTH = 460


class DeskUnlockPage(Page):
    """Asks for address and code."""

    name = "unlock"

    def __init__(self, speech: Speech, address: str, sign_in: Callable[[str, str], None]) -> None:
        super().__init__()
        say = speech.say
        self._speech = speech
        self._sign_in = sign_in
        self.panel.hide()
        self.address, self.token = Line(), Line()
        self.address.setText(address)
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.banner = Banner()
        self.banner.hide()
        self.button = Button(say("desk.unlock.open"), Kind.PRIMARY, key="Return", run=self.go)
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.title = Text(say("desk.unlock.title"), Role.TITLE)
        column.addWidget(self.title)
        column.addWidget(Field(say("desk.unlock.address"), self.address, "address"))
        column.addWidget(Field(say("desk.unlock.token"), self.token, "token"))
        column.addWidget(self.banner)
        column.addWidget(self.button)
        self.put_in_the_middle(self._holder)
        EnterGoesOn(self).watch(self.address)
        self.use_keys([Key("Return", say("desk.unlock.open"), self.go)])
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._holder.setFixedWidth(look().px(WIDTH))

    def first_focus(self) -> QWidget:
        """Return the line that is still to be filled."""
        return self.token if self.address.text() else self.address

    def go(self) -> None:
        """Try to sign in."""
        if not self.button.isEnabled():
            return
        address, token = self.address.text().strip(), self.token.text().strip()
        if not address or not token:
            self.banner.say(Sign.WRONG, self._speech.say("desk.unlock.empty"), "", "red")
            self.first_focus().setFocus()
            return
        self.button.setEnabled(False)
        self.banner.say(Sign.WAITS, self._speech.say("desk.unlock.opening"), "", "grey")
        self._sign_in(address, token)

    def locked(self) -> None:
        """Say that the desk is locked and that what was typed is kept; the service stays the same."""
        self.title.setText(self._speech.say("desk.unlock.locked"))
        self.address.setEnabled(False)
        self.banner.say(Sign.DONE, self._speech.say("desk.unlock.kept"), "", "green")

    def opened(self) -> None:
        """Forget the code: the door is open."""
        self.token.clear()
        self.button.setEnabled(True)
        self.banner.hide()

    def refused(self, error: TefterError) -> None:
        """Say why it did not open."""
        self.button.setEnabled(True)
        code = self._speech.say("frame.error.code", code=error.code)
        self.banner.say(Sign.WRONG, self._speech.explain(error), code, "red")
        self.token.setFocus()
        self.token.selectAll()
