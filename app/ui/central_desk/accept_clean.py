"""Accept all that is clean (приемане на чистите): what it does, village by village, before it is done."""

from app.domain.errors import TefterError
from app.ui.central_desk.link import Link
from app.ui.central_desk.ways import DeskWays
from app.ui.look.signs import Sign
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.keys import Key
from app.ui.widgets.marks import Banner
from app.ui.widgets.panel import FactRow, fact_rows
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Role, Text
from sync.central import answers

MOST_SHOWN = 12


class AcceptCleanSheet(Sheet):
    """Shows how many entries of which villages are accepted, and how many stay for a person."""

    def __init__(self, link: Link, ways: DeskWays, found: answers.Villages) -> None:
        self._speech = ways.speech
        say = self._speech.say
        super().__init__(say("desk.accept.title"))
        self._link = link
        self._ways = ways
        self._seen = found.seen
        clean = sum(one.waiting.clean for one in found.villages)
        stay = sum(one.waiting.person + one.waiting.answered for one in found.villages)
        banner = Banner()
        banner.say(Sign.DONE, self._speech.count("desk.accept.effect", clean), say("desk.accept.help"), "green")
        self.body.addWidget(banner)
        self.body.addWidget(fact_rows(self._villages(found)))
        if stay:
            self.body.addWidget(Text(self._speech.count("desk.accept.stay", stay), Role.HELP))
        self._go = Button(say("desk.accept.do"), Kind.PRIMARY, key="Return", run=self._accept)
        self.add_buttons(Button(say("desk.accept.back"), key="Esc", run=ways.take_away), self._go)
        self.use_keys([Key("Return", say("desk.accept.do"), self._accept)])

    def first_focus(self) -> Button:
        """Return the button that acts."""
        return self._go

    def _villages(self, found: answers.Villages) -> list[FactRow]:
        count = self._speech.count
        rows = [
            FactRow(one.name, count("desk.villages.entries", one.waiting.clean))
            for one in found.villages
            if one.waiting.clean
        ]
        more = len(rows) - MOST_SHOWN
        if more > 0:
            rows = [*rows[:MOST_SHOWN], FactRow("", count("desk.accept.more", more))]
        return rows

    def _accept(self) -> None:
        if not self._go.isEnabled():
            return
        self._go.setEnabled(False)
        self._link.act(lambda client: client.accept_clean(self._seen), self._accepted, self._failed)

    def _accepted(self, done: answers.AcceptedClean) -> None:
        self._ways.take_away()
        said = self._speech.count("desk.accept.done", done.accepted)
        if done.changed:
            said = f"{said} {self._speech.count('desk.accept.changed', len(done.changed))}"
        self._ways.say(said)

    def _failed(self, error: TefterError) -> None:
        self._ways.take_away()
        self._ways.fail(error)
