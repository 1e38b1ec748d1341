"""How things stand (Връзка): the last exchange with the relay, what is not in order, and exchanging now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import TefterError
from app.ui.central_desk import findings
from app.ui.central_desk.desk_page import DeskPage
from app.ui.central_desk.link import Link
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import explained, words_of
from app.ui.look.signs import Sign
from app.ui.look.tokens import Measure
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.keys import Key
from app.ui.widgets.ledger import LedgerList
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import FactRow, empty, fact_rows
from app.ui.widgets.text import Role, Text
from app.ui.work import Newest
from sync.central import answers


class DeskRoadPage(DeskPage):
    """How the centre's road stands, and what the reconciliation of everything found."""

    name = "road"

    def __init__(self, link: Link, ways: DeskWays) -> None:
        super().__init__()
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self._asked = Newest(link.reader())
        self._shown: answers.Findings | None = None
        say = self._speech.say
        self.banner = Banner()
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 24, 12)
        head.setSpacing(12)
        head.addWidget(Text(say("desk.road.title"), Role.TITLE))
        head.addWidget(self.banner)
        self.middle.addLayout(head)
        columns = findings.columns(self._speech)
        self.list = LedgerList(say("desk.road.not_in_order"), columns, row=Measure.DESK_ROW, headed=True)
        self.list.hide()
        self.middle.addWidget(self.list, 1)
        self.none = Text(say("desk.road.nothing"), Role.LEAD)
        self.none.setContentsMargins(24, 24, 24, 24)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.middle.addWidget(self.none, 1)
        self.go = Button(say("desk.road.now"), Kind.PRIMARY, key="F5", icon="refresh", run=self.exchange)
        self.panel.foot.addWidget(self.go)
        self.use_keys([Key("F5", say("desk.road.now"), self.exchange), Key("Escape", say("desk.keys.back"), ways.back)])
        link.changed.connect(self._changed)
        link.moved.connect(self._moved)

    def first_focus(self) -> QWidget:
        """Return the button that exchanges."""
        return self.go

    def appear(self) -> None:
        """Read anew."""
        self.refresh()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _moved(self) -> None:
        if self.isVisible():
            self._show_office()

    def refresh(self) -> None:
        """Ask for what is not in order."""
        self._asked.ask(self._link.reading().findings, self._put, self._ways.fail_quietly)
        self._show_office()

    def _put(self, found: answers.Findings) -> None:
        if found == self._shown:
            return
        self._shown = found
        shown = findings.items(words_of(self._speech, self._link.office), found)
        self.list.setVisible(bool(shown))
        self.none.setVisible(not shown)
        self.list.put(shown, keep=self.list.current())

    def _show_office(self) -> None:
        office = self._link.office
        if office is None:
            return
        say, words = self._speech.say, words_of(self._speech, self._link.office)
        if office.exchange_failure is not None:
            self.banner.say(
                Sign.WRONG, say("desk.road.failing"), explained(self._speech, office.exchange_failure), "red"
            )
        elif office.exchanged_at is None:
            self.banner.say(Sign.WAITS, say("desk.road.never"), say("desk.road.never_help"), "amber")
        else:
            well = say("desk.road.well", when=words.when(office.exchanged_at))
            self.banner.say(Sign.DONE, well, say("desk.road.well_help"), "green")
        empty(self.panel.body)
        rows = [
            FactRow(say("desk.road.last"), words.when(office.exchanged_at)),
            FactRow(say("desk.road.villages"), str(office.villages)),
            FactRow(say("desk.road.entries"), str(office.entries)),
            FactRow(say("desk.road.receipts"), str(office.receipts)),
            FactRow(say("desk.road.undecided"), str(office.undecided)),
            FactRow(say("desk.road.disputed"), str(office.disputed)),
            FactRow(say("desk.road.not_recorded"), str(office.not_recorded)),
        ]
        self.panel.body.addWidget(Text(say("desk.villages.municipality", name=office.name), Role.SECTION))
        self.panel.body.addWidget(fact_rows(rows))
        self.panel.body.addStretch(1)

    def exchange(self) -> None:
        """Let the centre exchange with the relay now."""
        if not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        self._ways.say(self._speech.say("desk.road.running"))
        self._link.act(lambda client: client.exchange(), self._came_back, self._failed)

    def _came_back(self, _done: object) -> None:
        self._free()
        self._ways.say(self._speech.say("desk.road.done"))

    def _failed(self, error: TefterError) -> None:
        self._free()
        self._ways.fail(error)
        self._link.poll()

    def _free(self) -> None:
        """Let the button be pressed again; the keyboard comes back to it where it left for want of another place."""
        self.go.setEnabled(True)
        if self.isVisible() and not self.list.view.hasFocus():
            self.go.setFocus()
