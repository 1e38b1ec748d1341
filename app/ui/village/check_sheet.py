"""The check before saving (проверка): every line once, what is not stated, what was noticed; Enter saves."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.ui.look.signs import Sign
from app.ui.look.theme import look
from app.ui.village.form_lines import Changed, Said
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.keys import Key, bind
from app.ui.widgets.marks import Mark
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Hairline, Role, Text
from resources.speech import Speech

WIDTH = 760
_LABEL = 176


class CheckSheet(Sheet):
    """Shows what will be recorded. ``words`` are its title and the verb; ``save`` records it once."""

    def __init__(
        self, speech: Speech, words: tuple[str, str], save: Callable[[], object], back: Callable[[], object]
    ) -> None:
        title, act = words
        super().__init__(title, width=WIDTH)
        self._speech = speech
        self._run = save
        self._begun = False
        self.body.setSpacing(8)
        self.save = Button(act, Kind.PRIMARY, key="Return", run=self._once)
        self.add_buttons(Button(speech.say("village.check.back"), key="Esc", run=back), self.save)
        self.use_keys([Key("Return", act)])

    def offer(self, text: str, key: str, run: Callable[[], object]) -> None:
        """Offer another way than saving alone, before the button that saves."""
        self.buttons.insertWidget(self.buttons.count() - 1, Button(text, key=key, run=run))
        offered = Key(key, text, run)
        bind(self, [offered])
        self.keys = (*self.keys, offered)

    def first_focus(self) -> Button:
        """Return the button that saves."""
        return self.save

    def _once(self) -> None:
        """Save; a second press while it is being saved does nothing, and the keyboard stays where it is."""
        if not self._begun:
            self._begun = True
            self._run()

    # --- what is shown ---

    def show_lines(self, said: Sequence[Said], change: Callable[[str], object]) -> None:
        """Show all lines; each part of the form has its way back."""
        holder, grid = self._grid()
        part = ""
        for one in said:
            row = grid.rowCount()
            if one.part != part:
                grid.addWidget(Hairline(), row, 0, 1, 3)
                row += 1
                self._add_change(grid, row, one, change)
                part = one.part
            self._add_line(grid, row, one)
        self.body.addWidget(holder)

    def _grid(self) -> tuple[QWidget, QGridLayout]:
        """Return a grid whose labels stand at the left."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, look().px(_LABEL))
        grid.setColumnStretch(1, 1)
        return holder, grid

    def _add_change(self, grid: QGridLayout, row: int, one: Said, change: Callable[[str], object]) -> None:
        if one.part == "derived":
            return
        text = self._speech.say("village.form.change")
        button = Button(text, Kind.QUIET, run=lambda: change(one.part))
        button.setAccessibleName(f"{text}: {one.label}")
        grid.addWidget(button, row, 2, Qt.AlignmentFlag.AlignTop)

    def _add_line(self, grid: QGridLayout, row: int, one: Said) -> None:
        label = Text(one.label, Role.LABEL)
        label.setContentsMargins(0, 4, 0, 2)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        value = Text(one.value or self._speech.say("village.form.nothing"), Role.TEXT if one.value else Role.QUIET)
        value.setContentsMargins(0, 2, 0, 2)
        value.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1)

    def show_changes(self, changes: Sequence[Changed], reason: str) -> None:
        """Show what a correction changes: what stood, and what is to stand."""
        say = self._speech.say
        holder, grid = self._grid()
        grid.setColumnStretch(2, 1)
        for row, change in enumerate(changes):
            before = change.before or say("village.form.nothing")
            old = Text(before, Role.QUIET)
            font = old.font()
            font.setStrikeOut(True)
            old.setFont(font)
            old.setAccessibleName(say("village.check.before", value=before))
            new = Text(change.after or say("village.form.nothing"), Role.STRONG)
            for column, text in enumerate((Text(change.label, Role.LABEL), old, new)):
                text.setAlignment(Qt.AlignmentFlag.AlignTop)
                text.setContentsMargins(0, 2 if column else 4, 0, 6)
                grid.addWidget(text, row, column)
        self.body.addWidget(holder)
        self.body.addWidget(Hairline())
        self.body.addWidget(Text(say("village.correct.reason_is", reason=reason), Role.TEXT))

    def show_findings(self, titles: Sequence[str]) -> None:
        """Show what was noticed; it blocks nothing."""
        for title in titles:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Mark(Sign.FINDING, 18))
            row.addWidget(Text(title, Role.AMBER), 1)
            self.body.addLayout(row)
