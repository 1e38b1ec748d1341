"""The desk's window (прозорецът на централното бюро): its pages, the ways between them, and how the link stands."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QSettings, QTimer

from app.domain.errors import TefterError
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


class DeskWindow(Frame):
    """The window of a desk. ``connect`` makes a client for an address and an access code."""

    def __init__(self, speech: Speech, connect: Connect, *, address: str = "") -> None:
        super().__init__(speech, speech.say("desk.window.title"))
        self.link: Link | None = None
        self._connect = connect
        self._asking = Worker("desk-door")
        self._makers: dict[str, Callable[[], Page]] = {}
        self._left = "villages"
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
        super().go(name, place=place)

    def _fill_rail(self) -> None:
        say = self.speech.say
        places = (
            ("villages", "house", self.to_villages),
            ("lines", "compare", self.to_lines),
            ("batches", "batch", self.to_batches),
            ("entries", "inbox", lambda: self.go("entries")),
            ("receipts", "cash", lambda: self.go("receipts")),
            ("road", "road", lambda: self.go("road")),
        )
        for name, icon, run in places:
            self.rail.add(name, say(f"desk.window.{name}"), icon, run)
        self.rail.add("help", say("desk.window.help"), "help", self.show_keys, bottom=True)
        self.rail.add("lock", say("desk.window.lock"), "lock", self.lock, bottom=True)
        keys = [
            Key(f"Alt+{at}", say(f"desk.window.{name}"), self._when_in(run))
            for at, (name, _icon, run) in enumerate(places, start=1)
        ]
        self.use_keys(
            [
                *keys,
                Key("Ctrl+F", say("desk.keys.find"), self._when_in(self._find)),
                Key("Ctrl+L", say("desk.window.lock"), self.lock),
            ]
        )

    def _when_in(self, act: Callable[[], object]) -> Callable[[], None]:
        """Return the act for a desk that is signed in, without a sheet over the page."""

        def go() -> None:
            if self.link is not None and self.current is not self.unlock and self.cover.sheet is None:
                act()

        return go

    def _find(self) -> None:
        if not self.current.find_here():
            self.to_villages()
            self.current.find_here()

    # --- ways ---

    def to_villages(self) -> None:
        """Show the villages."""
        self.go("villages")

    def to_lines(self, station: str | None = None) -> None:
        """Show the lines that need a person."""
        pages.show_lines(self, station)

    def to_batches(self, station: str | None = None) -> None:
        """Show the batches."""
        pages.show_batches(self, station)

    def to_entry(self, entry: str) -> None:
        """Show an entry."""
        pages.choose(self, "entries", entry)

    def to_receipt(self, receipt: str) -> None:
        """Show a receipt."""
        pages.choose(self, "receipts", receipt)

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
            since = self.speech.moment(state.failing_since or datetime.now(UTC), datetime.now(UTC))
            self.status.say(
                Sign.WRONG, f"{self.speech.explain(state.error)} {self.speech.say('desk.status.since', since=since)}"
            )
        elif office is not None:
            self._say_office(office)

    def _say_office(self, office: answers.Office) -> None:
        say, count = self.speech.say, self.speech.count
        if not office.undecided and not office.disputed:
            self.status.say(Sign.SETTLED, say("desk.status.settled"))
            return
        said = [count("desk.status.undecided", office.undecided)] if office.undecided else []
        said += [count("desk.status.disputed", office.disputed)] if office.disputed else []
        self.status.say(Sign.WAITS, " ".join(said))
        self.rail.buttons["lines"].set_badge("")

    def _closing(self) -> bool:
        if self.link is not None:
            self.link.close()
        self._asking.close()
        keep_scale()
        return True
