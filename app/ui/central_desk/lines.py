"""The lines that need a person (Разлики): one after another, side by side with their reason, decided by one key."""

import functools
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.errors import AlreadyDecided, LineChanged, ReasonRequired, TefterError
from app.domain.terms import DisputeReason
from app.ui.central_desk.client import DeskClient
from app.ui.central_desk.decision import Decision
from app.ui.central_desk.line_list import LineList
from app.ui.central_desk.line_story import LineStory
from app.ui.central_desk.line_view import LineView, Shown
from app.ui.central_desk.link import Link
from app.ui.central_desk.waiting_lines import WaitingLines
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import Words, words_of
from app.ui.look.theme import look
from app.ui.look.tokens import Measure
from app.ui.widgets.button import Button
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key, walking
from app.ui.widgets.panel import empty
from app.ui.widgets.scroll import FootScroll
from app.ui.widgets.text import Role, Text
from app.ui.work import Newest
from sync.central import answers

SHOW_PAUSE = 60
LEAST_VIEW = 120
"""Pixels in height that a line keeps over its decision."""
ROOM = 1_150
"""Pixels of the design that list, comparison and panel need side by side."""


class LinesPage(Page):
    """The page of what is not clean."""

    name = "lines"

    def __init__(self, link: Link, ways: DeskWays) -> None:
        super().__init__(panel_width=Measure.VILLAGE_DETAILS)
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self._opened = Newest(link.reader())
        self._waiting = WaitingLines(link, self._put, self._add, ways.fail_quietly)
        self._found: answers.EntryDetails | None = None
        self._every = self._knows = self._deciding = False
        self._decided_here: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._open_current)
        self._compose()
        self._story = LineStory(self._speech, self.panel)
        self.use_keys(self._own_keys())
        link.changed.connect(self._changed)

    # --- building ---

    def _compose(self) -> None:
        self.side = LineList(self._speech)
        self.side.chosen.connect(self._chosen)
        self.side.list.model.wanted.connect(self._waiting.read_more)
        self.view = LineView(self._speech, self.toggle_all)
        self.decision = Decision(self._speech)
        self.decision.accepted.connect(self.accept)
        self.decision.disputed.connect(self.dispute)
        self.decision.passed.connect(self.next)
        self.decision.weighed.connect(self._paint)
        self.decision.rest_on(self.side.list.view)
        work = QVBoxLayout()
        work.setContentsMargins(0, 0, 0, 0)
        self.view.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.view.setMinimumHeight(LEAST_VIEW)
        work.addWidget(self.view, 1)
        foot = FootScroll()
        foot.column.setContentsMargins(28, 4, 28, 18)
        foot.column.addWidget(self.decision)
        work.addWidget(foot)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(work, 1)
        self.middle.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what is known beside the comparison where there is room, else instead of the list (F8)."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < look().px(ROOM)
        self.panel.setVisible(not narrow or self._knows)
        self.side.setVisible(not narrow or not self._knows)

    def toggle_known(self) -> None:
        """Show what is known, or the list again, where there is no room for both."""
        self._knows = not self._knows
        self._arrange()

    def _own_keys(self) -> list[Key]:
        say = self._speech.say
        return [
            Key("A", say("desk.decision.accept")),
            Key("R", say("desk.decision.dispute")),
            Key("N", say("desk.decision.next")),
            Key("F6", say("desk.compare.all_key"), self.toggle_all),
            Key("F8", say("desk.lines.known_key"), self.toggle_known),
            Key("Escape", say("desk.keys.back"), self._escape),
            walking(self._speech),
        ]

    def _escape(self) -> None:
        """Leave a field for the list, and the list for where one came from."""
        if self.side.list.view.hasFocus() or not self._waiting.lines:
            self._ways.back()
        else:
            self.side.list.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide by a letter key; a text that has the keyboard keeps its letters."""
        if not self.decision.by_letter(event, self.window().focusWidget()):
            super().keyPressEvent(event)

    # --- reading ---

    def show_station(self, station: str | None) -> None:
        """Choose the lines of one village, or of all, for when the page appears."""
        if self._waiting.show_station(station):
            self._found = None

    def first_focus(self) -> QWidget:
        """Return the list of lines."""
        return self.side.list.view

    def appear(self) -> None:
        """Read anew."""
        self._waiting.refresh()

    def _changed(self) -> None:
        if self.isVisible():
            self._waiting.refresh()

    def _put(self, found: answers.Lines) -> None:
        self._say_left()
        self._say_taken_away()
        self.side.put(found.lines, self._words(), of_one=self._of_one, more=found.after is not None)
        if not found.lines:
            self._show_done()

    def _add(self, found: answers.Lines) -> None:
        self.side.add(found.lines, self._words(), of_one=self._of_one, more=found.after is not None)

    @property
    def _of_one(self) -> bool:
        return self._waiting.station is not None

    def _say_left(self) -> None:
        said = [self._speech.count("desk.lines.left", self._waiting.left())]
        if self._decided_here:
            said.append(self._speech.count("desk.lines.decided", len(self._decided_here)))
        self.side.say(self._link.village_name(self._waiting.station), " · ".join(said))

    def _say_taken_away(self) -> None:
        """Say that the line that is shown was decided or withdrawn elsewhere."""
        shown = self._found.row.entry if self._found is not None else None
        if shown is not None and shown not in self._waiting.lines and shown not in self._decided_here:
            self._ways.say(self._speech.say("desk.lines.gone"))

    def _words(self) -> Words:
        return words_of(self._speech, self._link.office)

    # --- one line ---

    def _chosen(self, entry: object) -> None:
        """Wait until the arrow rests; nothing is decided on a line before it is shown."""
        if self._found is None or entry != self._found.row.entry:
            self.decision.setEnabled(False)
        self._timer.start(SHOW_PAUSE)

    def _open_current(self) -> None:
        entry, client = self.side.list.current(), self._link.reading()
        if isinstance(entry, str):
            self._opened.ask(lambda: client.entry(entry), self._show, self._ways.fail_quietly)

    def _show(self, found: answers.EntryDetails) -> None:
        if found.row.entry != self.side.list.current():
            return
        same = self._found is not None and self._found.row.entry == found.row.entry
        self._found = found
        if not same or not self.decision.isEnabled():
            self.decision.take(found.row.entry, found.proposed_reason)
        self._paint()
        self._story.show(found, self._words())
        self._let_decide()

    def _let_decide(self) -> None:
        """Let the line be decided once it is shown, and while no decision is on its way."""
        shown = self._found is not None and self._found.row.entry == self.side.list.current()
        self.decision.setEnabled(shown and not self._deciding)

    def _paint(self, _weighed: str = "") -> None:
        found = self._found
        if found is not None:
            line = self._waiting.lines.get(found.row.entry)
            shown = Shown(found, line, self._place(found), self.decision.weighs, self._every)
            self.view.show_line(shown, self._words())

    def _place(self, found: answers.EntryDetails) -> str:
        at, many = self._waiting.place(found.row.entry), self._waiting.left()
        return self._speech.say("desk.lines.place", village=found.row.village, at=at, many=many)

    def toggle_all(self) -> None:
        """Show all fields, or only those that differ."""
        self._every = not self._every
        self._paint()

    def _show_done(self) -> None:
        self._found = None
        empty(self.panel.body)
        self.decision.setEnabled(False)
        done = Text(self._speech.say("desk.lines.empty"), Role.LEAD)
        following = self._waiting.next_village()
        if following is None:
            self.view.show_words(done)
            return
        count = following.waiting.person + following.waiting.answered
        text = self._speech.count("desk.lines.following", count, village=following.name)
        button = Button(text, key="Return", icon="arrow_right", run=lambda: self._go_on(following.station))
        self.view.show_words(done, button)
        if self.isVisible():
            button.setFocus()

    def _go_on(self, station: str) -> None:
        self.show_station(station)
        self._waiting.refresh()
        self.side.list.view.setFocus()

    # --- deciding ---

    def accept(self) -> None:
        """Accept the line that is shown, as it was seen."""
        self._decide(lambda client, found: self._accepted(client.accept(found.row.entry, found.seen)))

    def _accepted(self, number: str) -> str:
        return self._speech.say(f"desk.decision.{'accepted' if number else 'closed'}", number=number)

    def dispute(self) -> None:
        """Dispute the line that is shown, with the reason chosen."""
        reason, note = self.decision.chosen()
        if self.decision.isEnabled() and reason is DisputeReason.OTHER and not note:
            self.decision.needs_note()
            return

        def disputed(client: DeskClient, found: answers.EntryDetails) -> str:
            client.dispute(found.row.entry, reason, note, found.seen)
            return self._speech.say("desk.decision.disputed")

        self._decide(disputed)

    def _decide(self, decision: Callable[[DeskClient, answers.EntryDetails], str]) -> None:
        """Decide on what is shown, and on nothing else; ``decision`` returns what is then said."""
        found = self._found
        if found is None or not self.decision.isEnabled():
            return
        self._deciding = True
        self.decision.setEnabled(False)
        self._link.act(
            lambda client: decision(client, found), functools.partial(self._decided, found.row.entry), self._refused
        )

    def _decided(self, entry: str, said: str) -> None:
        self._deciding = False
        self._decided_here.add(entry)
        self.decision.forget()
        self._ways.say(said)
        self.next()
        self._waiting.refresh()

    def _refused(self, error: TefterError) -> None:
        self._deciding = False
        self._let_decide()
        if isinstance(error, ReasonRequired):
            self.decision.needs_note()
            return
        self._ways.fail(error)
        if isinstance(error, AlreadyDecided | LineChanged):
            self._waiting.refresh()

    def next(self) -> None:
        """Go on to the next line; this one stays as it is."""
        self.side.list.choose(self._waiting.following(self.side.list.current()))
        self.side.list.view.setFocus()
