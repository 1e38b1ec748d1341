"""Papers leave the window (отпечатване и запазване): to the default printer, or as PDF into a folder.

What is drawn is read and drawn on the papers' own thread. File names are numbers of papers, never names of people.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from app.printing.output import save_pdf
from app.printing.sheets import Sheet as PaperSheet
from app.ui.look.signs import Sign
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import EnterGoesOn, Field, Line
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role, Text

_FOLDER = "paper_folder"


class Drawn(NamedTuple):
    """Sheets ready for a device, and the number of the paper (``17-000042/20.11.2026``)."""

    sheets: Sequence[PaperSheet]
    number: str


Draw = Callable[[], Drawn]
"""Reads and draws a paper; runs on the papers' thread."""


def print_out(session: Session, ways: Ways, draw: Draw, number: str, kind: str = "") -> None:
    """Print a paper on the default printer; without one say so and offer the PDF."""

    def then(printed: bool) -> None:  # noqa: FBT001 - a worker's answer
        if printed:
            ways.say(session.speech.say("village.paper.printed", number=number))
        else:
            ways.lay(NoPrinterSheet(session, ways, draw, number, kind))

    session.draw(lambda: _print(draw), then, ways.fail)


def _print(draw: Draw) -> bool:
    from app.ui.village import printers  # noqa: PLC0415 - the system's printing is loaded where somebody prints

    name = printers.default_printer()
    if not name:
        return False
    printers.print_on(name, draw())
    return True


def save_out(session: Session, ways: Ways, draw: Draw, number: str, kind: str = "") -> None:
    """Ask where a paper is to be saved as PDF, and save it there."""
    ways.lay(SavePaperSheet(session, ways, draw, number, kind))


def file_name(number: str, kind: str = "") -> str:
    """Return a file's name for the number of a paper: ``17-000042-20.11.2026.pdf``.

    ``kind`` stands behind it where an entry has several papers, so that none takes the place of another.
    """
    return f"{'-'.join(filter(None, (number.replace('/', '-'), kind)))}.pdf"


def paper_folder() -> Path:
    """Return the folder that was used last, else the documents of whoever works here."""
    kept = str(QSettings().value(_FOLDER, ""))
    return Path(kept or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


class SavePaperSheet(Sheet):
    """Names the file; Enter saves it."""

    def __init__(self, session: Session, ways: Ways, draw: Draw, number: str, kind: str = "") -> None:
        say = session.speech.say
        super().__init__(say("village.paper.title"))
        self._session = session
        self._ways = ways
        self._draw = draw
        self.path = Line()
        self.path.setText(str(paper_folder() / file_name(number, kind)))
        self.field = Field(say("village.paper.file"), self.path, "file")
        self.body.addWidget(self.field)
        self.body.addWidget(Text(say("village.paper.help"), Role.HELP))
        self.save = Button(say("village.paper.save"), Kind.PRIMARY, key="Return", run=self.write)
        choose = Button(say("village.paper.choose"), run=self._choose)
        self.add_buttons(Button(say("village.paper.back"), key="Esc", run=ways.take_away), choose, self.save)
        EnterGoesOn(self, self.write).watch(self.path)
        self.use_keys([Key("Return", say("village.paper.save"))])

    def first_focus(self) -> Line:
        """Return the line of the file."""
        return self.path

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.title.text(), str(Path(self.path.text()).parent))
        if chosen:
            self.path.setText(str(Path(chosen) / Path(self.path.text()).name))

    def write(self) -> None:
        """Write the file; what was there under this name stands until the new one is whole."""
        path = Path(self.path.text().strip())
        if not path.name:
            self.path.setFocus()
            return
        session, ways, draw = self._session, self._ways, self._draw
        disk = session.store.world.disk

        def work() -> None:
            drawn = draw()
            save_pdf(disk, str(path), drawn.sheets, drawn.number)

        def saved(_done: None) -> None:
            QSettings().setValue(_FOLDER, str(path.parent))
            ways.say(session.speech.say("village.paper.saved", name=path.name))

        ways.take_away()
        session.draw(work, saved, ways.fail)


class NoPrinterSheet(Sheet):
    """Says that there is no printer; the paper is not lost."""

    def __init__(self, session: Session, ways: Ways, draw: Draw, number: str, kind: str = "") -> None:
        say = session.speech.say
        super().__init__(say("village.paper.no_printer"))
        banner = Banner()
        banner.say(Sign.FINDING, say("village.paper.no_printer_title"), say("village.paper.no_printer_help"))
        self.body.addWidget(banner)
        self._save = Button(
            say("village.paper.as_pdf"), Kind.PRIMARY, run=lambda: save_out(session, ways, draw, number, kind)
        )
        self.add_buttons(Button(say("village.paper.back"), key="Esc", run=ways.take_away), self._save)

    def first_focus(self) -> Button:
        """Return the button that saves."""
        return self._save
