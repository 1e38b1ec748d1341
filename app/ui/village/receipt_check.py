"""Checking a receipt (проверка на квитанция): the text of its QR against the stations' keys, without a network."""

from typing import NamedTuple

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain import receipt_codes
from app.domain.errors import BadContent, TefterError
from app.domain.numbering import written
from app.domain.receipt_codes import ReceiptClaim, ReceiptVerdict
from app.domain.terms import ReceiptKind, Standing
from app.services.receipts import Known, find_receipts, known_stations_by_id
from app.services.rows import ReceiptRow
from app.ui.look.signs import Sign
from app.ui.look.theme import look
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.village.wording import capital
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Area, Field
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import FactRow, empty, fact_rows
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role
from app.ui.work import Newest
from resources.speech import Speech

_FACTS = 190
"""Pixels of the design that the facts of a receipt need; kept free, so that the sheet does not jump."""
_SHORTEST = 150
"""No text of a receipt is shorter."""
_SHOWN = {
    ReceiptVerdict.GENUINE: (Sign.SETTLED, "green"),
    ReceiptVerdict.ALTERED: (Sign.WRONG, "red"),
    ReceiptVerdict.UNKNOWN_STATION: (Sign.FINDING, "amber"),
}


class Judged(NamedTuple):
    """What is to be thought of a receipt: its claim, the verdict, whose it is, and how it stands in our own book.

    ``village`` names the village of its till, where several are kept here.
    """

    claim: ReceiptClaim
    verdict: ReceiptVerdict
    station: str
    held: ReceiptRow | None
    village: str = ""


def judge(session: Session, connection: sa.Connection, text: str) -> Judged:
    """Return the verdict over the text of a receipt's QR; letters may be typed small, and spaces may stand around it.

    Raises:
        BadContent: it is not the text of a receipt.

    """
    claim = receipt_codes.read("".join(text.split()).upper())
    stations = known_stations_by_id(connection) | {session.place.station: _ourselves(session)}
    keys = {station: known.keys for station, known in stations.items()}
    verdict = receipt_codes.verify(claim, keys, session.office.verify)
    known = stations.get(claim.statement.station)
    own = session.village_of(till=claim.statement.till) if verdict is ReceiptVerdict.GENUINE else None
    held = _held(connection, claim) if own is not None else None
    village = own.mayoralty if own is not None and len(session.places) > 1 else ""
    return Judged(claim, verdict, known.name if known else "", held, village)


def _ourselves(session: Session) -> Known:
    from sync.signatures import public_key  # noqa: PLC0415 - a start needs no signatures

    me = session.store.identity
    return Known(me.name, frozenset({public_key(me.signing_key)}))


def _held(connection: sa.Connection, claim: ReceiptClaim) -> ReceiptRow | None:
    """Return a receipt of one of our own tills as our own book holds it."""
    said = claim.statement
    found = find_receipts(connection, said.till, f"{said.number:06d}")
    return next((row for row in found if row.number == said.number and row.office_date == said.on), None)


class _QrText(Area):
    """Takes the text of a QR; a scanner ends it with Enter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)


class ReceiptCheckSheet(Sheet):
    """Takes the text from a scanner or the clipboard and says: genuine, altered, or not known."""

    def __init__(self, session: Session, ways: Ways) -> None:
        say = session.speech.say
        super().__init__(say("village.receipt_check.title"))
        self._session, self._speech = session, session.speech
        self._asked = Newest(session.newest_reader())
        self._ways = ways
        self.text = _QrText(3)
        self.text.textChanged.connect(self.check)
        self.banner = Banner()
        self.banner.say(Sign.OPEN, say("village.receipt_check.waiting"), say("village.receipt_check.help"), "grey")
        holder = QWidget()
        holder.setMinimumHeight(look().px(_FACTS))
        self._facts = QVBoxLayout(holder)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(Field(say("village.receipt_check.field"), self.text, "text"))
        self.body.addWidget(self.banner)
        self.body.addWidget(holder)
        self.body.addStretch(1)
        again = Button(say("village.receipt_check.again"), Kind.PRIMARY, key="Return", run=self.again)
        self.add_buttons(Button(say("village.receipt_check.close"), key="Esc", run=ways.take_away), again)
        self.use_keys([Key("Return", say("village.receipt_check.again"))])
        self.destroyed.connect(self._asked.drop)

    def first_focus(self) -> QWidget:
        """Return the text."""
        return self.text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, by hand or from the scanner: the next text takes the place of this one."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.again()
            return
        super().keyPressEvent(event)

    def again(self) -> None:
        """Get ready for the next receipt; what is said of this one stays until then."""
        self.text.selectAll()
        self.text.setFocus()

    def check(self) -> None:
        """Judge what stands in the field."""
        session, text = self._session, self.text.toPlainText()

        def ask() -> Judged:
            with session.store.ledger.reading() as connection:
                return judge(session, connection, text)

        self._asked.ask(ask, self._put, self._refused)

    def _refused(self, error: TefterError) -> None:
        empty(self._facts)
        say = self._speech.say
        if not isinstance(error, BadContent):
            self._ways.fail(error)
        elif len(self.text.toPlainText().strip()) < _SHORTEST:
            self.banner.say(Sign.OPEN, say("village.receipt_check.waiting"), say("village.receipt_check.help"), "grey")
        else:
            self.banner.say(
                Sign.WRONG, say("village.receipt_check.unreadable"), say("village.receipt_check.help"), "red"
            )

    def _put(self, judged: Judged) -> None:
        sign, colour = _SHOWN[judged.verdict]
        self.banner.say(sign, self._speech.say(f"papers.receipt_verdict.{judged.verdict.value}"), "", colour)
        empty(self._facts)
        self._facts.addWidget(fact_rows(_facts(self._speech, judged)))
        self._facts.addStretch(1)


def _facts(speech: Speech, judged: Judged) -> list[FactRow]:
    said, say = judged.claim.statement, speech.say
    number = written(said.till, said.number, said.on)
    rows = [
        FactRow(say("village.receipt_check.number"), number, judged.village, role=Role.STRONG),
        FactRow(say("village.receipt_check.amount"), speech.money(said.cents, said.currency), role=Role.FACT),
        FactRow(say("village.receipt_check.date"), speech.long_date(said.on), capital(speech.label(said.kind))),
        FactRow(say("village.receipt_check.station"), judged.station or say("village.receipt_check.unknown")),
    ]
    if judged.held is not None:
        voided = judged.held.kind is ReceiptKind.SALE and judged.held.standing is Standing.VOIDED
        key = "book_voided" if voided else "book_in_force"
        rows.append(FactRow(say("village.receipt_check.book"), say(f"village.receipt_check.{key}")))
    return rows
