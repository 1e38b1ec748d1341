"""Due, given and change (за плащане, дадени, ресто), one under another; the change is the largest on the screen."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.services.cash_desk import CURRENCY
from app.ui.look.theme import look, theme
from app.ui.village.figures import Figure, Pieces
from app.ui.village.money_field import LARGE, MoneyField
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.text import Hairline, Role, Text
from resources.speech import Speech

QUICK = (500, 1_000, 2_000, 5_000)
"""Notes that are handed over most, in minor units; before them „Точно“."""


class MoneyPart(QWidget):
    """Asks how much was given and says what goes back. ``typed`` gives the text of the amount given."""

    typed = Signal(str)

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self._owed: int | None = None
        self.due, self.change = Figure(Role.DUE), Figure(Role.CHANGE)
        self.given = MoneyField()
        self.given.textEdited.connect(self._edited)
        self.given.stepped.connect(self._step)
        self.pieces = Pieces(speech)
        self.count = Text("", Role.HELP)
        self.change_label = Text(speech.say("village.fee.change"), Role.SECTION)
        self.given_help = Text(speech.say("village.fee.given_help"), Role.HELP)
        self._compose()
        theme().changed.connect(self._measure)
        self._measure()

    def _compose(self) -> None:
        say = self._speech.say
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(20, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        label = Text(say("village.fee.given"), Role.SECTION, wrap=False)
        label.setBuddy(self.given)
        self.given.setAccessibleName(label.text().replace("&", ""))
        self._row(0, (Text(say("village.fee.due"), Role.SECTION), self.count), self.due)
        self._row(1, (label, self.given_help), self.given)
        grid.addWidget(self._quick_buttons(), 2, 0, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Hairline(strong=True), 3, 0, 1, 3)
        self._row(4, (self.change_label,), self.change)
        self.back_label = Text(say("village.fee.give_back"), Role.QUIET, wrap=False)
        back = QHBoxLayout()
        back.setSpacing(12)
        back.addWidget(self.back_label)
        back.addWidget(self.pieces, 1)
        grid.addLayout(back, 5, 0, 1, 2)

    def _row(self, at: int, words: tuple[Text, ...], figure: QWidget) -> None:
        holder = QWidget()
        column = QGridLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setVerticalSpacing(0)
        for place, one in enumerate(words):
            column.addWidget(one, place, 0)
        self._grid.addWidget(holder, at, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(figure, at, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(Text(CURRENCY, Role.LEAD, wrap=False), at, 2)

    def _quick_buttons(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.quick: dict[int, Button] = {}
        for cents in (0, *QUICK):
            text = str(cents // 100) if cents else self._speech.say("village.fee.exact")
            self.quick[cents] = Button(text, Kind.CHIP, run=partial(self._hand_over, cents))
            row.addWidget(self.quick[cents])
        return holder

    def _measure(self) -> None:
        """In very large text the figures need the room of the help beside them."""
        self.given_help.setVisible(look().scale <= LARGE)

    # --- what was given ---

    def _edited(self, text: str) -> None:
        self._show_change()
        self.typed.emit(text)

    def put_given(self, text: str) -> None:
        """Show an amount given."""
        self.given.setText(text)
        self._show_change()

    def _hand_over(self, cents: int) -> None:
        """Take one of the amounts offered; 0 is exactly what is due."""
        text = self._speech.amount(cents or self._owed or 0).replace("\u00a0", "")
        self.given.setText(text)
        self.given.selectAll()
        self._edited(text)

    def _step(self, step: int) -> None:
        """Walk the amounts offered by the arrows."""
        amounts = [cents for cents, button in self.quick.items() if button.isEnabled()]
        marked = [at for at, cents in enumerate(amounts) if self.quick[cents].isChecked()]
        if amounts:
            at = (marked[0] + step) % len(amounts) if marked else (0 if step > 0 else len(amounts) - 1)
            self._hand_over(amounts[at])

    # --- what is due, and what goes back ---

    def show_due(self, cents: int, fees: int) -> None:
        """Show what so many fees come to, in minor units."""
        self._owed = cents if fees else None
        self.due.say(self._speech.amount(cents), Role.DUE)
        self.count.setText(self._speech.count("village.fee.fees", fees))
        self._show_change()

    def _show_change(self) -> None:
        """Show the change, or what is missing."""
        given, say = self.given.cents(), self._speech.say
        self._mark_quick(given)
        if given is None or self._owed is None:
            text, role, back = say("village.fee.none"), Role.NUMBER_TO_COME, 0
        else:
            back = given - self._owed
            text, role = self._speech.amount(abs(back)), Role.DIFFERENCE if back < 0 else Role.CHANGE
        self.change_label.setText(say("village.fee.missing" if back < 0 else "village.fee.change"))
        self.change.say(text, role)
        self.pieces.show_change(max(0, back))
        self.back_label.setVisible(back > 0)

    def _mark_quick(self, given: int | None) -> None:
        owed = self._owed
        for cents, button in self.quick.items():
            button.setEnabled(owed is not None and (not cents or cents >= owed))
            # An exclusive group keeps one marked; here none may be.
            button.setAutoExclusive(False)
            button.setChecked(button.isEnabled() and given == (cents or owed))
            button.setAutoExclusive(True)
