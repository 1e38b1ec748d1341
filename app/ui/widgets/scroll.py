"""A part that scrolls up and down (превъртане) where the screen is too low for it; never sideways."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class Scroll(QScrollArea):
    """Holds ``column``; the field that has the keyboard is always in sight."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
