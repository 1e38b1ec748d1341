"""The steps of the first run on this computer (първи стъпки): the town's file, clerk and password, recovery code."""

from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from app.domain.errors import Malformed, StoreMissing, TefterError
from app.domain.passwords import SHORTEST, Strength, strength
from app.printing.contents import Office as PaperOffice
from app.printing.printer import to_printer
from app.printing.recovery import RecoveryContent, lines_of, recovery
from app.ui.look.signs import Sign
from app.ui.village import drives
from app.ui.village.beginning import INVITATION_SUFFIX, Begun, Invitation
from app.ui.village.first_step import FirstStep, Host
from app.ui.widgets.button import Button
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.marks import Banner
from app.ui.widgets.text import Role, Text

_LAST_GROUP = 5


class FileStep(FirstStep):
    """Chooses the enrolment file; one that lies on a stick is found by itself."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, "file", "next")
        self.help.setText(self.say("file_help", suffix=INVITATION_SUFFIX))
        self.path = Line()
        self.field = Field(self.say("file_field"), self.path, "file")
        self.inputs.addWidget(self.field)
        self.others.addWidget(Button(self.say("browse"), run=self._browse))
        self.others.addStretch(1)
        self.goes_through(self.path)

    def first_focus(self) -> QWidget:
        """Return the line of the file."""
        return self.path

    def appear(self) -> None:
        """Look for the file on the sticks that are plugged in."""
        if not self.path.text():
            self.host.ask(_invitations_on_sticks, self._found, self.failed)

    def _found(self, files: list[Path]) -> None:
        if len(files) == 1 and not self.path.text():
            self.path.setText(str(files[0]))
            self.banner.say(Sign.DONE, self.say("file_found"), "", "green")

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.title.text(), self.path.text(), f"*{INVITATION_SUFFIX}")
        if chosen:
            self.path.setText(chosen)

    def go(self) -> None:
        """Read the file."""
        typed = self.path.text().strip()
        if not typed:
            self.problem(self.say("problem_file"), self.path)
            return
        file = Path(typed).expanduser()
        self.host.journey.file = str(file)
        self.host.ask(partial(self.host.beginning.invited, file), self._invited, self._refused)

    def _invited(self, invitation: Invitation) -> None:
        self.host.journey.invitation = invitation
        self.rest()
        self.host.go_on()

    def _refused(self, error: TefterError) -> None:
        keys = {StoreMissing: "problem_no_file", Malformed: "problem_bad_file"}
        key = keys.get(type(error))
        self.problem(self.say(key) if key else self.host.speech.explain(error), self.path, error.code)


def _invitations_on_sticks() -> list[Path]:
    return [file for drive in drives.find_drives() for file in sorted(drive.root.glob(f"*{INVITATION_SUFFIX}"))]


class ClerkStep(FirstStep):
    """Asks for the clerk's name and the password, twice, and makes the store."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, "clerk", "make")
        self.whom = Banner()
        self.clerk, self.password, self.again = Line(most=80), Line(), Line()
        for one in (self.password, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Password)
        self.strength = Text(self.say("strength_too_short", count=SHORTEST), Role.HELP)
        self.inputs.addWidget(self.whom)
        for key, line in (("name", self.clerk), ("password", self.password), ("again", self.again)):
            self.inputs.addWidget(Field(self.say(f"{key}_field"), line, key))
            if line is self.password:
                self.inputs.addWidget(self.strength)
        self.password.textChanged.connect(self._say_strength)
        self.goes_through(self.clerk, self.password, self.again)

    def first_focus(self) -> QWidget:
        """Return the line of the name."""
        return self.clerk

    def appear(self) -> None:
        """Say for whom the file is."""
        invited = self.host.journey.invitation
        if invited is not None:
            title = self.say("for_whom", name=invited.whose, municipality=invited.municipality)
            self.whom.say(Sign.DONE, title, self.say("for_practice") if invited.demonstration else "", "green")

    def _say_strength(self, typed: str) -> None:
        self.strength.setText(self.say(f"strength_{strength(typed)}", count=SHORTEST))

    def go(self) -> None:
        """Make the store."""
        clerk, password = self.clerk.text().strip(), self.password.text()
        if not clerk:
            self.problem(self.say("problem_name"), self.clerk)
        elif strength(password) is Strength.TOO_SHORT:
            self.problem(self.say("strength_too_short", count=SHORTEST), self.password)
        elif password != self.again.text():
            self.problem(self.say("problem_again"), self.again)
        else:
            journey = self.host.journey
            journey.clerk, journey.password = clerk, password
            self.working("making")
            work = partial(self.host.beginning.enrol, Path(journey.file), clerk, password)
            self.host.ask(work, self._made, self.failed)

    def _made(self, begun: Begun) -> None:
        self.host.journey.begun = begun
        self.host.journey.code = begun.code
        self.rest()
        self.host.go_on()


class RecoveryStep(FirstStep):
    """Shows the recovery code; its last digits show that it was written down."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, "recovery", "recovery_done")
        self.lines = [Text("", Role.NUMBER) for _ in range(2)]
        for one in self.lines:
            self.inputs.addWidget(one)
        self.last = Line(pattern="[0-9]{0,5}")
        self.inputs.addWidget(Field(self.say("recovery_field"), self.last, "last"))
        self.print_button = Button(self.say("recovery_print"), key="Ctrl+P", icon="printer", run=self.print_code)
        self.others.addWidget(self.print_button)
        self.others.addStretch(1)
        self.goes_through(self.last)

    def first_focus(self) -> QWidget:
        """Return the line of the last digits."""
        return self.last

    def appear(self) -> None:
        """Show the code."""
        for one, text in zip(self.lines, lines_of(self._code()), strict=False):
            one.setText(text)

    def _code(self) -> str:
        begun = self.host.journey.begun
        return begun.recovery if begun is not None else ""

    def print_code(self) -> None:
        """Print the sheet that is locked away."""
        self.host.ask(partial(_print, self._content(), self.host), self._printed, self.failed)

    def _content(self) -> RecoveryContent:
        invited, clerk = self.host.journey.invitation, self.host.journey.clerk
        office = PaperOffice(
            municipality=invited.municipality if invited else "",
            mayoralty=invited.whose if invited else "",
            clerk=clerk,
            practice=bool(invited and invited.demonstration),
        )
        return RecoveryContent(office=office, code=self._code())

    def _printed(self, printed: bool) -> None:  # noqa: FBT001 - a worker's answer
        if printed:
            self.banner.say(Sign.DONE, self.say("recovery_printed"), "", "green")
        else:
            self.banner.say(Sign.FINDING, self.say("recovery_no_printer"), "", "amber")

    def go(self) -> None:
        """Go on, once the last digits are those of the code; it is shown no more."""
        if self.last.text() != self._code()[-_LAST_GROUP:]:
            self.problem(self.say("recovery_other"), self.last)
            return
        for one in self.lines:
            one.clear()
        self.host.journey.begun = None
        self.rest()
        self.host.go_on()


def _print(content: RecoveryContent, host: Host) -> bool:
    info = QPrinterInfo.defaultPrinter()
    if info.isNull():
        return False
    to_printer(QPrinter(info), recovery(content, host.speech), "")
    return True
