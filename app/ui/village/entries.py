"""The register (Входящи): the list one searches as one types, chips with counts, and the details of what is chosen."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import TefterError
from app.domain.terms import View
from app.services.list_rows import EntryRow
from app.ui.look.signs import Sign
from app.ui.village.entry_details import EntryPanel
from app.ui.village.entry_items import Writer, columns
from app.ui.village.file_drops import RowDrops
from app.ui.village.form_bar import FormBar
from app.ui.village.opening import AWAITING, PAGE, Found
from app.ui.village.session import DRAFTS, ENTRIES, RECEIPTS, ROAD, Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Line
from app.ui.widgets.flow import Flow
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key, walking
from app.ui.widgets.ledger import LedgerList
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.text import Role, Text
from app.ui.work import Newest

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa

    from app.services.book import EntryDetails, Moment

# ruff: noqa: PLC0415 - the book loads behind the first picture, on the worker that asks it

COUNT_PAUSE, SHOW_PAUSE, TYPE_PAUSE = 250, 30, 90
"""Milliseconds: counts wait until the keyboard rests, details until the arrow rests on a row, or the typing."""

_SIGNS = {View.LATE: Sign.WRONG, View.WAITING: Sign.WAITS}


class EntriesPage(Page):
    """The register's page."""

    name = "entries"

    def __init__(self, session: Session, ways: Ways) -> None:
        super().__init__()
        self._session = session
        self._ways = ways
        self._speech = session.speech
        self._view = View.ALL
        self._rows: list[EntryRow] = []
        self._wanted: bytes | None = None
        self._asked = Newest(session.newest_reader())
        self._shown = Newest(session.newest_reader())
        self._counted = Newest(session.newest_reader())
        self._compose()
        self._timers()
        self.use_keys(self._own_keys())
        session.changed.connect(self._changed)

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        self.title = Text(say("village.entries.title"), Role.TITLE, wrap=False)
        self.year = Text("", Role.LEAD, wrap=False)
        self.search = Line()
        self.search.setPlaceholderText(say("village.entries.search_hint"))
        self.search.setAccessibleName(say("village.entries.search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._typed)
        self.new = Button(
            say("village.entries.new"), Kind.PRIMARY, key="F2", icon="plus", run=self._ways.to_new_document
        )
        self.middle.addWidget(PageHead(self.title, self.year, self.search, self.new))
        self.middle.addLayout(self._chips())
        self.begun = FormBar(self._session, self._ways)
        self.middle.addWidget(self.begun)
        self.list = LedgerList(say("village.entries.title"), columns(self._speech))
        self.list.chosen.connect(self._chosen)
        self.list.model.wanted.connect(self._more)
        self.middle.addWidget(self.list, 1)
        self.empty = Text("", Role.LEAD)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(48, 12, 48, 12)
        self.empty.hide()
        self.middle.addWidget(self.empty, 1)
        self.details = EntryPanel(self._session, self._ways, self.panel)
        RowDrops(self.list.view, self._dropped)

    def _chips(self) -> Flow:
        row = Flow()
        row.setContentsMargins(24, 0, 24, 10)
        self.chips: dict[View, Button] = {}
        for view in View:
            chip = Button(self._speech.say(f"village.view.{view.value}"), Kind.CHIP, run=partial(self.show_view, view))
            chip.sign = _SIGNS.get(view)
            chip.setChecked(view is View.ALL)
            self.chips[view] = chip
            row.addWidget(chip)
        return row

    def _timers(self) -> None:
        self._count_timer, self._show_timer = QTimer(self), QTimer(self)
        for timer, act in ((self._count_timer, self._count), (self._show_timer, self._show_chosen)):
            timer.setSingleShot(True)
            timer.timeout.connect(act)

    def _own_keys(self) -> list[Key]:
        say = self._speech.say
        return [
            Key("Escape", say("village.entries.clear"), self._clear),
            Key("Ctrl+E", say("village.entries.correct"), self.details.correct),
            Key("Ctrl+R", say("village.entries.answer"), self.details.answer),
            Key("Ctrl+Delete", say("village.entries.annul"), self.details.annul),
            Key("Ctrl+T", say("village.term_act.button"), self.details.change_term),
            Key("Ctrl+D", say("village.case.button"), self.details.change_case),
            Key("Ctrl+B", say("village.attachments.key"), self.details.show_attachments),
            Key("Ctrl+N", say("village.details.case_add"), self.details.add_to_case),
            Key("F6", say("village.papers.button"), self.details.papers),
            Key("Ctrl+I", say("village.details.show_identifier_key"), self.details.unmask),
            walking(self._speech),
        ]

    # --- what is shown ---

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.list.view if not self.list.isHidden() else self.new

    def appear(self) -> None:
        """Read anew; the first time, show what the door saw already."""
        first = self._session.take_first()
        if first is None:
            self.refresh()
        else:
            self._say_year()
            self._put(first)
            self._count_timer.start(COUNT_PAUSE)
        if self._session.whole:
            self.begun.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no identifier on show behind, and no key that would act on another page."""
        super().hideEvent(event)
        self.details.leave()

    def find_here(self) -> bool:
        """Put the keyboard into the search line."""
        self.search.setFocus()
        self.search.selectAll()
        return True

    def print_paper(self) -> None:
        """Print the slip of what is chosen."""
        self.details.print_paper()

    def save_paper(self) -> None:
        """Save the slip of what is chosen as PDF."""
        self.details.save_paper()

    def show_entry(self, entry: bytes) -> None:
        """Make an entry the current one, as soon as the list holds it."""
        self._wanted = entry
        if self.search.text():
            self.search.clear()
        if self._view is not View.ALL:
            self.chips[View.ALL].click()
        else:
            self.refresh()

    def show_view(self, view: View) -> None:
        """Show one of the views."""
        self._view = view
        if self.search.text():
            self.search.clear()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read what is to be shown, and the counts when the keyboard rests."""
        typed, view, today = self.search.text().strip(), self._view, self._session.today()
        self._say_year()
        if typed:
            self._asked.ask(lambda: self._found(typed), self._put, self._ways.fail)
        else:
            self._asked.ask(lambda: self._page(view, today), self._put, self._ways.fail)
        self._count_timer.start(COUNT_PAUSE)

    def _say_year(self) -> None:
        self.year.setText(str(self._session.today().year))

    def _found(self, typed: str) -> Found:
        from app.services import book

        session, place = self._session, self._session.place
        with session.store.ledger.reading() as connection:
            return Found([], book.find(connection, place.stream, place.register, typed, PAGE), more=False)

    def _page(self, view: View, today: date) -> Found:
        from app.services import book

        session, place = self._session, self._session.place
        with session.store.ledger.reading() as connection:
            rows = book.page(connection, place.stream, place.register, view, today, None, PAGE)
            awaiting = book.awaits_clerk(connection, place.register, today, AWAITING) if view is View.ALL else []
        return Found(awaiting, rows, more=len(rows) == PAGE)

    def _put(self, found: Found) -> None:
        awaiting, self._rows, more = found
        writer = self._writer()
        searching = bool(self.search.text().strip())
        items = writer.found(self._rows) if searching else [*writer.awaiting(awaiting), *writer.days(self._rows)]
        keep = self._wanted or self.list.current()
        self._wanted = None
        self._say_empty(nothing=not items, searching=searching)
        self.list.put(items, more=more and not searching, keep=keep)

    def _writer(self) -> Writer:
        return Writer(self._speech, self._session.lists, self._session.today())

    def _say_empty(self, *, nothing: bool, searching: bool) -> None:
        key = "search" if searching else self._view.value
        self.empty.setText(self._speech.say(f"village.empty.{key}", typed=self.search.text().strip()))
        self.empty.setVisible(nothing)
        self.list.setVisible(not nothing)

    def _more(self) -> None:
        if not self._rows or self.search.text().strip():
            return
        session, last, view = self._session, self._rows[-1], self._view
        today = session.today()
        place = session.place

        def ask(connection: "sa.Connection") -> list[EntryRow]:
            from app.services import book

            return book.page(connection, place.stream, place.register, view, today, last.position, PAGE)

        def added(rows: list[EntryRow]) -> None:
            self._rows += rows
            items = list(self._writer().days(rows, after=last.office_date))
            self.list.model.add(items, more=len(rows) == PAGE)

        session.read(ask, added, self._ways.fail)

    def _count(self) -> None:
        session, today = self._session, self._session.today()
        place = session.place

        def count() -> dict[View, int]:
            from app.services import book

            with session.store.ledger.reading() as connection:
                return book.counts(connection, place.stream, place.register, today)

        def put(counts: dict[View, int]) -> None:
            for view, chip in self.chips.items():
                chip.set_note(str(counts.get(view, 0)))

        self._counted.ask(count, put, self._ignore)

    def _ignore(self, _error: TefterError) -> None:
        """Counts that could not be read stay as they were; the list says what is wrong."""

    # --- what happens ---

    def _typed(self, _text: str) -> None:
        self.refresh()

    def _clear(self) -> None:
        if self.search.text():
            self.search.clear()
        elif self._view is not View.ALL:
            self.chips[View.ALL].click()
        self.list.view.setFocus()

    def _changed(self, changes: frozenset[str]) -> None:
        if changes & {ENTRIES, RECEIPTS, ROAD} and self.isVisible():
            self.refresh()
        if DRAFTS in changes and self.isVisible():
            self.begun.refresh()

    def _chosen(self, entry: object) -> None:
        self.details.expect(entry if isinstance(entry, bytes) else None)
        self._show_timer.start(TYPE_PAUSE if self.search.hasFocus() else SHOW_PAUSE)

    def _dropped(self, entry: object, files: "list[Path]") -> None:
        """Attach files to the entry on which they were dropped, once it is chosen and its details are there."""
        self.list.choose(entry)
        self.details.attach(files)

    def _show_chosen(self) -> None:
        entry = self.list.current()
        if not isinstance(entry, bytes):
            self._shown.drop()
            self.details.show_nothing()
            return
        session = self._session

        def ask() -> "tuple[EntryDetails, list[Moment]]":
            from app.services import book

            with session.store.ledger.reading() as connection:
                found = book.details(connection, entry), book.timeline(connection, entry)
            for one in found[0].correspondents:
                session.settlement_name(one.settlement)  # read here, once: the list of settlements is long
            return found

        self._shown.ask(ask, self.details.show_entry, self._not_read)

    def _not_read(self, error: TefterError) -> None:
        self.details.show_nothing()
        self._ways.fail(error)

    # --- what the window's own keys do here ---

    def current_entry(self) -> bytes | None:
        """Return the entry that is chosen."""
        entry = self.list.current()
        return entry if isinstance(entry, bytes) else None
