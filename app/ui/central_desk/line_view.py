"""One line in the middle (ред): what differs, what was noticed, the dispute before, the village's answer."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui.central_desk import values
from app.ui.central_desk.comparison import Comparison
from app.ui.central_desk.wording import Words, capital
from app.ui.look.signs import Sign
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.marks import Banner, Mark
from app.ui.widgets.panel import empty
from app.ui.widgets.scroll import Scroll
from app.ui.widgets.text import Role, Text
from resources.speech import Speech
from sync.central import answers


class Shown(NamedTuple):
    """What is shown of a line: ``place`` says which of how many, ``weighed`` which decision, ``every``: all fields."""

    found: answers.EntryDetails
    line: answers.Line | None
    place: str
    weighed: str
    every: bool


class LineView(Scroll):
    """Shows a line. ``toggle``: show all fields or only those that differ."""

    def __init__(self, speech: Speech, toggle: Callable[[], None]) -> None:
        super().__init__()
        self._speech = speech
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        # It stays while all around it is made anew, so that the keyboard may rest on it.
        self._button = Button("", Kind.QUIET, key="F6", run=toggle)
        self.column.setContentsMargins(28, 18, 28, 12)
        self.column.setSpacing(12)
        for part in (self._above, self._below):
            part.setSpacing(12)
        self.column.addLayout(self._above)
        self.column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(self._below)
        self.column.addStretch(1)
        self._button.hide()

    def _clear(self) -> None:
        empty(self._above)
        empty(self._below)

    def show_line(self, shown: Shown, words: Words) -> None:
        """Show a line."""
        found = shown.found
        self._clear()
        self._above.addWidget(Text(shown.place, Role.LABEL))
        self._above.addWidget(Text(found.row.number, Role.TITLE))
        who = found.row.who or self._speech.say("desk.entry.anonymous")
        self._above.addWidget(Text(f"{words.about(found.row)} · {who}", Role.LEAD))
        self._add_comparison(found, shown.weighed, every=shown.every)
        self._add_findings(found, shown.line)
        self._add_answer(found)

    def show_words(self, *widgets: QWidget) -> None:
        """Show that there is no line."""
        self._clear()
        self._button.hide()
        for widget in widgets:
            self._above.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_comparison(self, found: answers.EntryDetails, weighed: str, *, every: bool) -> None:
        differing = [one for one in found.compare if one.differs]
        shown: Sequence[answers.Compared] = found.compare if every else differing
        if shown:
            self._above.addWidget(Comparison(self._speech).grid(shown, weighed))
        agree = len(found.compare) - len(differing)
        count = self._speech.count("desk.compare.agree", agree)
        self._button.set_text(self._speech.say("desk.compare.only") if every else count)
        self._button.show()

    def _add_findings(self, found: answers.EntryDetails, line: answers.Line | None) -> None:
        """Add what the village and the centre noticed, each once."""
        by_village = {one.code for one in found.findings if one.by_village}
        codes = [one.code for one in found.findings] + list(line.findings if line is not None else ())
        for code in dict.fromkeys(codes):
            by = self._speech.say("desk.lines.by_village") if code in by_village else ""
            self._banner(Sign.FINDING, capital(self._speech.label(code)), by)

    def _add_answer(self, found: answers.EntryDetails) -> None:
        say, label = self._speech.say, self._speech.label
        if found.dispute is not None:
            why = ". ".join(filter(None, (capital(label(found.dispute.reason)), found.dispute.note)))
            self._banner(Sign.QUESTION, say("desk.lines.disputed_before"), why)
        if found.answer is None:
            return
        title = say("desk.lines.answer", kind=label(found.answer.kind))
        self._banner(Sign.DONE, title, found.answer.text, "green")
        changes = next((one.changes for one in reversed(found.timeline) if one.changes), ())
        if changes:
            self._below.addWidget(Changes(self._speech, changes))

    def _banner(self, sign: Sign, title: str, text: str, colour: str = "amber") -> None:
        banner = Banner()
        banner.say(sign, title, text, colour)
        self._below.addWidget(banner)


class Changes(QWidget):
    """What a correction changed (поправка): the old value, struck through as on paper, and the new one."""

    def __init__(self, speech: Speech, changes: Sequence[answers.Change]) -> None:
        super().__init__()
        ways = values.changed_ways(speech)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for column, stretch in ((0, 2), (1, 4), (2, 0), (3, 4)):
            grid.setColumnStretch(column, stretch)
        for at, one in enumerate(changes):
            old, new = (_said(speech, ways.get(one.field), text) for text in (one.old, one.new))
            grid.addWidget(Text(speech.say(f"desk.field.{one.field}"), Role.LABEL), at, 0)
            struck = Text(old, Role.QUIET)
            font = struck.font()
            font.setStrikeOut(bool(one.old))
            struck.setFont(font)
            grid.addWidget(struck, at, 1)
            grid.addWidget(Mark(icon="arrow_right", size=16), at, 2)
            grid.addWidget(Text(new, Role.STRONG), at, 3)


def _said(speech: Speech, way: values.Say | None, text: str) -> str:
    if not text:
        return speech.say("desk.compare.nothing")
    return way(text) if way is not None else text
