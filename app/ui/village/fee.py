"""Taking a fee (вземане на такса): due, given, change. What is paid for comes from the entry."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import TefterError
from app.services import cash_desk
from app.services.cash_desk import Issued
from app.ui.look.signs import Sign
from app.ui.village import fee_bill
from app.ui.village.fee_bill import Bill
from app.ui.village.fee_choice import BillView, FeeChoice
from app.ui.village.fee_money import MoneyPart
from app.ui.village.fee_open import OpenBill
from app.ui.village.fee_panel import FeePanel
from app.ui.village.payer_field import PayerField
from app.ui.village.receipt_sheet import ReceiptSheet, Told
from app.ui.village.session import DRAFTS, ENTRIES, RECEIPTS, Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.scroll import Scroll
from app.ui.widgets.text import Role, Text

_CHANGES = frozenset({ENTRIES, RECEIPTS, DRAFTS})


class FeePage(Page):
    """The page of the cash desk where a fee is taken."""

    name = "fee"

    def __init__(self, session: Session, ways: Ways) -> None:
        super().__init__()
        self._session, self._ways, self._speech = session, ways, session.speech
        self._problem_said = False
        self.open = OpenBill(session, ways, self)
        self._compose()
        self.side = FeePanel(session, self.panel, self.take_money, self._back)
        self._connect()
        self.use_keys(self._own_keys())
        self._show()

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        self._another = Button(say("village.fee.another"), Kind.QUIET, key="F4", run=self.another)
        title = Text(say("village.fee.title"), Role.TITLE, wrap=False)
        self.middle.addWidget(PageHead(title, Text(""), None, self._another))
        self.banner = Banner()
        self.banner.hide()
        self.lines = BillView(self._speech)
        self.choice = FeeChoice(self._session, self._ways)
        self.payer = PayerField(self._session, self._ways)
        self.money = MoneyPart(self._speech)
        self.given = self.money.given
        self._scroll = Scroll()
        column = self._scroll.column
        column.setContentsMargins(24, 4, 24, 16)
        column.setSpacing(12)
        for one in (self.banner, self.lines, self.choice, self.payer):
            column.addWidget(one)
        column.addSpacing(8)
        column.addWidget(self.money)
        column.addStretch(1)
        self.middle.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        bill = self.open
        self.lines.removed.connect(self._remove)
        self.choice.entry_chosen.connect(bill.add_entry)
        self.choice.service_chosen.connect(bill.add_service)
        self.payer.named.connect(bill.name_payer)
        self.payer.passed.connect(lambda: self._focus(self.given))
        self.money.typed.connect(self._given)
        bill.changed.connect(self._changed)
        bill.begun.connect(self._begun)
        bill.chosen.connect(self._chosen)
        bill.nothing_due.connect(self._nothing_due)

    def _own_keys(self) -> list[Key]:
        say = self._speech.say
        return [
            Key("Return", say("village.fee.take")),
            Key("Ctrl+Return", say("village.fee.take"), self.take_money),
            Key("Down", say("village.fee.walk")),
            Key("F4", say("village.fee.another"), self.another),
            Key("F6", say("village.fee.other_payer"), self.other_payer),
            Key("Ctrl+Delete", say("village.fee.remove_last"), self._remove_last),
            Key("Esc", say("village.fee.back"), self._back),
        ]

    # --- coming in ---

    def take(self, entry: bytes | None) -> None:
        """Take the fee of an entry; without one what was left here, else whatever is chosen."""
        self.open.take(entry)

    def first_focus(self) -> QWidget:
        """Return the amount given, or the choice of what to take where nothing is chosen yet."""
        return self.choice.what if self._chooses() else self.given

    def _chooses(self) -> bool:
        return not self.open.bill.positions and self.open.bill.entry is None

    def _focus(self, widget: QWidget) -> None:
        """Give a field the keyboard, unless an answer comes when another page is shown already."""
        if self.isVisible():
            widget.setFocus()

    def appear(self) -> None:
        """Read how the till stands."""
        self.choice.setVisible(self._chooses())
        self.side.refresh(self._till_closed)

    def current_entry(self) -> bytes | None:
        """Return the entry whose fee is taken."""
        return self.open.bill.entry

    def _till_closed(self, sentence: str) -> None:
        self.banner.say(Sign.FINDING, sentence, self._speech.say("village.fee.closed_help"))

    # --- what is paid for, and by whom ---

    def another(self) -> None:
        """Choose another fee for the same receipt."""
        self.choice.clear()
        self.choice.show()
        self._focus(self.choice.what)

    def other_payer(self) -> None:
        """Let somebody else pay than the applicant."""
        self.payer.show_payer(self.open.bill.payer, shown=True)
        self._focus(self.payer.first_focus())

    def _chosen(self) -> None:
        """Go on to who pays where nobody is named, else to the amount given."""
        payer = self.open.bill.payer
        self.choice.clear()
        self.choice.hide()
        self.payer.show_payer(payer, shown=payer is None)
        self._focus(self.payer.first_focus() if payer is None else self.given)

    def _nothing_due(self, number: str) -> None:
        self.banner.say(Sign.DONE, self._speech.say("village.fee.nothing_due", number=number), "", "grey")
        self.choice.show()
        self._focus(self.choice.what)

    def _remove_last(self) -> None:
        self._remove(len(self.open.bill.positions) - 1)

    def _remove(self, place: int) -> None:
        self.open.remove(place)
        empty = not self.open.bill.positions
        self.choice.setVisible(empty)
        self._focus(self.choice.what if empty else self.given)

    def _given(self, text: str) -> None:
        self.open.give(text)
        self._scroll.ensureWidgetVisible(self.money.change, 0, 24)

    # --- showing ---

    def _begun(self) -> None:
        """Show another bill."""
        bill = self.open.bill
        self._problem_said = False
        self.banner.hide()
        self.money.put_given(bill.given)
        self.choice.clear()
        self.choice.setVisible(self._chooses())
        self.payer.show_payer(bill.payer, shown=bool(bill.positions) and bill.payer is None)
        self._show()
        self._focus(self.first_focus())

    def _changed(self, before: Bill, bill: Bill) -> None:
        if (before.positions, before.payer) != (bill.positions, bill.payer):
            self._show()
        if self._problem_said and not self._problem():
            self._problem_said = False
            self.banner.hide()

    def _show(self) -> None:
        """Show what is paid for and by whom."""
        bill = self.open.bill
        self.lines.show_bill(bill)
        self.side.show_bill(bill)
        self.money.show_due(bill.due, len(bill.positions))
        self._another.setEnabled(bool(bill.positions))

    # --- taking ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the money by Enter, wherever the keyboard is on this page; a button that has it is pressed."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        focused = self.window().focusWidget()
        if isinstance(focused, Button) and focused.kind is not Kind.CHIP:
            focused.click()
        else:
            self.take_money()

    def take_money(self) -> None:
        """Issue the receipt. The same bill is taken once, however often Enter is pressed."""
        problem, given, till = self._problem(), self.given.cents(), self._session.place.till
        if problem or till is None or given is None:
            self._say_problem(problem)
            return
        if self.open.held:
            return
        # Kept until the receipt itself forgets it: a full disk must not cost what was chosen.
        self.open.keep()
        self.open.held = True
        session, paid = self._session, fee_bill.payment(self.open.bill, till, given)
        session.act(
            lambda confirmed: cash_desk.issue(session.store, session.lists, paid, confirmed),
            self._taken,
            self._refused,
            _CHANGES,
        )

    def _problem(self) -> str:
        """Return what is still to be done, as the key of its text."""
        bill, given = self.open.bill, self.given.cents()
        if self._session.place.till is None:
            return "no_till"
        if not bill.positions:
            return "choose"
        if given is None:
            return "how_much"
        return "less" if given < bill.due else ""

    def _say_problem(self, problem: str) -> None:
        missing = self.open.bill.due - (self.given.cents() or 0)
        self.banner.say(
            Sign.FINDING, self._speech.say(f"village.fee.problem_{problem}", missing=self._speech.money(missing))
        )
        self._problem_said = True
        self._focus(self.first_focus())

    def _taken(self, told: Issued) -> None:
        entry = self.open.bill.entry
        self.open.begin_anew()
        if entry is not None:
            self._ways.to_entries(entry)
        else:
            self._ways.to_till(told.receipt)
        self._ways.lay(ReceiptSheet(self._session, self._ways, Told(told.receipt, told.number, told.change)))

    def _refused(self, error: TefterError) -> None:
        self.open.held = False
        self._ways.fail(error)

    def _back(self) -> None:
        """Leave without taking anything; what was chosen here is dropped."""
        entry = self.open.bill.entry
        self.open.drop()
        if entry is not None:
            self._ways.to_entries(entry)
        else:
            self._ways.to_till()

    def keep_now(self) -> None:
        """Keep what is typed: the window locks or closes."""
        self.open.keep()
