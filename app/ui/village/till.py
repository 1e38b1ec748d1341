"""The till (каса): what lies in it, its documents day by day, and the details of the one that is chosen."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.services import book
from app.services.cash_desk import TillToday, till_today
from app.services.receipts import find_receipts
from app.services.rows import ReceiptRow
from app.ui.village.papers_receipt import print_again, save_again
from app.ui.village.receipt_check import ReceiptCheckSheet
from app.ui.village.session import RECEIPTS, ROAD, Session
from app.ui.village.storno import StornoSheet, begin_storno
from app.ui.village.till_details import ReceiptPanel, Shown, may_be_voided
from app.ui.village.till_items import Writer, columns
from app.ui.village.till_today import TodayBox
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Line
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key, walking
from app.ui.widgets.ledger import LedgerList
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.text import Role, Text
from app.ui.work import Newest

PAGE = 100
SHOW_PAUSE = 30
"""Milliseconds until the arrow rests on a row and its details are read."""

Found = tuple[TillToday, list[ReceiptRow], bool]


class TillPage(Page):
    """The till's page."""

    name = "till"

    def __init__(self, session: Session, ways: Ways) -> None:
        super().__init__()
        self._session, self._ways, self._speech = session, ways, session.speech
        self._rows: list[ReceiptRow] = []
        self._wanted: bytes | None = None
        self._asked, self._shown = Newest(session.newest_reader()), Newest(session.newest_reader())
        self._show_timer = QTimer(self)
        self._show_timer.setSingleShot(True)
        self._show_timer.timeout.connect(self._show_chosen)
        self._compose()
        self.use_keys(self._own_keys())
        session.changed.connect(self._changed)

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        self.day = Text(self._speech.long_date(self._session.today()), Role.LEAD, wrap=False)
        self.search = Line()
        self.search.setPlaceholderText(say("village.till.search_hint"))
        self.search.setAccessibleName(say("village.till.search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._typed)
        new = Button(say("village.till.new"), Kind.PRIMARY, key="F3", icon="plus", run=self._ways.to_fee)
        title = Text(say("village.till.title"), Role.TITLE, wrap=False)
        self.middle.addWidget(PageHead(title, self.day, self.search, new))
        self.today = TodayBox(self._speech, close=self._ways.to_day_close, check=self.check)
        self.middle.addWidget(self.today)
        self.list = LedgerList(say("village.till.title"), columns(self._speech))
        self.list.chosen.connect(lambda _receipt: self._show_timer.start(SHOW_PAUSE))
        self.list.model.wanted.connect(self._more)
        self.middle.addWidget(self.list, 1)
        self.empty = Text("", Role.LEAD)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(48, 24, 48, 24)
        self.empty.hide()
        self.middle.addWidget(self.empty, 1)
        acts = (self.print_paper, self.void)
        self.details = ReceiptPanel(self._session, self.panel, *acts)

    def _own_keys(self) -> list[Key]:
        say = self._speech.say
        return [
            Key("F7", say("village.till.check"), self.check),
            Key("F8", say("village.till.close"), self._ways.to_day_close),
            Key("Ctrl+Delete", say("village.till.void"), self.void),
            Key("Esc", say("village.till.clear"), self._clear),
            walking(self._speech),
        ]

    # --- what is shown ---

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.list.view if not self.list.isHidden() else self.search

    def appear(self) -> None:
        """Read anew."""
        self.refresh()

    def find_here(self) -> bool:
        """Put the keyboard into the search."""
        self.search.setFocus()
        self.search.selectAll()
        return True

    def show_receipt(self, receipt: bytes | None) -> None:
        """Make a cash document the current one, as soon as the list holds it."""
        self._wanted = receipt
        if self.search.text():
            self.search.clear()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read what is to be shown."""
        till = self._session.place.till
        if till is None:
            self.today.say_no_till()
            return
        self._asked.ask(self._question(till, self.search.text().strip()), self._put, self._ways.fail)

    def _question(self, till: int, typed: str) -> Callable[[], Found]:
        session, today = self._session, self._session.today()

        def ask() -> Found:
            with session.store.ledger.reading() as connection:
                now = till_today(connection, till, today)
                if typed:
                    return now, find_receipts(connection, till, typed, PAGE), False
                rows = book.receipts_page(connection, till, None, PAGE)
                return now, rows, len(rows) == PAGE

        return ask

    def _put(self, found: Found) -> None:
        now, self._rows, more = found
        self.day.setText(self._speech.long_date(now.day))
        self.today.show_today(now)
        searching = bool(self.search.text().strip())
        writer = Writer(self._speech, self._session.today(), self._rows)
        items = writer.found(self._rows) if searching else list(writer.days(self._rows))
        keep = self._wanted or self.list.current()
        self._wanted = None
        key = "empty_search" if searching else "empty"
        self.empty.setText(self._speech.say(f"village.till.{key}", typed=self.search.text().strip()))
        walked = self.list.view.hasFocus()
        self.empty.setVisible(not items)
        self.list.setVisible(bool(items))
        if walked and not items:
            # The keyboard must stay on the page, or its keys fall silent.
            self.search.setFocus()
        self.list.put(items, more=more, keep=keep)

    def _more(self) -> None:
        till = self._session.place.till
        if not self._rows or till is None or self.search.text().strip():
            return
        last, today = self._rows[-1], self._session.today()

        def added(rows: list[ReceiptRow]) -> None:
            self._rows += rows
            items = list(Writer(self._speech, today, self._rows).days(rows, after=last.day))
            self.list.model.add(items, more=len(rows) == PAGE)

        self._session.read(
            lambda connection: book.receipts_page(connection, till, last.position, PAGE), added, self._ways.fail
        )

    # --- what happens ---

    def _typed(self, _text: str) -> None:
        self.refresh()

    def _clear(self) -> None:
        self.search.clear()
        self.list.view.setFocus()

    def _changed(self, changes: frozenset[str]) -> None:
        if changes & {RECEIPTS, ROAD} and self.isVisible():
            self.refresh()

    def _show_chosen(self) -> None:
        receipt = self.list.current()
        if not isinstance(receipt, bytes):
            self._shown.drop()
            self.details.show_nothing()
            return
        session = self._session

        def ask() -> Shown:
            with session.store.ledger.reading() as connection:
                held = book.receipt_details(connection, receipt)
                of = held if held.row.voids is None else book.receipt_details(connection, held.row.voids)
                return Shown(held, of, book.timeline(connection, receipt))

        self._shown.ask(ask, self.details.show_receipt, self._ways.fail)

    def check(self) -> None:
        """Check the signature of a receipt on paper."""
        self._ways.lay(ReceiptCheckSheet(self._session, self._ways))

    def _current(self) -> ReceiptRow | None:
        """Return the document that is chosen; its details may still be on their way."""
        receipt = self.list.current()
        return next((row for row in self._rows if row.receipt == receipt), None)

    def void(self) -> None:
        """Show what voiding the chosen receipt does, and ask for the reason."""
        row = self._current()
        if row is not None and may_be_voided(row):
            begin_storno(self._session, self._ways, row)

    def print_paper(self) -> None:
        """Print the document that is chosen once more."""
        row = self._current()
        if row is not None:
            print_again(self._session, self._ways, row.receipt, row.told)

    def save_paper(self) -> None:
        """Save the document that is chosen as PDF."""
        row = self._current()
        if row is not None:
            save_again(self._session, self._ways, row.receipt, row.told)

    def keep_now(self) -> None:
        """Keep the reason of a storno that is being written: the window locks or closes."""
        sheet = self.window().findChild(StornoSheet)
        if sheet is not None:
            sheet.keep_now()
