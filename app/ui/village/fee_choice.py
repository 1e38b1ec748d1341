"""What a fee is taken for (за какво): an unpaid entry by number or name, or a service of the tariff with a quantity."""

import sqlalchemy as sa
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.nomenclature import TariffRow
from app.domain.terms import Speed, View
from app.services import book
from app.services.rows import EntryRow
from app.ui.look.theme import look, theme
from app.ui.village.fee_bill import Bill, Position, on_sale
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.village.wording import service_name, what
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.offers import MOST_OFFERS, Offer, fitting, offer
from app.ui.widgets.panel import empty
from app.ui.widgets.text import Role, Text
from app.ui.widgets.type_ahead import TypeAhead
from app.ui.work import Newest
from resources.speech import Speech

_ENTRIES = 5
"""So many unpaid entries are offered before services."""
_ENTRY, _SERVICE = "entry", "service"


class Quantity(Line):
    """How many (брой); Enter says that it is typed."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__(pattern=r"[1-9]\d{0,2}")
        self.setText("1")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def count(self) -> int:
        """Return how many, 1 where nothing is typed."""
        return int(self.text() or "1")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _CONTROL:
            self.entered.emit()
            return
        super().keyPressEvent(event)


_CONTROL = Qt.KeyboardModifier.ControlModifier


class FeeChoice(QWidget):
    """Finds what to take a fee for. ``entry_chosen`` gives an entry's GUID, ``service_chosen`` a row of the tariff."""

    entry_chosen = Signal(object)
    service_chosen = Signal(object, int)

    def __init__(self, session: Session, ways: Ways) -> None:
        super().__init__()
        self._session, self._ways, self._speech = session, ways, session.speech
        self._asked = Newest(session.newest_reader())
        self._rows = on_sale(session.lists, session.today())
        self._services = [self._service_offer(place, row) for place, row in enumerate(self._rows)]
        say = self._speech.say
        self.what = TypeAhead()
        self.what.setPlaceholderText(say("village.fee.what_hint"))
        self.what.asked.connect(self._typed)
        self.what.taken.connect(self._taken)
        self.quantity = Quantity()
        self.quantity.entered.connect(self.add)
        self.what_field = Field(say("village.fee.what"), self.what, "what")
        self.quantity_field = Field(say("village.fee.quantity"), self.quantity, "quantity")
        self._add = Button(say("village.fee.add"), run=self.add)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.what_field, 1)
        row.addWidget(self.quantity_field)
        row.addWidget(self._add, 0, Qt.AlignmentFlag.AlignBottom)
        theme().changed.connect(self._measure)
        self._measure()
        self._show_quantity(shown=False)

    def _measure(self) -> None:
        self.quantity.setFixedWidth(look().px(72))

    def _show_quantity(self, *, shown: bool) -> None:
        self.quantity_field.setVisible(shown)
        self._add.setVisible(shown)

    def clear(self) -> None:
        """Begin anew."""
        self.what.take(None, "")
        self.quantity.setText("1")
        self._show_quantity(shown=False)

    # --- offers ---

    def _service_offer(self, place: int, row: TariffRow) -> Offer:
        name = service_name(self._session.lists, row.service)
        note = f"{self._speech.label(Speed(row.speed))} · {self._speech.money(row.price_cents, row.currency)}"
        return offer(f"{_SERVICE}:{place}", name, note, str(row.service))

    def _entry_offer(self, row: EntryRow) -> Offer:
        number = f"{row.register}-{row.number:06d}"
        owed = self._speech.money((row.fee_cents or 0) - row.paid_cents)
        about = what(self._session.lists, row, self._speech)
        name = row.who or self._speech.say("village.fee.anonymous")
        return Offer(f"{_ENTRY}:{row.entry.hex()}", f"{number} · {name}", f"{about} · {owed}")

    def _typed(self, text: str) -> None:
        session, place, today = self._session, self._session.place, self._session.today()

        def ask() -> list[EntryRow]:
            with session.store.ledger.reading() as connection:
                return unpaid(connection, place.stream, place.register, text, today)

        self._asked.ask(ask, lambda rows: self._put(text, rows), self._ways.fail)

    def _put(self, text: str, rows: list[EntryRow]) -> None:
        if text != self.what.text():
            return
        entries = [self._entry_offer(row) for row in rows[:_ENTRIES]]
        services = fitting(self._services, text) if text.strip() else self._services
        self.what.put_offers([*entries, *services][:MOST_OFFERS])

    # --- choosing ---

    def _taken(self, chosen: Offer | None) -> None:
        if not self.isVisible():
            # Leaving the page takes what is marked, as leaving a field does; nobody chose it.
            return
        kind, _, code = chosen.code.partition(":") if chosen is not None else ("", "", "")
        self._show_quantity(shown=kind == _SERVICE)
        if kind == _ENTRY:
            self.entry_chosen.emit(bytes.fromhex(code))
        elif kind == _SERVICE:
            self.quantity.selectAll()

    def add(self) -> None:
        """Add the service that was chosen."""
        chosen = self.what.offer
        if chosen is not None and chosen.code.startswith(_SERVICE):
            self.service_chosen.emit(self._rows[int(chosen.code.partition(":")[2])], self.quantity.count())


def unpaid(connection: sa.Connection, stream: bytes, register: int, typed: str, today: object) -> list[EntryRow]:
    """Return the newest unpaid entries that hold what is typed; all of them where nothing is."""
    if not typed.strip():
        return book.page(connection, stream, register, View.UNPAID, today, None, _ENTRIES)  # type: ignore[arg-type]
    rows = book.find(connection, stream, register, typed)
    return [row for row in rows if (row.fee_cents or 0) > row.paid_cents]


class BillView(QWidget):
    """The lines of the receipt to come, each in a box with its price; one that is not the only one can be taken out."""

    removed = Signal(int)

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_bill(self, bill: Bill) -> None:
        """Show the lines."""
        empty(self._column)
        for place, one in enumerate(bill.positions):
            payer = bill.payer.name if bill.payer is not None else ""
            self._column.addWidget(self._box(place, one, payer, alone=len(bill.positions) == 1))
        self.setVisible(bool(bill.positions))

    def _box(self, place: int, one: Position, payer: str, *, alone: bool) -> QFrame:
        box = QFrame()
        box.setObjectName("box")
        row = QHBoxLayout(box)
        row.setContentsMargins(20, 10, 12, 10)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(one.line.text, Role.SECTION))
        words.addWidget(Text(" · ".join(filter(None, (*self._notes(one), payer))), Role.HELP))
        row.addLayout(words, 1)
        row.addWidget(Text(self._speech.money(one.line.cents), Role.SECTION, wrap=False))
        take_out = Button(self._speech.say("village.fee.remove"), Kind.QUIET, run=lambda: self.removed.emit(place))
        take_out.setAccessibleDescription(one.line.text)
        row.addWidget(take_out)
        take_out.setVisible(not one.number or not alone)
        return box

    def _notes(self, one: Position) -> list[str]:
        line, say = one.line, self._speech.say
        notes = [self._speech.label(line.speed)] if line.speed is not None else []
        if one.number:
            notes.append(say("village.fee.of_entry", number=one.number.partition("/")[0]))
        if line.quantity > 1:
            notes.append(say("village.fee.times", count=line.quantity, amount=self._speech.amount(line.unit_cents)))
        return notes
