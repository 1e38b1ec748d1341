"""What stands beside a count (лентата до преброяването): book, counted and difference, one under another."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from app.services.cash_desk import ClosePreview
from app.ui.village.difference import DifferenceBox
from app.ui.village.figures import SumRow, sums
from app.ui.widgets.button import Button, Kind
from app.ui.widgets.panel import Panel, empty
from app.ui.widgets.text import Role, Text
from resources.speech import Speech

Act = Callable[[], object]


class CountPanel:
    """Fills the right panel of the day's close."""

    def __init__(self, speech: Speech, panel: Panel, *, again: Act, close: Act, back: Act) -> None:
        self._speech = speech
        say, body, foot = speech.say, panel.body, panel.foot
        self._book, self._counted = QVBoxLayout(), QVBoxLayout()
        self.difference = DifferenceBox(speech)
        self.close = Button(say("village.day_close.close"), Kind.PRIMARY, key="Ctrl+Return", run=close)
        body.addWidget(Text(say("village.day_close.by_book"), Role.SECTION))
        body.addLayout(self._book)
        body.addSpacing(16)
        body.addWidget(Text(say("village.day_close.counted"), Role.SECTION))
        body.addLayout(self._counted)
        body.addWidget(Button(say("village.day_close.again"), Kind.QUIET, run=again))
        body.addWidget(Text(say("village.day_close.final"), Role.HELP))
        body.addStretch(1)
        # In the foot, which does not scroll: the difference is never out of sight.
        foot.addWidget(self.difference)
        foot.addWidget(self.close)
        leave = Button(say("village.day_close.back"), Kind.QUIET, key="Esc", run=back)
        foot.addWidget(leave, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_book(self, preview: ClosePreview | None) -> None:
        """Show what the book says, nothing where there is no day."""
        empty(self._book)
        self.close.setEnabled(preview is not None)
        if preview is None:
            return
        speech, close = self._speech, preview.close
        rows = [
            SumRow(speech.say("village.day_close.opening"), speech.amount(preview.opening)),
            SumRow(speech.count("village.day_close.taken", close.receipts), speech.amount(close.taken)),
            SumRow(speech.count("village.day_close.back_paid", close.voids), speech.amount(-close.paid_back)),
            SumRow(speech.say("village.day_close.must_be"), speech.amount(preview.computed), total=True),
        ]
        self._book.addWidget(sums(rows))

    def show_count(self, notes: int, coins: int) -> None:
        """Show what was counted, in minor units."""
        empty(self._counted)
        say, amount = self._speech.say, self._speech.amount
        rows = [
            SumRow(say("village.day_close.notes"), amount(notes)),
            SumRow(say("village.day_close.coins"), amount(coins)),
            SumRow(say("village.day_close.there_is"), amount(notes + coins), total=True),
        ]
        self._counted.addWidget(sums(rows))
