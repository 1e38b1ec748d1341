"""Who pays (платец): a name, or somebody who was here before. Empty: the receipt names nobody."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.facts import Correspondent
from app.services.recall import Acquaintance, recall
from app.ui.village import fee_bill
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.widgets.fields import EnterGoesOn, Field
from app.ui.widgets.offers import Offer
from app.ui.widgets.type_ahead import TypeAhead
from app.ui.work import Newest
from resources.speech import masked


class PayerField(QWidget):
    """A line with the people who came before; ``named`` gives the payer, None for nobody; Enter is ``passed``."""

    named = Signal(object)
    passed = Signal()

    def __init__(self, session: Session, ways: Ways) -> None:
        super().__init__()
        self._session, self._ways = session, ways
        self._asked = Newest(session.newest_reader())
        self._found: list[Acquaintance] = []
        self.line = TypeAhead(free=True)
        self.line.setPlaceholderText(session.speech.say("village.fee.payer_hint"))
        self.line.asked.connect(self._typed)
        self.line.taken.connect(self._taken)
        EnterGoesOn(self, self.passed.emit).watch(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Field(session.speech.say("village.fee.payer_field"), self.line, "payer"))

    def first_focus(self) -> QWidget:
        """Return the line."""
        return self.line

    def show_payer(self, payer: Correspondent | None, *, shown: bool) -> None:
        """Show who pays; hidden where that is known."""
        self.line.setText(payer.name if payer is not None else "")
        self.setVisible(shown)

    def _typed(self, text: str) -> None:
        self.named.emit(fee_bill.named(text))
        session = self._session

        def ask() -> list[Acquaintance]:
            with session.store.ledger.reading() as connection:
                return recall(connection, text, register=session.place.register)

        self._asked.ask(ask, lambda found: self._put(text, found), self._ways.fail)

    def _put(self, text: str, found: list[Acquaintance]) -> None:
        if text != self.line.text():
            return
        self._found = found
        self.line.put_offers([self._offer(place, one) for place, one in enumerate(found)])

    def _offer(self, place: int, one: Acquaintance) -> Offer:
        who = one.correspondent
        notes = (self._session.settlement_name(who.settlement), masked(who.identifier) if who.identifier else "")
        return Offer(str(place), who.name, " · ".join(filter(None, notes)))

    def _taken(self, chosen: Offer | None) -> None:
        if chosen is not None:
            self.named.emit(fee_bill.as_payer(self._found[int(chosen.code)].correspondent))
