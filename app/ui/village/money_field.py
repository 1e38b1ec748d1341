"""Money as one types it (въвеждане на сума): „10“, „10,00“ and „10.5“ are all understood; never a float."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.ui.look.theme import BOLD, look, theme
from app.ui.look.tokens import Points
from app.ui.widgets.fields import Line

HEIGHT, WIDTH = 72, 300
"""Pixels of the design."""

_TYPED = re.compile(r"(\d{1,7})(?:[.,](\d{0,2}))?|[.,](\d{1,2})")
LARGE = 1.5
"""Text size above which pages of the till show less beside their figures and lists, and the line grows no wider."""
_LARGEST_GROWTH = 1.25
"""So far the figures, large already, grow with the text: the line must still fit beside its label."""


def cents_typed(text: str) -> int | None:
    """Return the amount typed, in minor units; None for what is no amount."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    whole, part, only_part = found.groups()
    return int(whole or 0) * 100 + int((part or only_part or "").ljust(2, "0"))


def large_points(points: float) -> float:
    """Return the size of large figures: they grow more slowly than the text around them."""
    scale = look().scale
    return points * min(scale, _LARGEST_GROWTH) / scale


class MoneyField(Line):
    """A line for an amount, in large figures. The arrows up and down are the page's: it offers amounts."""

    stepped = Signal(int)
    """An arrow was pressed: 1 down, −1 up."""

    def __init__(self) -> None:
        super().__init__(pattern=r"\d{0,7}([.,]\d{0,2})?")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        theme().changed.connect(self._measure)
        self._measure()

    def cents(self) -> int | None:
        """Return the amount in minor units, None while there is none."""
        return cents_typed(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass the arrows up and down on."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)

    def _measure(self) -> None:
        now = look()
        growth = min(now.scale, _LARGEST_GROWTH)
        height = round(HEIGHT * growth)
        self.setFont(now.font(large_points(Points.DUE), BOLD))
        # The application's sheet holds every line to the height of a field; this one is taller.
        self.setStyleSheet(f"QLineEdit {{ min-height: {height}px; max-height: {height}px; }}")
        self.setFixedWidth(round(WIDTH * growth) if now.scale <= LARGE else WIDTH)
