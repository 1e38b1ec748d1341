"""What comes after the number (следващи стъпки): take the fee, print the slip, next document; one of them is filled."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QElapsedTimer

from app.ui.widgets.button import Button, Kind
from app.ui.widgets.wrap_row import WrapRow
from resources.speech import Speech

ECHO = 400
"""Milliseconds in which a second Enter belongs to the first."""


class NextCards(WrapRow):
    """Three cards; the acts are those of fee, print and next."""

    def __init__(
        self, speech: Speech, fee: Callable[[], object], print_slip: Callable[[], object], begin: Callable[[], object]
    ) -> None:
        self.take_fee = Button("", Kind.CARD, key="F3", icon="cash", run=partial(self._deliberately, fee))
        self.print = Button("", Kind.CARD, key="Ctrl+P", icon="printer", run=print_slip)
        self.next = Button("", Kind.CARD, key="F2", icon="plus", run=partial(self._deliberately, begin))
        super().__init__((self.take_fee, self.print, self.next), gap=16)
        self._speech = speech
        self._since = QElapsedTimer()
        self.begin()

    def begin(self) -> None:
        """Stand for a number that was just given: Enter that saved it may echo."""
        self._since.start()

    def _deliberately(self, act: Callable[[], object]) -> None:
        """Do what a card says, unless the press is the echo of the one that saved: the number is to be seen first."""
        if self._since.elapsed() > ECHO:
            act()

    def arrange(self, *, fee_due: bool, money: str) -> None:
        """Fill the card of what comes next: the fee while it is due, else the next document."""
        say = self._speech.say
        self.take_fee.kind = Kind.CARD_PRIMARY if fee_due else Kind.CARD
        self.next.kind = Kind.CARD if fee_due else Kind.CARD_PRIMARY
        self.take_fee.setEnabled(fee_due)
        self.take_fee.set_text(say("village.saved.take_fee"), money if fee_due else say("village.saved.no_fee"))
        self.print.set_text(say("village.saved.print"), say("village.saved.for_citizen"))
        self.next.set_text(say("village.saved.next"), say("village.saved.blank"))

    def filled(self) -> Button:
        """Return the card that is filled."""
        return self.take_fee if self.take_fee.isEnabled() else self.next
