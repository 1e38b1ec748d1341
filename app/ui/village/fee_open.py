"""The bill that is open at the desk (отворена сметка): what is added, named and given, and its draft in the store."""

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

from app.domain.facts import Correspondent
from app.domain.nomenclature import TariffRow
from app.services.cash_desk import FeeDue, fees_due
from app.services.details import details
from app.ui.village import fee_bill
from app.ui.village.draft_keeper import DraftKeeper
from app.ui.village.fee_bill import Bill
from app.ui.village.session import Session
from app.ui.village.ways import Ways

KIND = "fee"


class OpenBill(QObject):
    """Holds the bill.

    ``changed`` gives it before and now, ``begun`` says that it is another one, ``chosen`` that a fee was added;
    ``nothing_due`` gives the number of an entry that owes nothing.
    """

    changed = Signal(object, object)
    begun = Signal()
    chosen = Signal()
    nothing_due = Signal(str)

    def __init__(self, session: Session, ways: Ways, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._ways = session, ways
        self.bill = Bill(receipt=session.new_id())
        self.held = False
        """While the money is being taken nothing is kept: the receipt itself forgets the draft."""
        self._keeper = DraftKeeper(KIND, self._draft, self)
        self._keeper.use(session)
        self._keeper.failed.connect(ways.fail)

    # --- another bill ---

    def take(self, entry: bytes | None) -> None:
        """Open the bill of an entry; without one what was left here, else an empty one."""
        self._keeper.flush()
        if entry is None:
            if self.bill.empty:
                self._session.kept(KIND, self._restore, self._ways.fail)
        elif not self.bill.pays_for(entry):
            self._begin(Bill(receipt=self._session.new_id(), entry=entry))
            self._session.kept(KIND, lambda kept: self._restore_for(entry, kept), self._ways.fail)

    def begin_anew(self) -> None:
        """Open an empty bill; the one before is paid or kept."""
        self._begin(Bill(receipt=self._session.new_id()))

    def drop(self) -> None:
        """Forget the bill: the clerk went back."""
        self._keeper.rest()
        self._session.forget(self.bill.receipt, self._ways.fail)
        self.begin_anew()

    def _begin(self, bill: Bill) -> None:
        self.bill = bill
        self.held = False
        self.begun.emit()

    def _restore(self, kept: list[tuple[bytes, bytes]]) -> None:
        """Go on with what was left: a kill or a lock came between."""
        bills = fee_bill.left(kept)
        if bills:
            self._go_on(bills[0])

    def _restore_for(self, entry: bytes, kept: list[tuple[bytes, bytes]]) -> None:
        """Go on with what was left of this entry's fee, else begin with it."""
        bills = [bill for bill in fee_bill.left(kept) if bill.pays_for(entry)]
        if bills:
            self._go_on(bills[0])
        else:
            self.add_entry(entry)

    def _go_on(self, bill: Bill) -> None:
        def begin(owed: Bill) -> None:
            if not self.bill.positions:
                self._begin(owed)

        self._session.read(lambda connection: fee_bill.still_owed(connection, bill), begin, self._ways.fail)

    # --- what is added ---

    def add_entry(self, entry: bytes) -> None:
        """Add what an entry owes; its applicant pays unless somebody was named."""

        def ask(connection: sa.Connection) -> tuple[tuple[FeeDue, ...], Correspondent | None, str]:
            held = details(connection, entry)
            return fees_due(connection, entry), fee_bill.applicant(held.correspondents), held.row.told

        def put(found: tuple[tuple[FeeDue, ...], Correspondent | None, str]) -> None:
            fees, payer, number = found
            if fees:
                self._change(fee_bill.with_fees(self.bill, fees, payer, self._session.lists))
                self.chosen.emit()
            else:
                self.nothing_due.emit(number)

        self._session.read(ask, put, self._ways.fail)

    def add_service(self, row: TariffRow, quantity: int) -> None:
        """Add a service of the tariff."""
        self._change(fee_bill.with_service(self.bill, row, quantity, self._session.lists))
        self.chosen.emit()

    def remove(self, place: int) -> None:
        """Take a line out; a place without one changes nothing."""
        if 0 <= place < len(self.bill.positions):
            self._change(fee_bill.without(self.bill, place))

    def name_payer(self, who: Correspondent | None) -> None:
        """Say who pays, None for nobody."""
        self._change(msgspec.structs.replace(self.bill, payer=who))

    def give(self, text: str) -> None:
        """Say how much was given, as typed."""
        self._change(msgspec.structs.replace(self.bill, given=text))

    def _change(self, bill: Bill) -> None:
        before, self.bill = self.bill, bill
        self._keeper.touched()
        self.changed.emit(before, bill)

    # --- the draft ---

    def keep(self) -> None:
        """Keep what is typed now."""
        self._keeper.flush()

    def _draft(self) -> tuple[bytes, bytes] | None:
        bill = self.bill
        return None if bill.empty or self.held else (bill.receipt, fee_bill.encoded(bill))
