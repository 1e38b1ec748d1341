"""The lines that wait, at the left (списък с редове): number, village or date, and what was noticed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.terms import FindingCode
from app.ui.central_desk.wording import Words
from app.ui.look.signs import Sign
from app.ui.look.theme import look, theme
from app.ui.look.tokens import Measure
from app.ui.widgets.ledger import Cell, Column, LedgerList, Row
from app.ui.widgets.text import Role, Text
from resources.speech import Speech
from sync.central import answers

WIDTH, INDENT = 300, 24
"""The second line of a row begins under the number, past the sign."""


class LineList(QWidget):
    """Heading, how many are left, and the lines; ``chosen`` gives an entry's id or None."""

    chosen = Signal(object)

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self.heading = Text(speech.say("desk.lines.title"), Role.SECTION)
        self.left = Text("", Role.HELP)
        columns = [
            Column(speech.say("desk.lines.line"), 0),
            Column("", INDENT, below=True),
            Column(speech.say("desk.villages.why"), 0, below=True),
        ]
        self.list = LedgerList(speech.say("desk.lines.title"), columns, row=Measure.ROW)
        self.list.chosen.connect(self.chosen)
        side = QVBoxLayout(self)
        side.setContentsMargins(0, 16, 0, 0)
        side.setSpacing(4)
        for words in (self.heading, self.left):
            words.setContentsMargins(24, 0, 12, 0)
            side.addWidget(words)
        side.addSpacing(8)
        side.addWidget(self.list, 1)
        theme().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        # The list grows more slowly than the text: the comparison needs the room.
        self.setFixedWidth(round(WIDTH * (1 + (look().scale - 1) * 0.5)))

    def say(self, village: str, left: str) -> None:
        """Say whose lines these are (all where there is no name), and how many are left."""
        self.heading.setText(village or self._speech.say("desk.lines.title"))
        self.left.setText(left)

    def put(self, lines: Sequence[answers.Line], words: Words, *, of_one: bool, more: bool) -> None:
        """Show lines; the current one stays so. ``of_one``: all of one village, so that dates tell more."""
        rows = [self._row(one, words, of_one=of_one) for one in lines]
        self.list.put(rows, more=more, keep=self.list.current())

    def add(self, lines: Sequence[answers.Line], words: Words, *, of_one: bool, more: bool) -> None:
        """Add the next page."""
        self.list.model.add([self._row(one, words, of_one=of_one) for one in lines], more=more)

    def _row(self, one: answers.Line, words: Words, *, of_one: bool) -> Row:
        number = one.row.number.partition("/")[0]
        aside = self._speech.short_date(one.row.office_date) if of_one else one.row.village
        why = self._why(one.findings, one.answer, words.about(one.row))
        sign = Sign.QUESTION if one.answer is not None else Sign.FINDING
        cells = (Cell(number, aside, sign=sign, bold=True), Cell(""), Cell(why, colour="amber"))
        return Row(one.row.entry, cells, f"{one.row.number}, {one.row.village}, {why}")

    def _why(self, findings: Sequence[FindingCode], answer: answers.Answered | None, about: str) -> str:
        if answer is not None:
            return self._speech.say("desk.lines.answered", kind=self._speech.label(answer.kind))
        first = self._speech.label(findings[0]) if findings else about
        more = len(findings) - 1
        return f"{first} {self._speech.say('desk.lines.and_more', count=more)}" if more > 0 else first
