"""The attachments of an entry (Приложения): listed, looked at, added by drag, dialogue or scanner, copied out.

Nothing of a file is read, drawn or written on the window's thread, and no file is opened by the window itself.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain import file_types
from app.domain.errors import ClockDoubtful, TefterError
from app.domain.terms import AttachmentSource, Standing
from app.preview.looking import Looking, Page
from app.services import attachments, details
from app.services.attachments import Held
from app.services.case_details import Attachment
from app.services.details import EntryDetails
from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.look.tokens import STACKED_FROM
from app.ui.village import attachments_words as words
from app.ui.village.attachments_adding import Came, Hears, Queue
from app.ui.village.attachments_brief import state_of
from app.ui.village.attachments_picture import PagePicture
from app.ui.village.attachments_scanner import ScannerStrip
from app.ui.village.drives import size_words
from app.ui.village.file_drops import dropped, wanted
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.village.wording import capital
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.keys import Key, walking
from app.ui.widgets.ledger import LedgerList
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role, Text
from app.ui.work import Newest

WIDTH = 1_240
_LIST_LEAST = 130
_LOOK_PAUSE, _DONE_PAUSE = 120, 150
"""Milliseconds: a picture waits until the arrow rests on a file; how often the octets done are told."""
_ADD_FOLDER, _COPY_FOLDER = "attach_folder", "copy_folder"


class AttachmentsSheet(Sheet):
    """Lies over the register. ``files`` are attached as soon as it lies there: they were dropped on the entry."""

    def __init__(self, session: Session, ways: Ways, entry: EntryDetails, files: Sequence[Path] = ()) -> None:
        number = entry.row.told.partition("/")[0]
        super().__init__(session.speech.say("village.attachments.title", number=number), width=WIDTH)
        self._session, self._ways, self._speech = session, ways, session.speech
        self._entry = entry
        self._held: tuple[Held, ...] = ()
        self._page = self._pages = 0
        self._gone = False
        self._chosen_next: bytes | None = None
        self._looking = Looking()
        self._asked = Newest(session.newest_picture())
        self._reads = Newest(session.newest_reader())
        self._queue = Queue(session, entry, Hears(self._came, self._refused, self._came_late))
        self._takes = entry.row.standing is not Standing.ANNULLED
        self._compose()
        self._timers()
        self.use_keys(self._own_keys())
        self.setAcceptDrops(self._takes)
        self._show_state()
        self._read()
        if files:
            self.add(files)

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        self.state, self.note = Banner(), Banner()
        self.note.hide()
        self.list = LedgerList(say("village.attachments.list"), words.columns(self._speech))
        self.list.setMinimumHeight(look().px(_LIST_LEAST))
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._open)
        self.empty = Text(say("village.attachments.empty"), Role.LEAD)
        self.scanner = ScannerStrip(self._session, self._take_scan, self._say_error, self._focus_list)
        self.picture = PagePicture(say("village.attachments.page"))
        self.picture.opened.connect(self.enlarge)
        self.picture.left.connect(self.enlarge)
        self.picture.resized.connect(lambda: self._again.start(_LOOK_PAUSE))
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part, stretch in ((self.state, 0), (self.empty, 1), (self.list, 1), (self.note, 0), (self.scanner, 0)):
            column.addWidget(part, stretch)
        self._halves = QHBoxLayout()
        self._halves.setSpacing(20)
        self._halves.addWidget(self._left, 6)
        self._halves.addLayout(self._right(), 5)
        self.body.addLayout(self._halves, 1)
        self._compose_foot()
        theme().changed.connect(self._arrange)
        self._arrange()

    def _arrange(self) -> None:
        """Put the page below the list where large text leaves no room beside it."""
        beside = look().scale < STACKED_FROM
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _right(self) -> QVBoxLayout:
        say = self._speech.say
        self.which = Text("", Role.LABEL, wrap=False)
        self.before = Button(say("village.attachments.page_before"), Kind.QUIET, key="PgUp", run=self.page_before)
        self.after = Button(say("village.attachments.page_after"), Kind.QUIET, key="PgDown", run=self.page_after)
        pages = QHBoxLayout()
        pages.setSpacing(4)
        pages.addWidget(self.which, 1)
        pages.addWidget(self.before)
        pages.addWidget(self.after)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.picture, 1)
        column.addLayout(pages)
        return column

    def _compose_foot(self) -> None:
        say = self._speech.say
        self.larger = Button(say("village.attachments.larger"), key="Return", run=self.enlarge)
        self.copy = Button(say("village.attachments.copy"), key="Ctrl+S", icon="save", run=self.save_copy)
        self.adds = Button(say("village.attachments.add"), Kind.PRIMARY, key="Ctrl+O", icon="plus", run=self.choose)
        for button in (self.larger, self.copy):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.back = Button(say("village.attachments.back"), key="Esc", run=self._ways.take_away)
        self.add_buttons(self.back, self.larger, self.copy, self.adds)
        if not self._takes:  # never ``setVisible`` before they have their place: they would be windows of their own
            self.scanner.hide()
            self.adds.hide()

    def _timers(self) -> None:
        self._again, self._tells = QTimer(self), QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._ask_page)
        self._tells.setInterval(_DONE_PAUSE)
        self._tells.timeout.connect(self._tell_done)

    def _own_keys(self) -> list[Key]:
        say = self._speech.say
        adding = [
            Key("Ctrl+O", say("village.attachments.add"), self.choose),
            Key("F9", say("village.attachments.take_scan"), self.scanner.take),
            Key("F8", say("village.attachments.scanner_folder"), self.scanner.choose),
        ]
        return [
            *(adding if self._takes else []),
            Key("Ctrl+S", say("village.attachments.copy"), self.save_copy),
            Key("Return", say("village.attachments.larger")),
            Key("PgDown", say("village.attachments.page_after"), self.page_after),
            Key("PgUp", say("village.attachments.page_before"), self.page_before),
            walking(self._speech),
        ]

    def first_focus(self) -> QWidget:
        """Return the list, or what adds the first file."""
        if self._entry.attachments:
            return self.list.view
        return self.adds if self._takes else self.back

    def hideEvent(self, event: QHideEvent) -> None:
        """End what draws, and leave the files that nobody waits for any more."""
        super().hideEvent(event)
        self._gone = True
        self._asked.drop()
        self._reads.drop()
        self._queue.stop()
        self._looking.close()

    # --- the list ---

    def _read(self) -> None:
        session, entry = self._session, self._entry.row.entry

        def ask() -> tuple[EntryDetails, tuple[Held, ...]]:
            with session.store.ledger.reading() as connection:
                return details.details(connection, entry), attachments.held(connection, entry)

        self._reads.ask(ask, self._put, self._say_error)

    def _put(self, found: tuple[EntryDetails, tuple[Held, ...]]) -> None:
        self._entry, self._held = found
        focus_list = self._chosen_next is not None and self.adds.hasFocus()
        keep, self._chosen_next = self._chosen_next or self.list.current(), None
        now = self._session.now()
        self._show_state()
        self.list.put([words.row(self._speech, one, now) for one in self._held], keep=keep)
        if focus_list:
            self._focus_list()

    def _show_state(self) -> None:
        held = bool(self._entry.attachments)
        self.empty.setVisible(not held)
        self.list.setVisible(held)
        state = state_of(self._entry)
        sign, colour = words.STATE_SIGNS[state]
        say = self._speech.say
        if self._takes:
            title, help_text = say(f"village.attachments.{state.value}"), say(f"village.attachments.{state.value}_help")
            self.state.say(sign, capital(title), help_text, colour)
        else:
            self.state.say(Sign.ANNULLED, say("village.attachments.annulled"), "", "grey")

    @property
    def current(self) -> Attachment | None:
        """The file that is chosen."""
        key = self.list.current()
        return next((one.attachment for one in self._held if one.attachment.attachment == key), None)

    def _chosen(self, _key: object) -> None:
        self._page, self._pages = 0, 0
        one = self.current
        self.copy.setEnabled(one is not None)
        self.larger.setEnabled(one is not None and bool(file_types.of_media(one.media).drawn))
        self._say_page()
        if one is None:
            self._asked.drop()
            self.picture.say(self._speech.say("village.attachments.nothing"))
        elif not file_types.of_media(one.media).drawn:
            self._asked.drop()
            self.picture.say(self._speech.say("village.attachments.not_drawn"))
        else:
            self.picture.say(self._speech.say("village.attachments.drawing"))
            self._again.start(_LOOK_PAUSE)

    # --- pages ---

    def _ask_page(self) -> None:
        one, session = self.current, self._session
        if one is None or not file_types.of_media(one.media).drawn:
            return
        at, width, looking = self._page, self.picture.wanted, self._looking

        def ask() -> Page:
            return looking.page(
                one.digest, one.media, lambda: attachments.content(session.store, one.digest), at, width
            )

        self._asked.ask(ask, self._put_page, self._not_drawn)

    def _put_page(self, page: Page) -> None:
        self._page, self._pages = page.page, page.pages
        self._say_page()
        self.picture.show_page(page.picture, self.which.text())

    def _not_drawn(self, error: TefterError) -> None:
        self.picture.say(self._speech.explain(error))

    def _say_page(self) -> None:
        many = self._pages > 1
        say = self._speech.say
        self.which.setText(
            say("village.attachments.which", page=self._page + 1, pages=self._pages) if self._pages else ""
        )
        for button in (self.before, self.after):
            button.setVisible(many)
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page + 1 < self._pages)

    def page_after(self) -> None:
        """Show the next page."""
        self._turn(1)

    def page_before(self) -> None:
        """Show the page before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        page = self._page + by
        if 0 <= page < self._pages:
            self._page = page
            self._say_page()
            self._ask_page()

    def _open(self, _key: object) -> None:
        self.enlarge()

    def enlarge(self) -> None:
        """Give the page the whole sheet, or the list its place again."""
        large = not self.picture.large
        if large and self.picture.image is None:
            return
        self.picture.set_large(large=large)
        self._left.setVisible(not large)
        self.larger.set_text(self._speech.say(f"village.attachments.{'smaller' if large else 'larger'}"))
        (self.picture if large else self.list.view).setFocus()

    # --- adding ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and nothing else."""
        if wanted(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        event.acceptProposedAction()
        self.add(dropped(event))

    def choose(self) -> None:
        """Ask for files by the system's own dialogue."""
        folder = str(QSettings().value(_ADD_FOLDER, "")) or _documents()
        found, _kind = QFileDialog.getOpenFileNames(self, self._speech.say("village.attachments.add"), folder)
        if found:
            QSettings().setValue(_ADD_FOLDER, str(Path(found[0]).parent))
            self.add([Path(one) for one in found])

    def _focus_list(self) -> None:
        self.list.view.setFocus()

    def _take_scan(self, path: Path) -> None:
        self.add([path], AttachmentSource.SCAN)

    def add(self, paths: Sequence[Path], source: AttachmentSource | None = None) -> None:
        """Attach files to the entry, one after another."""
        if self._takes:
            self._queue.add(paths, source)
            self._tell_done()
            self._tells.start()

    def _tell_done(self) -> None:
        now = self._queue.now
        if now is None:
            self._tells.stop()
            return
        size = size_words(self._queue.done, self._speech.say("formats.amount.decimal"))
        left = self._speech.count("village.attachments.left", self._queue.left) if self._queue.left else ""
        self._say(Sign.WAITS, self._speech.say("village.attachments.storing", name=now.name), f"{size} {left}".strip())

    def _came(self, came: Came) -> None:
        self._chosen_next = came.attachment.attachment
        self._say(Sign.DONE, self._speech.say("village.attachments.stored", name=came.attachment.name), "", "green")
        self.scanner.came(came)
        self._read()

    def _refused(self, path: Path, error: TefterError) -> None:
        self.scanner.refused(path)
        self._say_error(error, path.name)

    def _came_late(self, came: Came) -> None:
        """Say in the window that a file is attached, though the sheet is gone: another one asked for the date."""
        self._ways.say(self._speech.say("village.attachments.stored", name=came.attachment.name))

    # --- a copy ---

    def save_copy(self) -> None:
        """Write a copy in clear where the clerk says."""
        one, session = self.current, self._session
        if one is None:
            return
        folder = str(QSettings().value(_COPY_FOLDER, "")) or _documents()
        title = self._speech.say("village.attachments.copy")
        chosen, _kind = QFileDialog.getSaveFileName(self, title, str(Path(folder) / one.name))
        if not chosen:
            return
        path = Path(chosen)
        QSettings().setValue(_COPY_FOLDER, str(path.parent))
        self._say(Sign.WAITS, self._speech.say("village.attachments.copying", name=path.name), "", "grey")
        session.look_around(
            lambda: attachments.save_copy(session.store, one, path), lambda _done: self._copied(path), self._say_error
        )

    def _copied(self, path: Path) -> None:
        say = self._speech.say
        title = say("village.attachments.copied", name=path.name)
        if self._gone:
            self._ways.say(title)
        else:
            self._say(Sign.DONE, title, say("village.attachments.copied_help"), "green")

    # --- what is said ---

    def _say(self, sign: Sign, title: str, help_text: str, colour: str = "grey") -> None:
        self.note.say(sign, title, help_text, colour)
        self.note.show()

    def _say_error(self, error: TefterError, name: str = "") -> None:
        if isinstance(error, ClockDoubtful):  # the window asks for the date
            return
        if self._gone:
            self._ways.fail(error)
            return
        first, _, rest = self._speech.explain(error).partition(". ")
        title = self._speech.say("village.attachments.about", name=name, what=first) if name else first
        self._say(Sign.WRONG, f"{title}.", f"{rest} {self._speech.say('frame.error.code', code=error.code)}.", "red")


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
