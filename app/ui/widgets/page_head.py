"""The head of a page (заглавие): title, search and the one act; in a narrow window the search goes under them."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QWidget

from app.ui.look.theme import look, theme
from app.ui.widgets.text import Text

SEARCH = 250
"""Pixels of the design that a search line needs to stand beside the title."""


class PageHead(QWidget):
    """Title and what belongs to it at the left, ``search`` in the middle, ``act`` at the right; either may be None."""

    def __init__(self, title: Text, aside: Text, search: QWidget | None, act: QWidget | None) -> None:
        super().__init__()
        self._search = search
        self._act = act
        self._in_line = 0
        self._words = QWidget()
        words = QHBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(12)
        words.addWidget(title)
        words.addWidget(aside)
        words.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._grid.setContentsMargins(24, 14, 24, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 2)
        if search is not None:
            search.setMinimumWidth(120)
        theme().changed.connect(self._arrange)
        self._arrange()

    def _fits(self) -> int:
        """Return how many of the three stand in the first line."""
        words = self._words.sizeHint().width() + 60
        act = self._act.sizeHint().width() + 12 if self._act is not None else 0
        search = look().px(SEARCH) + 12 if self._search is not None else 0
        if self.width() >= words + act + search:
            return 3
        return 2 if self.width() >= words + act else 1

    def _arrange(self) -> None:
        fits = self._fits()
        if fits == self._in_line:
            return
        self._in_line = fits
        self._grid.addWidget(self._words, 0, 0, 1, 1 if fits > 1 else 3)
        if self._search is not None:
            self._grid.addWidget(self._search, *((0, 1, 1, 1) if fits == 3 else (2, 0, 1, 3)))  # noqa: PLR2004 - all
        if self._act is not None:
            self._grid.addWidget(self._act, *((0, 2, 1, 1) if fits > 1 else (1, 0, 1, 3)))

    def minimumSizeHint(self) -> QSize:
        """Return the room of the widest part alone: the others go under it."""
        act = self._act.minimumSizeHint().width() if self._act is not None else 0
        wide = max(self._words.minimumSizeHint().width(), act) + 48
        return QSize(wide, self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the search where there is room."""
        super().resizeEvent(event)
        self._arrange()
