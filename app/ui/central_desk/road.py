"""The road at the centre (Връзка): the last exchange with the relay, what was set aside, and exchanging now."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import TefterError
from app.domain.terms import ArrivalState
from app.ui.central_desk.link import Link
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import Words
from app.ui.look.signs import Sign
from app.ui.look.tokens import Measure
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key
from app.ui.widgets.ledger import Cell, Column, LedgerList, Row
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import FactRow, empty, fact_rows
from app.ui.widgets.text import Role, Text
from app.ui.work import Newest
from sync.central import answers


class DeskRoadPage(Page):
    """How the centre's road stands."""

    name = "road"

    def __init__(self, link: Link, ways: DeskWays) -> None:
        super().__init__(panel_width=Measure.DESK_DETAILS)
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self._asked = Newest(link.reader())
        say = self._speech.say
        self.banner = Banner()
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 24, 12)
        head.setSpacing(12)
        head.addWidget(Text(say("desk.road.title"), Role.TITLE))
        head.addWidget(self.banner)
        head.addWidget(Text(say("desk.road.set_aside"), Role.SECTION))
        self.middle.addLayout(head)
        columns = [
            Column(say("desk.road.envelope"), 150),
            Column(say("desk.batches.state"), 170),
            Column(say("desk.road.why"), 0),
        ]
        self.list = LedgerList(say("desk.road.set_aside"), columns, row=Measure.DESK_ROW)
        self.middle.addWidget(self.list, 1)
        self.none = Text(say("desk.road.nothing"), Role.LEAD)
        self.none.setContentsMargins(24, 0, 24, 24)
        self.middle.addWidget(self.none, 1)
        self.go = Button(say("desk.road.now"), Kind.PRIMARY, key="F5", icon="refresh", run=self.exchange)
        self.panel.foot.addWidget(self.go)
        self.use_keys(
            [Key("F5", say("desk.road.now"), self.exchange), Key("Escape", say("desk.keys.villages"), ways.to_villages)]
        )
        link.changed.connect(self._changed)

    def first_focus(self) -> QWidget:
        """Return the button that exchanges."""
        return self.go

    def appear(self) -> None:
        """Read anew."""
        self.refresh()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Ask for what is not recorded."""
        self._asked.ask(self._link.reading().findings, self._put, self._ways.fail_quietly)
        self._show_office()

    def _show_office(self) -> None:
        office = self._link.office
        if office is None:
            return
        say, words = self._speech.say, Words(self._speech, office.now)
        if office.exchange_failure is not None:
            key = f"messages.error.{office.exchange_failure}"
            why = say(key) if self._speech.has(key) else office.exchange_failure
            self.banner.say(Sign.WRONG, say("desk.road.failing"), why, "red")
        elif office.exchanged_at is None:
            self.banner.say(Sign.WAITS, say("desk.road.never"), "", "amber")
        else:
            self.banner.say(Sign.DONE, say("desk.road.well", when=words.when(office.exchanged_at)), "", "green")
        empty(self.panel.body)
        rows = [
            FactRow(say("desk.road.villages"), str(office.villages)),
            FactRow(say("desk.road.entries"), str(office.entries)),
            FactRow(say("desk.road.receipts"), str(office.receipts)),
            FactRow(say("desk.road.undecided"), str(office.undecided)),
            FactRow(say("desk.road.disputed"), str(office.disputed)),
        ]
        self.panel.body.addWidget(Text(office.name, Role.SECTION))
        self.panel.body.addWidget(fact_rows(rows))
        self.panel.body.addStretch(1)

    def _put(self, found: answers.Findings) -> None:
        say, label = self._speech.say, self._speech.label
        rows = []
        for one in found.envelopes:
            key = f"messages.error.{one.code}"
            why = say(key) if one.code and self._speech.has(key) else one.code or ""
            sign = Sign.WRONG if one.state is ArrivalState.SET_ASIDE else Sign.WAITS
            cells = (Cell(one.envelope[:12], bold=True), Cell(label(one.state), sign=sign), Cell(why))
            rows.append(Row(one.envelope, cells, f"{one.envelope[:12]}, {label(one.state)}, {why}"))
        self.list.put(rows)
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)

    def exchange(self) -> None:
        """Let the centre exchange with the relay now."""
        if not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        self._ways.say(self._speech.say("desk.road.running"))
        self._link.act(lambda client: client.exchange(), self._came_back, self._failed)

    def _came_back(self, _done: object) -> None:
        self.go.setEnabled(True)
        self._ways.say(self._speech.say("desk.road.done"))

    def _failed(self, error: TefterError) -> None:
        self.go.setEnabled(True)
        self._ways.fail(error)
