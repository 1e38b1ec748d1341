"""A page of the desk (страница на бюрото): the details at the right take more room where the window is wide."""

from PySide6.QtGui import QResizeEvent

from app.ui.look.theme import look
from app.ui.look.tokens import Measure
from app.ui.widgets.frame import Page

WIDE = 1_500
"""Pixels of the design from which on list and wide details stand side by side."""


class DeskPage(Page):
    """A page whose panel follows the width of the window."""

    def __init__(self) -> None:
        super().__init__(panel_width=Measure.VILLAGE_DETAILS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the details their room."""
        super().resizeEvent(event)
        wide = self.width() >= look().px(WIDE)
        self.panel.set_design_width(Measure.DESK_DETAILS if wide else Measure.VILLAGE_DETAILS)
