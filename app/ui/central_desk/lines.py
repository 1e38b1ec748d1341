"""The lines that need a person (Разлики): one after another, side by side with their reason, decided by one key."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.errors import AlreadyDecided, LineChanged, ReasonRequired, TefterError
from app.domain.terms import DisputeReason
from app.ui.central_desk.comparison import Comparison
from app.ui.central_desk.decision import Decision
from app.ui.central_desk.line_story import LineStory
from app.ui.central_desk.link import Link
from app.ui.central_desk.ways import DeskWays
from app.ui.central_desk.wording import Words
from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.look.tokens import Measure
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.frame import Page
from app.ui.widgets.keys import Key
from app.ui.widgets.ledger import Cell, Column, LedgerList, Row
from app.ui.widgets.panel import empty
from app.ui.widgets.text import Role, Text
from app.ui.work import Newest
from sync.central import answers

SHOW_PAUSE = 60
LIST_WIDTH = 290
ROOM = 1_150
"""Pixels of the design that list, comparison and panel need side by side."""
MOST = 200


class LinesPage(Page):
    """The page of what is not clean."""

    name = "lines"

    def __init__(self, link: Link, ways: DeskWays) -> None:
        super().__init__(panel_width=Measure.VILLAGE_DETAILS)
        self._link = link
        self._ways = ways
        self._speech = ways.speech
        self._asked, self._opened = Newest(link.reader()), Newest(link.reader())
        self._lines: dict[str, answers.Line] = {}
        self._found: answers.EntryDetails | None = None
        self._station: str | None = None
        self._all = self._knows = False
        self._compose()
        self._story = LineStory(self._speech, self.panel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._open_current)
        self.use_keys(self._own_keys())
        link.changed.connect(self._changed)

    # --- building ---

    def _compose(self) -> None:
        say = self._speech.say
        self.heading = Text(say("desk.lines.title"), Role.SECTION)
        self.left = Text("", Role.HELP)
        self.list = LedgerList(say("desk.lines.title"), [Column(say("desk.lines.line"), 0)], row=Measure.ROW)
        self.list.header.hide()
        self.list.chosen.connect(lambda _key: self._timer.start(SHOW_PAUSE))
        side = QVBoxLayout()
        side.setContentsMargins(0, 16, 0, 0)
        side.setSpacing(4)
        for words in (self.heading, self.left):
            words.setContentsMargins(20, 0, 12, 0)
            side.addWidget(words)
        side.addSpacing(8)
        side.addWidget(self.list, 1)
        self._side = QWidget()
        self._side.setLayout(side)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(28, 18, 28, 12)
        self._body.setSpacing(12)
        inside = QWidget()
        inside.setLayout(self._body)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self.decision = Decision(self._speech)
        self.decision.accepted.connect(self.accept)
        self.decision.disputed.connect(self.dispute)
        self.decision.passed.connect(self.next)
        work = QVBoxLayout()
        work.setContentsMargins(0, 0, 0, 0)
        work.addWidget(self._scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(28, 4, 28, 18)
        foot.addWidget(self.decision)
        work.addLayout(foot)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(work, 1)
        self.middle.addLayout(row, 1)
        theme().changed.connect(self._measure)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what is known beside the comparison where there is room, else instead of the list (F8)."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < look().px(ROOM)
        self.panel.setVisible(not narrow or self._knows)
        self._side.setVisible(not narrow or not self._knows)

    def toggle_known(self) -> None:
        """Show what is known, or the list again, where there is no room for both."""
        self._knows = not self._knows
        self._arrange()

    def _measure(self) -> None:
        # The list grows more slowly than the text: the comparison needs the room.
        self._side.setFixedWidth(round(LIST_WIDTH * (1 + (look().scale - 1) * 0.3)))

    def _own_keys(self) -> list[Key]:
        say = self._speech.say
        return [
            Key("A", say("desk.decision.accept")),
            Key("R", say("desk.decision.dispute")),
            Key("N", say("desk.decision.next")),
            Key("F6", say("desk.compare.all_key"), self.toggle_all),
            Key("F8", say("desk.lines.known_key"), self.toggle_known),
            Key("Escape", say("desk.keys.villages"), self._ways.to_villages),
            Key("Up", say("frame.keys.walk")),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide by a letter key; a text that has the keyboard keeps its letters."""
        if not self.decision.by_letter(event, self.window().focusWidget()):
            super().keyPressEvent(event)

    # --- reading ---

    def show_station(self, station: str | None) -> None:
        """Show the lines of one village, or of all."""
        self._station = station
        self.refresh()

    def first_focus(self) -> QWidget:
        """Return the list of lines."""
        return self.list.view

    def appear(self) -> None:
        """Read anew."""
        self.refresh()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Ask for the lines that need a person."""
        client, station = self._link.reading(), self._station
        self._asked.ask(lambda: client.lines(station, clean=False, limit=MOST), self._put, self._ways.fail_quietly)

    def _put(self, found: answers.Lines) -> None:
        self._lines = {one.row.entry: one for one in found.lines}
        self.left.setText(self._speech.count("desk.lines.left", len(found.lines)))
        rows = [self._row(one) for one in found.lines]
        current = self.list.current()
        self.list.put(rows, keep=current)
        if not rows:
            self._show_done()
        elif self.list.current() == current:
            self._timer.start(SHOW_PAUSE)

    def _row(self, line: answers.Line) -> Row:
        words = self._words()
        sign = Sign.QUESTION if line.answer is not None else Sign.FINDING
        cell = Cell(line.row.number.partition("/")[0], line.row.village, sign=sign, bold=True)
        return Row(
            line.row.entry, (cell,), f"{line.row.number}, {line.row.village}, {words.about(line.row)}", tall=True
        )

    def _words(self) -> Words:
        return Words(self._speech, self._link.office.now if self._link.office is not None else 0)

    # --- one line ---

    def _open_current(self) -> None:
        entry, client = self.list.current(), self._link.reading()
        if isinstance(entry, str):
            self._opened.ask(lambda: client.entry(entry), self._show, self._ways.fail_quietly)

    def _show(self, found: answers.EntryDetails) -> None:
        same = self._found is not None and self._found.row.entry == found.row.entry
        self._found = found
        self._paint()
        self._story.show(found, self._words())
        self.decision.setEnabled(True)
        if not same:
            self.decision.propose(found.proposed_reason)

    def _paint(self) -> None:
        found = self._found
        if found is None:
            return
        say, words = self._speech.say, self._words()
        empty(self._body)
        self._body.addWidget(Text(f"{found.row.village} · {say('desk.entry.registered')}", Role.LABEL))
        self._body.addWidget(Text(found.row.number, Role.TITLE))
        self._body.addWidget(Text(words.about(found.row), Role.LEAD))
        differing = [one for one in found.compare if one.differs]
        shown: Sequence[answers.Compared] = found.compare if self._all else differing
        if shown:
            self._body.addWidget(Comparison(self._speech).grid(shown, accepts=True))
        agree = len(found.compare) - len(differing)
        toggle = Button(
            self._speech.count("desk.compare.agree", agree) if not self._all else say("desk.compare.only"),
            Kind.QUIET,
            key="F6",
            run=self.toggle_all,
        )
        self._body.addWidget(toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self._story.add_findings(self._body, found, self._lines.get(found.row.entry))
        self._body.addStretch(1)

    def toggle_all(self) -> None:
        """Show all fields, or only those that differ."""
        self._all = not self._all
        self._paint()

    def _show_done(self) -> None:
        self._found = None
        empty(self._body)
        empty(self.panel.body)
        self.decision.setEnabled(False)
        self._body.addWidget(Text(self._speech.say("desk.lines.empty"), Role.LEAD))
        self._body.addStretch(1)

    # --- deciding ---

    def accept(self) -> None:
        """Accept the line that is shown, as it was seen."""
        found = self._found
        if found is None or not self.decision.isEnabled():
            return
        self.decision.setEnabled(False)
        self._link.act(
            lambda client: client.accept(found.row.entry, found.seen),
            lambda number: self._decided(self._speech.say("desk.decision.accepted", number=number)),
            self._refused,
        )

    def dispute(self) -> None:
        """Dispute the line that is shown, with the reason chosen."""
        found, (reason, note) = self._found, self.decision.chosen()
        if found is None or not self.decision.isEnabled():
            return
        if reason is DisputeReason.OTHER and not note:
            self.decision.needs_note()
            return
        self.decision.setEnabled(False)
        self._link.act(
            lambda client: client.dispute(found.row.entry, reason, note, found.seen),
            lambda _done: self._decided(self._speech.say("desk.decision.disputed")),
            self._refused,
        )

    def _decided(self, said: str) -> None:
        self._ways.say(said)
        self.next()
        self.refresh()

    def _refused(self, error: TefterError) -> None:
        self.decision.setEnabled(True)
        if isinstance(error, ReasonRequired):
            self.decision.needs_note()
            return
        self._ways.fail(error)
        if isinstance(error, AlreadyDecided | LineChanged):
            self.refresh()

    def next(self) -> None:
        """Go on to the next line; this one stays as it is."""
        entries = list(self._lines)
        current = self.list.current()
        if entries:
            at = entries.index(current) + 1 if current in entries else 0
            self.list.choose(entries[at % len(entries)])
        self.list.view.setFocus()
