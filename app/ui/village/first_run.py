"""The first run (първо пускане): five steps from the town's file to an open register; it goes on where it was left.

Where a store is made and the town has not confirmed it yet, the password leads to the last step.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.domain.errors import ClockDoubtful, TefterError
from app.ui.look.theme import look, theme
from app.ui.village.beginning import Beginning
from app.ui.village.doubt import DoubtSheet
from app.ui.village.first_step import FirstStep, Journey
from app.ui.village.first_steps import ClerkStep, FileStep, RecoveryStep
from app.ui.village.first_steps_town import CodeStep, ReplyStep
from app.ui.village.numbered_steps import NumberedStep, StepState
from app.ui.widgets.frame import Frame, Page
from app.ui.widgets.keys import Key
from app.ui.widgets.scroll import Scroll
from app.ui.widgets.text import Role, Text
from app.ui.work import Worker

WIDTH = 560
_NAMES = ("file", "clerk", "recovery", "reply", "code")
_CLERK, _CODE = 1, 4
_TAKES_ROOM = QSizePolicy.Policy.Preferred
"""The step that is shown alone decides whether the page scrolls."""


class FirstRunPage(Page):
    """Leads through the steps. ``done`` gets the password once the town has confirmed."""

    name = "first_run"

    def __init__(self, window: Frame, beginning: Beginning, worker: Worker, done: Callable[[str], object]) -> None:
        super().__init__()
        self.speech = window.speech
        self.beginning = beginning
        self.journey = Journey()
        self._window = window
        self._worker = worker
        self._done = done
        self.file, self.clerk, self.recovery = FileStep(self), ClerkStep(self), RecoveryStep(self)
        self.reply, self.code = ReplyStep(self), CodeStep(self)
        self.steps: tuple[FirstStep, ...] = (self.file, self.clerk, self.recovery, self.reply, self.code)
        self._compose()
        say = self.speech.say
        self.use_keys(
            [
                Key("Return", say("village.first_run.key_next"), self._enter),
                Key("Escape", say("village.first_run.key_back"), self._back),
                Key("Ctrl+P", say("village.first_run.recovery_print"), self.print_paper),
            ]
        )
        self.place = 0
        self._show(0)

    def _compose(self) -> None:
        say = self.speech.say
        self._stack = QStackedWidget()
        for step in self.steps:
            self._stack.addWidget(step)
        scroll = Scroll()
        scroll.column.setContentsMargins(48, 32, 48, 16)
        scroll.column.addWidget(self._stack, 1, Qt.AlignmentFlag.AlignHCenter)
        self.middle.addWidget(scroll)
        self.numbers = [NumberedStep(at, say(f"village.first_run.{name}"), "") for at, name in enumerate(_NAMES, 1)]
        self.panel.body.addWidget(Text(say("village.first_run.title"), Role.FACT))
        self.panel.body.addWidget(Text(say("village.first_run.lead"), Role.HELP))
        for one in self.numbers:
            self.panel.body.addWidget(one)
        self.panel.body.addStretch(1)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._stack.setFixedWidth(min(look().px(WIDTH), 780))

    # --- going ---

    def first_focus(self) -> QWidget:
        """Return the step's first input."""
        return self.steps[self.place].first_focus()

    def resume(self, password: str) -> None:
        """Go on with a store that is made: read its code, then show the last step."""
        self.journey.password = password

        def known(code: str) -> None:
            self.journey.code = code
            self._show(_CODE)

        self._show(_CODE)
        self.ask(lambda: self.beginning.code(password), known, self.code.failed)

    def go_on(self) -> None:
        """Show the next step."""
        self._show(self.place + 1)

    def back_to(self, place: int) -> None:
        """Show an earlier step."""
        self._show(place)

    def over(self) -> None:
        """Hand the password to the window, and keep nothing of the way."""
        password = self.journey.password
        self.journey = Journey()
        self._done(password)

    def ask(self, work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[TefterError], None]) -> None:
        """Do something on the worker's thread."""
        self._worker.ask(work, then, failed)

    def doubted(self, error: ClockDoubtful, again: Callable[[date], None]) -> None:
        """Ask for today's date."""
        self._window.lay(DoubtSheet(self._window, error, again))

    def print_paper(self) -> None:
        """Print the recovery code, where it is shown."""
        if self.steps[self.place] is self.recovery:
            self.recovery.print_code()

    def _show(self, place: int) -> None:
        self.place = place
        step = self.steps[place]
        for at, number in enumerate(self.numbers):
            number.set_state(StepState.DONE if at < place else StepState.NOW if at == place else StepState.LATER)
        step.appear()
        for one in self.steps:
            one.setSizePolicy(QSizePolicy.Policy.Preferred, _TAKES_ROOM if one is step else QSizePolicy.Policy.Ignored)
        self._stack.setCurrentWidget(step)
        step.first_focus().setFocus()

    def _enter(self) -> None:
        step = self.steps[self.place]
        if step.button.isEnabled():
            step.entered()

    def _back(self) -> None:
        """Go from the clerk back to the file; what is made is not unmade."""
        if self.place == _CLERK and self.clerk.button.isEnabled():
            self._show(0)
