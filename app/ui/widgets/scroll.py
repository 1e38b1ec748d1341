"""A part that scrolls up and down (превъртане) where the screen is too low for it; never sideways."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.look.theme import look

AROUND = 48
"""Pixels of the design that stay in sight above and below the field that has the keyboard."""


class Scroll(QScrollArea):
    """Holds ``column``; the field that has the keyboard is always in sight, however it came there."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._inside)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._inside.isAncestorOf(now):
            # Qt's own way is content with the cursor in sight; here the whole field is wanted.
            top = now.mapTo(self._inside, QPoint(0, 0)).y()
            for edge in (top + now.height(), top):
                self.ensureVisible(0, edge, 0, look().px(AROUND))
