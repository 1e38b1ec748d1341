"""Which folder the packet goes to (папка): typed, or found by the system's own dialogue."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from app.domain.errors import TefterError
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Field, Line, Tone
from app.ui.widgets.keys import Key
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role, Text


class FolderSheet(Sheet):
    """Asks for a folder that is there; ``use`` gets it. ``shown`` stands in the line at first."""

    def __init__(self, session: Session, ways: Ways, shown: Path | None, use: Callable[[Path], None]) -> None:
        say = session.speech.say
        super().__init__(say("village.stick.sheet_title"))
        self._session = session
        self._ways = ways
        self._use = use
        self.path = Line()
        self.path.setText(str(shown or _documents()))
        self.field = Field(say("village.stick.sheet_field"), self.path, "folder")
        self.body.addWidget(self.field)
        self.body.addWidget(Text(say("village.stick.sheet_help"), Role.HELP))
        self.body.addWidget(self.field.note)
        self.add_buttons(
            Button(say("village.stick.sheet_back"), key="Esc", run=ways.take_away),
            Button(say("village.stick.sheet_browse"), run=self._browse),
            Button(say("village.stick.sheet_use"), Kind.PRIMARY, key="Return", run=self.accept),
        )
        self.use_keys([Key("Return", say("village.stick.sheet_use"), self.accept)])

    def first_focus(self) -> Line:
        """Return the line."""
        self.path.selectAll()
        return self.path

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.title.text(), self.path.text())
        if chosen:
            self.path.setText(chosen)

    def accept(self) -> None:
        """Take the folder, if it is there."""
        folder = Path(self.path.text().strip()).expanduser()
        self._session.look_around(folder.is_dir, lambda there: self._told(folder, there=there), self._failed)

    def _told(self, folder: Path, *, there: bool) -> None:
        if there and folder.is_absolute():
            self._ways.take_away()
            self._use(folder)
        else:
            self.field.set_note(self._session.speech.say("village.stick.sheet_missing"), "", Tone.WRONG)
            self.path.setFocus()

    def _failed(self, error: TefterError) -> None:
        self.field.set_note(self._session.speech.explain(error), "", Tone.WRONG)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
