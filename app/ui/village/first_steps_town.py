"""The steps of the first run with the town (първи стъпки с общината): the reply file, and the code compared."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import ClockDoubtful, TefterError
from app.ui.village.beginning import REPLY_SUFFIX
from app.ui.village.first_step import FirstStep, Host
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.text import Role, Text

REPLY_PLACE = 3
_CODE_DIGITS = 20


class ReplyStep(FirstStep):
    """Saves the reply for the town: beside the town's file, unless the clerk says otherwise."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, "reply", "save")
        self.path = Line()
        self.inputs.addWidget(Field(self.say("reply_field"), self.path, "file"))
        self.others.addWidget(Button(self.say("browse"), run=self._browse))
        self.others.addStretch(1)
        self.goes_through(self.path)

    def first_focus(self) -> QWidget:
        """Return the line of the file."""
        return self.path

    def appear(self) -> None:
        """Propose a file."""
        if not self.path.text():
            self.path.setText(str(_proposed(self.host.journey.file)))

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.title.text(), self.path.text(), f"*{REPLY_SUFFIX}")
        if chosen:
            self.path.setText(chosen)

    def go(self) -> None:
        """Save the reply."""
        where = Path(self.path.text().strip()).expanduser()
        if not where.name:
            self.problem(self.say("problem_file"), self.path)
            return
        self.host.ask(partial(self.host.beginning.save_reply, where), self._saved, self.failed)

    def _saved(self, _done: None) -> None:
        self.rest()
        self.host.go_on()


def _proposed(file: str) -> Path:
    if file:
        return Path(file).with_suffix(REPLY_SUFFIX)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) / f"tefter{REPLY_SUFFIX}"


class CodeStep(FirstStep):
    """Compares the code both ways and opens the register."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, "code", "confirm")
        self.own = Text("", Role.NUMBER)
        self.typed = Line(pattern="[0-9 -]{0,40}")
        self.inputs.addWidget(Text(self.say("own_code"), Role.LABEL))
        self.inputs.addWidget(self.own)
        self.inputs.addWidget(Field(self.say("code_field"), self.typed, "code"))
        self.inputs.addWidget(Text(self.say("code_later"), Role.HELP))
        self.again = Button(self.say("reply_again"), Kind.QUIET, run=lambda: self.host.back_to(REPLY_PLACE))
        self.others.addWidget(self.again)
        self.others.addStretch(1)
        self.goes_through(self.typed)

    def first_focus(self) -> QWidget:
        """Return the line of the town's code."""
        return self.typed

    def appear(self) -> None:
        """Show the own code, in groups that one can read aloud."""
        self.own.setText(spaced(self.host.journey.code))

    def go(self) -> None:
        """Compare, and open the register."""
        digits = "".join(filter(str.isdecimal, self.typed.text()))
        if len(digits) != _CODE_DIGITS:
            self.problem(self.say("problem_code"), self.typed)
            return
        self._confirm(None)

    def _confirm(self, day: date | None) -> None:
        self.working("confirming")
        work = partial(self.host.beginning.confirm, self.host.journey.password, self.typed.text(), day)
        self.host.ask(work, self._confirmed, self._refused)

    def _confirmed(self, _done: None) -> None:
        self.rest()
        self.host.over()

    def _refused(self, error: TefterError) -> None:
        if isinstance(error, ClockDoubtful):
            self.rest()
            self.host.doubted(error, self._confirm)
        else:
            self.failed(error)
            self.typed.setFocus()


def spaced(code: str) -> str:
    """Return a code of twenty digits in groups of five."""
    return " ".join(code[at : at + 5] for at in range(0, len(code), 5))
