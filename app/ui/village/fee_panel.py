"""What stands beside a fee (лентата до таксата): the number to come, payer, words, and the till before and after."""

from collections.abc import Callable

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import TefterError
from app.domain.numbering import Series, SeriesKind, next_number
from app.domain.terms import DayState
from app.printing.amounts import in_words
from app.services.book_rules import last_number
from app.services.till import till_today
from app.ui.village.fee_bill import Bill
from app.ui.village.figures import SumRow, sums
from app.ui.village.session import Session
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.panel import FactRow, Panel, empty, fact_rows, line
from app.ui.widgets.text import Role, Text


class FeePanel:
    """Fills the right panel of the fee's page."""

    def __init__(self, session: Session, panel: Panel, take: Callable[[], object], back: Callable[[], object]) -> None:
        self._session, self._speech = session, session.speech
        self._balance: int | None = None
        self._bill: Bill | None = None
        say = self._speech.say
        self.number = Text(say("village.fee.none"), Role.NUMBER_TO_COME, wrap=False)
        panel.body.addWidget(Text(say("village.fee.next_number"), Role.LABEL))
        panel.body.addWidget(self.number)
        panel.body.addWidget(Text(say("village.fee.next_number_help"), Role.HELP))
        panel.body.addWidget(line())
        self._changing = QVBoxLayout()
        self._changing.setSpacing(8)
        panel.body.addLayout(self._changing)
        panel.body.addStretch(1)
        if session.lists.tariff.example:
            panel.foot.addWidget(Text(say("village.fee.example"), Role.AMBER))
        panel.foot.addWidget(Text(say("village.fee.two_copies"), Role.HELP))
        panel.foot.addWidget(Button(say("village.fee.take"), Kind.PRIMARY, key="Return", run=take))
        leave = Button(say("village.fee.back"), Kind.QUIET, key="Esc", run=back)
        panel.foot.addWidget(leave, 0, Qt.AlignmentFlag.AlignHCenter)

    def refresh(self, closed: Callable[[str], object]) -> None:
        """Read the till anew; ``closed`` is told in a sentence where its day is closed already."""
        session, till = self._session, self._session.place.till
        today = session.today()
        if till is None:
            closed(self._speech.say("village.fee.problem_no_till"))
            return

        def ask(connection: sa.Connection) -> tuple[int, int, DayState | None]:
            last = last_number(connection, Series(SeriesKind.TILL, till, today.year))
            now = till_today(connection, till, today)
            return next_number(last), now.balance, now.state

        def put(found: tuple[int, int, DayState | None]) -> None:
            number, self._balance, state = found
            self.number.setText(f"{till}-{number:06d}")
            if state is DayState.CLOSED:
                closed(self._speech.say("village.fee.closed"))
            if self._bill is not None:
                self.show_bill(self._bill)

        session.read(ask, put, self._unread)

    def _unread(self, error: TefterError) -> None:
        self.number.setText(self._speech.say("village.fee.none"))
        self._changing.addWidget(Text(self._speech.explain(error), Role.RED))

    def show_bill(self, bill: Bill) -> None:
        """Show what the receipt will say."""
        self._bill = bill
        empty(self._changing)
        for one in self._parts(bill):
            self._changing.addWidget(one)

    def _parts(self, bill: Bill) -> list[QWidget]:
        say = self._speech.say
        payer = bill.payer.name if bill.payer is not None else say("village.fee.nameless")
        names = list(dict.fromkeys(one.line.text for one in bill.positions))
        rows = [FactRow(say("village.fee.payer"), payer)]
        if bill.positions:
            rows.append(FactRow(say("village.fee.for"), "\n".join(names)))
            rows.append(FactRow(say("village.fee.words"), in_words(bill.due, self._speech)))
        rows.append(FactRow(say("village.fee.clerk"), self._session.place.clerk))
        return [fact_rows(rows), line(), Text(say("village.fee.in_till"), Role.LABEL), self._till(bill)]

    def _till(self, bill: Bill) -> QWidget:
        say, amount = self._speech.say, self._speech.amount
        if self._balance is None:
            return QWidget()
        return sums(
            [
                SumRow(say("village.fee.now"), amount(self._balance)),
                SumRow(say("village.fee.this"), amount(bill.due)),
                SumRow(say("village.fee.after"), amount(self._balance + bill.due), total=True),
            ]
        )
