"""The desk's window (прозорецът на централното бюро): its pages, the ways between them, and how the link stands."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QSettings, QTimer

from app.domain.errors import DeskUnreachable, TefterError
from app.ui.application import keep_scale
from app.ui.central_desk import pages
from app.ui.central_desk.link import Connect, Link
from app.ui.central_desk.unlock import DeskUnlockPage
from app.ui.look.signs import Sign
from app.ui.widgets.frame import Frame, Page
from app.ui.widgets.keys import Key
from app.ui.widgets.problem import ProblemSheet
from app.ui.work import Worker
from resources.speech import Speech
from sync.central import answers

SAID_MILLISECONDS = 8_000
_ADDRESS = "desk/address"
_RAIL = {
    "villages": "house",
    "lines": "compare",
    "batches": "batch",
    "entries": "inbox",
    "receipts": "cash",
    "road": "road",
}
"""The places of the rail with their icons, in the order of Alt+1 and on."""
_PLACES = {"batch": "batches"}
"""Where in the rail a page stands that has no place of its own."""


class DeskWindow(Frame):
    """The window of a desk. ``connect`` makes a client for an address and an access code."""

    def __init__(self, speech: Speech, connect: Connect, *, address: str = "") -> None:
        super().__init__(speech, speech.say("desk.window.title"))
        self.link: Link | None = None
        self._connect = connect
        self._asking = Worker("desk-door")
        self._makers: dict[str, Callable[[], Page]] = {}
        self._left = "villages"
        self._trail: list[str] = []
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.timeout.connect(self.say_status)
        known = address or str(QSettings().value(_ADDRESS, ""))
        self.unlock = DeskUnlockPage(speech, known, self.sign_in)
        self.add_page(self.unlock)
        self.use_keys([])
        self.bare(bare=True)
        self.go("unlock")
        self.on_close = self._closing
        self.resize(1920, 1080)

    # --- the door ---

    def sign_in(self, address: str, token: str) -> None:
        """Ask the centre with this code; the first answer opens the door."""

        def ask() -> answers.Office:
            client = self._connect(address, token)
            try:
                return client.office()
            finally:
                client.close()

        self._asking.ask(ask, lambda office: self._opened(address, token, office), self.unlock.refused)

    def _opened(self, address: str, token: str, office: answers.Office) -> None:
        if self.link is None:
            QSettings().setValue(_ADDRESS, address)
            self.link = Link(self._connect, address, token)
            self.link.moved.connect(self.say_status)
            self.link.changed.connect(self._say_badge)
            self._makers = pages.page_makers(self.link, self)
            self._fill_rail()
            self.link.start(office)
        self.unlock.opened()
        self.status.place.setText(self.speech.say("desk.window.place", name=office.name))
        self.bare(bare=False)
        self.go(self._left)

    def lock(self) -> None:
        """Lock: what is typed stays on its page, and the code is asked for again."""
        if self.link is None or self.current is self.unlock:
            return
        self.cover.take_away()
        self._left = self.current.name
        self.unlock.locked()
        self.bare(bare=True)
        self.pages.setCurrentWidget(self.unlock)
        self.unlock.token.setFocus()

    # --- pages ---

    def page(self, name: str) -> Page:
        """Return a page; each is made when it is first wanted."""
        if name not in self._by_name:
            self.add_page(self._makers[name]())
        return super().page(name)

    def go(self, name: str, *, place: str = "") -> None:
        """Show a page."""
        self.page(name)
        super().go(name, place=place or _PLACES.get(name, name))

    def _fill_rail(self) -> None:
        say = self.speech.say
        keys = []
        for at, (name, icon) in enumerate(_RAIL.items(), start=1):
            run = self._placer(name)
            self.rail.add(name, say(f"desk.window.{name}"), icon, run)
            keys.append(Key(f"Alt+{at}", say(f"desk.window.{name}"), self._when_in(run)))
        self.rail.add("help", say("desk.window.help"), "help", self.show_keys, bottom=True)
        self.rail.add("lock", say("desk.window.lock"), "lock", self.lock, bottom=True)
        find = Key("Ctrl+F", say("desk.keys.find"), self._when_in(self._find))
        self.use_keys([*keys, find, Key("Ctrl+L", say("desk.window.lock"), self.lock)])

    def _placer(self, name: str) -> Callable[[], None]:
        """Return the way to a place of the rail: from there nothing leads back."""

        def run() -> None:
            self.take_away()
            self._trail.clear()
            if name == "lines":
                pages.choose_station(self, name, None)
            self.go(name)

        return run

    def _when_in(self, act: Callable[[], object]) -> Callable[[], None]:
        """Return the act for a desk that is signed in, without a sheet over the page."""

        def go() -> None:
            if self.link is not None and self.current is not self.unlock and self.cover.sheet is None:
                act()

        return go

    def _find(self) -> None:
        if not self.current.find_here():
            self.rail.buttons["villages"].click()
            self.current.find_here()

    # --- ways ---

    def _step_to(self, name: str) -> None:
        """Go on to a page, and remember the way back."""
        if self.current.name != name:
            self._trail.append(self.current.name)
        self.go(name)

    def back(self) -> None:
        """Go back to the page that led here, else to the villages."""
        self.go(self._trail.pop() if self._trail else "villages")

    def to_lines(self, station: str | None = None) -> None:
        """Show the lines that need a person."""
        pages.choose_station(self, "lines", station)
        self._step_to("lines")

    def to_batches(self, station: str | None = None) -> None:
        """Show the batches."""
        pages.choose_station(self, "batches", station)
        self._step_to("batches")

    def to_batch(self, envelope: str) -> None:
        """Show one batch."""
        pages.choose_batch(self, envelope)
        self._step_to("batch")

    def to_entries(self, station: str | None = None) -> None:
        """Show the entries."""
        pages.choose_station(self, "entries", station)
        self._step_to("entries")

    def find_entries(self, number: str) -> None:
        """Look for a number among the entries."""
        pages.find(self, "entries", number)
        self._step_to("entries")

    def to_entry(self, entry: str, number: str) -> None:
        """Show an entry."""
        pages.lead_to(self, "entries", entry, number)
        self._step_to("entries")

    def to_receipts(self, station: str | None = None) -> None:
        """Show the receipts."""
        pages.choose_station(self, "receipts", station)
        self._step_to("receipts")

    def to_receipt(self, receipt: str, number: str) -> None:
        """Show a receipt."""
        pages.lead_to(self, "receipts", receipt, number)
        self._step_to("receipts")

    def take_away(self) -> None:
        """Take the sheet away."""
        self.cover.take_away()

    def fail(self, error: TefterError) -> None:
        """Say what happened, what is safe and what to do."""
        self.lay(ProblemSheet(self, self.speech.explain(error), error.code))

    def fail_unexpectedly(self, sentence: str) -> None:
        """Say that the program itself is at fault."""
        self.lay(ProblemSheet(self, sentence, "internal"))

    def fail_quietly(self, _error: TefterError) -> None:
        """Let the status line say it."""
        self.say_status()

    def say(self, sentence: str) -> None:
        """Say quietly that something is done; after a while the status is said again."""
        self.status.say(Sign.DONE, sentence)
        self._said.start(SAID_MILLISECONDS)

    # --- status and end ---

    def say_status(self) -> None:
        """Say how the link stands, and what needs a person."""
        if self.link is None or self._said.isActive():
            return
        state, office = self.link.state, self.link.office
        if state.error is not None:
            self._say_lost(state.error, state.failing_since or datetime.now(UTC))
        elif office is not None:
            self._say_office(office)

    def _say_lost(self, error: TefterError, since: datetime) -> None:
        """Say that the centre does not answer: since when, what is safe, and that the desk tries by itself."""
        said = self.speech.moment(since, datetime.now(UTC))
        lost = isinstance(error, DeskUnreachable)
        self.status.say(
            Sign.WRONG,
            self.speech.say("desk.status.lost", since=said)
            if lost
            else self.speech.say("desk.status.refused", since=said, why=self.speech.explain(error)),
        )

    def _say_office(self, office: answers.Office) -> None:
        say, count = self.speech.say, self.speech.count
        if not office.undecided and not office.disputed:
            self.status.say(Sign.SETTLED, say("desk.status.settled"))
            return
        said = [count("desk.status.undecided", office.undecided)] if office.undecided else []
        said += [count("desk.status.disputed", office.disputed)] if office.disputed else []
        self.status.say(Sign.WAITS, " ".join(said))

    def _say_badge(self) -> None:
        """Show at the rail how many lines need a person."""
        lines = self.link.waiting_for_person() if self.link is not None else 0
        self.rail.buttons["lines"].set_badge(str(lines) if lines else "")

    def _closing(self) -> bool:
        if self.link is not None:
            self.link.close()
        self._asking.close()
        keep_scale()
        return True
