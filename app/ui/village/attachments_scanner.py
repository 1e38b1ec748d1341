"""The scanner's folder (папка на скенера): the newest file in it is offered by one key, and may go once it is attached.

A scanner leaves its files in clear; so the question whether one may be deleted stands on "yes".
"""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.errors import TefterError
from app.domain.file_types import BMP, JPEG, PDF, PNG, TIFF
from app.domain.office_date import moment
from app.services import attachments
from app.ui.village.attachments_adding import Came
from app.ui.village.drives import size_words
from app.ui.village.session import Session
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.text import Role, Text
from app.ui.work import Ticket

POLL_MILLISECONDS = 1_000
_SETTING = "scanner_folder"
_ENDINGS = tuple(ending for kind in (PDF, JPEG, PNG, TIFF, BMP) for ending in kind.endings)
_MOST = 2_000
"""Files of a folder that are looked at; a folder of more is no scanner's."""


class Scan(NamedTuple):
    """A file that a scanner left: where, how many octets, when it was last written (nanoseconds since 1970)."""

    path: Path
    size: int
    written: int


def scans(folder: Path) -> list[Scan]:
    """Return the files in a folder that a scanner writes, newest first; none where it cannot be looked into."""
    found: list[Scan] = []
    try:
        for path in folder.iterdir():
            if path.suffix.lower() in _ENDINGS and len(found) < _MOST:
                seen = path.stat()
                if stat.S_ISREG(seen.st_mode) and seen.st_size:
                    found.append(Scan(path, seen.st_size, seen.st_mtime_ns))
    except OSError:  # a network drive that is away; it is looked for again in a moment
        return []
    return sorted(found, key=lambda one: (one.written, one.path.name), reverse=True)


def kept_folder() -> Path | None:
    """Return the folder that was chosen on this computer."""
    kept = str(QSettings().value(_SETTING, ""))
    return Path(kept) if kept else None


class ScannerStrip(QWidget):
    """Watches the folder while it is seen.

    ``take`` gets the file that the clerk wants; ``answered`` hears that the question about its original is over.
    """

    def __init__(
        self,
        session: Session,
        take: Callable[[Path], None],
        failed: Callable[[TefterError], None],
        answered: Callable[[], None],
    ) -> None:
        super().__init__()
        self._session, self._take, self._failed, self._answered = session, take, failed, answered
        self._folder = kept_folder()
        self._seen: dict[Path, Scan] = {}
        self._offered: Scan | None = None
        self._asked_about: Came | None = None
        self._looking: Ticket | None = None
        self._watched = False
        """Whether it is seen; a word that comes later would meet a strip that is gone."""
        self._compose()
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MILLISECONDS)
        self._poll.timeout.connect(self.look)
        self._laid = QTimer(self)
        self._laid.setSingleShot(True)
        self._laid.timeout.connect(self.delete_button.setFocus)
        self._show()

    def _compose(self) -> None:
        say = self._session.speech.say
        self.words = Text("", Role.TEXT)
        self.take_button = Button(say("village.attachments.take_scan"), key="F9", icon="plus", run=self.take)
        self.folder_button = Button(say("village.attachments.scanner_folder"), Kind.QUIET, key="F8", run=self.choose)
        self.delete_button = Button(say("village.attachments.delete_original"), run=self.delete)
        self.leave_button = Button(say("village.attachments.leave_original"), run=self.leave)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.take_button, self.delete_button, self.leave_button, self.folder_button):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Text(say("village.attachments.scanner"), Role.SECTION))
        column.addWidget(self.words)
        column.addLayout(row)

    # --- watching ---

    def showEvent(self, event: QShowEvent) -> None:
        """Watch while it is seen."""
        super().showEvent(event)
        self._watched = True
        self._poll.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Watch no more."""
        super().hideEvent(event)
        self._watched = False
        self._poll.stop()
        if self._looking is not None:
            self._looking.drop()
            self._looking = None  # a new look begins when it is seen again

    def look(self) -> None:
        """Look into the folder, on the worker of drives."""
        folder = self._folder
        under_way = self._looking is not None and not self._looking.over
        if folder is not None and not under_way and self._asked_about is None:
            self._looking = self._session.look_around(lambda: scans(folder), self._found, self._not_seen)

    def _found(self, found: list[Scan]) -> None:
        """Offer the newest that stands still: one that grows is being scanned."""
        left = self._session.left_at_scanner
        fresh = [one for one in found if (str(one.path), one.written) not in left]
        still = [one for one in fresh if self._seen.get(one.path) == one]
        self._seen = {one.path: one for one in fresh}
        self._offered = still[0] if still else None
        self._show()

    def _not_seen(self, _error: TefterError) -> None:
        """Look again in a moment."""

    # --- what is said ---

    def _show(self) -> None:
        asking, offered = self._asked_about is not None, self._offered is not None
        self.words.setText(self._words())
        self.take_button.setVisible(offered and not asking)
        self.delete_button.setVisible(asking)
        self.leave_button.setVisible(asking)
        self.folder_button.setVisible(not asking)

    def _words(self) -> str:
        speech = self._session.speech
        if self._asked_about is not None:
            return speech.say("village.attachments.ask_delete", name=self._asked_about.path.name)
        if self._folder is None:
            return speech.say("village.attachments.no_folder")
        if self._offered is None:
            return speech.say("village.attachments.no_scan", folder=self._folder.name or str(self._folder))
        one = self._offered
        when = speech.moment(moment(one.written // 1_000_000_000), self._session.now())
        size = size_words(one.size, speech.say("formats.amount.decimal"))
        return speech.say("village.attachments.new_scan", name=one.path.name, when=when, size=size)

    # --- acts ---

    def choose(self) -> None:
        """Ask for the folder by the system's own dialogue."""
        title = self._session.speech.say("village.attachments.scanner_folder")
        chosen = QFileDialog.getExistingDirectory(self, title, str(self._folder or Path.home()))
        if chosen:
            QSettings().setValue(_SETTING, chosen)
            self._folder, self._seen, self._offered = Path(chosen), {}, None
            self._show()
            self.look()

    def take(self) -> None:
        """Attach the file that is offered."""
        offered, self._offered = self._offered, None
        if offered is not None and self._asked_about is None:
            self._session.left_at_scanner.add((str(offered.path), offered.written))
            self._show()
            self._take(offered.path)

    def refused(self, path: Path) -> None:
        """Offer a file again that could not be attached."""
        left = self._session.left_at_scanner
        left -= {one for one in left if one[0] == str(path)}

    def came(self, came: Came) -> None:
        """Ask whether the original may go, where the file lay in this folder."""
        if self._folder is None or came.path.parent != self._folder:
            return
        self._asked_about = came
        self._show()
        self._laid.start(0)  # the question has its place by then, and is brought into sight as a whole

    def delete(self) -> None:
        """Delete the original, once the vault was found to hold all of it."""
        came, session = self._over(), self._session
        if came is not None:
            session.look_around(
                lambda: attachments.remove_original(session.store, came.stored, came.path), self._gone, self._failed
            )

    def _gone(self, gone: bool) -> None:  # noqa: FBT001 - a worker's answer
        if not self._watched:
            return
        if not gone:
            self.words.setText(self._session.speech.say("village.attachments.original_stays"))
        self.look()

    def leave(self) -> None:
        """Leave the original where it is; it is not offered again."""
        self._over()
        self.look()

    def _over(self) -> Came | None:
        came, self._asked_about = self._asked_about, None
        self._show()
        self._answered()
        return came
