"""The village window (прозорецът на кметството): its pages, the ways between them, the lock, and what is global."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit

from app.domain.errors import ClockDoubtful, NotConfirmed, TefterError
from app.ui.application import keep_scale
from app.ui.look.signs import Sign
from app.ui.village import pages
from app.ui.village.ahead import Ahead
from app.ui.village.office import Office
from app.ui.village.unlock import UnlockPage
from app.ui.village.villages import Desk, Villages, leave_at, left_at
from app.ui.village.workers import Workers
from app.ui.widgets.frame import Frame, Page
from app.ui.widgets.keys import Key
from app.ui.widgets.problem import ProblemSheet
from app.ui.work import Newest
from resources.speech import Speech

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.services.details import EntryDetails
    from app.services.registration import Registered
    from app.services.status import Status
    from app.ui.village.courier import Courier
    from app.ui.village.opening import Opened, Place
    from app.ui.village.session import Session

# ruff: noqa: PLC0415 - the store and the pages load behind the door; here they are only taken

FIRST_RUN = "first_run"
IDLE_MINUTES = 10
CLOSE_AFTER_MINUTES = 30
SAID_MILLISECONDS = 8_000
_ACTIVITY = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove}


class VillageWindow(Frame):
    """The window of one store. ``exchanges``: whether it goes to the relay by itself."""

    def __init__(
        self, speech: Speech, office: Office, *, exchanges: bool = True, idle_minutes: int = IDLE_MINUTES
    ) -> None:
        super().__init__(speech, speech.say("village.window.title"))
        self.office = office
        self.session: Session | None = None
        self.courier: Courier | None = None
        self._exchanges = exchanges
        self._workers = Workers()
        self._status = Newest(self._workers.reader)
        self._makers: dict[str, Callable[[], Page]] = {}
        self._left = ""
        self.villages = Villages(self)
        self.put_above(self.villages.bar)
        self.unlock = UnlockPage(speech, office.folder.name, self._try)
        self.add_page(self.unlock)
        self.use_keys([])
        self.bare(bare=True)
        self.go("unlock")
        self.on_close = self._closing
        self._said, self._idle, self._away, self._minute = (QTimer(self) for _ in range(4))
        self._start_timers(idle_minutes)
        self._ahead = Ahead(self, self._workers)
        self._ahead.wait_at_the_door()
        if not office.begun:
            self.begin()

    def _start_timers(self, idle_minutes: int) -> None:
        once = (
            (self._said, self.say_status),
            (self._idle, self.lock),
            (self._away, self._close_store),
        )
        for timer, act in once:
            timer.setSingleShot(True)
            timer.timeout.connect(act)
        self._idle.setInterval(idle_minutes * 60_000)
        self._away.setInterval(CLOSE_AFTER_MINUTES * 60_000)
        self._minute.setInterval(20_000)
        self._minute.timeout.connect(self.say_status)

    # --- the door ---

    def _try(self, password: str) -> None:
        self._ahead.password_given()
        if self.session is None:
            self._workers.writer.ask(
                lambda: _open(self.office, password), self._opened, partial(self._refused, password)
            )
        else:
            self._workers.writer.ask(lambda: self.office.check(password), self._unlocked, self.unlock.refused)

    def _refused(self, password: str, error: TefterError) -> None:
        self.unlock.refused(error)
        if isinstance(error, NotConfirmed):
            self.begin(password)

    def begin(self, password: str | None = None) -> None:
        """Show the first run; a password leads to where a store that is made waits for the town's code."""
        from app.ui.village.first_run import FirstRunPage

        if self.office.beginning is None:
            return
        page = FirstRunPage(self, self.office.beginning(), self._workers.writer, self._begun)
        self.add_page(page)
        self.go(page.name)
        if password is not None:
            page.resume(password)

    def _begun(self, password: str) -> None:
        """Open the register that the town has confirmed."""
        self.pages.setCurrentWidget(self.unlock)
        page = self._by_name.pop(FIRST_RUN)
        self.pages.removeWidget(page)
        page.deleteLater()
        self.unlock_with(password)

    def unlock_with(self, password: str) -> None:
        """Unlock without the keyboard: a demonstration's password lies beside its store."""
        self.unlock.password.setText(password)
        self.unlock.go()

    def _opened(self, opened: "Opened") -> None:
        from app.ui.village.courier import Courier
        from app.ui.village.session import Session

        self.session = Session(self.office, opened, self.speech, self._workers)
        self.session.changed.connect(self._changed)
        self.session.doubted.connect(self._doubted)
        self.courier = Courier(self.session, self, active=self._exchanges)
        self.courier.moved.connect(self.say_status)
        self.villages.open(self.session, lambda session: pages.page_makers(session, self))
        self._fill_rail()
        self._enter("entries")
        self.courier.start()
        self._minute.start()
        self._ahead.first_picture()

    def not_whole(self, error: TefterError) -> None:
        """Shut the door again: the store could be looked into and cannot be opened."""
        self._refusal = error
        self.cover.take_away()
        self.bare(bare=True)
        self.pages.setCurrentWidget(self.unlock)
        self.forget_session()
        self.unlock.refused(error)

    _refusal: TefterError | None = None
    """What the door says already; workers that waited for the store bring the same error."""

    def _unlocked(self, _checked: object) -> None:
        self._enter(self._left or "entries", anew=False)

    def _enter(self, name: str, *, anew: bool = True) -> None:
        """Let the clerk in: where the window was locked, to the very field that was left."""
        self.unlock.opened()
        self._away.stop()
        self._idle.start()
        self.bare(bare=False)
        if anew:
            self.go(name)
        else:
            self.pages.setCurrentWidget(self.page(name))
            self._focus_left()
        self.say_status()

    def _focus_left(self) -> None:
        field, self._field_left = self._field_left, None
        (field or self.current.first_focus()).setFocus()

    _field_left: QLineEdit | None = None

    def lock(self) -> None:
        """Lock: what is typed is kept, nothing of it is seen, the road goes on."""
        if self.session is None or self.current is self.unlock:
            return
        self.keep_now()
        self.cover.take_away()
        focused = self.focusWidget()
        self._field_left = focused if isinstance(focused, QLineEdit) else None
        self._left = self.current.name
        self.unlock.locked()
        self.bare(bare=True)
        self.pages.setCurrentWidget(self.unlock)
        self.unlock.password.setFocus()
        self._idle.stop()
        self._away.start()

    def _close_store(self) -> None:
        """Close the store of a window that stayed locked; its keys leave the memory."""
        if self.session is not None:
            self.forget_session()

    def forget_session(self) -> None:
        """Close the store and all pages; what was typed lies in it as drafts."""
        session, self.session = self.session, None
        if self.courier is not None:
            self.courier.stop()
            self.courier = None
        self._minute.stop()
        self._ahead.stop()
        for page in {*self.villages.close(), *self._by_name.values()} - {self.unlock}:
            self.pages.removeWidget(page)
            page.deleteLater()
        self._by_name = {self.unlock.name: self.unlock}
        if session is not None:
            session.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch what reaches the window as a whole: far fewer events than those of every widget."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there; what is made ahead waits for a rest."""
        if event.type() in _ACTIVITY:
            self._ahead.touched()
            if self._idle.isActive():
                self._idle.start()
        return False

    # --- pages ---

    def common_pages(self) -> dict[str, Page]:
        """Return the pages that belong to no village: the door."""
        return {self.unlock.name: self.unlock}

    def use_desk(self, desk: Desk) -> None:
        """Let another desk be at work: its pages are the window's from now on."""
        self.session, self._makers, self._by_name = desk.session, desk.makers, desk.pages
        self._say_place()
        self._ahead.next_desk()

    def bare(self, *, bare: bool) -> None:
        """Show nothing around the page: the window is locked, or there is no store yet."""
        super().bare(bare=bare)
        self.villages.bar.setVisible(not bare and self.villages.several)

    def remember(self, place: "Place") -> None:
        """Begin with this village the next time."""
        self._workers.writer.ask(partial(leave_at, place), lambda _kept: None, self.fail)

    def has_page(self, name: str) -> bool:
        """Return whether a page is made already."""
        return name in self._by_name

    def page(self, name: str) -> Page:
        """Return a page; those that the start does not need are made when they are first wanted."""
        if name not in self._by_name:
            self.add_page(self._makers[name]())
        return super().page(name)

    def go(self, name: str, *, place: str = "") -> None:
        """Show a page."""
        self.page(name)
        super().go(name, place=place or _PLACES.get(name, name))

    def open_session(self) -> "Session":
        """Return the session of an unlocked window."""
        if self.session is None:
            raise RuntimeError
        return self.session

    def _fill_rail(self) -> None:
        if self.rail.buttons:
            return
        say = self.speech.say
        self.rail.add("entries", say("village.window.entries"), "inbox", self.to_entries)
        self.rail.add("till", say("village.window.till"), "cash", self.to_till)
        self.rail.add("road", say("village.window.road"), "road", self.to_road)
        self.rail.add("help", say("village.window.help"), "help", self.show_keys, bottom=True)
        self.rail.add("lock", say("village.window.lock"), "lock", self.lock, bottom=True)
        self._bind_global_keys()

    def _bind_global_keys(self) -> None:
        say = self.speech.say
        self.use_keys(
            [
                Key("F2", say("village.keys.new_document"), self._when_in(self.to_new_document)),
                Key("F3", say("village.keys.take_fee"), self._when_in(self._fee_here)),
                Key("Ctrl+F", say("village.keys.find"), self._when_in(self._find)),
                Key("Ctrl+P", say("village.keys.print"), self._when_in(self._print)),
                Key("Ctrl+Shift+P", say("village.keys.save_pdf"), self._when_in(self._save)),
                Key("Alt+1", say("village.keys.entries"), self._when_in(self.to_entries)),
                Key("Alt+2", say("village.keys.till"), self._when_in(self.to_till)),
                Key("Alt+3", say("village.keys.road"), self._when_in(self.to_road)),
                Key("Ctrl+L", say("village.keys.lock"), self.lock),
                *self.villages.village_keys(self._when_in),
            ]
        )

    def _when_in(self, act: Callable[[], object]) -> Callable[[], None]:
        """Return the act for an unlocked window without a sheet over it."""

        def go() -> None:
            if self.session is not None and self.current is not self.unlock and self.cover.sheet is None:
                act()

        return go

    def _say_place(self) -> None:
        place = self.open_session().place
        key = "place_demonstration" if place.demonstration else "place"
        text = self.speech.say(f"village.window.{key}", mayoralty=place.mayoralty, municipality=place.municipality)
        self.status.place.setText(text)
        self.setWindowTitle(f"{self.speech.say('village.window.title')} · {place.mayoralty}")

    # --- ways ---

    def to_entries(self, entry: bytes | None = None) -> None:
        """Show the register."""
        self.take_away()
        self.go("entries")
        if entry is not None:
            pages.show_entry(self, entry)

    def to_new_document(self) -> None:
        """Show the form."""
        self.go("form")

    def to_case(self, number: str) -> None:
        """Show the form for a later paper of a case."""
        pages.show_case(self, number)

    def to_correction(self, entry: bytes) -> None:
        """Show the form with an entry to correct."""
        self.take_away()
        pages.show_correction(self, entry)

    def to_saved(self, registered: "Registered") -> None:
        """Show the number just given."""
        self.take_away()
        pages.show_saved(self, registered)

    def to_fee(self, entry: bytes | None = None) -> None:
        """Take a fee."""
        self.take_away()
        pages.show_fee(self, entry)

    def to_till(self, receipt: bytes | None = None) -> None:
        """Show the till."""
        self.take_away()
        pages.show_till(self, receipt)

    def to_day_close(self) -> None:
        """Count the till."""
        self.take_away()
        self.go("day_close")

    def to_road(self) -> None:
        """Show the road."""
        self.take_away()
        self.go("road")

    def to_village(self, register: int, then: Callable[[], object]) -> None:
        """Go to the desk of a village."""
        self.villages.go_to(register, then)

    def annul(self, entry: "EntryDetails") -> None:
        """Annul an entry, with a reason."""
        pages.annul_sheet(self, entry)

    def answer(self, entry: "EntryDetails") -> None:
        """Answer a dispute."""
        pages.answer_sheet(self, entry)

    def change_case(self, entry: "EntryDetails") -> None:
        """Say what becomes of a case."""
        pages.case_sheet(self, entry)

    def change_term(self, entry: "EntryDetails") -> None:
        """Extend, stop or restart the term of an entry."""
        pages.term_sheet(self, entry)

    def show_attachments(self, entry: "EntryDetails", files: "Sequence[Path]" = ()) -> None:
        """Show what is attached to an entry."""
        pages.attachments_sheet(self, entry, files)

    def papers(self, entry: "EntryDetails") -> None:
        """Show the papers of an entry."""
        pages.papers_sheet(self, entry)

    def print_slip(self, entry: bytes, number: str) -> None:
        """Print a slip."""
        pages.print_slip(self, entry, number)

    def save_slip(self, entry: bytes, number: str) -> None:
        """Save a slip as PDF."""
        pages.save_slip(self, entry, number)

    def take_away(self) -> None:
        """Take the sheet away."""
        self.cover.take_away()

    def fail(self, error: TefterError) -> None:
        """Say what happened, what is safe and what to do; a doubt about the clock has its own sheet."""
        if not isinstance(error, ClockDoubtful) and error is not self._refusal:
            self.lay(ProblemSheet(self, self.speech.explain(error), error.code))

    def fail_unexpectedly(self, sentence: str) -> None:
        """Say that the program itself is at fault."""
        self.lay(ProblemSheet(self, sentence, "internal"))

    def say(self, sentence: str) -> None:
        """Say quietly that something is done; after a while the status is said again."""
        self.status.say(Sign.DONE, sentence)
        self._said.start(SAID_MILLISECONDS)

    # --- what the global keys do on the current page ---

    def _find(self) -> None:
        if not self.current.find_here():
            self.to_entries()
            self.current.find_here()

    def _fee_here(self) -> None:
        self.to_fee(self.current.current_entry())

    def _print(self) -> None:
        self.current.print_paper()

    def _save(self) -> None:
        self.current.save_paper()

    # --- status, doubt, end ---

    def _changed(self, _changes: frozenset[str]) -> None:
        self.say_status()

    def say_status(self) -> None:
        """Say how many acts the town has not acknowledged, and since when."""
        session = self.session
        if session is None or not session.whole or self._said.isActive():
            return
        stream = session.place.stream

        def ask() -> "Status":
            from app.services import status

            with session.store.ledger.reading() as connection:
                return status.read(connection, stream)

        self._status.ask(ask, self._put_status, self._no_status)

    def _put_status(self, found: "Status") -> None:
        if self.session is None or self.courier is None or self._said.isActive():
            return
        from app.ui.village.road_words import count_waiting, status_sentence

        self.status.say(*status_sentence(self.speech, found, self.courier.state, self.session.now()))
        waiting = count_waiting(found)
        self.rail.buttons["road"].set_badge(str(waiting) if waiting else "")

    def _no_status(self, error: TefterError) -> None:
        self.status.say(Sign.WRONG, self.speech.explain(error))

    def _doubted(self, error: ClockDoubtful, again: Callable[[date], None]) -> None:
        from app.ui.village.doubt import DoubtSheet

        self.lay(DoubtSheet(self, error, again))

    def keep_now(self) -> None:
        """Keep everything that is typed on any page, and on the sheet that lies there."""
        for page in self.villages.pages():
            page.keep_now()
        if self.cover.sheet is not None:
            self.cover.sheet.keep_now()

    def _closing(self) -> bool:
        """Keep what is typed, close the store, end the threads."""
        if self.session is not None:
            self.keep_now()
            self.cover.take_away()
            self.forget_session()
        keep_scale()
        self._workers.close()
        return True

    def now(self) -> datetime:
        """Return the store's present moment."""
        return self.open_session().now()


def _open(office: Office, password: str) -> "Opened":
    """Look into the store, or open it where a look is not enough; on the writing worker."""
    look = office.look(password)
    from app.ui.village import opening

    if look is not None:
        return opening.opened_at_first(look, office.lists(), left_at(look.seen.identity.station))
    store = office.open(password)
    return opening.opened_whole(store, office.lists(), left_at(store.identity.station))


_PLACES = {"form": "entries", "correction": "entries", "saved": "entries", "fee": "till", "day_close": "till"}
