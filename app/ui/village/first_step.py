"""What every step of the first run has (стъпка): a title, a help, its inputs, a banner and the button that goes on."""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import ClockDoubtful, TefterError
from app.ui.look.signs import Sign
from app.ui.village.beginning import Beginning, Begun, Invitation
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import EnterGoesOn
from app.ui.widgets.marks import Banner
from app.ui.widgets.text import Role, Text
from resources.speech import Speech


class Journey:
    """What the steps have learned so far."""

    def __init__(self) -> None:
        self.file = ""
        self.invitation: Invitation | None = None
        self.clerk = ""
        self.password = ""
        self.begun: Begun | None = None
        self.code = ""


class Host(Protocol):
    """The page that holds the steps."""

    speech: Speech
    beginning: Beginning
    journey: Journey

    def ask(self, work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[TefterError], None]) -> None:
        """Do something on a worker's thread."""

    def go_on(self) -> None:
        """Show the next step."""

    def back_to(self, place: int) -> None:
        """Show an earlier step."""

    def doubted(self, error: ClockDoubtful, again: Callable[[date], None]) -> None:
        """Ask for today's date, where the clock is in doubt."""

    def over(self) -> None:
        """The station is confirmed."""


class FirstStep(QWidget):
    """One step. ``key`` names its title and help in the texts."""

    def __init__(self, host: Host, key: str, verb: str) -> None:
        super().__init__()
        self.host = host
        self._inputs: tuple[QWidget, ...] = ()
        self._goes_on = EnterGoesOn(self, self.go)
        say = host.speech.say
        self.title = Text(say(f"village.first_run.{key}"), Role.TITLE)
        self.help = Text(say(f"village.first_run.{key}_help"), Role.QUIET)
        self.banner = Banner()
        self.banner.hide()
        self.button = Button(say(f"village.first_run.{verb}"), Kind.PRIMARY, key="Return", run=self.go)
        self.inputs = QVBoxLayout()
        self.inputs.setSpacing(12)
        self.others = QHBoxLayout()
        self.others.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.help)
        column.addSpacing(4)
        column.addLayout(self.inputs)
        column.addWidget(self.banner)
        column.addSpacing(4)
        column.addWidget(self.button)
        column.addLayout(self.others)
        column.addStretch(1)

    def say(self, key: str, **facts: object) -> str:
        """Return a text of the first run."""
        return self.host.speech.say(f"village.first_run.{key}", **facts)

    def goes_through(self, *inputs: QWidget) -> None:
        """Let Enter go through these inputs, and from the last one on; Tab goes on to the button."""
        self._inputs = inputs
        self._goes_on.watch(*inputs)
        QWidget.setTabOrder(inputs[-1], self.button)

    def entered(self) -> None:
        """Enter was pressed: go on to the next input, from the last one or from elsewhere do the step."""
        focused = self.window().focusWidget()
        if focused in self._inputs:
            self._goes_on.go_on(focused)
        else:
            self.go()

    def appear(self) -> None:
        """Called each time the step is shown."""

    def first_focus(self) -> QWidget:
        """Return where the keyboard goes."""
        return self.button

    def go(self) -> None:
        """Do the step; what completes it goes on."""
        raise NotImplementedError

    # --- saying ---

    def working(self, key: str) -> None:
        """Say that something is under way."""
        self.button.setEnabled(False)
        self.banner.say(Sign.WAITS, self.say(key), "", "grey")

    def rest(self) -> None:
        """Say nothing: what was under way is over."""
        self.button.setEnabled(True)
        self.banner.hide()

    def problem(self, sentence: str, where: QWidget | None = None, code: str = "") -> None:
        """Say what is wrong, and put the keyboard where it can be mended."""
        self.button.setEnabled(True)
        help_text = self.host.speech.say("frame.error.code", code=code) if code else ""
        self.banner.say(Sign.WRONG, sentence, help_text, "red")
        if where is not None:
            where.setFocus()

    def failed(self, error: TefterError) -> None:
        """Say what went wrong."""
        self.problem(self.host.speech.explain(error), code=error.code)
