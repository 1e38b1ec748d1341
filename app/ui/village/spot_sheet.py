"""„Заяви-получи“ in one sheet: the condition asked, the money, the outgoing number; one key does it all."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.domain.entries import Filing
from app.services.on_the_spot import Serving
from app.ui.look.signs import Sign
from app.ui.village.fee_money import MoneyPart
from app.ui.village.outgoing_field import OutgoingField
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.village.wording import service_name
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.fields import Field, Line, Segments, Tone
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.sheet import Sheet

WIDTH = 760
COPIES = 2
"""A certificate is drawn up in at least two copies (НИУРН чл. 7)."""
_UNKNOWN, _SINCE, _BEFORE = "unknown", "since", "before"


class Spot(NamedTuple):
    """What is to be served: the filing, what it owes in minor units, the till, and since which year events count."""

    filing: Filing
    cents: int
    till: int
    since: int


class SpotSheet(Sheet):
    """Asks what is needed to serve somebody at once; ``serve`` does it, once."""

    def __init__(self, session: Session, ways: Ways, spot: Spot, serve: Callable[[Serving], object]) -> None:
        speech = session.speech
        self._title = service_name(session.lists, spot.filing.service)
        super().__init__(speech.say("village.spot.title"), width=WIDTH)
        self._session, self._ways, self._speech, self._spot = session, ways, speech, spot
        self._serve = serve
        self._receipt, self._result = session.new_id(), session.new_id()
        self._compose()
        self.use_keys([Key("Ctrl+Return", self._say("act"), self.act)])

    def _say(self, key: str, **values: str) -> str:
        return self._speech.say(f"village.spot.{key}", **values)

    def _compose(self) -> None:
        year = str(self._spot.since)
        self.banner = Banner()
        self.when = Segments([(one, self._say(f"when_{one}", year=year)) for one in (_UNKNOWN, _SINCE, _BEFORE)])
        self.when_field = Field(self._say("when"), self.when, "when")
        self.copies = Line(pattern="[0-9]*", most=2)
        self.copies.setText(str(COPIES))
        self.number_field = OutgoingField(self._session, self._ways, self._spot.filing.register)
        copies = Field(self._speech.say("village.case.copies"), self.copies, "copies")
        self.money = MoneyPart(self._speech)
        self.money.show_due(self._spot.cents, 1)
        if not self._spot.cents:
            self.money.hide()  # never ``show`` here: without a place yet it would be a window and take the keyboard
        for field in (self.when_field, self.number_field, copies):
            field.keep_note()
        for one in (self.banner, self.when_field, self.money, self.number_field, copies):
            self.body.addWidget(one)
        self.body.addStretch(1)
        back = Button(self._speech.say("village.check.back"), key="Esc", run=self._ways.take_away)
        self.add_buttons(back, Button(self._say("act"), Kind.PRIMARY, key="Ctrl+Return", run=self.act))
        self.when.changed.connect(self._show)
        self.number_field.told.connect(self._show)
        self._show()

    def first_focus(self) -> QWidget:
        """Return the question that decides."""
        return self.when

    # --- what is shown ---

    def _show(self) -> None:
        """Say what is going to happen, or why it cannot."""
        self.when_field.clear_note()
        if self.when.value() == _BEFORE:
            self.banner.say(Sign.WRONG, self._title, self._say("not_now"), "red")
            return
        number = self.number_field.will_be()
        words = self._say("will", number=number) if number else self._speech.say("village.case.need_number")
        self.banner.say(Sign.FINDING, self._title, words)

    # --- the act ---

    def act(self) -> None:
        """Serve, once, where everything that is needed is said."""
        if self.when.value() != _SINCE:
            key = "ask" if self.when.value() == _UNKNOWN else "not_now"
            self.when_field.set_note(self._say(key), tone=Tone.WRONG)
            self.when.setFocus()
            return
        given = self.money.given.cents() or 0
        if given < self._spot.cents:
            self.money.given.setFocus()
            return
        if self.number_field.is_said():
            self._serve(self._said(given))

    def _said(self, given: int) -> Serving:
        return Serving(
            filing=self._spot.filing,
            receipt=self._receipt,
            till=self._spot.till,
            given=given,
            result=self._result,
            title=self._title,
            copies=int(self.copies.text() or 1),
            book_number=self.number_field.of_book,
            condition=self._say("condition", year=str(self._spot.since)),
        )
