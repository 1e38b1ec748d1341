"""Taking a fee (вземане на такса): due, given, change. What is paid for comes from the entry."""

from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.errors import TefterError
from app.domain.facts import Correspondent
from app.domain.nomenclature import TariffRow
from app.domain.terms import CorrespondentRole
from app.services import cash_desk
from app.services.cash_desk import FeeDue, Issued
from app.services.details import details
from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.village import fee_bill
from app.ui.village.draft_keeper import DraftKeeper
from app.ui.village.fee_bill import Bill
from app.ui.village.fee_choice import BillView, FeeChoice
from app.ui.village.fee_panel import FeePanel
from app.ui.village.figures import Figure, Pieces
from app.ui.village.money_field import LARGE, MoneyField
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
from app.ui.widgets.text import Hairline, Role, Text

KIND = "fee"
QUICK = (500, 1_000, 2_000, 5_000)
"""Notes that are handed over most, in minor units; before them „Точно“."""
_CHANGES = frozenset({ENTRIES, RECEIPTS, DRAFTS})


class FeePage(Page):
    """The page of the cash desk where a fee is taken."""

    name = "fee"

    def __init__(self, session: Session, ways: Ways) -> None:
        super().__init__()
        self._session, self._ways, self._speech = session, ways, session.speech
        self._bill = Bill(receipt=session.new_id())
        self._taking = self._problem_said = False
        self._keeper = DraftKeeper(KIND, self._draft, self)
        self._keeper.use(session)
        self._keeper.failed.connect(ways.fail)
        self._compose()
        self.side = FeePanel(session, self.panel, self.take_money, self._back)
        self.use_keys(self._own_keys())
        theme().changed.connect(self._measure)
        self._measure()
        self._show()

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        self._another = Button(say("village.fee.another"), Kind.QUIET, key="F4", run=self.another)
        title = Text(say("village.fee.title"), Role.TITLE, wrap=False)
        self.middle.addWidget(PageHead(title, Text(""), None, self._another))
        scroll = self._scroll = Scroll()
        column = scroll.column
        column.setContentsMargins(24, 4, 24, 16)
        column.setSpacing(12)
        self.banner = Banner()
        self.banner.hide()
        self.lines = BillView(self._speech)
        self.lines.removed.connect(self._remove)
        self.choice = FeeChoice(self._session, self._ways)
        self.choice.entry_chosen.connect(self._add_entry)
        self.choice.service_chosen.connect(self._add_service)
        self.payer = PayerField(self._session, self._ways)
        self.payer.named.connect(self._payer_named)
        self.payer.passed.connect(lambda: self._focus(self.given))
        for one in (self.banner, self.lines, self.choice, self.payer):
            column.addWidget(one)
        column.addSpacing(8)
        column.addWidget(self._money())
        column.addStretch(1)
        self.middle.addWidget(scroll, 1)

    def _money(self) -> QWidget:
        """Return due, given and change, one under another, right-aligned on their comma."""
        say = self._speech.say
        self.due, self.change = Figure(Role.DUE), Figure(Role.CHANGE)
        self.given = MoneyField()
        self.given.textEdited.connect(self._given_typed)
        self.given.stepped.connect(self._step)
        self.pieces = Pieces(self._speech)
        self.count = Text("", Role.HELP)
        self.change_label = Text(say("village.fee.change"), Role.SECTION)
        holder = QWidget()
        grid = self._grid = QGridLayout(holder)
        grid.setContentsMargins(20, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        self._row(0, Text(say("village.fee.due"), Role.SECTION), self.count, self.due)
        label = Text(say("village.fee.given"), Role.SECTION, wrap=False)
        label.setBuddy(self.given)
        self.given.setAccessibleName(label.text().replace("&", ""))
        self.given_help = Text(say("village.fee.given_help"), Role.HELP)
        self._row(1, label, self.given_help, self.given)
        grid.addWidget(self._quick_buttons(), 2, 0, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Hairline(strong=True), 3, 0, 1, 3)
        self._row(4, self.change_label, Text(""), self.change)
        self.back_label = Text(say("village.fee.give_back"), Role.QUIET, wrap=False)
        back = QHBoxLayout()
        back.setSpacing(12)
        back.addWidget(self.back_label)
        back.addWidget(self.pieces, 1)
        grid.addLayout(back, 5, 0, 1, 2)
        return holder

    def _row(self, at: int, label: Text, help_text: Text, figure: QWidget) -> None:
        words = QWidget()
        column = QGridLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setVerticalSpacing(0)
        column.addWidget(label, 0, 0)
        column.addWidget(help_text, 1, 0)
        help_text.setVisible(bool(help_text.text()) or help_text is self.count)
        self._grid.addWidget(words, at, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(figure, at, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(Text(cash_desk.CURRENCY, Role.LEAD, wrap=False), at, 2)

    def _quick_buttons(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.quick: dict[int, Button] = {}
        for cents in (0, *QUICK):
            text = str(cents // 100) if cents else self._speech.say("village.fee.exact")
            button = Button(text, Kind.CHIP, run=partial(self._quick_given, cents))
            self.quick[cents] = button
            row.addWidget(button)
        return holder

    def _measure(self) -> None:
        """In very large text the figures need the room of the help beside them."""
        self.given_help.setVisible(look().scale <= LARGE)

    def _own_keys(self) -> list[Key]:
        say = self._speech.say
        return [
            Key("Return", say("village.fee.take")),
            Key("Ctrl+Return", say("village.fee.take"), self.take_money),
            Key("Down", say("village.fee.walk")),
            Key("F4", say("village.fee.another"), self.another),
            Key("F6", say("village.fee.other_payer"), self.other_payer),
            Key("Ctrl+Delete", say("village.fee.remove_last"), lambda: self._remove(len(self._bill.positions) - 1)),
            Key("Esc", say("village.fee.back"), self._back),
        ]

    # --- coming in ---

    def take(self, entry: bytes | None) -> None:
        """Take the fee of an entry; without one what was left here, else whatever is chosen."""
        self._keeper.flush()
        if entry is None:
            if self._bill.empty:
                self._session.kept(KIND, self._restore, self._ways.fail)
            return
        if self._bill.pays_for(entry):
            return
        self._begin(Bill(receipt=self._session.new_id(), entry=entry))
        self._session.kept(KIND, lambda kept: self._restore_for(entry, kept), self._ways.fail)

    def _restore(self, kept: list[tuple[bytes, bytes]]) -> None:
        """Go on with what was left: a kill or a lock came between."""
        bills = [bill for _, content in kept if (bill := fee_bill.decoded(content)) is not None]
        if bills and self._bill.empty:
            self._begin(bills[0])

    def _restore_for(self, entry: bytes, kept: list[tuple[bytes, bytes]]) -> None:
        bills = [bill for _, content in kept if (bill := fee_bill.decoded(content)) is not None]
        left = next((bill for bill in bills if bill.pays_for(entry)), None)
        if left is not None:
            self._begin(left)
        else:
            self._add_entry(entry)

    def _begin(self, bill: Bill) -> None:
        self._bill = bill
        self._taking = False
        self.banner.hide()
        self.given.setText(bill.given)
        self.choice.clear()
        self.choice.setVisible(not bill.positions and bill.entry is None)
        self.payer.show_payer(bill.payer, shown=bool(bill.positions) and bill.payer is None)
        self._show()
        self._focus(self.first_focus())

    def first_focus(self) -> QWidget:
        """Return the amount given, or the choice of what to take where nothing is chosen yet."""
        return self.choice.what if self._chooses() else self.given

    def _focus(self, widget: QWidget) -> None:
        """Give a field the keyboard, unless an answer comes when another page is shown already."""
        if self.isVisible():
            widget.setFocus()

    def _chooses(self) -> bool:
        return not self._bill.positions and self._bill.entry is None

    def appear(self) -> None:
        """Read how the till stands."""
        self.choice.setVisible(self._chooses())
        self.side.refresh(self._till_closed)

    def current_entry(self) -> bytes | None:
        """Return the entry whose fee is taken."""
        return self._bill.entry

    def _till_closed(self, sentence: str) -> None:
        self.banner.say(Sign.FINDING, sentence, self._speech.say("village.fee.closed_help"))

    # --- what is paid for ---

    def another(self) -> None:
        """Choose another fee for the same receipt."""
        self.choice.clear()
        self.choice.show()
        self._focus(self.choice.what)

    def other_payer(self) -> None:
        """Let somebody else pay than the applicant."""
        self.payer.show_payer(self._bill.payer, shown=True)
        self._focus(self.payer.first_focus())

    def _add_entry(self, entry: bytes) -> None:
        def ask(connection: sa.Connection) -> tuple[tuple[FeeDue, ...], Correspondent | None, str]:
            held = details(connection, entry)
            return cash_desk.fees_due(connection, entry), applicant(held.correspondents), held.row.told

        self._session.read(ask, self._put_fees, self._ways.fail)

    def _put_fees(self, found: tuple[tuple[FeeDue, ...], Correspondent | None, str]) -> None:
        fees, payer, number = found
        if not fees:
            self.banner.say(Sign.DONE, self._speech.say("village.fee.nothing_due", number=number), "", "grey")
            self.choice.show()
            self._focus(self.choice.what)
            return
        self._change(fee_bill.with_fees(self._bill, fees, payer, self._session.lists))
        self._chosen()

    def _add_service(self, row: TariffRow, quantity: int) -> None:
        self._change(fee_bill.with_service(self._bill, row, quantity, self._session.lists))
        self._chosen()

    def _chosen(self) -> None:
        """Go on to who pays where nobody is named, else to the amount given."""
        self.choice.clear()
        self.choice.hide()
        nobody = self._bill.payer is None
        self.payer.show_payer(self._bill.payer, shown=nobody)
        self._focus(self.payer.first_focus() if nobody else self.given)

    def _remove(self, place: int) -> None:
        if not 0 <= place < len(self._bill.positions):
            return
        self._change(fee_bill.without(self._bill, place))
        self.choice.setVisible(not self._bill.positions)
        self._focus(self.given if self._bill.positions else self.choice.what)

    def _payer_named(self, who: Correspondent | None) -> None:
        self._change(msgspec.structs.replace(self._bill, payer=who))

    # --- money ---

    def _given_typed(self, text: str) -> None:
        self._change(msgspec.structs.replace(self._bill, given=text))

    def _quick_given(self, cents: int) -> None:
        text = self._speech.amount(cents or self._bill.due).replace("\u00a0", "")
        self.given.setText(text)
        self.given.selectAll()
        self._given_typed(text)

    def _step(self, step: int) -> None:
        """Walk the offered amounts by the arrows."""
        amounts = [cents for cents, button in self.quick.items() if button.isEnabled()]
        marked = [at for at, cents in enumerate(amounts) if self.quick[cents].isChecked()]
        if amounts:
            at = (marked[0] + step) % len(amounts) if marked else (0 if step > 0 else len(amounts) - 1)
            self._quick_given(amounts[at])

    def _change(self, bill: Bill) -> None:
        before, self._bill = self._bill, bill
        self._keeper.touched()
        same = (before.positions, before.payer) == (bill.positions, bill.payer)
        self._show_money() if same else self._show()
        if self._problem_said and not self._problem(bill, self.given.cents()):
            self._problem_said = False
            self.banner.hide()

    # --- showing ---

    def _show(self) -> None:
        """Show what is paid for and by whom; then the money."""
        bill = self._bill
        self.lines.show_bill(bill)
        self.side.show_bill(bill)
        self.due.say(self._speech.amount(bill.due), Role.DUE)
        self.count.setText(self._speech.count("village.fee.fees", len(bill.positions)))
        self._another.setEnabled(bool(bill.positions))
        self._show_money()

    def _show_money(self) -> None:
        """Show the change, or what is missing."""
        bill, given, say = self._bill, self.given.cents(), self._speech.say
        self._mark_quick(given)
        if given is None or not bill.positions:
            text, role, back = say("village.fee.none"), Role.NUMBER_TO_COME, 0
        else:
            back = given - bill.due
            text, role = self._speech.amount(abs(back)), Role.DIFFERENCE if back < 0 else Role.CHANGE
        self.change_label.setText(say("village.fee.missing" if back < 0 else "village.fee.change"))
        self.change.say(text, role)
        self.pieces.show_change(max(0, back))
        self.back_label.setVisible(back > 0)
        if given is not None:
            self._scroll.ensureWidgetVisible(self.change, 0, 24)

    def _mark_quick(self, given: int | None) -> None:
        due = self._bill.due
        for cents, button in self.quick.items():
            button.setEnabled(bool(due) and (not cents or cents >= due))
            # An exclusive group keeps one marked; here none may be.
            button.setAutoExclusive(False)
            button.setChecked(bool(due) and given == (cents or due) and button.isEnabled())
            button.setAutoExclusive(True)

    # --- taking ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the money by Enter, wherever the keyboard is on this page."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.window().focusWidget()
            pressed = isinstance(focused, Button) and focused.kind is not Kind.CHIP
            self._press(focused) if pressed else self.take_money()
            return
        super().keyPressEvent(event)

    def _press(self, button: QWidget | None) -> None:
        if isinstance(button, Button):
            button.click()

    def take_money(self) -> None:
        """Issue the receipt. The same bill is taken once, however often Enter is pressed."""
        bill, given, till = self._bill, self.given.cents(), self._session.place.till
        problem = self._problem(bill, given)
        if problem or self._taking or till is None or given is None:
            if problem:
                self._say_problem(problem)
            return
        # Kept until the receipt itself forgets it: a full disk must not cost what was chosen.
        self._keeper.flush()
        self._taking = True
        paid = fee_bill.payment(bill, till, given)
        session = self._session
        session.act(
            lambda confirmed: cash_desk.issue(session.store, session.lists, paid, confirmed),
            self._taken,
            self._refused,
            _CHANGES,
        )

    def _problem(self, bill: Bill, given: int | None) -> str:
        """Return what is still to be done, as the key of its text."""
        if self._session.place.till is None:
            return "no_till"
        if not bill.positions:
            return "choose"
        if given is None:
            return "how_much"
        return "less" if given < bill.due else ""

    def _say_problem(self, problem: str) -> None:
        missing = self._bill.due - (self.given.cents() or 0)
        text = self._speech.say(f"village.fee.problem_{problem}", missing=self._speech.money(missing))
        self.banner.say(Sign.FINDING, text)
        self._problem_said = True
        self._focus(self.first_focus())

    def _taken(self, told: Issued) -> None:
        entry = self._bill.entry
        self._begin(Bill(receipt=self._session.new_id()))
        if entry is not None:
            self._ways.to_entries(entry)
        else:
            self._ways.to_till(told.receipt)
        self._ways.lay(ReceiptSheet(self._session, self._ways, Told(told.receipt, told.number, told.change)))

    def _refused(self, error: TefterError) -> None:
        self._taking = False
        self._keeper.touched()
        self._ways.fail(error)

    def _back(self) -> None:
        """Leave without taking anything; what was chosen here is dropped."""
        bill = self._bill
        self._keeper.rest()
        self._session.forget(bill.receipt, self._ways.fail)
        self._begin(Bill(receipt=self._session.new_id()))
        if bill.entry is not None:
            self._ways.to_entries(bill.entry)
        else:
            self._ways.to_till()

    # --- drafts ---

    def keep_now(self) -> None:
        """Keep what is typed: the window locks or closes."""
        self._keeper.flush()

    def _draft(self) -> tuple[bytes, bytes] | None:
        bill = self._bill
        return None if bill.empty or self._taking else (bill.receipt, fee_bill.encoded(bill))


def applicant(people: tuple[Correspondent, ...]) -> Correspondent | None:
    """Return who pays for an entry: its payer where one is named, else the first correspondent with a name."""
    named = [one for one in people if one.name]
    payers = [one for one in named if one.role is CorrespondentRole.PAYER]
    found = (payers or named)[:1]
    return fee_bill.as_payer(found[0]) if found else None
